"""What one owes oneself: returned and awaited updates, dates to answer, what one carries; each with its button."""

from __future__ import annotations

from collections.abc import Iterator

from handlers import dates, duties
from handlers.actors import Actor
from handlers.awaited import Awaited
from handlers.dates import Deadline
from handlers.followup import action_cards
from handlers.home.gathering import Found
from handlers.language import Message, Speaker, message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.vocabulary import ACTION_STATUS
from storage import periods
from storage.actions import Status
from storage.home import Due, Part

ASKED = message("❓ *{code}*: another date is asked of you: {deadline}. {text}")
SHOW_OPTION = message("Show it whole")
FURTHER = message("And more: the list has them all.")
ALL_ACTIONS_BUTTON = message("All actions")

_MINE = ("done", "acknowledge", "propose", "handover")
"""What one can do with an action one owes, beside looking at it."""
SHORT = 160
"""Characters of what is to be done; the whole is one click away."""


def told(found: Found, actor: Actor) -> list[blocks.Block]:
    """All of it, the most urgent sort first."""
    speaker = actor.speaker
    title = speaker.say(duties.WHAT_YOU_OWE)
    names = {seen.group.id: seen.group.name(speaker.language) for seen in found.groups}
    rows = [
        *(_returned(speaker, due, names[due.group_id]) for due in found.dues.of(Part.RETURNED)),
        *(_awaited(found, speaker, each) for each in found.awaited() if each.group.id in actor.leads),
        *(_asked(speaker, due) for due in found.dues.of(Part.ASKED)),
        *(row(found, speaker, due, own=True) for due in found.dues.of(Part.MINE)),
    ]
    head = blocks.section(title, blocks.button(speaker.say(duties.REGISTERS_BUTTON), "owed_open"))
    if not rows:
        return [head, blocks.section(speaker.say(duties.NOTHING_OWED))]
    return [head, *rows, *further(found, speaker, Part.MINE, Part.ASKED)]


def row(found: Found, speaker: Speaker, due: Due, *, own: bool = False) -> blocks.Block:
    """A duty with its day, and what can be done with it."""
    institution = found.frame.institution
    told = line(found, speaker, due, owing=own and due.owes != (institution.code if institution else None))
    if due.sort == "actions" and due.status == Status.ACKNOWLEDGED:
        told = f"{told} · {speaker.say(ACTION_STATUS[due.status][0])}"
    return blocks.section(told, menu(speaker, due, own=own))


def line(found: Found, speaker: Speaker, due: Due, *, owing: bool = False) -> str:
    """A duty in one line: whether it is overdue, since when, what it is and perhaps who owes it; ready for mrkdwn."""
    code = literal(due.code)
    text = literal(blocks.clip(" ".join(due.text.split()), SHORT))
    if owing and due.owes:
        text = f"{text} ({literal(due.owes)})"
    overdue = due.due_on is not None and due.due_on < found.now.astimezone(found.clock.zone).date()
    sentence: Message = duties.OVERDUE if overdue else duties.DUE
    return speaker.say(sentence, code=code, deadline=_deadline(speaker, due), text=text)


def menu(speaker: Speaker, due: Due, *, own: bool = False) -> blocks.Block:
    """The ⋯ menu of an action or a decision, the same as in its list."""
    options = [blocks.option(speaker.say(SHOW_OPTION), f"show:{due.id}")]
    if due.sort == "decisions":
        return blocks.overflow("decision_menu", options)
    offered = [word for word in _MINE if own and not (word == "acknowledge" and due.status != Status.OPEN)]
    options += [blocks.option(speaker.say(action_cards.LABELS[word]), f"{word}:{due.id}") for word in offered]
    return blocks.overflow("action_menu", options)


def further(found: Found, speaker: Speaker, *parts: Part) -> Iterator[blocks.Block]:
    """That there are more than are shown, with the way to them."""
    if any(found.dues.count(part) > len(found.dues.of(part)) for part in parts):
        yield blocks.section(speaker.say(FURTHER), blocks.button(speaker.say(ALL_ACTIONS_BUTTON), "actions_open"))


def _deadline(speaker: Speaker, due: Due) -> str:
    return dates.in_words(Deadline(due.deadline, due.due_on), speaker)


def _awaited(found: Found, speaker: Speaker, owed: Awaited) -> blocks.Block:
    name = owed.group.name(speaker.language)
    sentence = duties.AWAITED if owed.until > found.now else duties.AWAITED_LATE
    text = speaker.say(sentence, group=literal(name), period=owed.period, until=owed.until)
    spoken = speaker.say(duties.GIVE_SPOKEN, group=name)
    label = speaker.say(duties.GIVE_BUTTON)
    return blocks.section(text, blocks.button(label, "update_open", str(owed.group.id), style="primary", spoken=spoken))


def _returned(speaker: Speaker, due: Due, group: str) -> blocks.Block:
    reason = literal(blocks.clip(due.text, SHORT))
    text = speaker.say(duties.RETURNED, group=literal(group), period=periods.parse(due.code), reason=reason)
    spoken, label = speaker.say(duties.CHANGE_SPOKEN, group=group), speaker.say(duties.CHANGE_BUTTON)
    if due.id:
        return blocks.section(text, blocks.button(label, "update_edit", str(due.id), style="primary", spoken=spoken))
    give = blocks.button(label, "update_open", str(due.group_id), style="primary", spoken=spoken)
    return blocks.section(text, give)


def _asked(speaker: Speaker, due: Due) -> blocks.Block:
    text = literal(blocks.clip(" ".join(due.text.split()), SHORT))
    deadline = speaker.deadline(due.deadline)
    return blocks.section(speaker.say(ASKED, code=literal(due.code), deadline=deadline, text=text), menu(speaker, due))
