"""Figures as people write them: amounts, numbers, percentages; and what says that none applies, or none is known."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum

from storage.words import folded


class Lack(Enum):
    """Why there is no figure: nothing is known, or none applies. Neither is zero."""

    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"


class NotAFigure(ValueError):  # noqa: N818 - the word of the house, as `dates.NotADate`
    """What was written is no figure."""


_NOT_APPLICABLE = re.compile(r"n ?/? ?a|s ?/? ?o|sans objet|non applicable|not applicable")
_MISSING = re.compile(r"[?\-–—.…]*|n ?/? ?d|non disponible|not available|inconnu[e]?|unknown|manquant[e]?|missing|nc")
UNITS = {
    **dict.fromkeys(("mille", "milliers", "thousand", "thousands", "k"), 3),
    **dict.fromkeys(("million", "millions", "m"), 6),
    **dict.fromkeys(("milliard", "milliards", "billion", "billions", "md", "mds", "bn"), 9),
}
"""What multiplies a figure -> its power of ten."""
_AROUND = re.compile(r"(?:de )?(?:f ?cfa|xof|francs?(?: cfa)?|eur(?:os?)?|usd|dollars?|€|\$|%|pour ?cent|per ?cent)")
_FIGURE = re.compile(r"(-?[0-9][0-9., ']*)(?: ?([a-z]+))?")


def read(text: str, decimals: int = 2) -> Decimal | Lack:
    """The figure a person or a cell writes: « 12 000 000 », "1.5 million", « 12,5 % », "n/a", "?", "".

    Raises NotAFigure for anything else; an order of magnitude of three figures after one separator ("1.234") is read as
    thousands, as the offices write it, unless the figure has more than two ``decimals`` (a rate: "655.957").
    """
    words = " ".join(folded(text).replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'").split())
    bare = words.strip(" .") if not words.strip(" .").isdecimal() else words
    if _NOT_APPLICABLE.fullmatch(bare.replace(".", "")):
        return Lack.NOT_APPLICABLE
    if _MISSING.fullmatch(words):
        return Lack.MISSING
    plain = " ".join(_AROUND.sub(" ", words).split())
    found = _FIGURE.fullmatch(plain)
    if found is None or (found[2] and found[2] not in UNITS):
        raise NotAFigure(text)
    digits = found[1].replace(" ", "").replace("'", "")
    if decimals > 2 and re.fullmatch(r"-?[0-9]+[.,][0-9]+", digits):
        digits += "0" * (digits[-4] in ".,")
    return _decimal(digits, text).scaleb(UNITS.get(found[2] or "", 0))


def _decimal(digits: str, text: str) -> Decimal:
    """One or two separators told apart: the last one with other than three figures after it is the decimal one."""
    marks = re.findall(r"[.,]", digits)
    if not marks:
        return Decimal(digits)
    last = max(digits.rfind("."), digits.rfind(","))
    after = len(digits) - last - 1
    several = marks.count(marks[-1]) > 1
    if (after == 3 and not digits.lstrip("-").startswith("0")) or several:
        if len(set(marks)) > 1 and not several:
            return Decimal(_bare(digits[:last]) + "." + digits[last + 1 :])
        if not re.fullmatch(r"-?[1-9][0-9]{0,2}(?:[.,][0-9]{3})+", digits):
            raise NotAFigure(text)
        return Decimal(_bare(digits))
    if after == 0:
        raise NotAFigure(text)
    return Decimal(_bare(digits[:last]) + "." + digits[last + 1 :])


def _bare(digits: str) -> str:
    return digits.replace(".", "").replace(",", "")
