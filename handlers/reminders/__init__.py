"""Reminders with manners: who owes is asked on a ladder of days, at a decent hour, once a day, until they answer.

`ladder` says on which days and when, `sources` what is owed, `rounds` gathers what is known about it, `choosing`
decides whom to ask or to tell, `letters` writes the one message, `asking` is the clock's round, `snoozing` the buttons,
`missing` tells the Pool before the digest who has not answered.
"""

from __future__ import annotations

from slack_bolt import App

from handlers.reminders import snoozing
from handlers.reminders.asking import quiet_until, remind
from handlers.reminders.letters import still_wanted
from handlers.reminders.missing import nudge, open_now

__all__ = ["nudge", "open_now", "quiet_until", "register", "remind", "still_wanted"]


def register(app: App) -> None:
    """Register the buttons."""
    snoozing.register(app)
