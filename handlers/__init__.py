"""What the bot does: one module a topic, when a person speaks or the clock does; reports and their shapes.

Listeners are plain functions; transactions belong to them; to say no they raise a refusal. Nothing here opens a
connection, reads the environment or starts a thread. `register` is the table of contents of the bot.
"""

from __future__ import annotations

from types import ModuleType

from slack_bolt import App

TOPICS: tuple[ModuleType, ...] = ()
"""The topics, in the order in which help tells them."""


def register(app: App) -> None:
    """Register every topic's listeners."""
    for topic in TOPICS:
        topic.register(app)
