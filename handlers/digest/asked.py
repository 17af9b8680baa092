"""`/ptf digest` (`synthèse`): the week so far, to who asks; for the Pool, a preview of each channel, and *Post now*."""

from __future__ import annotations

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
from handlers.language import message
from handlers.readers import Reader
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage.configuration import Channel
from storage.periods import Period

DIGEST_SUMMARY = message("The week so far, to you alone")
FOR_YOU = message("The week so far, as you may read it. The digest goes out on {at}.")
IN_MESSAGES = message("The words of the groups come in your direct messages.")
PREVIEW_PLACEHOLDER = message("Preview of a channel")
PREVIEW = message("What #{channel} would get now:")
PREVIEW_MORE = message("{number} more messages would follow in its thread.")
POST_BUTTON = message("Post now")
POST_TITLE = message("Post the digest now?")
POST_TEXT = message("It goes to every digest channel now, and not again on its day.")
WAIT_BUTTON = message("Not yet")
POSTED = message("The digest of {week} is on its way to {channels}.")
POSTED_BEFORE = message("The digest of {week} was posted already: nothing was sent again.")
NO_CHANNEL = message("No channel is set for the digest: choose one with `/ptf config`.")
CHANNEL_NAME = message("#{name}")

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
        pages = _pages(session, ctx, week, reader)
        note = actor.speaker.say(FOR_YOU, at=gathering.clock(session).deadline(week))
        menus = _for_the_pool(session, actor)
    if len(pages) > 1:
        note = f"{note} {actor.speaker.say(IN_MESSAGES)}"
        with ctx.sessions.begin() as session:
            if storage.received.first(session, delivery, ctx.now()):
                _send(session, ctx, actor, f"asked:{delivery}", pages)
        ctx.wake()
    told = [blocks.context(note), *pages[0].blocks, *menus]
    if (body.get("view") or {}).get("type"):
        told = [block for block in told if block["type"] != "table"]
    answers.show(ack, client, body, pages[0].text, told)


def preview(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """What one channel would get, shown to one person of the Pool."""
    channel_id = body["actions"][0]["selected_option"]["value"]
    with ctx.readings.begin() as session:
        rights.require_pool(session, ctx, actor)
        channel = session.get(Channel, channel_id)
        if channel is None:
            raise Refusal(NO_CHANNEL)
        pages = _pages(session, ctx, _week(session, ctx), readers.of_channel(ctx, channel))
    say = actor.speaker.say
    head = say(PREVIEW, channel=channel.name or channel.id)
    foot = [blocks.context(say(PREVIEW_MORE, number=len(pages) - 1))] if len(pages) > 1 else []
    answers.show(ack, client, body, pages[0].text, [blocks.context(head), *pages[0].blocks, *foot])


def post(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """Post it to every digest channel, once."""
    with ctx.sessions.begin() as session:
        rights.require_pool(session, ctx, actor)
        if not storage.configuration.channels(session):
            raise Refusal(NO_CHANNEL)
        week = _week(session, ctx)
        channels = (
            publishing.by_hand(session, ctx, week) if storage.received.first(session, delivery, ctx.now()) else []
        )
    if not channels:
        raise Refusal(POSTED_BEFORE, week=week)
    ctx.wake()
    names = actor.speaker.listing(_named(actor, channel) for channel in channels)
    words = actor.speaker.say(POSTED, week=week, channels=literal(names))
    answers.show(ack, client, body, words, [blocks.section(words)])


def _week(session: Session, ctx: Context) -> Period:
    return gathering.clock(session).week(ctx.now())


def _pages(session: Session, ctx: Context, week: Period, reader: Reader) -> list[blocks.SlackMessage]:
    return blocks.messages(compose(session, ctx, week, reader, until=ctx.now()), reader.speaker)


def _send(session: Session, ctx: Context, actor: Actor, key: str, pages: list[blocks.SlackMessage]) -> None:
    """The whole, into the direct messages of who asked."""
    for number, page in enumerate(pages):
        payload = {"text": page.text, "blocks": list(page.blocks)}
        own, under = (f"{key}:{number + 1}", key) if number else (key, None)
        storage.outbox.put(session, own, actor.slack_id, payload, ctx.now(), under=under)


def _for_the_pool(session: Session, actor: Actor) -> list[blocks.Block]:
    """Preview and *Post now*, for the Pool."""
    channels = storage.configuration.channels(session)
    if not actor.is_pool:
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
