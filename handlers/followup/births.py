"""What follows for people when a decision or an action changes: cards that change, cards for those who are asked now.

The rules by which actions are born of a decision and follow it stand in storage.births. When all of them are done, the
decision is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

import storage.actions
import storage.births
import storage.history
import storage.mandates
import storage.people
from handlers import actors, cards
from handlers.cards import Shown
from handlers.context import Context
from handlers.followup import action_cards, carriers, decision_cards
from storage import decisions
from storage.actions import STANDING, Action, Status
from storage.births import Said
from storage.decisions import Decision
from storage.history import By
from storage.records import Record
from storage.visibility import sees


def follow(session: Session, ctx: Context, decision: Decision, was: Said, by: By) -> list[Action]:
    """Let the actions of a decision that was made or changed follow it, and their cards (see `storage.births.follow`).

    Returns the new ones and those which somebody else is asked for now, still to be told (`tell`).
    """
    followed = storage.births.follow(session, decision, was, by)
    for action in followed.changed:
        cards.refresh(session, ctx, action_cards.SHOWN, action)
    return [*followed.moved, *followed.born]


def tell(session: Session, ctx: Context, born: Sequence[Action], but: int | None = None) -> None:
    """A card of each new action to the first who can be asked for it, unless it is that person (id)."""
    mandates = storage.mandates.on(session, ctx.today) if born else ()
    for action in born:
        ids = carriers.of(action, mandates)
        people = {person.id: person for person in storage.people.by_ids(session, ids)}
        able = (actors.describe(session, ctx, people[id]) for id in ids if id in people)
        first = next((each for each in able if each.slack_id and each.is_member and sees(action, each.audience)), None)
        if first is not None and first.id != but:
            cards.receipt(session, ctx, first, action)


def settle(session: Session, ctx: Context, action: Action, by: By) -> None:
    """After an action changed: its decision is done when all are, open again when one is, and shows how many are."""
    if action.decision_id is None:
        return
    session.flush()
    decision = session.get_one(Decision, action.decision_id, with_for_update=True)
    before = storage.history.facts(decision)
    standing = storage.actions.standing_of(session, [decision.id]).get(decision.id, [])
    if decision.status in decisions.STANDING and standing and all(each.status == Status.DONE for each in standing):
        decision.status, decision.done_on = decisions.Status.DONE, ctx.today
    elif decision.status == decisions.Status.DONE and any(each.status in STANDING for each in standing):
        decision.status, decision.done_on = decisions.Status.OPEN, None
    if not written(session, ctx, decision_cards.SHOWN, decision, before, by):
        cards.refresh(session, ctx, decision_cards.SHOWN, decision, f"{cards.about(action)}:{action.version}")


def written(session: Session, ctx: Context, shown: Shown[Any], record: Record, before: dict[str, Any], by: By) -> bool:
    """Write down that a record changed on account of another, and let its cards follow; whether it did."""
    session.flush()
    if not storage.history.changed(session, record, before, by):
        return False
    record.version += 1
    record.edited_at = by.at
    session.flush()
    cards.refresh(session, ctx, shown, record)
    return True
