"""The digest put into the outbox, channel by channel, once a week: by the clock, or by hand before it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

import storage.configuration
import storage.outbox
import storage.registers
import storage.schedule
from handlers import readers, threads
from handlers.context import Context
from handlers.digest import gathering
from handlers.digest.composing import compose
from handlers.reports import blocks
from storage import periods
from storage.configuration import Channel
from storage.outbox import Message, State
from storage.periods import Period

PUNCTUAL = timedelta(minutes=10)
"""A digest that goes out within this time of its hour is not late."""


def publish(session: Session, ctx: Context, due: datetime) -> None:
    """The clock's run that was due at that UTC instant; nothing is put a second time."""
    week = gathering.clock(session).week(due)
    late = due if ctx.now() - due > PUNCTUAL else None
    for channel in storage.configuration.channels(session):
        put(session, ctx, week, channel, late)


def by_hand(session: Session, ctx: Context, week: Period) -> list[Channel]:
    """Put this week's digest out now; the clock then counts it as done. Returns the channels that get it."""
    channels = [
        channel for channel in storage.configuration.channels(session) if put(session, ctx, week, channel, None)
    ]
    if channels:
        storage.schedule.ran(session, gathering.NAME, gathering.clock(session).deadline(week), ctx.now())
    return channels


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
    return message.under is None and message.state == State.SENDING and message.key.startswith(f"{gathering.NAME}:")


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
