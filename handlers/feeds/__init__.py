"""`/ptf calendar` (`calendrier`, `agenda`): the meetings in one's own calendar program, by a secret address or a file.

A person's address shows the meetings they may read: those of bodies, of the groups in which they hold an office, those
to which their institution came. A group's address shows its own, as the group may read them. What an address shows is
decided each time it is read; whoever is no member any more reads nothing. `addresses` are the listeners, `serving`
makes the calendars.
"""

from __future__ import annotations

from handlers.feeds.addresses import COMMANDS, register
from handlers.feeds.serving import Served, serve

__all__ = ["COMMANDS", "Served", "register", "serve"]
