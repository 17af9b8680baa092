"""Meetings, the points of their agendas, who came, comments on their minutes: the rows (see storage.meetings)."""

from __future__ import annotations

import textwrap
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, Index, Text, case
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from storage import periods
from storage.database import Instant
from storage.registered import Registered


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
