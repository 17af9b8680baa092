"""The digest put into the outbox, channel by channel, once a week: by the clock, or by somebody's hand.

Whoever lets it go holds its row (storage.drafts), so that two people and the clock at once give one digest.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

import storage.configuration
import storage.drafts
import storage.outbox
import storage.registers
import storage.schedule
from handlers import readers, threads
from handlers.actors import Actor
from handlers.context import Context
from handlers.digest import gathering, showing
from handlers.digest.composing import compose
from handlers.reports import blocks
from storage import periods
from storage.configuration import Channel
from storage.drafts import Draft, State
from storage.outbox import Message
from storage.periods import Period

PUNCTUAL = timedelta(minutes=10)
"""A digest that goes out within this time of its hour is not late."""


def release(session: Session, ctx: Context, draft: Draft, late: datetime | None, by: Actor | None) -> list[Channel]:
    """Let the digest of a held row go to every channel; the channels that get it, none when it went before.

    ``late``: when it was due, if it goes out late. ``by``: who posts it, None for the clock. The run is the caller's
    to note.
    """
    week = periods.parse(draft.week)
    if is_over(session, draft):
        return []
    channels = [
        channel for channel in storage.configuration.channels(session) if put(session, ctx, week, channel, late)
    ]
    decided: dict[str, Any] = {"state": State.POSTED, "decided_at": ctx.now()}
    if by is not None:
        decided |= {"decided_by_id": by.id, "postponed_to": None}
    showing.keep(session, ctx, draft, decided, by)
    for earlier in storage.drafts.before(session, draft.week):
        showing.keep(session, ctx, earlier, {"state": State.PASSED, "decided_at": ctx.now()}, None)
    return channels


def is_over(session: Session, draft: Draft) -> bool:
    """Whether nobody can decide on it any more: it went out, or a later one told what it would have told."""
    week = periods.parse(draft.week)
    return draft.state in (State.POSTED, State.PASSED) or gathering.went_out(session, week) is not None


def note(session: Session, ctx: Context, draft: Draft) -> None:
    """Note that the digest of that week ran now; the clock then counts it as done."""
    due = gathering.clock(session).deadline(periods.parse(draft.week))
    storage.schedule.ran(session, gathering.NAME, due, ctx.now())


def lateness(ctx: Context, due: datetime) -> datetime | None:
    """When it was due, if that is long enough ago to say so."""
    return due if ctx.now() - due > PUNCTUAL else None


def put(session: Session, ctx: Context, week: Period, channel: Channel, late: datetime | None) -> bool:
    """Write the digest of a channel and its thread, unless that was done before."""
    key = threads.digest_key(week, channel.id)
    if storage.outbox.by_key(session, key) is not None:
        return False
    reader = readers.of_channel(ctx, channel)
    report = compose(session, ctx, week, reader, until=ctx.now(), late=late)
    storage.registers.rise(session)  # which digests are out is remembered with them
    for number, page in enumerate(blocks.messages(report, reader.speaker)):
        own, under = (f"{key}:{number + 1}", key) if number else (key, None)
        storage.outbox.put(session, own, channel.id, _payload(page, channel), ctx.now(), under=under)
    return True


def is_whole(message: Message) -> bool:
    """Whether it is a digest that goes out, with its thread to follow."""
    return (
        message.under is None
        and message.state == storage.outbox.State.SENDING
        and message.key.startswith(f"{gathering.NAME}:")
    )


def renew(session: Session, ctx: Context, message: Message) -> None:
    """Write a digest that did not go yet anew for what its channel shows by now; nothing where it is none any more."""
    channel = storage.configuration.channel(session, message.address)
    if channel is None:
        return
    week, reader = periods.parse(message.key.split(":")[1]), readers.of_channel(ctx, channel)
    pages = blocks.messages(compose(session, ctx, week, reader, until=ctx.now()), reader.speaker)
    message.payload = _payload(pages[0], channel)
    standing = {reply.key: reply for reply in storage.outbox.replies(session, message.key)}
    for number, page in enumerate(pages[1:], 2):
        reply = standing.pop(f"{message.key}:{number}", None)
        if reply is not None:
            reply.payload = _payload(page, channel)
        else:
            own = f"{message.key}:{number}"
            storage.outbox.put(session, own, channel.id, _payload(page, channel), ctx.now(), under=message.key)
    for reply in standing.values():
        if reply.key.startswith(f"{message.key}:"):
            storage.outbox.dropped(reply, storage.outbox.SUPERSEDED)


def _payload(page: blocks.SlackMessage, channel: Channel) -> dict[str, Any]:
    return {"text": page.text, "blocks": list(page.blocks), "for": channel.shown_to}
