"""The command line: ``ptf-bot <command>``. Exit codes: 0 done, 1 something is wrong, 2 not asked right.

What a command needs is imported when it is run: `migrate` needs no Slack, `run` no Excel.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot import settings
from bot.lasting import lasting
from bot.opening import StartFault
from bot.settings import Settings, SettingsFault
from handlers.language import LANGUAGES, Message, Speaker, message
from storage.visibility import Level

ABOUT = message("The working memory of a donor coordination group, spoken to from Slack.")
RUN = message("everything in one process: Socket Mode, timetable, delivery")
WEB = message("answer Slack over HTTP (POST /slack/events, GET /healthz, GET /readyz)")
WORKER = message("timetable and delivery, beside web processes")
REHEARSE = message("try the bot on this machine, without Slack")
MIGRATE = message("bring the database to the shape of this version")
IMPORT = message("bring in registers, updates or decisions from a file (xlsx, csv)")
EXPORT = message("write the Excel")
DIGEST = message("show the digest of a week")
DOCTOR = message("look at token, permissions, channels, database and clock")
FORGET = message("erase a person: their name goes, what they said stays")
WHO = message("their Slack id, or their name")
YES = message("do not ask before it is done")
MANIFEST = message("print the app’s manifest for Slack")
FILE = message("the file to read")
DRY_RUN = message("only tell what would change")
OUT = message("the file to write")
LANGUAGE = message("fr or en; that of the settings when not given")
LEVEL = message("for whom: troika, all or government")
WEEK = message("the week, such as 2027-W09")
FORMAT = message("text, html or json")
HTTP = message("for HTTP, under this address of /slack/events; without it, for Socket Mode")

Asked = argparse.Namespace
LEVELS = (Level.TROIKA, Level.ALL, Level.GOVERNMENT)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given[:1] == ["rehearse"]:
        from bot import rehearse  # takes its own arguments, and needs no settings

        return rehearse.main(given[1:])
    try:
        asked = parser(Speaker(settings.language_of_process(), settings.Settings().zone)).parse_args(given)
    except SystemExit as end:  # argparse has said why, or helped
        return end.code if isinstance(end.code, int) else 2
    try:
        told = settings.from_process(asked.command)
    except SettingsFault as fault:
        print(fault, file=sys.stderr)
        return 2
    run: Callable[[Asked, Settings], int] = asked.run
    try:
        return run(asked, told)
    except StartFault as fault:
        print(told.speaker.say(fault.sentence, **fault.values), file=sys.stderr)
        return 1


def parser(speaker: Speaker) -> argparse.ArgumentParser:
    """The command line, with its help in the speaker's language."""
    made = argparse.ArgumentParser("ptf-bot", description=speaker.say(ABOUT))
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for each in COMMANDS:
        words = speaker.say(each.summary)
        one = commands.add_parser(each.name, help=words, description=words)
        for option in each.options:
            one.add_argument(*option.flags, help=speaker.say(option.help), **option.more)  # type: ignore[arg-type]
        one.set_defaults(run=each.run)
    return made


def _run(_: Asked, told: Settings) -> int:
    with lasting():
        from bot import serving

    return serving.run(told)


def _web(_: Asked, told: Settings) -> int:
    from bot import logs, web

    logs.set_up()
    return web.serve(told)


def _worker(_: Asked, told: Settings) -> int:
    with lasting():
        from bot import serving

    return serving.work(told)


def _migrate(_: Asked, told: Settings) -> int:
    from bot import desk

    return desk.migrate(told)


def _import(asked: Asked, told: Settings) -> int:
    from bot import desk

    return desk.bring_in(told, asked.file, dry_run=asked.dry_run)


def _export(asked: Asked, told: Settings) -> int:
    from bot import desk

    return desk.export(told, asked.out, asked.language or told.language, asked.level)


def _digest(asked: Asked, told: Settings) -> int:
    from bot import desk

    return desk.digest(told, asked.week, asked.language or told.language, (asked.level, asked.format))


def _forget(asked: Asked, told: Settings) -> int:
    from bot import desk

    return desk.forget(told, asked.who, dry_run=asked.dry_run, sure=asked.yes)


def _doctor(_: Asked, told: Settings) -> int:
    from bot import doctor

    findings = doctor.examine(told)
    print(doctor.told(findings, told.speaker))
    return 1 if doctor.is_ill(findings) else 0


def _manifest(asked: Asked, _: Settings) -> int:
    import json

    from bot.manifest import manifest

    print(json.dumps(manifest(asked.http), indent=2, ensure_ascii=False))
    return 0


def _nowhere(_: Asked, __: Settings) -> int:
    """`rehearse` is taken before: it stands in the list for the help."""
    return 2


@dataclass(frozen=True, slots=True)
class Option:
    """One argument of a command: its flags, what it is, and what argparse further wants to know."""

    flags: tuple[str, ...]
    help: Message
    more: dict[str, object]


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name, what it does, the function behind it, its arguments."""

    name: str
    summary: Message
    run: Callable[[Asked, Settings], int]
    options: tuple[Option, ...] = ()


_LANGUAGE = Option(("--language",), LANGUAGE, {"choices": LANGUAGES})
_LEVEL = Option(("--level",), LEVEL, {"choices": LEVELS, "default": Level.ALL, "type": Level})

COMMANDS = (
    Command("run", RUN, _run),
    Command("web", WEB, _web),
    Command("worker", WORKER, _worker),
    Command("rehearse", REHEARSE, _nowhere),
    Command("migrate", MIGRATE, _migrate),
    Command(
        "import",
        IMPORT,
        _import,
        (
            Option(("file",), FILE, {"type": Path, "metavar": "FILE"}),
            Option(("--dry-run",), DRY_RUN, {"action": "store_true"}),
        ),
    ),
    Command("export", EXPORT, _export, (Option(("--out",), OUT, {"type": Path, "required": True}), _LANGUAGE, _LEVEL)),
    Command(
        "digest",
        DIGEST,
        _digest,
        (
            Option(("--week",), WEEK, {"required": True}),
            _LANGUAGE,
            Option(("--format",), FORMAT, {"choices": ("text", "html", "json"), "default": "text"}),
            _LEVEL,
        ),
    ),
    Command(
        "forget",
        FORGET,
        _forget,
        (
            Option(("who",), WHO, {"metavar": "WHO"}),
            Option(("--dry-run",), DRY_RUN, {"action": "store_true"}),
            Option(("--yes",), YES, {"action": "store_true"}),
        ),
    ),
    Command("doctor", DOCTOR, _doctor),
    Command("manifest", MANIFEST, _manifest, (Option(("--http",), HTTP, {"metavar": "URL"}),)),
)
"""The commands, in the order of the help."""
