"""`/ptf calendar` (`calendrier`, `agenda`): the meetings in one's own calendar program, by a secret address or a file.

A person's address shows the meetings they may read: those of bodies, of the groups in which they hold an office, those
to which their institution came. A group's address shows its own, as the group may read them. What an address shows is
decided each time it is read; whoever is no member any more reads nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

import storage.feeds
import storage.groups
import storage.meetings
import storage.outbox
import storage.people
import storage.received
from handlers import actors, answers, commands, meeting_names, readers, rights
from handlers.actors import Actor
from handlers.commands import Command
from handlers.context import Context
from handlers.errors import Refusal, number
from handlers.language import Speaker, message
from handlers.readers import Reader
from handlers.reports import blocks, ics
from handlers.reports.ics import Event
from handlers.reports.mrkdwn import literal
from handlers.rights import Right
from storage import periods
from storage.feeds import Feed
from storage.groups import Group, Kind
from storage.meetings import Attendance, Meeting, Status
from storage.outbox import Sort
from storage.visibility import Level, of_channel, visible

CALENDAR_SUMMARY = message("The meetings in your own calendar program")
TITLE = message("*The meetings in your calendar*")
WHAT = message(
    "With a secret address your calendar program (Outlook, Google, iPhone…) shows the meetings that you may read, and "
    "follows when one is moved or cancelled. Whoever has the address reads them: do not pass it on."
)
STANDS = message("Your address was made on {day}. It is not kept here and cannot be shown again; a new one ends it.")
NO_ADDRESS = message(
    "Addresses need the bot to be reachable on the web (`PTF_ADDRESS` in its settings); until then you can take the "
    "meetings as a file."
)
MADE = message("Your new address; the former one does not work any more. Add it as a calendar “from the internet”:")
MADE_FOR_GROUP = message("The new address of {group}; the former one does not work any more. For its members only:")
NO_MEETING = message("There is no such meeting that you may read.")
KEEP_BUTTON = message("Keep this")
ENDED = message("The address does not work any more.")
FILE_COMES = message("The file with the meetings comes in your direct messages.")
MINE_BUTTON = message("Make my address")
NEW_BUTTON = message("A new address")
END_BUTTON = message("End my address")
FILE_BUTTON = message("As a file")
GROUP_BUTTON = message("Address of {code}")
SURE_TITLE = message("A new address?")
SURE_TEXT = message("The former one stops working: calendars that use it no longer follow.")
CALENDAR_NAME = message("PTF meetings")
CALENDAR_OF_GROUP = message("PTF meetings – {code}")
FILE_NAME = message("PTF_meetings.ics")
CHAIRED_BY = message("Chaired by: {chair}")
AGENDA = message("Agenda:")
POINT = message("{position}. {subject} ({minutes} min)")
POINT_WITHOUT_TIME = message("{position}. {subject}")

COMMANDS = (Command(("calendar", "calendrier", "agenda", "ics"), CALENDAR_SUMMARY),)
PAST = timedelta(days=200)
"""How far back a calendar reaches."""
PATH, SUFFIX = "/calendar/", ".ics"
"""Before and after the secret in an address."""
GROUPS = 20
"""Groups whose address is offered at most."""


@dataclass(frozen=True, slots=True)
class Served:
    """A calendar as it is served, with the tag by which a program knows that it has it already."""

    content: bytes
    tag: str


def register(app: App) -> None:
    """Register the listeners."""
    commands.on(app, COMMANDS[0], shown)
    app.action("calendar_open")(shown)
    app.action("calendar_mine")(make_mine)
    app.action("calendar_group")(make_for_group)
    app.action("calendar_end")(end)
    app.action("calendar_file")(send_file)
    app.action("meeting_ics")(send_one)


def shown(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """What there is, and the buttons."""
    with ctx.readings.begin() as session:
        rights.require(session, ctx, actor, Right.ASK)
        own = storage.feeds.of(session, actor.id, None)
        groups = _keeps(session, actor)
    say = actor.speaker.say
    told = [say(TITLE), say(WHAT)]
    if not ctx.address:
        told.append(say(NO_ADDRESS))
    elif own is not None:
        told.append(say(STANDS, day=actor.speaker.civil_day(own.made_at)))
    buttons = [*(_address_buttons(actor, own, groups) if ctx.address else ()), _file_button(actor)]
    answers.show(ack, client, body, "\n".join(told), [*map(blocks.section, told), blocks.actions(*buttons)])


def make_mine(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """A new address of their own, shown once."""
    secret = _made(ctx, actor, delivery, actor.id, None)
    _show_address(ack, ctx, client, body, actor.speaker.say(MADE), secret)


def make_for_group(
    ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str
) -> None:
    """A new address of a group, by who keeps its meetings."""
    with ctx.readings.begin() as session:
        group = storage.groups.by_id(session, number(body["actions"][0].get("value")))
        rights.require(session, ctx, actor, Right.KEEP_MEETINGS, group)
    assert group is not None
    secret = _made(ctx, actor, delivery, None, group.id)
    told = actor.speaker.say(MADE_FOR_GROUP, group=literal(group.name(actor.speaker.language)))
    _show_address(ack, ctx, client, body, told, secret)


def end(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """Their address stops working."""
    with ctx.sessions.begin() as session:
        own = storage.feeds.of(session, actor.id, None)
        if own is not None:
            session.delete(own)
    told = actor.speaker.say(ENDED)
    answers.show_kept(ack, client, body, told, [blocks.section(told)])


def send_file(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """All meetings as a file in their direct messages."""
    with ctx.sessions.begin() as session:
        rights.require(session, ctx, actor, Right.ASK)
        if storage.received.first(session, delivery, ctx.now()):
            content = _written(session, ctx, readers.of_actor(actor), _of_person(session, ctx, actor), None)
            _send(session, ctx, actor, f"ics:{delivery}", content, actor.speaker.say(FILE_NAME))
    ctx.wake()
    told = actor.speaker.say(FILE_COMES)
    answers.show_kept(ack, client, body, told, [blocks.section(told)])


def send_one(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """One meeting as a file in their direct messages. Raises Refusal to who may not read it."""
    with ctx.sessions.begin() as session:
        chosen = select(Meeting).where(
            Meeting.id == number(body["actions"][0].get("value")), visible(Meeting, actor.audience)
        )
        meeting = session.scalars(chosen).first()
        if meeting is None:
            raise Refusal(NO_MEETING)
        if storage.received.first(session, delivery, ctx.now()):
            content = _written(session, ctx, readers.of_actor(actor), [meeting], None)
            _send(session, ctx, actor, f"ics:{delivery}", content, f"{meeting.code}.ics")
    ctx.wake()
    told = actor.speaker.say(FILE_COMES)
    answers.show_kept(ack, client, body, told, [blocks.section(told)])


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
        return _written(session, ctx, reader, _meetings(session, ctx, reader, Meeting.group_id == group.id), group)
    people = storage.people.by_ids(session, [feed.person_id])
    actor = actors.describe(session, ctx, people[0]) if people else None
    if actor is None or not rights.may(actor, Right.ASK):
        return None
    return _written(session, ctx, readers.of_actor(actor), _of_person(session, ctx, actor), None)


def _of_person(session: Session, ctx: Context, actor: Actor) -> Sequence[Meeting]:
    """The meetings for that person's calendar."""
    theirs = [group_id for _, group_id in actor.offices if group_id is not None]
    bodies = select(Group.id).where(Group.kind == Kind.BODY)
    attended = select(Attendance.meeting_id).where(Attendance.institution_id == actor.institution_id)
    wanted = or_(Meeting.group_id.in_(bodies), Meeting.group_id.in_(theirs), Meeting.id.in_(attended))
    return _meetings(session, ctx, readers.of_actor(actor), wanted)


