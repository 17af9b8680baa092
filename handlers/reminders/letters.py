"""The one message a day: what somebody owes, with the buttons that answer it or put it off; what others were asked in
vain. It is written once, and looked at again before it goes: what was answered meanwhile stands in it no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

import storage.history
import storage.outbox
import storage.reminding
from handlers.context import Context
from handlers.dues import Due, Step
from handlers.language import Speaker, message, plural
from handlers.reminders import rounds
from handlers.reminders.rounds import Name, Round, Somebody, name
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage.outbox import Message
from storage.reminding import Asked, Escalation, Pause

ASKING = message("Hello. This is awaited from you:")
MORE = plural("One more thing is awaited from you.", "{count} more things are awaited from you.")
IN_VAIN = plural("This was asked in vain so far:", "{count} things were asked in vain so far:")
MORE_IN_VAIN = plural("One more was asked in vain.", "{count} more were asked in vain.")
ASKED_LAST = message("{what}. Asked: {people}, last on {day}.")
NOBODY_ASKED = message("{what}. There was nobody who could be asked.")
UNNAMED = message("somebody whose name is not known")
STOPPED_BY = message("{person} wants no more reminders of it.")
PUT_OFF_BY = message("{person} put it off until {day}.")
SNOOZE_PLACEHOLDER = message("Snooze until…")
TOMORROW = message("Tomorrow")
MONDAY = message("Monday")
ANOTHER_DAY = message("A day I choose…")
AWAY_BUTTON = message("I am away from… to…")
STOP_BUTTON = message("Stop for this period")
SNOOZED = message("💤 You will not be reminded of this before {day}:")
STOPPED = message("🔕 You will not be reminded of this any more. It is still awaited:")
UNDO_BUTTON = message("Undo")
ANSWERED = message("✅ All of this has been answered. Thank you!")

SHOWN = 30
"""Dues in one message at most, of one's own and of others'; Slack takes 50 blocks."""
CHOICES = {"tomorrow": TOMORROW, "monday": MONDAY, "day": ANOTHER_DAY}
"""Until when one may put it off."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What somebody is to be told at once: what they owe, each with its rung; what others were asked, with its step."""

    somebody: Somebody
    asks: Sequence[tuple[Due, int]]
    reports: Sequence[tuple[Due, Step]]


def key(day: str, person_id: int) -> str:
    """The key of what a person is told on a civil day of theirs."""
    return f"reminder:{day}:{person_id}"


def write(session: Session, round: Round, letters: Sequence[Letter]) -> None:
    """Put them into the outbox, one a day for each person, and keep what they say."""
    keys = {key(each.somebody.today(round.now).isoformat(), each.somebody.actor.id): each for each in letters}
    posts = {message: (each.somebody.actor.slack_id, _composed(session, round, each)) for message, each in keys.items()}
    written = storage.outbox.put_posts(session, posts, round.now)
    kept = {message: each for message, each in keys.items() if message in written}
    asked = [row for message, each in kept.items() for row in _asked(message, each, round.now)]
    told = [row for message, each in kept.items() for row in _told(message, each, round.now)]
    storage.reminding.keep(session, asked, told)


def _asked(message: str, letter: Letter, now: datetime) -> list[dict[str, object]]:
    """What a letter asks, as rows of `Asked`."""
    person, day = letter.somebody.actor.id, letter.somebody.today(now)
    same = {"person_id": person, "asked_on": day, "asked_at": now, "message": message}
    return [{"due": due.key, "due_day": due.day, "rung": rung, **same} for due, rung in letter.asks]


def _told(message: str, letter: Letter, now: datetime) -> list[dict[str, object]]:
    """What a letter tells of others, as rows of `Escalation`."""
    person, day = letter.somebody.actor.id, letter.somebody.today(now)
    same = {"person_id": person, "told_on": day, "told_at": now, "message": message}
    return [{"due": due.key, "due_day": due.day, "step": step.value, **same} for due, step in letter.reports]


def still_wanted(session: Session, ctx: Context, waiting: Message) -> bool:
    """Whether a reminder about to go says anything that still holds; it is written anew where some was answered.

    Asked of every reminder, so that nothing need be done when an update is kept: where nothing at all was changed
    since it was written, one look suffices.
    """
    if not storage.history.changed_since(session, waiting.written_at):
        return True
    asked = storage.reminding.asked_in(session, waiting.key)
    told = storage.reminding.told_in(session, waiting.key)
    if not asked and not told:
        return True
    round = _around(session, ctx, [*asked, *told])
    letter = _as_it_stands(round, asked, told)
    if not letter.asks and not letter.reports:
        return False
    if len(letter.asks) + len(letter.reports) < len(asked) + len(told):
        waiting.payload = _composed(session, round, letter)
    return True


