"""Meetings of bodies, their agenda, who came, and what was said of their minutes (DOMAIN.md sections 2 and 5).

The day of a meeting has one source: ``day`` and ``hour`` in ``zone``; ``starts_at`` and ``day_on`` follow from them
(`settle`), and whatever tells of the meeting reads them there. Its number in the year is that of its body ("14ème
réunion de l'année 2013"). The records it leaves point at it: decisions and actions by their ``meeting_id``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

import storage.history
from storage import periods
from storage.history import By
from storage.meetings.rows import (
    COMING,
    PAST,
    REPRESENTED,
    Adopted,
    AgendaItem,
    Attendance,
    Meeting,
    Minutes,
    MinutesComment,
    Place,
    Presence,
    Status,
)
from storage.visibility import Audience, visible

__all__ = [
    "COMING",
    "PAST",
    "REPRESENTED",
    "Adopted",
    "AgendaItem",
    "Attendance",
    "Meeting",
    "Minutes",
    "MinutesComment",
    "Place",
    "Presence",
    "Status",
]
"""What is taken by name from here, besides the functions."""


def settle(meeting: Meeting) -> None:
    """Let what follows from its day, hour and zone follow: its last civil day and the instant at which it begins."""
    meeting.day_on = periods.parse(meeting.day).last if meeting.day else None
    if meeting.has_day and meeting.day_on is not None and meeting.hour:
        hour = time.fromisoformat(meeting.hour)
        meeting.starts_at = datetime.combine(meeting.day_on, hour, ZoneInfo(meeting.zone or "UTC"))
    else:
        meeting.starts_at = None


def by_id(session: Session, meeting_id: int) -> Meeting | None:
    """The meeting of that id, withdrawn or not."""
    return session.get(Meeting, meeting_id)


def by_code(session: Session, code: str) -> Meeting | None:
    """The meeting of that code."""
    return session.scalars(select(Meeting).where(Meeting.code == code)).one_or_none()


def coming(session: Session, audience: Audience | None, first: date, last: date) -> Sequence[Meeting]:
    """The meetings to take place between two civil days, both included, that this audience may read; the next first."""
    return session.scalars(
        select(Meeting)
        .where(
            Meeting.status.in_(COMING),
            Meeting.day_on.between(first, last),
            Meeting.withdrawn_at.is_(None),
            visible(Meeting, audience),
        )
        .order_by(Meeting.day_on, Meeting.hour, Meeting.id)
    ).all()


def around(session: Session, first: date, last: date) -> Sequence[Meeting]:
    """The meetings that are still planned or called with their last day between two civil days, the next first."""
    chosen = select(Meeting).where(
        Meeting.status.in_(COMING), Meeting.day_on.between(first, last), Meeting.withdrawn_at.is_(None)
    )
    return session.scalars(chosen.order_by(Meeting.day_on, Meeting.id)).all()


def rolls(session: Session, meeting_ids: Collection[int]) -> dict[int, dict[str, Attendance]]:
    """Meeting id -> how each seat was or will be represented, by its key (see `storage.seats.Seat`)."""
    found: dict[int, dict[str, Attendance]] = {}
    chosen = select(Attendance).where(Attendance.meeting_id.in_(meeting_ids), Attendance.withdrawn_at.is_(None))
    for row in session.scalars(chosen.order_by(Attendance.id)) if meeting_ids else ():
        found.setdefault(row.meeting_id, {})[row.seat_key] = row
    return found


def of_body(session: Session, group_id: int, statuses: Collection[str] = ()) -> Sequence[Meeting]:
    """The meetings of that body, in those states or in all but cancelled, the last day last, without the withdrawn."""
    wanted = Meeting.status.in_(statuses) if statuses else Meeting.status != Status.CANCELLED
    return session.scalars(
        select(Meeting)
        .where(Meeting.group_id == group_id, wanted, Meeting.withdrawn_at.is_(None))
        .order_by(Meeting.day_on, Meeting.hour, Meeting.id)
    ).all()


def before(session: Session, meeting: Meeting) -> Meeting | None:
    """The last meeting of its body that took place before it."""
    earlier = (Meeting.id != meeting.id,) if meeting.day_on is None else (Meeting.day_on < meeting.day_on,)
    return session.scalars(
        select(Meeting)
        .where(Meeting.group_id == meeting.group_id, Meeting.status.in_(PAST), Meeting.withdrawn_at.is_(None), *earlier)
        .order_by(Meeting.day_on.desc(), Meeting.id.desc())
        .limit(1)
    ).first()


def after(session: Session, meeting: Meeting) -> Meeting | None:
    """The next meeting of its body, cancelled ones left out."""
    return session.scalars(
        select(Meeting)
        .where(
            Meeting.group_id == meeting.group_id,
            Meeting.day_on > meeting.day_on,
            Meeting.status != Status.CANCELLED,
            Meeting.withdrawn_at.is_(None),
        )
        .order_by(Meeting.day_on, Meeting.id)
        .limit(1)
    ).first()


def on_day(session: Session, group_id: int, day: date) -> Meeting | None:
    """The meeting of that body on that civil day, cancelled ones left out."""
    return session.scalars(
        select(Meeting)
        .where(
            Meeting.group_id == group_id,
            Meeting.day == day.isoformat(),
            Meeting.status != Status.CANCELLED,
            Meeting.withdrawn_at.is_(None),
        )
        .order_by(Meeting.id)
        .limit(1)
    ).first()


def agenda(session: Session, meeting_id: int, places: Collection[str] = (Place.AGENDA,)) -> Sequence[AgendaItem]:
    """The points of a meeting in those places, in their order."""
    return session.scalars(
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting_id, AgendaItem.place.in_(places), AgendaItem.withdrawn_at.is_(None))
        .order_by(AgendaItem.position.is_(None), AgendaItem.position, AgendaItem.id)
    ).all()


def attendances(session: Session, meeting_id: int) -> Sequence[Attendance]:
    """How each institution was at a meeting, in the order in which it was noted."""
    return session.scalars(
        select(Attendance)
        .where(Attendance.meeting_id == meeting_id, Attendance.withdrawn_at.is_(None))
        .order_by(Attendance.id)
    ).all()


def renumber(session: Session, group_id: int, year: int, by: By, but: Meeting | None = None) -> None:
    """Count the meetings of a body in a year anew: one that nobody was called to yet follows those before it.

    The others keep the number under which they are known; of old ones nobody may know it. Each change has its line of
    history, except that of ``but``, which is being changed.
    """
    last = 0
    for meeting in [each for each in of_body(session, group_id) if each.year == year and not each.extraordinary]:
        is_open = meeting.status == Status.PLANNED or (meeting.ordinal is None and meeting is but)
        wanted = last + 1 if is_open else meeting.ordinal
        if wanted is None:
            continue
        if meeting.ordinal != wanted:
            before = storage.history.facts(meeting)
            meeting.ordinal = wanted
            if meeting is not but:
                meeting.version += 1
                session.flush()
                storage.history.changed(session, meeting, before, by)
        last = max(last, wanted)


def move(session: Session, item: AgendaItem, position: int, by: By) -> None:
    """Give a point another place on its agenda, with its line of history."""
    before = storage.history.facts(item)
    item.position = position
    item.version += 1
    session.flush()
    storage.history.changed(session, item, before, by)
