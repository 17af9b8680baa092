"""The settings in words, in one message, with the buttons and menus that change them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.configuration
import storage.groups
import storage.mandates
import storage.rest_days
from handlers import answers, commands, places, rights
from handlers.actors import Actor
from handlers.commands import Command
from handlers.context import Context
from handlers.language import Message, Speaker, message, plural
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.vocabulary import LANGUAGE, LEVEL, RUNGS
from storage.configuration import Channel, Configuration, Fallback
from storage.groups import Group, Kind

CONFIG_SUMMARY = message("The settings: digest, channels, reminders, groups and people")
TITLE = message("*Settings*")
DIGEST_TOLD = message("*Digest*: every {weekday} at {hour} ({zone})")
APPROVAL_POSTS = plural(
    "It is shown to the coordinators one hour before; if nobody decides, it goes out.",
    "It is shown to the coordinators {count} hours before; if nobody decides, it goes out.",
)
APPROVAL_HOLDS = plural(
    "It is shown to the coordinators one hour before; if nobody posts it, it is held back.",
    "It is shown to the coordinators {count} hours before; if nobody posts it, it is held back.",
)
REMINDERS_TOLD = message("*Reminders* to who owes something: {days}, at {hour} on their own clock, on working days")
REMINDERS_OFF = message("*Reminders* to who owes something: none")
TIMING_BUTTON = message("Change day and reminders")
REST_DAYS_TOLD = message("*Rest days*, on which nobody is reminded: the public holidays of {country}.")
REST_DAYS_CHANGED = plural("One day to come was added or changed.", "{count} days to come were added or changed.")
REST_DAYS_BUTTON = message("Rest days")
SECTORS_TOLD = plural(
    "*Division of labour*: a partner in more than one sector is warned.",
    "*Division of labour*: a partner in more than {count} sectors is warned.",
)
SECTORS_OFF = message("*Division of labour*: nobody is warned, however many sectors a partner is in.")
SECTORS_BUTTON = message("Number of sectors")
CHANNELS_TITLE = message("*Where the digest stands*")
NO_CHANNEL = message("Nowhere yet: add a channel, so that the digest can go out.")
CHANNEL_TOLD = message("{channel}: {language}; shows: {level}")
CHANNEL_OF_GROUP = message("{channel}: {language}; shows: {level} ({group})")
CHANGE_BUTTON = message("Change it")
REMOVE_BUTTON = message("Remove")
REMOVE_TITLE = message("Remove this channel?")
REMOVE_TEXT = message("The digest no longer goes to {channel}. What stands there stays.")
KEEP_BUTTON = message("Keep")
ADD_CHANNEL_BUTTON = message("Add a channel")
GROUPS_TITLE = plural("*Groups and bodies*: one", "*Groups and bodies*: {count}")
ADD_GROUP_BUTTON = message("Add a group or body")
GROUP_PLACEHOLDER = message("Change a group or body")
PEOPLE_TITLE = plural(
    "*People and mandates*: one mandate in force or to come",
    "*People and mandates*: {count} mandates in force or to come",
)
MANDATES_BUTTON = message("Mandates: who holds what")

WEEKDAYS: Mapping[str, Message] = {
    "mon": message("Monday"),
    "tue": message("Tuesday"),
    "wed": message("Wednesday"),
    "thu": message("Thursday"),
    "fri": message("Friday"),
    "sat": message("Saturday"),
    "sun": message("Sunday"),
}
COMMAND = Command(("config", "réglages", "configuration", "settings"), CONFIG_SUMMARY, pool_only=True)
CHANNELS_SHOWN = 15


def register(app: App) -> None:
    """Register the listeners."""
    commands.on(app, COMMAND, config)
    app.action("config_open")(config)


def config(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The settings, to the Pool Technique."""
    text, blocks_told = told(ctx, actor)
    answers.show(ack, client, body, text, blocks_told)


def told(ctx: Context, actor: Actor, notice: str = "") -> tuple[str, list[blocks.Block]]:
    """The settings as they are now, under what was just kept. Raises Refusal to whoever is not of the pool."""
    with ctx.readings.begin() as session:
        rights.require_pool(session, ctx, actor)
        settings = storage.configuration.current(session)
        parts = [
            *([(notice, blocks.section(notice))] if notice else []),
            *_timing(actor.speaker, settings),
            *_rest_days(session, ctx, actor.speaker, settings),
            *_sectors(actor.speaker, settings),
            *_channels(session, actor.speaker),
            *_groups(session, actor.speaker),
            *_mandates(session, ctx, actor.speaker),
        ]
    return "\n".join(text for text, _ in parts if text), [block for _, block in parts]


def draw_again(ctx: Context, actor: Actor, client: WebClient, place: Mapping[str, str], notice: str) -> None:
    """Show the settings as they are now where a form was opened, headed by what was just kept."""
    if place:
        text, blocks_told = told(ctx, actor, notice)
        places.redraw(client, place, text, blocks_told)


def channel_name(channel: Channel) -> str:
    """A channel as people know it; ready for mrkdwn."""
    return literal(f"#{channel.name}") if channel.name else f"<#{channel.id}>"


Part = tuple[str, blocks.Block]
"""Something told: as text ("" when it says nothing new) and as a block."""


def _row(*elements: blocks.Block) -> Part:
    return "", blocks.actions(*elements)


