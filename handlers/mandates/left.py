"""*Somebody has left*: the pool says so, where Slack does not. From today nobody carries what they carried.

Each mandate stays with its institution; the half they carried ended yesterday, so that "who held it then" stays true.
"""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.mandates
import storage.people
from handlers import changing, forms, leaving, places, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import FieldRefusal
from handlers.forms import Form, Question, Sort
from handlers.language import message
from handlers.mandates import form, listing, turning
from handlers.reports.mrkdwn import literal
from storage.mandates import Mandate
from storage.people import Person

LEFT_FORM_TITLE = message("Somebody has left")
SAVE_SUBMIT = message("Save")
WHO = message("Who has left")
WHO_HINT = message(
    "From today nobody carries what they carried; the institutions keep their mandates. You get the list, with buttons "
    "to name who follows."
)
CARRIES_NOTHING = message("{name} carries no mandate, now or later.")
SAVED_LEFT = message("✅ Saved: {name} has left. The list of what they carried is in your direct messages.")

FORM = Form("mandate_left", LEFT_FORM_TITLE, SAVE_SUBMIT, (Question("who", WHO, Sort.PERSON, WHO_HINT, required=True),))


def register(app: App) -> None:
    """Register the listeners."""
    app.action("mandate_left")(open_left)
    app.view(FORM.name)(keep_left)


def open_left(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form."""
    with ctx.readings.begin() as session:
        rights.require_pool(session, ctx, actor)
    places.lay(client, body, FORM.view(actor.speaker, context=listing.opened_on(body)))
    ack()


def keep_left(ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], client: WebClient, delivery: str) -> None:
    """The form submitted: their mandates lose them, and the list goes out."""
    answers, context = FORM.answers(view), forms.context_of(view)
    notice = ""
    with ctx.sessions.begin() as session:
        if changing.begin(session, ctx, actor, delivery):
            person = storage.people.by_slack_id(session, ctx.team_id, answers["who"])
            mandates = _carried(session, ctx, person) if person else []
            if person is None or not mandates:
                name = person.name if person else answers["who"]
                raise FieldRefusal({"who": (CARRIES_NOTHING, {"name": name})})
            vacated = [_vacated(session, ctx, actor, mandate, person) for mandate in mandates]
            leaving.tell(session, ctx, person, vacated)
            turning.tell(session, ctx)
            notice = actor.speaker.say(SAVED_LEFT, name=literal(person.name))
    ack()
    ctx.wake()
    listing.draw_again(ctx, actor, client, context, notice)


def _carried(session: Session, ctx: Context, person: Person) -> list[Mandate]:
    return [each for each in storage.mandates.standing(session, ctx.today) if each.carried_by(person.id)]


def _vacated(session: Session, ctx: Context, actor: Actor, mandate: Mandate, person: Person) -> Mandate:
    """The mandate as it goes on without them."""
    later = form.handed_on(session, ctx, actor, mandate, ctx.today)
    slots = [name for name in ("holder_id", "alternate_id") if getattr(later, name) == person.id]
    changing.keep(session, ctx, actor, later, dict.fromkeys(slots))
    return later
