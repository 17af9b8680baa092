"""The channels of the demo workspace, who sits in them, and which receive the weekly digest."""

from __future__ import annotations

from bot.rehearsal.world.people import PEOPLE
from bot.rehearsal.world.shapes import ALL, GOVERNMENT, TROIKA, Channel

_PARTNERS = tuple(person.slack_id for person in PEOPLE if person.kind == "member")
_POOL = ("UPOOLCOO01", "UPOOLASS01")
_STEERING = ("USUISSE001", "USUISSE002", "UCANADA001", "UBANQUE001", "UBANQUE002")

CHANNELS = (
    Channel(
        "CGENERAL01",
        "ptf-general",
        "Tous les PTF : annonces, réunions, synthèse de la semaine",
        _PARTNERS,
        digest_language="fr",
        digest_visibility=ALL,
    ),
    Channel(
        "CENGLISH01",
        "ptf-digest-en",
        "The weekly digest in English, and questions about it",
        (*_POOL, "UCANADA001", "UBANQUE001", "USANLEAD01", "UECOLEAD01", "UENELEAD01", "UJAPON0001", "UFMIREP001"),
        digest_language="en",
        digest_visibility=ALL,
    ),
    Channel(
        "CTROIKA001",
        "pool-troika",
        "Pool Technique et troïka",
        _POOL + _STEERING,
        private=True,
        digest_language="fr",
        digest_visibility=TROIKA,
    ),
    Channel(
        "CGOUVERN01",
        "espace-gouvernement",
        "PTF et Secrétariat à l’harmonisation de l’aide",
        (*_POOL, "USUISSE001", "USUISSE002", "UCANADA001", "USHAGUEST1"),
        digest_language="fr",
        digest_visibility=GOVERNMENT,
    ),
    Channel(
        "CGTEDUCA01",
        "gt-education",
        "GT Éducation et sous-groupe Formation professionnelle",
        (*_POOL, "UEDULEAD01", "UEDUSUP001", "UFPTLEAD01", "UPAMPROG01", "UJAPON0001", "UCANADA001"),
    ),
    Channel(
        "CGTSANTE01",
        "gt-sante",
        "GT Santé, sous-groupes SR et RSS",
        (*_POOL, "USANLEAD01", "USANSUP001", "USRLEAD001", "URSSLEAD01", "UEDULEAD01"),
    ),
    Channel(
        "CGTEAUASS1",
        "gt-eau",
        "GT Eau et assainissement",
        (*_POOL, "UEAULEAD01", "UEAUSUP001", "UJAPON0001", "UINFLEAD01"),
    ),
    Channel(
        "CINFRABAD1",
        "infra-bad-partage",
        "GT Infrastructures avec le siège de la BAD (canal partagé)",
        (*_POOL, "UINFLEAD01", "UTRALEAD01", "UENELEAD01", "UBADABJ001"),
        shared=True,
    ),
    Channel(
        "CGTGENRE01",
        "gt-genre",
        "GT Genre (le robot n’y est pas encore invité)",
        ("UGENLEAD01", "UESPAGNE01", "USRLEAD001"),
        bot_is_in=False,
    ),
)
