"""For whom something is told: in which language and zone, and what they may see; a person, a channel or a document."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.actors import Actor
from handlers.context import Context
from handlers.language import Speaker
from storage.configuration import Channel
from storage.visibility import Audience


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: ``audience`` None sees nothing at all."""

    speaker: Speaker
    audience: Audience | None


def of_actor(actor: Actor) -> Reader:
    """The person who asks."""
    return Reader(actor.speaker, actor.audience)


def of_channel(ctx: Context, channel: Channel) -> Reader:
    """A digest channel: its own language, the group's zone, its own level."""
    return Reader(Speaker(channel.language, ctx.zone), channel.audience)


def of_document(ctx: Context, language: str, audience: Audience) -> Reader:
    """A document made outside Slack, in that language, for that audience."""
    return Reader(Speaker(language, ctx.zone), audience)
