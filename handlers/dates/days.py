"""One civil day, in words or figures, French or English: « lundi 8 mars », "next Friday", « dans deux semaines ».

Each rule is a pattern over the bare text (see handlers.dates.words) and the function that reads it. A weekday alone, or
with « ce »/"this", is the first one to come, today included; « prochain »/"next" is the first one after today, in both
languages; « en huit »/"Friday week" is a week after the first one to come, « en quinze » two weeks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from dateutil.relativedelta import relativedelta

from handlers.dates import refusals
from handlers.dates.asked import FIRST_DAY, LAST_DAY, Asked, first_from, last_until
from handlers.dates.words import ENGLISH_MONTHS, MONTHS, UNITS, WEEKDAYS, one_of
from storage import periods

YEAR = r"(?:19|20|21)[0-9]{2}"
NEXT = "(?:prochaine?|next|coming|suivante?|qui vient)"
LAST = "(?:derniere?|last|passee?|past)"
_THIS = "(?:cet?|cette|this)"
_DAY = "(?P<day>[0-9]{1,2})o?"
_WEEKDAY = f"(?P<weekday>{one_of(WEEKDAYS)})"
_MONTH = f"(?P<month>{one_of(MONTHS)})"
_ENGLISH_MONTH = f"(?P<month>{one_of(ENGLISH_MONTHS)})"
_COUNTED = f"(?P<count>[0-9]{{1,3}}|an?) (?P<unit>{one_of(UNITS)})"
_WEEK = "(?:semaine|week)"

_NEAR = {
    "aujourd hui": 0,
    "ce jour": 0,
    "today": 0,
    "demain": 1,
    "tomorrow": 1,
    "apres demain": 2,
    "day after tomorrow": 2,
    "hier": -1,
    "yesterday": -1,
    "avant hier": -2,
    "day before yesterday": -2,
}
LAPSES = {"huitaine": 8, "quinzaine": 15, "fortnight": 14}
LENGTHS = {
    periods.DAY: relativedelta(days=1),
    periods.WEEK: relativedelta(weeks=1),
    periods.MONTH: relativedelta(months=1),
    periods.QUARTER: relativedelta(months=3),
    periods.HALF: relativedelta(months=6),
    periods.YEAR: relativedelta(years=1),
}


def read(bare: str, asked: Asked) -> date | None:
    """The day a bare text names, None when it names none. Raises NotADate for a day that cannot be."""
    for shape, reader in _rules():
        if found := shape.fullmatch(bare):
            return reader(found, asked)
    return None


def _near(found: re.Match[str], asked: Asked) -> date:
    return asked.today + timedelta(days=_NEAR[found[0]])


def _lapse(found: re.Match[str], asked: Asked) -> date:
    return asked.today + timedelta(days=LAPSES[found["lapse"]])


def _ahead(found: re.Match[str], asked: Asked) -> date:
    return _within_reach(asked.today + _length(found), asked)


def _ago(found: re.Match[str], asked: Asked) -> date:
    return _within_reach(asked.today - _length(found), asked)


def _length(found: re.Match[str]) -> relativedelta:
    count = int(found["count"]) if found["count"].isdigit() else 1
    return LENGTHS[UNITS[found["unit"]]] * count


def _within_reach(day: date, asked: Asked) -> date:
    if FIRST_DAY <= day <= LAST_DAY:
        return day
    raise asked.refuse(refusals.TOO_FAR, first=FIRST_DAY, last=LAST_DAY)


def _figures(found: re.Match[str], asked: Asked) -> date:
    """Day, month, year, as both languages of the group write it; refuses three figures that fit any order."""
    day, month, year = int(found["day"]), int(found["month"]), found["year"]
    if year and len(year) == 2 and max(day, month, int(year)) <= 12:
        raise asked.refuse(refusals.AMBIGUOUS)
    if not 1 <= month <= 12:
        raise asked.refuse(refusals.NO_SUCH_MONTH, number=month)
    return _agreeing(found, asked.in_month(asked.full_year(year), month, day), asked)


def _in_words(found: re.Match[str], asked: Asked) -> date:
    year = asked.full_year(found["year"])
    return _agreeing(found, asked.in_month(year, MONTHS[found["month"]], int(found["day"])), asked)


def _strictly_next(found: re.Match[str], asked: Asked) -> date:
    return _moved(found, asked, 1, first_from)


def _strictly_last(found: re.Match[str], asked: Asked) -> date:
    return _moved(found, asked, -1, last_until)


def _moved(found: re.Match[str], asked: Asked, days: int, choice: Callable[..., date]) -> date:
    """A day of the year after (or before) today, never today itself."""
    today = asked.today + timedelta(days=days)
    moved = Asked(asked.said, today, years=choice, weeks=choice)
    return _agreeing(found, moved.in_month(None, MONTHS[found["month"]], int(found["day"])), asked)


def _of_month(found: re.Match[str], asked: Asked) -> date:
    return _agreeing(found, asked.of_month(int(found["day"])), asked)


def _of_this_month(found: re.Match[str], asked: Asked) -> date:
    return asked.in_month(asked.today.year, asked.today.month, int(found["day"]))


def _of_next_month(found: re.Match[str], asked: Asked) -> date:
    first = periods.containing(periods.MONTH, asked.today).next().first
    return asked.in_month(first.year, first.month, int(found["day"]))


def _agreeing(found: re.Match[str], day: date, asked: Asked) -> date:
    """The day, if it falls on the weekday that was named, when one was."""
    weekday = found.groupdict().get("weekday")
    if weekday and WEEKDAYS[weekday] != day.weekday():
        raise asked.refuse(refusals.CONTRADICTION, day=day)
    return day


def _around(found: re.Match[str], asked: Asked) -> list[date]:
    """The days with that weekday from a week ago to a week ahead."""
    days = [asked.today + timedelta(days=each) for each in range(-7, 8)]
    return [day for day in days if day.weekday() == WEEKDAYS[found["weekday"]]]


def _weekday(found: re.Match[str], asked: Asked) -> date:
    return asked.weeks(_around(found, asked), asked.today)


def _next_weekday(found: re.Match[str], asked: Asked) -> date:
    return first_from(_around(found, asked), asked.today + timedelta(days=1))


def _last_weekday(found: re.Match[str], asked: Asked) -> date:
    return last_until(_around(found, asked), asked.today - timedelta(days=1))


def _weekday_week(found: re.Match[str], asked: Asked) -> date:
    return first_from(_around(found, asked), asked.today) + timedelta(weeks=1)


def _weekday_fortnight(found: re.Match[str], asked: Asked) -> date:
    return _weekday_week(found, asked) + timedelta(weeks=1)


def _in_week(weeks: int) -> Callable[[re.Match[str], Asked], date]:
    """Reads the weekday of this week, or of the one so many weeks away."""

    def reader(found: re.Match[str], asked: Asked) -> date:
        monday = periods.containing(periods.WEEK, asked.today).first
        return monday + timedelta(days=WEEKDAYS[found["weekday"]], weeks=weeks)

    return reader


def _ambiguous(found: re.Match[str], asked: Asked) -> date:
    raise asked.refuse(refusals.AMBIGUOUS)


_YEARS = f"(?P<year>{YEAR}|[0-9]{{2}})"
_READERS: tuple[tuple[Callable[[re.Match[str], Asked], date], tuple[str, ...]], ...] = (
    (_near, ("|".join(_NEAR),)),
    (_lapse, (f"(?:une? |an? |one )?(?P<lapse>{'|'.join(LAPSES)})(?: jours)?",)),
    (_ahead, (f"{_COUNTED}(?: from (?:now|today)| time)?",)),
    (_ago, (f"il y a {_COUNTED}", f"{_COUNTED} ago")),
    (
        _figures,
        (
            f"(?:{_WEEKDAY} )?{_DAY}(?P<mark>[/.-])(?P<month>[0-9]{{1,2}})(?:(?P=mark){_YEARS})?",
            f"(?P<year>{YEAR})(?P<mark>[/.-])(?P<month>[0-9]{{1,2}})(?P=mark){_DAY}",
        ),
    ),
    (_ambiguous, ("mar(?: [0-9]{1,2}o?)?",)),
    (
        _in_words,
        (
            f"(?:{_WEEKDAY} )?{_DAY} {_MONTH}(?: {_YEARS})?",
            f"(?:{_WEEKDAY} )?{_ENGLISH_MONTH} {_DAY}(?: (?P<year>{YEAR}))?",
        ),
    ),
    (_ambiguous, (f"{one_of(MONTHS)} [0-9]{{1,2}}o?(?: {YEAR})?",)),
    (_strictly_next, (f"(?:{_WEEKDAY} )?{_DAY} {_MONTH} {NEXT}", f"{NEXT} {_DAY} {_MONTH}")),
    (_strictly_last, (f"(?:{_WEEKDAY} )?{_DAY} {_MONTH} {LAST}", f"{LAST} {_DAY} {_MONTH}")),
    (_of_month, (f"{_WEEKDAY} {_DAY}", "(?P<day>[0-9]{1,2})o")),
    (_of_this_month, (f"(?P<day>[0-9]{{1,2}})o (?:{_THIS} )?(?:mois|month)(?: ci| en cours)?",)),
    (_of_next_month, (f"{_DAY} mois {NEXT}", f"{_DAY} {NEXT} month")),
    (_weekday, (f"(?:{_THIS} )?{_WEEKDAY}(?: ci)?",)),
    (_next_weekday, (f"{_WEEKDAY} {NEXT}", f"{NEXT} {_WEEKDAY}")),
    (_last_weekday, (f"{_WEEKDAY} {LAST}", f"{LAST} {_WEEKDAY}")),
    (_weekday_week, (f"{_WEEKDAY} (?:en 8|week)", f"(?:an? |1 )week (?:from )?{_WEEKDAY}")),
    (_weekday_fortnight, (f"{_WEEKDAY} (?:en 15|fortnight)",)),
    (_in_week(0), (f"{_WEEKDAY} {_THIS} {_WEEK}",)),
    (_in_week(1), (f"{_WEEKDAY} {_WEEK} {NEXT}", f"{_WEEKDAY} {NEXT} {_WEEK}")),
    (_in_week(-1), (f"{_WEEKDAY} {_WEEK} {LAST}", f"{_WEEKDAY} {LAST} {_WEEK}")),
)


@cache
def _rules() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Asked], date]], ...]:
    """The patterns with their readers, compiled when the first date is read: starting the bot does not wait for it."""
    return tuple((re.compile(shape), reader) for reader, shapes in _READERS for shape in shapes)
