"""*Leave out…*: updates and decisions of the week that this digest does not tell; in the registers they stay.

What was left out can be put back until the digest goes out.
"""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.received
from handlers import cards, forms, places
from handlers.actors import Actor
from handlers.context import Context
from handlers.digest import asked, deciding, gathering, showing, telling
from handlers.errors import Refusal
from handlers.forms import Form, Question, Sort
from handlers.language import message
from storage import periods
from storage.decisions import Decision
from storage.drafts import Draft

LEAVE_OUT_TITLE = message("Leave out")
KEEP_SUBMIT = message("Keep")
WHAT = message("What this digest does not tell")
WHAT_HINT = message("It stays in the registers. To put something back, take it out of this list.")
NOTHING_SAID = message("Nothing was said this week yet that could be left out.")
WITH_WORDS = message("{record}: {text}")

FORM = Form("digest_left_out", LEAVE_OUT_TITLE, KEEP_SUBMIT, (Question("records", WHAT, Sort.CHOICES, hint=WHAT_HINT),))


def register(app: App) -> None:
    """Register the listeners."""
    app.action("digest_leave_out")(open_choice)
    app.view(FORM.name)(keep_choice)


def open_choice(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form: what was said in the week, what is left out of it chosen."""
    with ctx.readings.begin() as session:
        draft = deciding.seen(session, ctx, actor, body["actions"][0]["value"])
        offered = _offered(session, ctx, actor, draft)
    if not offered:
        raise Refusal(NOTHING_SAID)
    context = {"week": draft.week, "seen": deciding.stamp(draft, "left_out"), "place": deciding.place(body)}
    values = {"records": draft.left_out}
    places.lay(client, body, FORM.view(actor.speaker, values, {"records": offered}, context))
    ack()


def keep_choice(ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], client: WebClient, delivery: str) -> None:
    """The form submitted; what it did not offer stays as it was."""
    chosen, context = FORM.answers(view)["records"], forms.context_of(view)
    with ctx.sessions.begin() as session:
        draft = deciding.held(session, ctx, actor, context["week"])
        if storage.received.first(session, delivery, ctx.now()):
            deciding.require_unchanged(draft, context, "left_out")
            offered = {name for name, _ in _offered(session, ctx, actor, draft)}
            left_out = [name for name in draft.left_out if name not in offered] + chosen
            if left_out != draft.left_out:
                showing.keep(session, ctx, draft, {"left_out": left_out}, actor)
    ack()
    ctx.wake()
    asked.draw_again(ctx, actor, client, context["place"])


def _offered(session: Session, ctx: Context, actor: Actor, draft: Draft) -> list[tuple[str, str]]:
    """What can be left out, as the form names it: what was said in the week and the actor may read."""
    week = periods.parse(draft.week)
    said = gathering.said(session, week, actor.audience, ctx.now())
    words = telling.labels(session, actor.speaker, said, week)
    return [
        (cards.about(record), actor.speaker.say(WITH_WORDS, record=label, text=_words(record)))
        for record, label in zip(said, words, strict=True)
    ]


def _words(record: Any) -> str:
    """How it begins, so that two of one group are told apart."""
    return " ".join((record.text if isinstance(record, Decision) else record.progress or record.difficulties).split())
