"""What the bot does: one module a topic, when a person speaks or the clock does; reports and their shapes.

Listeners are plain functions; transactions belong to them; to say no they raise a refusal. Nothing here opens a
connection, reads the environment or starts a thread. `register` is the table of contents of the bot.
"""

from __future__ import annotations

from types import ModuleType

from slack_bolt import App

from handlers import (
    actions,
    away,
    configuration,
    decisions,
    deliveries,
    digest,
    edits,
    export,
    groups,
    guide,
    health,
    history,
    home,
    mandates,
    preferences,
    reminders,
    updates,
    welcome,
)
from handlers.commands import Command

TOPICS: tuple[ModuleType, ...] = (
    updates,
    decisions,
    actions,
    digest,
    history,
    export,
    groups,
    health,
    away,
    mandates,
    configuration,
    preferences,
    reminders,
    deliveries,
    edits,
    welcome,
)
"""The topics, in the order in which help tells them."""

COMMANDS: tuple[Command, ...] = tuple(command for topic in TOPICS for command in getattr(topic, "COMMANDS", ()))
"""The words of `/ptf`, in that order; what is none of them goes to the guide."""


def register(app: App) -> None:
    """Register the Home tab and every topic's listeners, and last the guide, which takes whatever is no command."""
    home.register(app, COMMANDS)
    for topic in TOPICS:
        topic.register(app)
    guide.register(app, COMMANDS)
