"""The words of dates, French and English, and how a text is made plain before it is read.

A plain text is lower-case, without accents, apostrophes, commas or brackets, its words one space apart: hyphens, points
and slashes stay only between digits. A bare text is a plain one without articles, its numbers as digits; an ordinal is
digits with an ``o`` after them: « d’ici la fin du 2e trimestre » -> ``ici fin 2o trimestre``.
"""

from __future__ import annotations

import re

from storage import periods
from storage.words import folded

FRENCH_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv",
            "fevrier fevr fev",
            "mars",
            "avril avr",
            "mai",
            "juin",
            "juillet juill juil",
            "aout",
            "septembre",
            "octobre",
            "novembre",
            "decembre",
        ),
        start=1,
    )
    for name in names.split()
}
ENGLISH_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
"""Names an English writer puts before the day ("June 30"); those both languages abbreviate alike stand here."""

MONTHS = FRENCH_MONTHS | ENGLISH_MONTHS

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "lundi lun monday mon",
            "mardi mar tuesday tues tue",
            "mercredi mer wednesday wed",
            "jeudi jeu thursday thurs thur thu",
            "vendredi ven friday fri",
            "samedi sam saturday sat",
            "dimanche dim sunday sun",
        )
    )
    for name in names.split()
}
"""Monday is 0."""

UNITS = {
    name: unit
    for unit, names in {
        periods.DAY: "jour jours day days",
        periods.WEEK: "semaine semaines week weeks",
        periods.MONTH: "mois month months",
        periods.QUARTER: "trimestre trimestres quarter quarters",
        periods.HALF: "semestre semestres half semester semesters",
        periods.YEAR: "an ans annee annees year years",
    }.items()
    for name in names.split()
}


def one_of(words: dict[str, int] | dict[str, str]) -> str:
    """A pattern for any of these words, the longest first."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


_FRENCH = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_ENGLISH = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)


def _numbers() -> dict[str, int]:
    """Numbers in words up to 69, and ninety, as they stand once hyphens are spaces: ``vingt et un``."""
    french, english = _FRENCH.split(), _ENGLISH.split()
    words = {word: number for names in (french, english) for number, word in enumerate(names, start=1)}
    words |= {"une": 1, "ninety": 90, "quatre vingt dix": 90}
    words |= {f"dix {french[unit - 1]}": 10 + unit for unit in (7, 8, 9)}
    for ten, tens in enumerate(
        ("vingt twenty", "trente thirty", "quarante forty", "cinquante fifty", "soixante sixty")
    ):
        value = 20 + 10 * ten
        for name, units in zip(tens.split(), (french, english), strict=True):
            words[name] = value
            words |= {f"{name} {word}": value + unit for unit, word in enumerate(units[:9], start=1)}
        words[f"{tens.split()[0]} et un"] = words[f"{tens.split()[0]} et une"] = value + 1
    return words


NUMBERS = _numbers()
ORDINALS = {
    name: number
    for number, names in enumerate(
        (
            "premier premiere first",
            "deuxieme second seconde",
            "troisieme third",
            "quatrieme fourth",
            "cinquieme fifth",
            "sixieme sixth",
            "septieme seventh",
            "huitieme eighth",
            "neuvieme ninth",
            "dixieme tenth",
        ),
        start=1,
    )
    for name in names.split()
}

_DASHES = re.compile("[\u2010-\u2015\u2212]")
_MARKS = re.compile(r"(?:[^\w/.-]|_)+")
"""What parts words; letters of other scripts stay, so that a text with them is not half read."""
_LOOSE = re.compile(r"(?<![0-9])[.-]+|[.-]+(?![0-9])")
_SLASH = re.compile(r"\s*/\s*")
_DIGIT_ORDINAL = re.compile(r"\b([0-9]{1,2})(?:ere|er|re|ieme|eme|e|nde|nd|st|rd|th|d)\b")
_THE_NUMBER = re.compile(r"\b(?:le|the|du|of) ([0-9]{1,2})$")
_DAY_OF_THE_MONTH = re.compile(r"\b([0-9]{1,2})(?= (?:du|de ce|of|of the|of this|of next) (?:mois|month)\b)")
"""« Le 15 du mois » is a day; without its « du » it would be fifteen months."""

_ARTICLES = re.compile(r"\b(?:le|la|les|l|de|du|d|des|the|of|on)(?: |$)")
_ORDINAL_WORD = re.compile(rf"\b{one_of(ORDINALS)}\b")
_NUMBER_WORD = re.compile(rf"\b{one_of(NUMBERS)}(?= (?!sept\b)(?:{one_of(UNITS)}|{one_of(MONTHS)})\b)")
"""A number before what it counts; not before « sept », for « dix-sept » is no day of September."""

_IN_EIGHT = re.compile(r"\ben (huit|quinze)$")


def plain(text: str) -> str:
    """The text without case, accents, apostrophes, brackets and punctuation; dashes alone leave nothing."""
    letters = _MARKS.sub(" ", folded(_DASHES.sub("-", text)))
    return " ".join(_SLASH.sub("/", _LOOSE.sub(" ", letters)).split())


def bare(plain_text: str) -> str:
    """A plain text without articles, numbers as digits, ordinals marked; « sept » counts only before a noun."""
    ordered = _DIGIT_ORDINAL.sub(r"\1o", plain_text)
    ordered = _THE_NUMBER.sub(r"\1o", _DAY_OF_THE_MONTH.sub(r"\1o", ordered))
    ordered = _ARTICLES.sub("", ordered).strip()
    ordered = _ORDINAL_WORD.sub(lambda found: f"{ORDINALS[found[0]]}o", ordered)
    ordered = _NUMBER_WORD.sub(lambda found: str(NUMBERS[found[0]]), ordered)
    return _IN_EIGHT.sub(lambda found: f"en {NUMBERS[found[1]]}", ordered)
