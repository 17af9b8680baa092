"""What follows when an absence is noted or ends: the answer with the days understood, and who hears of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

import storage.absences
import storage.outbox
from handlers import actors
from handlers.actors import Actor
from handlers.away import keeping, standins, told
from handlers.context import Context
from handlers.dates.spans import Span
from handlers.language import Message, message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage.absences import Absence
from storage.history import By, Origin
from storage.people import Person

NOTED = message("✅ Noted: you are away {days}.")
NOTED_OF = message("✅ Noted: {person} is away {days}.")
KNOWN = message("That was noted already: you are away {days}.")
KNOWN_OF = message("That was noted already: {person} is away {days}.")
BACK = message("✅ Welcome back. What is due comes to you again.")
BACK_OF = message("✅ Noted: {person} is here again.")
CANCELLED = message("✅ Cancelled: the absence {days}.")
NOTED_FOR_YOU = message("{person} noted that you are away {days}. What is due goes to others until then.")
LIST_BUTTON = message("Absences to come")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown to whoever noted it: as text and as blocks."""

    text: str
    blocks: list[blocks.Block]


def note(session: Session, ctx: Context, actor: Actor, person: Person, span: Span, word: str, origin: Origin) -> Answer:
    """Note that this person is away; whoever stands in hears of it from the clock, once it has begun."""
    absence, new = keeping.note(session, person, span, word, By(actor.id, ctx.now(), origin))
    if new and person.id != actor.id:
        _tell_them(session, ctx, actor, person, absence)
    sentences = (NOTED, NOTED_OF) if new else (KNOWN, KNOWN_OF)
    return _answer(session, ctx, actor, person, absence, sentences[person.id != actor.id])


def come_back(session: Session, ctx: Context, actor: Actor, person: Person, day: date, origin: Origin) -> Answer:
    """Note that this person is here on that day. Raises Refusal where nothing can end."""
    today = actor.speaker.civil_day(ctx.now())
    running = storage.absences.of_person(session, person.id, today, today)
    before = standins.replacements(session, ctx, running[0]) if running else []
    absence = keeping.come_back(session, person, today, day, By(actor.id, ctx.now(), origin))
    if absence.withdrawn_at is None and absence.last >= today:
        return _answer(session, ctx, actor, person, absence, NOTED if person.id == actor.id else NOTED_OF)
    standins.over(session, ctx, absence, before)
    words = actor.speaker.say(BACK if person.id == actor.id else BACK_OF, person=literal(person.name))
    return Answer(words, [blocks.section(words), blocks.actions(_list_button(actor))])


def cancel(session: Session, ctx: Context, actor: Actor, absence: Absence) -> str:
    """Cancel an absence that has not begun, or end today one that has; the sentence to say."""
    before = standins.replacements(session, ctx, absence)
    days = standins.days(actor.speaker, absence)
    keeping.end(session, absence, actor.speaker.civil_day(ctx.now()), By(actor.id, ctx.now(), Origin.BUTTON))
    standins.over(session, ctx, absence, before)
    return actor.speaker.say(CANCELLED, days=days)


def begin(session: Session, ctx: Context, due: datetime) -> None:
    """The clock: tell whoever stands in for those whose absence has begun, each once."""
    for absence in storage.absences.begun(session, ctx.today):
        standins.begin(session, ctx, absence)


def _answer(
    session: Session, ctx: Context, actor: Actor, person: Person, absence: Absence, sentence: Message
) -> Answer:
    """The days understood, in words; who is asked meanwhile; the way back."""
    days = standins.days(actor.speaker, absence)
    head = actor.speaker.say(sentence, person=literal(person.name), days=days)
    lines = [head, *standins.told(session, ctx, actor.speaker, absence)]
    buttons = blocks.actions(told.cancel_button(actor.speaker, absence, person.name), _list_button(actor))
    return Answer("\n".join(lines), [*(block for line in lines for block in blocks.paragraphs(line)), buttons])


def _list_button(actor: Actor) -> blocks.Block:
    return blocks.button(actor.speaker.say(LIST_BUTTON), "away_list")


def _tell_them(session: Session, ctx: Context, actor: Actor, person: Person, absence: Absence) -> None:
    """Whoever is said to be away hears who said so, at a working hour, and can cancel it."""
    if not person.slack_id:
        return
    speaker = actors.speaker_of(ctx, person)
    words = speaker.say(NOTED_FOR_YOU, person=literal(actor.name), days=standins.days(speaker, absence))
    told_them = [*blocks.paragraphs(words), blocks.actions(told.cancel_button(speaker, absence, person.name))]
    when = standins.next_hour(ctx, speaker)
    key = f"away:{absence.id}:{absence.first}:{absence.last}"
    payload = {"text": words, "blocks": told_them}
    storage.outbox.put(session, key, person.slack_id, payload, ctx.now(), not_before=when)
