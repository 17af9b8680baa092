"""`/ptf digest` (`synthèse`): the week so far, to who asks; for the Pool, a preview of each channel, and *Post now*."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.configuration
import storage.drafts
import storage.outbox
import storage.received
from handlers import answers, commands, places, readers, rights
from handlers.actors import Actor
from handlers.commands import Command
from handlers.context import Context
from handlers.digest import gathering, telling
from handlers.digest.composing import compose
from handlers.language import Speaker, message
from handlers.reports import blocks, cells
from handlers.reports.blocks.layout import CONTINUES
from handlers.reports.report import Paragraph, Report, Section
from handlers.rights import Right
from storage.configuration import Channel
from storage.drafts import State
from storage.periods import Period

DIGEST_SUMMARY = message("The week so far, to you alone")
FOR_YOU = message("The week so far, as you may read it. The digest goes out on {at}.")
WENT_OUT = message("The digest of the week, as you may read it. It went out on {at}.")
HELD_BACK = message("The week so far, as you may read it. The digest was due on {at} and has not been posted yet.")
IN_MESSAGES = message("The whole, with the words of the groups, comes in your direct messages.")
PREVIEW_PLACEHOLDER = message("Preview of a channel")
NO_CHANNEL = message("No channel is set for the digest: choose one with `/ptf config`.")
CHANNEL_NAME = message("#{name}")

SEPARATOR = " · "

COMMAND = Command(("digest", "synthèse"), DIGEST_SUMMARY)


@dataclass(frozen=True, slots=True)
class Shown:
    """`/ptf digest` as it stands under the command; ``pages`` is the whole."""

    text: str
    told: list[blocks.Block]
    pages: list[blocks.SlackMessage]


def register(app: App) -> None:
    """Register the listeners."""
    commands.on(app, COMMAND, digest)
    app.action("digest_open")(digest)


def digest(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """The week so far; what does not fit under a command comes in direct messages."""
    shown = _shown(ctx, actor, on_sheet=bool(body.get("view")))
    if len(shown.pages) > 1:
        with ctx.sessions.begin() as session:
            if storage.received.first(session, delivery, ctx.now()):
                _send(session, ctx, actor, f"asked:{delivery}", shown.pages)
        ctx.wake()
    answers.show(ack, client, body, shown.text, shown.told)


def draw_again(ctx: Context, actor: Actor, client: WebClient, place: Mapping[str, str]) -> None:
    """Show the week as it is now where `/ptf digest` stood, once something about its digest was decided there."""
    if place:
        shown = _shown(ctx, actor, on_sheet="sheet" in place)
        places.redraw(client, place, shown.text, shown.told)


def _week(session: Session, ctx: Context) -> Period:
    return gathering.clock(session).week(ctx.now())


def _when(session: Session, speaker: Speaker, week: Period) -> str:
    """When the digest of that week goes out, or went out."""
    out, due = gathering.went_out(session, week), gathering.clock(session).deadline(week)
    draft = storage.drafts.of_week(session, week.key)
    if out:
        return speaker.say(WENT_OUT, at=out)
    if draft is not None and draft.state == State.HELD:
        return speaker.say(HELD_BACK, at=due)
    return speaker.say(FOR_YOU, at=(draft.postponed_to if draft else None) or due)


def _shown(ctx: Context, actor: Actor, *, on_sheet: bool) -> Shown:
    with ctx.readings.begin() as session:
        week = _week(session, ctx)
        report = compose(session, ctx, week, readers.of_actor(actor), until=ctx.now())
        notes = [_when(session, actor.speaker, week)]
        menus, omitted = _for_the_pool(session, actor, week), _omitted(session, actor, week)
    pages = blocks.messages(report, actor.speaker)
    if len(pages) > 1:
        notes.append(actor.speaker.say(IN_MESSAGES))
    shown = message_of({"view": on_sheet}, report, actor.speaker)
    rest = blocks.context(actor.speaker.say(CONTINUES))
    told = [block for block in shown.blocks if block != rest]  # it is in the direct messages, as the note says
    return Shown(shown.text, [*blocks.contexts([" ".join(notes), omitted]), *told, *menus], pages)


def message_of(body: Mapping[str, Any], report: Report, speaker: Speaker) -> blocks.SlackMessage:
    """The message itself, without its thread; on a sheet, which takes no table (SLACK.md 2.2), told in lines."""
    if body.get("view"):
        report = replace(report, glance=[_in_lines(section, speaker) for section in report.glance])
    return blocks.messages(report, speaker)[0]


def _in_lines(section: Section, speaker: Speaker) -> Section:
    rows = section.table.rows if section.table else ()
    lines = [SEPARATOR.join(filter(None, (cells.words(cell, speaker, cells.EMOJI) for cell in row))) for row in rows]
    told = [*section.paragraphs, Paragraph("\n".join(lines))] if lines else section.paragraphs
    return replace(section, table=None, paragraphs=told)


def _send(session: Session, ctx: Context, actor: Actor, key: str, pages: list[blocks.SlackMessage]) -> None:
    """The whole, into the direct messages of who asked."""
    for number, page in enumerate(pages):
        payload = {"text": page.text, "blocks": list(page.blocks)}
        own, under = (f"{key}:{number + 1}", key) if number else (key, None)
        storage.outbox.put(session, own, actor.slack_id, payload, ctx.now(), under=under)


def _for_the_pool(session: Session, actor: Actor, week: Period) -> list[blocks.Block]:
    """Preview, *Post now* and what else can be decided, for the Pool."""
    if not rights.may(actor, Right.DIGEST):
        return []
    say, channels = actor.speaker.say, storage.configuration.channels(session)
    if not channels:
        return [blocks.context(say(NO_CHANNEL))]
    options = [blocks.option(channel_name(actor, channel), channel.id) for channel in channels]
    menu = blocks.select("digest_preview", options, say(PREVIEW_PLACEHOLDER))
    return [blocks.actions(menu, *telling.buttons(actor.speaker, week.key))]


def _omitted(session: Session, actor: Actor, week: Period) -> str:
    """What this digest leaves out, for the Pool; "" for nothing. It shares a block: a full page has two to spare."""
    draft = storage.drafts.of_week(session, week.key) if rights.may(actor, Right.DIGEST) else None
    return telling.left_out(session, actor.speaker, draft) if draft else ""


def channel_name(actor: Actor, channel: Channel) -> str:
    """The name of a channel, as this person reads it."""
    return actor.speaker.say(CHANNEL_NAME, name=channel.name or channel.id)
