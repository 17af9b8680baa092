"""A message of the outbox: what is to be done in Slack, where, and where that stands (see storage.outbox)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    Index,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Instant

RATE_LIMITED = "rate limited"
"""The error of a message that Slack asked to come later: nothing goes to its address before it."""
WITH_PARENT = "parent refused"
"""The error of a reply or edit dropped with the message it belongs to."""
SUPERSEDED = "superseded"
"""The error of an edit that a newer one made needless."""
ANSWERED = "answered before it was sent"
"""The error of a reminder of which nothing holds any more."""
LEASE_EXPIRED = "lease expired"
"""The error of a message over which someone died."""


class State(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    DROPPED = "dropped"


class Sort(StrEnum):
    """What is to be done in Slack."""

    POST = "post"
    EDIT = "edit"
    FILE = "file"


class Message(Base):
    """One message.

    ``address`` is a channel id, or a user id for a direct message. ``under`` is the key of the message in whose
    thread it goes, or which it edits. ``about`` names the record (``updates:12``) whose change changes this card.
    ``payload`` holds text and blocks, for a file its path and name; ``for`` in it says for whom a message to a channel
    was written (`Channel.shown_to`), unless it tells nothing. ``place`` and ``stamp`` are where Slack put it
    (channel id, ts). ``told_at``: when its trouble was put to the coordinator, who decides from then on. The indexes of
    ``about`` and ``under`` hold only rows that name something: the migration says so, since to say it here loads all
    of PostgreSQL's dialect at each start.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_state_not_before", "state", "not_before"),
        Index("ix_outbox_about", "about"),
        Index("ix_outbox_under", "under"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    token: Mapped[str]
    sort: Mapped[str] = mapped_column(default=Sort.POST)
    address: Mapped[str]
    under: Mapped[str | None]
    about: Mapped[str | None]
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(default=State.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime] = mapped_column(Instant)
    leased_until: Mapped[datetime | None] = mapped_column(Instant)
    written_at: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    told_at: Mapped[datetime | None] = mapped_column(Instant)
    place: Mapped[str | None]
    stamp: Mapped[str | None]
    error: Mapped[str] = mapped_column(Text, default="")

    @property
    def shown_to(self) -> str | None:
        """For whom it was written, where it says so (`Channel.shown_to`)."""
        return self.payload.get("for")
