"""CSV files as people save them: UTF-8, UTF-16 or Windows-1252, separated by semicolons, commas or tabs."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice

from handlers.errors import Refusal
from handlers.registers import headings, sentences
from handlers.registers.rows import COLUMNS, ROWS, Row, Sheet, gathered, kept

SEPARATORS = (";", ",", "\t")
LOOKED_AT = 20
"""Lines looked at to find the separator."""


def read(content: bytes, name: str) -> Sheet:
    """The one sheet of a CSV file. Raises Refusal when it is no text, or its quotation marks do not close."""
    text = _text(content)
    separator = max(SEPARATORS, key=lambda each: _fit(text, each))
    rows: list[Row] = []
    try:
        for number, cells in enumerate(_lines(text, separator), 1):
            told = tuple(kept(cell) for cell in cells[:COLUMNS])
            if any(told):
                rows.append(Row(number, told))
            if len(rows) > ROWS:
                break
    except csv.Error as error:
        raise Refusal(sentences.BROKEN_CSV) from error
    return gathered(name, rows)


def _text(content: bytes) -> str:
    """The characters: what is not UTF-8 was saved by Excel for Windows."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal(sentences.NO_TEXT)


def _lines(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _fit(text: str, separator: str) -> tuple[int, int]:
    """How well a separator fits: the most headings known in one line, then the widest line."""
    try:
        lines = list(islice(_lines(text, separator), LOOKED_AT))
    except csv.Error:
        return (0, 0)
    known = max((sum(headings.known(cell) is not None for cell in line) for line in lines), default=0)
    return (known, max((len(line) for line in lines), default=0))
