"""How an action is told and looks on the cards that show it, with what its reader can do with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

import storage.decisions
import storage.registered
from handlers import dates, entries, erased, rights, served
from handlers.actors import Actor
from handlers.cards import Shown
from handlers.context import Context
from handlers.dates import Deadline
from handlers.entries import Names
from handlers.language import Message, Speaker, message
from handlers.readers import Reader
from handlers.reports import blocks
from handlers.reports.report import Entry, Mark, Paragraph, Tone
from handlers.rights import Right
from handlers.vocabulary import ACTION_STATUS
from storage.actions import STANDING, Action, Status
from storage.visibility import Level, sees

ASKED = message("Action asked for: {code}")
CARRIED = message("You carry this action: {code}")
OWED_BY_YOURS = message("Your institution owes this action: {code}")
SOME_ACTION = message("Action {code}")
SEEN_BY = message("Who may read it: {level}")
OWED_BY = message("owed by {institution}")
NOBODY_OWES = message("nobody named yet")
BORN_OF = message("decision {code}")
FOLLOWS_FROM = message("follows from {code}")
ASKED_BY = message("asked for by {name}")
DONE_ON = message("done on {day}")
EVIDENCE = message("Evidence")
WAITING = message("another date is asked for: {deadline}")
ACKNOWLEDGE_BUTTON = message("Acknowledge")
DONE_BUTTON = message("Done")
PROPOSE_BUTTON = message("Propose another date")
HAND_OVER_BUTTON = message("Hand over")
ACCEPT_BUTTON = message("Accept the date")
KEEP_DATE_BUTTON = message("Keep the date")
EDIT_BUTTON = message("Edit")
REOPEN_BUTTON = message("Reopen")
WITHDRAW_BUTTON = message("Withdraw")
KEEP_BUTTON = message("Keep it")
WITHDRAW_TITLE = message("Withdraw this action?")
WITHDRAW_TEXT = message("Nobody owes it then, and it shows nowhere but in the history. You can undo it.")

LABELS = {
    "acknowledge": ACKNOWLEDGE_BUTTON,
    "done": DONE_BUTTON,
    "propose": PROPOSE_BUTTON,
    "handover": HAND_OVER_BUTTON,
    "accept": ACCEPT_BUTTON,
    "keep": KEEP_DATE_BUTTON,
    "edit": EDIT_BUTTON,
    "reopen": REOPEN_BUTTON,
    "withdraw": WITHDRAW_BUTTON,
}
"""What one can do with an action (``action_<word>`` is its button) -> the button's label."""
ANSWERS = ("accept", "keep")
"""Those that answer a proposal, and carry which one: the number of those there were."""


def action_entry(action: Action, names: Names, speaker: Speaker, today: date, origin: str = "") -> Entry:
    """What is to be done, who owes it and by when; ``origin`` says of what it was born, if told."""
    say = speaker.say
    facts = [owing(action, names, speaker)]
    if action.deadline is not None:
        facts.append(say(entries.DUE, deadline=deadline_words(action, speaker)))
    if action.proposed is not None and action.status in STANDING:
        facts.append(say(WAITING, deadline=proposed_words(action, speaker)))
    if origin:
        facts.append(origin)
    asker = names.people.get(action.asked_by_id or 0)
    if asker is not None and (asked_by := erased.name(speaker, asker)):
        facts.append(say(ASKED_BY, name=asked_by))
    if action.done_on is not None:
        facts.append(say(DONE_ON, day=speaker.day(action.done_on)))
    told = [Paragraph(action.text, said=True)]
    if action.evidence:
        told.append(Paragraph(action.evidence, say(EVIDENCE), said=True))
    return Entry(action.code, status_mark(action, speaker, today), facts, told, f"actions:{action.id}")


def owing(action: Action, names: Names, speaker: Speaker) -> str:
    """The institution that owes it and who carries it there."""
    institution, carrier = names.institutions.get(action.institution_id or 0), names.people.get(action.carrier_id or 0)
    told = [speaker.say(OWED_BY, institution=institution.name(speaker.language))] if institution else []
    if carrier is not None and (name := erased.name(speaker, carrier)):
        told.append(speaker.say(entries.CARRIED_BY, name=name))
    return ", ".join(told) or speaker.say(NOBODY_OWES)


