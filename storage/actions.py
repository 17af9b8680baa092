"""Actions: what an institution or a person undertook to do by a date, born of a decision or asked for alone.

Born of a decision an action bears its number and a further one (``GEC-2027-014-1``); alone it is numbered in its group
and year (``EDU-2027-A03``). It has the level and the group of its decision and follows it (handlers.followup).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, Index, Select, Text, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

import storage.counters
import storage.search
from storage.counters import Counted
from storage.database import Instant
from storage.plans.rows import Line
from storage.records import Record
from storage.visibility import Audience, visible
from storage.words import folded


class Status(StrEnum):
    """Where it stands; ``DROPPED`` is what nobody expects any more."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    DONE = "done"
    DROPPED = "dropped"


STANDING = (Status.OPEN, Status.ACKNOWLEDGED)
"""The states in which it is still owed."""


class Action(Record):
    """Something to be done.

    ``institution_id`` owes it, ``carrier_id`` is the person to ask; one of them may be None. ``deadline`` is a key of
    storage.periods, `periods.CONTINUOUS` or None, ``due_on`` its last civil day. ``asked_by_id`` is who asked for it,
    the noter of its decision. ``proposed`` is the deadline asked for instead, while nobody answered; ``proposals``
    counts them. ``born_for_id`` is the responsible institution of the decision for which it was born, whoever owes it
    since. ``before`` is the state it had when its decision took it along, None unless it did. ``about`` is the
    record of a register from which it follows (``contacts:12``, see `storage.registered.named`), ``line_id`` the line
    of a plan that it serves.
    """

    __tablename__ = "actions"
    __table_args__ = (
        Index("ix_actions_status_due_on", "status", "due_on"),
        Index("ix_actions_group_year", "group_id", "year"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    year: Mapped[int]
    number: Mapped[int]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"), index=True)
    born_for_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    text: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text, default="")
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"), index=True)
    carrier_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    deadline: Mapped[str | None]
    due_on: Mapped[date | None]
    status: Mapped[str] = mapped_column(default=Status.OPEN)
    before: Mapped[str | None]
    acknowledged_at: Mapped[datetime | None] = mapped_column(Instant)
    done_on: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(Text, default="")
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    proposed: Mapped[str | None]
    proposed_on: Mapped[date | None]
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    proposed_why: Mapped[str] = mapped_column(Text, default="")
    proposals: Mapped[int] = mapped_column(default=0)
    about: Mapped[str | None] = mapped_column(index=True)
    line_id: Mapped[int | None] = mapped_column(ForeignKey(Line.id), index=True)


class ActionCounter(Counted):
    """The last number drawn for an action alone in a group and year."""

    __tablename__ = "action_counters"


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to; None, "" and () narrow nothing.

    ``owner``: a person id with the institution they belong to, whose actions are meant: what either owes.
    ``due_before`` is a civil day, not included; ``due_until`` one included.
    """

    statuses: Sequence[str] = ()
    group_id: int | None = None
    institution_id: int | None = None
    owner: tuple[int, int | None] | None = None
    asked_by_id: int | None = None
    words: str = ""
    due_before: date | None = None
    due_until: date | None = None


def keep(session: Session, action: Action, origin_code: str, on: date, number: int | None = None) -> Action:
    """Number a new action and keep it.

    ``origin_code`` is the code of its decision (which the caller has locked or just made), else of its group; ``on`` is
    the civil day whose year numbers an action alone; ``number`` is one that it brings, kept where it is free.
    """
    action.year = on.year
    if action.decision_id is None:
        if number is not None and by_code(session, f"{origin_code}-{on.year}-A{number:02}") is None:
            action.number = number
            storage.counters.reach(session, ActionCounter, action.group_id, on.year, number)
        else:
            action.number = storage.counters.draw(session, ActionCounter, action.group_id, on.year)
        action.code = f"{origin_code}-{on.year}-A{action.number:02}"
    else:
        highest = session.scalar(select(func.max(Action.number)).where(Action.decision_id == action.decision_id))
        action.number = (highest or 0) + 1
        action.code = f"{origin_code}-{action.number}"
    reword(action, action.text)
    session.add(action)
    session.flush()
    return action


def reword(action: Action, text: str) -> None:
    """Give it these words, and what a search compares."""
    action.text = text
    action.folded = folded(text)


def by_id(session: Session, action_id: int) -> Action | None:
    """The action of that id, withdrawn or not."""
    return session.get(Action, action_id)


def by_code(session: Session, code: str) -> Action | None:
    """The action of that code."""
    return session.scalars(select(Action).where(Action.code == code)).one_or_none()


def alike(session: Session, group_id: int, words: str) -> Sequence[Action]:
    """The actions alone of that group with these folded words, the oldest first, without the withdrawn."""
    return session.scalars(
        select(Action)
        .where(
            Action.group_id == group_id,
            Action.folded == words,
            Action.decision_id.is_(None),
            Action.withdrawn_at.is_(None),
        )
        .order_by(Action.id)
    ).all()


def of_decision(session: Session, decision_id: int) -> Sequence[Action]:
    """All that was born of that decision, withdrawn and dropped included, in order."""
    return session.scalars(select(Action).where(Action.decision_id == decision_id).order_by(Action.number)).all()


def following(session: Session, about: str, audience: Audience | None, limit: int) -> Sequence[Action]:
    """What follows from that record of a register, in the order in which it was asked for."""
    chosen = select(Action).where(Action.about == about, Action.withdrawn_at.is_(None), visible(Action, audience))
    return session.scalars(chosen.order_by(Action.id).limit(limit)).all()


def standing_of(session: Session, decision_ids: Collection[int]) -> dict[int, list[Action]]:
    """Decision id -> its actions that count: neither withdrawn nor dropped."""
    found: dict[int, list[Action]] = {}
    chosen = select(Action).where(
        Action.decision_id.in_(decision_ids), Action.withdrawn_at.is_(None), Action.status != Status.DROPPED
    )
    for action in session.scalars(chosen.order_by(Action.number)) if decision_ids else ():
        found.setdefault(action.decision_id or 0, []).append(action)
    return found


def matching(
    session: Session, wanted: Filter, audience: Audience | None, limit: int, offset: int = 0
) -> Sequence[Action]:
    """The actions of a list that this audience may read, the soonest due first, then the newest."""
    chosen = _matching(wanted, audience).order_by(Action.due_on.is_(None), Action.due_on, Action.id.desc())
    return session.scalars(chosen.limit(limit).offset(offset)).all()


def count(session: Session, wanted: Filter, audience: Audience | None) -> int:
    """How many such actions there are."""
    return session.scalar(select(func.count()).select_from(_matching(wanted, audience).subquery())) or 0


def owed_by(
    session: Session, owner: tuple[int, int | None], until: date | None, audience: Audience | None, limit: int
) -> Sequence[Action]:
    """What that (person id, institution id) still owes, due until a civil day, included; None: all of it."""
    return matching(session, Filter(statuses=STANDING, owner=owner, due_until=until), audience, limit)


def of_institution(session: Session, institution_id: int, audience: Audience | None, limit: int) -> Sequence[Action]:
    """What that institution still owes, the soonest due first."""
    return matching(session, Filter(statuses=STANDING, institution_id=institution_id), audience, limit)


def open_of(session: Session, group_id: int | None, audience: Audience | None, limit: int) -> Sequence[Action]:
    """What is still owed in that group, or everywhere, the soonest due first."""
    return matching(session, Filter(statuses=STANDING, group_id=group_id), audience, limit)


def overdue_by_group(session: Session, today: date) -> dict[int, int]:
    """Group id -> how many of its actions are overdue on that civil day, whoever may read them."""
    rows = session.execute(
        select(Action.group_id, func.count())
        .where(Action.status.in_(STANDING), Action.due_on < today, Action.withdrawn_at.is_(None))
        .group_by(Action.group_id)
    )
    return {row[0]: row[1] for row in rows}


def due_between(session: Session, first: date, last: date) -> Sequence[Action]:
    """What is still owed and due between two civil days, both included, whoever may read it: the soonest first."""
    return session.scalars(
        select(Action)
        .where(Action.status.in_(STANDING), Action.due_on.between(first, last), Action.withdrawn_at.is_(None))
        .order_by(Action.due_on, Action.id)
    ).all()


def proposals_to(session: Session, asker_ids: Collection[int], audience: Audience | None) -> Sequence[Action]:
    """The actions for which another date is asked of those people and nobody answered yet, the oldest first."""
    return session.scalars(
        select(Action)
        .where(
            Action.proposed.is_not(None),
            Action.asked_by_id.in_(asker_ids),
            Action.withdrawn_at.is_(None),
            Action.status.in_(STANDING),
            visible(Action, audience),
        )
        .order_by(Action.id)
    ).all()


def _matching(wanted: Filter, audience: Audience | None) -> Select[Action]:
    conditions: list[ColumnElement[bool]] = [Action.withdrawn_at.is_(None), visible(Action, audience)]
    if wanted.statuses:
        conditions.append(Action.status.in_(wanted.statuses))
    if wanted.group_id is not None:
        conditions.append(Action.group_id == wanted.group_id)
    if wanted.institution_id is not None:
        conditions.append(Action.institution_id == wanted.institution_id)
    if wanted.owner is not None:
        person_id, institution_id = wanted.owner
        shared = [] if institution_id is None else [Action.institution_id == institution_id]
        conditions.append(or_(Action.carrier_id == person_id, *shared))
    if wanted.asked_by_id is not None:
        conditions.append(Action.asked_by_id == wanted.asked_by_id)
    if wanted.due_before is not None:
        conditions.append(Action.due_on < wanted.due_before)
    if wanted.due_until is not None:
        conditions.append(Action.due_on <= wanted.due_until)
    if wanted.words:
        conditions.append(storage.search.matching(Action, wanted.words))
    return select(Action).where(*conditions)
