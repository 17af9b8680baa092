"""A table of a report cut into tables that Slack takes: at most 100 rows of 20 columns, and within a message's
length.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TypeVar

from handlers.language import Speaker
from handlers.reports.blocks import builders
from handlers.reports.blocks.builders import Block, evenly, weight
from handlers.reports.cells import EMOJI, words
from handlers.reports.report import Table

CHARACTERS = 7_500
ROW = 2_400
"""Every row is kept below one and a half times this, so that a heading and a row always fit together."""
SEPARATOR = " · "

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Part:
    """One table for one message: its rows, the heading first, and which columns are set to the right."""

    rows: Sequence[Sequence[str]]
    figures: Sequence[bool]

    @property
    def block(self) -> Block:
        """The part as a table block."""
        return builders.table(self.rows, self.figures)

    @property
    def text(self) -> str:
        """The part in lines of plain text."""
        return "\n".join(SEPARATOR.join(row) for row in self.rows)


def parts(table: Table, speaker: Speaker) -> list[Part]:
    """The whole table as one part or more; every part repeats the heading, and the first column where columns go
    on.
    """
    titles = [column.title for column in table.columns]
    figures = [column.figures for column in table.columns]
    rows = [[words(cell, speaker, EMOJI) for cell in row] for row in table.rows]
    return [
        Part(chunk, _chosen(figures, columns))
        for columns in _column_groups(len(titles))
        for chunk in _chunks(_chosen(titles, columns), [_chosen(row, columns) for row in rows])
    ]


def _chosen(items: Sequence[Item], columns: Sequence[int]) -> list[Item]:
    return [items[column] for column in columns]


def _column_groups(count: int) -> list[list[int]]:
    most = builders.TABLE_COLUMNS
    later = [[0, *range(first, min(first + most - 1, count))] for first in range(most, count, most - 1)]
    return [list(range(min(count, most))), *later] if count else []


def _chunks(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[list[list[str]]]:
    heading, *more = _lines(titles)
    chunk, weighs = [heading], _row_weight(heading)
    for line in [*more, *(line for row in rows for line in _lines(row))]:
        if len(chunk) == builders.TABLE_ROWS or weighs + _row_weight(line) > CHARACTERS:
            yield chunk
            chunk, weighs = [heading], _row_weight(heading)
        chunk.append(line)
        weighs += _row_weight(line)
    yield chunk


def _lines(row: Sequence[str]) -> list[list[str]]:
    """A row as one line, or more where a cell is long: what does not fit goes on in the line below."""
    limit = ROW // len(row)
    pieces = [evenly(cell, limit) or [""] for cell in row]
    return [list(line) for line in zip_longest(*pieces, fillvalue="")]


def _row_weight(row: Sequence[str]) -> int:
    return sum(weight(cell) + len(SEPARATOR) for cell in row)
