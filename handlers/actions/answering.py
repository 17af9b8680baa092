"""What those do who owe an action: *Acknowledge*, *Done* with a word of evidence, *Hand over*; and *Reopen*."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.history
import storage.received
from handlers import records, rights
from handlers.actions import kind, proposals
from handlers.actions.kind import KIND
from handlers.actions.questions import DONE_FORM, HAND_OVER_FORM
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import FieldRefusal, Refusal
from handlers.followup import births
from handlers.followup.action_cards import SHOWN
from handlers.forms import NEEDED
from handlers.language import message
from handlers.rights import Right
from storage.actions import STANDING, Action, Status
from storage.history import By, Origin

ACKNOWLEDGED_BEFORE = message("{code} was acknowledged already on {at}.")
STILL_OWED = message("{code} is still to be done: there is nothing to reopen.")
ANOTHER_INSTITUTION = message(
    "{name} does not work for the institution that owes this. The Pool Technique can hand it to another institution: "
    "{people}."
)


def register(app: App) -> None:
    """Register the listeners."""
    app.action("action_acknowledge")(acknowledge)
    app.action("action_done")(done_opened)
    app.action("action_handover")(handover_opened)
    app.action("action_reopen")(reopen)
    records.submits(app, DONE)
    records.submits(app, HAND_OVER)


def acknowledge(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], delivery: str) -> None:
    """Somebody has seen it and takes it on."""
    take_on(ctx, actor, records.id_of(body), delivery)
    ack()


def take_on(ctx: Context, actor: Actor, action_id: int, delivery: str) -> None:
    """Acknowledge it, once; where nobody carries it yet, who does so for the institution carries it from then on."""
    with ctx.sessions.begin() as session:
        action = records.changeable(session, ctx, actor, DONE, action_id)
        if storage.received.first(session, delivery, ctx.now()):
            if action.status == Status.ACKNOWLEDGED:
                raise Refusal(ACKNOWLEDGED_BEFORE, code=action.code, at=action.acknowledged_at)
            before = storage.history.facts(action)
            action.status, action.acknowledged_at = Status.ACKNOWLEDGED, ctx.now()
            if action.carrier_id is None and action.institution_id in (None, actor.institution_id):
                action.carrier_id = actor.id
            records.touched(session, ctx, actor, SHOWN, action, before, Origin.BUTTON)
    ctx.wake()


def done_opened(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """Ask what shows that it is done."""
    records.open_form(ctx, actor, client, body, DONE, record_id=records.id_of(body))
    ack()


def handover_opened(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """Ask to whom it goes."""
    records.open_form(ctx, actor, client, body, HAND_OVER, record_id=records.id_of(body))
    ack()


def finish(session: Session, ctx: Context, actor: Actor, action: Action, answers: Mapping[str, Any]) -> None:
    """It is done, today; a date that was asked for matters no more, and its decision may be done with it."""
    action.status, action.done_on, action.evidence = Status.DONE, ctx.today, answers["evidence"]
    action.before = None
    proposals.over(session, ctx, action)
    births.settle(session, ctx, action, By(actor.id, ctx.now(), Origin.FORM))


def hand_over(session: Session, ctx: Context, actor: Actor, action: Action, answers: Mapping[str, Any]) -> None:
    """Somebody else is asked from now on: a colleague of the institution; another institution is for the Pool to name.

    Who takes it over has not acknowledged it yet.
    """
    institution_id = int(answers["institution"]) if answers.get("institution") else action.institution_id
    person = kind.carrier(session, ctx, action, answers.get("carrier"))
    if person is None and institution_id == action.institution_id:
        raise FieldRefusal({"carrier": (NEEDED, {})})
    elsewhere = person is not None and person.institution_id != institution_id
    if elsewhere and not rights.may(actor, Right.MOVE_ACTION, record=action):
        pool = rights.pool_names(session, ctx, actor.speaker)
        raise FieldRefusal({"carrier": (ANOTHER_INSTITUTION, {"name": person.name if person else "", "people": pool})})
    if institution_id != action.institution_id:
        rights.require(session, ctx, actor, Right.MOVE_ACTION, action)
    action.institution_id, action.carrier_id = institution_id, person.id if person is not None else None
    action.status, action.acknowledged_at = Status.OPEN, None
    births.tell(session, ctx, [action], but=actor.id)


def reopen(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], delivery: str) -> None:
    """It is to be done after all; so is its decision."""
    with ctx.sessions.begin() as session:
        action = records.changeable(session, ctx, actor, KIND, records.id_of(body))
        if storage.received.first(session, delivery, ctx.now()):
            if action.status in STANDING:
                raise Refusal(STILL_OWED, code=action.code)
            before = storage.history.facts(action)
            action.status, action.done_on, action.before = Status.OPEN, None, None
            births.settle(session, ctx, action, By(actor.id, ctx.now(), Origin.BUTTON))
            records.touched(session, ctx, actor, SHOWN, action, before, Origin.BUTTON)
    ctx.wake()
    ack()


DONE = kind.partial("action_done", DONE_FORM, finish)
HAND_OVER = kind.partial("action_handover", HAND_OVER_FORM, hand_over)
