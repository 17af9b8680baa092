"""Processes in which somebody speaks to the bot, and which die by SIGKILL; forked by test_records_killed.py."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from slack_bolt import BoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from sqlalchemy import event

import storage.groups
from bot import app as assembly
from bot import timetable
from bot.rehearsal.door import SIGNING_SECRET, signed
from bot.rehearsal.workspace import HOME_TEAM
from handlers import actors, records
from handlers.context import Context
from handlers.updates.kind import KIND
from storage.database import Database, connect

COMMANDS = {"update": "update EDU Un mot.", "decision": "decision GEC Un mot."}
SPEAKER = "UPOOLCOO01"
NOWHERE = "http://127.0.0.1:9/"
"""Where nobody listens: nothing of this needs Slack."""


def speak(what: str, deaths: Sequence[tuple[Path, int]]) -> None:
    """Let it happen (``update``, ``decision``, ``form``, ``digest``) in a process for each death, one after the other.

    A death is the file of a database and the number of the statement or commit before which the process dies (0: after
    all is done, before any answer). Prints for each how many steps it came to. Before that it happens here, on a copy,
    and each file comes to the place of that copy, so that none begins afresh.
    """
    place = deaths[0][0].with_name("spoken.sqlite3")
    database = connect(f"sqlite:///{shutil.copy(deaths[0][0], place)}")
    _say(database, what, _form(database) if what == "form" else {})
    database.close()
    for file, moment in deaths:
        _move(file, place)
        child = os.fork()
        if child == 0:
            _do(database, what, moment)
        _, status = os.waitpid(child, 0)
        _move(place, file)
        if not os.WIFSIGNALED(status):
            sys.exit(f"{what} {moment}: ended by itself")


def _move(file: Path, place: Path) -> None:
    """Move a database with all that belongs to it."""
    for part in ("", "-wal", "-shm"):
        if (lies := Path(f"{file}{part}")).exists():
            lies.rename(f"{place}{part}")


def _do(database: Database, what: str, moment: int) -> None:
    form = _form(database) if what == "form" else {}
    seen = 0

    def step(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == moment:
            die(seen)

    event.listen(database.engine, "before_cursor_execute", step)
    event.listen(database.engine, "commit", step)
    _say(database, what, form)
    die(seen)


def _say(database: Database, what: str, form: Mapping[str, Any]) -> None:
    ctx = _context(database)
    if what == "digest":
        timetable.tick(ctx)
    elif what == "form":
        _deliver(ctx, {"payload": json.dumps(form)})
    else:
        command = {"command": "/ptf", "text": COMMANDS[what], "user_id": SPEAKER, "team_id": ctx.team_id}
        _deliver(ctx, command | {"trigger_id": "1.2.3", "channel_id": "CGENERAL01", "response_url": NOWHERE})


def _context(database: Database) -> Context:
    instant = datetime(2027, 3, 5, 16, 0, tzinfo=UTC)
    return Context(
        database, lambda: instant, ZoneInfo("Africa/Bamako"), "fr", HOME_TEAM.id, frozenset({SPEAKER}), Path("nowhere")
    )


def die(seen: int) -> None:
    """End as by kill -9: nothing is tidied up."""
    os.write(1, f"{seen}\n".encode())
    os.kill(os.getpid(), signal.SIGKILL)


def _form(database: Database) -> dict[str, Any]:
    """The submission of the form of an update, the same each time."""
    ctx = _context(database)
    with ctx.readings.begin() as session:
        speaker, group = actors.load(session, ctx, SPEAKER), storage.groups.by_code(session, "EDU")
        assert speaker is not None
        assert group is not None
        view = records.drawn(speaker, KIND, KIND.fill(session, ctx, speaker, None, {"group_id": group.id}))
    asked = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    values = {
        name: {element["action_id"]: {"value": "Un mot."} | {"selected_option": element.get("initial_option")}}
        for name, element in asked.items()
    }
    own = view | {"id": "V1", "hash": "1.a", "state": {"values": values}}
    return {"type": "view_submission", "user": {"id": SPEAKER}, "team": {"id": ctx.team_id}, "view": own}


def _deliver(ctx: Context, fields: dict[str, str]) -> None:
    """A request of Slack's, with these fields."""
    bot = AuthorizeResult(
        enterprise_id=None, team_id=ctx.team_id, bot_user_id="U0BOT", bot_id="B0BOT", bot_token="xoxb-x"
    )
    app = assembly.Answering(ctx, WebClient("xoxb-x", base_url=NOWHERE), SIGNING_SECRET, bot).app
    body = urlencode(fields)
    headers: dict[str, str | Sequence[str]] = {"content-type": "application/x-www-form-urlencoded"}
    app.dispatch(BoltRequest(body=body, headers=headers | dict(signed(SIGNING_SECRET, body))))
