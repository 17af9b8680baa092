"""How wide the columns of a printed table are, by what stands in them. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH, CHARACTER, PADDING = 16.4, 0.205, 0.45
"""Of a page’s text, of a character in a table, of what surrounds a cell’s words; in cm."""
LONGEST_WORD = 22
"""Characters of a word for which a column makes room."""
BENT = 0.75
"""A column with much to say takes more of what is left than one with little, though not as much more as it would."""


def of(columns: Sequence[Sequence[str]]) -> list[float]:
    """The widths in cm, together those of the page: each column takes its longest word whole, what is left goes to
    those with more to say.
    """
    longest = [max(len(word) for told in column for word in (told.split() or [""])) for column in columns]
    least = [min(each, LONGEST_WORD) * CHARACTER + PADDING for each in longest]
    left = WIDTH - sum(least)
    if left <= 0:
        return [each * WIDTH / sum(least) for each in least]
    whole = [max(map(len, column)) * CHARACTER + PADDING for column in columns]
    shares = [max(0.0, wanted - low) ** BENT for wanted, low in zip(whole, least, strict=True)]
    if not sum(shares):
        return [each + left / len(least) for each in least]
    return [low + left * share / sum(shares) for low, share in zip(least, shares, strict=True)]
