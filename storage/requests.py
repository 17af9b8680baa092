"""Requests to the Pool Technique: who asks what by when, who took it, what was answered; the assistant's tasks too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from textwrap import shorten

from sqlalchemy import ColumnElement, ForeignKey, Index, Text, case, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.registered import Registered


class Status(StrEnum):
    """Where it stands."""

    ASKED = "asked"
    TAKEN = "taken"
    ANSWERED = "answered"
    DECLINED = "declined"


STANDING = (Status.ASKED, Status.TAKEN)
"""The states in which somebody still waits for it."""
TITLE = 80
"""Characters of its words that name it."""


class Request(Registered):
    """Something asked of the Pool.

    ``asked_by_id`` is who asks, for ``institution_id``. ``deadline`` is a key of storage.periods, `periods.CONTINUOUS`
    or None, ``deadline_on`` its last civil day. ``taken_by_id`` is who in the Pool took it, or is asked to while it is
    only asked. ``answer`` are the words of the answer, or the reason why it was declined.
    """

    __tablename__ = "requests"
    __table_args__ = (Index("ix_requests_status_deadline_on", "status", "deadline_on"),)

    text: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"), index=True)
    deadline: Mapped[str | None]
    deadline_on: Mapped[date | None]
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    taken_on: Mapped[date | None]
    status: Mapped[str] = mapped_column(default=Status.ASKED)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_on: Mapped[date | None]

    @property
    def title(self) -> str:
        """Its first words."""
        return shorten(self.text or "", TITLE, placeholder="…")

    @hybrid_property
    def awaited_on(self) -> date | None:
        """The civil day until which somebody still waits for it."""
        return self.deadline_on if self.status in STANDING else None

    @awaited_on.inplace.expression
    @classmethod
    def _awaited_on(cls) -> ColumnElement[date | None]:
        return case((cls.status.in_(STANDING), cls.deadline_on), else_=None)


def due_between(session: Session, first: date, last: date) -> Sequence[Request]:
    """What somebody still waits for with its deadline between two civil days, both included, the soonest first."""
    return session.scalars(
        select(Request)
        .where(Request.status.in_(STANDING), Request.deadline_on.between(first, last), Request.withdrawn_at.is_(None))
        .order_by(Request.deadline_on, Request.id)
    ).all()
