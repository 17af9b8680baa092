"""The call: what those invited are told of a meeting, in its channel or in their direct messages, and told anew.

A call shows the meeting as it stands: whatever changes (day, place, agenda, that it is cancelled) changes every call.
That it was moved or cancelled is told besides, since nobody hears an edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

import storage.configuration
import storage.meetings
import storage.outbox
import storage.partners
import storage.visibility
from handlers import actors
from handlers import meeting_names as naming
from handlers.actors import Actor
from handlers.context import Context
from handlers.language import Message, Speaker, message, plural
from handlers.meetings import invited
from handlers.meetings.invited import Address
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage.history import By, Origin
from storage.meetings import COMING, AgendaItem, Meeting, Minutes, Status
from storage.outbox import Sort
from storage.visibility import Level

CALLED = message("📅 *{meeting}*")
CALLED_OFF = message("❌ *{meeting}*: cancelled")
OVER = message("*{meeting}*: it took place")
WHEN = message("*When*: {when}")
LASTS = message("{when}; {duration}")
MINUTES = plural("one minute", "{count} minutes")
WHERE = message("*Where*: {place}")
CHAIR = message("*Chair*: {chair}")
CHAIR_BY = message("{institution} ({name})")
AGENDA = message("*Agenda*")
POINT = message("{number}. {subject}")
POINT_FACTS = message("{number}. {subject} ({facts})")
TIME = message("{minutes} min")
ASKED_BY = message("asked for by {institution}")
TO_DECIDE = message("     → to be decided: {asks}")
NO_AGENDA = message("No point on the agenda yet: propose one with the button below.")
TO_ADOPT = message("The minutes of {meeting} are put to adoption.")
MOVED = message("📅 *{meeting}* is moved: {when} instead of {before}.")
ELSEWHERE = message("📅 *{meeting}*, {when}: the place is now {place}.")
CANCELLED = message("❌ *{meeting}*, {when}, is cancelled.")
AGAIN = message("📅 *{meeting}* takes place after all: {when}.")
NOT_HERE = message("This meeting is no longer shown here.")
ANSWER_BUTTON = message("Who comes, a point…")
ANSWER_SPOKEN = message("Say who comes to {meeting}, or propose a point")
SHOW_BUTTON = message("The whole")
CALENDAR_BUTTON = message("For my calendar")

Told = tuple[str, list[blocks.Block]]


def by(ctx: Context, actor: Actor | None) -> By:
    """Who changes something with it: that person, or the file that brings it in."""
    return By(actor.id if actor else None, ctx.now(), Origin.FORM if actor else Origin.IMPORT)


def about(meeting: Meeting) -> str:
    """By which the outbox finds the calls of a meeting; not what its cards are found by (handlers.cards)."""
    return f"calls:{meeting.id}"


def post(session: Session, ctx: Context, meeting: Meeting) -> list[Address]:
    """Call those invited, each once; returns where they are told."""
    reached = invited.addresses(session, ctx, meeting)
    for address in reached:
        text, told = composed(session, meeting, address.speaker)
        payload = {"text": text, "blocks": told}
        storage.outbox.put(session, key(meeting, address), address.slack_id, payload, ctx.now(), about=about(meeting))
    return reached


def key(meeting: Meeting, address: Address) -> str:
    """The key of a call."""
    return f"call:{meeting.id}:{address.slack_id}"


def refresh(session: Session, ctx: Context, meeting: Meeting, cause: str) -> None:
    """Let every call show the meeting as it stands; ``cause`` names what changed, once."""
    for call in storage.outbox.cards(session, about(meeting)):
        text, told = _as_it_stands(session, ctx, meeting, call.address)
        edit = f"edit:{call.key}:{meeting.version}:{cause}"
        payload = {"text": text, "blocks": told}
        storage.outbox.put(session, edit, call.address, payload, ctx.now(), sort=Sort.EDIT, under=call.key)


def tell(session: Session, ctx: Context, meeting: Meeting, sentence: Message, cause: str, **values: Any) -> None:
    """One more message to those invited: that it is moved, cancelled; ``values`` that are functions take a speaker."""
    for address in invited.addresses(session, ctx, meeting):
        said = {name: given(address.speaker) if callable(given) else given for name, given in values.items()}
        name = literal(naming.named(meeting, naming.body_of(session, meeting), address.speaker))
        text = address.speaker.say(sentence, meeting=name, **said)
        payload = {"text": text, "blocks": [blocks.section(text), _buttons(meeting, name, address.speaker)]}
        storage.outbox.put(
            session, f"told:{meeting.id}:{cause}:{address.slack_id}", address.slack_id, payload, ctx.now()
        )


def composed(session: Session, meeting: Meeting, speaker: Speaker) -> Told:
    """The call in words, and as blocks with its buttons."""
    name = literal(naming.named(meeting, naming.body_of(session, meeting), speaker))
    head = {Status.CANCELLED: CALLED_OFF, Status.PLANNED: CALLED, Status.CALLED: CALLED}.get(
        Status(meeting.status), OVER
    )
    lines = [speaker.say(head, meeting=name), *facts(session, meeting, speaker)]
    told = blocks.paragraphs("\n".join(lines))
    text = "\n".join(lines)
    if meeting.said:
        told += blocks.said(meeting.said)
        text += f"\n{literal(meeting.said)}"
    points = agenda(session, meeting, speaker)
    return f"{text}\n{points}", [*told, *blocks.paragraphs(points), _buttons(meeting, name, speaker)]


def facts(session: Session, meeting: Meeting, speaker: Speaker) -> list[str]:
    """When, where, who chairs; ready for mrkdwn."""
    when = naming.when(meeting, speaker)
    if meeting.duration:
        when = speaker.say(LASTS, when=when, duration=speaker.say(MINUTES, count=meeting.duration))
    lines = [speaker.say(WHEN, when=when)]
    if meeting.place:
        lines.append(speaker.say(WHERE, place=literal(meeting.place)))
    if chair := chaired(session, meeting, speaker):
        lines.append(speaker.say(CHAIR, chair=literal(chair)))
    return lines


def chaired(session: Session, meeting: Meeting, speaker: Speaker) -> str:
    """Who chairs, as written; "" where nobody knows."""
    found = storage.partners.by_ids(session, [meeting.chair_id]) if meeting.chair_id is not None else ()
    institution = found[0].name(speaker.language) if found else ""
    if institution and meeting.chaired_by:
        return speaker.say(CHAIR_BY, institution=institution, name=meeting.chaired_by)
    return institution or meeting.chaired_by


def agenda(session: Session, meeting: Meeting, speaker: Speaker) -> str:
    """The agenda with the minutes put to adoption; ready for mrkdwn."""
    items = storage.meetings.agenda(session, meeting.id)
    lines = [speaker.say(AGENDA)]
    previous = storage.meetings.before(session, meeting) if meeting.status in COMING else None
    if previous is not None and previous.minutes == Minutes.CIRCULATED and _is_as_open(previous, meeting):
        name = literal(naming.named(previous, naming.body_of(session, previous), speaker))
        lines.append(speaker.say(TO_ADOPT, meeting=name))
    lines += points(session, items, speaker)
    if meeting.outline and not items:
        lines.append(literal(meeting.outline))
    if len(lines) == 1 and meeting.status in COMING:
        lines.append(speaker.say(NO_AGENDA))
    return "\n".join(lines) if len(lines) > 1 else ""


def _is_as_open(earlier: Meeting, meeting: Meeting) -> bool:
    """Whether all who read of a meeting may read of an earlier one of its body."""
    return earlier.visibility in (meeting.visibility, Level.GOVERNMENT)


def points(session: Session, items: Sequence[AgendaItem], speaker: Speaker) -> list[str]:
    """The points of an agenda, numbered, each with what is to be decided."""
    known = storage.partners.by_ids(session, [each.proposer_id for each in items if each.proposer_id is not None])
    names = {each.id: each.name(speaker.language) for each in known}
    lines = []
    for number, item in enumerate(items, 1):
        told = [speaker.say(TIME, minutes=item.minutes)] if item.minutes else []
        if item.proposer_id in names:
            told.append(speaker.say(ASKED_BY, institution=literal(names[item.proposer_id])))
        sentence = POINT_FACTS if told else POINT
        lines.append(speaker.say(sentence, number=number, subject=literal(item.subject), facts=", ".join(told)))
        if item.asks:
            lines.append(speaker.say(TO_DECIDE, asks=literal(" ".join(item.asks.split()))))
    return lines


def _as_it_stands(session: Session, ctx: Context, meeting: Meeting, address: str) -> Told:
    """A call as it is to read now; nothing where it may not be read there any more."""
    actor = actors.load(session, ctx, address)
    channel = storage.configuration.channel(session, address)
    speaker = actor.speaker if actor else Speaker(channel.language if channel else ctx.language, ctx.zone)
    may_read = (
        storage.visibility.sees(meeting, invited.audience(actor))
        if actor is not None
        else invited.readable_in(session, meeting, address)
    )
    if may_read and not meeting.withdrawn:
        return composed(session, meeting, speaker)
    text = speaker.say(NOT_HERE)
    return text, [blocks.section(text)]


def _buttons(meeting: Meeting, name: str, speaker: Speaker) -> blocks.Block:
    """*Who comes, a point…* while it is to come, and the whole of it."""
    value = str(meeting.id)
    show = blocks.button(speaker.say(SHOW_BUTTON), "meeting_show", value)
    if meeting.status not in COMING:
        return blocks.actions(show)
    spoken = speaker.say(ANSWER_SPOKEN, meeting=name)
    answer = blocks.button(speaker.say(ANSWER_BUTTON), "meeting_answer", value, style="primary", spoken=spoken)
    mine = blocks.button(speaker.say(CALENDAR_BUTTON), "meeting_ics", value)
    return blocks.actions(answer, show, *([mine] if meeting.has_day else []))
