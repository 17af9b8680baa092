"""*Validate a period*: the state of every line of a plan is kept as it is, and shown so from then on."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.history
import storage.plans.frozen
import storage.plans.rows
import storage.received
from handlers import answers, forms, places, records, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import FieldRefusal, Refusal
from handlers.forms import Form, Question, Sort
from handlers.language import message, plural
from handlers.plans import telling
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.rights import Right
from storage import periods
from storage.history import By, Origin
from storage.plans.rows import Plan
from storage.visibility import sees

FREEZE_BUTTON = message("Validate a period")
FREEZE_FORM_TITLE = message("Validate a period")
FREEZE_SUBMIT = message("Validate")
PERIOD = message("Period")
ABOUT = message(
    "*{plan}*: where each line stands now, its reason and its last value are kept for that period; whatever is said "
    "later does not change them."
)
STANDING = message("Now: {standing}")
VALIDATED = plural(
    "*{plan}*: one line is validated for the {period}.", "*{plan}*: {count} lines are validated for the {period}."
)
ALREADY = message("This period was validated already.")
EVERYTHING_VALIDATED = message("Every period that has begun is validated.")
NOTHING_TO_VALIDATE = message("This plan has no line yet.")

NAME = "plan_freeze"
FORM = Form(NAME, FREEZE_FORM_TITLE, FREEZE_SUBMIT, (Question("period", PERIOD, Sort.CHOICE, required=True),))


def register(app: App) -> None:
    """Register the listeners."""
    app.action(NAME)(opened)
    app.view(NAME)(submitted)


def opened(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """Ask which period; the oldest that is not validated stands first."""
    with ctx.readings.begin() as session:
        plan = _plan(session, ctx, actor, records.id_of(body))
        keys = storage.plans.frozen.open_periods(plan, ctx.today)
        if not keys:
            raise Refusal(EVERYTHING_VALIDATED)
        told = telling.as_it_is(session, ctx, storage.plans.rows.lines(session, plan.id))
        name, plan_id = literal(plan.name), plan.id
    speaker = actor.speaker
    above = [blocks.section(speaker.say(ABOUT, plan=name))]
    if told:
        above.append(blocks.context(speaker.say(STANDING, standing=telling.standing(speaker, told))))
    menu = [(key, speaker.period(periods.parse(key))) for key in keys]
    view = FORM.view(speaker, {"period": keys[0]}, {"period": menu}, {"id": plan_id}, above)
    places.lay(client, body, view)
    ack()


def submitted(ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], delivery: str) -> None:
    """Keep the state, once; tell how many lines."""
    key, context = FORM.answers(view)["period"], forms.context_of(view)
    with ctx.sessions.begin() as session:
        first = storage.received.first(session, delivery, ctx.now())
        plan = _plan(session, ctx, actor, int(context["id"]))
        if first and key in storage.plans.frozen.keys(plan):
            raise FieldRefusal({"period": (ALREADY, {})})
        if first:
            freeze(session, ctx, actor, plan, key)
        count = len(storage.plans.frozen.rows(session, plan.id, key))
        name = literal(plan.name)
    text = actor.speaker.say(VALIDATED, plan=name, period=periods.parse(key), count=count)
    ack(response_action="update", view=answers.sheet([blocks.section(text)]))


def freeze(session: Session, ctx: Context, actor: Actor, plan: Plan, key: str) -> None:
    """Keep the state of every line, with the plan's line of history. Raises FieldRefusal for a plan without lines."""
    before = storage.history.facts(plan)
    if not storage.plans.frozen.freeze(session, plan, key, ctx.now(), actor.id):
        raise FieldRefusal({"period": (NOTHING_TO_VALIDATE, {})})
    storage.history.changed(session, plan, before, By(actor.id, ctx.now(), Origin.BUTTON))
    plan.version += 1


def _plan(session: Session, ctx: Context, actor: Actor, plan_id: int) -> Plan:
    """The plan, locked, if this person keeps the plans. Raises Refusal."""
    plan = session.get(Plan, plan_id, with_for_update=True)
    if plan is None or plan.withdrawn:
        raise Refusal(records.GONE)
    if not sees(plan, actor.audience):
        raise Refusal(records.NOT_FOR_YOU)
    rights.require(session, ctx, actor, Right.VALIDATE_PLANS, plan)
    return plan
