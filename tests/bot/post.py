"""A delivery on a real database, before a stand-in with two people and three channels, its clock in our hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk import WebClient
from sqlalchemy import select

import storage.outbox
import storage.people
from bot import delivery
from bot.rehearsal.model import Message as Posted
from bot.rehearsal.standin import SCOPES, StandIn
from bot.transports import SlackTransport
from handlers.context import Context
from storage.database import Database
from storage.outbox import Message

HISTORY = ("channels:history", "groups:history", "im:history")
AWA, BEN = "U0AWA000001", "U0BEN000001"


@dataclass(frozen=True, slots=True)
class Post:
    """The outbox, the delivery and its Slack; Awa (who speaks French) and Ben (English) coordinate."""

    standin: StandIn
    ctx: Context
    transport: SlackTransport

    def put(self, key: str, address: str = "general", **more: Any) -> None:
        """Write a message for a channel (by name) or a person."""
        place = address if address.startswith("U") else self.standin.workspace.channel(address).id
        payload = more.pop("payload", {"text": key, "blocks": []})
        with self.ctx.sessions.begin() as session:
            storage.outbox.put(session, key, place, payload, self.ctx.now(), **more)

    def drain(self) -> int:
        """Deliver what can be delivered now."""
        return delivery.drain(self.ctx, self.transport)

    def wait(self, seconds: float) -> None:
        """Move the clock on, and deliver."""
        self.standin.workspace.set_time(self.ctx.now() + timedelta(seconds=seconds))
        self.drain()

    def row(self, key: str) -> Message:
        """The message of that key as it is kept."""
        with self.ctx.readings.begin() as session:
            return session.scalars(select(Message).where(Message.key == key)).one()

    def all_keys(self) -> list[str]:
        """The keys of everything in the outbox, oldest first."""
        with self.ctx.readings.begin() as session:
            return list(session.scalars(select(Message.key).order_by(Message.id)))

    def seen(self, channel: str = "general") -> list[Posted]:
        """Everything that stands in a channel, replies too, or in the direct messages of a person."""
        workspace = self.standin.workspace
        found = workspace.direct(channel) if channel.startswith("U") else workspace.channel(channel)
        return [message for message in found.messages if not message.deleted]

    def texts(self, channel: str = "general") -> list[str]:
        """The texts of what stands there."""
        return [message.text for message in self.seen(channel)]


@contextmanager
def opened(database: Database, *, may_read_history: bool, timeout: float = 5) -> Iterator[Post]:
    """A post office over that database."""
    with StandIn((*SCOPES, *HISTORY) if may_read_history else SCOPES) as standin:
        workspace = standin.workspace
        workspace.add_user(id=AWA, name="awa", real_name="Awa Traoré")
        workspace.add_user(id=BEN, name="ben", real_name="Ben Keita", locale="en-GB")
        workspace.add_channel("general", members=["awa", "ben"])
        workspace.add_channel("far", members=["ben"], bot_in=False)
        workspace.add_channel("old", members=["awa"], archived=True)
        ctx = Context(
            database, workspace.now, ZoneInfo("Africa/Bamako"), "fr", workspace.team.id, frozenset({AWA, BEN})
        )
        with database.sessions.begin() as session:
            for slack_id, name, locale in ((AWA, "Awa Traoré", "fr-FR"), (BEN, "Ben Keita", "en-GB")):
                person = storage.people.meet(session, ctx.team_id, slack_id)
                person.name, person.slack_language, person.standing = name, locale, storage.people.Standing.MEMBER
        client = WebClient(
            standin.bot_token,
            base_url=standin.api_url,
            retry_handlers=[],
            timeout=timeout,  # type: ignore[arg-type]
        )
        yield Post(standin, ctx, SlackTransport(client, may_read_history, ctx.now))
