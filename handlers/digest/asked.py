"""`/ptf digest` (`synthèse`): the week so far, to who asks; for the Pool, a preview of each channel, and *Post now*."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.configuration
import storage.outbox
import storage.received
from handlers import answers, commands, readers, rights
from handlers.actors import Actor
from handlers.commands import Command
from handlers.context import Context
from handlers.digest import gathering, publishing
from handlers.digest.composing import compose
from handlers.errors import Refusal
from handlers.language import Speaker, message, plural
from handlers.reports import blocks, cells
from handlers.reports.blocks.layout import CONTINUES
from handlers.reports.mrkdwn import literal
from handlers.reports.report import Paragraph, Report, Section
from handlers.rights import Right
from storage.configuration import Channel
from storage.periods import Period

DIGEST_SUMMARY = message("The week so far, to you alone")
FOR_YOU = message("The week so far, as you may read it. The digest goes out on {at}.")
WENT_OUT = message("The digest of the week, as you may read it. It went out on {at}.")
IN_MESSAGES = message("The whole, with the words of the groups, comes in your direct messages.")
PREVIEW_PLACEHOLDER = message("Preview of a channel")
PREVIEW = message("What #{channel} would get now:")
PREVIEW_MORE = plural(
    "What #{channel} would get now, with one more message in its thread:",
    "What #{channel} would get now, with {count} more messages in its thread:",
)
POST_BUTTON = message("Post now")
POST_TITLE = message("Post the digest now?")
POST_TEXT = message("It goes to every digest channel now, and not again on its day.")
WAIT_BUTTON = message("Not yet")
POSTED = message("The digest of {week} is on its way to {channels}.")
POSTED_BEFORE = message("The digest of {week} was posted already: nothing was sent again.")
NO_CHANNEL = message("No channel is set for the digest: choose one with `/ptf config`.")
CHANNEL_NAME = message("#{name}")

SEPARATOR = " · "

COMMAND = Command(("digest", "synthèse"), DIGEST_SUMMARY)


def register(app: App) -> None:
    """Register the listeners."""
    commands.on(app, COMMAND, digest)
    app.action("digest_open")(digest)
    app.action("digest_preview")(preview)
    app.action("digest_post")(post)


def digest(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """The week so far; what does not fit under a command comes in direct messages."""
    reader = readers.of_actor(actor)
    with ctx.readings.begin() as session:
        week = _week(session, ctx)
        report = compose(session, ctx, week, reader, until=ctx.now())
        note = _when(session, actor.speaker, week)
        menus = _for_the_pool(session, actor)
    pages = blocks.messages(report, actor.speaker)
    if len(pages) > 1:
        note = f"{note} {actor.speaker.say(IN_MESSAGES)}"
        with ctx.sessions.begin() as session:
            if storage.received.first(session, delivery, ctx.now()):
                _send(session, ctx, actor, f"asked:{delivery}", pages)
        ctx.wake()
    shown = _message(body, report, actor.speaker)
    rest = blocks.context(actor.speaker.say(CONTINUES))
    told = [block for block in shown.blocks if block != rest]  # it is in the direct messages, as the note says
    answers.show(ack, client, body, shown.text, [blocks.context(note), *told, *menus])


def preview(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """What one channel would get, shown to one person of the Pool."""
    channel_id = body["actions"][0]["selected_option"]["value"]
    with ctx.readings.begin() as session:
        rights.require(session, ctx, actor, Right.DIGEST)
        channel = session.get(Channel, channel_id)
        if channel is None:
            raise Refusal(NO_CHANNEL)
        reader = readers.of_channel(ctx, channel)
        report = compose(session, ctx, _week(session, ctx), reader, until=ctx.now())
        name = channel.name or channel.id
    more = len(blocks.messages(report, reader.speaker)) - 1
    say = actor.speaker.say
    head = say(PREVIEW_MORE, channel=name, count=more) if more else say(PREVIEW, channel=name)
    shown = _message(body, report, reader.speaker)
    answers.show(ack, client, body, shown.text, [blocks.context(head), *shown.blocks])


def post(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """Post it to every digest channel, once."""
    with ctx.sessions.begin() as session:
        rights.require(session, ctx, actor, Right.DIGEST)
        if not storage.configuration.channels(session):
            raise Refusal(NO_CHANNEL)
        if not storage.received.first(session, delivery, ctx.now()):
            ack()
            return
        week = _week(session, ctx)
        channels = publishing.by_hand(session, ctx, week)
    if not channels:
        raise Refusal(POSTED_BEFORE, week=week)
    ctx.wake()
    names = actor.speaker.listing(_named(actor, channel) for channel in channels)
    words = actor.speaker.say(POSTED, week=week, channels=literal(names))
    answers.show_kept(ack, client, body, words, [blocks.section(words)])


def _week(session: Session, ctx: Context) -> Period:
    return gathering.clock(session).week(ctx.now())


def _when(session: Session, speaker: Speaker, week: Period) -> str:
    """When the digest of that week goes out, or went out."""
    out = gathering.went_out(session, week)
    return speaker.say(WENT_OUT, at=out) if out else speaker.say(FOR_YOU, at=gathering.clock(session).deadline(week))


def _message(body: Mapping[str, Any], report: Report, speaker: Speaker) -> blocks.SlackMessage:
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


def _for_the_pool(session: Session, actor: Actor) -> list[blocks.Block]:
    """Preview and *Post now*, for the Pool."""
    channels = storage.configuration.channels(session)
    if not rights.may(actor, Right.DIGEST):
        return []
    say = actor.speaker.say
    if not channels:
        return [blocks.context(say(NO_CHANNEL))]
    options = [blocks.option(_named(actor, channel), channel.id) for channel in channels]
    sure = blocks.confirm(say(POST_TITLE), say(POST_TEXT), say(POST_BUTTON), say(WAIT_BUTTON))
    return [
        blocks.actions(
            blocks.select("digest_preview", options, say(PREVIEW_PLACEHOLDER)),
            blocks.button(say(POST_BUTTON), "digest_post", "now", confirm=sure),
        )
    ]


def _named(actor: Actor, channel: Channel) -> str:
    return actor.speaker.say(CHANNEL_NAME, name=channel.name or channel.id)
