"""The weekly digest: `/ptf digest` (`synthèse`), and what the clock posts.

`gathering` asks storage what there is to tell, `composing` makes a neutral report of it, `publishing` puts it into the
outbox for each channel, `asked` answers the command. Before it goes out, its draft is shown to the coordinators:
`hours` is what the clock does, `telling` and `showing` the messages about it, `posting`, `introducing`, `leaving` and
`postponing` what they decide, `deciding` what these share.
"""

from __future__ import annotations

from slack_bolt import App

from handlers.digest import asked, introducing, leaving, posting, postponing
from handlers.digest.composing import compose
from handlers.digest.hours import NUDGED_BEFORE, POSTPONED, nudge_draft, publish, publish_postponed, show_draft
from handlers.digest.publishing import is_whole, renew

__all__ = [
    "COMMANDS",
    "NUDGED_BEFORE",
    "POSTPONED",
    "compose",
    "is_whole",
    "nudge_draft",
    "publish",
    "publish_postponed",
    "register",
    "renew",
    "show_draft",
]

COMMANDS = (asked.COMMAND,)


def register(app: App) -> None:
    """Register the listeners."""
    for part in (asked, posting, introducing, leaving, postponing):
        part.register(app)
