"""*Save as update*, *Save as decision*: from the menu of a message to a form, confirmed before anything is kept.

The form opens first, with what is known; then Slack is asked for the rest. When the message is edited later, whoever
recorded it is asked (handlers.edits); here are the answers, *Take it* and *Leave it*.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from sqlalchemy.orm import Session

import storage.outbox
import storage.received
from handlers import messages, records
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import Refusal, number
from handlers.language import Message, message
from handlers.records import Filled, RecordKind
from handlers.reports import blocks
from storage.history import Origin
from storage.outbox import Sort
from storage.records import Record
from storage.sources import Source, fingerprint

logger = logging.getLogger(__name__)

ANSWERED = message("This was answered already, or the message says again what was recorded.")
TAKEN = message("Taken: the record now says what the message says.")
LEFT = message("Left: the record stays as it was.")


def saves(app: App, shortcut: str, kind: RecordKind[Any]) -> None:
    """Let the menu of a message open the form of a kind, and a later edit of that message be taken or left."""

    def open_from_message(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
        with ctx.readings.begin() as session:
            told = messages.taken(session, ctx, body)
            filled = kind.fill(session, ctx, actor, None, {"text": messages.said(session, body["message"])})
        opened = client.views_open(trigger_id=body["trigger_id"], view=_drawn(actor, kind, filled, told))["view"]
        ack()
        _complete(client, opened, _drawn(actor, kind, filled, messages.completed(ctx, client, told)))

    def take(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], delivery: str) -> None:
        with ctx.sessions.begin() as session:
            if storage.received.first(session, delivery, ctx.now()):
                source, record = _asked(session, ctx, actor, kind, body)
                text = messages.said(session, {"text": source.offered})
                records.change(session, ctx, actor, kind, record, {kind.words: text}, Origin.BUTTON)
                _settle(session, ctx, actor, source, TAKEN)
        ack()
        ctx.wake()

    def leave(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], delivery: str) -> None:
        with ctx.sessions.begin() as session:
            if storage.received.first(session, delivery, ctx.now()):
                source, _ = _asked(session, ctx, actor, kind, body)
                _settle(session, ctx, actor, source, LEFT)
        ack()
        ctx.wake()

    app.message_shortcut(shortcut)(open_from_message)
    app.action(f"{kind.name}_take")(take)
    app.action(f"{kind.name}_leave")(leave)


def _drawn(actor: Actor, kind: RecordKind[Any], filled: Filled, told: Mapping[str, Any]) -> dict[str, Any]:
    return records.drawn(actor, kind, replace(filled, context={**filled.context, "source": dict(told)}))


def _complete(client: WebClient, opened: Mapping[str, Any], view: dict[str, Any]) -> None:
    """Draw the form with what Slack told since; what was typed stays. When Slack will not, it stands as it is."""
    try:
        client.views_update(view_id=opened["id"], hash=opened["hash"], view=view)
    except (SlackClientError, OSError) as error:
        logger.warning("the form was not completed: %s", type(error).__name__)


def _asked(
    session: Session, ctx: Context, actor: Actor, kind: RecordKind[Any], body: Mapping[str, Any]
) -> tuple[Source, Any]:
    """The source an offer is about, and its record, both locked. Raises Refusal: answered, withdrawn, not theirs."""
    source_id, _, record_id = str(body["actions"][0]["value"]).partition(":")
    source = session.get(Source, number(source_id, ANSWERED), with_for_update=True)
    record: Record = records.changeable(session, ctx, actor, kind, number(record_id, ANSWERED))
    if source is None or source.offered is None or record.source_id != source.id:
        raise Refusal(ANSWERED)
    return source, record


def _settle(session: Session, ctx: Context, actor: Actor, source: Source, sentence: Message) -> None:
    """The edit is answered: the offer says so, without its buttons."""
    source.words = fingerprint(messages.said(session, {"text": source.offered}))
    text, offer = actor.speaker.say(sentence), source.offer
    source.offered = source.offer = None
    if offer is not None:
        payload = {"text": text, "blocks": [blocks.section(text)]}
        key = f"{offer}:settled"
        storage.outbox.put(session, key, actor.slack_id, payload, ctx.now(), sort=Sort.EDIT, under=offer)