def _timing(speaker: Speaker, settings: Configuration) -> list[Part]:
    weekday = speaker.say(WEEKDAYS[settings.digest_weekday])
    zone = Speaker(speaker.language, ZoneInfo(settings.zone)).zone_name()
    lines = [speaker.say(TITLE)]
    lines.append(speaker.say(DIGEST_TOLD, weekday=_inside(speaker, weekday), hour=settings.digest_hour, zone=zone))
    if settings.approval:
        sentence = APPROVAL_HOLDS if settings.approval_fallback == Fallback.HOLD else APPROVAL_POSTS
        lines.append(speaker.say(sentence, count=settings.approval_hours))
    lines.append(_reminders(speaker, settings))
    text = "\n".join(lines)
    return [(text, blocks.section(text)), _row(blocks.button(speaker.say(TIMING_BUTTON), "config_timing"))]


def _reminders(speaker: Speaker, settings: Configuration) -> str:
    if not settings.reminders or not settings.rungs:
        return speaker.say(REMINDERS_OFF)
    days = speaker.listing(speaker.say(RUNGS[str(each)]) for each in settings.rungs)
    return speaker.say(REMINDERS_TOLD, days=days, hour=settings.reminder_hour)


def _inside(speaker: Speaker, weekday: str) -> str:
    """A weekday inside a sentence: French writes it without a capital."""
    return weekday.lower() if speaker.language == "fr" else weekday


def _rest_days(session: Session, ctx: Context, speaker: Speaker, settings: Configuration) -> list[Part]:
    """Whose public holidays are kept; the days themselves stand one click away."""
    count = storage.rest_days.count(session, ctx.today)
    text = speaker.say(REST_DAYS_TOLD, country=speaker.country(settings.calendar))
    text = f"{text} {speaker.say(REST_DAYS_CHANGED, count=count)}" if count else text
    return [(text, blocks.section(text, blocks.button(speaker.say(REST_DAYS_BUTTON), "config_rest")))]


def _sectors(speaker: Speaker, settings: Configuration) -> list[Part]:
    """Beyond how many sectors a partner is warned."""
    most = settings.most_sectors
    text = speaker.say(SECTORS_TOLD, count=most) if most else speaker.say(SECTORS_OFF)
    return [(text, blocks.section(text, blocks.button(speaker.say(SECTORS_BUTTON), "config_sectors")))]


def _channels(session: Session, speaker: Speaker) -> list[Part]:
    title = speaker.say(CHANNELS_TITLE)
    channels = storage.configuration.channels(session)
    parts = [(title, blocks.section(title))]
    if not channels:
        nowhere = speaker.say(NO_CHANNEL)
        parts.append((nowhere, blocks.section(nowhere)))
    for channel in channels[:CHANNELS_SHOWN]:
        text = _channel_told(session, speaker, channel)
        parts += [(text, blocks.section(text)), _row(*_channel_buttons(speaker, channel))]
    return [*parts, _row(blocks.button(speaker.say(ADD_CHANNEL_BUTTON), "config_channel_add"))]


def _channel_told(session: Session, speaker: Speaker, channel: Channel) -> str:
    told = {
        "channel": channel_name(channel),
        "language": speaker.say(LANGUAGE[channel.language]),
        "level": speaker.say(LEVEL[channel.level]),
    }
    group = storage.groups.by_id(session, channel.group_id) if channel.group_id else None
    return speaker.say(CHANNEL_OF_GROUP, group=group.code, **told) if group else speaker.say(CHANNEL_TOLD, **told)


def _channel_buttons(speaker: Speaker, channel: Channel) -> Sequence[blocks.Block]:
    sure = blocks.confirm(
        speaker.say(REMOVE_TITLE),
        speaker.say(REMOVE_TEXT, channel=f"#{channel.name or channel.id}"),
        speaker.say(REMOVE_BUTTON),
        speaker.say(KEEP_BUTTON),
        danger=True,
    )
    name = channel.name or channel.id
    return [
        blocks.button(
            speaker.say(CHANGE_BUTTON), "config_channel", channel.id, spoken=f"{speaker.say(CHANGE_BUTTON)} #{name}"
        ),
        blocks.button(
            speaker.say(REMOVE_BUTTON),
            "config_channel_remove",
            channel.id,
            style="danger",
            spoken=f"{speaker.say(REMOVE_BUTTON)} #{name}",
            confirm=sure,
        ),
    ]


def _groups(session: Session, speaker: Speaker) -> list[Part]:
    groups = storage.groups.everyone(session)
    title = speaker.say(GROUPS_TITLE, count=len(groups))
    ordered = sorted(groups, key=lambda group: (group.kind == Kind.BODY, group.code))
    add = blocks.button(speaker.say(ADD_GROUP_BUTTON), "config_group_add")
    menu = _menu("config_group", [_group_option(speaker, group) for group in ordered], speaker.say(GROUP_PLACEHOLDER))
    return [(title, blocks.section(title)), _row(*menu, add)]


def _group_option(speaker: Speaker, group: Group) -> blocks.Block:
    return blocks.option(f"{group.code} – {group.name(speaker.language)}", str(group.id))


def _mandates(session: Session, ctx: Context, speaker: Speaker) -> list[Part]:
    title = speaker.say(PEOPLE_TITLE, count=len(storage.mandates.standing(session, ctx.today)))
    every = blocks.button(speaker.say(MANDATES_BUTTON), "mandates_open")
    return [(title, blocks.section(title)), _row(every)]


def _menu(action_id: str, options: Sequence[blocks.Block], placeholder: str) -> list[blocks.Block]:
    """A menu, or nothing when there is nothing to choose."""
    return [blocks.select(action_id, blocks.grouped(options), placeholder)] if options else []
