"""What was received before: one row for each delivery that changed something, so that a second one does nothing.

SLACK.md 1.4: a command or shortcut is known by its trigger, a submission by its view and hash, a click by message,
action, person and time.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.database import Base, Instant, insert_once


class Received(Base):
    """The key of a delivery that was dealt with; or that of words, with the delivery that brought them first."""

    __tablename__ = "received"

    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    result: Mapped[str] = mapped_column(default="")


def first(session: Session, key: str, now: datetime) -> bool:
    """Whether this delivery is new; it is from now on known, if the transaction commits."""
    return insert_once(session, Received, "key", {"key": key, "at": now, "result": ""})


def first_words(session: Session, key: str, delivery: str, now: datetime) -> str | None:
    """The delivery with which these words, known by that key, came first; None when it is this one, and new."""
    if insert_once(session, Received, "key", {"key": key, "at": now, "result": delivery}):
        return None
    return session.scalars(select(Received.result).where(Received.key == key)).one()


def forget(session: Session, before: datetime) -> None:
    """Drop what was received before that instant; Slack repeats nothing after 24 hours (SLACK.md 1.5)."""
    session.execute(delete(Received).where(Received.at < before))
