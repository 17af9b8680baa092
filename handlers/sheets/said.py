"""Whose words a record has that was saved from a message of Slack, and where that message stands."""

from __future__ import annotations

from typing import Any

from handlers.language import message
from handlers.sheets.scope import Scope
from storage.sources import Source

SAID_BY = message("Said by")
MESSAGE = message("Message in Slack")

READ = (Source.author.label("sayer"), Source.author_id.label("sayer_id"), Source.link.label("link"))
"""What a sheet reads of it, beside the record; all None where there is no message."""


def said_by(row: Any, scope: Scope) -> str | None:
    """Who wrote the message, as people are called in this workbook."""
    known: str | None = scope.people.get(row.sayer_id) if row.sayer_id else None
    return known or row.sayer
