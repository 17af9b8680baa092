"""Stretches of time in words: « T2 2027 », "second half", « semaine 12 », "next month".

A stretch without its year is the next one that is not over, and « prochain »/"next" is the one after that which runs.
S1 and S2 are half-years, S3 to S53 are weeks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from handlers.dates import days, refusals
from handlers.dates.asked import Asked, week_not_over
from handlers.dates.days import LAST, NEXT, YEAR
from handlers.dates.words import MONTHS, UNITS, one_of
from storage import periods
from storage.periods import Period


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch that comes every year (``of`` gives the one of a year), or that of one ``year``."""

    of: Callable[[int], Period]
    year: int | None = None

    def choose(self, asked: Asked, edge: Callable[[Period], Period]) -> Period:
        """The edge of the stretch of its year; without a year, the next such edge that is not over."""
        if self.year is not None:
            return edge(self.of(self.year))
        coming = (edge(self.of(asked.today.year + each)) for each in (-1, 0, 1))
        return next(period for period in coming if period.last >= asked.today)

    def whole(self, asked: Asked) -> Period:
        """The stretch itself, chosen alike."""
        return self.choose(asked, lambda period: period)


Reader = Callable[[re.Match[str], Asked], Stretch | None]

_UNITS = {name: kind for name, kind in UNITS.items() if kind != periods.DAY}
_UNIT = f"(?P<unit>{one_of(_UNITS)})"
_MONTH = f"(?P<month>{one_of(MONTHS)})"
_Y4 = f"(?: (?P<year>{YEAR}))?"
_Y = f"(?:[ /.-]?(?P<year>{YEAR}|(?<=[ /.-])[0-9]{{2}}))?"
_FULL = f"(?P<year>{YEAR})"
_WEEK = "(?:semaine|sem|week|w/c|w)"
_THIS = "(?:cet?|cette|this|current)"


def read(bare: str, asked: Asked) -> Stretch | None:
    """The stretch a bare text names, None when it names none. Raises NotADate for one that cannot be."""
    for shape, reader in _rules():
        if found := shape.fullmatch(bare):
            return reader(found, asked)
    return None


def running(unit: str, asked: Asked) -> Stretch | None:
    """The stretch that runs, from its unit alone: « fin du mois », "end of the year"; None when it is not a unit."""
    kind = _UNITS.get(unit)
    return _fixed(periods.containing(kind, asked.today)) if kind else None


def _fixed(period: Period) -> Stretch:
    return Stretch(lambda _: period, period.first.year)


def _month(found: re.Match[str], asked: Asked) -> Stretch:
    name = found["month"]
    number = int(name) if name.isdigit() else MONTHS[name]
    if not 1 <= number <= 12:
        raise asked.refuse(refusals.NO_SUCH_MONTH, number=number)
    return Stretch(
        lambda year: periods.containing(periods.MONTH, date(year, number, 1)), asked.full_year(found["year"])
    )


def _next_month(found: re.Match[str], asked: Asked) -> Stretch:
    """The first such month after this one."""
    number = MONTHS[found["month"]]
    year = asked.today.year + (number <= asked.today.month)
    return _fixed(periods.containing(periods.MONTH, date(year, number, 1)))


def _last_month(found: re.Match[str], asked: Asked) -> Stretch:
    """The last such month before this one."""
    number = MONTHS[found["month"]]
    year = asked.today.year - (number >= asked.today.month)
    return _fixed(periods.containing(periods.MONTH, date(year, number, 1)))


def _quarter(found: re.Match[str], asked: Asked) -> Stretch:
    month = 3 * int(found["number"])
    return Stretch(
        lambda year: periods.containing(periods.QUARTER, date(year, month, 1)), asked.full_year(found["year"])
    )


def _half(found: re.Match[str], asked: Asked) -> Stretch:
    month = 6 * int(found["number"])
    return Stretch(lambda year: periods.containing(periods.HALF, date(year, month, 1)), asked.full_year(found["year"]))


def _half_month(found: re.Match[str], asked: Asked) -> Stretch:
    """« Première quinzaine de mars » is due on the 15th, the second on the month's last day."""
    number, year = MONTHS[found["month"]], asked.full_year(found["year"])

    def of(each: int) -> Period:
        month = periods.containing(periods.MONTH, date(each, number, 15))
        return periods.containing(periods.DAY, month.last if found["number"] == "2" else date(each, number, 15))

    return Stretch(of, year)


def _year(found: re.Match[str], asked: Asked) -> Stretch:
    return _fixed(periods.containing(periods.YEAR, date(int(found["year"]), 1, 1)))


def _week(found: re.Match[str], asked: Asked) -> Stretch:
    """A week by its number; the days in brackets, when the text tells them, must be its days."""
    number, year = int(found["number"]), asked.full_year(found["year"])
    if not 1 <= number <= 53:
        raise asked.refuse(refusals.NO_SUCH_WEEK, year=year or asked.today.year, weeks=_weeks(year or asked.today.year))
    week = Stretch(lambda each: _shortened(each, number), year).whole(asked)
    found_year, found_number, _ = week.first.isocalendar()
    if found_number != number:
        raise asked.refuse(refusals.NO_SUCH_WEEK, year=found_year, weeks=found_number)
    return _fixed(_agreeing(found, week, asked))


