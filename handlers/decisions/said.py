"""`/ptf decision` (`décision`): the form; with a body and a text, numbered at once, then the rest is offered."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.decisions
import storage.groups
import storage.history
from handlers import at_once, cards, commands, finding, parts, records, rights, shortcuts
from handlers.actors import Actor
from handlers.commands import Command
from handlers.context import Context
from handlers.decisions import kind
from handlers.decisions.kind import KIND
from handlers.errors import Refusal
from handlers.language import message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage.decisions import Decision
from storage.groups import Group
from storage.history import By, Origin
from storage.meetings import Meeting
from storage.visibility import sees

DECISION_SUMMARY = message("Note a decision of a meeting: a form, or your text at once")
DECISION_USAGE = message("[body text…]")
NUMBERED = message("Noted as *{code}*, decided today by {body}. Who is responsible, and by when?")
RESPONSIBLE_BUTTON = message("Responsible")
DEADLINE_BUTTON = message("Deadline")

COMMAND = Command(("decision", "décision"), DECISION_SUMMARY, DECISION_USAGE)
PARTS = {"decision_responsible": ("institutions", "carrier"), "decision_deadline": ("deadline",)}
"""Button -> the questions it asks of the decision just noted."""


def register(app: App) -> None:
    """Register the listeners."""
    commands.on(app, COMMAND, decision)
    app.action("decision_of_work")(recommend)
    shortcuts.saves(app, "message_to_decision", KIND)
    parts.register(app, KIND, PARTS)
    app.action("decision_of_meeting")(of_meeting)


def of_meeting(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form for a decision of the meeting whose button was clicked."""
    with ctx.readings.begin() as session:
        meeting = session.get(Meeting, records.id_of(body))
        if meeting is None or meeting.withdrawn or not sees(meeting, actor.audience):
            raise Refusal(records.GONE)
    records.open_form(ctx, actor, client, body, KIND, hints={"meeting": meeting})
    ack()


def decision(
    ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, rest: str, delivery: str
) -> None:
    """The form, or the words at once."""
    with ctx.readings.begin() as session:
        group, text = finding.led(session, rest, actor.speaker)
    if group is None or not text:
        records.open_form(ctx, actor, client, body, KIND, hints={"body_id": group.id if group else None})
        ack()
        return
    noted = at_once.keep(ctx, delivery, lambda session: record(session, ctx, actor, group, text))
    if noted is None:
        ack()
        return
    say, value = actor.speaker.say, str(noted.id)
    at_once.tell(
        ack,
        say(NUMBERED, code=noted.code, body=literal(group.name(actor.speaker.language))),
        blocks.button(say(RESPONSIBLE_BUTTON), "decision_responsible", value),
        blocks.button(say(DEADLINE_BUTTON), "decision_deadline", value),
    )


def recommend(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form of a recommendation, from the work that makes it."""
    records.open_form(ctx, actor, client, body, KIND, hints={"work_id": records.id_of(body)})
    ack()


def record(session: Session, ctx: Context, actor: Actor, body: Group, text: str) -> Decision:
    """Number and keep the words as a decision taken today. Raises refusals."""
    rights.require_decision(session, ctx, actor, body)
    noted = kind.new(ctx, actor, body)
    storage.decisions.reword(noted, at_once.fitting(text))
    storage.decisions.keep(session, noted, body.code)
    storage.history.created(session, noted, By(actor.id, ctx.now(), Origin.COMMAND))
    cards.receipt(session, ctx, actor, noted)
    return noted
