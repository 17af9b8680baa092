"""Absences: who is away from a civil day to another, both included, as they said or the Pool Technique said for them.

An absence is never deleted: whoever comes back early ends it the day before, and one that never begins is withdrawn.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, and_, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.database import Base, Instant


class Absence(Base):
    """A person away from ``first`` to ``last``; ``word`` is why, in their own words, for them and the Pool alone.

    ``begun_at``: when those who are asked in their place were told so.
    """

    __tablename__ = "absences"
    __table_args__ = (Index("ix_absences_last", "last"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    first: Mapped[date]
    last: Mapped[date]
    word: Mapped[str] = mapped_column(default="")
    said_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    said_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    begun_at: Mapped[datetime | None] = mapped_column(Instant)


def by_id(session: Session, absence_id: int) -> Absence | None:
    """The absence of that id."""
    return session.get(Absence, absence_id)


def away_on(session: Session, day: date, person_ids: Collection[int]) -> set[int]:
    """Who of those people is away on that civil day."""
    return set(session.scalars(select(Absence.person_id).where(_shares(day, day)))) & set(person_ids)


def between(session: Session, first: date, last: date) -> Sequence[Absence]:
    """Everybody's absences that share a day with those from ``first`` to ``last``, the earliest first."""
    return session.scalars(select(Absence).where(_shares(first, last)).order_by(Absence.first, Absence.id)).all()


def of_person(session: Session, person_id: int, first: date, last: date) -> Sequence[Absence]:
    """Their absences that share a day with those from ``first`` to ``last``, the earliest first."""
    chosen = select(Absence).where(_shares(first, last), Absence.person_id == person_id)
    return session.scalars(chosen.order_by(Absence.first, Absence.id)).all()


def begun(session: Session, day: date) -> Sequence[Absence]:
    """Absences that last on that civil day, and of whose beginning nobody was told yet."""
    chosen = select(Absence).where(_shares(day, day), Absence.begun_at.is_(None))
    return session.scalars(chosen.order_by(Absence.first, Absence.id)).all()


def coming(session: Session, day: date, person_id: int | None, limit: int, skip: int = 0) -> Sequence[Absence]:
    """The absences not over on that civil day, the earliest first: of that person, or of everybody."""
    chosen = select(Absence).where(*_to_come(day, person_id)).order_by(Absence.first, Absence.id)
    return session.scalars(chosen.offset(skip).limit(limit)).all()


def count(session: Session, day: date, person_id: int | None) -> int:
    """How many absences are not over on that civil day: of that person, or of everybody."""
    return session.scalars(select(func.count()).select_from(Absence).where(*_to_come(day, person_id))).one()


def _shares(first: date, last: date) -> ColumnElement[bool]:
    return and_(Absence.last >= first, Absence.first <= last, Absence.withdrawn_at.is_(None))


def _to_come(day: date, person_id: int | None) -> tuple[ColumnElement[bool], ...]:
    conditions = (Absence.last >= day, Absence.withdrawn_at.is_(None))
    return conditions if person_id is None else (*conditions, Absence.person_id == person_id)
