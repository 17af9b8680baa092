"""The delivery of the outbox: take one message, send it, mark it (DESIGN.md rule 3).

Three separate moments: a short transaction takes a message under a lease, the network is spoken to outside any
transaction, another short transaction marks what came of it. Whoever dies in between leaves a message of unknown
outcome, which is looked for before anyone sends it again, or put to the coordinator.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

import storage.configuration
import storage.outbox
from bot.outcomes import (
    Absent,
    Finding,
    Later,
    NotSent,
    Outcome,
    Outgoing,
    Refused,
    Sent,
    Transport,
    Unknown,
    Unreadable,
)
from bot.transports import PLACE_UNKNOWN
from handlers import deliveries, digest, receipts, reminders
from handlers.context import Context
from handlers.exposure import Reason
from handlers.minutes import drafting
from storage.outbox import ANSWERED, RATE_LIMITED, Message, Sort, State

__all__ = ["Transport", "drain", "step"]

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)
"""How long a worker may take; longer than all time-outs of one message together."""
SETTLE = timedelta(seconds=10)
"""How long after a broken call a message is looked for: Slack may still be at it."""
TRIES = 8
"""After so many attempts that reached Slack in vain, the coordinator decides."""
LONGEST_WAIT = 300
"""Seconds between two attempts at most."""
STILL_WANTED: Mapping[str, Callable[[Session, Context, Message], bool]] = {
    "reminder": reminders.still_wanted,
    "receipt": receipts.draw,
    "minutes_file": drafting.draw,
}
"""How a key begins -> whether such a message still says something; it may write it anew."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """What a worker took: to be sent, or, being doubtful, to be looked for.

    ``is_for_others``: its channel shows something else by now than when it was written.
    """

    outgoing: Outgoing
    is_doubtful: bool
    is_for_others: bool = False


def step(ctx: Context, transport: Transport) -> bool:
    """Take one message, send it or look for it, mark it; False when nothing could be done now."""
    taken = _take(ctx)
    if taken is None:
        return False
    outgoing = taken.outgoing
    if taken.is_doubtful:
        _mark_found(ctx, outgoing, transport.find(outgoing))
    elif outgoing.sort == Sort.EDIT and not outgoing.stamp:
        _mark_sent(ctx, outgoing, Refused(PLACE_UNKNOWN))
    elif taken.is_for_others:
        _mark_sent(ctx, outgoing, Refused(Reason.CHANGED))
    else:
        _mark_sent(ctx, outgoing, transport.send(outgoing))
    return True


def drain(ctx: Context, transport: Transport) -> int:
    """Step until nothing can be done now; returns how many messages were dealt with."""
    done = 0
    while step(ctx, transport):
        done += 1
    return done


def _take(ctx: Context) -> _Taken | None:
    now = ctx.now()
    with ctx.sessions.begin() as session:
        lost = storage.outbox.expire(session, now)
        if lost:
            logger.warning("leases ran out: %d", lost)
        doubtful = storage.outbox.doubtful(session, now, LEASE)
        message = doubtful or _claim(session, ctx)
        if message is None:
            return None
        shown_to = _shown_to(session, message)
        if message.shown_to and message.shown_to != shown_to and digest.is_whole(message):
            digest.renew(session, ctx, message)
        changed = message.shown_to is not None and message.shown_to != shown_to
        level = (message.shown_to or shown_to or "").partition(":")[0] or None
        return _Taken(_outgoing(session, message, level), doubtful is not None, changed)


def _claim(session: Session, ctx: Context) -> Message | None:
    """The oldest message that may go now and still says something; those that do not are dropped on the way."""
    while (message := storage.outbox.claim(session, ctx.now(), LEASE)) is not None:
        still_wanted = STILL_WANTED.get(message.key.partition(":")[0])
        if still_wanted is None or still_wanted(session, ctx, message):
            return message
        logger.info("message %d: answered before it was sent", message.id)
        storage.outbox.dropped(message, ANSWERED)
    return None


def _shown_to(session: Session, message: Message) -> str | None:
    """For whom its channel is by now; None for a person, a channel that is none of the digest's, an edit that only
    takes something back.
    """
    if message.address.startswith(("U", "W")) or (message.sort == Sort.EDIT and message.shown_to is None):
        return None
    channel = storage.configuration.channel(session, message.address)
    return channel.shown_to if channel else None


def _outgoing(session: Session, message: Message, level: str | None) -> Outgoing:
    """The message with the place of its parent; one whose parent's ts nobody knows goes to the channel itself."""
    parent = storage.outbox.by_key(session, message.under) if message.under else None
    return Outgoing(
        id=message.id,
        key=message.key,
        token=message.token,
        sort=message.sort,
        place=(parent.place if parent else None) or message.address,
        stamp=parent.stamp if parent else None,
        payload=message.payload,
        attempts=message.attempts,
        written_at=message.written_at,
        level=level,
    )


def _mark_sent(ctx: Context, outgoing: Outgoing, outcome: Outcome) -> None:
    with ctx.sessions.begin() as session:
        message = storage.outbox.claimed(session, outgoing.id, outgoing.attempts)
        if message is None or message.state == State.SENT:
            logger.warning("message %d: an attempt that no longer counts", outgoing.id)
        elif isinstance(outcome, Sent):
            storage.outbox.sent(message, ctx.now(), outcome.place, outcome.stamp)
            logger.info("message %d: sent", message.id)
        elif message.state == State.SENDING:
            _mark_failed(session, ctx, message, outcome)


def _mark_failed(
    session: Session, ctx: Context, message: Message, outcome: Later | NotSent | Unknown | Refused
) -> None:
    logger.warning("message %d, attempt %d: %s", message.id, message.attempts, outcome)
    match outcome:
        case Later(seconds):
            storage.outbox.later(message, ctx.now() + timedelta(seconds=seconds), RATE_LIMITED)
        case Refused(error):
            _give_up(session, ctx, message, error)
        case Unknown(error) if message.sort != Sort.EDIT:
            storage.outbox.unknown(message, ctx.now() + SETTLE, error)
        case Unknown(error) | NotSent(error, True) if message.attempts >= TRIES:
            _give_up(session, ctx, message, error)
        case Unknown(error) | NotSent(error):
            storage.outbox.later(message, ctx.now() + _pause(message.attempts), error)


def _mark_found(ctx: Context, outgoing: Outgoing, finding: Finding) -> None:
    with ctx.sessions.begin() as session:
        message = storage.outbox.claimed(session, outgoing.id, outgoing.attempts)
        if message is None or message.state != State.UNKNOWN or message.told_at is not None:
            return
        logger.info("message %d, looked for: %s", message.id, type(finding).__name__)
        match finding:
            case Sent(place, stamp):
                storage.outbox.sent(message, ctx.now(), place, stamp)
            case Later(seconds):
                message.not_before = ctx.now() + timedelta(seconds=seconds)
            case Unreadable():
                deliveries.report(session, ctx, message)
            case Absent() if message.attempts >= TRIES:
                _give_up(session, ctx, message, message.error)
            case Absent():
                storage.outbox.later(message, ctx.now(), message.error)


def _give_up(session: Session, ctx: Context, message: Message, error: str) -> None:
    storage.outbox.refused(session, message, error)
    deliveries.report(session, ctx, message)


def _pause(attempts: int) -> timedelta:
    return timedelta(seconds=min(2 ** min(attempts, 10), LONGEST_WAIT))
