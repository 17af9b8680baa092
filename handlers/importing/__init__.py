"""`/ptf import` (`importer`): a spreadsheet brought in by the pool: handed over in a form, tried out, then kept.

`handing` asks for the file, `working` is what the worker does with it, `telling` the message that shows the outcome,
`columns` the form in which its columns are corrected. What a file holds is read by handlers.registers.
"""

from __future__ import annotations

from slack_bolt import App

from handlers import commands
from handlers.importing import columns, handing

COMMANDS = (handing.COMMAND,)


def register(app: App) -> None:
    """Register the command, its forms and the buttons of its messages."""
    commands.on(app, handing.COMMAND, handing.by_command)
    handing.register(app)
    columns.register(app)
