"""The timetable's memory: when each thing happens next, and each time it happened (DESIGN.md rule 4).

A due schedule is claimed by locking its row; what it causes, the note that it ran and its next time are one
transaction. A schedule whose rule is empty does not happen for the time being.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import UniqueConstraint, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.database import Base, Instant, insert_once

ONCE = "once"
"""The rule of what happens at an instant somebody chose, and not again before another is chosen."""


class Schedule(Base):
    """One thing that happens by itself; ``rule`` is what its next time was computed from."""

    __tablename__ = "schedules"

    name: Mapped[str] = mapped_column(primary_key=True)
    rule: Mapped[str]
    next_run_at: Mapped[datetime] = mapped_column(Instant)


class Run(Base):
    """One time it happened: due when, and when it really ran."""

    __tablename__ = "runs"
    __table_args__ = (UniqueConstraint("name", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    due_at: Mapped[datetime] = mapped_column(Instant)
    ran_at: Mapped[datetime] = mapped_column(Instant)


def arrange(session: Session, name: str, rule: str, next_run_at: datetime) -> None:
    """Write a schedule nobody wrote yet; one that is there stays as it is."""
    insert_once(session, Schedule, "name", {"name": name, "rule": rule, "next_run_at": next_run_at})


def hold(session: Session, name: str) -> Schedule | None:
    """The schedule of that name, locked for this transaction; None when there is none, or someone else has it."""
    return session.scalars(
        select(Schedule).where(Schedule.name == name).with_for_update(skip_locked=True)
    ).one_or_none()


def bring_forward(session: Session, name: str, instant: datetime) -> None:
    """Let what happens `ONCE` happen at that instant, unless it does sooner; locked until the transaction ends."""
    arrange(session, name, ONCE, instant)
    kept = session.scalars(select(Schedule).where(Schedule.name == name).with_for_update()).one()
    kept.next_run_at = min(kept.next_run_at, instant)


def ran(session: Session, name: str, due_at: datetime, now: datetime) -> None:
    """Note that the run due then has happened now; one that was noted before (by hand) stays as it is."""
    insert_once(session, Run, "name,due_at", {"name": name, "due_at": due_at, "ran_at": now})


def last_run(session: Session, name: str) -> Run | None:
    """The newest run of that name."""
    return session.scalars(select(Run).where(Run.name == name).order_by(Run.due_at.desc()).limit(1)).one_or_none()


def first_run(session: Session, name: str) -> Run | None:
    """The oldest run of that name."""
    return session.scalars(select(Run).where(Run.name == name).order_by(Run.due_at).limit(1)).one_or_none()


def forget(session: Session, before: datetime, but: Collection[str]) -> None:
    """Remove the runs due before that instant, except of those names; of each the oldest and the newest stay."""
    ends = select(Run.name, func.min(Run.due_at), func.max(Run.due_at)).where(Run.name.not_in(but)).group_by(Run.name)
    for name, first, last in session.execute(ends).all():
        old = (Run.name == name, Run.due_at > first, Run.due_at < min(before, last))
        session.execute(delete(Run).where(*old).execution_options(synchronize_session=False))


def run_before(session: Session, name: str, instant: datetime) -> Run | None:
    """The newest run that was due before that instant."""
    return session.scalars(
        select(Run).where(Run.name == name, Run.due_at < instant).order_by(Run.due_at.desc()).limit(1)
    ).one_or_none()


def run_within(session: Session, name: str, start: datetime, end: datetime) -> Run | None:
    """The newest run of that name due from one instant on and before another."""
    return session.scalars(
        select(Run).where(Run.name == name, Run.due_at >= start, Run.due_at < end).order_by(Run.due_at.desc()).limit(1)
    ).one_or_none()


def everyone(session: Session) -> Sequence[Schedule]:
    """All schedules, the soonest first."""
    return session.scalars(select(Schedule).order_by(Schedule.next_run_at)).all()
