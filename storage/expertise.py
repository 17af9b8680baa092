"""Short-term expertise paid for by the PTF: the need, the contract, what is delivered, how it was supervised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.registered import Registered


class Status(StrEnum):
    """Where an expertise stands."""

    NEEDED = "needed"
    TERMS = "terms"
    SELECTION = "selection"
    CONTRACT = "contract"
    DONE = "done"
    DROPPED = "dropped"


STANDING = (Status.NEEDED, Status.TERMS, Status.SELECTION, Status.CONTRACT)
"""The states in which something of it is still to come."""


class Delivered(StrEnum):
    """Where a deliverable stands; one that was returned is awaited again."""

    AWAITED = "awaited"
    RECEIVED = "received"
    RETURNED = "returned"
    ACCEPTED = "accepted"


OWED = (Delivered.AWAITED, Delivered.RETURNED)
"""The states in which a deliverable is to come."""


class Expertise(Registered):
    """An expertise.

    ``funder_id`` is the institution that pays; ``starts`` and ``ends`` are the civil days of the contract, both
    included, ``days`` how many are paid. ``supervisor_id`` is who follows it and is asked for what is due.
    """

    __tablename__ = "expertise"

    subject: Mapped[str]
    need: Mapped[str] = mapped_column(Text, default="")
    terms: Mapped[str] = mapped_column(Text, default="")
    funder_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"), index=True)
    consultant: Mapped[str] = mapped_column(default="")
    starts: Mapped[date | None]
    ends: Mapped[date | None]
    days: Mapped[int | None]
    supervisor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    status: Mapped[str] = mapped_column(default=Status.NEEDED, index=True)

    @property
    def title(self) -> str:
        """Its subject."""
        return self.subject


class Deliverable(Registered):
    """What a consultant owes.

    ``due`` is a key of storage.periods, `periods.CONTINUOUS` or None, ``due_on`` its last civil day; ``received`` the
    civil day on which it came.
    """

    __tablename__ = "deliverables"
    __table_args__ = (Index("ix_deliverables_status_due_on", "status", "due_on"),)

    expertise_id: Mapped[int] = mapped_column(ForeignKey("expertise.id"), index=True)
    name: Mapped[str]
    due: Mapped[str | None]
    due_on: Mapped[date | None]
    received: Mapped[date | None]
    status: Mapped[str] = mapped_column(default=Delivered.AWAITED)
    documents: Mapped[str] = mapped_column(Text, default="")

    @property
    def title(self) -> str:
        """Its name."""
        return self.name


class SupervisionNote(Registered):
    """What was seen of an expertise on a civil day, by who says it."""

    __tablename__ = "supervision_notes"

    expertise_id: Mapped[int] = mapped_column(ForeignKey("expertise.id"), index=True)
    day: Mapped[date]
    text: Mapped[str] = mapped_column(Text)

    @property
    def title(self) -> str:
        """Its day."""
        return self.day.isoformat()


def owed_between(session: Session, first: date, last: date) -> Sequence[tuple[Deliverable, Expertise]]:
    """The deliverables to come with their last day between two civil days, both included, the soonest first."""
    chosen = (
        select(Deliverable, Expertise)
        .join(Expertise, Expertise.id == Deliverable.expertise_id)
        .where(Deliverable.status.in_(OWED), Deliverable.due_on.between(first, last))
        .where(Deliverable.withdrawn_at.is_(None), Expertise.status.in_(STANDING))
        .order_by(Deliverable.due_on, Deliverable.id)
    )
    return [(deliverable, expertise) for deliverable, expertise in session.execute(chosen)]


def last_due(session: Session, expertise_id: int) -> date | None:
    """The last day on which something of it is due."""
    chosen = select(func.max(Deliverable.due_on))
    return session.scalar(chosen.where(Deliverable.expertise_id == expertise_id, Deliverable.withdrawn_at.is_(None)))


def overdue(session: Session, expertise_id: int, today: date) -> Sequence[Deliverable]:
    """What of it was due before that civil day and has not come."""
    chosen = select(Deliverable).where(Deliverable.expertise_id == expertise_id, Deliverable.due_on < today)
    chosen = chosen.where(Deliverable.status.in_(OWED), Deliverable.withdrawn_at.is_(None))
    return session.scalars(chosen.order_by(Deliverable.due_on, Deliverable.id)).all()
