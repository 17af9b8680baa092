"""For whom a Home tab is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from storage.visibility import Audience


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose Home tab it is; ``today`` is a civil day, ``soon`` how far deadlines are told ahead."""

    person_id: int
    institution_id: int | None
    leads: frozenset[int]
    audience: Audience | None
    language: str
    today: date
    soon: timedelta
