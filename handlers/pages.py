"""Long lists in pages: lines joined into texts that each fit a block, and those into pages that each fit a message."""

from __future__ import annotations

from collections.abc import Sequence

TEXT = 2_500
"""Units of one text, so that it fits a block."""
CHARACTERS = 8_000
"""Of one page; Slack refuses a message of more than 13,200 in all its blocks (SLACK.md 2.1)."""
BLOCKS = 40


def fitted(lines: Sequence[str]) -> list[str]:
    """Lines joined into texts of at most `TEXT` units, so that each fits a block."""
    texts = [""]
    for line in lines:
        joined = f"{texts[-1]}\n{line}".strip("\n")
        if len(joined) > TEXT and texts[-1]:
            texts.append(line)
        else:
            texts[-1] = joined
    return texts


def pages(pieces: Sequence[str]) -> list[list[str]]:
    """The pieces in pages that each fit one message."""
    found: list[list[str]] = [[]]
    for piece in pieces:
        if found[-1] and (sum(map(len, found[-1])) + len(piece) > CHARACTERS or len(found[-1]) == BLOCKS):
            found.append([])
        found[-1].append(piece)
    return found
