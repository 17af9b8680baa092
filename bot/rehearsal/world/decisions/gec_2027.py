"""The decisions of the GEC since January 2027, under Switzerland's lead."""

from __future__ import annotations

from bot.rehearsal.world.decisions.noting import noted
from bot.rehearsal.world.shapes import (
    ACTION,
    DECISION,
    DONE,
    GOVERNMENT,
    IN_PROGRESS,
    NEGATIVE,
    RECOMMENDATION,
)

DECISIONS = (
    noted(
        "GEC-2027-001",
        "2027-01-14",
        DECISION,
        "Toute décision notée en séance porte un responsable et une échéance, fût-elle « continu ».",
        by=("DDC", "PNUD"),
        carrier="UPOOLCOO01",
        due=("continu", "continuous"),
        status=IN_PROGRESS,
    ),
    noted(
        "GEC-2027-002",
        "2027-01-14",
        DECISION,
        "Le sous-groupe Développement urbain reste sans coordonnateur jusqu’en avril ; le GT "
        "Infrastructures lit ses documents d’ici là.",
        by=("BAD",),
        carrier="UINFLEAD01",
        due=("avril 2027", "2027-04"),
        status=IN_PROGRESS,
    ),
    noted(
        "GEC-2027-003",
        "2027-01-14",
        ACTION,
        "Inviter le GT Environnement à se réunir avant la fin du mois de février et en rendre compte au GEC.",
        by=("PNUD",),
        carrier="UENVLEAD01",
        due=("fin février", "2027-02-28"),
    ),
    noted(
        "GEC-2027-004",
        "2027-01-14",
        NEGATIVE,
        "Le GEC ne demande pas de rapport trimestriel supplémentaire aux groupes : leurs mises à jour suffisent.",
        by=(),
    ),
    noted(
        "GEC-2027-005",
        "2027-02-11",
        ACTION,
        "Obtenir la confirmation écrite des dates de la revue conjointe de l’éducation (22 au 24 mars).",
        by=("CANADA", "DDC"),
        carrier="UEDULEAD01",
        due=("vendredi 5 mars", "2027-03-05"),
        status=IN_PROGRESS,
        visibility=GOVERNMENT,
    ),
    noted(
        "GEC-2027-006",
        "2027-02-11",
        ACTION,
        "Return the last questionnaires for the aid report, with figures by sector.",
        by=("BM", "JAPON", "ITALIE"),
        carrier="UECOLEAD01",
        due=("26 February", "2027-02-26"),
        status=DONE,
        on="2027-02-25",
    ),
    noted(
        "GEC-2027-007",
        "2027-02-11",
        ACTION,
        "Vérifier le tableau sectoriel de chaque groupe pour le rapport sur l’aide.",
        by=("CANADA", "PAYS-BAS", "UE", "UNICEF"),
        carrier="UPOOLCOO01",
        due=("15 mars", "2027-03-15"),
    ),
    noted(
        "GEC-2027-008",
        "2027-02-11",
        RECOMMENDATION,
        "Arrêter ensemble les dates des revues de l’éducation, de l’eau et de la santé.",
        by=("CANADA", "UNICEF", "PAYS-BAS"),
        due=("semaine du 8 mars", "2027-W10"),
        status=IN_PROGRESS,
        visibility=GOVERNMENT,
    ),
    noted(
        "GEC-2027-009",
        "2027-02-11",
        DECISION,
        "Mission de terrain commune à Mopti en mai, six chefs de coopération au plus.",
        by=("DDC",),
        carrier="USUISSE001",
        due=("mi-mai", "2027-05-15"),
    ),
)
