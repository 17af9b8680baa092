"""History: every change of every record, who, when, before and after (DESIGN.md rule 9). Rows are only ever added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ColumnElement, ForeignKey, Index, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.database import Base, Instant
from storage.records import Record


class Origin(StrEnum):
    """Through what a change came: ``SLACK`` is what Slack told of a person, ``OPERATOR`` the command line."""

    COMMAND = "command"
    FORM = "form"
    BUTTON = "button"
    IMPORT = "import"
    CLOCK = "clock"
    SLACK = "slack"
    OPERATOR = "operator"


class Action(StrEnum):
    """What was done to the record."""

    CREATED = "created"
    EDITED = "edited"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


class Change(Base):
    """One change: ``before`` and ``after`` hold only the columns that differ, dates as ISO text.

    ``version`` is the one that the record had until then; None for what is no record, and for what was changed before
    versions were written down.
    """

    __tablename__ = "history"
    __table_args__ = (Index("ix_history_kind_record_id", "kind", "record_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    origin: Mapped[str]
    kind: Mapped[str]
    record_id: Mapped[int]
    action: Mapped[str]
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    version: Mapped[int | None]


@dataclass(frozen=True, slots=True)
class By:
    """Who changes something, when and through what; None is the bot itself."""

    person_id: int | None
    at: datetime
    origin: Origin


_CHANGE = insert(Change).inline()  # nobody asks for its id

SETTINGS = "configuration"
"""The kind of a change of the settings, which are one row."""

_UNTOLD = frozenset({"id", "folded", "version", "said_at", "said_by_id", "edited_at", "source_id"})
"""Columns that a change does not tell: they are the record's own bookkeeping."""


def created(session: Session, record: Record, by: By) -> None:
    """Write down that a record was made; it must have its id."""
    told = {"action": Action.CREATED, "before": {}, "after": _told(facts(record)), "version": None}
    _write(session, record, by, told)


def changed(session: Session, record: Record, before: dict[str, Any], by: By) -> bool:
    """Write down what differs from ``before`` (see `facts`); whether anything does."""
    after = _told(facts(record))
    old = _told(before)
    differing = [name for name in after if after[name] != old.get(name)]
    if not differing:
        return False
    action = Action.WITHDRAWN if record.withdrawn and before.get("withdrawn_at") is None else Action.EDITED
    old, new = {name: old.get(name) for name in differing}, {name: after[name] for name in differing}
    _write(session, record, by, {"action": action, "before": old, "after": new, "version": before.get("version")})
    return True


def facts(record: Record) -> dict[str, Any]:
    """The columns of a record as plain values, to compare later."""
    columns = {column.key: plain(getattr(record, column.key)) for column in record.__mapper__.column_attrs}
    related = {name: getattr(record, name) for name in record.__mapper__.relationships.keys()}  # noqa: SIM118
    return columns | {name: sorted(row.code for row in rows) for name, rows in related.items()}


def erased(session: Session, row: Base, by: By) -> None:
    """Write down that a person was erased, without a word of who it was."""
    number = row.__mapper__.primary_key_from_instance(row)[0]
    change = {"kind": row.__tablename__, "record_id": number, "action": Action.ERASED, "before": {}, "after": {}}
    session.add(Change(at=by.at, person_id=by.person_id, origin=by.origin, **change))


def of_record(session: Session, kind: str, record_id: int) -> Sequence[Change]:
    """All changes of a record, oldest first."""
    return session.scalars(
        select(Change).where(Change.kind == kind, Change.record_id == record_id).order_by(Change.id)
    ).all()


def held_at(session: Session, kind: str, ids: Sequence[int], column: str, before: datetime) -> dict[int, Any]:
    """Record id -> what that column held just before an instant; those of which nothing older is known are left out."""
    chosen = select(Change).where(Change.kind == kind, Change.record_id.in_(ids), Change.at < before)
    found = session.scalars(chosen.order_by(Change.id)) if ids else ()
    return {change.record_id: change.after[column] for change in found if column in change.after}


