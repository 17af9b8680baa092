"""A file of registers as rows of text and civil dates, whatever program wrote it; nothing is understood here yet.

What a file is follows from its first bytes, not from its name. A row keeps the number it has in the file, counted from
1 as a spreadsheet program shows it. Raises `Refusal` with a sentence for everything that cannot be read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handlers.errors import Refusal
from handlers.registers import sentences

MEGABYTES = 20
ROWS = 200_000
COLUMNS = 200
"""Cells further to the right are not read: no register is so wide."""

Cell = str | date

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


def read(path: Path) -> tuple[Sheet, ...]:
    """The sheets of an .xlsx or .csv file. Raises Refusal."""
    content = _content(path)
    if content.startswith(b"PK\x03\x04"):
        from handlers.registers import excel  # openpyxl is not loaded for a CSV file

        return excel.read(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refusal(sentences.OLD_EXCEL)
    from handlers.registers import separated

    return (separated.read(content, path.name),)


def kept(text: str) -> str:
    """A text as written, less what no database holds and the blanks around it."""
    return _UNKEEPABLE.sub("", text).strip()


def gathered(name: str, rows: list[Row]) -> Sheet:
    """A sheet of those rows. Raises Refusal when they are too many."""
    if len(rows) > ROWS:
        raise Refusal(sentences.TOO_MANY_ROWS, rows=ROWS)
    return Sheet(name, tuple(rows))


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MEGABYTES * 1_000_000:
            raise Refusal(sentences.TOO_LARGE, megabytes=MEGABYTES)
        return path.read_bytes()
    except OSError as error:
        raise Refusal(sentences.CANNOT_OPEN, file=path.name, reason=error.strerror or type(error).__name__) from error
