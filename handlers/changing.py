"""What the forms of the pool share (settings, groups, mandates): who may, who was first, and what is written down."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

import storage.history
import storage.received
from handlers import places, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import Refusal
from handlers.language import message
from storage.database import Base
from storage.history import By, Origin

CHANGED_MEANWHILE = message(
    "Somebody changed this while you were writing: nothing was overwritten. Close the form and open it again."
)


def opened_on(body: Mapping[str, Any], row: Base | None = None, **more: Any) -> dict[str, Any]:
    """What a form carries: where it was opened, and the row as it was seen then."""
    seen = {} if row is None else {"seen": stamp(row)}
    return {"place": places.of(body), **seen, **more}


def stamp(row: Base) -> int:
    """Changes with any column of the row."""
    return zlib.crc32(json.dumps(storage.history.values(row), default=str, sort_keys=True).encode())


def begin(session: Session, ctx: Context, actor: Actor, delivery: str) -> bool:
    """Whether this delivery is to be dealt with. Raises Refusal to whoever is not of the pool."""
    rights.require_pool(session, ctx, actor)
    return storage.received.first(session, delivery, ctx.now())


def require_unchanged(session: Session, row: Base, context: Mapping[str, Any]) -> None:
    """Raises Refusal when the row, locked from now on, is not as the form saw it."""
    session.refresh(row, with_for_update=True)
    if context.get("seen") != stamp(row):
        raise Refusal(CHANGED_MEANWHILE)


def keep(session: Session, ctx: Context, actor: Actor, row: Base, values: Mapping[str, Any]) -> None:
    """Give a row that stands these values, and write down what differs."""
    before = storage.history.values(row)
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()
    storage.history.registered(session, row, before, by(ctx, actor))


def add(session: Session, ctx: Context, actor: Actor, row: Base) -> None:
    """Add a row, and write it down."""
    session.add(row)
    session.flush()
    storage.history.registered(session, row, None, by(ctx, actor))


def by(ctx: Context, actor: Actor, origin: Origin = Origin.FORM) -> By:
    """Who changes something, and when."""
    return By(actor.id, ctx.now(), origin)
