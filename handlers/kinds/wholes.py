"""A part goes with its whole (`Field.whole`): who may read it, its group, and whether it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

import storage.history
from handlers import cards
from handlers.context import Context
from handlers.errors import Refusal
from handlers.kinds import telling
from handlers.kinds.field import Field
from handlers.kinds.kind import Kind
from handlers.language import message
from storage.history import By
from storage.registered import Registered

WITH_ITS_WHOLE = message("{code} was withdrawn with {whole}, and comes back with it.")


def of(session: Session, kind: Kind[Any], part: Registered) -> Registered | None:
    """The whole of a part; None for what is none, or points nowhere yet."""
    field = _pointing(kind)
    number = getattr(part, field.column) if field is not None else None
    return session.get(field.of, number) if field is not None and field.of is not None and number else None


def join(session: Session, kind: Kind[Any], part: Registered) -> None:
    """Let a part be read by whoever may read its whole."""
    whole = of(session, kind, part)
    if whole is not None:
        part.visibility, part.group_id = whole.visibility, whole.group_id


def require_whole(session: Session, kind: Kind[Any], part: Registered) -> None:
    """Raises Refusal when a part was withdrawn with its whole."""
    whole = of(session, kind, part)
    if whole is not None and whole.withdrawn:
        raise Refusal(WITH_ITS_WHOLE, code=part.code, whole=whole.code)


def follow(session: Session, ctx: Context, kind: Kind[Any], record: Registered, by: By) -> None:
    """Let the parts of a record that changed follow: read by the same, withdrawn with it, and back with it."""
    since = _withdrawn_before(session, kind, record)
    for part in kind.parts:
        for each in _parts(session, kind, part, record):
            before = storage.history.facts(each)
            join(session, part, each)
            if record.withdrawn and not each.withdrawn:
                each.withdrawn_at = record.withdrawn_at
            elif not record.withdrawn and each.withdrawn and each.withdrawn_at == since:
                each.withdrawn_at = None
            session.flush()
            if storage.history.changed(session, each, before, by):
                each.version += 1
                each.edited_at = by.at
                session.flush()
                cards.refresh(session, ctx, telling.shown(part), each)
                follow(session, ctx, part, each, by)


def _pointing(kind: Kind[Any]) -> Field | None:
    """The field by which a part points at its whole."""
    return next((each for each in kind.fields if each.whole), None)


def _parts(session: Session, kind: Kind[Any], part: Kind[Any], record: Registered) -> Sequence[Registered]:
    """The parts of that kind, the withdrawn too."""
    field = _pointing(part)
    if field is None or field.of is not kind.model:
        return ()
    chosen = select(part.model).where(getattr(part.model, field.column) == record.id)
    found: Sequence[Registered] = session.scalars(chosen).all()
    return found


def _withdrawn_before(session: Session, kind: Kind[Any], record: Registered) -> datetime | None:
    """When a record that came back just now had been withdrawn."""
    last = storage.history.of_record(session, kind.table, record.id)[-1:]
    held = last[0].before.get("withdrawn_at") if last else None
    return datetime.fromisoformat(held) if held else None
