"""`ptf-bot rehearse`: the bot tried out on this machine, without Slack, in a demo year of a donor coordination group.

It runs exactly as in production (the same code, Socket Mode, a SQLite file) against the stand-in for Slack, whose clock
stands at the demo's today and can be moved on the page. What was said is gone when it ends.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from slack_sdk import WebClient

import handlers
from bot import logs, manifest, opening, running, seed
from bot.advancing import Advance
from bot.line import Line
from bot.rehearsal import stage
from bot.rehearsal.model import Json
from bot.rehearsal.standin import StandIn
from bot.rehearsal.world import WORLD
from bot.running import Runtime
from bot.settings import Settings
from handlers import searchable
from handlers.commands import COMMAND, Command
from handlers.language import LANGUAGES, Message, Speaker, message
from storage.mandates import POOL

WHERE = message("Open {address} and choose who you are.")
TRY_IT = message(
    "Try this: as “Canada – Éducation” type /ptf update; as the Pool’s coordinator note /ptf decision GEC …; move the "
    "clock to Friday and read the digest and its thread; ask for /ptf export."
)
TO_END = message("Ctrl-C ends it.")
PORT_TAKEN = message("Port {port} is in use: choose another one, or leave --port out.")

ZONE = ZoneInfo("Africa/Bamako")
LANGUAGE = "fr"


def main(arguments: Sequence[str]) -> int:
    """Run the rehearsal until it is interrupted; returns the exit code."""
    parser = argparse.ArgumentParser("ptf-bot rehearse")
    parser.add_argument("--port", type=int, default=0, help="port of the page on 127.0.0.1; a free one by default")
    asked = parser.parse_args(arguments)
    logs.set_up()
    try:
        standin = _standin(asked.port)
    except OSError:
        print(*(_speaker(each).say(PORT_TAKEN, port=asked.port) for each in LANGUAGES), sep="\n", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="ptf-") as folder:
        return _rehearse(Path(folder), standin)


def _standin(port: int) -> StandIn:
    """The stand-in for Slack in which the bot is installed as its manifest says. Raises OSError for a taken port."""
    features = manifest.manifest()["features"]
    return StandIn(
        [scope.name for scope in manifest.SCOPES],
        events=manifest.listened().events,
        commands=features["slash_commands"],
        shortcuts=features.get("shortcuts", []),
        running=True,
        port=port,
    )


def _rehearse(folder: Path, prepared: StandIn) -> int:
    with prepared as standin:
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
    searchable.fill(database)
    database.close()
    return running.assemble(settings, now=standin.workspace.now, may_migrate=True)


def prepare_page(standin: StandIn, runtime: Runtime) -> None:
    """Tell the page what can be typed, and where the clock can go."""
    standin.completions = [completion for command in handlers.every_command() for completion in _completions(command)]
    clock = Advance(standin.workspace, runtime)

    def advance(to: str) -> None:
        clock.to(to)
        standin.clock_targets = clock.targets()

    standin.advance, standin.clock_targets = advance, clock.targets()


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
