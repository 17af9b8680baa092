"""What is asked for with whatever is said, and rarely changes: who speaks, a group, the digest's clock, names.

Read through the registers' memory (storage.registers): rows from here may be read, never changed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from sqlalchemy.orm import Session

import storage.configuration
import storage.groups
import storage.outbox
import storage.reporting
import storage.reporting_periods
from handlers import actors
from handlers.actors import Actor
from handlers.context import Context
from storage import registers
from storage.configuration import Channel
from storage.database import Base
from storage.groups import Group
from storage.outbox import Message
from storage.reporting import DigestClock
from storage.reporting_periods import ReportingPeriod

T = TypeVar("T")
Row = TypeVar("Row", bound=Base)


def actor(ctx: Context, slack_id: str) -> Actor | None:
    """The person of that Slack user id as they stand today; None when nobody met them yet. For who has no session."""
    key = ("actor", ctx.team_id, slack_id, ctx.today, ctx.coordinators)
    return registers.recall_now(ctx.database, key, lambda reading: actors.load(reading, ctx, slack_id))


def group(session: Session, ctx: Context, code: str) -> Group | None:
    """The group or body of that exact code."""
    return _recall(session, ctx, ("group", code), lambda reading: storage.groups.by_code(reading, code))


def clock(session: Session, ctx: Context) -> DigestClock:
    """When the digest goes out, as the settings have it."""
    return _recall(
        session, ctx, DigestClock, lambda reading: storage.reporting.clock(storage.configuration.current(reading))
    )


def digests(session: Session, ctx: Context, start: str) -> list[tuple[Channel, Message]]:
    """The digests that are out (see `storage.outbox.of_channels`); publishing one raises the registers' number."""
    return _recall(session, ctx, ("digests", start), lambda reading: storage.outbox.of_channels(reading, start))


def decided(session: Session, ctx: Context, group_id: int, period: str) -> ReportingPeriod | None:
    """What was decided about that group and period; None when nothing was."""
    return _recall(
        session,
        ctx,
        ("decided", group_id, period),
        lambda reading: storage.reporting_periods.of(reading, group_id, period),
    )


def rows(session: Session, ctx: Context, model: type[Row], ids: Iterable[int]) -> dict[int, Row]:
    """The rows of a register by id, without those that are not there."""
    found = ((each, _row(session, ctx, model, each)) for each in ids)
    return {each: row for each, row in found if row is not None}


def _row(session: Session, ctx: Context, model: type[Row], number: int) -> Row | None:
    return _recall(session, ctx, (model, number), lambda reading: reading.get(model, number))


def _recall(session: Session, ctx: Context, key: Hashable, read: Callable[[Session], T]) -> T:
    return registers.recall(ctx.database, session, key, read)
