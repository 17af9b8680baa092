"""Cursors: Slack hands out long lists in pages."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from bot.rehearsal.errors import Refused

Item = TypeVar("Item")


def page(items: Sequence[Item], limit: int, cursor: str) -> tuple[list[Item], str]:
    """One page of at most `limit` items after a cursor, and the next cursor ("" at the end)."""
    if limit < 1 or limit > 1000:
        raise Refused("invalid_limit")
    start = _position(cursor)
    after = start + limit
    more = base64.b64encode(f"next:{after}".encode()).decode() if after < len(items) else ""
    return list(items[start:after]), more


def _position(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise Refused("invalid_cursor") from None
