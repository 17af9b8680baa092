"""The outbox: whatever the bot sends on its own, written in the transaction of its cause, delivered later, once.

DESIGN.md rule 3. A message is already rendered. Its ``key`` makes it happen once. Its ``token`` travels with the
post as an opaque mark, so that a post of unknown outcome can be looked for before anyone sends it again.

    waiting -> sending -> sent
                       -> waiting again, later (rate limit, surely not sent)
                       -> unknown (may have been sent: crash or time-out between send and mark)
                       -> refused (can never be delivered as things stand: kept, and told to the coordinator)
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, Text, exists, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from storage.database import Base, Instant, is_postgresql


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
    ``payload`` holds text and blocks, for a file its path and name. ``place`` and ``stamp`` are where Slack put it
    (channel id, ts).
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_state_not_before", "state", "not_before"),
        Index("ix_outbox_about", "about"),
        Index("ix_outbox_under", "under"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    token: Mapped[str] = mapped_column(unique=True)
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
    place: Mapped[str | None]
    stamp: Mapped[str | None]
    error: Mapped[str] = mapped_column(Text, default="")


def put(
    session: Session,
    key: str,
    address: str,
    payload: Mapping[str, Any],
    now: datetime,
    *,
    sort: Sort = Sort.POST,
    under: str | None = None,
    about: str | None = None,
) -> bool:
    """Write a message under its key; False when that key was written before, and nothing happens then."""
    insert = postgresql.insert if is_postgresql(session) else sqlite.insert
    row = insert(Message).values(
        key=key,
        token=secrets.token_hex(8),
        sort=sort,
        address=address,
        under=under,
        about=about,
        payload=dict(payload),
        state=State.WAITING,
        attempts=0,
        not_before=now,
        written_at=now,
        error="",
    )
    written = session.execute(row.on_conflict_do_nothing(index_elements=["key"]).returning(Message.id))
    return written.scalar_one_or_none() is not None


def claim(session: Session, now: datetime, lease: timedelta) -> Message | None:
    """Take the oldest message that may go now, for the time of a lease; None when there is nothing to send.

    A reply or an edit waits until the message it belongs to is sent.
    """
    parent = aliased(Message)
    free = exists().where(parent.key == Message.under, parent.state == State.SENT)
    chosen = (
        select(Message)
        .where(
            Message.state == State.WAITING,
            Message.not_before <= now,
            or_(Message.under.is_(None), free),
        )
        .order_by(Message.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    message = session.scalars(chosen).one_or_none()
    if message is not None:
        message.state = State.SENDING
        message.attempts += 1
        message.leased_until = now + lease
    return message


def expire(session: Session, now: datetime) -> int:
    """Messages whose lease ran out were being sent when someone died: their outcome is unknown. Returns how many."""
    expired = (
        update(Message)
        .where(Message.state == State.SENDING, Message.leased_until < now)
        .values(state=State.UNKNOWN, error="lease expired", not_before=now)
        .returning(Message.id)
    )
    return len(session.execute(expired).all())


def by_key(session: Session, key: str) -> Message | None:
    """The message of that key."""
    return session.scalars(select(Message).where(Message.key == key)).one_or_none()


def by_id(session: Session, message_id: int) -> Message | None:
    """The message of that id."""
    return session.get(Message, message_id)


def cards(session: Session, about: str) -> Sequence[Message]:
    """The posts that show that record and are or will be in Slack: what must change when it does."""
    return session.scalars(
        select(Message)
        .where(
            Message.about == about,
            Message.sort == Sort.POST,
            Message.state.not_in([State.REFUSED, State.DROPPED]),
        )
        .order_by(Message.id)
    ).all()


def troubled(session: Session, state: State, limit: int = 50) -> Sequence[Message]:
    """Messages in that state, oldest first."""
    return session.scalars(select(Message).where(Message.state == state).order_by(Message.id).limit(limit)).all()


def next_due(session: Session) -> datetime | None:
    """When the next waiting message may go."""
    return session.scalars(
        select(Message.not_before).where(Message.state == State.WAITING).order_by(Message.not_before).limit(1)
    ).one_or_none()


def postpone(session: Session, address: str, until: datetime) -> None:
    """Nothing goes to that address before that instant (a channel's rate limit)."""
    session.execute(
        update(Message)
        .where(Message.address == address, Message.state == State.WAITING, Message.not_before < until)
        .values(not_before=until)
    )


def drop_replies(session: Session, key: str, error: str) -> None:
    """Replies to a message that will never be there can never go either: keep them, marked."""
    session.execute(
        update(Message)
        .where(Message.under == key, Message.state == State.WAITING)
        .values(state=State.REFUSED, error=error)
    )
