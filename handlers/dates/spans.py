"""Days from one to another, as people say they are away: « du 12 au 30 août », "until Friday", « pour deux semaines ».

Both ends are days off, the last one included: "until Friday" and « jusqu’à vendredi » take the Friday too. "Back on
Monday", « de retour lundi » is the day they are here again. What runs already begins today; what is over is refused.
Without years, the days meant are those that run or come next; a day and no month takes the month of the other end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from handlers.dates import days, edges, refusals, stretches
from handlers.dates.asked import Asked, last_until
from handlers.dates.days import LAPSES, YEAR
from handlers.dates.refusals import NotADate
from handlers.dates.words import MONTHS, UNITS, WEEKDAYS, bare, one_of, plain
from storage.words import folded

LONGEST = timedelta(days=366)
RUNNING = timedelta(days=31)
"""How long ago days without a year may have begun (or ended) to be the ones meant."""
_FAR = timedelta(days=300)
_SHOWN = 60
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Civil days from ``first`` to ``last``, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What the ways of saying so look like, in plain words."""

    open: re.Pattern[str]
    until: re.Pattern[str]
    between: re.Pattern[str]
    lasting: re.Pattern[str]
    length: re.Pattern[str]
    lead: re.Pattern[str]
    number: re.Pattern[str]
    month_after: re.Pattern[str]
    month_before: re.Pattern[str]
    back: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    """Compiled when somebody first says that they are away."""
    weekday, month = f"(?:(?P<weekday>{one_of(WEEKDAYS)}) )?", f"(?P<month>{one_of(MONTHS)})"
    ordinal, starts = "(?:er|st|nd|rd|th)?", "(?:a partir (?:de|du)|starting|depuis|since|from|des|du|de|d)"
    return _Patterns(
        open=re.compile("(?:a partir|starting|depuis|since|from|du) .+"),
        until=re.compile("(?:jusqu(?:e|es)?(?: au?)?|until|till|through|up to|to|>|au?(?! partir)) (?P<right>.+)"),
        between=re.compile(
            f"(?:(?:{starts}|entre|between) )?(?P<left>.+?) "
            "(?:jusqu au?|jusqu en|until|till|through|up to|to|>|au|a|et|and) (?P<right>.+)"
        ),
        lasting=re.compile(f"(?:(?:{starts} )?(?P<start>.+) )?(?:pour|pendant|for) (?P<length>.+)"),
        length=re.compile(f"(?:[0-9]{{1,3}}|an?|une?) {one_of(UNITS)}|(?:une? |an? )?{one_of(LAPSES)}(?: jours)?"),
        lead=re.compile("^(?:(?:toute?|all|whole|pendant|durant|during|en|in|au mois|this coming) )+"),
        number=re.compile(f"{weekday}(?:le |the )?(?P<number>[0-9]{{1,2}}){ordinal}"),
        month_after=re.compile(f"{weekday}(?:le |the )?[0-9]{{1,2}}{ordinal}(?P<tail>[/. -].+)"),
        month_before=re.compile(f"{weekday}{month} [0-9]{{1,2}}{ordinal}.*"),
        back=re.compile(
            "(?:je (?:suis|serai) |i am |i ll be |i m )?(?:back|returned|here again|de retour|retour|rentree?|revenue?)"
            "(?: (?:on|le|from|des|depuis|since))?(?: (?P<day>.+))?"
        ),
    )


def read(text: str, today: date) -> Span:
    """The days a person wrote on that civil day, none of them past. Raises NotADate with the reason."""
    asked = Asked(_shown(text), today)
    words = _spaced(text)
    if not words:
        raise NotADate(refusals.NO_DAYS)
    return _checked(_found(words, asked), asked, dated=_has_year(words))


def back(text: str, today: date) -> date | None:
    """The first day on which a person says that they are back; None when they say something else. Raises NotADate."""
    found = _patterns().back.fullmatch(plain(text))
    if found is None:
        return None
    day = found["day"]
    return today if not day or day in ("now", "maintenant") else _end(day, Asked(_shown(text), today))


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def _spaced(text: str) -> str:
    """The text plain, a ``>`` where a dash leads from one day to another."""
    line = re.sub(r"\s*[–—−→]+\s*|\s+-+\s+", " > ", folded(text))
    line = re.sub(r"(?<=[0-9])-(?=[0-9]{1,2}[/.][0-9])|(?<=\b[0-9]{2})-(?=[0-9]{1,2} [a-z])", " > ", line)
    words = " ".join(" > ".join(plain(part) for part in line.split(" > ")).split())
    return re.sub(r" (?:inclus|included|inclusive(?:ly)?)$", "", words)


