"""*Done* and *Replace*, from a card or from the register; *Still right* and *Another date* when it comes back."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

import storage.received
from handlers import records
from handlers.actors import Actor
from handlers.context import Context
from handlers.decisions.kind import KIND, require_standing, set_status
from handlers.errors import Refusal
from handlers.language import message
from storage.decisions import STANDING, Decision, Status

DONE_BEFORE = message("{code} was settled already on {day}.")
LOOKED_AT_BEFORE = message("{code} does not wait to be looked at: somebody answered already.")


def register(app: App) -> None:
    """Register the listeners."""
    app.action("decision_done")(done)
    app.action("decision_replace")(replace)
    app.action("decision_still")(still_right)
    app.action("decision_review")(another_date)


def done(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], delivery: str) -> None:
    """Mark it done today."""
    settle(ctx, actor, records.id_of(body), delivery)
    ack()


def settle(ctx: Context, actor: Actor, decision_id: int, delivery: str) -> Decision:
    """Mark it done today, once. Raises refusals."""
    with ctx.sessions.begin() as session:
        decision = records.changeable(session, ctx, actor, KIND, decision_id)
        if storage.received.first(session, delivery, ctx.now()):
            require_standing(session, actor, decision)
            if decision.status not in STANDING:
                raise Refusal(DONE_BEFORE, code=decision.code, day=decision.done_on)
            set_status(session, ctx, actor, decision, Status.DONE)
    ctx.wake()
    return decision


def replace(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """Ask for the decision that takes its place."""
    open_replacement(ctx, actor, body, client, records.id_of(body))
    ack()


def open_replacement(ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, decision_id: int) -> None:
    """Open the form of the new decision. Raises Refusal when the old one is replaced already, or not theirs."""
    with ctx.readings.begin() as session:
        require_standing(session, actor, records.changeable(session, ctx, actor, KIND, decision_id))
    records.open_form(ctx, actor, client, body, KIND, hints={"replaces": decision_id})


def still_right(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], delivery: str) -> None:
    """It was looked at and stays; it does not come back any more."""
    with ctx.sessions.begin() as session:
        decision = records.changeable(session, ctx, actor, KIND, records.id_of(body))
        if storage.received.first(session, delivery, ctx.now()):
            if decision.review_on is None or decision.review_on > ctx.today:
                raise Refusal(LOOKED_AT_BEFORE, code=decision.code)
            records.change(session, ctx, actor, KIND, decision, {"review": ""})
    ctx.wake()
    ack()


def another_date(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """Ask only for the day on which it comes back."""
    records.open_form(ctx, actor, client, body, KIND, record_id=records.id_of(body), hints={"questions": ("review",)})
    ack()
