"""The rows of a file, whatever program wrote it: text, civil dates, numbers; nothing is understood here yet.

A row keeps the number it has in the file, counted from 1 as a spreadsheet program shows it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from handlers.errors import Refusal
from handlers.registers import sentences

ROWS = 200_000
COLUMNS = 200
"""Cells further to the right are not read: no register is so wide."""

Cell = str | date | float
"""Text, a civil date, or a number that is not whole: as text it could be taken for another."""

_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
"""What a database cannot hold in a text: the character zero, and halves of characters."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds something: its number in the file, and its cells from the left."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook, or a whole CSV file; ``rows`` leaves out the empty ones."""

    name: str
    rows: tuple[Row, ...]


def kept(text: str) -> str:
    """A text as written, less what no database holds and the blanks around it."""
    return _UNKEEPABLE.sub("", text).strip()


def gathered(name: str, rows: list[Row]) -> Sheet:
    """A sheet of those rows. Raises Refusal when they are too many."""
    if len(rows) > ROWS:
        raise Refusal(sentences.TOO_MANY_ROWS, rows=ROWS)
    return Sheet(name, tuple(rows))