def shown(session: Session, ctx: Context, asked: Sequence[Asked]) -> tuple[str, list[blocks.Block]]:
    """What a reminder asked, as it stands now: what is answered is left out, what is put off says so."""
    round = _around(session, ctx, asked)
    letter = _as_it_stands(round, asked, ())
    pauses = storage.reminding.paused(session, asked)
    speaker = letter.somebody.actor.speaker
    if not letter.asks:
        told = speaker.say(ANSWERED)
        return told, [blocks.section(told)]
    return _asking(session, letter, asked[0].asked_on.isoformat(), pauses[0] if pauses else None)


def _around(session: Session, ctx: Context, rows: Sequence[Asked | Escalation]) -> Round:
    days = [each.due_day for each in rows]
    return rounds.gather(session, ctx, min(days), max(days), {each.person_id for each in rows})


def _as_it_stands(round: Round, asked: Sequence[Asked], told: Sequence[Escalation]) -> Letter:
    """The letter of these rows without what is answered; it is somebody's whom the round knows."""
    open_dues: Mapping[Name, Due] = {name(due): due for due in round.dues}
    rows: list[Asked | Escalation] = [*asked, *told]
    person = rows[0].person_id
    return Letter(
        round.people[person],
        [(open_dues[each.due, each.due_day], each.rung) for each in asked if (each.due, each.due_day) in open_dues],
        [
            (open_dues[each.due, each.due_day], Step(each.step))
            for each in told
            if (each.due, each.due_day) in open_dues
        ],
    )


def _composed(session: Session, round: Round, letter: Letter) -> dict[str, object]:
    texts: list[str] = []
    told: list[blocks.Block] = []
    if letter.asks:
        text, told = _asking(session, letter, letter.somebody.today(round.now).isoformat(), None)
        texts.append(text)
    if letter.reports:
        text = _reported(session, round, letter)
        texts.append(text)
        told = [*told, *blocks.paragraphs(text)]
    return {"text": "\n".join(texts), "blocks": told}


def _asking(session: Session, letter: Letter, day: str, pause: Pause | None) -> tuple[str, list[blocks.Block]]:
    """What they owe, with its buttons; ``day`` is that of the reminder, by which the buttons find it again."""
    speaker = letter.somebody.actor.speaker
    head = _head(speaker, pause)
    pairs = [due.told(session, speaker) for due, _ in letter.asks[:SHOWN]]
    more = len(letter.asks) - len(pairs)
    rest = [speaker.say(MORE, count=more)] if more else []
    told = [blocks.section(head), *(block for _, block in pairs), *(blocks.section(each) for each in rest)]
    text = "\n".join([head, *(text for text, _ in pairs), *rest])
    return text, [*told, _buttons(speaker, day, is_paused=pause is not None)]


def _head(speaker: Speaker, pause: Pause | None) -> str:
    if pause is None:
        return speaker.say(ASKING)
    return speaker.say(STOPPED) if pause.until is None else speaker.say(SNOOZED, day=pause.until)


def _buttons(speaker: Speaker, day: str, *, is_paused: bool) -> blocks.Block:
    if is_paused:
        return blocks.actions(blocks.button(speaker.say(UNDO_BUTTON), "reminder_resume", day))
    choices = [blocks.option(speaker.say(label), f"{choice}/{day}") for choice, label in CHOICES.items()]
    return blocks.actions(
        blocks.select("reminder_snooze", choices, speaker.say(SNOOZE_PLACEHOLDER)),
        blocks.button(speaker.say(AWAY_BUTTON), "away_open"),
        blocks.button(speaker.say(STOP_BUTTON), "reminder_stop", day),
    )


def _reported(session: Session, round: Round, letter: Letter) -> str:
    """What others were asked in vain, a line each."""
    speaker = letter.somebody.actor.speaker
    lines = [f"• {_line(session, round, speaker, due)}" for due, _ in letter.reports[:SHOWN]]
    more = len(letter.reports) - len(lines)
    rest = [speaker.say(MORE_IN_VAIN, count=more)] if more else []
    return "\n".join([speaker.say(IN_VAIN, count=len(letter.reports)), *lines, *rest])


def _line(session: Session, round: Round, speaker: Speaker, due: Due) -> str:
    """A due with who was asked for it, and when; nobody is named who was not."""
    what, asked = due.short(session, speaker), round.asked.get(name(due), ())
    if not asked:
        return speaker.say(NOBODY_ASKED, what=what)
    names = {each.person_id: _named(speaker, round.people[each.person_id]) for each in asked}
    people, last = speaker.listing(dict.fromkeys(names.values())), max(each.asked_on for each in asked)
    pauses = [(names[each], pause) for each in names if (pause := round.pauses.get((name(due), each))) is not None]
    return " ".join(
        [
            speaker.say(ASKED_LAST, what=what, people=literal(people), day=last),
            *(_put_off(speaker, person, pause) for person, pause in pauses),
        ]
    )


def _named(speaker: Speaker, somebody: Somebody) -> str:
    return somebody.actor.name or speaker.say(UNNAMED)


def _put_off(speaker: Speaker, person: str, pause: Pause) -> str:
    if pause.until is None:
        return speaker.say(STOPPED_BY, person=literal(person))
    return speaker.say(PUT_OFF_BY, person=literal(person), day=pause.until)
