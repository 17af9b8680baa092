"""How one group's reporting on one period stands: open, closed, returned, validated; and who is excused.

A period opens and closes by itself (storage.reporting); a row is kept only once somebody decided something about it:

    open -> closed           at its deadline, or at the end of a term it was given again
    open, closed -> returned to the group with a reason, to be changed until an instant
    closed -> validated      from then on only the pool changes what was said
    validated -> open        reopened until an instant

Beside that a group may be excused for a period: nothing is awaited of it then, and nothing is counted as missing.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Text, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

import storage.history
from storage.database import Base, Instant, insert_once, once
from storage.history import By


class Standing(StrEnum):
    """How a group's reporting on a period stands."""

    OPEN = "open"
    CLOSED = "closed"
    RETURNED = "returned"
    VALIDATED = "validated"


class ReportingPeriod(Base):
    """What was decided about a group and a period.

    ``state`` is `Standing.OPEN` (the clock decides between open and closed), returned or validated. ``until`` is the
    instant up to which it may be changed again, ``reason`` why it was returned, ``back_at`` when it came back. Instants
    are UTC; the texts are as written.
    """

    __tablename__ = "reporting_periods"
    __table_args__ = (UniqueConstraint("period", "group_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    period: Mapped[str]
    state: Mapped[str] = mapped_column(default=Standing.OPEN)
    until: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(Text, default="")
    returned_at: Mapped[datetime | None] = mapped_column(Instant)
    returned_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    back_at: Mapped[datetime | None] = mapped_column(Instant)
    validated_at: Mapped[datetime | None] = mapped_column(Instant)
    validated_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    excused_at: Mapped[datetime | None] = mapped_column(Instant)
    excused_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    excuse: Mapped[str] = mapped_column(Text, default="")

    @property
    def excused(self) -> bool:
        """Whether nothing is awaited of the group for this period."""
        return self.excused_at is not None

    @property
    def validated(self) -> bool:
        """Whether only the pool may still change what was said."""
        return self.state == Standing.VALIDATED

    @property
    def awaited_back(self) -> bool:
        """Whether it was returned and has not come back."""
        return self.state == Standing.RETURNED and self.back_at is None


@dataclass(frozen=True, slots=True)
class Return:
    """To what end a period is returned: why, and until which instant it may be changed (UTC)."""

    reason: str
    until: datetime


Key = tuple[int, str]
"""A group's id and a period's key."""

_OF = select(ReportingPeriod).where(
    ReportingPeriod.period == bindparam("period"), ReportingPeriod.group_id == bindparam("group_id")
)
_LOCKED = _OF.with_for_update().execution_options(populate_existing=True)


def standing(row: ReportingPeriod | None, closes: datetime, now: datetime) -> Standing:
    """How it stands at that instant; ``closes`` is the instant at which it closes by itself."""
    if row is not None and row.validated:
        return Standing.VALIDATED
    again = row is not None and row.until is not None and now <= row.until
    if row is not None and again and row.state == Standing.RETURNED:
        return Standing.RETURNED
    return Standing.OPEN if again or now <= closes else Standing.CLOSED


def of(session: Session, group_id: int, period: str) -> ReportingPeriod | None:
    """What was decided about that group and period, read once a session; None when nothing was."""
    told = {"group_id": group_id, "period": period}
    return once(session, _place(group_id, period), lambda: session.scalars(_OF, told).one_or_none())


def of_periods(session: Session, keys: Collection[str]) -> Mapping[Key, ReportingPeriod]:
    """(group id, period key) -> what was decided, for those periods."""
    if not keys:
        return {}
    found = session.scalars(select(ReportingPeriod).where(ReportingPeriod.period.in_(keys)))
    return {(row.group_id, row.period): row for row in found}


def excused(session: Session, period_keys: Collection[str]) -> set[Key]:
    """The (group id, period key) pairs of which nothing is awaited."""
    if not period_keys:
        return set()
    pairs = session.execute(
        select(ReportingPeriod.group_id, ReportingPeriod.period).where(
            ReportingPeriod.period.in_(period_keys), ReportingPeriod.excused_at.is_not(None)
        )
    )
    return {(group_id, period) for group_id, period in pairs}


def returned_to(session: Session, group_ids: Collection[int]) -> Sequence[ReportingPeriod]:
    """What was returned to those groups and has not come back, the oldest period first."""
    if not group_ids:
        return []
    chosen = select(ReportingPeriod).where(
        ReportingPeriod.state == Standing.RETURNED,
        ReportingPeriod.back_at.is_(None),
        ReportingPeriod.group_id.in_(group_ids),
    )
    return session.scalars(chosen.order_by(ReportingPeriod.period, ReportingPeriod.group_id)).all()


def awaited_back(session: Session, start: datetime, end: datetime) -> Sequence[ReportingPeriod]:
    """What was returned and has not come back, whose term ends between two UTC instants, both included."""
    chosen = select(ReportingPeriod).where(
        ReportingPeriod.state == Standing.RETURNED,
        ReportingPeriod.back_at.is_(None),
        ReportingPeriod.until.between(start, end),
    )
    return session.scalars(chosen.order_by(ReportingPeriod.until, ReportingPeriod.id)).all()


def entered(session: Session, group_id: int, period: str) -> ReportingPeriod:
    """The row of that group and period, locked, to decide something about it; entered now if there was none."""
    insert_once(session, ReportingPeriod, "period,group_id", {"group_id": group_id, "period": period})
    row = session.scalars(_LOCKED, {"group_id": group_id, "period": period}).one()
    session.info.clear()  # what was read once is read again, as after a flush
    session.info[_place(group_id, period)] = row
    return row


def _place(group_id: int, period: str) -> Hashable:
    """Where a session keeps what it read of that group and period."""
    return ReportingPeriod, group_id, period


def send_back(session: Session, row: ReportingPeriod, to_do: Return, by: By) -> None:
    """Return it to the group."""
    before = storage.history.values(row)
    row.state, row.reason, row.until = Standing.RETURNED, to_do.reason, to_do.until
    row.returned_at, row.returned_by_id, row.back_at = by.at, by.person_id, None
    row.validated_at = row.validated_by_id = None
    storage.history.registered(session, row, before, by)


def came_back(session: Session, row: ReportingPeriod, by: By) -> None:
    """What was returned has been changed; it may be changed again until its term."""
    before = storage.history.values(row)
    row.back_at = by.at
    storage.history.registered(session, row, before, by)


def validate(session: Session, row: ReportingPeriod, by: By) -> None:
    """Validate it: only the pool changes it from now on."""
    before = storage.history.values(row)
    row.state, row.until, row.validated_at, row.validated_by_id = Standing.VALIDATED, None, by.at, by.person_id
    storage.history.registered(session, row, before, by)


def reopen(session: Session, row: ReportingPeriod, until: datetime, by: By) -> None:
    """Let the group change it again until an instant."""
    before = storage.history.values(row)
    row.state, row.until, row.validated_at, row.validated_by_id = Standing.OPEN, until, None, None
    storage.history.registered(session, row, before, by)


def lapse(session: Session, row: ReportingPeriod, by: By) -> None:
    """What it was about is withdrawn: nothing is returned nor validated any more; an excuse stands."""
    before = storage.history.values(row)
    row.state, row.until, row.reason = Standing.OPEN, None, ""
    row.returned_at = row.returned_by_id = row.back_at = row.validated_at = row.validated_by_id = None
    storage.history.registered(session, row, before, by)


def excuse(session: Session, row: ReportingPeriod, reason: str, by: By) -> None:
    """Excuse the group for this period."""
    before = storage.history.values(row)
    row.excused_at, row.excused_by_id, row.excuse = by.at, by.person_id, reason
    storage.history.registered(session, row, before, by)


def expect(session: Session, row: ReportingPeriod, by: By) -> None:
    """Take the excuse back: the update is awaited after all."""
    before = storage.history.values(row)
    row.excused_at, row.excused_by_id, row.excuse = None, None, ""
    storage.history.registered(session, row, before, by)
