"""The interactive elements of blocks: where they sit, what they hold at first, and how Slack writes their value."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

VALUE_KEYS: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "file_input": ("files", "initial_files"),
}
"""Element type -> the key of its value in the state, and the key of its first value in the block."""

LISTS = frozenset(key for key, _ in VALUE_KEYS.values() if key.endswith("s") and key.startswith("selected"))


def elements(block: Json) -> Iterator[Json]:
    """The interactive elements of one block."""
    for key in ("element", "accessory"):
        if isinstance(block.get(key), dict):
            yield block[key]
    if block.get("type") in ("actions", "context_actions"):
        yield from block.get("elements", [])
    for child in block.get("child_blocks", []):
        yield from elements(child)


def all_elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """(block, element) for every interactive element of some blocks."""
    for block in blocks:
        for element in elements(block):
            yield block, element


def fill_ids(blocks: list[Json]) -> None:
    """Give each block and interactive element the id that the app left out, as Slack does."""
    for block in blocks:
        if block.get("type") == "markdown" or not block.get("block_id"):
            block["block_id"] = secrets.token_urlsafe(4)
        for element in elements(block):
            if element.get("type") != "image":
                element.setdefault("action_id", secrets.token_urlsafe(4))


def empty(element_type: str) -> Json:
    """The value of an element in which nothing was chosen."""
    key, _ = VALUE_KEYS[element_type]
    return {"type": element_type, key: [] if key in LISTS or key == "files" else None}


def values_of(blocks: list[Json], kept: Json | None = None) -> Json:
    """The state of freshly shown blocks: first values, or what was `kept` under the same block and action ids."""
    state: Json = {}
    for block, element in all_elements(blocks):
        kind = str(element.get("type"))
        if kind not in VALUE_KEYS:
            continue
        key, first = VALUE_KEYS[kind]
        value = empty(kind)
        if element.get(first) is not None:
            value[key] = element[first]
        earlier = (kept or {}).get(block["block_id"], {}).get(element["action_id"])
        if earlier is not None and earlier.get("type") == kind:
            value = earlier
        state.setdefault(block["block_id"], {})[element["action_id"]] = value
    return state
