"""The weekly digest: `/ptf digest` (`synthèse`), and what the clock posts.

`gathering` asks storage what there is to tell, `composing` makes a neutral report of it, `publishing` puts it into the
outbox for each channel, `asked` answers the command.
"""

from __future__ import annotations

from slack_bolt import App

from handlers.digest import asked
from handlers.digest.composing import compose
from handlers.digest.publishing import is_whole, publish, renew

__all__ = ["COMMANDS", "compose", "is_whole", "publish", "register", "renew"]

COMMANDS = (asked.COMMAND,)


def register(app: App) -> None:
    """Register the listeners."""
    asked.register(app)
