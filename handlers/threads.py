"""The threads of the digests that are out: where what comes after a digest is put."""

from __future__ import annotations

from sqlalchemy.orm import Session

from handlers import remembered
from handlers.context import Context
from storage import periods
from storage.configuration import Channel
from storage.outbox import Message
from storage.periods import Period
from storage.updates import Update
from storage.visibility import sees


def digest_key(week: Period, channel_id: str) -> str:
    """The key of the digest of that week in that channel."""
    return f"digest:{week.key}:{channel_id}"


def of_update(session: Session, ctx: Context, update: Update) -> list[tuple[Channel, str]]:
    """The channels, with the key of their digest, in which the digest of its period was out when it was said.

    Only those whose audience may read it.
    """
    return [
        (channel, digest.key)
        for channel, digest in _digests(session, ctx, update)
        if digest.written_at < update.said_at and sees(update, channel.audience)
    ]


def is_out(session: Session, ctx: Context, update: Update) -> bool:
    """Whether the digest of its period went out at all; one that was postponed or held back tells what came late."""
    return bool(_digests(session, ctx, update))


def _digests(session: Session, ctx: Context, update: Update) -> list[tuple[Channel, Message]]:
    clock = remembered.clock(session, ctx)
    week = clock.week(clock.deadline(periods.parse(update.period)))
    return remembered.digests(session, ctx, digest_key(week, ""))
