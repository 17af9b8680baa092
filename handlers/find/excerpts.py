"""The part of a record's words in which what was looked for stands, and which of its words those are."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TypeAlias

import storage.search
from storage.search import Sought

Piece: TypeAlias = tuple[str, bool]
"""A piece of a text as it was written, and whether it was looked for."""
LENGTH, BEFORE = 240, 60
"""Characters of an excerpt, and those before the first word that was looked for."""
MORE = "…"


def excerpt(title: str, texts: Sequence[str], sought: Sought) -> list[Piece]:
    """The part of these texts which holds the most of what was looked for; what the title says already is left out.

    Where none of them holds any of it: nothing if the title does, else the beginning of the first.
    """
    told = [text for each in texts if (text := _plain(each)) not in _plain(title)]
    found = [_places(text, sought) for text in told]
    if not told or (not any(found) and _places(title, sought)):
        return []
    best = max(range(len(told)), key=lambda number: (_different(found[number]), -number))
    return _cut(told[best], found[best])


def _plain(text: str) -> str:
    """A text on one line, its accents as part of their letters."""
    return " ".join(unicodedata.normalize("NFC", text).split())


Place: TypeAlias = tuple[int, int, str]
"""Where a word that was looked for begins and ends, and what is compared of it."""


def _places(text: str, sought: Sought) -> list[Place]:
    return [(word.start, word.end, word.term) for word in storage.search.words(text) if sought.names(word.term)]


def _different(places: Sequence[Place]) -> int:
    return len({term for _, _, term in places})


def _cut(text: str, places: Sequence[Place]) -> list[Piece]:
    """The stretch that holds the most of those words, the first of several."""

    def held(first: int) -> int:
        start = places[first][0]
        return _different([each for each in places[first:] if each[1] <= start + LENGTH - BEFORE])

    first = max(range(len(places)), key=lambda number: (held(number), -number), default=None)
    start = 0 if first is None else _begin(text, places[first][0])
    end = _end(text, start + LENGTH)
    pieces: list[Piece] = [(MORE, False)] if start else []
    for begin, close, _ in places:
        if start <= begin and close <= end:
            pieces += [(text[start:begin], False), (text[begin:close], True)]
            start = close
    pieces.append((text[start:end] + (MORE if end < len(text) else ""), False))
    return [piece for piece in pieces if piece[0]]


def _begin(text: str, word: int) -> int:
    """Where an excerpt begins that shows the word at that place: at the beginning of a word before it."""
    if word <= BEFORE:
        return 0
    blank = text.find(" ", word - BEFORE, word)
    return blank + 1 if blank >= 0 else word


def _end(text: str, limit: int) -> int:
    """Where it ends: after a whole word."""
    if limit >= len(text):
        return len(text)
    blank = text.rfind(" ", limit - BEFORE, limit + 1)
    return blank if blank >= 0 else limit
