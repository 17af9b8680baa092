"""What became of a record: `/ptf history` (`historique`), who changed what, when, from where, and the way back.

`subjects` says of what the history is asked and who may, `pages` draws it, `kinds` names the records that can go back,
`versions` is what a record held at a change, `listeners` is the command and the buttons.
"""

from __future__ import annotations

from handlers.history.listeners import COMMANDS, register

__all__ = ["COMMANDS", "register"]
