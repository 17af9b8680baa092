"""Decisions of meetings: `/ptf decision` (`décision`) and the register `/ptf decisions` (`décisions`).

`kind` describes the record and how its answers are checked, `filling` what its form opens with, `said` records at once
what follows the command, `settling` is *Done* and *Replace*, `reviews` those that come back (`remind` is the clock's),
`listing` the register with its filters.
"""

from __future__ import annotations

from slack_bolt import App

from handlers import records
from handlers.decisions import listing, said, settling
from handlers.decisions.kind import KIND
from handlers.decisions.reviews import remind

__all__ = ["COMMANDS", "register", "remind"]

COMMANDS = (said.COMMAND, listing.COMMAND)


def register(app: App) -> None:
    """Register the listeners, in the order they happen."""
    said.register(app)
    records.register(app, KIND)
    settling.register(app)
    listing.register(app)