def _meetings(session: Session, ctx: Context, reader: Reader, wanted: Any) -> Sequence[Meeting]:
    """Those whose day is known, from some months ago on; one that was withdrawn is told as cancelled."""
    return session.scalars(
        select(Meeting)
        .where(wanted, Meeting.day_on >= ctx.today - PAST, visible(Meeting, reader.audience))
        .order_by(Meeting.day_on, Meeting.id)
    ).all()


def _written(session: Session, ctx: Context, reader: Reader, meetings: Sequence[Meeting], group: Group | None) -> bytes:
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


def _made(ctx: Context, actor: Actor, delivery: str, person_id: int | None, group_id: int | None) -> str:
    """A new feed; returns its secret. Raises Refusal."""
    with ctx.sessions.begin() as session:
        rights.require(session, ctx, actor, Right.ASK)
        if not ctx.address:
            raise Refusal(NO_ADDRESS)
        feed = Feed(
            person_id=person_id,
            group_id=group_id,
            language=actor.speaker.language,
            made_at=ctx.now(),
            made_by_id=actor.id,
        )
        return storage.feeds.make(session, feed)


def _send(session: Session, ctx: Context, actor: Actor, key: str, content: bytes, name: str) -> None:
    payload = {"content": content.decode(), "name": name, "title": name, "text": ""}
    storage.outbox.put(session, key, actor.slack_id, payload, ctx.now(), sort=Sort.FILE)


def _show_address(ack: Ack, ctx: Context, client: WebClient, body: dict[str, Any], told: str, secret: str) -> None:
    """The address, to that one person, once."""
    address = f"{ctx.address.rstrip('/')}{PATH}{secret}{SUFFIX}"
    answers.show_kept(ack, client, body, f"{told}\n{address}", [blocks.section(told), blocks.section(f"`{address}`")])


def _keeps(session: Session, actor: Actor) -> list[Group]:
    """The groups whose meetings they keep, their own first."""
    every = [each for each in storage.groups.everyone(session) if rights.may(actor, Right.KEEP_MEETINGS, each.id)]
    return sorted(every, key=lambda group: group.id not in actor.leads)[:GROUPS]


def _address_buttons(actor: Actor, own: Feed | None, groups: Sequence[Group]) -> list[blocks.Block]:
    say = actor.speaker.say
    sure = blocks.confirm(say(SURE_TITLE), say(SURE_TEXT), say(NEW_BUTTON), say(KEEP_BUTTON))
    mine = blocks.button(
        say(MINE_BUTTON if own is None else NEW_BUTTON), "calendar_mine", confirm=None if own is None else sure
    )
    ends = [] if own is None else [blocks.button(say(END_BUTTON), "calendar_end")]
    theirs = [
        blocks.button(say(GROUP_BUTTON, code=each.code), "calendar_group", str(each.id), confirm=sure)
        for each in groups
    ]
    return [mine, *ends, *theirs]


def _file_button(actor: Actor) -> blocks.Block:
    return blocks.button(actor.speaker.say(FILE_BUTTON), "calendar_file")
