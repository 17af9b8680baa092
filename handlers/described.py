"""The registers of the mandate, each described once: one line a kind, in the order of help, lists and sheets."""

from __future__ import annotations

from typing import Any

from handlers import contacts
from handlers.kinds.kind import Kind

KINDS: tuple[Kind[Any], ...] = (contacts.KIND,)
"""Every described kind, parts of others after what they are part of."""
