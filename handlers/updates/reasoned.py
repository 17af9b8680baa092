"""The two decisions of the pool that need a reason: *Return…* and *Excuse…*, each with its small form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.received
import storage.reporting_periods
import storage.updates
from handlers import answers, cards, forms, places, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import FieldRefusal, Refusal
from handlers.forms import Form, Question, Sort
from handlers.language import message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.updates import deciding, listing, standing, telling
from handlers.updates.kind import SHOWN
from handlers.updates.spots import APART, Spot
from storage.groups import Group
from storage.history import By, Origin
from storage.reporting_periods import Return

RETURN_TITLE = message("Return an update")
RETURN_SUBMIT = message("Return")
REASON = message("Why, and what is to be changed")
REASON_HINT = message("The lead of the group reads it as you write it.")
UNTIL = message("It may be changed until")
UNTIL_HINT = message("The end of that day; without one, a week from today.")
EXCUSE_TITLE = message("Excuse a group")
EXCUSE_SUBMIT = message("Excuse")
EXCUSE = message("Why it is excused for this period")
EXCUSE_HINT = message(
    "Read by the Pool Technique, the troïka and the group’s coordinators; others read only “excused”."
)
ABOUT = message("*{group}*, {period}")

PAST = message("This day is over; choose today or a later one.")
TOO_FAR = message("This day is more than a year away.")
RETURNED = message("*{group}*, {period}: returned until {until}; {who} was told why.")
RETURNED_ALONE = message("*{group}*, {period}: returned until {until}. Nobody of the group could be told here.")
EXCUSED = message("*{group}*, {period}: excused. Nothing is awaited of it, and nobody is reminded.")
RETURNED_MEANWHILE = message("{group}, {period}: {who} returned it on {day} already; nothing was changed.")
EXCUSED_BEFORE = message("{group}, {period}: {who} excused the group on {day} already; nothing was changed.")
GIVEN = message("{group}, {period}: its update was given; there is nothing to excuse.")

RETURN_FORM = Form(
    "updates_return",
    RETURN_TITLE,
    RETURN_SUBMIT,
    (
        Question("reason", REASON, hint=REASON_HINT, required=True),
        Question("until", UNTIL, Sort.DAY, hint=UNTIL_HINT),
    ),
)
EXCUSE_FORM = Form(
    "updates_excuse", EXCUSE_TITLE, EXCUSE_SUBMIT, (Question("reason", EXCUSE, hint=EXCUSE_HINT, required=True),)
)
LONGEST_DAYS = 366


def register(app: App) -> None:
    """Register the listeners."""
    app.action("updates_return")(open_return)
    app.view(RETURN_FORM.name)(keep_return)
    app.action("updates_excuse")(open_excuse)
    app.view(EXCUSE_FORM.name)(keep_excuse)


def open_return(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form that asks why, and until when."""
    spot = Spot.of(body["actions"][0])
    with ctx.readings.begin() as session:
        rights.require(session, ctx, actor, rights.Right.PERIODS)
        group = spot.group(session)
        decided = storage.reporting_periods.of(session, group.id, spot.period.key)
        deciding.require_received(session, actor, group, spot, decided)
    seen = _stamp(decided.returned_at if decided else None)
    values = {"until": ctx.today + standing.TERM}
    view = RETURN_FORM.view(actor.speaker, values, {}, _context(body, spot, seen=seen), [_about(actor, group, spot)])
    places.lay(client, body, view)
    ack()


def keep_return(ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], client: WebClient, delivery: str) -> None:
    """Return it: the lead is told, and may change it again."""
    given, context = RETURN_FORM.answers(view), forms.context_of(view)
    spot = Spot.read(context["spot"])
    until = standing.end_of(ctx, _day(ctx, given.get("until")))
    with ctx.sessions.begin() as session:
        rights.require(session, ctx, actor, rights.Right.PERIODS)
        if not storage.received.first(session, delivery, ctx.now()):
            ack()
            return
        notice = _return(session, ctx, actor, spot, Return(given["reason"], until), context["seen"])
        text, told = listing.again(session, ctx, actor, spot, notice)
    ack()
    ctx.wake()
    _show(client, context["place"], spot, text, told)


