"""A record as it was after one of its changes, and the way back to it: one more change, checked like any other."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

import storage.history
from handlers import records
from handlers.actors import Actor
from handlers.changes import kinds as readable
from handlers.context import Context
from handlers.errors import Refusal
from handlers.history.kinds import KINDS
from handlers.language import message
from storage.history import Change
from storage.records import Record

GONE = message("This change is not there any more.")
NOT_OPEN = message("What stood there then is not open to you.")
NO_WAY_BACK = message("Of this, an earlier version cannot be brought back.")
SAME = message("Nothing differs: it stands already as it did then.")


def facts(session: Session, change: Change) -> dict[str, Any]:
    """The columns of its record right after that change, as history tells them."""
    held: dict[str, Any] = {}
    for each in storage.history.of_record(session, change.kind, change.record_id):
        held |= each.after
        if each.id == change.id:
            break
    return held


def bring_back(session: Session, ctx: Context, actor: Actor, change_id: int) -> Record:
    """Change the record back to what it was after that change. Raises refusals, those of its form among them."""
    change = session.get(Change, change_id)
    if change is None:
        raise Refusal(GONE)
    if change.kind not in KINDS:
        raise Refusal(NO_WAY_BACK)
    kind, _ = KINDS[change.kind]
    record: Record = records.changeable(session, ctx, actor, kind, change.record_id)
    row = (change.kind, change.record_id)
    if change.id <= readable.narrower_until(session, actor.audience, [row]).get(row, 0):
        raise Refusal(NOT_OPEN)
    version = record.version
    answers = kind.answers_of(session, record, facts(session, change))
    records.change(session, ctx, actor, kind, record, answers)
    if record.version == version:
        raise Refusal(SAME)
    return record
