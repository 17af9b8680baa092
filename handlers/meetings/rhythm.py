"""When a body meets next, by the words that say how often it does. Pure.

The words are what people wrote ("mensuelle", "tous les deux mois", "annuelle, en janvier"); what is not understood
proposes nothing. A body that meets by the month keeps its weekday and its week: the second Thursday.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.dates.words import MONTHS
from storage.words import folded

_DAY = timedelta(days=1)
_YEAR = 12
_SAID = (
    (2, 0, "deux semaines|two weeks|other week|quinzaine|bimensuel|fortnight|biweekly"),
    (1, 0, "hebdomadaire|semaine|weekly|week"),
    (0, 2, "deux mois|bimestriel|two months|other month|bimonthly"),
    (0, 6, "semestr|six mois|deux fois par an|2 fois par an|2 reunions par an|twice a year|half-?yearly|six months"),
    (0, 3, "trimestr|quarter|trois mois|three months"),
    (0, 12, "annuel|par an|chaque annee|tous les ans|yearly|annual|once a year|every year"),
    (0, 1, "mensuel|chaque mois|tous les mois|monthly|every month"),
)
"""Weeks, months, and the folded words that say so; what is said first holds, then what stands first here."""
_MONTH = re.compile(
    r"\b(" + "|".join(sorted((name for name in MONTHS if len(name) > 3), key=len, reverse=True)) + r")\b"
)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every so many weeks, or months; ``month`` is the one in which a yearly meeting is held (1 to 12), if known."""

    weeks: int = 0
    months: int = 0
    month: int | None = None


def read(words: str) -> Rhythm | None:
    """The rhythm that the words say; None where they say none ("sur demande")."""
    plain = " ".join(folded(words).replace("’", " ").replace("'", " ").split())
    found = [
        (said.start(), place, weeks, months)
        for place, (weeks, months, pattern) in enumerate(_SAID)
        if (said := re.search(pattern, plain)) is not None
    ]
    if not found:
        return None
    _, _, weeks, months = min(found)
    named = _MONTH.search(plain)
    return Rhythm(weeks, months, MONTHS[named[1]] if named and months == _YEAR else None)


def following(rhythm: Rhythm, last: date, today: date, is_working: Callable[[date], bool]) -> date:
    """The first working day after today on which a body meets that met on that day last."""
    if rhythm.weeks:
        step = timedelta(weeks=rhythm.weeks)
        day = last + step
        while day <= today:
            day += step
        return _working(day, is_working)
    months, day = 0, last
    while day <= max(today, last):
        months += rhythm.months
        day = _alike(last, months, rhythm.month)
    return _working(day, is_working)


def _alike(last: date, months: int, month: int | None) -> date:
    """The same weekday of the same week, so many months later; the last one where a month has no fifth."""
    count = last.year * 12 + last.month - 1 + months
    first = date(count // 12, month or count % 12 + 1, 1)
    day = first + timedelta(days=(last.weekday() - first.weekday()) % 7 + (last.day - 1) // 7 * 7)
    return day if day.month == first.month else day - timedelta(days=7)


def _working(day: date, is_working: Callable[[date], bool]) -> date:
    while not is_working(day):
        day += _DAY
    return day
