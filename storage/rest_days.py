"""Rest days that no calendar knows: typed in by the coordinator, or a calendar's own day moved or taken away.

A country's public holidays are computed (handlers.feasts), not stored. A row is either a day of its own (no
``calendar``), for the whole collective or one institution; or the correction of a day of a country's calendar: ``day``
is when it falls instead, None when it is no rest day. What is withdrawn no longer counts: the calendar's own day does.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint, and_, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.database import Base, Instant


class RestDay(Base):
    """A day of rest, or the correction of what ``calendar`` (``ML``) calls ``name`` and puts on ``feast_on``."""

    __tablename__ = "rest_days"
    __table_args__ = (UniqueConstraint("calendar", "name", "feast_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    day: Mapped[date | None]
    name: Mapped[str]
    calendar: Mapped[str | None]
    feast_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)


def by_id(session: Session, rest_day_id: int) -> RestDay | None:
    """The row of that id."""
    return session.get(RestDay, rest_day_id)


def between(session: Session, first: date, last: date, *, withdrawn: bool = False) -> Sequence[RestDay]:
    """Rows that say something of the days from ``first`` to ``last``; those withdrawn only when asked for."""
    own = and_(RestDay.day >= first, RestDay.day <= last)
    corrected = and_(RestDay.feast_on >= first, RestDay.feast_on <= last)
    chosen = select(RestDay).where(or_(own, corrected)).order_by(RestDay.id)
    return session.scalars(chosen if withdrawn else chosen.where(RestDay.withdrawn_at.is_(None))).all()


def count(session: Session, day: date) -> int:
    """How many rows in force say something of that civil day or a later one."""
    chosen = select(func.count()).select_from(RestDay).where(or_(RestDay.day >= day, RestDay.feast_on >= day))
    return session.scalars(chosen.where(RestDay.withdrawn_at.is_(None))).one()
