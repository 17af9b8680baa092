"""A whole day's conversations, with all that can go wrong, at the most talkative level: nobody's words, no token."""

from __future__ import annotations

import io
import logging
import sqlite3
from collections.abc import Iterator

import pytest

from bot import logs, timetable
from bot.rehearsal.door import Parcel
from tests.conversation import EDUCATION, GUEST, POOL, Bot
from tests.handlers.publishing import FRIDAY
from tests.handlers.test_database_gone import file_of

SECRET = "motquepersonnenedoitlire"
"""Stands in everything that is written here."""


@pytest.fixture(params=[logging.INFO, logging.DEBUG])
def log(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """The log as set up for a process, at that level; what was set up before is put back."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    for handler in before:
        root.removeHandler(handler)
    stream = io.StringIO()
    logs.set_up(stream)
    root.setLevel(request.param)
    yield stream
    for handler in list(root.handlers):
        root.removeHandler(handler)
    for handler in before:
        root.addHandler(handler)
    root.setLevel(level)


def clean(bot: Bot, log: io.StringIO) -> str:
    """The log, which holds nobody's words and nothing secret; one line an event."""
    written = log.getvalue()
    for secret in (SECRET, bot.standin.bot_token, bot.standin.signing_secret, "xoxb", "response/", "Traceback"):
        assert secret not in written
    assert all(line[:4].isdecimal() for line in written.splitlines())
    return written


def test_what_is_said_edited_and_sent_is_not_in_the_log(bot: Bot, log: io.StringIO) -> None:
    lead, pool = bot.be(EDUCATION), bot.be(POOL)
    reply = lead.command(f"/ptf update EDU {SECRET}")
    lead.click(reply.message, "update_status_on_track")
    bot.deliver()
    lead.click(bot.told(EDUCATION)[-1], "update_edit")
    assert lead.submit(status="at_risk", difficulties=f"{SECRET} encore").ok
    pool.command(f"/ptf decision GEC {SECRET}")
    pool.command(f"/ptf decisions {SECRET}")
    lead.home()
    timetable.tick(bot.ctx)
    bot.at(FRIDAY)
    timetable.tick(bot.ctx)
    bot.deliver()
    written = clean(bot, log)
    assert "digest ran" in written
    assert "sent" in written


def test_what_goes_wrong_is_in_the_log_without_what_was_written(bot: Bot, log: io.StringIO) -> None:
    lead = bot.be(EDUCATION)
    lead.command(f"/ptf {SECRET} et plus")
    lead.command(f"/ptf update EDU {SECRET * 200}")
    bot.be(GUEST).command(f"/ptf update EDU {SECRET}", "espace-gouvernement")
    bot.standin.faults.next("views.open", "server_error")
    lead.command("/ptf update")
    lead.command(f"/ptf update EDU {SECRET}")
    bot.standin.faults.next("chat.postMessage", "server_error")
    bot.standin.faults.next("chat.postMessage", "ratelimited")
    bot.deliver()
    bot.standin.deliver_raw(f"command=%2Fptf&text={SECRET}", {"X-Slack-Signature": "v0=0"})
    written = clean(bot, log)
    assert "Slack trouble" in written


def test_trouble_with_the_database_is_told_by_its_type(bot: Bot, log: io.StringIO) -> None:
    other = sqlite3.connect(file_of(bot), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    bot.be(EDUCATION).command(f"/ptf update EDU {SECRET}")
    other.execute("ROLLBACK")
    other.close()
    assert "database trouble: OperationalError" in clean(bot, log)


def test_an_error_nobody_foresaw_is_told_by_type_place_and_reference(bot: Bot, log: io.StringIO) -> None:
    @bot.app.action("unforeseen")
    def unforeseen() -> None:
        raise KeyError(f"what {SECRET} wrote")

    lead = bot.be(EDUCATION)
    message = lead.command("/ptf").message
    assert message is not None
    lead.act(message, "x", {"type": "button", "action_id": "unforeseen", "value": SECRET})
    told = lead.ephemerals[-1].plain
    reference = told.partition("référence ")[2][:6]
    written = clean(bot, log)
    assert f"unexpected error, reference {reference}" in written
    assert "test_logs_of_conversations.py" in written
    assert "Traceback" not in told


def test_a_request_that_is_none_is_answered_and_not_repeated_in_the_log(bot: Bot, log: io.StringIO) -> None:
    door = bot.standin.door
    assert door is not None
    strange = {"type": "block_actions", "user": {"id": EDUCATION}, "team": {"id": bot.ctx.team_id}, "actions": [{}]}
    door.send(Parcel("interactive", strange | {"text": SECRET}), 3)
    door.send(Parcel("command", {"command": "/other", "text": SECRET, "user_id": EDUCATION}), 3)
    clean(bot, log)
