"""Good manners: *Do not write to me on your own*, and a hello in each channel the bot is invited to.

Who is quiet is asked nothing by the reminders: whoever is next for the group is. What they record is still confirmed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

import storage.configuration
import storage.history
import storage.outbox
import storage.people
from handlers import greeting, people, places
from handlers.actors import Actor
from handlers.context import Context
from handlers.language import Speaker, message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage.history import By, Origin

logger = logging.getLogger(__name__)

QUIET_NOW = message(
    "I no longer write to you on my own: whoever is next for your groups is reminded instead. What you record is still "
    "confirmed to you, and `/ptf` still tells what is due from you."
)
HEARD_AGAIN = message("I remind you again of what is due from you, in your working hours.")
AGAIN_BUTTON = message("Write to me again")

HELLO = message(
    "Hello. I am the memory of the technical and financial partners: with `/ptf` you give the update of your group, "
    "note a decision, find again what was said. `/ptf help` tells the rest, to you alone."
)
INVITED = message("{name} invited me.")
DIGEST_HERE = message("The digest of the week stands here.")
NOTHING_HERE = message("I post nothing here unless the Pool Technique makes it a channel of the digest.")
FOR_MEMBERS = message(
    "I serve the members of this workspace: guests and people of other organisations read what stands here, and I "
    "answer them no further."
)


def register(app: App) -> None:
    """Register the listeners."""
    app.action("quiet_on")(be_quiet)
    app.action("quiet_off")(speak_again)
    app.event("member_joined_channel", matchers=[_is_ours])(hello)


def be_quiet(
    ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, home: Callable[[], None]
) -> None:
    """They are not written to unasked any more."""
    _set(ctx, actor, quiet=True)
    text = actor.speaker.say(QUIET_NOW)
    places.show_instead(ack, client, body, text, [blocks.section(text), blocks.actions(again_button(actor.speaker))])
    home()


def speak_again(
    ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, home: Callable[[], None]
) -> None:
    """They are reminded again."""
    _set(ctx, actor, quiet=False)
    text = actor.speaker.say(HEARD_AGAIN)
    button = greeting.quiet_button(actor.speaker)
    places.show_instead(ack, client, body, text, [blocks.section(text), blocks.actions(button)])
    home()


def again_button(speaker: Speaker) -> blocks.Block:
    """The button that takes the wish for quiet back."""
    return blocks.button(speaker.say(AGAIN_BUTTON), "quiet_off")


def hello(ctx: Context, event: Mapping[str, Any], client: WebClient) -> None:
    """Say, once in each channel, what the bot does, who brought it and whom it serves."""
    channel, speaker = str(event["channel"]), ctx.speaker
    name = _name(ctx, client, str(event.get("inviter") or ""))
    invited = [speaker.say(INVITED, name=literal(name))] if name else []
    with ctx.sessions.begin() as session:
        of_digest = storage.configuration.channel(session, channel) is not None
        used = [*invited, speaker.say(DIGEST_HERE if of_digest else NOTHING_HERE)]
        lines = [speaker.say(HELLO), " ".join(used), speaker.say(FOR_MEMBERS)]
        payload = {"text": "\n".join(lines), "blocks": [blocks.section(line) for line in lines]}
        storage.outbox.put(session, f"hello:{channel}", channel, payload, ctx.now())
    ctx.wake()


def _is_ours(event: Mapping[str, Any], context: BoltContext) -> bool:
    """Whether it is the bot itself that came."""
    return event.get("user") == context.bot_user_id


def _set(ctx: Context, actor: Actor, *, quiet: bool) -> None:
    with ctx.sessions.begin() as session:
        (person,) = storage.people.by_ids(session, [actor.id])
        before = {"quiet": person.quiet}
        person.quiet = quiet
        storage.history.registered(session, person, before, By(actor.id, ctx.now(), Origin.BUTTON))


def _name(ctx: Context, client: WebClient, slack_id: str) -> str:
    """Who brought the bot; nobody where Slack does not tell."""
    try:
        return people.known(ctx, client, slack_id).name if slack_id else ""
    except (SlackClientError, OSError) as error:
        logger.warning("who invited the bot: %s", type(error).__name__)
        return ""
