"""The description of a request: who asks what by when, who of the Pool takes it, and whom it is told to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from slack_bolt import App
from sqlalchemy.orm import Session

import storage.people
from handlers import actors, cards, dates, rights
from handlers.actors import Actor
from handlers.commands import Command
from handlers.context import Context
from handlers.dates import Deadline
from handlers.errors import FieldRefusal
from handlers.kinds.field import Field, Sort, Word
from handlers.kinds.kind import Kind, Labels
from handlers.language import message
from handlers.reports import blocks
from handlers.reports.report import Tone
from handlers.requests import answering, asking, news
from handlers.rights import Right
from storage.people import Person
from storage.requests import STANDING, Request, Status
from storage.visibility import Level

REQUEST_FORM_TITLE = message("Request to the Pool")
REQUESTS = message("Requests to the Pool")
ADD_BUTTON = message("Ask the Pool")
NOTE = message("What was asked of the Pool Technique, who took it, and what was answered.")
SUMMARY = message("The requests to the Pool Technique: yours, or all of them for the Pool; open, taken, answered")
USAGE = message("[state, institution, group or words]")
TEXT = message("What is asked")
ASKED_BY = message("Who asks")
INSTITUTION = message("For which institution")
DEADLINE = message("By when")
DEADLINE_HINT = message("As you write it: “tomorrow”, “next Friday”, “end of March”, “30/06”, “none”.")
TAKEN_BY = message("Who of the Pool takes it")
TAKEN_ON = message("Taken on")
STATUS = message("State")
ANSWER = message("Answer")
ANSWERED_ON = message("Answered on")
GROUP = message("Group or body")
PAST = message("The deadline is understood as {day}, which is over.")
FOR_OTHERS = message("Only the Pool Technique notes what somebody else asks: {people}.")
NOT_OF_POOL = message("{name} is not of the Pool Technique: {people} can take it.")

STATUSES: Mapping[str, Word] = {
    Status.ASKED: Word(message("Asked"), Tone.WARNING, ("demande", "demandee", "pose", "nouvelle", "new")),
    Status.TAKEN: Word(message("Taken"), Tone.PLAIN, ("pris", "prise", "en cours", "prise en charge", "in progress")),
    Status.ANSWERED: Word(message("Answered"), Tone.GOOD, ("repondu", "fait", "faite", "clos", "done", "closed")),
    Status.DECLINED: Word(message("Declined"), Tone.QUIET, ("refusee", "refuse", "decline", "sans suite", "refused")),
}


def begins(session: Session, ctx: Context, actor: Actor, hints: Mapping[str, Any]) -> Mapping[str, Any]:
    """Whoever opens the form asks, for their institution, unless they say otherwise."""
    institution = str(actor.institution_id) if actor.institution_id is not None else None
    return {"asked_by": actor.slack_id, "institution": institution}


def rule(session: Session, ctx: Context, actor: Actor | None, request: Request, before: Mapping[str, Any]) -> None:
    """Fills in who asks for whom, and what follows from who takes it. Raises FieldRefusal.

    The words of a request are those of who asks, whoever wrote them down: so they may read it.
    """
    if actor is not None and request.asked_by_id is None:
        request.asked_by_id = actor.id
    if request.asked_by_id is not None:
        if actor is not None and request.asked_by_id not in (actor.id, before.get("asked_by_id")) and not actor.is_pool:
            people = rights.pool_names(session, ctx, actor.speaker)
            raise FieldRefusal({"asked_by": (FOR_OTHERS, {"people": people})})
        request.said_by_id = request.asked_by_id
        asker = session.get_one(Person, request.asked_by_id)
        request.institution_id = request.institution_id or asker.institution_id
    is_new_date = request.deadline != before.get("deadline")
    if actor is not None and is_new_date and request.deadline_on is not None and request.deadline_on < ctx.today:
        told = dates.in_words(Deadline(request.deadline, request.deadline_on), actor.speaker)
        raise FieldRefusal({"deadline": (PAST, {"day": told})})
    request.status = request.status or Status.ASKED
    if request.taken_by_id != before.get("taken_by_id"):
        _taken(session, ctx, actor, request)


def _taken(session: Session, ctx: Context, actor: Actor | None, request: Request) -> None:
    """Somebody else takes it: the Pool says so for good, anybody else only whom they ask. Raises FieldRefusal."""
    if request.taken_by_id is None:
        request.status = Status.ASKED if request.status == Status.TAKEN else request.status
        request.taken_on = None
        return
    person = session.get_one(Person, request.taken_by_id)
    if actor is None or request.status not in STANDING:
        return
    if not actors.describe(session, ctx, person).is_pool:
        people = rights.pool_names(session, ctx, actor.speaker)
        raise FieldRefusal({"taken_by": (NOT_OF_POOL, {"name": person.name, "people": people})})
    if rights.may(actor, Right.TAKE_REQUEST, record=request):
        request.status, request.taken_on = Status.TAKEN, ctx.today


def follows(session: Session, ctx: Context, actor: Actor | None, request: Request, before: Mapping[str, Any]) -> None:
    """The Pool gets the card of a new request, and so does who asks; who takes it is told to both."""
    if actor is None:
        return
    if not before:
        asker = storage.people.by_ids(session, [request.asked_by_id] if request.asked_by_id else [])
        for person in [*rights.pool(session, ctx), *asker]:
            reader = actors.describe(session, ctx, person)
            if reader.id != actor.id and reader.slack_id and reader.is_member:
                cards.receipt(session, ctx, reader, request)
    if request.taken_by_id is not None and request.taken_by_id != before.get("taken_by_id"):
        news.given(session, ctx, actor, request)


def buttons(session: Session, ctx: Context, actor: Actor, request: Request) -> Sequence[blocks.Block]:
    """*Take it*, *Answer* and *Decline*, for the Pool."""
    return answering.buttons(actor, request)


def register(app: App) -> None:
    """Register the listeners of its own."""
    asking.register(app, KIND)
    answering.register(app, KIND)


FIELDS = (
    Field("text", TEXT, required=True, headings=("demande", "objet", "request", "question"), width=60),
    Field("deadline", DEADLINE, Sort.SPAN, hint=DEADLINE_HINT, headings=("echeance", "delai", "due"), brief=True),
    Field(
        "asked_by", ASKED_BY, Sort.PERSON, headings=("demandeur", "demande par", "requester", "asked by"), brief=True
    ),
    Field("institution", INSTITUTION, Sort.INSTITUTION, headings=("ptf", "institution", "partner")),
    Field("taken_by", TAKEN_BY, Sort.PERSON, headings=("pris par", "responsable", "taken by", "owner"), brief=True),
    Field("group", GROUP, Sort.GROUP, headings=("groupe", "gt", "group")),
    Field("status", STATUS, Sort.WORD, words=STATUSES, headings=("etat", "statut", "status"), asked=False, width=14),
    Field("taken_on", TAKEN_ON, Sort.DAY, headings=("pris le",), asked=False, width=14),
    Field("answer", ANSWER, headings=("reponse", "suite donnee", "reply"), asked=False, width=60),
    Field("answered_on", ANSWERED_ON, Sort.DAY, headings=("repondu le", "date de reponse"), asked=False, width=14),
)
KIND = Kind(
    "request",
    Request,
    "REQ",
    Labels(REQUEST_FORM_TITLE, REQUESTS, ADD_BUTTON, NOTE),
    FIELDS,
    Right.ASK_POOL,
    status="status",
    standing=STANDING,
    level=Level.TROIKA,
    command=Command(("requests", "demandes"), SUMMARY, USAGE),
    rule=rule,
    follows=follows,
    buttons=buttons,
    register=register,
    changes=Right.CHANGE_REQUEST,
    commands=(asking.COMMAND,),
    dues=answering.dues,
    begins=begins,
    order=("awaited_on", "-id"),
)
