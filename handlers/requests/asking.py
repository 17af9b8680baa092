"""`/ptf request` (`demande`): the form; with a text, numbered at once, then by when and who is offered."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.people
from handlers import at_once, commands, parts, records
from handlers.actors import Actor
from handlers.commands import Command
from handlers.context import Context
from handlers.kinds import forming
from handlers.kinds.kind import Kind
from handlers.language import message
from handlers.reports import blocks
from handlers.reports.mrkdwn import legible, mentioned, resolve
from storage.history import Origin
from storage.requests import Request

REQUEST_SUMMARY = message("Ask something of the Pool Technique: a form, or your text at once")
REQUEST_USAGE = message("[text…]")
NUMBERED = message("Asked of the Pool Technique as *{code}*. By when, and of whom?")
DEADLINE_BUTTON = message("By when")
TAKER_BUTTON = message("Who takes it")
ASKER_BUTTON = message("Who asks")

COMMAND = Command(("request", "demande"), REQUEST_SUMMARY, REQUEST_USAGE)
PARTS = {
    "request_deadline": ("deadline",),
    "request_taker": ("taken_by",),
    "request_asker": ("asked_by", "institution"),
}
"""Button -> the questions it asks of the request just noted."""


def register(app: App, kind: Kind[Request]) -> None:
    """Register the listeners."""
    of_requests = forming.record_kind(kind)

    def request(
        ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, rest: str, delivery: str
    ) -> None:
        if not rest.strip():
            records.open_form(ctx, actor, client, body, of_requests)
            ack()
            return

        def record(session: Session) -> Request:
            answers = {"text": written(session, rest)}
            kept: Request = records.keep(session, ctx, actor, of_requests, answers, {}, Origin.COMMAND)
            return kept

        asked = at_once.keep(ctx, delivery, record)
        if asked is None:
            ack()
            return
        at_once.tell(ack, actor.speaker.say(NUMBERED, code=asked.code), *offered(actor, asked))

    commands.on(app, COMMAND, request)
    parts.register(app, of_requests, PARTS)


def written(session: Session, rest: str) -> str:
    """The words after the command, with people by their names. Raises Refusal when they are too many."""
    return at_once.fitting(legible(resolve(rest, storage.people.names(session, mentioned(rest)))).strip())


def offered(actor: Actor, asked: Request) -> list[blocks.Block]:
    """What else can be said of it; only the Pool writes down what others ask."""
    say, value = actor.speaker.say, str(asked.id)
    buttons = [
        blocks.button(say(DEADLINE_BUTTON), "request_deadline", value),
        blocks.button(say(TAKER_BUTTON), "request_taker", value),
    ]
    if actor.is_pool:
        buttons.append(blocks.button(say(ASKER_BUTTON), "request_asker", value))
    return buttons
