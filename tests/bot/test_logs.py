"""The log: one line an event, no body, no token, and nothing of what Slack's libraries say in passing."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from slack_bolt import BoltRequest
from slack_bolt.authorization import AuthorizeResult

from bot import app, logs
from bot.rehearsal.clock import MORNING
from bot.rehearsal.door import signed
from handlers.context import Context
from storage.database import Database


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The log as set up for a process, into a text; what was set up before is put back."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    for handler in before:
        root.removeHandler(handler)
    stream = io.StringIO()
    logs.set_up(stream)
    yield stream
    for handler in list(root.handlers):
        root.removeHandler(handler)
    for handler in before:
        root.addHandler(handler)
    root.setLevel(level)


def test_an_event_is_one_line_with_its_time_level_and_place(log: io.StringIO) -> None:
    logging.getLogger("bot.x").info("first\nsecond %s", 3)
    (line,) = log.getvalue().splitlines()
    assert line.endswith(" INFO bot.x: first second 3")


def test_tokens_and_passwords_are_struck_out(log: io.StringIO) -> None:
    logging.getLogger("bot.x").error("xoxb-12-abc and xapp-1-A0-b of postgresql://ptf:hidden@host/x")
    assert log.getvalue().endswith("… and … of postgresql://…@host/x\n")


def test_an_error_is_told_by_type_and_place_without_its_text(log: io.StringIO) -> None:
    try:
        raise ValueError("what Awa wrote")
    except ValueError:
        logging.getLogger("bot.x").exception("failed")
    (line,) = log.getvalue().splitlines()
    assert "failed | ValueError at test_logs.py:" in line
    assert "Awa" not in line


@pytest.mark.parametrize("name", ["slack_bolt.RequestVerification", "slack_sdk.web.base_client", "sqlalchemy.engine"])
def test_libraries_are_heard_when_they_warn_and_then_without_values(log: io.StringIO, name: str) -> None:
    logging.getLogger(name).info("Invalid request signature detected (body: text=secret)")
    assert log.getvalue() == ""
    logging.getLogger(name).warning("Failed to do it (body: text=secret)")
    assert log.getvalue().endswith(f"WARNING {name}: Failed to do it\n")


def test_neither_a_bad_signature_nor_a_request_leaves_its_body_in_the_log(log: io.StringIO, sqlite: Database) -> None:
    bot = AuthorizeResult(enterprise_id=None, team_id="T1", bot_id="B1", bot_user_id="U1", bot_token="xoxb-1")
    ctx = Context(sqlite, lambda: MORNING, ZoneInfo("Africa/Bamako"), "fr", "T1")
    built = app.Answering(ctx, app.client("xoxb-1", "http://127.0.0.1:1/"), "right", bot).app
    body = json.dumps(
        {"type": "event_callback", "team_id": "T2", "event": {"type": "x", "user": "U2", "text": "secret"}}
    )
    for secret, status in (("wrong", 401), ("right", 200)):
        headers = {"content-type": "application/json", **signed(secret, body)}
        assert built.dispatch(BoltRequest(body=body, headers=dict(headers))).status == status
    assert "secret" not in log.getvalue()
