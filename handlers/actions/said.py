"""`/ptf action`: the form; with a group and a text, numbered at once, then who owes it and by when is asked."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.actions
import storage.history
from handlers import at_once, cards, commands, finding, parts, records, rights
from handlers.actions import kind
from handlers.actions.kind import KIND
from handlers.actors import Actor
from handlers.commands import Command
from handlers.context import Context
from handlers.language import message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.rights import Right
from storage.actions import Action
from storage.groups import Group
from storage.history import By, Origin

ACTION_SUMMARY = message("Ask for an action: a form, or your text at once")
ACTION_USAGE = message("[group text…]")
NUMBERED = message("Asked for as *{code}* in {group}. Who owes it, and by when?")
OWED_BUTTON = message("Who owes it")
DEADLINE_BUTTON = message("Deadline")

COMMAND = Command(("action",), ACTION_SUMMARY, ACTION_USAGE)
PARTS = {"action_owed": ("institution", "carrier"), "action_deadline": ("deadline",)}
"""Button -> the questions it asks of the action just noted."""


def register(app: App) -> None:
    """Register the listeners."""
    commands.on(app, COMMAND, action)
    app.action("action_about")(about)
    parts.register(app, KIND, PARTS)


def action(
    ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, rest: str, delivery: str
) -> None:
    """The form, or the words at once."""
    with ctx.readings.begin() as session:
        group, text = finding.led(session, rest, actor.speaker)
    if group is None or not text:
        records.open_form(ctx, actor, client, body, KIND, hints={"group_id": group.id if group else None})
        ack()
        return
    asked = at_once.keep(ctx, delivery, lambda session: record(session, ctx, actor, group, text))
    if asked is None:
        ack()
        return
    say, value = actor.speaker.say, str(asked.id)
    at_once.tell(
        ack,
        say(NUMBERED, code=asked.code, group=literal(group.name(actor.speaker.language))),
        blocks.button(say(OWED_BUTTON), "action_owed", value),
        blocks.button(say(DEADLINE_BUTTON), "action_deadline", value),
    )


def about(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form, for what follows from a record of a register: its group and its level are proposed."""
    with ctx.readings.begin() as session:
        followed = kind.followed(session, actor, str(body["actions"][0]["value"]))
    records.open_form(ctx, actor, client, body, KIND, hints={"group_id": followed.group_id, "about": followed})
    ack()


def record(session: Session, ctx: Context, actor: Actor, group: Group, text: str) -> Action:
    """Number and keep the words as an action that is owed by nobody yet. Raises refusals."""
    rights.require(session, ctx, actor, Right.ASK_ACTION, group)
    asked = kind.new(ctx, actor, group)
    asked.text = at_once.fitting(text)
    storage.actions.keep(session, asked, group.code, ctx.today)
    storage.history.created(session, asked, By(actor.id, ctx.now(), Origin.COMMAND))
    cards.receipt(session, ctx, actor, asked)
    return asked
