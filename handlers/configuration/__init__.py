"""`/ptf config` (`réglages`), for the Pool Technique: one message with the settings in words, and a form for each part.

`overview` shows them; `timing` is the digest's day and the reminders, `rest_days` and `rest_forms` the days on which
nobody is reminded, `channels` where the digest stands, `groups` and `mandates` who is who. Each change is one
transaction with its line of history.
"""

from __future__ import annotations

from slack_bolt import App

from handlers.configuration import channels, groups, mandates, overview, rest_days, rest_forms, timing

COMMANDS = (overview.COMMAND,)


def register(app: App) -> None:
    """Register the listeners, in the order they stand in the message."""
    for part in (overview, timing, rest_days, rest_forms, channels, groups, mandates):
        part.register(app)
