"""A plan goes on in the next year: its open lines are copied, by a button, offered to the pool when a year is over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.mandates
import storage.outbox
import storage.plans.carrying
import storage.plans.rows
import storage.received
from handlers import actors, places, records, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import Refusal
from handlers.language import Speaker, message, plural
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.rights import Right
from storage.history import By, Origin
from storage.mandates import Office
from storage.plans.rows import Line, Plan
from storage.visibility import sees

CARRY_BUTTON = message("Carry over to {year}")
CARRY_TITLE = message("Carry over to {year}?")
CARRY_TEXT = message(
    "The open lines are copied into the plan of the next year, each once, and the ones they stand under. Here nothing "
    "changes."
)
KEEP_BUTTON = message("Not now")
SHOW_BUTTON = message("Show the plan")
CARRIED = plural(
    "One line goes on in *{plan}* ({code}). It has no date there until you give it one.",
    "{count} lines go on in *{plan}* ({code}). They have no dates there until you give them some.",
)
NOTHING_NEW = message("*{plan}* ({code}) has all of them already: nothing was added.")
NO_YEAR = message("{code} belongs to no year: there is no next one to carry it over to.")
OFFER = plural(
    "*{plan}* is over, and one line of it is still open. Shall it go on in {year}?",
    "*{plan}* is over, and {count} lines of it are still open. Shall they go on in {year}?",
)

NAME = "plan_carry"
JANUARY = 1
LATE = timedelta(days=14)
"""How long after the chef de file changed it is still offered."""


def register(app: App) -> None:
    """Register the listener."""
    app.action(NAME)(carry)


def button(speaker: Speaker, plan: Plan) -> blocks.Block:
    """*Carry over to 2028*, asked again before it counts."""
    say, year = speaker.say, storage.plans.carrying.next_year(plan)
    label = say(CARRY_BUTTON, year=year)
    sure = blocks.confirm(say(CARRY_TITLE, year=year), say(CARRY_TEXT), label, say(KEEP_BUTTON))
    return blocks.button(label, NAME, str(plan.id), confirm=sure)


def carry(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """Copy what is open, once; tell where it goes on."""
    with ctx.sessions.begin() as session:
        plan = session.get(Plan, records.id_of(body), with_for_update=True)
        if plan is None or plan.withdrawn:
            raise Refusal(records.GONE)
        if not sees(plan, actor.audience):
            raise Refusal(records.NOT_FOR_YOU)
        rights.require(session, ctx, actor, Right.KEEP_PLANS, plan)
        if storage.plans.carrying.next_year(plan) is None:
            raise Refusal(NO_YEAR, code=plan.code)
        made: Sequence[Line] = ()
        target = storage.plans.carrying.following(session, plan)
        if target is None or storage.received.first(session, delivery, ctx.now()):
            target, made = storage.plans.carrying.carry(session, plan, By(actor.id, ctx.now(), Origin.BUTTON))
        name, code, target_id = literal(target.name), target.code, target.id
    say = actor.speaker.say
    text = say(CARRIED, count=len(made), plan=name, code=code) if made else say(NOTHING_NEW, plan=name, code=code)
    show = blocks.actions(blocks.button(say(SHOW_BUTTON), "plan_show", str(target_id)))
    places.show_instead(ack, client, body, text, [blocks.section(text), show])


def offer(session: Session, ctx: Context, due: datetime) -> None:
    """The clock's job in the morning: in January, and when the chef de file changes, what is over is offered once."""
    if ctx.today.month != JANUARY and not _lead_changed(session, ctx):
        return
    for plan in storage.plans.rows.running(session):
        if plan.last_year is None or plan.last_year >= ctx.today.year:
            continue
        count = sum(line.is_open for line in storage.plans.carrying.to_carry(session, plan))
        for slack_id in rights.pool_ids(session, ctx) if count else ():
            _offer(session, ctx, plan, count, slack_id)


def _offer(session: Session, ctx: Context, plan: Plan, count: int, slack_id: str) -> None:
    reader = actors.load(session, ctx, slack_id)
    speaker = reader.speaker if reader is not None else ctx.speaker
    year = storage.plans.carrying.next_year(plan)
    text = speaker.say(OFFER, plan=literal(plan.name), count=count, year=year)
    show = blocks.button(speaker.say(SHOW_BUTTON), "plan_show", str(plan.id))
    payload = {"text": text, "blocks": [blocks.section(text), blocks.actions(button(speaker, plan), show)]}
    key = f"carry:{plan.id}:{ctx.today.year}:{slack_id}"
    storage.outbox.put(session, key, slack_id, payload, ctx.now())


def _lead_changed(session: Session, ctx: Context) -> bool:
    """Whether a chef de file took office in the last days."""
    held = storage.mandates.of_offices(session, [Office.LEAD], ctx.today)
    return any(mandate.starts > ctx.today - LATE for mandate in held)
