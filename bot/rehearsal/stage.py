"""Sets the stage: the demo world's people, channels and talk put into the stand-in for Slack, its clock at today."""

from __future__ import annotations

import unicodedata
from datetime import datetime, time

from bot.rehearsal.escaping import written
from bot.rehearsal.model import Channel, Message
from bot.rehearsal.standin import StandIn
from bot.rehearsal.workspace import Workspace
from bot.rehearsal.world import shapes
from bot.rehearsal.world.shapes import World

LOCALES = {"fr": "fr-FR", "en": "en-GB"}


def set_up(standin: StandIn, world: World) -> None:
    """Fill an empty workspace with the world; what was said before today has been read by everybody."""
    workspace = standin.workspace
    for person in world.people:
        _enter(workspace, person)
    for channel in world.channels:
        _open(workspace, channel)
    _talk(workspace, world)
    _read(workspace, datetime.combine(world.today, time(), world.today.tzinfo))
    workspace.set_time(world.today)


def _enter(workspace: Workspace, person: shapes.Person) -> None:
    workspace.add_user(
        id=person.slack_id,
        name=handle(person.name),
        real_name=person.name,
        display_name=person.name,
        team_id=person.team,
        stranger=person.kind == "external",
        guest=person.kind == "guest",
        deleted=person.kind == "deactivated",
        offered=person.can_be,
        title={"fr": person.title_fr, "en": person.title_en},
        locale=LOCALES[person.language],
        tz=person.zone,
    )


def handle(name: str) -> str:
    """What one types after @ for somebody of that name: ``canada-education``."""
    letters = [letter for letter in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(letter)]
    return "-".join("".join(letter if letter.isalnum() else " " for letter in letters).split())


def _open(workspace: Workspace, channel: shapes.Channel) -> None:
    workspace.add_channel(
        channel.name,
        id=channel.slack_id,
        private=channel.private,
        members=channel.members,
        bot_in=channel.bot_is_in,
        shared=channel.shared,
        topic=channel.topic,
    )


def _talk(workspace: Workspace, world: World) -> None:
    """Everything said, in the order in which it was said, each message at its own instant."""
    stamps: dict[str, str] = {}
    for told in sorted(world.talk, key=lambda message: message.at):
        stamps[told.key] = workspace.stamp(told.at)
        message = Message(stamps[told.key], told.channel, told.author, written(workspace, told.text))
        message.thread_ts = stamps[told.answers] if told.answers else None
        workspace.post(message)


def _read(workspace: Workspace, before: datetime) -> None:
    """Let everybody have read what was said before an instant."""
    for channel in workspace.channels.values():
        seen = _last_before(channel, before)
        if seen is not None:
            channel.read_until = dict.fromkeys(channel.members, seen)


def _last_before(channel: Channel, instant: datetime) -> str | None:
    return max((message.ts for message in channel.messages if message.at < instant), key=float, default=None)
