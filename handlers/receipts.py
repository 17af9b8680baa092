"""Receipts are drawn when they go: whoever waits for "recorded" does not wait for the card too, and it then shows the
record, and what its reader may still do with it, as both are at that moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from handlers import cards, described
from handlers.cards import Shown
from handlers.context import Context
from handlers.followup import action_cards, decision_cards
from handlers.kinds import telling
from handlers.updates import kind as updates
from storage.actions import Action
from storage.decisions import Decision
from storage.outbox import Message
from storage.records import Record
from storage.updates import Update

SHOWN: Mapping[str, tuple[type[Record], Shown[Any]]] = {
    Update.__tablename__: (Update, updates.SHOWN),
    Decision.__tablename__: (Decision, decision_cards.SHOWN),
    Action.__tablename__: (Action, action_cards.SHOWN),
    **{kind.table: (kind.model, telling.shown(kind)) for kind in described.KINDS},
}
"""Table -> its records and how their cards look."""


def draw(session: Session, ctx: Context, waiting: Message) -> bool:
    """Draw a receipt that is about to go for the first time; False when its record is no more."""
    if waiting.payload:
        return True
    table, _, number = (waiting.about or "").partition(":")
    model, shown = SHOWN[table]
    record = session.get(model, int(number))
    if record is None:
        return False
    cards.draw(session, ctx, shown, record, waiting)
    return True
