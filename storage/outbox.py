"""The outbox: whatever the bot sends on its own, written in the transaction of its cause, delivered later, once.

DESIGN.md rule 3. A message is already rendered. Its ``key`` makes it happen once. Its ``token`` travels with the
post as an opaque mark, so that a post of unknown outcome can be looked for before anyone sends it again.

    waiting -> sending -> sent
                       -> waiting again, later (rate limit, surely not sent)
                       -> unknown (may have been sent: crash or time-out between send and mark)
                          -> sent (found in Slack) or waiting again (surely not there), else told to the coordinator
                       -> refused (can never be delivered as things stand: kept, and told to the coordinator)
    waiting -> dropped (its parent was refused, or a newer edit says it all)

Whoever sends counts: ``attempts`` is the number of the claim, and a mark of an older claim is void (`claimed`).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Index,
    Select,
    String,
    Text,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, aliased, mapped_column
from sqlalchemy.sql.dml import ReturningUpdate

from storage.configuration import Channel
from storage.database import Base, Instant, insert_once, insertion

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


_NOW = bindparam("now", type_=Instant())
_BY_KEY = select(Message).where(Message.key == bindparam("key"))
_OF_CHANNELS = (
    select(Channel, Message)
    .join(Message, Message.key == bindparam("start", type_=String) + Channel.id)
    .order_by(Channel.id)
)


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
    not_before: datetime | None = None,
) -> bool:
    """Write a message under its key; False when that key was written before, and nothing happens then.

    It goes now, or from the instant ``not_before`` on, such as its reader's next working hour. An edit tells the whole
    message anew: older edits of it that still wait are dropped.
    """
    row = {
        "key": key,
        "token": secrets.token_hex(8),
        "sort": sort,
        "address": address,
        "under": under,
        "about": about,
        "payload": dict(payload),
        "not_before": not_before or now,
        "written_at": now,
    }
    is_new = insert_once(session, Message, "key", row)
    if is_new and sort == Sort.EDIT:
        _supersede(session, under, key)
    return is_new


def put_posts(session: Session, posts: Mapping[str, tuple[str, Mapping[str, Any]]], now: datetime) -> set[str]:
    """Write many posts at once: key -> address and payload. Returns the keys that were not written before."""
    if not posts:
        return set()
    table = Message.__table__
    row = insertion(session.get_bind().dialect.name)(table).on_conflict_do_nothing(index_elements=["key"])
    rows = [
        {
            "key": key,
            "token": secrets.token_hex(8),
            "address": address,
            "payload": dict(payload),
            "not_before": now,
            "written_at": now,
        }
        for key, (address, payload) in posts.items()
    ]
    return set(session.connection().execute(row.returning(table.c.key), rows).scalars())


def claim(session: Session, now: datetime, lease: timedelta) -> Message | None:
    """Take the oldest message that may go now, for the time of a lease; None when there is nothing to send.

    A reply or an edit waits until the message it belongs to is sent, and until what was written earlier under the same
    message is out of the way, so that a thread keeps its order with any number of workers.
    """
    message = session.scalars(_claimable(), {"now": now}).one_or_none()
    if message is not None:
        message.state = State.SENDING
        message.attempts += 1
        message.leased_until = now + lease
    return message


def doubtful(session: Session, now: datetime, lease: timedelta) -> Message | None:
    """Take the oldest message of unknown outcome to look for, for the time of a lease; None when there is none."""
    message = session.scalars(_doubtful(), {"now": now}).one_or_none()
    if message is not None:
        message.not_before = now + lease
    return message


def claimed(session: Session, message_id: int, attempts: int) -> Message | None:
    """The message, locked, if nobody took it again since that attempt; None when the attempt no longer counts."""
    return session.scalars(_claimed(), {"number": message_id, "count": attempts}).one_or_none()


def expire(session: Session, now: datetime) -> int:
    """Messages whose lease ran out were being sent when someone died: their outcome is unknown. Returns how many.

    An edit may be repeated, so it waits again.
    """
    return len(session.execute(_expired(), {"now": now}).all())


def sent(message: Message, now: datetime, place: str | None, stamp: str | None) -> None:
    """It stands in Slack, there; ``stamp`` None when nobody knows where exactly."""
    message.state, message.sent_at, message.error = State.SENT, now, ""
    message.place, message.stamp, message.leased_until = place, stamp, None


def later(message: Message, until: datetime, error: str) -> None:
    """It was surely not sent, and waits again until that instant."""
    message.state, message.not_before, message.error = State.WAITING, until, error
    message.leased_until = None


def unknown(message: Message, look_at: datetime, error: str) -> None:
    """Nobody knows whether it was sent; to be looked for from that instant on."""
    message.state, message.not_before, message.error = State.UNKNOWN, look_at, error
    message.leased_until = message.told_at = None


def refused(session: Session, message: Message, error: str) -> None:
    """It cannot be delivered as things stand; neither can what belongs to it."""
    message.state, message.error, message.leased_until, message.told_at = State.REFUSED, error, None, None
    drop_replies(session, message.key)


def held_back(session: Session, address: str, errors: Sequence[str], since: datetime) -> Sequence[Message]:
    """What was refused there for one of these reasons, was told since that instant, and waits for somebody to decide;
    oldest first.
    """
    return session.scalars(
        select(Message)
        .where(Message.address == address, Message.state == State.REFUSED, Message.error.in_(errors))
        .where(Message.told_at >= since)
        .order_by(Message.id)
    ).all()


def replies(session: Session, key: str) -> Sequence[Message]:
    """What goes into the thread of the message of that key, in its order."""
    return session.scalars(
        select(Message).where(Message.under == key, Message.sort == Sort.POST).order_by(Message.id)
    ).all()


def dropped(message: Message, error: str) -> None:
    """It is no longer wanted; only what waits or was refused can be dropped (the caller looks)."""
    message.state, message.error, message.leased_until = State.DROPPED, error, None


def resend(session: Session, message: Message, now: datetime) -> None:
    """Somebody decided: it goes again, and what was dropped with it follows."""
    message.state, message.not_before, message.error, message.told_at = State.WAITING, now, "", None
    session.execute(
        update(Message)
        .where(Message.under == message.key, Message.state == State.DROPPED, Message.error == WITH_PARENT)
        .values(state=State.WAITING, error="", not_before=now)
    )


def by_key(session: Session, key: str) -> Message | None:
    """The message of that key."""
    return session.scalars(_BY_KEY, {"key": key}).one_or_none()


def of_channels(session: Session, start: str) -> list[tuple[Channel, Message]]:
    """The digest channels for which there is a message, its key being ``start`` and the channel's id, in order."""
    return [(channel, message) for channel, message in session.execute(_OF_CHANNELS, {"start": start})]


