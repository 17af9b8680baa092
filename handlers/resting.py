"""Rest days put together: a country's public holidays, as the coordinator corrected them, and the days typed in.

Whoever belongs to an institution rests on the collective's days and on the institution's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

import storage.configuration
import storage.partners
import storage.rest_days
from handlers import feasts
from handlers.feasts import Feast
from storage.rest_days import RestDay

NEAR = timedelta(days=7)
"""How far a newer package may put a feast from where it was when somebody corrected it: it is the same one still."""


@dataclass(frozen=True, slots=True)
class Rest:
    """A day of rest: of a calendar (``feast``), typed in (``row``), or of a calendar and corrected (both)."""

    feast: Feast | None
    row: RestDay | None = None

    @property
    def corrected(self) -> bool:
        """Whether somebody moved it or took it away."""
        return self.row is not None and self.row.withdrawn_at is None and self.row.calendar is not None

    @property
    def of_calendar(self) -> bool:
        """Whether a calendar tells it, or told it once."""
        return self.feast is not None or (self.row is not None and self.row.calendar is not None)

    @property
    def counts(self) -> bool:
        """Whether one rests that day."""
        if self.row is None or self.row.withdrawn_at is not None:
            return self.feast is not None
        return self.row.day is not None

    @property
    def estimated(self) -> bool:
        """Whether the moon may still decide otherwise: nobody corrected it yet."""
        return self.feast is not None and self.feast.estimated and not self.corrected

    @property
    def day(self) -> date:
        """The civil day; of what was taken away, the day it was."""
        if self.row is not None and self.row.day is not None and (self.feast is None or self.corrected):
            return self.row.day
        return self.feast.day if self.feast is not None else self._was

    def name(self, language: str) -> str:
        """What it is called in that language; as it was typed where somebody typed it."""
        if self.feast is not None:
            return self.feast.names[language]
        return self.row.name if self.row is not None else ""

    @property
    def _was(self) -> date:
        return (self.row.feast_on if self.row is not None else None) or date.max


def days_off(
    session: Session, institution_ids: Iterable[int | None], first: date, last: date
) -> Mapping[int | None, frozenset[date]]:
    """Institution id (None: of no institution) -> its people's rest days from ``first`` to ``last``; three queries."""
    rows = rows_around(session, first, last)
    country = storage.configuration.current(session).calendar
    known = storage.partners.by_ids(session, [each for each in set(institution_ids) if each is not None])
    everybodys = _days([*of_calendar(country, rows, first, last), *typed_in(None, rows)], first, last)
    found: dict[int | None, frozenset[date]] = {None: everybodys}
    for institution in known:
        theirs = of_calendar(institution.calendar, rows, first, last) if institution.calendar else []
        found[institution.id] = everybodys | _days([*theirs, *typed_in(institution.id, rows)], first, last)
    return found


def rows_around(session: Session, first: date, last: date, *, withdrawn: bool = False) -> Sequence[RestDay]:
    """The rows that say something of those days, whatever day their feasts are reckoned on by now."""
    return storage.rest_days.between(session, first - NEAR, last + NEAR, withdrawn=withdrawn)


def of_calendar(calendar: str, rows: Sequence[RestDay], first: date, last: date) -> list[Rest]:
    """The days of a country's calendar as corrected, from ``first`` to ``last``, in order.

    A correction of a feast that the calendar no longer tells stands for itself: nothing that was typed is lost.
    """
    corrections = {row.id: row for row in rows if row.calendar == calendar and row.feast_on is not None}
    reckoned = [first, last, *(row.feast_on for row in corrections.values() if row.feast_on is not None)]
    found = []
    for feast in feasts.between(calendar, min(reckoned) - NEAR, max(reckoned) + NEAR):
        row = next((each for each in corrections.values() if _is_of(each, feast)), None)
        found.append(Rest(feast, corrections.pop(row.id) if row is not None else None))
    found += [Rest(None, row) for row in corrections.values() if row.withdrawn_at is None]
    return sorted((each for each in found if first <= each.day <= last), key=lambda each: each.day)


def typed_in(institution_id: int | None, rows: Sequence[RestDay]) -> list[Rest]:
    """The days typed in for one institution, or (None) for everybody, in order."""
    own = [Rest(None, row) for row in rows if row.calendar is None and row.institution_id == institution_id]
    return sorted(own, key=lambda each: each.day)


def _is_of(row: RestDay, feast: Feast) -> bool:
    return row.name == feast.name and row.feast_on is not None and abs(row.feast_on - feast.day) <= NEAR


def _days(found: Sequence[Rest], first: date, last: date) -> frozenset[date]:
    return frozenset(each.day for each in found if each.counts and first <= each.day <= last)
