"""Who is what in which sector, since when: the division of labour of the demo world; Canada is in one too many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from bot.rehearsal.world.shapes import Kept, at

_LEAD, _ACTIVE, _SILENT, _DELEGATED = "lead", "active", "silent", "delegated"

_ROLES = (
    ("SAN", "CANADA", _LEAD, "2023-07", "2025-06", None),
    ("SAN", "PAYS-BAS", _LEAD, "2025-07-01", None, None),
    ("SAN", "CANADA", _ACTIVE, "2025-07", None, None),
    ("SAN", "OMS", _ACTIVE, "2012", None, None),
    ("SAN", "UNFPA", _ACTIVE, "2014", None, None),
    ("SAN", "ESPAGNE", _SILENT, "2025-09-15", None, "PAYS-BAS"),
    ("EDU", "CANADA", _LEAD, "2025-09-01", None, None),
    ("EDU", "UNICEF", _ACTIVE, "2012", None, None),
    ("EDU", "PAM", _ACTIVE, "2019", None, None),
    ("EDU", "LUXEMBOURG", _ACTIVE, "2018-03", None, None),
    ("EDU", "JAPON", _SILENT, "2025-06", None, "UNICEF"),
    ("EAR", "UE", _LEAD, "2024-10-01", None, None),
    ("EAR", "FAO", _ACTIVE, "2012", None, None),
    ("EAR", "CANADA", _ACTIVE, "2021", None, None),
    ("EAR", "ITALIE", _ACTIVE, "2025-10", None, None),
    ("ECO", "BM", _LEAD, "2025-01-01", None, None),
    ("ECO", "UE", _ACTIVE, "2012", None, None),
    ("ECO", "BAD", _ACTIVE, "2012", None, None),
    ("ECO", "FMI", _ACTIVE, "2012", None, None),
    ("JUS", "PAYS-BAS", _LEAD, "2025-03-01", None, None),
    ("JUS", "BELGIQUE", _ACTIVE, "2022", None, None),
    ("GEN", "ONU-FEMMES", _LEAD, "2026-10-01", None, None),
    ("GEN", "CANADA", _ACTIVE, "2022", None, None),
    ("GEN", "ESPAGNE", _ACTIVE, "2026-07", None, None),
    ("ENV", "PNUD", _LEAD, "2025-05-01", None, None),
    ("DDI", "ALLEMAGNE", _LEAD, "2024-01-01", None, None),
    ("DDI", "DDC", _ACTIVE, "2018", None, None),
    ("PDSC", "BELGIQUE", _LEAD, "2025-11-01", None, None),
    ("INF", "BAD", _LEAD, "2025-01-01", None, None),
    ("ENE", "BM", _LEAD, "2025-04-01", None, None),
    ("ENE", "ALLEMAGNE", _ACTIVE, "2020", None, None),
    ("EAU", "UNICEF", _LEAD, "2024-09-01", None, None),
    ("EAU", "JAPON", _ACTIVE, "2020", None, None),
    ("EAU", "ALLEMAGNE", _DELEGATED, "2026-01", None, "UNICEF"),
    ("URB", "LUXEMBOURG", _LEAD, "2024-07", "2026-06", None),
)
"""Sector, partner, role, since, until, spoken for by."""


def _roles() -> Iterator[Kept]:
    """All noted by the Pool Technique after the retreat, one after the other."""
    drawn: Counter[str] = Counter()
    for number, (group, partner, role, since, ended, voice) in enumerate(_ROLES):
        year = since[:4]
        drawn[year] += 1
        facts = {"group": group, "institution": partner, "role": role, "since": since, "ended": ended, "voice": voice}
        when = at("2027-01-26 10:00") + timedelta(minutes=number)
        yield Kept("role", f"ROL-{year}-{drawn[year]:03}", "UPOOLASS01", when, facts)


ROLES = tuple(_roles())
