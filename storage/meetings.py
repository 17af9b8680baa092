"""Meetings of bodies, their agenda, who came, and what was said of their minutes (DOMAIN.md sections 2 and 5).

The day of a meeting has one source: ``day`` and ``hour`` in ``zone``; ``starts_at`` and ``day_on`` follow from them
(`settle`), and whatever tells of the meeting reads them there. Its number in the year is that of its body ("14ème
réunion de l'année 2013"). The records it leaves point at it: decisions and actions by their ``meeting_id``.
"""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, ForeignKey, Index, Text, case, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, Session, mapped_column

import storage.history
from storage import periods
from storage.database import Instant
from storage.history import By
from storage.registered import Registered
from storage.visibility import Audience, visible


class Status(StrEnum):
    """Where a meeting stands: ``MINUTED`` once its minutes were circulated, ``ADOPTED`` once they are adopted."""

    PLANNED = "planned"
    CALLED = "called"
    HELD = "held"
    MINUTED = "minuted"
    ADOPTED = "adopted"
    CANCELLED = "cancelled"


COMING = (Status.PLANNED, Status.CALLED)
"""The states of a meeting that is still to take place."""
PAST = (Status.HELD, Status.MINUTED, Status.ADOPTED)
"""The states of one that took place."""


class Minutes(StrEnum):
    """Where the minutes stand; None before anybody drafted them."""

    DRAFT = "draft"
    CIRCULATED = "circulated"
    ADOPTED = "adopted"


class Adopted(StrEnum):
    """How minutes are adopted: at the next meeting, or as nobody objected until the day set."""

    MEETING = "meeting"
    SILENCE = "silence"


class Place(StrEnum):
    """Where a point stands: asked for by a member, on the agenda, or left out of it."""

    PROPOSED = "proposed"
    AGENDA = "agenda"
    LEFT_OUT = "left_out"


class Presence(StrEnum):
    """How an institution was there: its titulaire, its suppléant, excused, or neither (DOMAIN.md section 2)."""

    PRINCIPAL = "principal"
    ALTERNATE = "alternate"
    EXCUSED = "excused"
    ABSENT = "absent"


REPRESENTED = (Presence.PRINCIPAL, Presence.ALTERNATE)
"""The ways of being there."""