def _weeks(year: int) -> int:
    """How many ISO weeks the year has: the 28 December always lies in its last."""
    return date(year, 12, 28).isocalendar().week


def _shortened(year: int, number: int) -> Period:
    """That week, or the year's last when there is no such week."""
    return periods.containing(periods.WEEK, date.fromisocalendar(year, min(number, _weeks(year)), 1))


def _bare_s(found: re.Match[str], asked: Asked) -> Stretch:
    """S1 and S2 are half-years; S01 and S02 could be either."""
    if int(found["number"]) <= 2:
        raise asked.refuse(refusals.AMBIGUOUS)
    return _week(found, asked)


def _agreeing(found: re.Match[str], week: Period, asked: Asked) -> Period:
    """The week, if the days told with it are its first and last."""
    for name, day in (("first", week.first), ("last", week.last)):
        told = found.groupdict().get(name)
        if told and days.read(told, replace(asked, today=day)) != day:
            raise asked.refuse(refusals.CONTRADICTION, day=week)
    return week


def _week_of(found: re.Match[str], asked: Asked) -> Stretch | None:
    """The week in which a day lies: « semaine du 8 mars »."""
    day = days.read(found["day"], replace(asked, years=week_not_over, weeks=week_not_over))
    return _fixed(periods.containing(periods.WEEK, day)) if day else None


def _this(found: re.Match[str], asked: Asked) -> Stretch:
    return _fixed(periods.containing(_UNITS[found["unit"]], asked.today))


def _next(found: re.Match[str], asked: Asked) -> Stretch:
    return _fixed(periods.containing(_UNITS[found["unit"]], asked.today).next())


def _previous(found: re.Match[str], asked: Asked) -> Stretch:
    return _fixed(periods.containing(_UNITS[found["unit"]], asked.today).previous())


_READERS: tuple[tuple[Reader, tuple[str, ...]], ...] = (
    (
        _month,
        (
            f"(?:mois )?{_MONTH}{_Y4}",
            f"{_FULL}[/.-](?P<month>[0-9]{{1,2}})",
            f"(?P<month>[0-9]{{1,2}})[/.-]{_FULL}",
        ),
    ),
    (_next_month, (f"{_MONTH} {NEXT}", f"{NEXT} {_MONTH}")),
    (_last_month, (f"{_MONTH} {LAST}", f"{LAST} {_MONTH}")),
    (
        _quarter,
        (
            f"[tq] ?(?P<number>[1-4]){_Y}",
            f"(?P<number>[1-4]) ?[tq]{_Y}",
            f"{_FULL}[ /]?[tq] ?(?P<number>[1-4])",
            f"(?P<number>[1-4])o (?:trimestre|quarter|trim){_Y4}",
            f"(?:trimestre|quarter) (?P<number>[1-4]){_Y4}",
        ),
    ),
    (
        _half,
        (
            f"[sh] ?(?P<number>[12]){_Y}",
            f"{_FULL}[ /]?[sh] ?(?P<number>[12])",
            f"(?P<number>[12])o (?:semestre|semester|half(?: year)?){_Y4}",
            f"(?:semestre|semester|half(?: year)?) (?P<number>[12]){_Y4}",
        ),
    ),
    (_half_month, (f"(?P<number>[12])o (?:quinzaine|half) {_MONTH}{_Y4}",)),
    (
        _week,
        (
            f"{_WEEK} ?(?P<number>[0-9]{{1,2}}){_Y4}(?: (?P<first>[0-9].*) (?:au|to) (?P<last>[0-9].*))?",
            f"{_FULL} ?w ?(?P<number>[0-9]{{2}})",
        ),
    ),
    (_bare_s, (f"s ?(?P<number>[0-9]{{1,2}}){_Y4}", f"{_FULL} ?s ?(?P<number>[0-9]{{2}})")),
    (_week_of, (f"{_WEEK} (?:beginning |commencing |starting )?(?P<day>.*[0-9].*)",)),
    (_year, (f"(?:an |annee |year )?{_FULL}",)),
    (_this, (f"{_THIS} {_UNIT}(?: ci)?", f"{_UNIT} (?:ci|en cours|courante?|actuel(?:le)?)")),
    (_next, (f"{_UNIT} {NEXT}", f"{NEXT} {_UNIT}")),
    (_previous, (f"{_UNIT} {LAST}", f"{LAST} {_UNIT}")),
)


@cache
def _rules() -> tuple[tuple[re.Pattern[str], Reader], ...]:
    """The patterns with their readers, compiled when the first date is read: starting the bot does not wait for it."""
    return tuple((re.compile(shape), reader) for reader, shapes in _READERS for shape in shapes)
