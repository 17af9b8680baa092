"""Calendars of meetings as bytes: those of an address, of a person, of some meetings, each for its reader."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

import storage.feeds
import storage.groups
import storage.meetings
import storage.people
from handlers import actors, meeting_names, readers, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.language import Speaker, message
from handlers.readers import Reader
from handlers.reports import ics
from handlers.reports.ics import Event
from handlers.rights import Right
from storage import periods
from storage.feeds import Feed
from storage.groups import Group, Kind
from storage.meetings import Attendance, Meeting, Status
from storage.visibility import Level, of_channel, visible

CALENDAR_NAME = message("PTF meetings")
CALENDAR_OF_GROUP = message("PTF meetings – {code}")
CHAIRED_BY = message("Chaired by: {chair}")
AGENDA = message("Agenda:")
POINT = message("{position}. {subject} ({minutes} min)")
POINT_WITHOUT_TIME = message("{position}. {subject}")

PAST = timedelta(days=200)
"""How far back a calendar reaches."""
PATH, SUFFIX = "/calendar/", ".ics"
"""Before and after the secret in an address."""


@dataclass(frozen=True, slots=True)
class Served:
    """A calendar as it is served, with the tag by which a program knows that it has it already."""

    content: bytes
    tag: str


def serve(ctx: Context, path: str) -> Served | None:
    """The calendar of an address (its path), None where there is none, or nobody reads it any more."""
    if not path.startswith(PATH) or not path.endswith(SUFFIX):
        return None
    with ctx.readings.begin() as session:
        feed = storage.feeds.by_secret(session, path.removeprefix(PATH).removesuffix(SUFFIX))
        content = _of_feed(session, ctx, feed) if feed is not None else None
    return None if content is None else Served(content, hashlib.sha256(content).hexdigest()[:32])


def _of_feed(session: Session, ctx: Context, feed: Feed) -> bytes | None:
    if feed.person_id is None:
        group = storage.groups.by_id(session, feed.group_id or 0)
        if group is None:
            return None
        reader = Reader(Speaker(feed.language, ctx.zone), of_channel(Level.GROUP, group.id))
        return written(session, ctx, reader, _meetings(session, ctx, reader, Meeting.group_id == group.id), group)
    people = storage.people.by_ids(session, [feed.person_id])
    actor = actors.describe(session, ctx, people[0]) if people else None
    if actor is None or not rights.may(actor, Right.ASK):
        return None
    return of_person(session, ctx, actor)


def of_person(session: Session, ctx: Context, actor: Actor) -> bytes:
    """The calendar of that person, as they may read it now."""
    theirs = [group_id for _, group_id in actor.offices if group_id is not None]
    bodies = select(Group.id).where(Group.kind == Kind.BODY)
    attended = select(Attendance.meeting_id).where(Attendance.institution_id == actor.institution_id)
    wanted = or_(Meeting.group_id.in_(bodies), Meeting.group_id.in_(theirs), Meeting.id.in_(attended))
    reader = readers.of_actor(actor)
    return written(session, ctx, reader, _meetings(session, ctx, reader, wanted))


def _meetings(session: Session, ctx: Context, reader: Reader, wanted: Any) -> Sequence[Meeting]:
    """Those whose day is known, from some months ago on; one that was withdrawn is told as cancelled."""
    return session.scalars(
        select(Meeting)
        .where(wanted, Meeting.day_on >= ctx.today - PAST, visible(Meeting, reader.audience))
        .order_by(Meeting.day_on, Meeting.id)
    ).all()


def written(
    session: Session, ctx: Context, reader: Reader, meetings: Sequence[Meeting], group: Group | None = None
) -> bytes:
    """These meetings as a calendar, for that reader."""
    ids = {meeting.group_id for meeting in meetings if meeting.group_id is not None}
    groups = {each.id: each for each in storage.groups.by_ids(session, ids)}
    events = [
        _event(session, ctx, reader, meeting, groups.get(meeting.group_id or 0))
        for meeting in meetings
        if _has_day(meeting)
    ]
    say = reader.speaker.say
    title = say(CALENDAR_OF_GROUP, code=group.code) if group is not None else say(CALENDAR_NAME)
    return ics.write(title, events, ctx.zone)


def _has_day(meeting: Meeting) -> bool:
    """Whether its day is known, not only its month."""
    return meeting.day is not None and periods.parse(meeting.day).kind == periods.DAY


def _event(session: Session, ctx: Context, reader: Reader, meeting: Meeting, body: Group | None) -> Event:
    first, last = meeting.first_day, meeting.last_day
    assert first is not None
    assert last is not None
    is_timed = meeting.starts_at is not None and meeting.ends_at is not None
    return Event(
        uid=f"{meeting.code}@{ctx.team_id}.ptf-bot".lower(),
        sequence=meeting.version,
        title=meeting_names.named(meeting, body, reader.speaker),
        begins=meeting.starts_at if is_timed and meeting.starts_at else first,
        ends=meeting.ends_at if is_timed and meeting.ends_at else last,
        changed=meeting.withdrawn_at or meeting.edited_at or meeting.said_at,
        place=meeting.place,
        text="\n".join(_text(session, reader.speaker, meeting)),
        is_cancelled=meeting.status == Status.CANCELLED or meeting.withdrawn,
        is_certain=meeting.status != Status.PLANNED,
    )


def _text(session: Session, speaker: Speaker, meeting: Meeting) -> list[str]:
    """Who chairs, and the agenda."""
    told = [speaker.say(CHAIRED_BY, chair=meeting.chaired_by)] if meeting.chaired_by else []
    points = storage.meetings.agenda(session, meeting.id)
    if points:
        told.append(speaker.say(AGENDA))
    for place, point in enumerate(points, 1):
        sentence = POINT if point.minutes else POINT_WITHOUT_TIME
        told.append(speaker.say(sentence, position=place, subject=point.subject, minutes=point.minutes))
    return [*told, *([meeting.outline] if meeting.outline and not points else [])]
