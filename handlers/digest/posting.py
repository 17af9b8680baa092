"""A channel's preview, and *Post now*: for the Pool, from `/ptf digest` and from the draft."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

import storage.configuration
import storage.received
from handlers import answers, readers, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.digest import asked, deciding, publishing
from handlers.digest.composing import compose
from handlers.errors import Refusal
from handlers.language import message, plural
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.rights import Right
from storage import periods
from storage.configuration import Channel

PREVIEW = message("What #{channel} would get now:")
PREVIEW_MORE = plural(
    "What #{channel} would get now, with one more message in its thread:",
    "What #{channel} would get now, with {count} more messages in its thread:",
)
POSTED = message("The digest of {week} is on its way to {channels}.")


def register(app: App) -> None:
    """Register the listeners."""
    app.action("digest_preview")(preview)
    app.action("digest_post")(post)


def preview(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """What one channel would get, shown to one person of the Pool; a button carries the channel and the week."""
    chosen = body["actions"][0]
    channel_id, _, week = str((chosen.get("selected_option") or chosen)["value"]).partition(":")
    with ctx.readings.begin() as session:
        rights.require(session, ctx, actor, Right.DIGEST)
        channel = session.get(Channel, channel_id)
        if channel is None:
            raise Refusal(asked.NO_CHANNEL)
        reader = readers.of_channel(ctx, channel)
        wanted = deciding.week_of(session, ctx, week or deciding.NOW)
        report = compose(session, ctx, wanted, reader, until=ctx.now())
        name = channel.name or channel.id
    more = len(blocks.messages(report, reader.speaker)) - 1
    say = actor.speaker.say
    head = say(PREVIEW_MORE, channel=name, count=more) if more else say(PREVIEW, channel=name)
    shown = asked.message_of(body, report, reader.speaker)
    answers.show(ack, client, body, shown.text, [blocks.context(head), *shown.blocks])


def post(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """Post it to every digest channel, once."""
    with ctx.sessions.begin() as session:
        rights.require(session, ctx, actor, Right.DIGEST)
        if not storage.configuration.channels(session):
            raise Refusal(asked.NO_CHANNEL)
        if not storage.received.first(session, delivery, ctx.now()):
            ack()
            return
        draft = deciding.held(session, ctx, actor, body["actions"][0]["value"])
        channels = publishing.release(session, ctx, draft, None, actor)
        publishing.note(session, ctx, draft)
    ctx.wake()
    names = actor.speaker.listing(asked.channel_name(actor, channel) for channel in channels)
    words = actor.speaker.say(POSTED, week=periods.parse(draft.week), channels=literal(names))
    answers.show_kept(ack, client, body, words, [blocks.section(words)])
