"""What keeps the house tidy every night: old deliveries and runs, fetched exports, decisions without their actions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

import storage.births
import storage.jobs
import storage.outbox
import storage.received
import storage.schedule
from handlers.context import Context
from handlers.digest import gathering
from handlers.importing import handing
from storage.outbox import Sort, State

REMEMBERED = timedelta(hours=48)
"""How long a delivery is known again; Slack repeats nothing after 24 hours (SLACK.md 1.5)."""
KEPT = timedelta(days=1)
"""How long an export lies here after it was written."""
READ = timedelta(days=7)
"""How long it is remembered what a file that was handed over looks like."""
RAN = timedelta(days=30)
"""How long it is remembered when each thing happened by itself; when the digest did is always: its weeks begin so."""
_AT_MOST = 1000


def clean(session: Session, ctx: Context, due: datetime) -> None:
    """The clock's job: forget old deliveries, remove exports nobody waits for any more, catch up on births."""
    storage.births.catch_up(session, ctx.now(), _AT_MOST)
    storage.received.forget(session, ctx.now() - REMEMBERED)
    storage.schedule.forget(session, ctx.now() - RAN, but=(gathering.NAME,))
    storage.jobs.forget_what_was_read(session, handing.KIND, ctx.now() - READ, (*handing.CARRIED, "act"))
    awaited = _awaited(session)
    for file in ctx.files.glob("*"):
        if file.is_file() and file not in awaited and _written(file) < ctx.now() - KEPT:
            file.unlink(missing_ok=True)


def _awaited(session: Session) -> set[Path]:
    """The files of messages that are not delivered yet."""
    return {
        Path(waiting.payload["path"])
        for state in (State.WAITING, State.SENDING, State.UNKNOWN)
        for waiting in storage.outbox.troubled(session, state, _AT_MOST)
        if waiting.sort == Sort.FILE and "path" in waiting.payload
    }


def _written(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)
