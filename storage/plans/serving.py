"""What serves a line of a plan: the decisions, actions and updates that name it, and what was born of decisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from storage.actions import Action
from storage.decisions import Decision
from storage.updates import Update
from storage.visibility import Audience, visible

R = TypeVar("R", bound=Decision | Action | Update)


def of_line(session: Session, model: type[R], line_id: int, audience: Audience | None) -> Sequence[R]:
    """The records of that kind which serve a line, and which this audience may read, the oldest first."""
    chosen = select(model).where(model.line_id == line_id, model.withdrawn_at.is_(None), visible(model, audience))
    return session.scalars(chosen.order_by(model.id)).all()


def born(session: Session, decisions: Sequence[Decision], audience: Audience | None) -> dict[int, list[Action]]:
    """Decision id -> its actions that this audience may read."""
    ids = [decision.id for decision in decisions]
    chosen = select(Action).where(Action.decision_id.in_(ids), Action.withdrawn_at.is_(None), visible(Action, audience))
    found: dict[int, list[Action]] = {}
    for action in session.scalars(chosen.order_by(Action.number)) if ids else ():
        found.setdefault(action.decision_id or 0, []).append(action)
    return found


def offered(session: Session, model: type[R], line_id: int, audience: Audience | None, limit: int) -> Sequence[R]:
    """What serves that line or could: the newest of those that serve none, what serves it already before them."""
    free = or_(model.line_id.is_(None), model.line_id == line_id)
    chosen = select(model).where(free, model.withdrawn_at.is_(None), visible(model, audience))
    return session.scalars(chosen.order_by(model.line_id.is_(None), model.id.desc()).limit(limit)).all()


def by_ids(session: Session, model: type[R], ids: Sequence[int], audience: Audience | None) -> Sequence[R]:
    """Those records that this audience may read, locked until the commit."""
    chosen = select(model).where(model.id.in_(ids), model.withdrawn_at.is_(None), visible(model, audience))
    return session.scalars(chosen.with_for_update()).all() if ids else ()
