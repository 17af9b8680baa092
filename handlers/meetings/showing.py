"""What the sheet of a meeting shows besides its facts: open points on top, who came, what it left, its minutes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

import storage.conclusions
import storage.meetings
import storage.partners
from handlers import entries, readers
from handlers.actors import Actor
from handlers.context import Context
from handlers.language import Message, Speaker, message, plural
from handlers.meetings import invited, minuted, open_points
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage.meetings import COMING, REPRESENTED, Attendance, Meeting, Presence, Status

QUORUM = message("*Represented*: {there}/{seats}")
ANNOUNCED = message("*Announced*: {there}/{seats}")
PRINCIPALS = message("Principals: {names}")
ALTERNATES = message("Alternates: {names}")
EXCUSED = message("Excused: {names}")
ABSENT = message("Absent: {names}")
WITH_NAME = message("{institution} ({name})")
SEATED = message("{seat} ({institution})")
DECIDED = plural("*Decided*: one conclusion", "*Decided*: {count} conclusions")
ASKED = plural("*Asked for*: one action", "*Asked for*: {count} actions")

SHOWN = 10
PRESENCES: Sequence[tuple[Presence, Message]] = (
    (Presence.PRINCIPAL, PRINCIPALS),
    (Presence.ALTERNATE, ALTERNATES),
    (Presence.EXCUSED, EXCUSED),
    (Presence.ABSENT, ABSENT),
)


def further(session: Session, ctx: Context, actor: Actor, meeting: Meeting) -> list[blocks.Block]:
    """The open points of earlier meetings until its minutes are out, who was there, what it left."""
    reader = readers.of_actor(actor)
    texts = []
    if meeting.status in (*COMING, Status.HELD):
        texts += open_points.told(session, ctx, reader, meeting)
    texts += attendance(session, ctx, meeting, actor.speaker)
    left = storage.conclusions.of(session, meeting, actor.audience)
    names = entries.names(session, [*left.decisions, *left.actions])
    for title, found in ((DECIDED, left.decisions), (ASKED, left.actions)):
        if found:
            lines = [open_points.line(actor.speaker, each, names, ctx.today, meeting.day) for each in found[:SHOWN]]
            texts.append("\n".join([actor.speaker.say(title, count=len(found)), *lines]))
    told = [block for text in texts for block in (blocks.divider(), *blocks.paragraphs(text))]
    minutes = minuted.told(session, ctx, actor, meeting)
    return [*told, *([blocks.divider(), *minutes] if minutes else [])]


def attendance(session: Session, ctx: Context, meeting: Meeting, speaker: Speaker) -> list[str]:
    """How many were represented of how many, and who; nothing where nothing is known."""
    rows = storage.meetings.attendances(session, meeting.id)
    if not rows:
        return []
    there, seats = quorum(session, ctx, meeting, rows)
    head = ANNOUNCED if meeting.status in COMING else QUORUM
    lines = [speaker.say(head, there=there, seats=seats)]
    for presence, sentence in PRESENCES:
        named = names(session, [each for each in rows if each.presence == presence], speaker)
        if named:
            lines.append(speaker.say(sentence, names=literal(speaker.listing(named))))
    return ["\n".join(lines)]


def quorum(session: Session, ctx: Context, meeting: Meeting, rows: Sequence[Attendance]) -> tuple[int, int]:
    """How many were represented, of how many: who sits in the body and who is listed, unless the meeting says it."""
    there = sum(each.presence in REPRESENTED for each in rows)
    listed = {each.seat_key for each in rows}
    if meeting.status in COMING:
        listed |= {each.key for each in invited.seats(session, ctx, meeting)}
    return there, max(meeting.seats or len(listed), there)


def names(session: Session, rows: Sequence[Attendance], speaker: Speaker) -> list[str]:
    """Who they are: institutions, or groups with the institution that came for them; by name where it is known."""
    known = storage.partners.by_ids(session, sorted({each.institution_id for each in rows if each.institution_id}))
    by_id = {each.id: each.name(speaker.language) for each in known}
    found = []
    for row in rows:
        institution = by_id.get(row.institution_id or 0, "–")
        named = speaker.say(SEATED, seat=row.seat, institution=institution) if row.seat else institution
        found.append(speaker.say(WITH_NAME, institution=named, name=row.name) if row.name else named)
    return found
