"""`ptf-bot rehearse`: the bot tried out on this machine, without Slack, in a demo year of a donor coordination group.

It runs exactly as in production (the same code, Socket Mode, a SQLite file) against the stand-in for Slack, whose clock
stands at the demo's today and can be moved on the page. What was said is gone when it ends.
"""

from __future__ import annotations

import argparse
import signal
import tempfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from slack_sdk import WebClient

import handlers
from bot import logs, manifest, opening, running, seed, timetable
from bot.line import Line
from bot.rehearsal import stage
from bot.rehearsal.model import Json
from bot.rehearsal.standin import StandIn
from bot.rehearsal.world import WORLD
from bot.running import Runtime
from bot.settings import Settings
from handlers.commands import COMMAND, Command
from handlers.language import LANGUAGES, Message, Speaker, message
from storage.mandates import POOL

WHERE = message("Open {address} and choose who you are.")
TRY_IT = message(
    "Try this: as “Canada – Éducation” type /ptf update; as the Pool’s coordinator note /ptf decision GEC …; move the "
    "clock to Friday and read the digest and its thread; ask for /ptf export."
)
TO_END = message("Ctrl-C ends it.")
TO_DIGEST = message("Friday 16:00")
TO_REMINDER = message("Next reminder")
TO_NEXT_DAY = message("+ 1 day")
TO_NEXT_WEEK = message("+ 1 week")

ZONE = ZoneInfo("Africa/Bamako")
LANGUAGE = "fr"
TARGETS: tuple[tuple[str, Message], ...] = (
    ("digest", TO_DIGEST),
    ("remind", TO_REMINDER),
    ("day", TO_NEXT_DAY),
    ("week", TO_NEXT_WEEK),
)
"""Where the page's clock can go, in the order of its buttons."""
SPANS = {"day": timedelta(days=1), "week": timedelta(weeks=1)}


def main(arguments: Sequence[str]) -> int:
    """Run the rehearsal until it is interrupted; returns the exit code."""
    parser = argparse.ArgumentParser("ptf-bot rehearse")
    parser.add_argument("--port", type=int, default=0, help="port of the page on 127.0.0.1; a free one by default")
    asked = parser.parse_args(arguments)
    logs.set_up()
    with tempfile.TemporaryDirectory(prefix="ptf-") as folder:
        return _rehearse(Path(folder), asked.port)


def _rehearse(folder: Path, port: int) -> int:
    with StandIn(
        [scope.name for scope in manifest.SCOPES],
        events=manifest.listened().events,
        commands=manifest.manifest()["features"]["slash_commands"],
        shortcuts=manifest.manifest()["features"].get("shortcuts", []),
        running=True,
        port=port,
    ) as standin:
        stage.set_up(standin, WORLD)
        runtime = _runtime(standin, folder)
        line = Line(runtime.app, standin.app_token, WebClient(base_url=standin.api_url))
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, lambda *_: line.leave())
        prepare_page(standin, runtime)
        try:
            line.open()
            runtime.start()
            standin.door = standin.sockets
            _greet(standin)
            line.attend()
        finally:
            line.close()
            runtime.stop()
    return 0


def _runtime(standin: StandIn, folder: Path) -> Runtime:
    """The bot of the demo workspace, its database seeded when it is new."""
    settings = Settings(
        database_url=f"sqlite:///{folder / 'ptf.sqlite3'}",
        bot_token=standin.bot_token,
        app_token=standin.app_token,
        signing_secret=standin.signing_secret,
        api_url=standin.api_url,
        zone=ZONE,
        language=LANGUAGE,
        coordinators=frozenset(each.holder for each in WORLD.mandates if each.office in POOL),
    )
    database = opening.open_database(settings, may_migrate=True)
    with database.sessions.begin() as session:
        seed.seed(session, WORLD, standin.workspace.team.id)
    database.close()
    return running.assemble(settings, now=standin.workspace.now, may_migrate=True)


def prepare_page(standin: StandIn, runtime: Runtime) -> None:
    """Tell the page what can be typed, and where the clock can go."""
    standin.completions = [completion for command in handlers.COMMANDS for completion in _completions(command)]
    standin.clock_targets = [{"to": name, "label": _both(label)} for name, label in TARGETS]
    standin.advance = lambda to: advance(standin, runtime, to)


def advance(standin: StandIn, runtime: Runtime, to: str) -> None:
    """Move the clock there; whatever falls due on the way happens at its own hour, and is delivered.

    Raises LookupError for a place it does not know.
    """
    if to not in dict(TARGETS):
        raise LookupError(f"The clock cannot go to {to}.")
    runtime.tick()
    target = _target(runtime, to)
    while (due := _next(runtime)) is not None and due <= target:
        standin.workspace.set_time(max(due, standin.workspace.now()))
        runtime.tick()
    standin.workspace.set_time(max(target, standin.workspace.now()))
    runtime.tick()


def _target(runtime: Runtime, to: str) -> datetime:
    if to in SPANS:
        return runtime.ctx.now() + SPANS[to]
    return timetable.next_runs(runtime.ctx)[to]


def _next(runtime: Runtime) -> datetime | None:
    return min(timetable.next_runs(runtime.ctx).values(), default=None)


def _completions(command: Command) -> list[Json]:
    """What the composer offers for a command: its English and its French word."""
    words = dict.fromkeys(command.word(language) for language in ("en", "fr"))
    return [{"text": f"{COMMAND} {word}", "description": _both(command.summary)} for word in words]


def _both(words: Message) -> dict[str, str]:
    return {language: _speaker(language).say(words) for language in LANGUAGES}


def _speaker(language: str) -> Speaker:
    return Speaker(language, ZONE)


def _greet(standin: StandIn) -> None:
    for language in LANGUAGES:
        say = _speaker(language).say
        print(f"\n{say(WHERE, address=standin.page_url)}\n{say(TRY_IT)}\n{say(TO_END)}", flush=True)
