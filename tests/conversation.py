"""The bot in conversation: the real Bolt app behind the stand-in for Slack, with the demo world, on a real database.

``bot.be("UEDULEAD01")`` is somebody (see bot.rehearsal.person); ``bot.deliver()`` sends what waits in the outbox;
``bot.at(...)`` moves the clock, which stands still otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt import App, BoltRequest
from slack_sdk import WebClient

from bot import app as assembly
from bot import delivery, transports
from bot.rehearsal import stage
from bot.rehearsal.door import DirectDoor
from bot.rehearsal.model import Message
from bot.rehearsal.person import Person, Submitted
from bot.rehearsal.standin import SCOPES, StandIn
from bot.rehearsal.world import WORLD
from handlers.context import Context
from storage.database import Database

POOL, POOL_ASSISTANT = "UPOOLCOO01", "UPOOLASS01"
CHIEF = "USUISSE001"
EDUCATION, HEALTH = "UEDULEAD01", "USANLEAD01"
"""The coordinators of the groups EDU (speaks French) and SAN (speaks English)."""
MEMBER, GUEST, STRANGER = "UJAPON0001", "USHAGUEST1", "UBADABJ001"
HISTORY = ("channels:history", "groups:history", "im:history")


@dataclass(frozen=True, slots=True)
class Bot:
    """The bot, its world and its Slack."""

    standin: StandIn
    ctx: Context
    app: App
    transport: transports.SlackTransport

    def be(self, name: str) -> Person:
        """Somebody to act as."""
        return self.standin.person(name)

    def at(self, instant: datetime) -> None:
        """Put the clock at an aware instant."""
        self.standin.workspace.set_time(instant)

    def deliver(self) -> int:
        """Send everything that waits; returns how many messages were dealt with."""
        return delivery.drain(self.ctx, self.transport)

    def told(self, who: str) -> list[Message]:
        """What stands in the direct messages of that person from the bot, replies included, oldest first."""
        channel = self.standin.workspace.direct(self.standin.workspace.user(who).id)
        return [message for message in channel.messages if message.bot_id and not message.deleted]


@contextmanager
def conversation(database: Database, files: Path, *, may_read_history: bool = True) -> Iterator[Bot]:
    """A bot over a database in which the demo world is seeded."""
    scopes = (*SCOPES, *HISTORY) if may_read_history else SCOPES
    with StandIn(scopes) as standin:
        stage.set_up(standin, WORLD)
        ctx = Context(
            database=database,
            now=standin.workspace.now,
            zone=ZoneInfo("Africa/Bamako"),
            language="fr",
            team_id=standin.workspace.team.id,
            coordinators=frozenset({POOL}),
            files=files,
        )
        client = assembly.client(standin.bot_token, standin.api_url)
        app = assembly.Answering(ctx, client, standin.signing_secret, assembly.identify(client)).app

        def receive(body: str, headers: dict[str, list[str]]) -> tuple[int, str]:
            answer = app.dispatch(BoltRequest(body=body, headers=dict(headers)))
            return answer.status, answer.body

        standin.door = DirectDoor(receive, standin.signing_secret)
        sender = WebClient(standin.bot_token, base_url=standin.api_url, retry_handlers=[], timeout=5)
        yield Bot(standin, ctx, app, transports.SlackTransport(sender, may_read_history, ctx.now))


def answer(person: Person, **answers: Any) -> Submitted:
    """Submit the form on top by the names of its questions, also where its blocks tell one filling from another."""
    assert person.view is not None
    places = {block["block_id"].partition("~")[0]: block["block_id"] for block in person.view.blocks}
    return person.submit({places[name]: value for name, value in answers.items()})
