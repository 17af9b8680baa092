"""The groups and bodies of the demo world: twelve thematic groups, sub-groups, an ad hoc team, and the meetings.

The structure is the one described in DOMAIN.md sections 2 and 3; the codes are the demo's own.
"""

from __future__ import annotations

from datetime import date

from bot.rehearsal.world.shapes import Group

WEEKLY, MONTHLY, QUARTERLY, ON_DEMAND = "weekly", "monthly", "quarterly", "on_demand"

BODIES = (
    Group(
        "GEC",
        "Groupe exécutif de coopération",
        "Executive Cooperation Group",
        "body",
        created=date(2014, 2, 1),
        periodicity_fr="mensuelle",
        periodicity_en="monthly",
        sitting="partners",
    ),
    Group(
        "GA",
        "Groupe des ambassadeurs",
        "Ambassadors’ Group",
        "body",
        created=date(2014, 2, 1),
        periodicity_fr="sur demande du GEC",
        periodicity_en="at the GEC’s request",
        sitting="partners",
    ),
    Group(
        "RM",
        "Réunion mensuelle des PTF",
        "Monthly partners’ meeting",
        "body",
        created=date(2007, 3, 1),
        periodicity_fr="mensuelle",
        periodicity_en="monthly",
        sitting="partners",
    ),
    Group(
        "TROIKA",
        "Troïka",
        "Troïka",
        "body",
        created=date(2011, 5, 1),
        periodicity_fr="toutes les deux semaines",
        periodicity_en="every two weeks",
        sitting="troika",
    ),
    Group(
        "RCG",
        "Réunion des coordonnateurs des groupes thématiques",
        "Thematic group coordinators’ meeting",
        "body",
        created=date(2012, 9, 1),
        periodicity_fr="trimestrielle",
        periodicity_en="quarterly",
        sitting="coordinators",
    ),
    Group(
        "RETRAITE",
        "Retraite annuelle",
        "Annual retreat",
        "body",
        created=date(2010, 1, 1),
        periodicity_fr="annuelle, en janvier",
        periodicity_en="yearly, in January",
        sitting="partners",
    ),
    Group(
        "RBC",
        "Revue budgétaire conjointe",
        "Joint budget review",
        "body",
        created=date(2007, 1, 1),
        periodicity_fr="annuelle, en novembre",
        periodicity_en="yearly, in November",
        sitting="partners",
    ),
)

THEMATIC = (
    Group("EDU", "Éducation et formation professionnelle", "Education and vocational training", "group", WEEKLY),
    Group("SAN", "Santé et lutte contre le VIH/sida", "Health and HIV/AIDS", "group", WEEKLY),
    Group("EAR", "Économie agricole et rurale", "Agricultural and rural economy", "group", WEEKLY),
    Group("ECO", "Économie et finances", "Economy and finance", "group", WEEKLY),
    Group("JUS", "Justice et lutte contre la corruption", "Justice and anti-corruption", "group", WEEKLY),
    Group("GEN", "Genre et autonomisation des femmes", "Gender and women’s empowerment", "group", WEEKLY, None, True),
    Group(
        "ENV", "Environnement et changements climatiques", "Environment and climate change", "group", WEEKLY, None, True
    ),
    Group(
        "DDI",
        "Décentralisation et développement institutionnel",
        "Decentralisation and institutional development",
        "group",
        MONTHLY,
        None,
        True,
    ),
    Group("PDSC", "Processus démocratique et société civile", "Democratic process and civil society", "group", MONTHLY),
    Group("INF", "Infrastructures", "Infrastructure", "group", WEEKLY, created=date(2013, 7, 1)),
    Group("ENE", "Énergie", "Energy", "group", WEEKLY, created=date(2015, 4, 1)),
    Group("EAU", "Eau et assainissement", "Water and sanitation", "group", WEEKLY, created=date(2015, 4, 1)),
)

BELOW = (
    Group(
        "GFP",
        "Gestion des finances publiques",
        "Public financial management",
        "subgroup",
        WEEKLY,
        "ECO",
        created=date(2016, 1, 1),
    ),
    Group(
        "FPT",
        "Formation professionnelle et technique",
        "Vocational and technical training",
        "subgroup",
        MONTHLY,
        "EDU",
        created=date(2018, 3, 1),
    ),
    Group(
        "SR", "Santé de la reproduction", "Reproductive health", "subgroup", MONTHLY, "SAN", created=date(2009, 6, 1)
    ),
    Group(
        "RSS",
        "Renforcement du système de santé",
        "Health system strengthening",
        "subgroup",
        QUARTERLY,
        "SAN",
        created=date(2009, 6, 1),
    ),
    Group("TRA", "Transport", "Transport", "subgroup", MONTHLY, "INF", created=date(2013, 7, 1)),
    Group("URB", "Développement urbain", "Urban development", "subgroup", MONTHLY, "INF", created=date(2013, 7, 1)),
    Group(
        "PAST",
        "Élevage et pastoralisme",
        "Livestock and pastoralism",
        "subgroup",
        MONTHLY,
        "EAR",
        state="dormant",
        since=date(2026, 7, 1),
        created=date(2017, 10, 1),
    ),
    Group(
        "VIH",
        "Lutte contre le VIH/sida",
        "HIV/AIDS",
        "subgroup",
        MONTHLY,
        "SAN",
        state="merged",
        since=date(2026, 3, 1),
        successor="SAN",
        created=date(2009, 6, 1),
    ),
    Group(
        "SCAP",
        "Équipe SCAP (stratégie commune d’assistance pays)",
        "SCAP team (joint country assistance strategy)",
        "ad_hoc",
        ON_DEMAND,
        created=date(2026, 4, 9),
    ),
)

GROUPS = BODIES + THEMATIC + BELOW
"""Bodies first, then the groups in the order of the tree; a parent always comes before what stands below it."""
