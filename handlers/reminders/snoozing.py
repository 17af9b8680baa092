"""The buttons of a reminder: put it off until a day, stop it for this period, undo either."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.received
import storage.reminding
from handlers import forms, places
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import NOT_OFFERED_ANY_MORE, FieldRefusal, Refusal
from handlers.forms import Form, Question, Sort
from handlers.language import message
from handlers.reminders import letters
from handlers.reports import blocks
from storage.reminding import Asked

SNOOZE_FORM_TITLE = message("Snooze until…")
SNOOZE_SUBMIT = message("Snooze")
UNTIL = message("The day from which I may remind you again")
NOT_LATER = message("Please choose a day after today.")

FORM = Form("reminder_day", SNOOZE_FORM_TITLE, SNOOZE_SUBMIT, (Question("until", UNTIL, Sort.DAY, required=True),))
_DAY = timedelta(days=1)


def register(app: App) -> None:
    """Register the listeners."""
    app.action("reminder_snooze")(snooze)
    app.view(FORM.name)(snooze_until)
    app.action("reminder_stop")(stop)
    app.action("reminder_resume")(resume)


def snooze(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """A day chosen in the menu: tomorrow, Monday, or one to be chosen in a form."""
    choice, _, day = str(body["actions"][0]["selected_option"]["value"]).partition("/")
    if choice == "day":
        context = {"place": places.of(body), "day": day}
        view = FORM.view(actor.speaker, {"until": _today(ctx, actor) + 7 * _DAY}, context=context)
        places.lay(client, body, view)
        ack()
        return
    today = _today(ctx, actor)
    until = today + (_DAY if choice == "tomorrow" else _DAY * (7 - today.weekday()))
    places.show_instead(ack, client, body, *_paused(ctx, actor, day, until, delivery))


def snooze_until(ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], client: WebClient, delivery: str) -> None:
    """The day chosen in the form."""
    until = date.fromisoformat(FORM.answers(view)["until"])
    if until <= _today(ctx, actor):
        raise FieldRefusal({"until": (NOT_LATER, {})})
    context = forms.context_of(view)
    text, told = _paused(ctx, actor, context["day"], until, delivery)
    ack()
    places.redraw(client, context["place"], text, told)


def stop(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """No more reminders of these: another period, another deadline is asked for again."""
    day = str(body["actions"][0].get("value"))
    places.show_instead(ack, client, body, *_paused(ctx, actor, day, None, delivery))


def resume(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """Undo it."""
    with ctx.sessions.begin() as session:
        asked = _asked(session, actor, str(body["actions"][0].get("value")))
        if storage.received.first(session, delivery, ctx.now()):
            storage.reminding.resume(session, asked, ctx.now())
        shown = letters.shown(session, ctx, asked)
    places.show_instead(ack, client, body, *shown)


def _paused(ctx: Context, actor: Actor, day: str, until: date | None, delivery: str) -> tuple[str, list[blocks.Block]]:
    """Keep that the reminder of that day is put off until then, or for good; what it shows now."""
    with ctx.sessions.begin() as session:
        asked = _asked(session, actor, day)
        if storage.received.first(session, delivery, ctx.now()):
            storage.reminding.pause(session, asked, until, ctx.now())
        return letters.shown(session, ctx, asked)


def _asked(session: Session, actor: Actor, day: str) -> Sequence[Asked]:
    """What their reminder of that day asked. Raises Refusal when there was none."""
    found = storage.reminding.asked_in(session, letters.key(day, actor.id))
    if not found:
        raise Refusal(NOT_OFFERED_ANY_MORE)
    return found


def _today(ctx: Context, actor: Actor) -> date:
    return ctx.now().astimezone(actor.speaker.zone).date()
