"""The listeners of `/ptf calendar`: an address made, replaced, ended; the meetings as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy import select
from sqlalchemy.orm import Session

import storage.feeds
import storage.groups
import storage.meetings
import storage.outbox
import storage.people
import storage.received
from handlers import answers, commands, readers, rights
from handlers.actors import Actor
from handlers.commands import Command
from handlers.context import Context
from handlers.errors import Refusal, number
from handlers.feeds import serving
from handlers.language import message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.rights import Right
from storage.feeds import Feed
from storage.groups import Group
from storage.meetings import Meeting
from storage.outbox import Sort
from storage.visibility import visible

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
FILE_NAME = message("PTF_meetings.ics")

COMMANDS = (Command(("calendar", "calendrier", "agenda", "ics"), CALENDAR_SUMMARY),)
GROUPS = 20
"""Groups whose address is offered at most."""


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
            content = serving.of_person(session, ctx, actor)
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
            content = serving.written(session, ctx, readers.of_actor(actor), [meeting])
            _send(session, ctx, actor, f"ics:{delivery}", content, f"{meeting.code}.ics")
    ctx.wake()
    told = actor.speaker.say(FILE_COMES)
    answers.show_kept(ack, client, body, told, [blocks.section(told)])


def _made(ctx: Context, actor: Actor, delivery: str, person_id: int | None, group_id: int | None) -> str | None:
    """A new feed; returns its secret, None for a delivery that came before. Raises Refusal."""
    with ctx.sessions.begin() as session:
        rights.require(session, ctx, actor, Right.ASK)
        if not ctx.address:
            raise Refusal(NO_ADDRESS)
        if not storage.received.first(session, delivery, ctx.now()):
            return None
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


def _show_address(
    ack: Ack, ctx: Context, client: WebClient, body: dict[str, Any], told: str, secret: str | None
) -> None:
    """The address, to that one person, once."""
    if secret is None:
        ack()
        return
    address = f"{ctx.address.rstrip('/')}{serving.PATH}{secret}{serving.SUFFIX}"
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
