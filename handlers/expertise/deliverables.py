"""The deliverables of an expertise: *Received*, *Accept it*, and what reminders ask of who follows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from slack_bolt import Ack, App
from sqlalchemy.orm import Session

import storage.expertise
import storage.history
import storage.received
from handlers import dates, records, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.dates import Deadline
from handlers.dues import Due, Step
from handlers.errors import FieldRefusal, Refusal
from handlers.kinds import forming
from handlers.kinds.field import Field, Sort, Word
from handlers.kinds.kind import Kind, Labels
from handlers.language import Speaker, message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.reports.report import Tone
from handlers.rights import Right
from storage.expertise import OWED, Deliverable, Delivered, Expertise
from storage.history import Origin
from storage.visibility import sees

DELIVERABLE_FORM_TITLE = message("Deliverable")
DELIVERABLES = message("Deliverables")
ADD_DELIVERABLE_BUTTON = message("Add a deliverable")
DELIVERABLE_NOTE = message("What the consultants owe, by when, and when it came.")
WHICH = message("Of which expertise")
DELIVERABLE = message("What is to be delivered")
DUE = message("Due")
DUE_HINT = message("As you write it: “next Friday”, “end of March”, “Q2 2027”, “30/06”.")
RECEIVED = message("Received on")
STATUS = message("State")
DOCUMENTS = message("Documents")
RECEIVED_BUTTON = message("Received")
ACCEPTED_BUTTON = message("Accept it")
NOT_YET = message("{day} is still to come.")
NOT_AWAITED = message("{code}: nothing is awaited any more.")
OWED_LINE = message("*{code}*, deliverable: {name} ({expertise}, by {deadline})")
SPOKEN = message("Received: {code}")

DELIVERED: Mapping[str, Word] = {
    Delivered.AWAITED: Word(message("Expected"), Tone.PLAIN, ("attendu", "a venir", "due", "pending")),
    Delivered.RECEIVED: Word(message("Received"), Tone.GOOD, ("recu", "recue", "livre", "delivered")),
    Delivered.RETURNED: Word(message("Sent back"), Tone.WARNING, ("renvoye", "a reprendre", "returned", "to revise")),
    Delivered.ACCEPTED: Word(message("Accepted"), Tone.QUIET, ("accepte", "valide", "approuve", "approved")),
}
BY_BUTTON = {"deliverable_received": Delivered.RECEIVED, "deliverable_accepted": Delivered.ACCEPTED}
"""Button -> where a deliverable stands from then on."""


def rule(
    session: Session, ctx: Context, actor: Actor | None, deliverable: Deliverable, before: Mapping[str, Any]
) -> None:
    """Where it stands and the day on which it came go together. Raises FieldRefusal."""
    if deliverable.received is not None and deliverable.received > ctx.today:
        raise FieldRefusal({"received": (NOT_YET, {"day": deliverable.received})})
    deliverable.status = deliverable.status or Delivered.AWAITED
    if deliverable.received is not None and deliverable.status == Delivered.AWAITED:
        deliverable.status = Delivered.RECEIVED
    elif deliverable.received is None and deliverable.status not in OWED and actor is not None:
        deliverable.received = ctx.today


def buttons(session: Session, ctx: Context, actor: Actor, deliverable: Deliverable) -> Sequence[blocks.Block]:
    """*Received* while it is to come, *Accept it* once it came."""
    if not rights.may(actor, Right.KEEP_EXPERTISE, record=deliverable) or deliverable.status == Delivered.ACCEPTED:
        return ()
    if deliverable.status in OWED:
        return [_received_button(actor.speaker, deliverable)]
    return [blocks.button(actor.speaker.say(ACCEPTED_BUTTON), "deliverable_accepted", str(deliverable.id))]


def register(app: App) -> None:
    """Register the buttons of a deliverable."""
    of_deliverables = forming.record_kind(KIND)

    def moved(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], delivery: str) -> None:
        status = BY_BUTTON[body["actions"][0]["action_id"]]
        with ctx.sessions.begin() as session:
            deliverable = records.changeable(session, ctx, actor, of_deliverables, records.id_of(body))
            if storage.received.first(session, delivery, ctx.now()):
                before = storage.history.facts(deliverable)
                _move(ctx, deliverable, status)
                records.touched(session, ctx, actor, of_deliverables.shown, deliverable, before, Origin.BUTTON)
        ctx.wake()
        ack()

    for action_id in BY_BUTTON:
        app.action(action_id)(moved)


def dues(session: Session, ctx: Context, first: date, last: date) -> Sequence[Due]:
    """The deliverables to come, with their last day between two civil days: who follows the expertise is asked."""
    found = storage.expertise.owed_between(session, first, last)
    pool = tuple(person.id for person in rights.pool(session, ctx)) if found else ()
    return [
        Due(
            key=f"deliverable:{deliverable.id}",
            day=deliverable.due_on or date.max,
            until=None,
            group_id=deliverable.group_id,
            institution_id=None,
            carriers=tuple(dict.fromkeys(filter(None, (expertise.supervisor_id, *pool)))),
            told=partial(_told, deliverable, expertise),
            short=partial(_line, deliverable, expertise),
            readable=partial(sees, deliverable),
            since=deliverable.said_at.astimezone(ctx.zone).date(),
            steps=(Step.POOL,),
        )
        for deliverable, expertise in found
    ]


def _move(ctx: Context, deliverable: Deliverable, status: Delivered) -> None:
    if deliverable.status == status or deliverable.status == Delivered.ACCEPTED:
        raise Refusal(NOT_AWAITED, code=deliverable.code)
    deliverable.received = ctx.today if deliverable.status in OWED else deliverable.received
    deliverable.status = status


def _told(
    deliverable: Deliverable, expertise: Expertise, session: Session, speaker: Speaker
) -> tuple[str, blocks.Block]:
    text = _line(deliverable, expertise, session, speaker)
    return text, blocks.section(text, _received_button(speaker, deliverable))


def _line(deliverable: Deliverable, expertise: Expertise, _: Session, speaker: Speaker) -> str:
    deadline = dates.in_words(Deadline(deliverable.due, deliverable.due_on), speaker)
    name = literal(deliverable.name)
    return speaker.say(OWED_LINE, code=deliverable.code, name=name, expertise=expertise.code, deadline=deadline)


def _received_button(speaker: Speaker, deliverable: Deliverable) -> blocks.Block:
    spoken = speaker.say(SPOKEN, code=deliverable.code)
    label = speaker.say(RECEIVED_BUTTON)
    return blocks.button(label, "deliverable_received", str(deliverable.id), style="primary", spoken=spoken)


OF = Field("expertise", WHICH, Sort.RECORD, required=True, of=Expertise, whole=True, headings=("expertise",))
"""The expertise that something is a part of."""
KIND = Kind(
    "deliverable",
    Deliverable,
    "DEL",
    Labels(DELIVERABLE_FORM_TITLE, DELIVERABLES, ADD_DELIVERABLE_BUTTON, DELIVERABLE_NOTE),
    (
        OF,
        Field("name", DELIVERABLE, Sort.LINE, required=True, headings=("livrable", "produit", "deliverable"), width=50),
        Field("due", DUE, Sort.SPAN, hint=DUE_HINT, headings=("echeance", "attendu le", "deadline"), brief=True),
        Field("received", RECEIVED, Sort.DAY, headings=("recu le", "date de reception", "received"), brief=True),
        Field("status", STATUS, Sort.WORD, words=DELIVERED, headings=("etat", "statut", "status"), width=14),
        Field("documents", DOCUMENTS, Sort.LINKS, headings=("liens", "links"), width=40),
    ),
    Right.KEEP_EXPERTISE,
    status="status",
    standing=OWED,
    rule=rule,
    begins=lambda session, ctx, actor, hints: {"status": Delivered.AWAITED.value},
    buttons=buttons,
    register=register,
    dues=dues,
    order=("due_on",),
)
