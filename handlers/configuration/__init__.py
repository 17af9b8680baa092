"""`/ptf config` (`réglages`), for the Pool Technique: one message with the settings in words, and a form for each part.

`overview` shows them; `timing` is the digest's day and the reminders, `rest_days` and `rest_forms` the days on which
nobody is reminded, `sectors` in how many a partner may be, `channels` where the digest stands, `groups` the groups and
bodies; mandates have a topic of their own. Each change is one transaction with its line of history.
"""

from __future__ import annotations

from slack_bolt import App

from handlers.configuration import channels, groups, overview, rest_days, rest_forms, sectors, timing

COMMANDS = (overview.COMMAND,)


def register(app: App) -> None:
    """Register the listeners, in the order they stand in the message."""
    for part in (overview, timing, rest_days, rest_forms, sectors, channels, groups):
        part.register(app)