def _found(words: str, asked: Asked) -> Span:
    patterns = _patterns()
    if lasting := _lasting(asked.today, words, asked):
        return lasting
    if found := patterns.lasting.fullmatch(words):
        first = _end(found["start"], asked) if found["start"] else asked.today
        if lasting := _lasting(first, found["length"], asked):
            return lasting
    if not patterns.open.fullmatch(words) and (whole := _whole(words, asked)):
        return Span(*whole)
    if until := patterns.until.fullmatch(words):
        return Span(asked.today, _end(until["right"], asked))
    if between := patterns.between.fullmatch(words):
        return _between(between["left"], between["right"], asked)
    raise asked.refuse(refusals.NOT_DAYS)


def _lasting(first: date, words: str, asked: Asked) -> Span | None:
    """So many days, weeks or months from the first on."""
    length = bare(words)
    if not _patterns().length.fullmatch(length):
        return None
    after = days.read(length, replace(asked, today=first))
    return Span(first, after - _DAY) if after else None


def _whole(words: str, asked: Asked) -> tuple[date, date] | None:
    """The first and last day of what is named as one: a day, « la semaine prochaine », « août »."""
    core = bare(_patterns().lead.sub("", words, count=1))
    day = days.read(core, asked)
    if day:
        return day, day
    if edge := edges.read(core, asked):
        return edge.first, edge.last
    stretch = stretches.read(core, asked) or stretches.running(core, asked)
    if stretch is None:
        return None
    period = stretch.whole(asked)
    return period.first, period.last


def _end(words: str, asked: Asked) -> date:
    """One day at an end. Raises NotADate, for a month too: until it begins, or until it is over?"""
    found = _whole(words, asked)
    if found is None:
        raise asked.refuse(refusals.NOT_DAYS)
    if found[0] != found[1]:
        raise asked.refuse(refusals.BEFORE_WHAT)
    return found[0]


def _between(left: str, right: str, asked: Asked) -> Span:
    left, right = _completed(left, right)
    if _has_year(right):
        last = _last(right, left, asked)
        return Span(_first(left, replace(asked, today=last, years=last_until, weeks=last_until)), last)
    if not _has_year(left) and _has_figure(left) and _has_figure(right):
        last = _last(right, left, asked)
        first = _first(left, replace(asked, today=last, years=last_until, weeks=last_until))
        if first >= asked.today - RUNNING:
            return Span(first, last)
    first = _first(left, asked)
    return Span(first, _last(right, left, replace(asked, today=first)))


def _completed(left: str, right: str) -> tuple[str, str]:
    """Both ends with what one leaves to the other: « 12 » and « 30 août » -> « 12 août », « 30 août »."""
    patterns = _patterns()
    number, other = patterns.number.fullmatch(left), patterns.number.fullmatch(right)
    if number:
        weekday = f"{number['weekday']} " if number["weekday"] else ""
        if after := patterns.month_after.fullmatch(right):
            left = f"{weekday}{number['number']}{after['tail']}"
        elif before := patterns.month_before.fullmatch(right):
            left = f"{weekday}{number['number']} {before['month']}"
        elif not weekday:
            left = f"le {number['number']}"
    if other and not other["weekday"]:
        right = f"le {other['number']}"
    return left, right


def _first(words: str, asked: Asked) -> date:
    found = _whole(words, asked)
    if found is None:
        raise asked.refuse(refusals.NOT_DAYS)
    return found[0]


def _last(words: str, left: str, asked: Asked) -> date:
    """The last day; a stretch counts to its end where the other end is one too: « d’avril à juin »."""
    found = _whole(words, asked)
    begins = _whole(left, asked)
    if found is None or begins is None:
        raise asked.refuse(refusals.NOT_DAYS)
    if found[0] != found[1] and begins[0] == begins[1]:
        raise asked.refuse(refusals.BEFORE_WHAT)
    return found[1]


def _has_year(words: str) -> bool:
    return bool(re.search(rf"\b{YEAR}\b|[0-9][/.-][0-9]{{1,2}}[/.-][0-9]{{2}}\b", words))


def _has_figure(words: str) -> bool:
    return any(letter.isdigit() for letter in words)


def _checked(span: Span, asked: Asked, *, dated: bool) -> Span:
    """The span from today on. Raises NotADate for one that is over, upside down, or longer than a year."""
    first, last = span.first, span.last
    if last < first:
        raise asked.refuse(refusals.BACKWARDS, first=first, last=last)
    if last < asked.today:
        raise asked.refuse(refusals.OVER, last=last)
    ended = _a_year_before(last)
    if not dated and last - asked.today > _FAR and asked.today - RUNNING <= ended < asked.today:
        raise asked.refuse(refusals.OVER, last=ended)
    if last - first > LONGEST:
        raise asked.refuse(refusals.TOO_MANY_DAYS, first=first, last=last)
    return Span(max(first, asked.today), last)


def _a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
