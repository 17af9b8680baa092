"""*Edit the introduction*: what the Pool says at the head of a digest, in one language or in each."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

import storage.received
from handlers import forms, places
from handlers.actors import Actor
from handlers.context import Context
from handlers.digest import asked, deciding, showing
from handlers.forms import Form, Question, Sort
from handlers.language import message

INTRODUCTION_TITLE = message("Introduction")
KEEP_SUBMIT = message("Keep")
IN_FRENCH = message("The text in French")
IN_ENGLISH = message("The text in English")
ONE_IS_ENOUGH = message(
    "It heads the digest in every channel, those open to the Government too. One language is enough: all then read it."
)

FORM = Form(
    "digest_introduction",
    INTRODUCTION_TITLE,
    KEEP_SUBMIT,
    (
        Question("introduction_fr", IN_FRENCH, Sort.TEXT, hint=ONE_IS_ENOUGH),
        Question("introduction_en", IN_ENGLISH, Sort.TEXT),
    ),
)
TEXTS = ("introduction_fr", "introduction_en")


def register(app: App) -> None:
    """Register the listeners."""
    app.action("digest_introduce")(open_introduction)
    app.view(FORM.name)(keep_introduction)


def open_introduction(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form, as the introduction stands."""
    with ctx.readings.begin() as session:
        draft = deciding.seen(session, ctx, actor, body["actions"][0]["value"])
    values = {name: getattr(draft, name) for name in TEXTS}
    context = {"week": draft.week, "seen": deciding.stamp(draft, *TEXTS), "place": deciding.place(body)}
    places.lay(client, body, FORM.view(actor.speaker, values, context=context))
    ack()


def keep_introduction(
    ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], client: WebClient, delivery: str
) -> None:
    """The form submitted."""
    values, context = FORM.answers(view), forms.context_of(view)
    with ctx.sessions.begin() as session:
        draft = deciding.held(session, ctx, actor, context["week"])
        if storage.received.first(session, delivery, ctx.now()):
            deciding.require_unchanged(draft, context, *TEXTS)
            if any(getattr(draft, name) != value for name, value in values.items()):
                showing.keep(session, ctx, draft, {**values, "introduced_by_id": actor.id}, actor)
    ack()
    ctx.wake()
    asked.draw_again(ctx, actor, client, context["place"])
