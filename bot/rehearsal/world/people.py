"""The people of the demo world, named by what they do and never by a personal name."""

from __future__ import annotations

from bot.rehearsal.world.shapes import Person

EXTERNAL_TEAM = "T0BADSIEGE"
"""Another workspace, met in a shared channel (Slack Connect)."""

_STEERING = (
    Person(
        "UPOOLCOO01",
        "Pool Technique – Coordination",
        "Coordonnateur du Pool Technique",
        "Technical Pool coordinator",
        "PNUD",
        can_be=True,
    ),
    Person(
        "UPOOLASS01",
        "Pool Technique – Assistance",
        "Assistante du Pool Technique",
        "Technical Pool assistant",
        "PNUD",
        can_be=True,
    ),
    Person(
        "USUISSE001",
        "Suisse – Coopération",
        "Cheffe de la coopération, chef de file des PTF",
        "Head of cooperation, lead of the partners",
        "DDC",
        can_be=True,
    ),
    Person(
        "USUISSE002", "Suisse – Gouvernance", "Chargé de programme gouvernance", "Governance programme officer", "DDC"
    ),
    Person(
        "UCANADA001",
        "Canada – Coopération",
        "Chef de la coopération, troïka (membre sortant)",
        "Head of cooperation, troïka (outgoing)",
        "CANADA",
        "en",
        can_be=True,
    ),
    Person(
        "UBANQUE001",
        "Banque mondiale – Opérations",
        "Directrice des opérations, troïka (membre entrant)",
        "Operations manager, troïka (incoming)",
        "BM",
        "en",
        can_be=True,
    ),
    Person("UBANQUE002", "Banque mondiale – Partenariats", "Chargé des partenariats", "Partnerships officer", "BM"),
    Person("UUNIONE001", "Union européenne – Coopération", "Chef de la coopération", "Head of cooperation", "UE"),
    Person(
        "USNUBCR001",
        "Système des Nations Unies – Coordination",
        "Cheffe du bureau de coordination",
        "Head of the coordination office",
        "SNU",
    ),
)

