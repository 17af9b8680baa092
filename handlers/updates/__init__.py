"""Updates of the thematic groups: `/ptf update` (`maj`) and the list `/ptf updates` (`mises-à-jour`).

`kind` describes the record and its form, `periods` says of which period one reports and until when one may change it,
`said` records at once what follows the command, `listing` shows what was received and what is awaited; there the pool
returns, validates, reopens and excuses (`choosing`, `reasoned`, `deciding`), and `telling` tells those concerned.
"""

from __future__ import annotations

from slack_bolt import App

from handlers import records
from handlers.updates import asking, choosing, deciding, listing, reasoned, said
from handlers.updates.kind import KIND

COMMANDS = (said.COMMAND, listing.COMMAND)


def register(app: App) -> None:
    """Register the listeners, in the order they happen."""
    said.register(app)
    asking.register(app)
    records.register(app, KIND)
    listing.register(app)
    choosing.register(app)
    reasoned.register(app)
    deciding.register(app)
