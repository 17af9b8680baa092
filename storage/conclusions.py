"""What a meeting leaves, and what it finds: its decisions and actions, and those of earlier meetings of its body.

A decision noted before meetings were kept, or brought in from a file, belongs to the meeting of its body on its day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

import storage.meetings
from storage.actions import STANDING as OWED
from storage.actions import Action
from storage.decisions import STANDING, Decision
from storage.meetings import Meeting
from storage.visibility import Audience, sees, visible

COUNTED = 200
"""Decisions and actions of earlier meetings that are looked at."""


@dataclass(frozen=True, slots=True)
class Left:
    """Decisions and actions asked for alone, in the order of their numbers."""

    decisions: Sequence[Decision]
    actions: Sequence[Action]


@dataclass(frozen=True, slots=True)
class Found:
    """What a meeting finds of earlier ones of its body.

    ``previous`` is the meeting before it with what it left, whatever became of it; ``decisions`` and ``actions`` are
    what is still owed of earlier ones, the soonest due first.
    """

    previous: Meeting | None
    left: Left
    decisions: Sequence[Decision]
    actions: Sequence[Action]


def of(session: Session, meeting: Meeting, audience: Audience | None) -> Left:
    """What a meeting left, as far as this audience may read it."""
    decisions = session.scalars(
        select(Decision)
        .where(_taken_at(meeting), Decision.withdrawn_at.is_(None), visible(Decision, audience))
        .order_by(Decision.year, Decision.number)
    ).all()
    actions = session.scalars(
        select(Action)
        .where(
            Action.about == _named(meeting),
            Action.decision_id.is_(None),
            Action.withdrawn_at.is_(None),
            visible(Action, audience),
        )
        .order_by(Action.id)
    ).all()
    return Left(decisions, actions)


def before(session: Session, meeting: Meeting, audience: Audience | None) -> Found:
    """What it finds of earlier meetings, as far as this audience may read it."""
    previous = storage.meetings.before(session, meeting)
    left = of(session, previous, audience) if previous is not None else Left((), ())
    told = {each.id for each in left.decisions}
    decisions = session.scalars(
        select(Decision)
        .where(
            Decision.group_id == meeting.group_id,
            Decision.decided_on < meeting.first_day,
            Decision.status.in_(STANDING),
            Decision.withdrawn_at.is_(None),
            visible(Decision, audience),
        )
        .order_by(Decision.due_on.is_(None), Decision.due_on, Decision.id)
        .limit(COUNTED)
    ).all()
    actions = session.scalars(
        select(Action)
        .where(
            Action.group_id == meeting.group_id,
            Action.decision_id.is_(None),
            Action.status.in_(OWED),
            Action.withdrawn_at.is_(None),
            or_(Action.about.is_(None), Action.about != _named(meeting)),
            visible(Action, audience),
        )
        .order_by(Action.due_on.is_(None), Action.due_on, Action.id)
        .limit(COUNTED)
    ).all()
    previous = previous if previous is not None and sees(previous, audience) else None
    return Found(previous, left, [each for each in decisions if each.id not in told], actions)


def _taken_at(meeting: Meeting) -> ColumnElement[bool]:
    if meeting.day is None or meeting.group_id is None:
        return Decision.meeting_id == meeting.id
    same_day = and_(
        Decision.meeting_id.is_(None), Decision.group_id == meeting.group_id, Decision.decided == meeting.day
    )
    return or_(Decision.meeting_id == meeting.id, same_day)


def _named(meeting: Meeting) -> str:
    """How an action names the meeting at which it was asked for."""
    return f"{Meeting.__tablename__}:{meeting.id}"
