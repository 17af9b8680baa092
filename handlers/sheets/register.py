"""What a sheet is made of: its columns, described once, and where its rows come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.language import Message, message
from handlers.reports import sheets
from handlers.reports.report import Tone
from handlers.reports.sheets import Kind, Value
from handlers.sheets.scope import Scope

VERSION = message("Version")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its field's lasting name, its heading (a code as it is), its kind and width in characters, and a row's
    value for it.
    """

    name: str
    heading: Message | str
    kind: Kind
    width: int
    value: Callable[[Any, Scope], Value]


@dataclass(frozen=True, slots=True)
class Chart:
    """Stacked columns over the weeks or names of ``category``; ``series`` are fields with their tones."""

    title: Message
    upright: Message
    category: str
    series: Sequence[tuple[str, Tone]]


def _no_more(scope: Scope) -> Sequence[Column]:
    """No columns but its own."""
    return ()


@dataclass(frozen=True, slots=True)
class Register:
    """A sheet: title, what it holds, columns, its rows one after the other, and who gets it at all.

    ``further`` are columns after the others that follow from what is kept: one a sector.
    """

    name: str
    title: Message
    note: Message
    columns: Sequence[Column]
    rows: Callable[[Scope], Iterable[Any]]
    chart: Chart | None = None
    is_for: Callable[[Scope], bool] = lambda scope: True
    further: Callable[[Scope], Sequence[Column]] = _no_more


@dataclass(frozen=True, slots=True)
class Versioned:
    """Which row it is, and its version: of what is no record, how many changes of it are written down, and one."""

    id: int
    version: int


def version(row: Callable[[Any], Any]) -> Column:
    """The last column of a sheet of records: which record it is and its version, such as ``812-v3``.

    By it a workbook that comes back shows what was changed in it, and what has changed here since. ``row`` finds the
    record in what the sheet's rows are.
    """

    def written(told: Any, _: Scope) -> str:
        record = row(told)
        return f"{record.id}-v{record.version}"

    return Column("version", VERSION, "code", 12, written)


def sheet(register: Register, scope: Scope) -> sheets.Sheet:
    """The sheet in the reader's language; its rows are read from the database while they are written."""
    columns = [*register.columns, *register.further(scope)]
    return sheets.Sheet(
        title=scope.word(register.title),
        columns=[sheets.SheetColumn(_heading(each, scope), each.kind, each.width) for each in columns],
        rows=_values(register, columns, scope),
        note=scope.word(register.note),
        chart=_chart(register, register.chart, scope) if register.chart else None,
    )


def _heading(column: Column, scope: Scope) -> str:
    return column.heading if isinstance(column.heading, str) else scope.word(column.heading)


def _values(register: Register, columns: Sequence[Column], scope: Scope) -> Iterator[Sequence[Value]]:
    getters = [column.value for column in columns]
    for row in register.rows(scope):
        yield [value(row, scope) for value in getters]


def _chart(register: Register, chart: Chart, scope: Scope) -> sheets.Chart:
    places = {column.name: number for number, column in enumerate(register.columns)}
    series = [sheets.Series(places[name], tone) for name, tone in chart.series]
    return sheets.Chart(scope.word(chart.title), places[chart.category], series, scope.word(chart.upright))
