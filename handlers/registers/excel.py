"""Excel workbooks: read row by row, dates as dates; a cell merged over several rows holds for each of them.

openpyxl parses through defusedxml, so that entities and external references are refused; what a file unpacks to is
weighed before anything of it is unpacked. Formulas are never computed: the value Excel last showed is read.
"""

from __future__ import annotations

import io
import re
import warnings
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zipfile import BadZipFile, ZipFile

from handlers.errors import Refusal
from handlers.registers import sentences
from handlers.registers.rows import COLUMNS, ROWS, Cell, Row, Sheet, gathered, kept

UNPACKED = 200_000_000
"""Bytes a workbook may unpack to."""
UNREADABLE = (
    BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    LookupError,
    ValueError,  # defusedxml's refusals are of this kind
    TypeError,
    AttributeError,
    SyntaxError,  # the XML parser's error is of this kind
    ArithmeticError,
    RuntimeError,  # zipfile says so of a file with a password
)
"""What openpyxl raises for a file that is no workbook, or a broken one."""

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})"')
_UNCOMPUTED = re.compile(
    rb'<(?:\w+:)?c\b(?![^>]*\bt="str")[^>]*>\s*<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<v></v>)?\s*</(?:\w+:)?c>"
)
_LONGEST = 9_000
"""Bytes of a cell with the longest formula."""
_BLOCK = 1 << 20

Merged = Mapping[int, list[tuple[int, int]]]
"""First row of merged cells -> the column (0 is A) and the last row of each."""


def read(content: bytes) -> tuple[Sheet, ...]:
    """The sheets of a workbook, charts left out. Raises Refusal."""
    import openpyxl

    if not openpyxl.DEFUSEDXML:
        raise Refusal(sentences.UNGUARDED)
    try:
        archive = ZipFile(io.BytesIO(content))
        _require_harmless(archive)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of validations and styles it does not know
            workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            shares = _percentages(workbook)
            return tuple(_sheet(worksheet, archive, shares) for worksheet in workbook.worksheets)
    except UNREADABLE as error:
        raise Refusal(sentences.BROKEN_EXCEL) from error


def _require_harmless(archive: ZipFile) -> None:
    """Raises Refusal for what unpacks to too much, and for what a register has no need of: macros, links to files."""
    if sum(part.file_size for part in archive.infolist()) > UNPACKED:
        raise Refusal(sentences.UNPACKS_TOO_LARGE, megabytes=UNPACKED // 1_000_000)
    names = [name.lower() for name in archive.namelist()]
    if "mimetype" in names and archive.read("mimetype").startswith(b"application/vnd.oasis"):
        raise Refusal(sentences.OPEN_DOCUMENT)
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise Refusal(sentences.HAS_MACROS)
    if any("/externallinks/" in name for name in names):
        raise Refusal(sentences.HAS_LINKS)


def _percentages(workbook: Any) -> frozenset[int]:
    """The styles of cells that show a share as a percentage."""
    formats = dict(enumerate(workbook._number_formats, 164))
    return frozenset(
        number
        for number, style in enumerate(workbook._cell_styles)
        if style.numFmtId in (9, 10) or "%" in formats.get(style.numFmtId, "")
    )


def _sheet(worksheet: Any, archive: ZipFile, shares: frozenset[int]) -> Sheet:
    worksheet.reset_dimensions()  # what the file says of its own size is not believed
    rows: list[Row] = []
    merged = _merged(archive, worksheet._worksheet_path)
    found = ([_value(cell, shares) for cell in row] for row in worksheet.iter_rows(max_col=COLUMNS))
    for number, cells in _filled(found, merged):
        if any(cells):
            last = max(place for place, cell in enumerate(cells) if cell)
            rows.append(Row(number, cells[: last + 1]))
        if len(rows) > ROWS:
            break
    return gathered(worksheet.title, rows)


def _value(cell: Any, shares: frozenset[int]) -> Any:
    """What stands in a cell; a share that is shown as a percentage as that."""
    value = cell.value
    if isinstance(value, int | float) and getattr(cell, "_style_id", 0) in shares:
        return f"{value * 100:.10g}%"
    return value


def _merged(archive: ZipFile, path: str) -> Merged:
    """The merged cells of a sheet that span rows; they stand after its rows, at the very end.

    Raises Refusal for formulas of which the file does not say what they came to: their cells would look empty.
    """
    found: dict[int, list[tuple[int, int]]] = {}
    tail = b""
    with archive.open(path) as part:
        while block := part.read(_BLOCK):
            if _UNCOMPUTED.search(tail[-_LONGEST:] + block):
                raise Refusal(sentences.UNCOMPUTED)
            tail = (tail + block)[-2 * _BLOCK :]
    for column, first, last in _MERGED.findall(tail):
        if int(last) > int(first):
            found.setdefault(int(first), []).append((_index(column.decode()), int(last)))
    return found


def _filled(rows: Iterable[Sequence[Any]], merged: Merged) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """The rows with their numbers, the value of a merged cell carried down to the rows it spans.

    A row of nothing but carried values stays empty: a cell merged far below the table makes no rows.
    """
    carried: dict[int, tuple[int, Cell]] = {}
    for number, values in enumerate(rows, 1):
        cells = [_cell(value) for value in values]
        for column, (last, value) in carried.items() if any(cells) else ():
            if number <= last:
                cells += [""] * (column + 1 - len(cells))
                cells[column] = cells[column] or value
        for column, last in merged.get(number, ()):
            carried[column] = (last, cells[column] if column < len(cells) else "")
        yield number, tuple(cells)


def _cell(value: Any) -> Cell:
    """A value as text, a whole number without its ``.0``; a date as a date; nothing as an empty text."""
    match value:
        case None:
            return ""
        case datetime():
            return value.date()
        case date():
            return value
        case bool():
            return "1" if value else "0"
        case float():
            return str(int(value)) if value.is_integer() else value
        case time():
            return value.isoformat("minutes")
    return kept(str(value))


def _index(letters: str) -> int:
    """A column's place from its letters: A is 0, AA is 26."""
    place = 0
    for letter in letters:
        place = 26 * place + ord(letter) - ord("A") + 1
    return place - 1
