"""What the bot does by itself: delivery, exports, the timetable; in threads of its own, or one round by hand.

APScheduler only ticks: what is due stands in the database (bot.timetable).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC
from functools import partial

from apscheduler.schedulers.background import BackgroundScheduler
from slack_sdk import WebClient

import handlers.importing.working
import handlers.people
import handlers.prepared
from bot import delivery, fetching, timetable
from bot.loops import Guard, Loop
from bot.opening import utc_now
from bot.timetable import JOBS, Job
from bot.transports import SlackTransport
from handlers.context import Context

logger = logging.getLogger(__name__)

TICK = 15
"""Seconds between two looks at the timetable."""
READ_PEOPLE = 60
"""Seconds between two rounds of reading people again, each within Slack's limit of a minute."""


class Worker:
    """Delivers, prepares files, watches the clock; ``client`` waits for Slack as long as need be."""

    def __init__(self, ctx: Context, client: WebClient, may_read_history: bool, jobs: Sequence[Job] = JOBS) -> None:
        self._ctx = ctx
        self._jobs = jobs
        self._transport = SlackTransport(client, may_read_history, ctx.now)
        self._fetch = partial(fetching.fetch, client)
        self._loops = (
            Loop("delivery", lambda: delivery.step(ctx, self._transport)),
            Loop("files", lambda: handlers.prepared.work(ctx)),
            Loop("imports", self._bring_in),
        )
        self._scheduler = BackgroundScheduler(timezone=UTC)
        self._people = partial(handlers.people.refresh, ctx, client)

    def start(self) -> None:
        """Begin, in threads."""
        for loop in self._loops:
            loop.start()
        for job in self._jobs:
            _every(self._scheduler, TICK, Guard(job.name, partial(self._happen, job), TICK))
        _every(self._scheduler, READ_PEOPLE, Guard("people", self._people, READ_PEOPLE))
        self._scheduler.start()

    def stop(self) -> None:
        """End after the steps at hand."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)
        for loop in self._loops:
            loop.stop()

    def tick(self) -> int:
        """One round of everything by hand: what the clock owes, files asked for, all that waits to be sent.

        Returns how many jobs of the timetable ran.
        """
        ran = timetable.tick(self._ctx, self._jobs)
        while handlers.prepared.work(self._ctx):
            logger.info("a file is prepared")
        while self._bring_in():
            logger.info("a file is read")
        delivery.drain(self._ctx, self._transport)
        return ran

    def _bring_in(self) -> bool:
        return handlers.importing.working.work(self._ctx, self._fetch)

    def wake(self) -> None:
        """Something waits to be delivered or prepared."""
        for loop in self._loops:
            loop.wake()

    def _happen(self, job: Job) -> bool:
        ran = timetable.tick(self._ctx, (job,)) > 0
        if ran:
            self.wake()
        return ran


def _every(scheduler: BackgroundScheduler, seconds: int, guard: Guard) -> None:
    scheduler.add_job(
        guard.attempt,
        "interval",
        seconds=seconds,
        next_run_time=utc_now(),
        max_instances=1,
        coalesce=True,
        misfire_grace_time=None,
    )
