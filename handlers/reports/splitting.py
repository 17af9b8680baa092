"""A long text cut into pieces that fit, where a reader would pause, and never through a letter or an emoji.

Lengths are UTF-16 units, the strictest way Slack's and Excel's limits can be read: an emoji counts two. The pieces
joined are the text again, character for character.
"""

from __future__ import annotations

import re
import unicodedata

PAUSES = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    re.compile(r"[.!?…؟。][»”\"')\]]*\s+"),
    re.compile(r"[;:،؛]\s+"),
    re.compile(r"[^\S\u00a0\u202f\u2007]+"),
)
"""Where a text may be cut, best first: paragraph, line, sentence, clause, word (never at a no-break space)."""

JOINERS = "\u200c\u200d"
WORTHWHILE = 0.5
"""A pause is taken when it leaves at least this share of the limit in the piece; a word's end is taken anywhere."""


def length(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int) -> list[str]:
    """The text in pieces of at most ``limit`` units (16 or more), cut at the best pause; an empty text has none."""
    pieces = []
    start = 0
    while start < len(text):
        end = _cut(text, start, _reach(text, start, limit))
        pieces.append(text[start:end])
        start = end
    return pieces


def _reach(text: str, start: int, limit: int) -> int:
    """The furthest end of a piece that still fits."""
    end = min(len(text), start + limit)
    while (excess := length(text[start:end]) - limit) > 0:
        end -= max(1, excess // 2)
    return end


def _cut(text: str, start: int, end: int) -> int:
    if end == len(text):
        return end
    window = text[start:end]
    for pause in PAUSES:
        cuts = [found.end() for found in pause.finditer(window)]
        if cuts and (cuts[-1] >= len(window) * WORTHWHILE or pause is PAUSES[-1]):
            return _whole(text, start, start + cuts[-1])
    return _whole(text, start, end)


def _whole(text: str, start: int, cut: int) -> int:
    """The last place at or before the cut that tears no letter; the cut itself when one "letter" is all there is."""
    place = cut
    while place > start and _tears(text, place):
        place -= 1
    return place if place > start else cut


def _tears(text: str, place: int) -> bool:
    """Whether what a reader sees as one sign stands across this place (after Unicode Standard Annex 29)."""
    if place >= len(text):
        return False
    before, after = text[place - 1], text[place]
    if unicodedata.category(after) in {"Mn", "Me", "Mc"} or after in JOINERS or before in JOINERS:
        return True
    if (
        (before, after) == ("\r", "\n")
        or "\U0001f3fb" <= after <= "\U0001f3ff"
        or "\U000e0020" <= after <= "\U000e007f"
    ):
        return True
    if "\u1160" <= after <= "\u11ff":
        return True
    return _is_flag_half(after) and _flag_halves_before(text, place) % 2 == 1


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _flag_halves_before(text: str, place: int) -> int:
    count = 0
    while count < place and _is_flag_half(text[place - 1 - count]):
        count += 1
    return count
