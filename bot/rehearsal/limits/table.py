"""The table of limits (blockkit_limits.json beside this package): path, limit, unit, kind and source of each."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

ELSEWHERE: dict[str, str] = {
    "view.external_id": "api/views.py (unique), limits/surfaces.py (length)",
    "view.payload": "limits/surfaces.py view_too_large",
    "view.stack_depth": "api/views.py add",
    "message.attachments": "content.py",
    "message.table_blocks": "content.py",
    "chat.postMessage.text.truncation": "content.py",
    "chat.postMessage.markdown_text": "content.py",
    "chat.postMessage.blocks.rendered_total": "content.py",
    "chat.update.text": "api/chat.py",
    "response_url.uses": "triggers.py",
    "response_url.lifetime": "triggers.py",
    "trigger_id.lifetime": "triggers.py",
    "trigger_id.uses": "triggers.py",
    "ack.deadline": "delivery.py",
    "external_select.response_time": "delivery.py",
    "external_select.response.options": "limits/surfaces.py option_problems",
    "metadata.event_type": "content.py",
    "chat.scheduleMessage.horizon": "api/scheduled.py",
    "chat.scheduleMessage.density": "api/scheduled.py",
    "files.completeUploadExternal.channels": "api/files.py",
    "files.completeUploadExternal.calls_per_file": "api/files.py",
    "files.completeUploadExternal.channel_id": "api/files.py",
    "events_api.retries": "delivery.py",
    "signature.max_age": "door.py signed(at=…): the app refuses it",
    "socket_mode.connections": "sockets.py",
    "socket_mode.debug_reconnects_lifetime": "sockets.py",
    "rate.chat.postMessage": "faults.py",
}
"""Rows enforced outside this package, and where."""

NOT_APPLICABLE: dict[str, str] = {
    "shortcut.callback_id": "the manifest is checked against Slack's schema, not by this stand-in",
    "manifest.": "the manifest is checked against Slack's schema, not by this stand-in",
    "metadata_subscriptions": "part of the manifest",
    "plan.free.": "a plan, not a payload",
    "tier.": "floors, not limits: a busy Slack is asked for with faults.next(method, 'ratelimited')",
    "rate.tier": "floors, not limits: a busy Slack is asked for with faults.next(method, 'ratelimited')",
    "rate.incoming_webhook": "no incoming webhooks here",
    "rate.conversations.history.non_marketplace_commercial": "the app is internal",
    "conversations.history.limit.non_marketplace_commercial": "the app is internal",
    "events_api.deliveries": "thirty thousand an hour are not rehearsed",
    "events_api.disable_threshold": "not applied under a thousand events an hour",
    "socket_mode.disconnect_warning": "the warning comes when asked for: sockets.disconnect('warning')",
    "chat.postMessage.text.recommended": "a recommendation",
    "external_select.min_query_length": "a default of the client",
    "file_input.file_size": "a check of the client on its user's file",
}
"""Rows (or beginnings of their paths) that concern no payload of the app, and why."""


@cache
def rows() -> tuple[dict[str, Any], ...]:
    """All rows of the table."""
    return tuple(_read()["limits"])


@cache
def surfaces() -> dict[str, frozenset[str]]:
    """Surface (message, modal, home) -> the block types it takes."""
    listed = _read()["block_types_by_surface"]["surfaces"]
    return {surface: frozenset(types) for surface, types in listed.items()}


@cache
def bounds(path: str) -> tuple[int | None, int | None]:
    """(lowest, highest) size of a path; raises KeyError when the table has no such path."""
    found = {row["kind"]: row["limit"] for row in rows() if row["path"] == path}
    if not found:
        raise KeyError(path)
    return found.get("min"), found.get("max")


def highest(path: str) -> int:
    """The largest size of a path; raises KeyError when the table has none."""
    top = bounds(path)[1]
    if top is None:
        raise KeyError(path)
    return top


@cache
def _read() -> dict[str, Any]:
    text = (Path(__file__).parent.parent / "blockkit_limits.json").read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(text)
    return table
