"""Decisions of meetings: numbered per body and year, owed by institutions, carried by a person (DOMAIN.md section 5).

A number is drawn inside the transaction that keeps the decision, from a counter row that stays locked until the
commit: no gaps when a transaction fails, no doubles when two people note at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    or_,
    select,
)
from sqlalchemy.orm import Session

import storage.counters
import storage.meetings
import storage.search
from storage.actions import Action
from storage.decisions.rows import STANDING, Addressee, Counter, Decision, Kind, Owed, Status
from storage.visibility import Audience, visible
from storage.words import folded

__all__ = ["STANDING", "Addressee", "Counter", "Decision", "Filter", "Kind", "Owed", "Status"]


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to; None and "" narrow nothing.

    ``due_before`` is a civil day, not included; ``due_until`` one included.
    """

    statuses: Sequence[str] = ()
    body_id: int | None = None
    institution_id: int | None = None
    words: str = ""
    due_before: date | None = None
    due_until: date | None = None


def draw_number(session: Session, body_id: int, year: int) -> int:
    """The next number of that body in that year, starting with 1; locked against others until the commit."""
    return storage.counters.draw(session, Counter, body_id, year)


def keep(session: Session, decision: Decision, body_code: str, number: int | None = None) -> Decision:
    """Number a new decision and keep it; its year is that of its meeting. A number it brings stays where it is free.

    It is of the meeting of its body on that day, where there is one and nobody named another.
    """
    decision.year = decision.decided_on.year
    if number is not None and by_code(session, f"{body_code}-{decision.year}-{number:03}") is None:
        decision.number = number
        storage.counters.reach(session, Counter, decision.group_id, decision.year, number)
    else:
        decision.number = draw_number(session, decision.group_id, decision.year)
    decision.code = f"{body_code}-{decision.year}-{decision.number:03}"
    decision.folded = folded(decision.text)
    if decision.meeting_id is None:
        meeting = storage.meetings.on_day(session, decision.group_id, decision.decided_on)
        decision.meeting_id = meeting.id if meeting is not None else None
    session.add(decision)
    session.flush()
    return decision


def by_id(session: Session, decision_id: int) -> Decision | None:
    """The decision of that id, withdrawn or not."""
    return session.get(Decision, decision_id)


def by_code(session: Session, code: str) -> Decision | None:
    """The decision of that code (``GEC-2027-014``)."""
    return session.scalars(select(Decision).where(Decision.code == code)).one_or_none()


def replaced_by(session: Session, decision_ids: Sequence[int]) -> dict[int, str]:
    """Decision id -> code of the one that replaces it."""
    if not decision_ids:
        return {}
    found = session.execute(
        select(Decision.replaces_id, Decision.code)
        .where(Decision.replaces_id.in_(decision_ids), Decision.withdrawn_at.is_(None))
        .order_by(Decision.id)
    )
    return {replaced: code for replaced, code in found if replaced is not None}


def matching(
    session: Session, wanted: Filter, audience: Audience | None, limit: int, offset: int = 0
) -> Sequence[Decision]:
    """The decisions of a list that this audience may read, the soonest due first, then the newest."""
    chosen = _matching(wanted, audience).order_by(
        Decision.due_on.is_(None), Decision.due_on, Decision.decided_on.desc(), Decision.id.desc()
    )
    return session.scalars(chosen.limit(limit).offset(offset)).all()


def said_between(session: Session, start: datetime, end: datetime, audience: Audience | None) -> Sequence[Decision]:
    """The decisions noted after ``start`` and until ``end`` that this audience may read, by code."""
    return session.scalars(
        select(Decision)
        .where(
            Decision.said_at > start,
            Decision.said_at <= end,
            Decision.withdrawn_at.is_(None),
            visible(Decision, audience),
        )
        .order_by(Decision.code)
    ).all()


