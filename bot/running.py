"""The bot put together and set going: database, Bolt app, what it does by itself; used by every way to run it.

It is ready as soon as it can be asked: its topics and its worker are imported after that, by `Runtime.start`, which
starts the threads. Who asks sooner waits for the topics (bot.app). `Runtime.tick` does one round of
everything by hand.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

import storage.configuration
from bot import app as assembly
from bot import warming
from bot.lasting import lasting
from bot.opening import StartFault, context, open_database, utc_now
from bot.settings import Settings
from handlers.context import Context
from handlers.language import message

if TYPE_CHECKING:
    from bot.working import Worker

logger = logging.getLogger(__name__)

SENDING_PATIENCE = 15
"""Seconds the worker waits for Slack's answer."""

REFUSED_TOKEN = message("Slack refuses SLACK_BOT_TOKEN ({error}). Please install the app again and copy its token.")
NO_SLACK = message("Slack cannot be reached at {address}: {kind}.")


class Runtime:
    """A bot that is ready to be asked; what it does by itself begins with `start`."""

    def __init__(self, settings: Settings, ctx: Context, bot: AuthorizeResult) -> None:
        self.ctx = replace(ctx, wake=self._wake)
        self._answering = assembly.Answering(
            self.ctx, assembly.client(settings.bot_token, settings.api_url), settings.signing_secret, bot
        )
        self.app = self._answering.app
        self._patient = WebClient(
            settings.bot_token, base_url=settings.api_url, timeout=SENDING_PATIENCE, retry_handlers=[]
        )
        self._may_read_history = _may_read_history(bot)
        self._working = False

    def load(self) -> None:
        """Import and register the topics, for who would not have the first request wait. Raises what went wrong."""
        self._answering.load()

    def start(self) -> None:
        """Load the topics, then begin to deliver, to prepare exports and to watch the clock, in threads."""
        self.load()
        worker = self._worker
        self._working = True
        worker.start()
        warming.begin()

    def stop(self) -> None:
        """End after the steps at hand, and close the database."""
        if self._working:
            self._worker.stop()
        self.ctx.database.close()

    def tick(self) -> int:
        """One round of everything by hand: what the clock owes, exports asked for, all that waits to be sent.

        Returns how many jobs of the timetable ran.
        """
        return self._worker.tick()

    @cached_property
    def _worker(self) -> Worker:
        with lasting():
            from bot.working import Worker

        return Worker(self.ctx, self._patient, self._may_read_history)

    def _wake(self) -> None:
        if self._working:
            self._worker.wake()


def assemble(
    settings: Settings,
    *,
    now: Callable[[], datetime] = utc_now,
    may_migrate: bool = False,
) -> Runtime:
    """The bot of these settings, ready; ``may_migrate``: a file is brought up to date. Raises StartFault."""
    database = open_database(settings, may_migrate=may_migrate)
    bot = _identify(settings)
    with database.sessions.begin() as session:
        storage.configuration.prepare(session, settings.zone.key, settings.digest_channel, settings.language)
    settings.files.mkdir(parents=True, exist_ok=True)
    logger.info("ready for %s as %s, history %s", bot.team_id, bot.bot_user_id, _may_read_history(bot))
    return Runtime(settings, context(settings, database, bot.team_id or "", now), bot)


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
