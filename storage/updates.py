"""Updates: what a group says of a period (DOMAIN.md section 4; the fields are those of real questionnaires)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text, bindparam, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.database import Instant
from storage.plans.rows import Line
from storage.records import Record
from storage.visibility import Audience, visible


class Status(StrEnum):
    """How a group's work stands; None in the column is "not said yet"."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    NOTHING = "nothing"


NEEDS_REASON = (Status.AT_RISK, Status.OFF_TRACK)
"""The states that cannot stand without the difficulty and its reason."""


class Update(Record):
    """What a group says of one period. Texts are as written; ``period`` is a key of storage.periods.

    ``changed_after_closing`` is the UTC instant of its last change since its period closed; None without one.
    ``line_id`` is the line of a plan that it serves.
    """

    __tablename__ = "updates"
    __table_args__ = (
        Index("ix_updates_period_group", "period", "group_id"),
        Index("ix_updates_said_at", "said_at"),
        Index("ix_updates_group_said_at", "group_id", "said_at"),
    )

    period: Mapped[str]
    status: Mapped[str | None]
    progress: Mapped[str] = mapped_column(Text, default="")
    difficulties: Mapped[str] = mapped_column(Text, default="")
    next_steps: Mapped[str] = mapped_column(Text, default="")
    support: Mapped[str] = mapped_column(Text, default="")
    late: Mapped[bool] = mapped_column(default=False)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    changed_after_closing: Mapped[datetime | None] = mapped_column(Instant)
    line_id: Mapped[int | None] = mapped_column(ForeignKey(Line.id), index=True)


_SAME_WORDS = (
    select(Update)
    .where(
        Update.group_id == bindparam("group_id"),
        Update.said_by_id == bindparam("person_id"),
        Update.said_at >= bindparam("since"),
        Update.progress == bindparam("progress"),
        Update.withdrawn_at.is_(None),
    )
    .limit(1)
)


_KEEP = insert(Update).returning(Update.id)
_COLUMNS = tuple(column.key for column in Update.__mapper__.column_attrs if column.key != "id")


def keep(session: Session, update: Update) -> Update:
    """Keep a new update, which has its id then; past the session, which would take several times as long."""
    row = {name: getattr(update, name) for name in _COLUMNS}
    update.id = session.connection().execute(_KEEP, row).scalar_one()
    return update


def by_id(session: Session, update_id: int) -> Update | None:
    """The update of that id, withdrawn or not."""
    return session.get(Update, update_id)


def of_periods(session: Session, keys: Collection[str], audience: Audience | None) -> Sequence[Update]:
    """What was said of those periods and this audience may read, oldest first, without the withdrawn."""
    return session.scalars(
        select(Update)
        .where(Update.period.in_(keys), Update.withdrawn_at.is_(None), visible(Update, audience))
        .order_by(Update.said_at, Update.id)
    ).all()


def said_between(session: Session, start: datetime, end: datetime, audience: Audience | None) -> Sequence[Update]:
    """What was said after ``start`` and until ``end`` and this audience may read, oldest first."""
    return session.scalars(
        select(Update)
        .where(
            Update.said_at > start,
            Update.said_at <= end,
            Update.withdrawn_at.is_(None),
            visible(Update, audience),
        )
        .order_by(Update.said_at, Update.id)
    ).all()


def reported(session: Session, periods: Collection[str]) -> set[tuple[int, str]]:
    """The (group id, period key) pairs for which something stands, whoever may read it."""
    pairs = session.execute(
        select(Update.group_id, Update.period)
        .where(Update.period.in_(periods), Update.withdrawn_at.is_(None))
        .distinct()
    )
    return {(group_id, period) for group_id, period in pairs}


def last_of_group(session: Session, group_id: int, audience: Audience | None) -> Update | None:
    """The newest update of that group which this audience may read."""
    return session.scalars(
        select(Update)
        .where(Update.group_id == group_id, Update.withdrawn_at.is_(None), visible(Update, audience))
        .order_by(Update.said_at.desc(), Update.id.desc())
        .limit(1)
    ).one_or_none()


def same_words(session: Session, group_id: int, person_id: int, since: datetime, progress: str) -> Update | None:
    """An update of that person for that group with these very words since that instant: a command sent twice."""
    told = {"group_id": group_id, "person_id": person_id, "since": since, "progress": progress}
    return session.scalars(_SAME_WORDS, told).one_or_none()


def of_group_and_period(session: Session, group_id: int, period: str) -> Sequence[Update]:
    """All that a group said of that period, in the order it was kept, without the withdrawn."""
    return session.scalars(
        select(Update)
        .where(Update.group_id == group_id, Update.period == period, Update.withdrawn_at.is_(None))
        .order_by(Update.id)
    ).all()


def of_group(session: Session, group_id: int, audience: Audience | None, limit: int) -> Sequence[Update]:
    """The newest updates of that group which this audience may read, the newest first."""
    return session.scalars(
        select(Update)
        .where(Update.group_id == group_id, Update.withdrawn_at.is_(None), visible(Update, audience))
        .order_by(Update.said_at.desc(), Update.id.desc())
        .limit(limit)
    ).all()
