"""What the sub-groups on training, reproductive health and the health system said, by month or quarter."""

from __future__ import annotations

from bot.rehearsal.world.shapes import AT_RISK, GROUP, ON_TRACK, Reporter

_fpt = Reporter("FPT", "UFPTLEAD01")
_sr = Reporter("SR", "USRLEAD001")
_rss = Reporter("RSS", "URSSLEAD01")

UPDATES = (
    _fpt.says(
        "2026-03",
        "2026-03-30 11:20",
        ON_TRACK,
        "Six centres pratiquent l’apprentissage dual ; les patrons d’atelier demandent des sessions du soir.",
        "Horaires aménagés à Ségou.",
    ),
    _fpt.says(
        "2026-05",
        "2026-05-29 09:25",
        ON_TRACK,
        "Sessions du soir ouvertes à Ségou, complètes en deux semaines.",
        "Étendre à Sikasso.",
    ),
    _fpt.says(
        "2026-07",
        "2026-07-30 10:00",
        ON_TRACK,
        "Deux tiers des sortants de 2025 travaillent dans leur métier un an après.",
        "Même enquête auprès des filles, peu nombreuses à répondre.",
    ),
    _fpt.says(
        "2026-10",
        "2026-10-30 16:05",
        AT_RISK,
        "La rentrée des centres est faite.",
        "Chercher des formateurs en froid et climatisation.",
        difficulties="Quatre postes de formateurs restent vides, dont trois à Mopti.",
    ),
    _fpt.says(
        "2026-12",
        "2026-12-17 14:30",
        ON_TRACK,
        "Les quatre postes sont pourvus par d’anciens élèves, accompagnés par un tuteur.",
        "Point sur le tutorat en février.",
    ),
    _fpt.says(
        "2027-01",
        "2027-01-28 10:25",
        ON_TRACK,
        "L’enquête auprès des sortantes est dépouillée : la première difficulté est le "
        "transport, pas l’accueil en atelier.",
        "Proposer un internat de semaine à Koutiala.",
    ),
    _fpt.says(
        "2027-02",
        "2027-03-02 09:05",
        ON_TRACK,
        "Le tutorat des quatre nouveaux formateurs tient bon. L’internat de Koutiala pourrait "
        "ouvrir en octobre avec quarante places.",
        "Plan et devis pour la revue conjointe du 22 mars.",
    ),
    _sr.says(
        "2026-03",
        "2026-03-26 14:40",
        ON_TRACK,
        "Quarante sages-femmes affectées en zone rurale, avec une prime d’éloignement.",
        "Vérifier leur présence en juin.",
    ),
    _sr.says(
        "2026-04",
        "2026-04-28 15:10",
        ON_TRACK,
        "Semaine de la planification familiale : les écoles de maris ont animé les séances dans deux régions.",
        "Chiffres par district en mai.",
    ),
    _sr.says(
        "2026-06",
        "2026-06-30 10:50",
        ON_TRACK,
        "Trente-sept sages-femmes sur quarante sont toujours à leur poste.",
        "Comprendre les trois départs.",
    ),
    _sr.says(
        "2026-08",
        "2026-08-28 12:55",
        AT_RISK,
        "Kits d’accouchement envoyés dans les zones inondées.",
        "Deuxième envoi début septembre.",
        difficulties="Deux centres n’ont plus d’ambulance, la pinasse sanitaire est en réparation.",
    ),
    _sr.says(
        "2026-10",
        "2026-10-29 09:45",
        ON_TRACK,
        "La pinasse sanitaire est réparée et fait deux rotations par semaine.",
        "Budget de carburant pour 2027.",
    ),
    _sr.says(
        "2026-11",
        "2026-11-27 16:00",
        ON_TRACK,
        "Audit des décès maternels relancé dans six hôpitaux ; les comités se réunissent de nouveau.",
        "Restitution aux directions en janvier.",
    ),
    _sr.says(
        "2027-01",
        "2027-01-29 11:40",
        AT_RISK,
        "Commande d’urgence d’ocytocine passée avec le GT Santé.",
        "Redistribution entre régions en attendant.",
        difficulties="Trois maternités de référence ont moins de deux semaines de stock.",
    ),
    _sr.says(
        "2027-02",
        "2027-02-26 13:00",
        ON_TRACK,
        "La redistribution a évité toute rupture. La livraison est attendue le 28 février.",
        "Nouveau calcul des seuils d’alerte avec la pharmacie centrale.",
        visibility=GROUP,
    ),
    _rss.says(
        "2026-Q1",
        "2026-03-30 16:10",
        ON_TRACK,
        "La carte sanitaire est mise à jour : les nouveaux centres y figurent avec leur personnel.",
        "La relier au système d’information.",
    ),
    _rss.says(
        "2026-Q2",
        "2026-06-29 14:00",
        ON_TRACK,
        "Carte reliée au système d’information dans cinq régions.",
        "Les autres d’ici décembre.",
    ),
    _rss.says(
        "2026-Q3",
        "2026-10-09 10:10",
        AT_RISK,
        "Trois régions de plus sont reliées.",
        "Former les statisticiens de district.",
        difficulties="Le serveur régional de Mopti a souffert de l’humidité.",
    ),
    _rss.says(
        "2026-Q4",
        "2026-12-18 09:35",
        ON_TRACK,
        "Toutes les régions sont reliées ; les rapports mensuels arrivent à plus de neuf sur dix dans les délais.",
        "En 2027, la qualité plutôt que la promptitude.",
    ),
)
