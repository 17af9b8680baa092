"""`/ptf health` (`santé`): how the groups work, for the pool and the troïka; for coordinators their own groups.

In sentences, by code, without a rank. With a group after the command: that group alone.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.configuration
import storage.health
import storage.reporting
from handlers import answers, commands, finding, functioning, places, rights
from handlers.actors import Actor
from handlers.commands import Command
from handlers.context import Context
from handlers.entries import NAMED
from handlers.errors import number
from handlers.language import message
from handlers.reports import blocks
from handlers.reports.report import Entry, Paragraph, Report, Section
from handlers.rights import Right
from storage.health import Health

HEALTH_SUMMARY = message("How the groups work, in a few sentences each")
HEALTH_USAGE = message("[group]")
TITLE = message("How the groups work")
LEAD = message(
    "By code, on {day}. What is counted: periods that are over and in which the group was there, active and not "
    "excused."
)
OWN_LEAD = message("The groups that you coordinate, on {day}.")
NO_GROUPS = message("No group gives updates yet.")
NEXT_BUTTON = message("The next groups")

PAGE = 18
"""Groups told in one message; each takes two blocks, and a message holds 50."""


def offered_to(actor: Actor) -> bool:
    """Whether the command would not say no to that person."""
    return rights.may(actor, Right.HEALTH) or bool(actor.leads)


COMMAND = Command(("health", "santé"), HEALTH_SUMMARY, HEALTH_USAGE, offered_to=offered_to)
COMMANDS = (COMMAND,)


def register(app: App) -> None:
    """Register the listeners."""
    commands.on(app, COMMAND, health)
    app.action("health_open")(opened)
    app.action("health_more")(more)


def health(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, rest: str) -> None:
    """All groups that person may hear of, or the one named after the command."""
    with ctx.readings.begin() as session:
        if rest:
            group = finding.group(session, rest, actor.speaker, bodies=False)
            rights.require(session, ctx, actor, Right.HEALTH, group)
            text, told = listed(session, ctx, actor, {group.id})
        else:
            text, told = listed(session, ctx, actor, allowed(session, ctx, actor))
    answers.show(ack, client, body, text, told)


def opened(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The same from a button."""
    health(ack, ctx, actor, body, client, "")


def more(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The next groups, in the place of these."""
    with ctx.readings.begin() as session:
        only = allowed(session, ctx, actor)
        text, told = listed(session, ctx, actor, only, number(body["actions"][0].get("value")))
    places.show_instead(ack, client, body, text, told)


def allowed(session: Session, ctx: Context, actor: Actor) -> Collection[int] | None:
    """The ids of the groups that person may hear of; None for all. Raises Refusal, naming who can, for none."""
    if rights.may(actor, Right.HEALTH):
        return None
    if not actor.leads:
        rights.require(session, ctx, actor, Right.HEALTH)
    return actor.leads


def listed(
    session: Session, ctx: Context, actor: Actor, only: Collection[int] | None, first: int = 0
) -> tuple[str, list[blocks.Block]]:
    """A page of groups: the text and the blocks."""
    times = storage.reporting.clock(storage.configuration.current(session))
    found = storage.health.of(session, times, ctx.now(), actor.audience, only)
    page = blocks.messages(_report(ctx, actor, found[first : first + PAGE], everyone=only is None), actor.speaker)[0]
    if len(found) <= first + PAGE:
        return page.text, list(page.blocks)
    button = blocks.button(actor.speaker.say(NEXT_BUTTON), "health_more", str(first + PAGE))
    return page.text, [*page.blocks, blocks.actions(button)]


def _report(ctx: Context, actor: Actor, found: list[Health], *, everyone: bool) -> Report:
    say, day = actor.speaker.say, actor.speaker.day(ctx.today)
    lead = say(LEAD if everyone else OWN_LEAD, day=day) if found else say(NO_GROUPS)
    entries = [_entry(actor, each) for each in found]
    return Report(say(TITLE), actor.speaker.language, lead, glance=[Section("", entries=entries)])


def _entry(actor: Actor, each: Health) -> Entry:
    name = actor.speaker.say(NAMED, name=each.group.name(actor.speaker.language), code=each.group.code)
    told = " ".join(functioning.sentences(actor.speaker, each))
    return Entry(name, paragraphs=[Paragraph(told)])
