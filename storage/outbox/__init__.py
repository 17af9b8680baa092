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
from typing import Any

from sqlalchemy import String, bindparam, or_, select, update
from sqlalchemy.orm import Session

from storage.configuration import Channel
from storage.database import insert_once, insertion
from storage.outbox import statements
from storage.outbox.message import ANSWERED, LEASE_EXPIRED, RATE_LIMITED, SUPERSEDED, WITH_PARENT, Message, Sort, State

__all__ = [
    "ANSWERED",
    "LEASE_EXPIRED",
    "RATE_LIMITED",
    "SUPERSEDED",
    "WITH_PARENT",
    "Message",
    "Sort",
    "State",
]
"""What is taken by name from here, besides the functions."""

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
    message = session.scalars(statements.claimable(), {"now": now}).one_or_none()
    if message is not None:
        message.state = State.SENDING
        message.attempts += 1
        message.leased_until = now + lease
    return message


def doubtful(session: Session, now: datetime, lease: timedelta) -> Message | None:
    """Take the oldest message of unknown outcome to look for, for the time of a lease; None when there is none."""
    message = session.scalars(statements.doubtful(), {"now": now}).one_or_none()
    if message is not None:
        message.not_before = now + lease
    return message


def claimed(session: Session, message_id: int, attempts: int) -> Message | None:
    """The message, locked, if nobody took it again since that attempt; None when the attempt no longer counts."""
    return session.scalars(statements.claimed(), {"number": message_id, "count": attempts}).one_or_none()


def expire(session: Session, now: datetime) -> int:
    """Messages whose lease ran out were being sent when someone died: their outcome is unknown. Returns how many.

    An edit may be repeated, so it waits again.
    """
    return len(session.execute(statements.expired(), {"now": now}).all())


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
    found = [session.scalars(query).one_or_none() for query in statements.due()]
    return min((instant for instant in found if instant is not None), default=None)


def drop_replies(session: Session, key: str) -> None:
    """Replies to a message that is not there cannot go either: they are kept, marked, until it goes after all."""
    session.execute(
        update(Message)
        .where(Message.under == key, Message.state == State.WAITING)
        .values(state=State.DROPPED, error=WITH_PARENT)
    )


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