def counts(session: Session, kind: str) -> dict[int, int]:
    """Row id -> how many changes of it are written down: the version of what has none of its own."""
    chosen = select(Change.record_id, func.count()).where(Change.kind == kind).group_by(Change.record_id)
    return dict(session.execute(chosen).all())


def held_then(session: Session, record: Record, version: int) -> dict[str, Any] | None:
    """What its columns held that were changed since that version, as history tells them; None when it cannot be told.

    It cannot of changes that were written down without a version, nor of a version that never was.
    """
    chosen = select(Change).where(Change.kind == record.__tablename__, Change.record_id == record.id)
    since = session.scalars(chosen.where(Change.version >= version).order_by(Change.id)).all()
    if len({change.version for change in since}) != record.version - version:
        return None
    return {name: value for change in reversed(since) for name, value in change.before.items()}


def changed_since(session: Session, instant: datetime) -> bool:
    """Whether anything was changed from that instant on."""
    newest = session.scalar(select(Change.at).order_by(Change.id.desc()).limit(1))
    return newest is not None and newest >= instant


def page(session: Session, condition: ColumnElement[bool], limit: int, offset: int) -> Sequence[Change]:
    """The changes that meet a condition, the newest first."""
    chosen = select(Change).where(condition).order_by(Change.id.desc())
    return session.scalars(chosen.limit(limit).offset(offset)).all()


def everything(session: Session, batch: int = 500) -> Iterator[Change]:
    """All changes, oldest first, fetched in batches."""
    return iter(session.scalars(select(Change).order_by(Change.id).execution_options(yield_per=batch)))


def _write(session: Session, record: Record, by: By, told: dict[str, Any]) -> None:
    """Past the session, which takes several times as long for a row nobody looks at again."""
    whose = {"at": by.at, "person_id": by.person_id, "origin": by.origin}
    session.connection().execute(_CHANGE, {**whose, "kind": record.__tablename__, "record_id": record.id, **told})


def _told(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in _UNTOLD}


def plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else value


def values(row: Base) -> dict[str, Any]:
    """The columns of a row that is no record, to compare later (see `registered`)."""
    return {column.key: getattr(row, column.key) for column in row.__mapper__.column_attrs if column.key != "id"}


def noted(session: Session, row: Base, before: dict[str, Any], after: dict[str, Any], by: By) -> Change:
    """The same for what is told of a row that is no record and stands in rows of its own (the life of a group)."""
    change = Change(
        at=by.at,
        person_id=by.person_id,
        origin=by.origin,
        kind=row.__tablename__,
        record_id=row.__mapper__.primary_key_from_instance(row)[0],
        action=Action.EDITED,
        before={name: plain(value) for name, value in before.items()},
        after={name: plain(value) for name, value in after.items()},
    )
    session.add(change)
    return change


def settled(session: Session, before: dict[str, Any], after: dict[str, Any], by: By) -> Change | None:
    """The same for a setting that is no row of its own (the digest channels); both sides hold it whole."""
    if before == after:
        return None
    change = Change(
        at=by.at,
        person_id=by.person_id,
        origin=by.origin,
        kind=SETTINGS,
        record_id=1,
        action=Action.EDITED,
        before=before,
        after=after,
    )
    session.add(change)
    return change


def registered(session: Session, row: Base, before: dict[str, Any] | None, by: By) -> Change | None:
    """The same for a row that is no record (a group, an institution, a person, a mandate), which must have its id.

    ``before`` holds the old values of the columns that were set, None for a new row; None when nothing differs.
    """
    columns = [column.key for column in row.__mapper__.column_attrs if column.key != "id"]
    after = {name: plain(getattr(row, name)) for name in columns}
    old = {name: plain(value) for name, value in (before or {}).items()}
    differing = columns if before is None else [name for name in old if old[name] != after[name]]
    if not differing:
        return None
    change = Change(
        at=by.at,
        person_id=by.person_id,
        origin=by.origin,
        kind=row.__tablename__,
        record_id=row.__mapper__.primary_key_from_instance(row)[0],
        action=Action.CREATED if before is None else Action.EDITED,
        before={name: old[name] for name in differing if before is not None},
        after={name: after[name] for name in differing},
    )
    session.add(change)
    return change