def owed_until(
    session: Session, after: date | None, until: date, audience: Audience | None, limit: int
) -> Sequence[Decision]:
    """What is still owed and due after one civil day (None: from the beginning) up to another, included."""
    span = Decision.due_on <= until if after is None else and_(Decision.due_on > after, Decision.due_on <= until)
    return session.scalars(
        select(Decision)
        .where(Decision.status.in_(STANDING), span, Decision.withdrawn_at.is_(None), visible(Decision, audience))
        .order_by(Decision.due_on, Decision.code)
        .limit(limit)
    ).all()


def owed_by(
    session: Session, owner: tuple[int, int | None], until: date, audience: Audience | None, limit: int
) -> Sequence[Decision]:
    """What that (person id, institution id) still owes and is due until a civil day, included: the soonest first.

    A decision of which actions were born is owed through them.
    """
    person_id, institution_id = owner
    shared = exists().where(Owed.decision_id == Decision.id, Owed.institution_id == institution_id)
    return session.scalars(
        select(Decision)
        .where(
            Decision.status.in_(STANDING),
            Decision.due_on <= until,
            Decision.withdrawn_at.is_(None),
            or_(Decision.carrier_id == person_id, shared),
            ~exists().where(Action.decision_id == Decision.id, Action.withdrawn_at.is_(None)),
            visible(Decision, audience),
        )
        .order_by(Decision.due_on, Decision.code)
        .limit(limit)
    ).all()


def carried_by(session: Session, person_id: int) -> Sequence[Decision]:
    """What that person carries and is still owed, whoever may read it: the soonest due first."""
    return session.scalars(
        select(Decision)
        .where(Decision.carrier_id == person_id, Decision.status.in_(STANDING), Decision.withdrawn_at.is_(None))
        .order_by(Decision.due_on.is_(None), Decision.due_on, Decision.id)
    ).all()


def to_review(session: Session, day: date) -> Sequence[Decision]:
    """The decisions that come back on that civil day, or came back before and still wait; the longest first."""
    return session.scalars(
        select(Decision)
        .where(
            Decision.review_on <= day,
            Decision.status.not_in((Status.REPLACED, Status.NOT_DONE)),
            Decision.withdrawn_at.is_(None),
        )
        .order_by(Decision.review_on, Decision.id)
    ).all()


def numbered(session: Session, body_id: int) -> bool:
    """Whether that body ever numbered a decision: its code then stands in papers."""
    return session.scalars(select(Counter.last).where(Counter.group_id == body_id).limit(1)).first() is not None


def _matching(wanted: Filter, audience: Audience | None) -> Select[Decision]:
    conditions: list[ColumnElement[bool]] = [Decision.withdrawn_at.is_(None), visible(Decision, audience)]
    if wanted.statuses:
        conditions.append(Decision.status.in_(wanted.statuses))
    if wanted.body_id is not None:
        conditions.append(Decision.group_id == wanted.body_id)
    if wanted.due_before is not None:
        conditions.append(Decision.due_on < wanted.due_before)
    if wanted.due_until is not None:
        conditions.append(Decision.due_on <= wanted.due_until)
    if wanted.institution_id is not None:
        conditions.append(exists().where(Owed.decision_id == Decision.id, Owed.institution_id == wanted.institution_id))
    if wanted.words:
        conditions.append(storage.search.matching(Decision, wanted.words))
    return select(Decision).where(*conditions)


def of_meeting(session: Session, body_id: int, decided: str) -> Sequence[Decision]:
    """The decisions of that body which were taken then (a key of storage.periods), without the withdrawn."""
    return session.scalars(
        select(Decision)
        .where(Decision.group_id == body_id, Decision.decided == decided, Decision.withdrawn_at.is_(None))
        .order_by(Decision.number)
    ).all()


def of_work(session: Session, work_id: int, audience: Audience | None) -> Sequence[Decision]:
    """The recommendations which that work made and this audience may read, by code."""
    return session.scalars(
        select(Decision)
        .where(
            Decision.work_id == work_id,
            Decision.kind == Kind.RECOMMENDATION,
            Decision.withdrawn_at.is_(None),
            visible(Decision, audience),
        )
        .order_by(Decision.code)
    ).all()


def reword(decision: Decision, text: str) -> None:
    """Give it these words, and what a search compares."""
    decision.text = text
    decision.folded = folded(text)