def status_mark(action: Action, speaker: Speaker, today: date) -> Mark:
    """Where it stands on that civil day, with its tone."""
    label, tone = ACTION_STATUS[action.status]
    if is_overdue(action, today):
        return Mark(speaker.say(entries.OVERDUE, status=speaker.say(label)), Tone.BAD)
    return Mark(speaker.say(label), tone)


def is_overdue(action: Action, today: date) -> bool:
    """Whether it is still owed after its last day."""
    return action.status in STANDING and action.due_on is not None and action.due_on < today


def deadline_words(action: Action, speaker: Speaker) -> str:
    """Its deadline, in words."""
    return dates.in_words(Deadline(action.deadline, action.due_on), speaker)


def proposed_words(action: Action, speaker: Speaker) -> str:
    """The deadline asked for instead, in words."""
    return dates.in_words(Deadline(action.proposed, action.proposed_on), speaker)


def origin(session: Session, action: Action, reader: Reader) -> str:
    """Of which decision it was born, or from which record it follows; "" where this reader may not know of that."""
    decision = storage.decisions.by_id(session, action.decision_id) if action.decision_id else None
    if decision is not None:
        return reader.speaker.say(BORN_OF, code=decision.code) if sees(decision, reader.audience) else ""
    record = storage.registered.named(session, action.about)
    if record is None or record.withdrawn or not sees(record, reader.audience):
        return ""
    return reader.speaker.say(FOLLOWS_FROM, code=record.code)


def offered(actor: Actor, action: Action) -> list[str]:
    """What that person can do with it, as words of `LABELS`."""
    answers, changes = (rights.may(actor, right, record=action) for right in (Right.ANSWER_ACTION, Right.CHANGE_ACTION))
    words: list[str] = []
    if answers and action.status in STANDING:
        words += ["acknowledge"] if action.status == Status.OPEN else []
        words += ["done"]
        words += ["propose"] if action.proposed is None and not changes else []
        words += ["handover"]
    if changes:
        words += ANSWERS if action.proposed is not None and action.status in STANDING else ()
        words += ["edit"] if action.status in STANDING else ["reopen"]
        words += ["withdraw"]
    return words


def buttons(actor: Actor, action: Action, *, only: Sequence[str] = ()) -> list[blocks.Block]:
    """The same as buttons; ``only`` some of them, when given."""
    say, value = actor.speaker.say, str(action.id)
    sure = blocks.confirm(say(WITHDRAW_TITLE), say(WITHDRAW_TEXT), say(WITHDRAW_BUTTON), say(KEEP_BUTTON), danger=True)
    return [
        blocks.button(
            say(LABELS[word]),
            f"action_{word}",
            f"{value}:{action.proposals}" if word in ANSWERS else value,
            style="primary" if word == "done" else "",
            confirm=sure if word == "withdraw" else None,
        )
        for word in offered(actor, action)
        if not only or word in only
    ]


def _title(actor: Actor, action: Action) -> str:
    sentence: Message = SOME_ACTION
    if action.carrier_id == actor.id:
        sentence = CARRIED
    elif action.asked_by_id == actor.id:
        sentence = ASKED
    elif action.institution_id is not None and action.institution_id == actor.institution_id:
        sentence = OWED_BY_YOURS
    return actor.speaker.say(sentence, code=action.code)


def entry(session: Session, ctx: Context, reader: Reader, action: Action) -> Entry:
    """The action as that reader may know it."""
    names = entries.names(session, [action])
    told = action_entry(action, names, reader.speaker, ctx.today, origin(session, action, reader))
    return replace(told, facts=[*told.facts, *_serves(session, action, reader)])


def _serves(session: Session, action: Action, reader: Reader) -> list[str]:
    """The line of a plan that it serves, itself or through the decision it was born of."""
    if action.line_id is not None or action.decision_id is None:
        return served.facts(session, reader, action.line_id)
    decision = storage.decisions.by_id(session, action.decision_id)
    if decision is None or not sees(decision, reader.audience):
        return []
    return served.facts(session, reader, decision.line_id, decision.code)


def _notes(session: Session, ctx: Context, actor: Actor, action: Action) -> list[str]:
    return [actor.speaker.say(SEEN_BY, level=actor.speaker.say(entries.LEVELS[Level(action.visibility)]))]


def _buttons(session: Session, ctx: Context, actor: Actor, action: Action) -> list[blocks.Block]:
    return buttons(actor, action)


SHOWN = Shown("action", _title, entry, _notes, _buttons)
