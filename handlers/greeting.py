"""The welcome: one short message to who speaks to the bot for the first time, in their language, with how to stop.

It is written when they first type, click or open the Home tab; guests and people of other workspaces get none.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

import storage.outbox
import storage.people
from handlers.actors import Actor
from handlers.context import Context
from handlers.language import Speaker, message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal

WELCOME = message(
    "Hello {name}. I am the group’s memory: I keep what the groups report and what meetings decide, and I tell you "
    "what is due from you. Everything begins with `/ptf`, in any conversation; my Home tab has the same with buttons."
)
HOW_TO_STOP = message(
    "I write to you on my own only to remind you of what is due. You can stop that at any time, here or on my Home tab."
)
GUIDE_BUTTON = message("Open the guide")
QUIET_BUTTON = message("Do not write to me on your own")


def greet(ctx: Context, actor: Actor) -> None:
    """Welcome a member who was not welcomed yet; nothing is read for all others."""
    if actor.welcomed or not actor.is_member:
        return
    with ctx.sessions.begin() as session:
        welcome(session, ctx, actor)
    ctx.wake()


def welcome(session: Session, ctx: Context, actor: Actor) -> None:
    """Put the welcome into the outbox and note that they have it."""
    (person,) = storage.people.by_ids(session, [actor.id])
    person.welcomed_at = person.welcomed_at or ctx.now()
    storage.outbox.put(session, f"welcome:{actor.id}", actor.slack_id, _told(actor.speaker, actor.name), ctx.now())


def quiet_button(speaker: Speaker) -> blocks.Block:
    """The button with which one asks not to be written to unasked."""
    return blocks.button(speaker.say(QUIET_BUTTON), "quiet_on")


def _told(speaker: Speaker, name: str) -> dict[str, Any]:
    words, stop = speaker.say(WELCOME, name=literal(name)), speaker.say(HOW_TO_STOP)
    buttons = blocks.actions(blocks.button(speaker.say(GUIDE_BUTTON), "help_open"), quiet_button(speaker))
    return {"text": f"{words}\n{stop}", "blocks": [blocks.section(words), blocks.section(stop), buttons]}
