"""What the bot does: one module a topic, when a person speaks or the clock does; reports and their shapes.

Listeners are plain functions; transactions belong to them; to say no they raise a refusal. Nothing here opens a
connection, reads the environment or starts a thread. `TOPICS` is the table of contents of the bot: it has names, since
to import them all takes longer than anything else before the bot is ready; they are imported when they are asked for.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slack_bolt import App

    from handlers.commands import Command

TOPICS: tuple[str, ...] = (
    "updates",
    "decisions",
    "actions",
    "described",
    "linking",
    "minutes",
    "feeds",
    "digest",
    "find",
    "history",
    "export",
    "importing",
    "groups",
    "health",
    "away",
    "mandates",
    "configuration",
    "preferences",
    "reminders",
    "deliveries",
    "edits",
    "welcome",
)
"""The topics, modules of this folder, in the order in which help tells them."""


def topics() -> tuple[ModuleType, ...]:
    """The modules of the topics, in that order."""
    return tuple(import_module(f"handlers.{name}") for name in TOPICS)


def every_command() -> tuple[Command, ...]:
    """The words of `/ptf`, in that order; what is none of them goes to the guide."""
    return tuple(command for topic in topics() for command in getattr(topic, "COMMANDS", ()))


def register(app: App) -> None:
    """Register the Home tab and every topic's listeners, and last the guide, which takes whatever is no command."""
    from handlers import guide, home

    known, offered = topics(), every_command()
    home.register(app, offered)
    for topic in known:
        topic.register(app)
    guide.register(app, offered)
