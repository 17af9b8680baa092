"""Actions are born of a decision and follow it; all in the transaction of whatever changed.

One is born for each responsible institution, or one for the person alone who carries the decision. It says what the
decision says as long as nobody gave it words or a date of its own; it is withdrawn, dropped or done with it, and stands
again with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

import storage.actions
import storage.history
import storage.people
from storage import decisions
from storage.actions import STANDING, Action, Status
from storage.decisions import Decision, Owed
from storage.history import By, Origin

_DONE, _DROPPED = (decisions.Status.DONE,), (decisions.Status.REPLACED, decisions.Status.NOT_DONE)


@dataclass(frozen=True, slots=True)
class Said:
    """What a decision said at one moment: its words, deadline and carrier, which its actions may have taken over."""

    text: str
    deadline: tuple[str | None, date | None]
    carrier_id: int | None


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of its actions: those that were born, those that changed, and of these those with a new carrier."""

    born: Sequence[Action]
    changed: Sequence[Action]
    moved: Sequence[Action]


def said(decision: Decision) -> Said:
    """What it says now, to be compared later."""
    return Said(decision.text, (decision.deadline, decision.due_on), decision.carrier_id)


def follow(session: Session, decision: Decision, was: Said, by: By) -> Followed:
    """Let its actions follow a decision that was made or changed; ``was`` is what it said before.

    The decision must be locked or new.
    """
    session.flush()
    known = storage.actions.of_decision(session, decision.id)
    changed, moved = [], []
    for action in known:
        if action.withdrawn and action.before is None:
            continue
        before = storage.history.facts(action)
        _adopt(session, action, decision, was)
        _share(action, decision)
        session.flush()
        if storage.history.changed(session, action, before, by):
            action.version += 1
            action.edited_at = by.at
            changed.append(action)
        if action.carrier_id != before["carrier_id"]:
            moved.append(action)
    session.flush()
    return Followed(_missing(session, decision, known, by), changed, moved)


def catch_up(session: Session, at: datetime, limit: int) -> int:
    """Let actions be born of standing decisions noted before there were any; returns how many that were."""
    named = or_(Decision.carrier_id.is_not(None), exists().where(Owed.decision_id == Decision.id))
    unborn = (
        select(Decision)
        .where(
            Decision.status.in_(decisions.STANDING),
            Decision.withdrawn_at.is_(None),
            named,
            ~exists().where(Action.decision_id == Decision.id),
        )
        .order_by(Decision.id)
        .limit(limit)
    )
    found = session.scalars(unborn).all()
    for decision in found:
        follow(session, decision, said(decision), By(None, at, Origin.CLOCK))
    return len(found)


def _missing(session: Session, decision: Decision, known: Sequence[Action], by: By) -> list[Action]:
    """Those that a standing decision has not got yet."""
    if decision.withdrawn or decision.status not in decisions.STANDING:
        return []
    there = {action.born_for_id for action in known}
    return [_born(session, decision, each, by) for each in _wanted(decision) if each not in there]


def _wanted(decision: Decision) -> list[int | None]:
    """For whom actions are born: each institution, by code, else nobody in particular where a person carries it."""
    if decision.institutions:
        return [institution.id for institution in sorted(decision.institutions, key=lambda each: each.code)]
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
