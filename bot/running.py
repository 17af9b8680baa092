"""The bot put together and set going: database, Bolt app, delivery, exports, timetable; used by every way to run it.

Threads are started by `Runtime.start` only; `Runtime.tick` does one round of everything by hand. APScheduler only
ticks: what is due stands in the database (bot.timetable).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from apscheduler.schedulers.background import BackgroundScheduler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

import handlers.export
import handlers.people
import storage.configuration
from bot import app as assembly
from bot import delivery, timetable
from bot.loops import Guard, Loop
from bot.opening import StartFault, context, open_database, utc_now
from bot.settings import Settings
from bot.timetable import Job
from bot.transports import SlackTransport
from handlers.context import Context
from handlers.language import message

logger = logging.getLogger(__name__)

TICK = 15
"""Seconds between two looks at the timetable."""
READ_PEOPLE = 60
"""Seconds between two rounds of reading people again, each within Slack's limit of a minute."""
SENDING_PATIENCE = 15
"""Seconds the worker waits for Slack's answer."""

REFUSED_TOKEN = message("Slack refuses SLACK_BOT_TOKEN ({error}). Please install the app again and copy its token.")
NO_SLACK = message("Slack cannot be reached at {address}: {kind}.")


class Runtime:
    """A bot that is ready to answer; what it does by itself begins with `start`."""

    def __init__(self, settings: Settings, ctx: Context, bot: AuthorizeResult, jobs: Sequence[Job]) -> None:
        patient = WebClient(settings.bot_token, base_url=settings.api_url, timeout=SENDING_PATIENCE, retry_handlers=[])
        self.settings = settings
        self.client = patient
        self.transport = SlackTransport(patient, _may_read_history(bot), ctx.now)
        self.jobs = jobs
        self._loops = (
            Loop("delivery", lambda: delivery.step(self.ctx, self.transport)),
            Loop("exports", lambda: handlers.export.work(self.ctx)),
        )
        self.ctx = replace(ctx, wake=self._wake)
        listening = assembly.client(settings.bot_token, settings.api_url)
        self.app = assembly.build(self.ctx, listening, settings.signing_secret, bot)
        self._scheduler: BackgroundScheduler | None = None

    def start(self) -> None:
        """Begin to deliver, to prepare exports and to watch the clock, in threads."""
        for loop in self._loops:
            loop.start()
        self._scheduler = BackgroundScheduler(timezone=UTC)
        for job in self.jobs:
            _every(self._scheduler, TICK, Guard(job.name, partial(self._happen, job), TICK))
        people = partial(handlers.people.refresh, self.ctx, self.client)
        _every(self._scheduler, READ_PEOPLE, Guard("people", people, READ_PEOPLE))
        self._scheduler.start()

    def stop(self) -> None:
        """End after the steps at hand, and close the database."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=True)
        for loop in self._loops:
            loop.stop()
        self.ctx.database.close()

    def tick(self) -> int:
        """One round of everything by hand: what the clock owes, exports asked for, all that waits to be sent.

        Returns how many jobs of the timetable ran.
        """
        ran = timetable.tick(self.ctx, self.jobs)
        while handlers.export.work(self.ctx):
            logger.info("an export is prepared")
        delivery.drain(self.ctx, self.transport)
        return ran

    def _happen(self, job: Job) -> bool:
        ran = timetable.tick(self.ctx, (job,)) > 0
        if ran:
            self._wake()
        return ran

    def _wake(self) -> None:
        for loop in self._loops:
            loop.wake()


def assemble(
    settings: Settings,
    *,
    now: Callable[[], datetime] = utc_now,
    jobs: Sequence[Job] = timetable.JOBS,
    may_migrate: bool = False,
) -> Runtime:
    """The bot of these settings, ready; ``may_migrate``: a file is brought up to date. Raises StartFault."""
    database = open_database(settings, may_migrate=may_migrate)
    bot = _identify(settings)
    with database.sessions.begin() as session:
        storage.configuration.prepare(session, settings.zone.key, settings.digest_channel, settings.language)
    settings.files.mkdir(parents=True, exist_ok=True)
    logger.info("ready for %s as %s, history %s", bot.team_id, bot.bot_user_id, _may_read_history(bot))
    return Runtime(settings, context(settings, database, bot.team_id or "", now), bot, jobs)


def _identify(settings: Settings) -> AuthorizeResult:
    try:
        return assembly.identify(WebClient(settings.bot_token, base_url=settings.api_url, timeout=SENDING_PATIENCE))
    except SlackApiError as error:
        raise StartFault(REFUSED_TOKEN, error=error.response.get("error") or error.response.status_code) from None
    except (SlackClientError, OSError) as error:
        raise StartFault(NO_SLACK, address=settings.api_url, kind=type(error).__name__) from None


def _may_read_history(bot: AuthorizeResult) -> bool:
    """Whether a post of unknown outcome can be looked for, at least in some places (SLACK.md 2.6)."""
    return any(scope.endswith(":history") for scope in bot.bot_scopes or ())


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
