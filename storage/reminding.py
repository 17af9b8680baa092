"""The memory of the reminders: what was asked of whom and when, what they put off, what was told to those above.

A due is named by its key and its civil deadline (handlers.dues): when the deadline changes, it is another one. Rows are
only added; a pause that is undone says so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, UniqueConstraint, bindparam, func, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.database import Base, Instant
from storage.outbox import Message


class Asked(Base):
    """A due listed in a reminder: of whom, at which rung (days after the deadline, negative before), on which day.

    ``asked_on`` is the civil day in the person's zone, ``message`` the key of the outbox message.
    """

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("due", "person_id", "asked_on"),
        Index("ix_reminders_due_day", "due_day"),
        Index("ix_reminders_message", "message"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    due: Mapped[str]
    due_day: Mapped[date]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    rung: Mapped[int]
    asked_on: Mapped[date]
    asked_at: Mapped[datetime] = mapped_column(Instant)
    message: Mapped[str]


class Pause(Base):
    """A person wants no reminder of a due until a civil day, or at all (``until`` None), unless they undid it."""

    __tablename__ = "pauses"
    __table_args__ = (
        Index("ix_pauses_due_day", "due_day"),
        Index("ix_pauses_person_id_due", "person_id", "due"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    due: Mapped[str]
    due_day: Mapped[date]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    until: Mapped[date | None]
    said_at: Mapped[datetime] = mapped_column(Instant)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)


class Escalation(Base):
    """A due told to somebody above, once a step; ``told_on`` is the civil day in their zone."""

    __tablename__ = "escalations"
    __table_args__ = (
        UniqueConstraint("due", "due_day", "step"),
        Index("ix_escalations_due_day", "due_day"),
        Index("ix_escalations_message", "message"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    due: Mapped[str]
    due_day: Mapped[date]
    step: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    told_on: Mapped[date]
    told_at: Mapped[datetime] = mapped_column(Instant)
    message: Mapped[str]


_ASKED = (
    select(Asked, Message.state)
    .outerjoin(Message, Message.key == Asked.message)
    .where(Asked.due_day.between(bindparam("first", type_=Date), bindparam("last", type_=Date)))
    .order_by(Asked.id)
)


def keep(session: Session, asked: Sequence[Mapping[str, Any]], told: Sequence[Mapping[str, Any]]) -> None:
    """Write down what was asked and what was told those above: columns of `Asked` and of `Escalation`, all at once."""
    if asked:
        session.execute(insert(Asked), asked)
    if told:
        session.execute(insert(Escalation), told)


def asked_between(session: Session, first: date, last: date) -> list[tuple[Asked, str | None]]:
    """What was asked of dues with a deadline between two civil days, in that order; each with its message's state."""
    return [(asked, state) for asked, state in session.execute(_ASKED, {"first": first, "last": last})]


def pauses_between(session: Session, first: date, last: date) -> Sequence[Pause]:
    """The pauses that hold, of dues with a deadline between two civil days, the earliest said first."""
    chosen = select(Pause).where(Pause.due_day.between(first, last), Pause.undone_at.is_(None))
    return session.scalars(chosen.order_by(Pause.id)).all()


def escalated_between(session: Session, first: date, last: date) -> Sequence[Escalation]:
    """What was told to those above of dues with a deadline between two civil days, in that order."""
    chosen = select(Escalation).where(Escalation.due_day.between(first, last))
    return session.scalars(chosen.order_by(Escalation.id)).all()


def asked_in(session: Session, message: str) -> Sequence[Asked]:
    """What the reminder of that key asks."""
    return session.scalars(select(Asked).where(Asked.message == message).order_by(Asked.id)).all()


def told_in(session: Session, message: str) -> Sequence[Escalation]:
    """What the message of that key tells somebody above."""
    return session.scalars(select(Escalation).where(Escalation.message == message).order_by(Escalation.id)).all()


def pause(session: Session, asked: Collection[Asked], until: date | None, now: datetime) -> None:
    """Remind of these no more until that day, or at all; it takes the place of what was said before."""
    resume(session, asked, now)
    session.add_all(
        Pause(due=each.due, due_day=each.due_day, person_id=each.person_id, until=until, said_at=now) for each in asked
    )


def resume(session: Session, asked: Collection[Asked], now: datetime) -> None:
    """Undo the pauses of these."""
    session.execute(
        update(Pause)
        .where(
            Pause.person_id.in_({each.person_id for each in asked}),
            Pause.due.in_({each.due for each in asked}),
            Pause.undone_at.is_(None),
        )
        .values(undone_at=now)
    )


def paused(session: Session, asked: Collection[Asked]) -> Sequence[Pause]:
    """The pauses of these that hold."""
    return session.scalars(
        select(Pause)
        .where(
            Pause.person_id.in_({each.person_id for each in asked}),
            Pause.due.in_({each.due for each in asked}),
            Pause.undone_at.is_(None),
        )
        .order_by(Pause.id)
    ).all()


def last_asked(session: Session) -> int:
    """The number of the newest thing asked, 0 before the first."""
    return session.scalar(select(func.max(Asked.id))) or 0
