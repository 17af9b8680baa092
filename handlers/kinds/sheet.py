"""The sheet of a described kind: its code, a column a field, who may read it, and the version it had when it was told.

The version lets a workbook that comes back be compared with what stands (see handlers.registers).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from handlers import vocabulary
from handlers.kinds import listing, naming, values
from handlers.kinds.field import Field, Sort
from handlers.kinds.kind import Kind
from handlers.kinds.naming import Names
from handlers.language import message
from handlers.reports.sheets import Kind as CellKind
from handlers.reports.sheets import Value
from handlers.sheets.register import Column, Register, version
from handlers.sheets.scope import BATCH, Scope
from storage.registered import Registered
from storage.visibility import visible

CODE = message("Code")
VISIBLE_TO = message("Visible to")
RECORDED_ON = message("Recorded on")

_CELLS: Mapping[Sort, CellKind] = {
    Sort.DAY: "date",
    Sort.SPAN: "date",
    Sort.NUMBER: "number",
    Sort.YEAR: "year",
    Sort.PERCENT: "number",
    Sort.MONEY: "number",
    Sort.INSTITUTION: "code",
    Sort.INSTITUTIONS: "code",
    Sort.GROUP: "code",
    Sort.RECORD: "code",
}
"""Sort -> what its column holds; words where it is not here."""
_FIGURES = (Sort.NUMBER, Sort.YEAR, Sort.PERCENT, Sort.MONEY)


@dataclass(frozen=True, slots=True)
class Told:
    """A record with what it points at."""

    row: Any
    names: Names


def register(kind: Kind[Any]) -> Register:
    """The sheet of a kind."""
    fields = [
        Column(each.name, each.label, _cells(kind, each), each.width, _cell(kind, each))
        for each in kind.fields
        if each.sort != Sort.LEVEL
    ]
    return Register(
        name=kind.table,
        title=kind.labels.many,
        note=kind.labels.note,
        columns=(
            Column("code", CODE, "code", 16, lambda told, _: told.row.code),
            *fields,
            Column("visibility", VISIBLE_TO, "text", 20, _visibility),
            Column("recorded_at", RECORDED_ON, "instant", 18, lambda told, _: told.row.said_at),
            version(lambda told: told.row),
        ),
        rows=lambda scope: _rows(kind, scope),
    )


def _rows(kind: Kind[Any], scope: Scope) -> Iterator[Told]:
    """The records this reader may read, the withdrawn left out; those recorded within the span where there is one."""
    model = kind.model
    chosen = select(model).where(model.withdrawn_at.is_(None), visible(model, scope.audience))
    span = scope.instants()
    if span is not None:
        chosen = chosen.where(model.said_at >= span[0], model.said_at < span[1])
    chosen = chosen.order_by(*listing.ordering(kind), model.id.desc()).execution_options(yield_per=BATCH)
    for batch in scope.session.scalars(chosen).partitions():
        names = naming.names(scope.session, kind.fields, batch, scope.reader.speaker, scope.audience)
        for record in batch:
            yield Told(record, names)


def _cells(kind: Kind[Any], field: Field) -> CellKind:
    if field.sort == Sort.WORD:
        return "mark" if field.name == kind.status else "text"
    return _CELLS.get(field.sort, "text")


def _cell(kind: Kind[Any], field: Field) -> Callable[[Told, Scope], Value]:
    """How a field of a record stands in a cell."""
    column = field.column

    def cell(told: Told, scope: Scope) -> Value:
        value = getattr(told.row, column)
        if field.sort in _FIGURES:
            return _figure(told.row, field, scope)
        if value in (None, "", []):
            return None
        match field.sort:
            case Sort.DAY:
                day: Value = value
                return day
            case Sort.SPAN:
                return scope.dated(value)
            case Sort.WORD:
                mark = values.mark(field, told.row, scope.reader.speaker)
                return mark if field.name == kind.status or mark is None else mark.text
            case Sort.GROUP:
                return told.names.group(value)
            case Sort.INSTITUTION:
                institution = told.names.institutions.get(value)
                return institution.code if institution is not None else None
            case Sort.INSTITUTIONS:
                return ", ".join(each.code for each in value)
        return values.in_words(field, value, told.names, scope.reader.speaker) or None

    return cell


def _figure(record: Registered, field: Field, scope: Scope) -> Value:
    """A figure; that none applies in words; nothing where none is known."""
    value = getattr(record, field.column)
    if value is None:
        applies = field.name not in record.not_applicable.split()
        return None if applies else scope.word(values.NOT_APPLICABLE)
    return float(value) if field.sort == Sort.MONEY else int(value)


def _visibility(told: Told, scope: Scope) -> Value:
    return scope.word(vocabulary.LEVEL[told.row.visibility])
