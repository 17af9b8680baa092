"""The commands that stay: `run` (everything in one process, Socket Mode) and `worker` (timetable and delivery).

They end in good order on SIGTERM and SIGINT: what is at hand is finished, nothing new is begun.
"""

from __future__ import annotations

import logging
import signal
import sys
import threading
from collections.abc import Callable

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot import logs, running
from bot.line import Line
from bot.opening import StartFault
from bot.settings import Settings
from handlers.language import message

logger = logging.getLogger(__name__)

PATIENCE = 10
"""Seconds to wait for Slack when asking for a connection."""

READY = message("The bot is ready.")
WORKING = message("The worker is ready.")
STOPPED = message("Stopped.")
REFUSED_SOCKET = message(
    "Slack refuses SLACK_APP_TOKEN ({error}): it needs connections:write, and Socket Mode must be switched on."
)
NO_SOCKET = message("The connection to Slack could not be made: {kind}.")


def run(settings: Settings) -> int:
    """Everything in one process, until it is stopped (0) or the line to Slack is of no use any more (1)."""
    logs.set_up()
    runtime = running.assemble(settings, may_migrate=True)
    web = WebClient(base_url=settings.api_url, timeout=PATIENCE)
    line = Line(runtime.app, settings.app_token, web)
    _on_end(line.leave)
    try:
        _open(line)
        print(settings.speaker.say(READY), flush=True)
        runtime.start()
        trouble = line.attend()
    finally:
        line.close()
        runtime.stop()
    if trouble is not None:
        print(settings.speaker.say(trouble), file=sys.stderr, flush=True)
        return 1
    print(settings.speaker.say(STOPPED), flush=True)
    return 0


def work(settings: Settings) -> int:
    """Timetable, exports and delivery, until it is stopped."""
    logs.set_up()
    runtime = running.assemble(settings)
    ended = threading.Event()
    _on_end(ended.set)
    runtime.start()
    print(settings.speaker.say(WORKING), flush=True)
    while not ended.wait(1):  # a wait without end would not hear signals everywhere
        continue
    runtime.stop()
    print(settings.speaker.say(STOPPED), flush=True)
    return 0


def _open(line: Line) -> None:
    try:
        line.open()
    except SlackApiError as error:
        raise StartFault(REFUSED_SOCKET, error=error.response.get("error") or error.response.status_code) from None
    except (SlackClientError, OSError) as error:
        raise StartFault(NO_SOCKET, kind=type(error).__name__) from None


def _on_end(end: Callable[[], None]) -> None:
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: end())
