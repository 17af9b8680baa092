"""A decision as it is kept: its columns, its kinds and states, who owes it, the numbers drawn."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import (
    ForeignKey,
    Index,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.counters import Counted
from storage.database import Base
from storage.meetings import Meeting
from storage.partners import Institution
from storage.plans.rows import Line
from storage.records import Record
from storage.works import Work


class Kind(StrEnum):
    """What sort of conclusion it is; a decision not to do something is one too."""

    DECISION = "decision"
    RECOMMENDATION = "recommendation"
    ACTION_POINT = "action_point"
    ENDORSEMENT = "endorsement"
    NEGATIVE = "negative"


class Status(StrEnum):
    """Where it stands."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    NOT_DONE = "not_done"
    REPLACED = "replaced"


class Addressee(StrEnum):
    """To whom a recommendation speaks."""

    GOVERNMENT = "government"
    PTF = "ptf"


STANDING = (Status.OPEN, Status.IN_PROGRESS)
"""The states in which something is still owed."""


class Owed(Base):
    """One institution's share in a decision."""

    __tablename__ = "decision_institutions"

    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"), primary_key=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"), primary_key=True, index=True)


class Decision(Record):
    """A conclusion of a meeting.

    ``decided`` is when it was taken (a key of storage.periods: a day, or only a month or a year in old papers) and
    ``decided_on`` its first day; ``deadline`` is a key or `periods.CONTINUOUS` or None, ``due_on`` its last civil day.
    ``group_id`` is the body. ``replaces_id`` is the decision it puts out of force. ``review_on`` is the civil day on
    which it comes back, to be looked at again. ``meeting_id`` is the meeting that took it, ``adopts_id`` the one whose
    minutes it adopts, where they are known. A recommendation has an ``addressee`` (`Addressee`); ``work_id`` is the
    review or other work that made it.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        UniqueConstraint("group_id", "year", "number"),
        Index("ix_decisions_status_due_on", "status", "due_on"),
        Index("ix_decisions_said_at", "said_at"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    year: Mapped[int]
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(default=Kind.DECISION)
    decided: Mapped[str]
    decided_on: Mapped[date] = mapped_column(index=True)
    text: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text, default="")
    deadline: Mapped[str | None]
    due_on: Mapped[date | None]
    status: Mapped[str] = mapped_column(default=Status.OPEN)
    done_on: Mapped[date | None]
    carrier_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"), index=True)
    review_on: Mapped[date | None] = mapped_column(index=True)
    line_id: Mapped[int | None] = mapped_column(ForeignKey(Line.id), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey(Meeting.id), index=True)
    adopts_id: Mapped[int | None] = mapped_column(ForeignKey(Meeting.id))
    addressee: Mapped[str | None]
    work_id: Mapped[int | None] = mapped_column(ForeignKey(Work.id), index=True)
    institutions: Mapped[list[Institution]] = relationship(
        secondary="decision_institutions", order_by=Institution.code, lazy="selectin"
    )


class Counter(Counted):
    """The last number drawn for a body in a year."""

    __tablename__ = "counters"
