"""What the transport sub-group, those that fell silent, and the SCAP team (on demand) said."""

from __future__ import annotations

from bot.rehearsal.world.shapes import AT_RISK, GOVERNMENT, OFF_TRACK, ON_TRACK, TROIKA, Reporter

_tra = Reporter("TRA", "UTRALEAD01")
_urb = Reporter("URB", "UFPTLEAD01")
_past = Reporter("PAST", "UESPAGNE01")
_scap = Reporter("SCAP", "USUISSE002")

UPDATES = (
    _tra.says(
        "2026-04",
        "2026-04-29 10:30",
        ON_TRACK,
        "Contrôle de la charge à l’essieu repris sur deux corridors ; les transporteurs "
        "participent au comité de suivi.",
        "Publier les résultats chaque mois.",
    ),
    _tra.says(
        "2026-06",
        "2026-06-30 15:20",
        ON_TRACK,
        "Un camion sur six est en surcharge, contre un sur quatre l’an dernier.",
        "Ajouter le corridor de Kayes.",
    ),
    _tra.says(
        "2026-09",
        "2026-09-28 11:05",
        AT_RISK,
        "Les pesages sont suspendus sur un corridor, route coupée.",
        "Reprise en octobre.",
        difficulties="Le pont provisoire limite le tonnage, et les files atteignent deux jours.",
    ),
    _tra.says(
        "2026-10",
        "2026-10-30 09:20",
        ON_TRACK,
        "Pesages repris, files résorbées en une semaine.",
        "Bilan avec les transporteurs.",
    ),
    _tra.says(
        "2026-12",
        "2026-12-18 15:55",
        ON_TRACK,
        "Bilan partagé : moins de surcharge, mais des postes de contrôle encore trop nombreux.",
        "Compter les postes en février avec les syndicats.",
    ),
    _tra.says(
        "2027-01",
        "2027-01-29 14:15",
        ON_TRACK,
        "Méthode de comptage des postes acceptée par les syndicats et par l’administration.",
        "Comptage du 15 au 26 février.",
    ),
    _tra.says(
        "2027-02",
        "2027-02-26 16:30",
        ON_TRACK,
        "Comptage terminé sur trois corridors, avec l’aide du siège de la BAD pour la carte.",
        "Résultats à la réunion mensuelle de mars.",
    ),
    _urb.says(
        "2026-03",
        "2026-03-30 12:10",
        ON_TRACK,
        "Plan de drainage de trois quartiers de Bamako présenté aux mairies.",
        "Avis des mairies avant mai.",
    ),
    _urb.says(
        "2026-05",
        "2026-05-28 10:55",
        AT_RISK,
        "Deux mairies sur trois ont donné leur avis.",
        "Chercher un nouveau coordonnateur.",
        difficulties="Le Luxembourg quitte la coordination fin juin et aucun partenaire ne s’est proposé.",
    ),
    _urb.says(
        "2026-06",
        "2026-06-30 09:00",
        OFF_TRACK,
        "Dossiers remis au Pool Technique.",
        "Le GEC de juillet décidera de la suite.",
        difficulties="Le sous-groupe n’a plus de coordonnateur à partir de demain.",
        support="Que le chef de file sollicite les partenaires présents dans le secteur.",
    ),
    _past.says(
        "2026-03",
        "2026-03-31 10:20",
        AT_RISK,
        "Couloirs de transhumance : deux accords locaux renouvelés dans le cercle de Douentza.",
        "Cartographier les points d’eau pastoraux.",
        difficulties="Trois membres seulement à la réunion.",
    ),
    _past.says(
        "2026-04",
        "2026-05-05 11:35",
        AT_RISK,
        "La carte des points d’eau pastoraux est ébauchée.",
        "La remettre au GT Eau.",
        difficulties="Le sous-groupe n’a plus le quorum depuis février.",
    ),
    _past.says(
        "2026-05",
        "2026-06-02 15:30",
        OFF_TRACK,
        "Carte remise au GT Eau.",
        "Proposer la mise en sommeil du sous-groupe.",
        difficulties="Aucun membre présent à la réunion de mai.",
    ),
    _scap.says(
        "2026-W17",
        "Wed 15:00",
        ON_TRACK,
        "Équipe constituée par le GEC : cinq partenaires, un observateur du SHA. Première séance "
        "consacrée au calendrier.",
        "Plan détaillé pour juin.",
    ),
    _scap.says(
        "2026-W25",
        "Fri 12:20",
        ON_TRACK,
        "Plan détaillé de la stratégie commune 2027–2031 remis à la troïka : contexte, choix "
        "communs, division du travail, suivi.",
        "Consulter les groupes un par un.",
        visibility=TROIKA,
    ),
    _scap.says(
        "2026-W41",
        "Thu 17:30",
        AT_RISK,
        "Neuf groupes consultés sur douze.",
        "Terminer avant la retraite.",
        difficulties="Sur la division du travail, chacun approuve le principe et garde ses secteurs.",
    ),
    _scap.says(
        "2026-W49",
        "Thu 10:05",
        ON_TRACK,
        "Tous les groupes sont consultés. Chaque partenaire a indiqué trois secteurs où il veut "
        "être actif et un où il peut se retirer.",
        "Matrice à présenter à la retraite de janvier.",
        visibility=TROIKA,
    ),
    _scap.says(
        "2027-W04",
        "Wed 11:45",
        ON_TRACK,
        "La retraite a accueilli la matrice sans drame : quatre retraits proposés, deux "
        "coopérations déléguées à l’étude.",
        "Version 1 du texte le 31 mars.",
    ),
    _scap.says(
        "2027-W08",
        "Wed 16:55",
        ON_TRACK,
        "Les chapitres 1 et 2 sont écrits. Le SHA propose d’accueillir la séance de lecture commune.",
        "Séance de lecture le 16 mars, ouverte aux coordonnateurs.",
        visibility=GOVERNMENT,
    ),
)
