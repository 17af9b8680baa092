"""Dates of registers: keys, parts of dates, and what people add to them; right or left out, never guessed.

Old papers know a month or a year only, or add words in brackets: "2006-12 (circa)", « 2008 (S2, après Accra) ». The
brackets count where they name a stretch of that very year; else the year stands alone. A meeting of several days
("2014-12-04/05") counts from its first. A year of two figures is one of this century up to 69; a day comes before its
month ("12/03/08"), "mars-08" is a month as Excel shows it, a bare 39519 a day as Excel counts it. What says before or
after a date ("avant 2013-07") is no date, nor is what leaves the year to the reader ("vendredi", "12 mars").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from handlers import dates
from handlers.dates import NotADate
from handlers.registers.headings import plain
from handlers.registers.rows import Cell
from storage import periods
from storage.periods import Period

FIRST_YEAR, LAST_YEAR = 1900, 2199
MONTHS = 12

_SPAN = re.compile(r"(([0-9]{4})-([0-9]{2})-[0-9]{2})\s*/\s*(?:([0-9]{2})-)?([0-9]{2})")
_SHORT = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{2})")
_NAMED = re.compile(r"((?:[0-9]{1,2}[ -])?[^\W\d_]{3,}\.?)[ -]'?([0-9]{2})")
_COUNTED = re.compile(r"[2-6][0-9]{4}")
_EPOCH = date(1899, 12, 30)
"""Excel counts days from here."""
_BEGINNING = re.compile(r"(?:d[ée]but|early|beginning of) ((?:19|20)[0-9]{2})", re.IGNORECASE)
_HOUR = re.compile(r" (?:à |at )?[0-9]{1,2}[:hH][0-9]{0,2}(?::[0-9]{2})?$")
_BRACKETED = re.compile(r"([^()]*[0-9][^()]*?)\s*\(([^()]*)\)")
_WITH_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])|[/.-][0-9]{2}$")
_AROUND = re.compile(r"(?:avant|before|apres|after|vers|circa|ca|environ|about|depuis|since)\b.*")


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of time that was read; ``exactly`` is whether the cell said that and nothing more.

    Of several days it is the first; ``until`` is then the last.
    """

    period: Period
    exactly: bool = True
    until: date | None = None


def moment(cell: Cell, today: date) -> Moment | None:
    """The day, month, quarter, half-year or year of a cell, seen from that civil day; None when it tells none."""
    found = _read(cell, today)
    return found if found and FIRST_YEAR <= found.period.first.year <= LAST_YEAR else None


def _read(cell: Cell, today: date) -> Moment | None:
    if isinstance(cell, date):
        return Moment(periods.containing(periods.DAY, cell))
    text = " ".join(str(cell).split())
    if span := _SPAN.fullmatch(text):
        first = _period(span[1], today)
        last = _period(f"{span[2]}-{span[4] or span[3]}-{span[5]}", today)
        return Moment(first, exactly=False, until=last.last if last else None) if first else None
    if bracketed := _BRACKETED.fullmatch(text):
        whole = _period(bracketed[1], today)
        return Moment(_narrowed(whole, bracketed[2]), exactly=False) if whole else None
    if short := _SHORT.fullmatch(text):
        period = _period(f"{short[1]}/{short[2]}/{_year(short[3])}", today)
        return Moment(period, exactly=int(short[1]) > MONTHS) if period else None
    period = _period(text, today) or _period(_HOUR.sub("", text), today)
    if period is not None:
        return Moment(period)
    period = _shortened(text, today)
    return Moment(period, exactly=False) if period else None


def _shortened(text: str, today: date) -> Period | None:
    """What old spreadsheets write short: a month and two figures, a day as Excel counts it; « début 2008 »."""
    if named := _NAMED.fullmatch(text):
        return _period(f"{named[1].replace('-', ' ')} {_year(named[2])}", today)
    if _COUNTED.fullmatch(text):
        return periods.containing(periods.DAY, _EPOCH + timedelta(days=int(text)))
    beginning = _BEGINNING.fullmatch(text)
    return periods.parse(beginning[1]) if beginning else None


def _year(figures: str) -> str:
    return f"20{figures}" if int(figures) < 70 else f"19{figures}"


def _period(text: str, today: date) -> Period | None:
    try:
        return periods.parse(text)
    except ValueError:
        pass
    if _AROUND.fullmatch(plain(text)) or not _WITH_YEAR.search(text):
        return None
    try:
        key = dates.deadline(text, today).key
    except (NotADate, ValueError, OverflowError):
        return None
    return None if key in (None, periods.CONTINUOUS) else periods.parse(str(key))


def _narrowed(whole: Period, words: str) -> Period:
    """The stretch of that year which the words in brackets name; the whole when they name none."""
    if whole.kind != periods.YEAR:
        return whole
    named = words.split(",")[0].strip()
    narrower = _period(f"{named} {whole.first.year}", whole.first)
    fits = narrower is not None and narrower.kind in (periods.MONTH, periods.QUARTER, periods.HALF)
    return narrower if narrower is not None and fits and narrower.first in whole else whole
