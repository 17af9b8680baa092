"""Public holidays of a country, computed by the `holidays` package: Mali's with the lunar feasts, marked as estimated.

The package is imported when a calendar is first asked for, or before by the process (bot.warming): it takes half a
second. It must always be told a language: without one, or with one it lacks, it takes that of the machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from handlers.language import LANGUAGES

if TYPE_CHECKING:
    from holidays import HolidayBase

_THEIR_LANGUAGES = {"en": ("en_US", "en_GB", "en_CA", "en"), "fr": ("fr", "fr_FR")}
"""Our language -> what the package calls it, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Feast:
    """A public holiday of a calendar (``ML``): its civil day, its own ``name`` there, and its name in our languages.

    ``estimated``: the moon decides, and nobody has seen it yet.
    """

    calendar: str
    day: date
    name: str
    names: Mapping[str, str]
    estimated: bool


@cache
def calendars() -> tuple[str, ...]:
    """The countries whose public holidays are known, by their ISO 3166 code, in order."""
    from holidays.registry import EntityLoader  # the package's own list of them first imports every country

    return tuple(sorted(EntityLoader.get_country_codes(include_aliases=False)))


def between(calendar: str, first: date, last: date) -> list[Feast]:
    """The feasts of that calendar from ``first`` to ``last``, in order; none for a calendar that is not known."""
    found = [feast for year in range(first.year, last.year + 1) for feast in of_year(calendar, year)]
    return [feast for feast in found if first <= feast.day <= last]


@cache
def of_year(calendar: str, year: int) -> tuple[Feast, ...]:
    """The feasts of that calendar in that year, in order; none for a calendar that is not known."""
    if calendar not in calendars():
        return ()
    own = _computed(calendar, year, None)
    others = {language: _computed(calendar, year, language) for language in LANGUAGES}
    return tuple(
        Feast(
            calendar,
            day,
            _bare(own, name),
            {language: _printed(_bare(other, _called(day, name, own, other))) for language, other in others.items()},
            _is_estimated(own, name),
        )
        for day in sorted(own)
        for name in own.get_list(day)
    )


def _computed(calendar: str, year: int, language: str | None) -> HolidayBase:
    """The package's own reckoning, named in that language where it can, else (and for None) in the country's."""
    import holidays

    country = getattr(holidays, calendar)
    wanted = [each for each in _THEIR_LANGUAGES.get(language or "", ()) if each in country.supported_languages]
    return holidays.country_holidays(calendar, years=year, language=wanted[0] if wanted else country.default_language)


def _called(day: date, name: str, own: HolidayBase, other: HolidayBase) -> str:
    """How the other language calls what falls on that day; several on one day are told apart by their translation."""
    there: Sequence[str] = other.get_list(day)
    return there[0] if len(own.get_list(day)) == len(there) == 1 else str(other.tr(_bare(own, name)))


def _bare(computed: HolidayBase, name: str) -> str:
    """The name without the package's "(estimated)"."""
    before, after = _label(computed, "estimated_label")
    return name.removeprefix(before).removesuffix(after) if name.startswith(before) and name.endswith(after) else name


def _is_estimated(computed: HolidayBase, name: str) -> bool:
    """Whether the package marks it as estimated, or as the day off for one that is."""
    labels = (_label(computed, attribute) for attribute in ("estimated_label", "observed_estimated_label"))
    return any(name.startswith(before) and name.endswith(after) for before, after in labels if before or after)


def _label(computed: HolidayBase, attribute: str) -> tuple[str, str]:
    """What the package puts before and after the name of such a feast; nothing where the calendar has none."""
    before, _, after = str(computed.tr(getattr(computed, attribute, "%s"))).partition("%s")
    return before, after


def _printed(name: str) -> str:
    """The package writes its apostrophes straight."""
    return name.replace("'", "’")
