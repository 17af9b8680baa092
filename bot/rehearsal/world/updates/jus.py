"""What the justice group said: seldom, late, and with a reform that does not move."""

from __future__ import annotations

from bot.rehearsal.world.shapes import AT_RISK, GROUP, OFF_TRACK, ON_TRACK, TROIKA, Reporter

_jus = Reporter("JUS", "UJUSLEAD01")

UPDATES = (
    _jus.says(
        "2026-W12",
        "Fri 15:15",
        ON_TRACK,
        "Le programme d’urgence pour les juridictions a été présenté ; douze tribunaux seront équipés cette année.",
        "Liste des tribunaux à partager avec les membres.",
    ),
    _jus.says(
        "2026-W19",
        "+Tue 11:00",
        AT_RISK,
        "Quatre tribunaux sur douze ont reçu leur mobilier.",
        "Visite à Kita en juin.",
        difficulties="Les travaux électriques n’étaient pas prévus au marché.",
    ),
    _jus.says(
        "2026-W25",
        "Fri 09:55",
        ON_TRACK,
        "Visite à Kita : le greffe tient un registre unique, les délais de délivrance des "
        "jugements ont été divisés par deux.",
        "Montrer ce registre aux autres greffes.",
    ),
    _jus.says(
        "2026-W31",
        "+Wed 10:35",
        AT_RISK,
        "L’avant-projet de texte sur l’aide juridictionnelle est attendu depuis mai.",
        "Écrire au ministère.",
        difficulties="Aucune réunion du comité de rédaction depuis deux mois.",
    ),
    _jus.says(
        "2026-W38",
        "Thu 16:05",
        AT_RISK,
        "Les parajuristes de cinq régions se sont réunis à Bamako et demandent une carte professionnelle.",
        "Note au ministère sur le statut des parajuristes.",
        difficulties="Leur financement s’arrête en décembre.",
    ),
    _jus.says(
        "2026-W44",
        "+Mon 14:45",
        OFF_TRACK,
        "Pas d’avancée sur l’aide juridictionnelle.",
        "Demander à être reçus.",
        difficulties="Le comité de rédaction n’a plus de président et le groupe n’a obtenu aucune date.",
        support="Une audience de la troïka auprès du ministère.",
        visibility=TROIKA,
    ),
    _jus.says(
        "2026-W49",
        "Fri 11:10",
        AT_RISK,
        "Deux partenaires prolongent les parajuristes de six mois.",
        "Chercher une solution pour la suite avec PDSC.",
        difficulties="Au-delà de juin 2027, rien n’est financé.",
    ),
    _jus.says(
        "2026-W51",
        "+Tue 09:30",
        OFF_TRACK,
        "L’audience a eu lieu ; le texte reprendra « au premier trimestre ».",
        "Proposer un calendrier au ministère en janvier.",
        difficulties="Le texte lui-même n’a pas circulé et deux membres s’interrogent sur la suite de leur appui.",
        visibility=GROUP,
    ),
    _jus.says(
        "2027-W02",
        "+Mon 16:20",
        AT_RISK,
        "Un nouveau président du comité de rédaction est nommé.",
        "Première séance espérée avant la fin du mois.",
        difficulties="Le calendrier n’est pas encore accepté.",
    ),
    _jus.says(
        "2027-W05",
        "Fri 17:25",
        AT_RISK,
        "Le comité de rédaction s’est réuni une fois. L’équipement des tribunaux est achevé dans "
        "neuf villes sur douze.",
        "Deuxième séance le 18 février.",
        difficulties="Les groupes électrogènes de trois tribunaux sont en panne et aucune ligne n’existe pour "
        "le carburant.",
    ),
    _jus.says(
        "2027-W07",
        "+Tue 12:10",
        OFF_TRACK,
        "La séance du 18 février a été reportée sans date.",
        "Demander une nouvelle date avant le GEC du 11 mars.",
        difficulties="Le texte n’avance plus et le financement des parajuristes s’arrête en juin.",
        support="Inscrire le point à l’ordre du jour de la rencontre avec le Premier ministre.",
        visibility=GROUP,
    ),
)
