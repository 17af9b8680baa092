"""The sheet of history: who changed what, when, through what, and each field before and after, in words.

A change is told to whom may read its record. A record once was narrower than it is: what was changed until it was
opened is told to whom could read it then only. What a record held when it was made stands in its own sheet; of what
was withdrawn since, and of what has no sheet (people, institutions, mandates), it is told here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select

from handlers.changes import described, fields, kinds, lines, wording
from handlers.changes.lines import Field
from handlers.changes.naming import NAMERS, Naming
from handlers.changes.wording import Wording
from handlers.language import message
from handlers.reports.sheets import Value
from handlers.sheets.register import Column, Register
from handlers.sheets.scope import BATCH, Scope
from handlers.vocabulary import ORIGIN
from storage.actions import Action
from storage.decisions import Decision
from storage.drafts import Draft
from storage.groups import Group
from storage.history import Action as Done
from storage.history import Change
from storage.models import RECORDS
from storage.records import Record
from storage.updates import Update


@dataclass(frozen=True, slots=True)
class Told:
    """One field of one change."""

    change: Any
    record: str
    field: Field


def rows(scope: Scope) -> Iterator[Told]:
    """The newest changes first, a row for each field that changed."""
    hidden = kinds.narrower_until(scope.session, scope.audience)
    known = _wording(scope)
    for row in scope.session.execute(_chosen(scope).execution_options(yield_per=BATCH)):
        if row.id > hidden.get((row.kind, row.record_id), 0):
            record = kinds.name(row, row, known)
            for field in _fields(row, known):
                yield Told(row, record, field)


def _chosen(scope: Scope) -> Select[Any]:
    """The changes this reader may read, with what names their records."""
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
            func.coalesce(Decision.code, Action.code).label("code"),
            or_(*(_is_withdrawn(each) for each in RECORDS)).label("withdrawn"),
        )
        .outerjoin(Update, kinds.is_of(Update))
        .outerjoin(Decision, kinds.is_of(Decision))
        .outerjoin(Action, kinds.is_of(Action))
        .where(kinds.told_to(scope.audience))
        .order_by(Change.id.desc())
    )
    span = scope.instants()
    return chosen if span is None else chosen.where(Change.at >= span[0], Change.at < span[1])


def _is_withdrawn(record: type[Record]) -> ColumnElement[bool]:
    """Whether the change is of a record of that table which was withdrawn."""
    withdrawn = select(record.id).where(record.withdrawn_at.is_not(None))
    return and_(Change.kind == record.__tablename__, Change.record_id.in_(withdrawn))


def _wording(scope: Scope) -> Wording:
    speaker = scope.reader.speaker
    return Wording(
        speaker=speaker,
        groups=scope.groups,
        institutions=scope.institutions,
        people=scope.people,
        codes=wording.codes(scope.session, scope.audience),
        records=described.all_records(scope.session, scope.audience),
        rows=Naming(scope.session, speaker, scope.groups).all(dict.fromkeys(NAMERS)),
        left_out=wording.left_out(scope.session, speaker, scope.groups, _left_out(scope)),
        word=scope.word,
        deadline=scope.deadline,
    )


def _left_out(scope: Scope) -> list[list[str]]:
    """What digests ever left out."""
    changed = select(Change.before, Change.after).where(Change.kind == Draft.__tablename__)
    return [held["left_out"] for row in scope.session.execute(changed) for held in row if "left_out" in held]


def _fields(row: Row[Any], known: Wording) -> Iterable[Field]:
    """What was changed; of what was made, all of it where no sheet tells it."""
    if row.action == Done.CREATED:
        has_a_sheet = row.kind in (Group.__tablename__, *(each.__tablename__ for each in RECORDS))
        return [Field("", "", "") if has_a_sheet and not row.withdrawn else lines.made(row, known)]
    return lines.differing(row, known)


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
            "record_kind", message("What"), "text", 14, lambda told, scope: scope.word(fields.kind(told.change.kind))
        ),
        Column("record", message("Which"), "text", 48, lambda told, _: told.record),
        Column(
            "action", message("What was done"), "text", 16, lambda told, scope: scope.word(lines.action(told.change))
        ),
        Column("field", message("Field"), "text", 20, lambda told, _: told.field.name),
        Column("before", message("Before"), "text", 46, lambda told, _: told.field.before),
        Column("after", message("After"), "text", 46, lambda told, _: told.field.after),
    ),
    rows=rows,
)
