"""The minutes of a meeting, from the draft to their adoption (DOMAIN.md section 5), with buttons on its sheet.

`composing` makes one report of all that is known, `drafting` its Word file and the form for what was said,
`circulating` sends it to the body with a day for comments, `commenting` takes these, `adopting` ends it: at the next
meeting, or as nobody objected. `owing` is what the reminders ask. The buttons stand in handlers.meetings.minuted.
"""

from __future__ import annotations

from slack_bolt import App

from handlers.minutes import adopting, circulating, commenting, drafting
from handlers.minutes.adopting import settle

__all__ = ["register", "settle"]


def register(app: App) -> None:
    """Register the listeners, in the order they happen."""
    drafting.register(app)
    circulating.register(app)
    commenting.register(app)
    adopting.register(app)
