"""The digest of a week before it goes out: its introduction, what is left out of it, who decided what about it.

One row a week, made when somebody first decides something about it or it is first shown for approval. Whoever changes
it holds the row (`hold`), so that two people and the clock at once come one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.database import Base, Instant, insert_once


class State(StrEnum):
    """Where a digest stands."""

    OPEN = "open"
    HELD = "held"
    """Its hour is over, nobody had posted it: it is kept until somebody does."""
    POSTED = "posted"
    PASSED = "passed"
    """It was never posted; a later digest told what it would have told."""


class Draft(Base):
    """The digest of one week (``2027-W09``).

    ``asked_at``: when it was shown to the coordinators; None while it was not. ``introduction_fr`` and ``_en`` are as
    written; where only one is, it stands in every channel. ``left_out`` names records (``updates:12``).
    ``postponed_to`` is when it goes out instead of at its hour. ``decided_by_id`` posted or postponed it; None is the
    clock. ``version`` rises with each change.
    """

    __tablename__ = "drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    week: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default=State.OPEN)
    asked_at: Mapped[datetime | None] = mapped_column(Instant)
    introduction_fr: Mapped[str] = mapped_column(Text, default="")
    introduction_en: Mapped[str] = mapped_column(Text, default="")
    introduced_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    left_out: Mapped[list[str]] = mapped_column(JSON, default=list)
    postponed_to: Mapped[datetime | None] = mapped_column(Instant)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    def introduction(self, language: str) -> str:
        """The introduction for a reader of that language: theirs, else the one there is."""
        own, other = self.introduction_fr, self.introduction_en
        if language != "fr":
            own, other = other, own
        return own or other


STANDING = (Draft.state == State.HELD) | (
    (Draft.state == State.OPEN) & Draft.asked_at.is_not(None) & Draft.postponed_to.is_(None)
)
"""Which wait for a decision of the Pool: shown and not decided, or held back."""


def of_week(session: Session, week: str) -> Draft | None:
    """The digest of that week; None when nobody decided anything about it and it was not shown."""
    return session.scalars(select(Draft).where(Draft.week == week)).one_or_none()


def hold(session: Session, week: str) -> Draft:
    """The same, made where there is none, locked until the end of the transaction."""
    insert_once(session, Draft, "week", {"week": week})
    held = select(Draft).where(Draft.week == week).with_for_update()
    return session.scalars(held, execution_options={"populate_existing": True}).one()


def postponed(session: Session) -> Sequence[Draft]:
    """Those that go out at an instant somebody chose, the soonest first."""
    return session.scalars(
        select(Draft)
        .where(Draft.state == State.OPEN, Draft.postponed_to.is_not(None))
        .order_by(Draft.postponed_to, Draft.id)
    ).all()


def before(session: Session, week: str) -> Sequence[Draft]:
    """Those of earlier weeks that never went out."""
    return session.scalars(
        select(Draft).where(Draft.week < week, Draft.state.in_([State.OPEN, State.HELD])).order_by(Draft.week)
    ).all()


def first(session: Session) -> str | None:
    """The first week there is one of."""
    return session.scalar(select(func.min(Draft.week)))


def blank(week: str) -> Draft:
    """What stands for the digest of a week about which nobody decided anything; not kept."""
    return Draft(week=week, state=State.OPEN, introduction_fr="", introduction_en="", left_out=[], version=0)
