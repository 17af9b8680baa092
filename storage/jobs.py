"""Slow work asked for by a person: prepared by the worker, one at a time each, with its progress."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.database import Base, Instant


class State(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


class Job(Base):
    """One piece of work: its kind (``export``), what was asked, for whom; ``leased_until`` while it is worked on."""

    __tablename__ = "jobs"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    request: Mapped[dict[str, Any]] = mapped_column(JSON)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(default=State.WAITING, index=True)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    leased_until: Mapped[datetime | None] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(Text, default="")


def ask(session: Session, kind: str, person_id: int, request: dict[str, Any], now: datetime) -> Job:
    """Write down what is asked for."""
    job = Job(kind=kind, person_id=person_id, request=request, asked_at=now, state=State.WAITING)
    session.add(job)
    session.flush()
    return job


def claim(session: Session, kind: str, now: datetime, lease: timedelta) -> Job | None:
    """Take the oldest job of that kind that waits, or that someone died over, for the time of a lease."""
    abandoned = (Job.state == State.WORKING) & (Job.leased_until < now)
    job = session.scalars(
        select(Job)
        .where(Job.kind == kind, or_(Job.state == State.WAITING, abandoned))
        .order_by(Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if job is not None:
        job.state = State.WORKING
        job.attempts += 1
        job.leased_until = now + lease
    return job


def by_id(session: Session, job_id: int) -> Job | None:
    """The job of that id."""
    return session.get(Job, job_id)


def unfinished(session: Session, kind: str, person_id: int) -> Sequence[Job]:
    """What that person asked for of that kind and is not there yet, oldest first."""
    chosen = select(Job).where(Job.kind == kind, Job.person_id == person_id)
    return session.scalars(chosen.where(Job.state.in_([State.WAITING, State.WORKING])).order_by(Job.id)).all()


def forget_what_was_read(session: Session, kind: str, before: datetime, kept: Collection[str]) -> None:
    """Of old jobs of a kind that are over, keep only those parts of what was asked."""
    over = select(Job).where(Job.kind == kind, Job.state.in_([State.DONE, State.FAILED]), Job.asked_at < before)
    for job in session.scalars(over):
        if not job.request.keys() <= set(kept):
            job.request = {name: job.request[name] for name in kept if name in job.request}


def held(session: Session, job_id: int, attempts: int) -> Job | None:
    """The job, locked, if it is still worked on by that attempt; None when somebody else took it up."""
    return session.scalars(
        select(Job).where(Job.id == job_id, Job.attempts == attempts, Job.state == State.WORKING).with_for_update()
    ).one_or_none()


def are_open(session: Session) -> bool:
    """Whether something was asked for that is neither done nor given up."""
    chosen = select(Job.id).where(Job.state.in_([State.WAITING, State.WORKING])).limit(1)
    return session.scalars(chosen).one_or_none() is not None