class Meeting(Registered):
    """A meeting of a body (``group_id``).

    ``day`` is a key of storage.periods (old papers know only the month or the year), ``day_on`` its last civil day;
    ``until`` the last day of a meeting of several. ``hour`` is ``14:30`` or "", ``zone`` an IANA name, ``starts_at``
    the UTC instant of both where the day and the hour are known. ``duration`` in minutes. ``chair_id`` is the
    institution that chairs, ``chaired_by`` who does, in words. ``pen_id`` is who writes the minutes. ``seats`` is how
    many institutions or groups were to come, where it is not who is listed. ``channel`` is the Slack channel in which
    it was called, "" for direct messages. ``said`` is what the call says besides. ``outline`` is the agenda in one
    text, of old meetings whose points are not kept one by one. ``minutes`` is a `Minutes`, ``adopted_how`` an
    `Adopted`; ``adopted_in_id`` is the meeting at which they were adopted, ``amended`` whether they were changed for
    it (None: not adopted yet).
    """

    __tablename__ = "meetings"
    __table_args__ = (
        Index("ix_meetings_group_id_day_on", "group_id", "day_on"),
        Index("ix_meetings_status_day_on", "status", "day_on"),
    )

    subject: Mapped[str] = mapped_column(default="")
    ordinal: Mapped[int | None]
    extraordinary: Mapped[bool] = mapped_column(default=False)
    day: Mapped[str | None]
    day_on: Mapped[date | None]
    until: Mapped[date | None]
    hour: Mapped[str] = mapped_column(default="")
    zone: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    duration: Mapped[int | None]
    place: Mapped[str] = mapped_column(default="")
    chair_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    chaired_by: Mapped[str] = mapped_column(default="")
    pen_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    seats: Mapped[int | None]
    channel: Mapped[str] = mapped_column(default="")
    said: Mapped[str] = mapped_column(Text, default="")
    outline: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[str] = mapped_column(default=Status.PLANNED)
    called_at: Mapped[datetime | None] = mapped_column(Instant)
    minutes: Mapped[str | None]
    circulated_at: Mapped[datetime | None] = mapped_column(Instant)
    comments_until: Mapped[date | None]
    adopted_on: Mapped[date | None]
    adopted_how: Mapped[str | None]
    adopted_in_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    amended: Mapped[bool | None]

    @property
    def title(self) -> str:
        """What it is called, where it has a name of its own; else when it is."""
        return self.subject or self.day or ""

    @hybrid_property
    def coming_on(self) -> date | None:
        """Its last civil day while it is to come."""
        return self.day_on if self.status in COMING else None

    @coming_on.inplace.expression
    @classmethod
    def _coming_on(cls) -> ColumnElement[date | None]:
        return case((cls.status.in_(COMING), cls.day_on), else_=None)

    @property
    def first_day(self) -> date | None:
        """The first civil day on which it can be."""
        return periods.parse(self.day).first if self.day else None

    @property
    def has_day(self) -> bool:
        """Whether its day is known, not only its month or year."""
        return self.day is not None and periods.parse(self.day).kind == periods.DAY

    @property
    def last_day(self) -> date | None:
        """The last civil day of it."""
        return self.until or self.day_on

    @property
    def year(self) -> int | None:
        """The year in which its body counts it."""
        first = self.first_day
        return first.year if first is not None else None

    @property
    def ends_at(self) -> datetime | None:
        """When it ends (UTC), where that is known; without a duration it is taken to last two hours."""
        if self.starts_at is None:
            return None
        return self.starts_at + timedelta(minutes=self.duration or 120, days=(self.last_day_count - 1))

    @property
    def last_day_count(self) -> int:
        """On how many civil days it is held."""
        first, last = self.first_day, self.last_day
        return (last - first).days + 1 if self.until and first and last else 1


class AgendaItem(Registered):
    """A point of a meeting's agenda: what it is about, its minutes, what the meeting is asked to decide.

    ``position`` counts from 1 on the agenda. ``proposer_id`` is the institution that asked for it. ``place`` is a
    `Place`. ``discussed`` is what was said of it, for the minutes.
    """

    __tablename__ = "agenda_items"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    position: Mapped[int | None]
    minutes: Mapped[int | None]
    subject: Mapped[str] = mapped_column(default="")
    asks: Mapped[str] = mapped_column(Text, default="")
    proposer_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    place: Mapped[str] = mapped_column(default=Place.AGENDA)
    discussed: Mapped[str] = mapped_column(Text, default="")

    @property
    def title(self) -> str:
        """What it is about."""
        return self.subject


class Attendance(Registered):
    """How an institution was represented at a meeting, by whom; ``seat`` is the code of the group for which it came."""

    __tablename__ = "attendances"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"), index=True)
    seat: Mapped[str] = mapped_column(default="")
    presence: Mapped[str] = mapped_column(default=Presence.PRINCIPAL)
    name: Mapped[str] = mapped_column(default="")

    @property
    def title(self) -> str:
        """Who came."""
        return self.name

    @property
    def seat_key(self) -> str:
        """The key of the seat that it is about (see `storage.seats.Seat`)."""
        return f"{self.institution_id}:{self.seat}" if self.seat else f"{self.institution_id}"


class MinutesComment(Registered):
    """What an institution says of the minutes before they are adopted; ``taken`` once it was decided upon."""

    __tablename__ = "minutes_comments"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"), index=True)
    text: Mapped[str] = mapped_column(Text, default="")
    taken: Mapped[bool | None]

    @property
    def title(self) -> str:
        """Its first words."""
        return textwrap.shorten(self.text, 90, placeholder="…")


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
