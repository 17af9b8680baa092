"""*What serves it*: the form in which the decisions, actions and updates that serve a line of a plan are chosen.

What was chosen is kept by handlers.linking, which knows how each of them looks on its cards.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.groups
import storage.plans.rows
import storage.plans.serving
from handlers import places, records, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import Refusal
from handlers.forms import Form, Question, Sort
from handlers.language import message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.rights import Right
from storage import periods
from storage.actions import Action
from storage.decisions import Decision
from storage.plans.rows import Line
from storage.updates import Update
from storage.visibility import sees

SERVES_BUTTON = message("What serves it")
SERVES_FORM_TITLE = message("What serves a line")
SAVE_SUBMIT = message("Save")
WHICH = message("*{code}*: {text}")
ONE_LINE = message("Offered are the newest that serve no line yet. Each of them can serve one line.")
DECISIONS = message("Decisions")
ACTIONS = message("Actions")
UPDATES = message("Updates")
NOTHING_TO_SERVE = message("No decision, action or update that you may read is free to serve a line.")

NAME = "plan_line_serves"
FORM = Form(
    NAME,
    SERVES_FORM_TITLE,
    SAVE_SUBMIT,
    (
        Question("decisions", DECISIONS, Sort.CHOICES),
        Question("actions", ACTIONS, Sort.CHOICES),
        Question("updates", UPDATES, Sort.CHOICES),
    ),
)
MODELS: Mapping[str, type[Decision] | type[Action] | type[Update]] = {
    "decisions": Decision,
    "actions": Action,
    "updates": Update,
}
"""Question -> what is chosen there."""
SHORT = 500
"""Characters of the line's text above the form."""


def register(app: App) -> None:
    """Register the listeners."""
    app.action(NAME)(opened)


def buttons(actor: Actor, line: Line) -> list[blocks.Block]:
    """*What serves it*, for who keeps the plans."""
    if not rights.may(actor, Right.KEEP_PLANS, record=line):
        return []
    return [blocks.button(actor.speaker.say(SERVES_BUTTON), NAME, str(line.id))]


def opened(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """Ask what serves the line."""
    open_form(ctx, actor, client, body, records.id_of(body))
    ack()


def open_form(ctx: Context, actor: Actor, client: WebClient, body: Mapping[str, Any], line_id: int) -> None:
    """Lay the form. Raises Refusal when nothing is there to choose."""
    with ctx.readings.begin() as session:
        line = line_to_serve(session, ctx, actor, line_id)
        found = {
            name: storage.plans.serving.offered(session, model, line.id, actor.audience, blocks.OPTIONS)
            for name, model in MODELS.items()
        }
        options = {
            name: [(str(each.id), _named(session, actor, each)) for each in rows] for name, rows in found.items()
        }
        serving = {name: [str(each.id) for each in rows if each.line_id == line.id] for name, rows in found.items()}
        text = actor.speaker.say(WHICH, code=line.code, text=literal(blocks.clip(line.numbered, SHORT)))
    if not any(options.values()):
        raise Refusal(NOTHING_TO_SERVE)
    above = [blocks.section(text), blocks.context(actor.speaker.say(ONE_LINE))]
    places.lay(client, body, FORM.view(actor.speaker, serving, options, {"id": line_id, "were": serving}, above))


def line_to_serve(session: Session, ctx: Context, actor: Actor, line_id: int) -> Line:
    """The line, if this person keeps the plans. Raises Refusal."""
    line = storage.plans.rows.line_by_id(session, line_id)
    if line is None or line.withdrawn:
        raise Refusal(records.GONE)
    if not sees(line, actor.audience):
        raise Refusal(records.NOT_FOR_YOU)
    rights.require(session, ctx, actor, Right.KEEP_PLANS, line)
    return line


def _named(session: Session, actor: Actor, record: Decision | Action | Update) -> str:
    """What it is called in the menu."""
    if isinstance(record, Update):
        group = storage.groups.by_id(session, record.group_id)
        period = actor.speaker.period(periods.parse(record.period))
        return f"{group.code if group is not None else ''} – {period} – {record.progress}"
    return f"{record.code} – {record.text}"
