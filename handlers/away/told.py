"""Absences in words, each with its *Cancel*, in a list or above the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

import storage.absences
import storage.people
from handlers import erased, rights
from handlers.actors import Actor
from handlers.away import standins
from handlers.context import Context
from handlers.language import Speaker, message, plural
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.rights import Right
from storage.absences import Absence

YOURS = plural("*Your absence to come*", "*Your {count} absences to come*")
EVERYBODYS = plural("*One absence to come*", "*{count} absences to come*")
NONE_OF_YOURS = message("You have no absence noted.")
NONE_AT_ALL = message("Nobody has an absence noted.")
LINE = message("• {days}")
LINE_WITH_WORD = message("• {days} ({word})")
LINE_OF = message("• *{person}*: {days}")
LINE_OF_WITH_WORD = message("• *{person}*: {days} ({word})")
CANCEL_BUTTON = message("Cancel it")
CANCEL_SPOKEN = message("Cancel the absence {days}")
CANCEL_TITLE = message("Cancel this absence?")
CANCEL_TEXT = message("Reminders go to {person} again {days}.")
KEEP_BUTTON = message("Keep it")
MORE_BUTTON = message("The next ones")
NOTE_BUTTON = message("Note an absence")

PAGE = 20


def sees_all(actor: Actor) -> bool:
    """Whether they see everybody's absences, and may change them."""
    return rights.may(actor, Right.ABSENCES)


def listed(session: Session, ctx: Context, actor: Actor, page: int = 0) -> tuple[str, list[blocks.Block]]:
    """The absences to come which that person may see: the text and the blocks, a page of them."""
    whose = None if sees_all(actor) else actor.id
    today = actor.speaker.civil_day(ctx.now())
    count = storage.absences.count(session, today, whose)
    page = min(page, max(count - 1, 0) // PAGE)
    found = storage.absences.coming(session, today, whose, PAGE, page * PAGE)
    say = actor.speaker.say
    none, title = (NONE_AT_ALL, EVERYBODYS) if whose is None else (NONE_OF_YOURS, YOURS)
    head = say(title, count=count) if count else say(none)
    lines = rows(session, actor, found, with_names=whose is None)
    buttons = [blocks.button(say(NOTE_BUTTON), "away_open")]
    if count > (page + 1) * PAGE:
        buttons.append(blocks.button(say(MORE_BUTTON), "away_more", str(page + 1)))
    told = [blocks.section(head), *(block for _, block in lines), blocks.actions(*buttons)]
    return "\n".join([head, *(text for text, _ in lines)]), told


def rows(
    session: Session, actor: Actor, absences: Sequence[Absence], *, with_names: bool
) -> list[tuple[str, blocks.Block]]:
    """A line and a section with its button for each."""
    ids = {each.person_id for each in absences}
    names = {each.id: erased.name(actor.speaker, each) for each in storage.people.by_ids(session, ids)}
    return [_row(actor.speaker, each, names, with_names=with_names) for each in absences]


def cancel_button(speaker: Speaker, absence: Absence, name: str) -> blocks.Block:
    """The button that cancels it, once confirmed."""
    days = standins.days(speaker, absence)
    sure = blocks.confirm(
        speaker.say(CANCEL_TITLE),
        speaker.say(CANCEL_TEXT, person=name, days=days),
        speaker.say(CANCEL_BUTTON),
        speaker.say(KEEP_BUTTON),
        danger=True,
    )
    return blocks.button(
        speaker.say(CANCEL_BUTTON),
        "away_cancel",
        str(absence.id),
        spoken=speaker.say(CANCEL_SPOKEN, days=days),
        confirm=sure,
    )


def _row(speaker: Speaker, absence: Absence, names: Mapping[int, str], *, with_names: bool) -> tuple[str, blocks.Block]:
    name = names.get(absence.person_id, "")
    values = {"days": standins.days(speaker, absence), "word": literal(absence.word), "person": literal(name)}
    if with_names:
        text = speaker.say(LINE_OF_WITH_WORD if absence.word else LINE_OF, **values)
    else:
        text = speaker.say(LINE_WITH_WORD if absence.word else LINE, **values)
    return text, blocks.section(text, cancel_button(speaker, absence, name))
