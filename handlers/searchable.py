"""All that can be found: every kind of record; and the whole index brought up to date, a step at a time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

import storage.search
from handlers import described, searching
from handlers.context import Context
from handlers.searching import ACTIONS, DECISIONS, UPDATES
from storage.database import Database
from storage.search import Source

SOURCES: tuple[Source, ...] = (UPDATES, DECISIONS, ACTIONS, *(searching.of_kind(kind) for kind in described.KINDS))
"""One line a kind."""
STEP = 1000
"""Records read in one transaction of the clock or the command line."""
WAITED = 3
"""Transactions for which who looks for something waits; each reads `storage.search.AT_ONCE` records."""


def current(ctx: Context) -> bool:
    """Let the index know what was changed; whether more was than is read while somebody waits."""
    with ctx.readings.begin() as session:
        behind = storage.search.behind(session, SOURCES)
    for _ in range(WAITED if behind else 0):
        with ctx.sessions.begin() as session:
            behind = storage.search.catch_up(session, SOURCES)
        if not behind:
            break
    return behind


def keep_up(session: Session, ctx: Context, due: datetime) -> None:
    """The clock's job: what was changed, then what went amiss; what is left, the next time."""
    if not storage.search.catch_up(session, SOURCES, STEP):
        storage.search.sweep(session, SOURCES, STEP)


def fill(database: Database) -> None:
    """Read everything that the index does not know, a transaction a step."""
    for step in (storage.search.sweep, storage.search.catch_up):
        more = True
        while more:
            with database.sessions.begin() as session:
                more = step(session, SOURCES, STEP)
