"""What the Pool and who asks hear of a request: who takes it, what was answered, that it was declined."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

import storage.outbox
import storage.people
from handlers import actors
from handlers.actors import Actor
from handlers.context import Context
from handlers.language import Message, message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage.requests import Request, Status

TAKEN = message("{name} takes your request *{code}*: {title}")
FOR_YOU = message("{name} asks you to take a request to the Pool, *{code}*: {title}")
YOURS = message("{name} gives you a request to the Pool, *{code}*: {title}")
ANSWERED = message("{name} answered your request *{code}*: {title}\n\n{answer}")
DECLINED = message("{name} declined your request *{code}*: {title}\n\n{answer}")
SHOW_BUTTON = message("Show the request")


def given(session: Session, ctx: Context, actor: Actor, request: Request) -> None:
    """Somebody takes it: told to them and to who asks, unless either did it."""
    taken = request.status == Status.TAKEN
    taker = storage.people.by_ids(session, [request.taken_by_id or 0])
    _tell(session, ctx, actor, request, request.taken_by_id, YOURS if taken else FOR_YOU, actor.name)
    if taken and request.asked_by_id != request.taken_by_id and taker:
        _tell(session, ctx, actor, request, request.asked_by_id, TAKEN, taker[0].name)


def settled(session: Session, ctx: Context, actor: Actor, request: Request) -> None:
    """It was answered or declined: told to who asks."""
    sentence = ANSWERED if request.status == Status.ANSWERED else DECLINED
    _tell(session, ctx, actor, request, request.asked_by_id, sentence, actor.name)


def _tell(
    session: Session,
    ctx: Context,
    actor: Actor,
    request: Request,
    person_id: int | None,
    sentence: Message,
    name: str,
) -> None:
    """A message to that person, once a version of the request, unless it is their own doing."""
    people: Sequence[storage.people.Person] = storage.people.by_ids(session, [person_id] if person_id else [])
    reader = actors.describe(session, ctx, people[0]) if people else None
    if reader is None or reader.id == actor.id or not reader.slack_id or not reader.is_member:
        return
    say = reader.speaker.say
    words = {"title": literal(request.title), "answer": literal(request.answer or "")}
    text = say(sentence, name=literal(name), code=request.code, **words)
    show = blocks.actions(blocks.button(say(SHOW_BUTTON), "request_show", str(request.id)))
    payload = {"text": text, "blocks": [*blocks.paragraphs(text), show]}
    key = f"request:{request.id}:{request.version}:{request.status}:{reader.id}"
    storage.outbox.put(session, key, reader.slack_id, payload, ctx.now())
