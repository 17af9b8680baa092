"""In how many sectors a partner may be before it is warned: the form."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

import storage.configuration
from handlers import changing, forms, places, rights
from handlers.actors import Actor
from handlers.configuration import overview
from handlers.context import Context
from handlers.errors import FieldRefusal
from handlers.forms import Form, Question, Sort
from handlers.language import message

SECTORS_FORM_TITLE = message("Division of labour")
SAVE_SUBMIT = message("Save")
MOST = message("Sectors a partner may lead or be active in")
MOST_HINT = message("Beyond that number it is warned, and nothing is refused; 0 warns nobody.")
NOT_A_NUMBER = message("“{text}” is no number from 0 to {most}.")
SAVED_SECTORS = message("✅ Saved. The matrix and the cards warn accordingly.")

LARGEST = 50
_SHOWN = 60

FORM = Form(
    "config_sectors",
    SECTORS_FORM_TITLE,
    SAVE_SUBMIT,
    (Question("most_sectors", MOST, Sort.LINE, hint=MOST_HINT, required=True),),
)


def register(app: App) -> None:
    """Register the listeners."""
    app.action("config_sectors")(open_form)
    app.view(FORM.name)(keep)


def open_form(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form, as the setting is."""
    with ctx.readings.begin() as session:
        rights.require_pool(session, ctx, actor)
        settings = storage.configuration.current(session)
        values = {"most_sectors": str(settings.most_sectors)}
        view = FORM.view(actor.speaker, values, context=changing.opened_on(body, settings))
    places.lay(client, body, view)
    ack()


def keep(ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], client: WebClient, delivery: str) -> None:
    """The form submitted. Raises FieldRefusal."""
    text, context = FORM.answers(view)["most_sectors"], forms.context_of(view)
    if not text.isdecimal() or int(text) > LARGEST:
        raise FieldRefusal({"most_sectors": (NOT_A_NUMBER, {"text": text[:_SHOWN], "most": LARGEST})})
    with ctx.sessions.begin() as session:
        if changing.begin(session, ctx, actor, delivery):
            settings = storage.configuration.current(session)
            changing.require_unchanged(session, settings, context)
            changing.keep(session, ctx, actor, settings, {"most_sectors": int(text)})
    ack()
    overview.draw_again(ctx, actor, client, context["place"], actor.speaker.say(SAVED_SECTORS))
