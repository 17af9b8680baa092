"""`/ptf away` (`absent`): who is away from when to when, and who is asked meanwhile.

`said` is the command, `asking` the form, `told` the lists; `noting` says what follows, `keeping` how absences join and
end, `standins` who is asked instead. The clock calls `begin` when days have come on which somebody is away.
"""

from __future__ import annotations

from slack_bolt import App

from handlers.away import asking, said
from handlers.away.noting import begin

__all__ = ["COMMANDS", "begin", "register"]

COMMANDS = (said.COMMAND,)


def register(app: App) -> None:
    """Register the listeners."""
    said.register(app)
    asking.register(app)