def open_excuse(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form that asks why the group is excused."""
    spot = Spot.of(body["actions"][0])
    with ctx.readings.begin() as session:
        rights.require(session, ctx, actor, rights.Right.PERIODS)
        group = spot.group(session)
    view = EXCUSE_FORM.view(actor.speaker, {}, {}, _context(body, spot), [_about(actor, group, spot)])
    places.lay(client, body, view)
    ack()


def keep_excuse(ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], client: WebClient, delivery: str) -> None:
    """Excuse the group: nothing is awaited of it for this period."""
    given, context = EXCUSE_FORM.answers(view), forms.context_of(view)
    spot = Spot.read(context["spot"])
    with ctx.sessions.begin() as session:
        rights.require(session, ctx, actor, rights.Right.PERIODS)
        if not storage.received.first(session, delivery, ctx.now()):
            ack()
            return
        notice = _excuse(session, ctx, actor, spot, given["reason"])
        text, told = listing.again(session, ctx, actor, spot, notice)
    ack()
    _show(client, context["place"], spot, text, told)


def _return(session: Session, ctx: Context, actor: Actor, spot: Spot, to_do: Return, seen: str) -> str:
    """Return it and tell the lead; what to say of it. Raises Refusal."""
    group = spot.group(session)
    row, updates = deciding.received(session, actor, group, spot)
    if _stamp(row.returned_at) != seen:
        who, day = standing.name(session, actor.speaker, row.returned_by_id), row.returned_at
        told = {"who": who, "day": standing.day_of(actor.speaker, day)}
        raise Refusal(RETURNED_MEANWHILE, group=group.code, period=spot.period, **told)
    storage.reporting_periods.send_back(session, row, to_do, By(actor.id, ctx.now(), Origin.FORM))
    for update in updates:
        cards.refresh(session, ctx, SHOWN, update, cause=ctx.now().isoformat())
    person = telling.returned(session, ctx, actor, updates[-1], row)
    values = {"group": literal(group.code), "period": spot.period, "until": to_do.until}
    if person is None:
        return actor.speaker.say(RETURNED_ALONE, **values)
    return actor.speaker.say(RETURNED, who=literal(person.name), **values)


def _excuse(session: Session, ctx: Context, actor: Actor, spot: Spot, reason: str) -> str:
    group = spot.group(session)
    row = storage.reporting_periods.entered(session, group.id, spot.period.key)
    if row.excused:
        who, day = standing.name(session, actor.speaker, row.excused_by_id), row.excused_at
        told = {"who": who, "day": standing.day_of(actor.speaker, day)}
        raise Refusal(EXCUSED_BEFORE, group=group.code, period=spot.period, **told)
    if storage.updates.of_group_and_period(session, group.id, spot.period.key):
        raise Refusal(GIVEN, group=group.code, period=spot.period)
    storage.reporting_periods.excuse(session, row, reason, By(actor.id, ctx.now(), Origin.FORM))
    return actor.speaker.say(EXCUSED, group=literal(group.code), period=spot.period)


def _day(ctx: Context, given: str | None) -> date:
    """The day chosen, a week from today without one. Raises FieldRefusal for one that is over or too far."""
    day = date.fromisoformat(given) if given else ctx.today + standing.TERM
    if day < ctx.today:
        raise FieldRefusal({"until": (PAST, {})})
    if (day - ctx.today).days > LONGEST_DAYS:
        raise FieldRefusal({"until": (TOO_FAR, {})})
    return day


def _context(body: Mapping[str, Any], spot: Spot, **more: str) -> dict[str, Any]:
    return {"spot": spot.value, "place": places.of(body), **more}


def _about(actor: Actor, group: Group, spot: Spot) -> blocks.Block:
    named = f"{group.name(actor.speaker.language)} ({group.code})"
    return blocks.section(actor.speaker.say(ABOUT, group=literal(named), period=spot.period))


def _stamp(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _show(client: WebClient, place: Mapping[str, str], spot: Spot, text: str, told: answers.Blocks) -> None:
    """The list as it is now; a message that is no list stays, and what was decided is told beside it."""
    if spot.shown != APART:
        places.redraw(client, place, text, told)
    elif "message" in place:
        shown = {"text": text, "blocks": list(told), "replace_original": False, "response_type": "ephemeral"}
        answers.post(client, place["message"], shown)