_LEADS = (
    Person(
        "UEDULEAD01",
        "Canada – Éducation",
        "Coordonnatrice du GT Éducation",
        "Education group coordinator",
        "CANADA",
        can_be=True,
    ),
    Person("UEDUSUP001", "UNICEF – Éducation", "Chef de section éducation", "Education section chief", "UNICEF"),
    Person(
        "USANLEAD01",
        "Pays-Bas – Santé",
        "Coordonnateur du GT Santé",
        "Health group coordinator",
        "PAYS-BAS",
        "en",
        can_be=True,
    ),
    Person(
        "USANSUP001",
        "Pays-Bas – Santé (suppléance)",
        "Conseillère santé, suppléante",
        "Health adviser, stand-in",
        "PAYS-BAS",
    ),
    Person(
        "UEARLEAD01",
        "Union européenne – Développement rural",
        "Coordonnatrice du GT Économie agricole et rurale",
        "Rural economy group coordinator",
        "UE",
    ),
    Person(
        "UECOLEAD01",
        "Banque mondiale – Économie",
        "Coordonnateur du GT Économie et finances",
        "Economy and finance group coordinator",
        "BM",
        "en",
    ),
    Person(
        "UGFPLEAD01",
        "Union européenne – Finances publiques",
        "Coordonnateur du sous-groupe Finances publiques",
        "Public finance sub-group coordinator",
        "UE",
    ),
    Person(
        "UJUSLEAD01",
        "Pays-Bas – État de droit",
        "Coordonnatrice du GT Justice",
        "Justice group coordinator",
        "PAYS-BAS",
    ),
    Person(
        "UGENLEAD01", "ONU Femmes – Programmes", "Coordonnatrice du GT Genre", "Gender group coordinator", "ONU-FEMMES"
    ),
    Person(
        "UGENOLD001",
        "ONU Femmes – Genre (partie)",
        "Ancienne coordonnatrice du GT Genre",
        "Former gender group coordinator",
        "ONU-FEMMES",
        kind="deactivated",
    ),
    Person(
        "UENVLEAD01",
        "PNUD – Environnement",
        "Coordonnateur du GT Environnement",
        "Environment group coordinator",
        "PNUD",
    ),
    Person(
        "UDDILEAD01",
        "Allemagne – Décentralisation",
        "Coordonnateur du GT Décentralisation",
        "Decentralisation group coordinator",
        "ALLEMAGNE",
        zone="Europe/Berlin",
    ),
    Person(
        "UPDSLEAD01",
        "Belgique – Gouvernance",
        "Coordonnatrice du GT Processus démocratique",
        "Democratic process group coordinator",
        "BELGIQUE",
    ),
    Person(
        "UINFLEAD01",
        "BAD – Infrastructures",
        "Coordonnateur du GT Infrastructures",
        "Infrastructure group coordinator",
        "BAD",
    ),
    Person(
        "UTRALEAD01",
        "BAD – Transport",
        "Coordonnatrice du sous-groupe Transport",
        "Transport sub-group coordinator",
        "BAD",
    ),
    Person(
        "UENELEAD01",
        "Banque mondiale – Énergie",
        "Coordonnatrice du GT Énergie",
        "Energy group coordinator",
        "BM",
        "en",
    ),
    Person(
        "UEAULEAD01",
        "UNICEF – Eau",
        "Coordonnatrice du GT Eau et assainissement",
        "Water and sanitation group coordinator",
        "UNICEF",
    ),
    Person(
        "UEAUSUP001",
        "UNICEF – Assainissement",
        "Spécialiste assainissement, suppléant du GT Eau",
        "Sanitation specialist, stand-in of the water group",
        "UNICEF",
        can_be=True,
    ),
    Person(
        "UFPTLEAD01",
        "Luxembourg – Formation",
        "Coordonnateur du sous-groupe Formation professionnelle",
        "Vocational training sub-group coordinator",
        "LUXEMBOURG",
    ),
    Person(
        "USRLEAD001",
        "UNFPA – Santé de la reproduction",
        "Coordonnatrice du sous-groupe Santé de la reproduction",
        "Reproductive health sub-group coordinator",
        "UNFPA",
    ),
    Person(
        "URSSLEAD01",
        "OMS – Systèmes de santé",
        "Coordonnateur du sous-groupe Système de santé",
        "Health system sub-group coordinator",
        "OMS",
    ),
)

_OTHERS = (
    Person(
        "UPAMPROG01",
        "PAM – Programme",
        "Responsable de l’alimentation scolaire",
        "School feeding officer",
        "PAM",
        can_be=True,
    ),
    Person(
        "UFAOREP001",
        "FAO – Sécurité alimentaire",
        "Spécialiste sécurité alimentaire",
        "Food security specialist",
        "FAO",
    ),
    Person("UESPAGNE01", "Espagne – Coopération", "Responsable de programmes", "Programme manager", "ESPAGNE"),
    Person("UITALIE001", "Italie – Coopération", "Responsable de programmes", "Programme manager", "ITALIE"),
    Person("UJAPON0001", "Japon – Coopération", "Conseiller en coopération", "Cooperation adviser", "JAPON", "en"),
    Person("UFMIREP001", "FMI – Représentation", "Économiste", "Economist", "FMI", "en"),
    Person(
        "USHAGUEST1",
        "SHA – Point focal",
        "Point focal du Gouvernement (invité)",
        "Government focal point (guest)",
        "SHA",
        kind="guest",
        can_be=True,
    ),
    Person(
        "UBADABJ001",
        "BAD – Siège",
        "Spécialiste transport, Abidjan (autre espace Slack)",
        "Transport specialist, Abidjan (other workspace)",
        "BAD",
        zone="Africa/Abidjan",
        kind="external",
        can_be=True,
        team=EXTERNAL_TEAM,
    ),
)

PEOPLE = _STEERING + _LEADS + _OTHERS
"""Steering first, then the leads of groups, then everybody else."""