def by_id(session: Session, message_id: int) -> Message | None:
    """The message of that id."""
    return session.get(Message, message_id)


def cards(session: Session, about: str) -> Sequence[Message]:
    """The posts that show that record and are, will be or may yet be in Slack: what must change when it does."""
    return session.scalars(
        select(Message)
        .where(
            Message.about == about,
            Message.sort == Sort.POST,
            or_(Message.state != State.DROPPED, Message.error == WITH_PARENT),
        )
        .order_by(Message.id)
    ).all()


def troubled(session: Session, state: State, limit: int = 50) -> Sequence[Message]:
    """Messages in that state, oldest first."""
    return session.scalars(select(Message).where(Message.state == state).order_by(Message.id).limit(limit)).all()


def next_due(session: Session) -> datetime | None:
    """When there is next something to do: a message to send or to look for, or a lease that runs out."""
    found = [session.scalars(query).one_or_none() for query in _due()]
    return min((instant for instant in found if instant is not None), default=None)


def drop_replies(session: Session, key: str) -> None:
    """Replies to a message that is not there cannot go either: they are kept, marked, until it goes after all."""
    session.execute(
        update(Message)
        .where(Message.under == key, Message.state == State.WAITING)
        .values(state=State.DROPPED, error=WITH_PARENT)
    )


# The worker's statements are made once: to make one takes longer than to run it.


@cache
def _claimable() -> Select[Message]:
    return _oldest(Message.state == State.WAITING, Message.not_before <= _NOW, *_its_turn(_NOW))


@cache
def _doubtful() -> Select[Message]:
    return _oldest(*_to_look_for(), Message.not_before <= _NOW)


@cache
def _claimed() -> Select[Message]:
    same = (Message.id == bindparam("number"), Message.attempts == bindparam("count"))
    return select(Message).where(*same).with_for_update()


@cache
def _expired() -> ReturningUpdate[int]:
    return (
        update(Message)
        .where(Message.state == State.SENDING, Message.leased_until < _NOW)
        .values(
            state=case((Message.sort == Sort.EDIT, State.WAITING.value), else_=State.UNKNOWN.value),
            error=LEASE_EXPIRED,
            not_before=_NOW,
            told_at=None,
        )
        .returning(Message.id)
    )


@cache
def _due() -> tuple[Select[Any], ...]:
    return (
        select(func.min(Message.not_before)).where(Message.state == State.WAITING, *_its_turn(Message.not_before)),
        select(func.min(Message.not_before)).where(*_to_look_for()),
        select(func.min(Message.leased_until)).where(Message.state == State.SENDING),
    )


def _oldest(*conditions: ColumnElement[bool]) -> Select[Message]:
    return select(Message).where(*conditions).order_by(Message.id).limit(1).with_for_update(skip_locked=True)


def _to_look_for() -> tuple[ColumnElement[bool], ...]:
    return Message.state == State.UNKNOWN, Message.told_at.is_(None)


def _its_turn(now: ColumnElement[datetime] | InstrumentedAttribute[datetime]) -> tuple[ColumnElement[bool], ...]:
    """What besides its time lets a waiting message go at an instant."""
    parent, earlier, other = aliased(Message), aliased(Message), aliased(Message)
    there = exists().where(parent.key == Message.under, parent.state == State.SENT)
    unsettled = or_(
        earlier.state.in_([State.WAITING, State.SENDING]),
        (earlier.state == State.UNKNOWN) & earlier.told_at.is_(None),
    )
    before_it = exists().where(earlier.under == Message.under, earlier.id < Message.id, unsettled)
    limited = exists().where(
        other.address == Message.address,
        other.state == State.WAITING,
        other.error == RATE_LIMITED,
        other.not_before > now,
    )
    return or_(Message.under.is_(None), there & ~before_it), ~limited


def _supersede(session: Session, under: str | None, key: str) -> None:
    newest = select(Message.id).where(Message.key == key).scalar_subquery()
    session.execute(
        update(Message)
        .where(Message.under == under, Message.sort == Sort.EDIT)
        .where(Message.state == State.WAITING, Message.id < newest)
        .values(state=State.DROPPED, error=SUPERSEDED)
    )


def abouts(session: Session, start: str) -> Sequence[str]:
    """What the messages are about whose key begins so."""
    chosen = select(Message.about).where(Message.key.startswith(start, autoescape=True))
    return [about for about in session.scalars(chosen) if about]
