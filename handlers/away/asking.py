"""The form in which one says that one is away; the Pool Technique says for whom. Above it, what is noted already."""

from __future__ import annotations

from datetime import date
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.absences
import storage.people
import storage.received
from handlers import answers, people, places, rights
from handlers.actors import Actor
from handlers.away import noting, told
from handlers.context import Context
from handlers.dates.spans import LONGEST, Span
from handlers.errors import FieldRefusal
from handlers.forms import Form, Question, Sort
from handlers.language import message
from handlers.reports import blocks
from handlers.rights import Right
from storage.history import Origin
from storage.people import Person, Standing

AWAY_FORM_TITLE = message("I am away")
NOTE_SUBMIT = message("Note it")
WHO = message("Who is away")
FIRST = message("From")
LAST = message("To (included)")
WORD = message("A word about it, if you like")
WORD_HINT = message("For you and the Pool Technique alone.")
IN_THE_PAST = message("That day is past: give a day to come, or today.")
ENDS_BEFORE = message("The absence begins on {first}: it cannot end before.")
OVER_A_YEAR = message("That is more than a year: give an earlier day.")
NOT_A_MEMBER = message("{name} is not a full member of this workspace: nothing is ever asked of them here.")

FORM = Form(
    "away",
    AWAY_FORM_TITLE,
    NOTE_SUBMIT,
    (
        Question("person", WHO, Sort.PERSON, required=True),
        Question("first", FIRST, Sort.DAY, required=True),
        Question("last", LAST, Sort.DAY, required=True),
        Question("word", WORD, Sort.LINE, hint=WORD_HINT),
    ),
)
SHOWN = 5
"""Absences shown above the form; all of them stand in the list."""


def register(app: App) -> None:
    """Register the listeners."""
    app.action("away_open")(open_form)
    app.view(FORM.name)(keep_form)


def open_form(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form, as from a button or the bare command."""
    with ctx.readings.begin() as session:
        view = drawn(session, ctx, actor)
    places.lay(client, body, view)
    ack()


def drawn(session: Session, ctx: Context, actor: Actor) -> dict[str, Any]:
    """The form: from today; for oneself, unless one may say of whom."""
    today = actor.speaker.civil_day(ctx.now())
    own = storage.absences.coming(session, today, actor.id, SHOWN)
    above: list[blocks.Block] = []
    if own:
        above = [
            blocks.section(actor.speaker.say(told.YOURS, count=storage.absences.count(session, today, actor.id))),
            *(block for _, block in told.rows(session, actor, own, with_names=False)),
            blocks.divider(),
        ]
    asked = FORM if told.sees_all(actor) else FORM.only("first", "last", "word")
    return asked.view(actor.speaker, {"person": actor.slack_id, "first": today}, above=above)


def keep_form(ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], client: WebClient, delivery: str) -> None:
    """The form submitted: what was understood and who is asked meanwhile is shown in its place."""
    given = FORM.answers(view)
    span = _span(given, actor.speaker.civil_day(ctx.now()))
    person = _person(ctx, actor, client, given.get("person"))
    with ctx.sessions.begin() as session:
        if not storage.received.first(session, delivery, ctx.now()):
            ack()
            return
        found = noting.note(session, ctx, actor, person, span, given["word"], Origin.FORM)
    ctx.wake()
    ack(response_action="update", view=answers.sheet(found.blocks))


def _span(given: dict[str, Any], today: date) -> Span:
    """The days given, from today on. Raises FieldRefusal."""
    first, last = date.fromisoformat(given["first"]), date.fromisoformat(given["last"])
    if last < first:
        raise FieldRefusal({"last": (ENDS_BEFORE, {"first": first})})
    if last < today:
        raise FieldRefusal({"last": (IN_THE_PAST, {})})
    if last - first > LONGEST:
        raise FieldRefusal({"last": (OVER_A_YEAR, {})})
    return Span(max(first, today), last)


def _person(ctx: Context, actor: Actor, client: WebClient, slack_id: str | None) -> Person:
    """Whose absence it is: their own, or of whom they say. Raises FieldRefusal."""
    person = people.known(ctx, client, slack_id or actor.slack_id)
    if person.id != actor.id:
        with ctx.readings.begin() as session:
            rights.require(session, ctx, actor, Right.ABSENCES)
        if person.standing != Standing.MEMBER:
            raise FieldRefusal({"person": (NOT_A_MEMBER, {"name": person.name or slack_id})})
    return person
