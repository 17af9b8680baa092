"""Whole sentences in the reader's language, and dates, numbers and lists as that language writes them.

A sentence for a person is a named `Message`: English in the code, French in ``locale/fr/LC_MESSAGES/<module>.po``, one
catalogue a module, all read once into one table. Values are {named}; plurals are `Plural` messages. Babel writes dates,
numbers and lists; it is imported with the first of them, which no start needs. What people wrote is never translated.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from storage import periods
from storage.periods import Period

LANGUAGES = ("fr", "en")
"""The languages the bot speaks, the first is the one of a person of whom nothing is known."""

_BABEL = {"fr": "fr", "en": "en_GB"}
"""Whose dates, numbers and lists: the English of the documents of the field is British (5 March; a, b and c)."""

MONTH_ALONE = "LLLL y"
"""How a month is written that stands without a day."""
LOCALES = Path(__file__).with_name("locale")
_PART = re.compile(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?) ((?:"(?:[^"\\]|\\.)*"\s*)+)', re.MULTILINE)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


@dataclass(frozen=True, slots=True)
class Message:
    """One whole sentence (or label), English, with {named} values."""

    text: str


@dataclass(frozen=True, slots=True)
class Plural:
    """A sentence that changes with ``count``: one and many; both may use {count}."""

    one: str
    many: str


def message(text: str) -> Message:
    """Name a sentence; extracted for the catalogue."""
    return Message(text)


def plural(one: str, many: str) -> Plural:
    """Name a sentence that depends on {count}; extracted for the catalogue."""
    return Plural(one, many)


WEEK_WORDS = message("week {number} of {year} ({first} to {last})")
QUARTER_WORDS = (
    message("first quarter of {year}"),
    message("second quarter of {year}"),
    message("third quarter of {year}"),
    message("fourth quarter of {year}"),
)
HALF_WORDS = (message("first half of {year}"), message("second half of {year}"))
CONTINUOUS_WORDS = message("ongoing")
NO_DEADLINE = message("no deadline")
INSTANT_WORDS = message("{date} at {time} ({zone})")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Speaks one language and tells instants in one time zone."""

    language: str
    zone: ZoneInfo

    def say(self, sentence: Message | Plural, /, **values: object) -> str:
        """The sentence in this language with its values; raises KeyError when a value is missing.

        A date among the values is told with its weekday, an instant with its zone, a period in words, a Decimal (an
        amount) with the language's separators, a sentence in this language; the rest stands as it is, so that 2027
        stays a year.
        """
        return self._translate(sentence, values).format(**{name: self._told(value) for name, value in values.items()})

    def day(self, day: date) -> str:
        """A civil date with its month as a word: ``5 mars 2027``, ``5 March 2027``."""
        return _written(self.language, day, "d MMMM y")

    def weekday(self, day: date) -> str:
        """A civil date with its weekday: ``vendredi 5 mars 2027``, ``Friday 5 March 2027``."""
        return _written(self.language, day, "EEEE d MMMM y")

    def day_of_week(self, number: int) -> str:
        """A day of the week by its number, Monday 0: ``lundi``, ``Monday``."""
        from babel.dates import get_day_names

        return str(get_day_names("wide", "stand-alone", self._locale)[number])

    def short_day(self, day: date) -> str:
        """A civil date for narrow places, without its year: ``5 mars``, ``5 Mar``."""
        return _written(self.language, day, "d MMM")

    def hour(self, instant: datetime) -> str:
        """The hour in the speaker's zone: ``16:00``."""
        return f"{instant.astimezone(self.zone):%H:%M}"

    def civil_day(self, instant: datetime) -> date:
        """The day on which that instant falls, in the speaker's zone."""
        return instant.astimezone(self.zone).date()

    def instant(self, instant: datetime) -> str:
        """An instant with its zone named: ``vendredi 5 mars 2027 à 16:00 (Bamako)``."""
        local = instant.astimezone(self.zone)
        return self.say(
            INSTANT_WORDS,
            date=self.weekday(local.date()),
            time=self.hour(instant),
            zone=self.zone_name(),
        )

    def zone_name(self) -> str:
        """The zone by its city, in the speaker's language: ``Bamako``, ``Bruxelles``."""
        return _city(self.language, self.zone)

    def country(self, code: str) -> str:
        """A country by its ISO 3166 code: ``Mali``, ``Pays-Bas``; the code where the language has no name for it."""
        from babel import Locale

        return str(Locale.parse(self._locale).territories.get(code, code))

    def period(self, period: Period) -> str:
        """A period in words: ``mars 2027``, ``2e trimestre 2027``, ``semaine 9 de 2027 (du 1er mars au 7 mars)``."""
        if period.kind == periods.DAY:
            return self.day(period.first)
        if period.kind == periods.WEEK:
            year, number, _ = period.first.isocalendar()
            first, last = self.short_day(period.first), self.short_day(period.last)
            return self.say(WEEK_WORDS, number=number, year=year, first=first, last=last)
        if period.kind == periods.MONTH:
            return _written(self.language, period.first, MONTH_ALONE)
        if period.kind == periods.QUARTER:
            return self.say(QUARTER_WORDS[period.first.month // 3], year=period.first.year)
        if period.kind == periods.HALF:
            return self.say(HALF_WORDS[period.first.month // 6], year=period.first.year)
        return str(period.first.year)

    def deadline(self, key: str | None) -> str:
        """A deadline in words from the key it is kept under (see storage.periods); None is "no deadline"."""
        if key is None:
            return self.say(NO_DEADLINE)
        if key == periods.CONTINUOUS:
            return self.say(CONTINUOUS_WORDS)
        return self.period(periods.parse(key))

    def number(self, number: float | Decimal) -> str:
        """A number with the language's separators: ``12 345,6``, ``12,345.6``; a Decimal with all its decimals."""
        from babel.numbers import format_decimal

        return format_decimal(number, locale=self._locale, decimal_quantization=not isinstance(number, Decimal))

    def listing(self, words: Iterable[str]) -> str:
        """Words joined as a sentence joins them: ``a, b et c``, ``a, b and c``."""
        from babel.lists import format_list

        return format_list(list(words), locale=self._locale)

    @property
    def _locale(self) -> str:
        return _BABEL[self.language]

    def _told(self, value: object) -> object:
        if isinstance(value, Period):
            return self.period(value)
        if isinstance(value, datetime):
            return self.instant(value)
        if isinstance(value, Decimal):
            return self.number(value)
        if isinstance(value, Message):
            return self.say(value)
        return self.weekday(value) if isinstance(value, date) else value

    def _translate(self, sentence: Message | Plural, values: Mapping[str, object]) -> str:
        table = catalogue(self.language)
        if isinstance(sentence, Message):
            return table.get(sentence.text, (sentence.text,))[0]
        forms = table.get(sentence.one, (sentence.one, sentence.many))
        count = values["count"]
        if not isinstance(count, int):
            raise TypeError("a plural sentence needs a whole {count}")
        from babel import Locale

        return forms[0] if Locale.parse(self.language).plural_form(count) == "one" else forms[-1]


@lru_cache(1024)
def _written(language: str, day: date, pattern: str) -> str:
    """A civil date in Babel's words; French says « 1er mars », which the locale data leave to the writer."""
    from babel.dates import format_date

    written = format_date(day, pattern, locale=_BABEL[language])
    counts_days = pattern != MONTH_ALONE and day.day == 1
    return re.sub(r"\b1 ", "1er ", written, count=1) if language == "fr" and counts_days else written


@cache
def _city(language: str, zone: ZoneInfo) -> str:
    from babel.dates import get_timezone_location

    return get_timezone_location(zone, locale=_BABEL[language], return_city=True).rsplit("/", 1)[-1]


@cache
def catalogue(language: str) -> Mapping[str, tuple[str, ...]]:
    """English sentence -> its translation (two for a plural: one, many); empty for English."""
    files = sorted((LOCALES / language / "LC_MESSAGES").glob("*.po"))
    return {english: told for path in files for english, told in _entries(path.read_text("utf-8"))}


def _entries(catalogue: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The entries of a .po file, without the fuzzy; to import Babel's own reader takes longer than to read them."""
    for block in catalogue.split("\n\n"):
        told = {name: "".join(map(json.loads, _QUOTED.findall(lines))) for name, lines in _PART.findall(block)}
        if told.get("msgid") and "#, fuzzy" not in block:
            yield told["msgid"], tuple(words for name, words in told.items() if name.startswith("msgstr"))


def speaks(language: str) -> bool:
    """Whether the bot speaks that language."""
    return language in LANGUAGES


def from_slack(locale: str | None, default: str) -> str:
    """The language of a Slack locale (``fr-FR``); the default when Slack told none or one the bot does not speak."""
    language = (locale or "").partition("-")[0].lower()
    return language if speaks(language) else default
