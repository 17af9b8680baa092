"""Processes in which somebody speaks to the bot, and which die by SIGKILL; run by test_records_killed.py.

Arguments: what happens (``update``, ``decision``, ``digest``), then for each process, forked one after the other, the
file of its database and the number of the statement or commit before which it dies (0: after all is done, before any
answer). Prints for each how many steps it came to.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from slack_bolt import BoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from sqlalchemy import event

from bot import app as assembly
from bot import timetable
from bot.rehearsal.door import SIGNING_SECRET, signed
from bot.rehearsal.workspace import HOME_TEAM
from handlers.context import Context
from storage.database import connect

COMMANDS = {"update": "update EDU Un mot.", "decision": "decision GEC Un mot."}
SPEAKER = "UPOOLCOO01"


def main(what: str, *pairs: str) -> None:
    """Do it once in each process, dying on the way."""
    for file, moment in zip(pairs[::2], pairs[1::2], strict=True):
        child = os.fork()
        if child == 0:
            _do(f"sqlite:///{file}", what, int(moment))
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            sys.exit(f"{what} {moment}: ended by itself")


def _do(url: str, what: str, moment: int) -> None:
    database = connect(url)
    seen = 0

    def step(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == moment:
            die(seen)

    event.listen(database.engine, "before_cursor_execute", step)
    event.listen(database.engine, "commit", step)
    instant = datetime(2027, 3, 5, 16, 0, tzinfo=UTC)
    ctx = Context(
        database, lambda: instant, ZoneInfo("Africa/Bamako"), "fr", HOME_TEAM.id, frozenset({SPEAKER}), Path("nowhere")
    )
    if what == "digest":
        timetable.tick(ctx)
    else:
        _speak(ctx, COMMANDS[what])
    die(seen)


def die(seen: int) -> None:
    """End as by kill -9: nothing is tidied up."""
    os.write(1, f"{seen}\n".encode())
    os.kill(os.getpid(), signal.SIGKILL)


def _speak(ctx: Context, text: str) -> None:
    """The command, delivered under the same trigger each time."""
    bot = AuthorizeResult(
        enterprise_id=None, team_id=ctx.team_id, bot_user_id="U0BOT", bot_id="B0BOT", bot_token="xoxb-x"
    )
    app = assembly.build(ctx, WebClient("xoxb-x", base_url="http://127.0.0.1:9/"), SIGNING_SECRET, bot)
    fields = {"command": "/ptf", "text": text, "user_id": SPEAKER, "team_id": ctx.team_id, "trigger_id": "1.2.3"}
    body = urlencode(fields | {"channel_id": "CGENERAL01", "response_url": "http://127.0.0.1:9/"})
    headers: dict[str, str | Sequence[str]] = {"content-type": "application/x-www-form-urlencoded"}
    app.dispatch(BoltRequest(body=body, headers=headers | dict(signed(SIGNING_SECRET, body))))


if __name__ == "__main__":
    main(*sys.argv[1:])
