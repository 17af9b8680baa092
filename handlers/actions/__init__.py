"""Actions: `/ptf action` asks for one, `/ptf actions` (`actions`) lists what is owed, mine and my institution's first.

`kind` describes the record, `filling` what its forms open with, `said` records at once what follows the command;
`answering` is what those do who owe it (*Acknowledge*, *Done*, *Hand over*), `proposing` another date and its answer,
`listing` the register, `owing` what reminders ask for. How actions are born of decisions stands in handlers.followup.
"""

from __future__ import annotations

from slack_bolt import App

from handlers import records
from handlers.actions import answering, listing, proposing, said
from handlers.actions.kind import KIND

COMMANDS = (said.COMMAND, listing.COMMAND)


def register(app: App) -> None:
    """Register the listeners, in the order they happen."""
    said.register(app)
    records.register(app, KIND)
    answering.register(app)
    proposing.register(app)
    listing.register(app)
