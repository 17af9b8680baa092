"""A process that delivers and dies by SIGKILL at a chosen moment; forked by test_killed.py."""

from __future__ import annotations

import os
import signal
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sdk import WebClient
from sqlalchemy import event

from bot import delivery
from bot.outcomes import Finding, Outcome, Outgoing
from bot.transports import SlackTransport
from handlers.context import Context
from storage.database import connect


def die() -> None:
    """End as by kill -9: nothing is tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)


class Dying:
    """A transport that dies before or after the call."""

    def __init__(self, inner: SlackTransport, moment: str) -> None:
        self.inner, self.moment = inner, moment

    def send(self, outgoing: Outgoing) -> Outcome:
        """Deliver it, or die."""
        if self.moment == "send":
            die()
        outcome = self.inner.send(outgoing)
        if self.moment == "mark":
            die()
        return outcome

    def find(self, outgoing: Outgoing) -> Finding:
        """Look for it."""
        return self.inner.find(outgoing)


def deliver(url: str, api_url: str, token: str, sight: str, moment: str, now: datetime) -> None:
    """Deliver one message and die.

    ``sight`` is "history" or "blind"; the moment: ``claim`` (before its commit), ``send`` (before the call), ``mark``
    (after the call, before any mark), ``commit`` (the mark written, not committed), ``done``.
    """
    database = connect(url)
    commits = {"claim": 1, "commit": 2}.get(moment, 0)
    seen = 0

    def committing(_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == commits:
            die()

    event.listen(database.engine, "commit", committing)
    ctx = Context(database, lambda: now, ZoneInfo("Africa/Bamako"), "fr", "T0PTF000001", frozenset({"U0AWA000001"}))
    client = WebClient(token, base_url=api_url, retry_handlers=[], timeout=5)
    delivery.step(ctx, Dying(SlackTransport(client, sight == "history"), moment))
    die()
