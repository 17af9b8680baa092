"""Mandates: `/ptf mandates` (`mandats`), who holds which office, held it, will hold it; what follows when one turns.

`wanted` reads what the list is narrowed to, `listing` shows it; `form` sets, hands on and ends a mandate, `rotating`
prepares a year's troïka (`rotation`: what follows, and what is unusual; `holding`: who may), `left` is for leavers.
`turning` is the clock's: who begins and who stops is told (`news`), the newcomer gets a `handover`, groups become
what they are.
"""

from __future__ import annotations

from slack_bolt import App

from handlers.mandates import form, left, listing, rotating
from handlers.mandates.turning import keep_in_step, turn

__all__ = ["COMMANDS", "keep_in_step", "register", "turn"]

COMMANDS = (listing.COMMAND,)


def register(app: App) -> None:
    """Register the listeners, in the order they happen."""
    for part in (listing, form, rotating, left):
        part.register(app)
