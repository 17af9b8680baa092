"""A digest that two people and the clock let go at the same instant goes out once, on either database."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import storage.configuration
import storage.drafts
import storage.outbox
import storage.schedule
from bot import timetable
from bot.rehearsal.clock import Clock
from handlers.context import Context
from handlers.digest import publishing
from storage.configuration import Channel
from storage.database import Database
from storage.drafts import State

BEFORE, FRIDAY = datetime(2027, 3, 3, 9, 0, tzinfo=UTC), datetime(2027, 3, 5, 16, 0, tzinfo=UTC)
JOBS = tuple(job for job in timetable.JOBS if job.name == "digest")


def test_by_two_hands_and_by_the_clock_at_once_it_goes_out_once(database: Database) -> None:
    clock = Clock(BEFORE)
    ctx = Context(database, clock.now, ZoneInfo("Africa/Bamako"), "fr", "T1")
    with ctx.sessions.begin() as session:
        storage.configuration.prepare(session, "Africa/Bamako", None, "fr")
        session.add_all([Channel(id="C1", language="fr"), Channel(id="C2", language="en")])
    timetable.tick(ctx, JOBS)
    clock.set(FRIDAY)
    begin = threading.Barrier(3)

    def by_hand() -> int:
        with ctx.sessions.begin() as session:
            draft = storage.drafts.hold(session, "2027-W09")
            channels = publishing.release(session, ctx, draft, None, None)
            publishing.note(session, ctx, draft)
        return len(channels)

    def at_once(act: Callable[[], int]) -> int:
        begin.wait()
        return act()

    with ThreadPoolExecutor(3) as threads:
        *got, _ = threads.map(at_once, (by_hand, by_hand, lambda: timetable.tick(ctx, JOBS)))
    assert sorted(got) in ([0, 0], [0, 2])
    with ctx.readings.begin() as session:
        keys = [each.key for each in storage.outbox.troubled(session, storage.outbox.State.WAITING)]
        run = storage.schedule.last_run(session, "digest")
        draft = storage.drafts.of_week(session, "2027-W09")
    assert sorted(keys) == ["digest:2027-W09:C1", "digest:2027-W09:C2"]
    assert run is not None
    assert (run.due_at, run.ran_at) == (FRIDAY, FRIDAY)
    assert draft is not None
    assert draft.state == State.POSTED
