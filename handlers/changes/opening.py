"""The button that opens the history of something; its listener is that of `/ptf history`."""

from __future__ import annotations

from handlers.language import Speaker, message
from handlers.reports import blocks
from storage.database import Base

HISTORY_BUTTON = message("History")
OPEN = "history_open"


def button(speaker: Speaker, row: Base) -> blocks.Block:
    """*History* of a record, or of a row of a register."""
    return named(speaker, of(row))


def named(speaker: Speaker, row: str) -> blocks.Block:
    """The same of what is named so (see `of`)."""
    return blocks.button(speaker.say(HISTORY_BUTTON), OPEN, row)


def of(row: Base) -> str:
    """How a button names what its history is of: ``decisions:12``."""
    return f"{row.__tablename__}:{row.__mapper__.primary_key_from_instance(row)[0]}"
