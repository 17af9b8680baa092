"""The roadmap of 2027, under Switzerland: what goes on from 2026, and what is new."""

from __future__ import annotations

from bot.rehearsal.world.plans.writing import BEHIND, NOT_STARTED, ON_TRACK, RESULT, Writer, moved
from bot.rehearsal.world.shapes import Kept, at

POOL = "UPOOLCOO01"
_line = Writer("PLAN-2027-001", POOL, "2027-01-14 11:05").line

REVIEWS, MISSIONS = "LIN-2027-003", "LIN-2027-008"
"""The lines that decisions of the year serve."""

KEPT = (
    Kept(
        "plan",
        "PLAN-2027-001",
        POOL,
        at("2027-01-14 11:00"),
        {
            "name": "Feuille de route des PTF 2027",
            "kind": "roadmap",
            "starts": 2027,
            "group": "GEC",
            "lead": "DDC",
            "state": "running",
            "about": "Moins de missions chacun pour soi, et un dialogue que les groupes nourrissent.",
            "carried_from": "PLAN-2026-001",
        },
    ),
    _line("LIN-2027-001", "1", "Un dialogue que les groupes nourrissent"),
    _line(
        "LIN-2027-002",
        "1.1",
        "Rencontrer le Premier ministre avec la Troïka",
        ("DDC",),
        "chaque trimestre",
        above="LIN-2027-001",
        status=ON_TRACK,
    ),
    _line(
        "LIN-2027-003",
        "1.2",
        "Tenir les revues conjointes de l’éducation, de l’eau et de la santé avec un seul aide-mémoire chacune",
        ("CANADA", "UNICEF", "PAYS-BAS"),
        "T2 ; T3",
        above="LIN-2027-001",
        status=ON_TRACK,
        percent=30,
        expected="Trois aide-mémoire signés",
    ),
    _line("LIN-2027-004", "2", "Des groupes thématiques qui rendent compte à temps", carried_from="LIN-2026-004"),
    _line(
        "LIN-2027-005",
        "2.1",
        "Chaque groupe actif donne sa mise à jour dans les délais",
        ("PNUD",),
        "décembre",
        above="LIN-2027-004",
        rank=RESULT,
        status=ON_TRACK,
        indicator="Mises à jour reçues dans les délais",
        unit="%",
        baseline=71,
        target=85,
        carried_from="LIN-2026-005",
    ),
    _line(
        "LIN-2027-006",
        "2.1.1",
        "Trouver qui coordonne le sous-groupe Développement urbain, ou le fermer",
        ("BAD",),
        "fin avril",
        above="LIN-2027-005",
        status=BEHIND,
        reason="Le GEC en reparle en avril ; le GT Infrastructures lit ses documents d’ici là.",
        carried_from="LIN-2026-007",
    ),
    _line("LIN-2027-007", "3", "Moins de missions, mieux préparées", carried_from="LIN-2026-008"),
    _line(
        "LIN-2027-008",
        "3.1",
        "Arrêter ensemble le calendrier des missions conjointes",
        ("DDC", "BM"),
        "fin juin",
        above="LIN-2027-007",
        status=ON_TRACK,
        percent=60,
        carried_from="LIN-2026-009",
        later=(moved("USUISSE002", "2027-02-12 10:30", percent=70),),
    ),
    _line(
        "LIN-2027-009",
        "3.2",
        "Agree on one format for the reports of joint missions",
        ("BM",),
        "Q3",
        above="LIN-2027-007",
        status=NOT_STARTED,
        carried_from="LIN-2026-010",
        language="en",
    ),
)
