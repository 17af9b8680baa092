"""The rows of one sheet as XML, written as they come to a file of their own and put into openpyxl's sheet at its end.

openpyxl builds a tree of elements for every cell, which takes most of the time of a large file. Everything else about
the workbook, styles included, stays openpyxl's: a cell here names the number of its style.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Any, Self
from xml.sax.saxutils import escape

HIGHEST, LINE = 409, 15
"""The height of the highest row Excel shows, and of a line of text, in points."""

_EMPTY = re.compile(rb"<sheetData\s*/>|<sheetData\s*></sheetData>")


def text(words: str, style: int = 0) -> str:
    """What follows the place of a cell that holds these words, as a text whatever they look like."""
    return f'"{_styled(style)} t="inlineStr"><is><t xml:space="preserve">{escape(words)}</t></is></c>'


def number(figure: float, style: int = 0) -> str:
    """What follows the place of a cell that holds a figure (a day too, as Excel counts them)."""
    return f'"{_styled(style)}><v>{figure!r}</v></c>'


def _styled(style: int) -> str:
    return f' s="{style}"' if style else ""


class Stream:
    """Takes the rows of a worksheet one after the other, to be put into it by `close_into`; a context manager."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 - closed by this context manager
        self._letters: list[str] = []
        self.rows = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def append(self, cells: Sequence[str], tall: int = 1) -> None:
        """One more row, ``tall`` lines high; "" is an empty cell.

        Heights are given because LibreOffice trusts a file that calls itself Excel's and fits none; not as a height of
        the person's own, so that Excel still fits the row when somebody edits it.
        """
        self.rows += 1
        row = self.rows
        if len(cells) > len(self._letters):
            self._letters = _letters(len(cells))
        filled = [f'<c r="{letter}{row}{cell}' for letter, cell in zip(self._letters, cells, strict=False) if cell]
        height = f' ht="{min(HIGHEST, LINE * tall)}"' if tall > 1 else ""
        self._file.write(f'<row r="{row}"{height}>{"".join(filled)}</row>'.encode())

    def close_into(self, worksheet: Any) -> None:
        """End the worksheet, to which no row was appended, with these rows in it."""
        worksheet.close()
        path = Path(worksheet._writer.out)
        head, tail = _EMPTY.split(path.read_bytes(), maxsplit=1)
        self._file.seek(0)
        with path.open("wb") as whole:
            whole.write(head + b"<sheetData>")
            shutil.copyfileobj(self._file, whole, 1 << 20)
            whole.write(b"</sheetData>" + tail)


def _letters(count: int) -> list[str]:
    from openpyxl.utils import get_column_letter

    return [get_column_letter(number) for number in range(1, count + 1)]
