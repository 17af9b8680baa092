"""Keeps what serves a line of a plan, as it was chosen from the line; the cards of what serves it show it at once.

The form stands in handlers.plans.serving.
"""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from sqlalchemy.orm import Session

import storage.history
import storage.plans.serving
import storage.received
from handlers import answers, cards, forms, receipts
from handlers.actors import Actor
from handlers.context import Context
from handlers.language import message
from handlers.plans import serving
from handlers.plans.serving import FORM, MODELS
from handlers.reports import blocks
from storage.actions import Action
from storage.decisions import Decision
from storage.history import By, Origin
from storage.plans.rows import Line
from storage.updates import Update

KEPT = message("*{code}* is served by {count} of them now.")


def register(app: App) -> None:
    """Register the listener."""
    app.view(FORM.name)(submitted)


def submitted(ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], delivery: str) -> None:
    """Let what was chosen serve the line, and what was taken out serve none."""
    given, context = FORM.answers(view), forms.context_of(view)
    with ctx.sessions.begin() as session:
        line = serving.line_to_serve(session, ctx, actor, int(context["id"]))
        if storage.received.first(session, delivery, ctx.now()):
            for name, model in MODELS.items():
                chosen = {int(each) for each in given.get(name, ())}
                were = {int(each) for each in context["were"].get(name, ())}
                ids = sorted(chosen ^ were)
                for record in storage.plans.serving.by_ids(session, model, ids, actor.audience):
                    _link(session, ctx, actor, record, line if record.id in chosen else None)
        code, count = line.code, sum(len(each) for each in given.values())
    text = actor.speaker.say(KEPT, code=code, count=count)
    ack(response_action="update", view=answers.sheet([blocks.section(text)]))
    ctx.wake()


def _link(session: Session, ctx: Context, actor: Actor, record: Decision | Action | Update, line: Line | None) -> None:
    """Write the line into a record, or out of it, with its line of history and its cards."""
    before = storage.history.facts(record)
    record.line_id = line.id if line is not None else None
    session.flush()
    if storage.history.changed(session, record, before, By(actor.id, ctx.now(), Origin.FORM)):
        record.version += 1
        session.flush()
        cards.refresh(session, ctx, receipts.SHOWN[record.__tablename__][1], record)
