"""What the environment group said: little, and with long holes."""

from __future__ import annotations

from bot.rehearsal.world.shapes import AT_RISK, NOTHING, ON_TRACK, Reporter

_env = Reporter("ENV", "UENVLEAD01")

UPDATES = (
    _env.says(
        "2026-W11",
        "Fri 16:30",
        ON_TRACK,
        "Atelier sur la contribution déterminée au niveau national : les mesures agricoles sont chiffrées.",
        "Rapport de l’atelier en avril.",
    ),
    _env.says(
        "2026-W18",
        "+Mon 15:45",
        AT_RISK,
        "Rapport de l’atelier en relecture.",
        "Une version courte pour le GEC.",
        difficulties="Les chiffres du secteur forestier ne concordent pas d’un service à l’autre.",
    ),
    _env.says(
        "2026-W26",
        "Fri 10:35",
        ON_TRACK,
        "Campagne de reboisement : les pépinières communales annoncent deux millions de plants.",
        "Relever les taux de survie des plants de l’an dernier.",
    ),
    _env.says(
        "2026-W33",
        "Thu 12:05",
        ON_TRACK,
        "Taux de survie relevé sur trente sites : un plant sur deux, mieux là où un comité arrose.",
        "Partager la liste des trente sites.",
    ),
    _env.says(
        "2026-W42",
        "+Tue 10:20",
        AT_RISK,
        "Les pare-feux sont ouverts dans deux cercles de Kayes.",
        "Demander le plan de saison au service des eaux et forêts.",
        difficulties="La saison des feux commence et le plan n’est pas diffusé.",
    ),
    _env.says(
        "2026-W50",
        "Fri 13:30",
        ON_TRACK,
        "Le plan de saison est diffusé ; les radios locales passent le message trois fois par jour.",
        "Bilan des surfaces brûlées fin février.",
    ),
    _env.says("2027-W02", "+Wed 09:40", NOTHING, "Pas de réunion depuis décembre."),
    _env.says(
        "2027-W06",
        "Fri 15:45",
        AT_RISK,
        "Deux notes conceptuelles sont déposées auprès des fonds climat.",
        "Réunion du groupe à fixer en mars.",
        difficulties="Le groupe ne s’est pas réuni depuis le 9 décembre : cinq membres sur douze ont changé "
        "d’affectation.",
    ),
)
