"""What the Pool does with a request: *Take it*, *Answer*, *Decline*; and what reminders ask of who took it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, NoReturn

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.history
import storage.received
import storage.requests
from handlers import dates, records, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.dates import Deadline
from handlers.dues import Due, Step
from handlers.errors import Refusal
from handlers.forms import Form, Question
from handlers.kinds import telling
from handlers.kinds.kind import Kind
from handlers.language import Speaker, message
from handlers.records import GONE, Filled, RecordKind
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.requests import news
from handlers.rights import Right
from storage.history import Origin
from storage.requests import STANDING, Request, Status
from storage.visibility import sees

ANSWER_FORM_TITLE = message("Answer a request")
DECLINE_FORM_TITLE = message("Decline a request")
SEND_SUBMIT = message("Send")
ANSWER = message("Answer")
ANSWER_HINT = message("Sent at once to who asks: words, a link, where the document is.")
WHY = message("Why")
TAKE_BUTTON = message("I take it")
ANSWER_BUTTON = message("Reply")
CHANGE_BUTTON = message("Change the answer")
DECLINE_BUTTON = message("Decline")
YOURS_ALREADY = message("{code} is yours already.")
SETTLED_BEFORE = message("{code} was settled already on {day}.")
WHICH = message("*{code}*: {text}")
OWED = message("*{code}*, request to the Pool: {text} (by {deadline})")
SPOKEN = message("Reply to {code}")

SHORT = 500
"""Characters of its words above a form; the whole is on its card."""
ANSWER_FORM = Form(
    "request_answer", ANSWER_FORM_TITLE, SEND_SUBMIT, (Question("answer", ANSWER, required=True, hint=ANSWER_HINT),)
)
DECLINE_FORM = Form("request_decline", DECLINE_FORM_TITLE, SEND_SUBMIT, (Question("answer", WHY, required=True),))


def register(app: App, kind: Kind[Request]) -> None:
    """Register the listeners."""
    answer, decline = _settles(kind, ANSWER_FORM, Status.ANSWERED), _settles(kind, DECLINE_FORM, Status.DECLINED)

    def take(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], delivery: str) -> None:
        with ctx.sessions.begin() as session:
            request = records.changeable(session, ctx, actor, answer, records.id_of(body))
            if storage.received.first(session, delivery, ctx.now()):
                before = storage.history.facts(request)
                _take(ctx, actor, request)
                news.given(session, ctx, actor, request)
                records.touched(session, ctx, actor, answer.shown, request, before, Origin.BUTTON)
        ctx.wake()
        ack()

    def answer_opened(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
        records.open_form(ctx, actor, client, body, answer, record_id=records.id_of(body))
        ack()

    def decline_opened(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
        records.open_form(ctx, actor, client, body, decline, record_id=records.id_of(body))
        ack()

    app.action("request_take")(take)
    app.action("request_answer")(answer_opened)
    app.action("request_decline")(decline_opened)
    records.submits(app, answer)
    records.submits(app, decline)


def buttons(actor: Actor, request: Request) -> list[blocks.Block]:
    """What that person can do with it as one of the Pool."""
    if not rights.may(actor, Right.TAKE_REQUEST, record=request):
        return []
    say, value, stands = actor.speaker.say, str(request.id), request.status in STANDING
    is_theirs = request.status == Status.TAKEN and request.taken_by_id == actor.id
    offered = [blocks.button(say(TAKE_BUTTON), "request_take", value)] if stands and not is_theirs else []
    label = ANSWER_BUTTON if stands else CHANGE_BUTTON
    offered.append(blocks.button(say(label), "request_answer", value, style="primary" if stands else ""))
    return [*offered, *([blocks.button(say(DECLINE_BUTTON), "request_decline", value)] if stands else [])]


def dues(session: Session, ctx: Context, first: date, last: date) -> Sequence[Due]:
    """The requests that wait and are due between two civil days: who took them is asked first, then the Pool."""
    found = storage.requests.due_between(session, first, last)
    pool = tuple(person.id for person in rights.pool(session, ctx)) if found else ()
    return [
        Due(
            key=f"request:{request.id}",
            day=request.deadline_on or date.max,
            until=None,
            group_id=request.group_id,
            institution_id=None,
            carriers=tuple(dict.fromkeys(filter(None, (request.taken_by_id, *pool)))),
            told=partial(_told, request),
            short=partial(_line, request),
            readable=partial(sees, request),
            since=request.said_at.astimezone(ctx.zone).date(),
            steps=(Step.POOL,),
        )
        for request in found
    ]


def _take(ctx: Context, actor: Actor, request: Request) -> None:
    if request.status not in STANDING:
        raise Refusal(SETTLED_BEFORE, code=request.code, day=request.answered_on)
    if request.status == Status.TAKEN and request.taken_by_id == actor.id:
        raise Refusal(YOURS_ALREADY, code=request.code)
    request.status, request.taken_by_id, request.taken_on = Status.TAKEN, actor.id, ctx.today


def _settles(kind: Kind[Request], form: Form, status: Status) -> RecordKind[Request]:
    """The form that settles a request."""

    def apply(session: Session, ctx: Context, actor: Actor, request: Request, answers: Mapping[str, Any]) -> None:
        request.status, request.answer, request.answered_on = status, answers["answer"], ctx.today
        if request.taken_by_id is None:
            request.taken_by_id, request.taken_on = actor.id, ctx.today
        news.settled(session, ctx, actor, request)

    return RecordKind(form.name, Request, form, _fill, _never, apply, _require, telling.shown(kind))


def _fill(session: Session, ctx: Context, actor: Actor, request: Request | None, hints: Mapping[str, Any]) -> Filled:
    """What was asked stands above; what was answered before stands in the form."""
    if request is None:
        raise Refusal(GONE)
    which = actor.speaker.say(WHICH, code=request.code, text=literal(blocks.clip(request.text, SHORT)))
    above = [blocks.section(which)]
    return Filled({"answer": request.answer}, {}, {"id": request.id, "version": request.version}, above)


def _require(session: Session, ctx: Context, actor: Actor, request: Request) -> None:
    rights.require(session, ctx, actor, Right.TAKE_REQUEST, request)


def _never(session: Session, ctx: Context, actor: Actor, *_: Any) -> NoReturn:
    """Such a form makes no request."""
    raise Refusal(GONE)


def _told(request: Request, session: Session, speaker: Speaker) -> tuple[str, blocks.Block]:
    text = _line(request, session, speaker)
    spoken = speaker.say(SPOKEN, code=request.code)
    button = blocks.button(
        speaker.say(ANSWER_BUTTON), "request_answer", str(request.id), style="primary", spoken=spoken
    )
    return text, blocks.section(text, button)


def _line(request: Request, _: Session, speaker: Speaker) -> str:
    deadline = dates.in_words(Deadline(request.deadline, request.deadline_on), speaker)
    return speaker.say(OWED, code=request.code, text=literal(request.title), deadline=deadline)
