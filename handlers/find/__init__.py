"""Finding: `/ptf find words` (`chercher`) looks through every kind of record, the best first, the words shown in bold.

`asked` reads what is looked for from words after the command, from the form and from the menus under the list;
`listing` draws the list, `excerpts` cuts the words out of a record, `listeners` is the command, the form and buttons.
"""

from __future__ import annotations

from handlers.find.listeners import COMMANDS, register

__all__ = ["COMMANDS", "register"]
