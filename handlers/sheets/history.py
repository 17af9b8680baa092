"""The sheet of history: who changed what, when, through what, and each field before and after, in words.

A change is told to whom may read its record. A record once was narrower than it is: what was changed until it was
opened is told to whom could read it then only. What a record held when it was made stands in its own sheet; of what
was withdrawn since, and of what has no sheet (people, institutions, mandates), it is told here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Text, and_, cast, or_, select

from handlers.language import message
from handlers.reports.sheets import Value
from handlers.sheets import changes
from handlers.sheets.changes import NAMES
from handlers.sheets.register import Column, Register
from handlers.sheets.scope import BATCH, Scope
from handlers.vocabulary import ACTION, OFFICE, ORIGIN, RECORD_KIND
from storage.decisions import Decision
from storage.groups import Group
from storage.history import Action, Change
from storage.mandates import Mandate
from storage.partners import Institution
from storage.people import Person
from storage.updates import Update
from storage.visibility import sees, visible

RESTORED = message("Restoration")
FIELD_BEFORE_VALUE = message("{field}: {value}")

_RECORDS = (Update, Decision)
_REGISTERED = ("groups", "institutions", "people", "mandates")


@dataclass(frozen=True, slots=True)
class Told:
    """One field of one change; ``field`` is "" where the change as a whole is told."""

    change: Any
    record: str
    field: str
    before: str
    after: str


def rows(scope: Scope) -> Iterator[Told]:
    """The newest changes first, a row for each field that changed."""
    hidden, codes = _narrower_until(scope), _codes(scope)
    names = _names(scope)
    for row in scope.session.execute(_chosen(scope).execution_options(yield_per=BATCH)):
        if row.id > hidden.get((row.kind, row.record_id), 0):
            yield from _fields(row, _record(row, scope, names), scope, lambda number: codes.get(number, ""))


def _chosen(scope: Scope) -> Select[Any]:
    """The changes of records this reader may read; those of registers too, for the PTF."""
    chosen = (
        select(
            Change.id,
            Change.at,
            Change.person_id,
            Change.origin,
            Change.kind,
            Change.record_id,
            Change.action,
            Change.before,
            Change.after,
            Update.group_id,
            Update.period,
            Decision.code,
            or_(Update.withdrawn_at.is_not(None), Decision.withdrawn_at.is_not(None)).label("withdrawn"),
        )
        .outerjoin(Update, _is_of(Update))
        .outerjoin(Decision, _is_of(Decision))
        .order_by(Change.id.desc())
    )
    open_ones = [and_(Change.kind == each.__tablename__, visible(each, scope.audience)) for each in _RECORDS]
    if scope.is_partner:
        open_ones.append(Change.kind.in_(_REGISTERED))
    chosen = chosen.where(or_(*open_ones))
    span = scope.instants()
    return chosen if span is None else chosen.where(Change.at >= span[0], Change.at < span[1])


def _is_of(record: type[Update] | type[Decision]) -> ColumnElement[bool]:
    return and_(Change.kind == record.__tablename__, Change.record_id == record.id)


def _narrower_until(scope: Scope) -> Mapping[tuple[str, int], int]:
    """(table, record id) -> the last change before which this reader could not have read the record."""
    if scope.audience is None or scope.audience.troika:
        return {}
    found: dict[tuple[str, int], int] = {}
    for record in _RECORDS:
        edits = select(Change.id, Change.record_id, Change.before, record.group_id, record.said_by_id)
        edits = edits.join(record, _is_of(record)).where(
            Change.action != Action.CREATED, cast(Change.before, Text).contains('"visibility"')
        )
        for number, record_id, before, group_id, said_by_id in scope.session.execute(edits.order_by(Change.id)):
            was = record(visibility=before.get("visibility"), group_id=group_id, said_by_id=said_by_id)
            if "visibility" in before and not sees(was, scope.audience):
                found[record.__tablename__, record_id] = number
    return found


def _codes(scope: Scope) -> Mapping[int, str]:
    chosen = select(Decision.id, Decision.code).where(visible(Decision, scope.audience))
    return {row.id: row.code for row in scope.session.execute(chosen)}


def _names(scope: Scope) -> Mapping[tuple[str, int], str]:
    """(table, id) -> how a row of a register is called."""
    mandates = scope.session.execute(select(Mandate.id, Mandate.office, Mandate.group_id)).all()
    offices = {
        number: " – ".join([scope.word(OFFICE[office]), *([scope.groups[group].code] if group else [])])
        for number, office, group in mandates
    }
    return {
        **{(Group.__tablename__, number): group.code for number, group in scope.groups.items()},
        **{(Institution.__tablename__, number): each.code for number, each in scope.institutions.items()},
        **{(Person.__tablename__, number): name for number, name in scope.people.items()},
        **{(Mandate.__tablename__, number): name for number, name in offices.items()},
    }


def _record(row: Row[Any], scope: Scope, names: Mapping[tuple[str, int], str]) -> str:
    if row.kind == Update.__tablename__:
        return f"{scope.groups[row.group_id].code} – {scope.deadline(row.period)}"
    if row.kind == Decision.__tablename__:
        return str(row.code)
    return names.get((row.kind, row.record_id), "")


def _fields(row: Row[Any], record: str, scope: Scope, code_of: changes.Coder) -> Iterable[Told]:
    if row.action == Action.CREATED:
        whole = row.kind in _REGISTERED[1:] or row.withdrawn
        return [Told(row, record, "", "", _whole(row, scope, code_of) if whole else "")]
    return [
        Told(
            row,
            record,
            scope.word(NAMES[name]),
            changes.told(row.kind, name, row.before.get(name), scope, code_of),
            changes.told(row.kind, name, row.after.get(name), scope, code_of),
        )
        for name in NAMES
        if name in row.after
    ]


def _whole(row: Row[Any], scope: Scope, code_of: changes.Coder) -> str:
    """What a record held when it was made, a line a field."""
    held = {name: changes.told(row.kind, name, row.after.get(name), scope, code_of) for name in NAMES}
    say = scope.reader.speaker.say
    return "\n".join(
        say(FIELD_BEFORE_VALUE, field=scope.word(NAMES[name]), value=value) for name, value in held.items() if value
    )


def _action(told: Told, scope: Scope) -> Value:
    change = told.change
    if change.action == Action.EDITED and "withdrawn_at" in change.after and change.after["withdrawn_at"] is None:
        return scope.word(RESTORED)
    return scope.word(ACTION[change.action])


def _who(told: Told, scope: Scope) -> Value:
    return scope.people.get(told.change.person_id)


HISTORY = Register(
    name="history",
    title=message("History of changes"),
    note=message("Every change of what you may read, the newest first: who, when, through what, before and after."),
    columns=(
        Column("at", message("Changed on"), "instant", 18, lambda told, _: told.change.at),
        Column("who", message("Who"), "text", 34, _who),
        Column("origin", message("Through"), "text", 12, lambda told, scope: scope.word(ORIGIN[told.change.origin])),
        Column(
            "record_kind", message("What"), "text", 14, lambda told, scope: scope.word(RECORD_KIND[told.change.kind])
        ),
        Column("record", message("Which"), "text", 48, lambda told, _: told.record),
        Column("action", message("What was done"), "text", 16, _action),
        Column("field", message("Field"), "text", 20, lambda told, _: told.field),
        Column("before", message("Before"), "text", 46, lambda told, _: told.before),
        Column("after", message("After"), "text", 46, lambda told, _: told.after),
    ),
    rows=rows,
)
