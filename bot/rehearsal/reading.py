"""What a person can read in blocks: their texts, one line each, in the order of the screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

_PARTS = (
    "title",
    "subtitle",
    "label",
    "text",
    "body",
    "description",
    "fields",
    "accessory",
    "element",
    "elements",
    "child_blocks",
    "actions",
    "tasks",
    "hint",
    "options",
    "option_groups",
    "placeholder",
)


def unescape(text: str) -> str:
    """mrkdwn as it is shown: the three entities turned back into characters."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def lines_of(blocks: Iterable[dict[str, Any]]) -> list[str]:
    """The readable lines of some blocks."""
    return [line for block in blocks for line in _lines(block) if line]


def _lines(part: Any) -> list[str]:
    if isinstance(part, str):
        return [part]
    if isinstance(part, list):
        return [line for item in part for line in _lines(item)]
    if not isinstance(part, dict):
        return []
    match part.get("type"):
        case "mrkdwn":
            return [unescape(str(part.get("text", "")))]
        case "plain_text" | "markdown" | "raw_text":
            return [str(part.get("text", ""))]
        case "rich_text_section" | "rich_text_quote" | "rich_text_preformatted":
            return ["".join(inline(item) for item in part.get("elements", []))]
        case "table" | "data_table":
            return [" | ".join(" ".join(_lines(cell)) for cell in row) for row in part.get("rows", [])]
        case "image":
            return [*_lines(part.get("title")), str(part.get("alt_text", ""))]
    if str(part.get("type", "")).endswith("_select"):
        chosen = part.get("initial_option") or part.get("initial_options")
        return _lines(chosen or part.get("placeholder"))
    if part.get("type") == "overflow":
        return []
    lines = [line for key in _PARTS for line in _lines(part.get(key))]
    return [*lines, *_given(part)]


def _given(element: dict[str, Any]) -> list[str]:
    """What is filled in already: the initial value of an input."""
    value = element.get("initial_value") or element.get("initial_date") or ""
    return [str(value)] if isinstance(value, str | int | float) else []


def inline(element: dict[str, Any]) -> str:
    """One element of a rich text line, as it is read."""
    match element.get("type"):
        case "text":
            return str(element.get("text", ""))
        case "link":
            return str(element.get("text") or element.get("url", ""))
        case "emoji":
            return f":{element.get('name', '')}:"
        case "user":
            return f"<@{element.get('user_id', '')}>"
        case "channel":
            return f"<#{element.get('channel_id', '')}>"
        case "broadcast":
            return f"@{element.get('range', '')}"
        case "date":
            return str(element.get("fallback", ""))
    return ""
