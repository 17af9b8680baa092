"""Actions are born of a decision, follow it, and settle it; all in the transaction of whatever changed.

One is born for each responsible institution, or one for the person alone who carries the decision. It says what the
decision says as long as nobody gave it words or a date of its own; it is withdrawn, dropped or done with it, and stands
again with it. When all of them are done, the decision is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

import storage.actions
import storage.history
import storage.mandates
import storage.people
from handlers import actors, cards
from handlers.cards import Shown
from handlers.context import Context
from handlers.followup import action_cards, carriers, decision_cards
from storage import decisions
from storage.actions import STANDING, Action, Status
from storage.decisions import Decision
from storage.history import By
from storage.records import Record
from storage.visibility import sees

_DONE, _DROPPED = (decisions.Status.DONE,), (decisions.Status.REPLACED, decisions.Status.NOT_DONE)


@dataclass(frozen=True, slots=True)
class Said:
    """What a decision said at one moment: its words, deadline and carrier, which its actions may have taken over."""

    text: str
    deadline: tuple[str | None, date | None]
    carrier_id: int | None


def said(decision: Decision) -> Said:
    """What it says now, to be compared later."""
    return Said(decision.text, (decision.deadline, decision.due_on), decision.carrier_id)


def follow(session: Session, ctx: Context, decision: Decision, was: Said, by: By) -> list[Action]:
    """Let its actions follow a decision that was made or changed; ``was`` is what it said before.

    Returns the new ones and those which somebody else is asked for now, still to be told (`tell`).
    The decision must be locked or new.
    """
    session.flush()
    known, moved = storage.actions.of_decision(session, decision.id), []
    for action in known:
        if action.withdrawn and action.before is None:
            continue
        before = storage.history.facts(action)
        _adopt(session, action, decision, was)
        _share(action, decision)
        written(session, ctx, action_cards.SHOWN, action, before, by)
        if action.carrier_id != before["carrier_id"]:
            moved.append(action)
    if decision.withdrawn or decision.status not in decisions.STANDING:
        return []
    there = {action.born_for_id for action in known}
    missing = [institution for institution in _wanted(decision) if institution not in there]
    return [*moved, *(_born(session, decision, institution, by) for institution in missing)]


def tell(session: Session, ctx: Context, born: list[Action], but: int | None = None) -> None:
    """A card of each new action to the first who can be asked for it, unless it is that person (id)."""
    mandates = storage.mandates.on(session, ctx.today) if born else ()
    for action in born:
        ids = carriers.of(action, mandates)
        people = {person.id: person for person in storage.people.by_ids(session, ids)}
        able = (actors.describe(session, ctx, people[id]) for id in ids if id in people)
        first = next((each for each in able if each.slack_id and each.is_member and sees(action, each.audience)), None)
        if first is not None and first.id != but:
            cards.receipt(session, ctx, first, action_cards.SHOWN, action)


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


def _wanted(decision: Decision) -> list[int | None]:
    """For whom actions are born: each institution, else nobody in particular when a person carries it alone."""
    if decision.institutions:
        return [institution.id for institution in decision.institutions]
    return [None] if decision.carrier_id is not None else []


def _born(session: Session, decision: Decision, institution_id: int | None, by: By) -> Action:
    carrier_id = _carrier(session, decision, institution_id, decision.carrier_id)
    action = Action(
        group_id=decision.group_id,
        decision_id=decision.id,
        born_for_id=institution_id,
        text=decision.text,
        institution_id=institution_id or _institution(session, carrier_id),
        carrier_id=carrier_id,
        deadline=decision.deadline,
        due_on=decision.due_on,
        status=Status.OPEN,
        asked_by_id=decision.said_by_id,
        visibility=decision.visibility,
        language=decision.language,
        said_at=by.at,
        said_by_id=decision.said_by_id,
        version=1,
    )
    storage.actions.keep(session, action, decision.code, decision.decided_on)
    storage.history.created(session, action, by)
    return action


def _carrier(session: Session, decision: Decision, institution_id: int | None, person_id: int | None) -> int | None:
    """Which action the decision's carrier carries: that of their own institution, or all where theirs owes none."""
    own = _institution(session, person_id)
    if institution_id is None or own == institution_id:
        return person_id
    return None if own in {institution.id for institution in decision.institutions} else person_id


def _institution(session: Session, person_id: int | None) -> int | None:
    people = storage.people.by_ids(session, [person_id]) if person_id else []
    return people[0].institution_id if people else None


def _adopt(session: Session, action: Action, decision: Decision, was: Said) -> None:
    """Take over what the decision says now, where the action said the same as it did."""
    action.visibility, action.group_id = decision.visibility, decision.group_id
    if action.text == was.text:
        storage.actions.reword(action, decision.text)
    if (action.deadline, action.due_on) == was.deadline:
        action.deadline, action.due_on = decision.deadline, decision.due_on
    if decision.carrier_id != was.carrier_id and action.carrier_id in (None, was.carrier_id):
        action.carrier_id = _carrier(session, decision, action.born_for_id, decision.carrier_id)
        if action.born_for_id is None and action.carrier_id is not None:
            action.institution_id = _institution(session, action.carrier_id)


def _share(action: Action, decision: Decision) -> None:
    """Stand where the decision stands: first as it was before it was taken along, then taken along again."""
    if action.before is not None:
        if action.before in STANDING:
            action.done_on = None
        action.status, action.before, action.withdrawn_at = action.before, None, None
    if decision.withdrawn:
        action.before, action.withdrawn_at = action.status, decision.withdrawn_at
    elif action.status in STANDING and (decision.status in _DROPPED or action.born_for_id not in _wanted(decision)):
        action.before, action.status = action.status, Status.DROPPED
    elif action.status in STANDING and decision.status in _DONE:
        action.before, action.status, action.done_on = action.status, Status.DONE, decision.done_on
