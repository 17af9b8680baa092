"""*Postpone…*: a digest goes out at another instant than its hour, written as people write one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.received
import storage.schedule
from handlers import forms, places
from handlers.actors import Actor
from handlers.context import Context
from handlers.dates import NotADate, moments
from handlers.digest import asked, deciding, gathering, hours, showing
from handlers.errors import FieldRefusal
from handlers.forms import Form, Question, Sort
from handlers.language import Message, message
from storage import periods
from storage.drafts import State
from storage.periods import Period

POSTPONE_TITLE = message("Postpone the digest")
POSTPONE_SUBMIT = message("Postpone")
UNTIL_WHEN = message("Until when")
UNTIL_WHEN_HINT = message("For example “Monday 10:00” or “18:30”. It can be changed until then.")
OVER = message("{at} is over already.")
AFTER_THE_NEXT = message("The next digest is due on {at}: this one goes out before it.")

FORM = Form(
    "digest_postponed",
    POSTPONE_TITLE,
    POSTPONE_SUBMIT,
    (Question("until", UNTIL_WHEN, Sort.LINE, hint=UNTIL_WHEN_HINT, required=True),),
)


def register(app: App) -> None:
    """Register the listeners."""
    app.action("digest_postpone")(open_postponing)
    app.view(FORM.name)(keep_postponing)


def open_postponing(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form."""
    with ctx.readings.begin() as session:
        draft = deciding.seen(session, ctx, actor, body["actions"][0]["value"])
    context = {"week": draft.week, "place": deciding.place(body)}
    places.lay(client, body, FORM.view(actor.speaker, context=context))
    ack()


def keep_postponing(
    ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], client: WebClient, delivery: str
) -> None:
    """The form submitted. The schedule is locked before the digest, as the clock does it."""
    text, context = FORM.answers(view)["until"], forms.context_of(view)
    with ctx.sessions.begin() as session:
        at = _instant(session, ctx, deciding.week_of(session, ctx, context["week"]), text)
        storage.schedule.bring_forward(session, hours.POSTPONED, at)
        draft = deciding.held(session, ctx, actor, context["week"])
        if storage.received.first(session, delivery, ctx.now()):
            decided = {"decided_by_id": actor.id, "decided_at": ctx.now()}
            showing.keep(session, ctx, draft, {"state": State.OPEN, "postponed_to": at, **decided}, actor)
    ack()
    ctx.wake()
    asked.draw_again(ctx, actor, client, context["place"])


def _instant(session: Session, ctx: Context, week: Period, text: str) -> datetime:
    """When that is. Raises FieldRefusal for what is no instant, over, or not before the next digest."""
    clock = gathering.clock(session)
    try:
        at = moments.moment(text, ctx.now(), clock.zone, clock.at)
    except NotADate as error:
        raise _fault(error.sentence, **error.values) from None
    if at <= ctx.now():
        raise _fault(OVER, at=at)
    following = clock.deadline(periods.parse(week.key).next())
    if at >= following:
        raise _fault(AFTER_THE_NEXT, at=following)
    return at


def _fault(sentence: Message, **values: object) -> FieldRefusal:
    return FieldRefusal({"until": (sentence, values)})
