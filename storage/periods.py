"""Stretches of civil time: a day, an ISO week, a month, a quarter, a half-year, a year.

A reporting period and a deadline are both a `Period`; it is kept as its key, a short text that sorts and that a
person can read: ``2027-03-05``, ``2027-W09``, ``2027-03``, ``2027-Q1``, ``2027-H1``, ``2027``. The dates are civil
dates, without a time zone. A deadline may also be `CONTINUOUS` ("continu", DOMAIN.md section 5: roadmaps and work
plans say "On-going"), which is kept under its own key and never falls due.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

CONTINUOUS = "continuous"
"""The key of a deadline that never falls due."""

DAY, WEEK, MONTH, QUARTER, HALF, YEAR = "day", "week", "month", "quarter", "half", "year"

_MONTHS = {MONTH: 1, QUARTER: 3, HALF: 6, YEAR: 12}
_SHAPES = (
    (DAY, re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")),
    (WEEK, re.compile(r"([0-9]{4})-W([0-9]{2})")),
    (MONTH, re.compile(r"([0-9]{4})-([0-9]{2})")),
    (QUARTER, re.compile(r"([0-9]{4})-Q([1-4])")),
    (HALF, re.compile(r"([0-9]{4})-H([12])")),
    (YEAR, re.compile(r"([0-9]{4})")),
)


class Rhythm(StrEnum):
    """How often a group gives its update. A group on demand is never late."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    ON_DEMAND = "on_demand"


_PERIOD_OF = {
    Rhythm.WEEKLY: WEEK,
    Rhythm.MONTHLY: MONTH,
    Rhythm.QUARTERLY: QUARTER,
    Rhythm.ON_DEMAND: WEEK,
}


@dataclass(frozen=True, slots=True)
class Period:
    """One stretch of civil time: its kind and its first and last day, both included."""

    kind: str
    first: date
    last: date

    @property
    def key(self) -> str:
        """The text under which the period is kept: ``2027-W09``, ``2027-Q1``…"""
        year = self.first.year
        if self.kind == DAY:
            return self.first.isoformat()
        if self.kind == WEEK:
            week_year, week, _ = self.first.isocalendar()
            return f"{week_year:04}-W{week:02}"
        if self.kind == MONTH:
            return f"{year:04}-{self.first.month:02}"
        if self.kind == QUARTER:
            return f"{year:04}-Q{(self.first.month + 2) // 3}"
        if self.kind == HALF:
            return f"{year:04}-H{1 if self.first.month == 1 else 2}"
        return f"{year:04}"

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def next(self) -> Period:
        """The period of the same kind that follows."""
        return containing(self.kind, self.last + timedelta(days=1))

    def previous(self) -> Period:
        """The period of the same kind that came before."""
        return containing(self.kind, self.first - timedelta(days=1))


@lru_cache(4096)
def containing(kind: str, day: date) -> Period:
    """The period of that kind in which the day lies."""
    if kind == DAY:
        return Period(DAY, day, day)
    if kind == WEEK:
        monday = day - timedelta(days=day.weekday())
        return Period(WEEK, monday, monday + timedelta(days=6))
    months = _MONTHS[kind]
    start = (day.month - 1) // months * months + 1
    end = start + months - 1
    return Period(kind, date(day.year, start, 1), date(day.year, end, monthrange(day.year, end)[1]))


@lru_cache(4096)
def parse(key: str) -> Period:
    """The period of a key. Raises ValueError when the key is not one, or names a day or week that does not exist."""
    for kind, shape in _SHAPES:
        match = shape.fullmatch(key)
        if match:
            try:
                return _from_numbers(kind, [int(number) for number in match.groups()])
            except OverflowError:  # the last week of the year 9999 has no Sunday
                break
    raise ValueError(f"not a period: {key!r}")


def reporting(rhythm: Rhythm, day: date) -> Period:
    """The period for which a group of that rhythm reports on that day; on demand counts by the week."""
    return containing(_PERIOD_OF[rhythm], day)


def _from_numbers(kind: str, numbers: list[int]) -> Period:
    year = numbers[0]
    if kind == DAY:
        return containing(DAY, date(*numbers))
    if kind == WEEK:
        return containing(WEEK, date.fromisocalendar(year, numbers[1], 1))
    if kind == YEAR:
        return containing(YEAR, date(year, 1, 1))
    return containing(kind, date(year, (numbers[1] - 1) * _MONTHS[kind] + 1, 1))
