"""What coordinators set: when the digest goes out, where, in which language and for whom; when the bot reminds."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.database import Base, insert_once, once
from storage.visibility import Audience, Level, of_channel

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Weekdays by name, as the timetable's triggers want them (numbers mean different days to different programs)."""

MALI = "ML"


class Fallback(StrEnum):
    """What becomes of a digest that was shown for approval and that nobody decided on."""

    POST = "post"
    HOLD = "hold"


class Configuration(Base):
    """The one row of settings; hours are ``HH:MM`` in ``zone``.

    ``approval``: whether the digest is shown to the coordinators ``approval_hours`` before its hour; at its hour, when
    nobody decided, ``approval_fallback`` holds. ``ladder``: on which days reminders go out, counted from the deadline,
    with blanks between: ``-7 -2 0 2``. ``calendar`` is the country (ISO 3166) on whose public holidays the whole
    collective rests; ``un_voice_id``: the agency that coordinates the United Nations, which sits in the troïka for all
    (DOMAIN.md 1). ``most_sectors``: in how many sectors a partner may lead or be active before it is warned (Rwanda's
    division of labour allows three, DOMAIN.md 2); 0 warns nobody.
    """

    __tablename__ = "configuration"

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    zone: Mapped[str]
    digest_weekday: Mapped[str] = mapped_column(default="fri")
    digest_hour: Mapped[str] = mapped_column(default="16:00")
    reminders: Mapped[bool] = mapped_column(default=True)
    reminder_hour: Mapped[str] = mapped_column(default="09:00")
    ladder: Mapped[str] = mapped_column(default="-7 -2 0 2")
    approval: Mapped[bool] = mapped_column(default=True)
    approval_hours: Mapped[int] = mapped_column(default=3)
    approval_fallback: Mapped[str] = mapped_column(default=Fallback.POST)
    calendar: Mapped[str] = mapped_column(default=MALI, server_default=MALI)
    un_voice_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    most_sectors: Mapped[int] = mapped_column(default=3, server_default="3")

    @property
    def rungs(self) -> tuple[int, ...]:
        """The days of the ladder after the deadline (negative: before), the earliest first."""
        return tuple(sorted({int(each) for each in self.ladder.split()}))


class Channel(Base):
    """A channel in which the digest stands: its language, and what may be shown there (a `Level`)."""

    __tablename__ = "channels"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    language: Mapped[str]
    level: Mapped[str] = mapped_column(default=Level.ALL)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))

    @property
    def audience(self) -> Audience:
        """What the channel may show."""
        return of_channel(self.level, self.group_id)

    @property
    def shown_to(self) -> str:
        """The same in one word, as a message to the channel carries it: ``all``, ``group:12``."""
        return f"{self.level}:{self.group_id}" if self.group_id is not None else self.level


_CURRENT = select(Configuration)
_CHANNELS = select(Channel).order_by(Channel.id)


def current(session: Session) -> Configuration:
    """The settings in force, read once a session. Raises NoResultFound before the first start wrote them."""
    return once(session, Configuration, lambda: session.scalars(_CURRENT).one())


def prepare(session: Session, zone: str, channel: str | None, language: str) -> None:
    """Write the first settings if there are none yet; later starts change nothing.

    Without a flush, for which the tables they refer to would have to be imported.
    """
    if session.get(Configuration, 1) is not None:
        return
    if insert_once(session, Configuration, "id", {"id": 1, "zone": zone}) and channel:
        insert_once(session, Channel, "id", {"id": channel, "language": language})


def channel(session: Session, channel_id: str) -> Channel | None:
    """The digest channel of that Slack id."""
    return session.get(Channel, channel_id)


def channels(session: Session) -> Sequence[Channel]:
    """The digest channels, in a fixed order."""
    return session.scalars(_CHANNELS).all()
