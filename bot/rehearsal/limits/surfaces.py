"""Whole messages, whole views, whole lists of options: what is counted over all blocks together."""

from __future__ import annotations

import json
from typing import Any

from bot.rehearsal.limits import texts
from bot.rehearsal.limits.blocks import block
from bot.rehearsal.limits.inspection import Inspection, Json
from bot.rehearsal.limits.table import highest
from bot.rehearsal.reading import lines_of

HEADER_COST = 100
"""What a header adds to the undocumented total of a message (measured by users of Bolt)."""

_VIEW_KEYS = {"type", "blocks", "private_metadata", "callback_id", "external_id"}
_MODAL_KEYS = {"title", "submit", "close", "clear_on_close", "notify_on_close", "submit_disabled"}


def message_problems(blocks: list[Json]) -> list[str]:
    """What Slack would say against the blocks of a message."""
    notes = Inspection("message")
    _blocks(notes, "message.blocks", blocks)
    charts = sum(part.get("type") == "data_visualization" for part in blocks)
    notes.amount("message.data_visualization_blocks", charts, "/blocks", "charts")
    return notes.problems


def view_problems(view: Json, kind: str) -> list[str]:
    """What Slack would say against a view; `kind` is modal or home."""
    notes = Inspection(kind)
    if view.get("type") != kind:
        notes.wrong("/view/type", f"must be {kind}")
    notes.only(view, _VIEW_KEYS | (_MODAL_KEYS if kind == "modal" else set()), "/view")
    for key in ("callback_id", "external_id", "private_metadata"):
        notes.string(f"view.{key}", view, key, "/view")
    blocks = view.get("blocks")
    if not isinstance(blocks, list):
        notes.wrong("/view/blocks", "missing required field: blocks")
        return notes.problems
    _blocks(notes, f"view.{kind}.blocks", blocks)
    notes.amount("view.focus_on_load", notes.focused, "/view/blocks", "elements with focus_on_load")
    if kind == "modal":
        _modal(notes, view, blocks)
    return notes.problems


def _modal(notes: Inspection, view: Json, blocks: list[Any]) -> None:
    if notes.required(view, ("title",), "/view"):
        texts.text(notes, view["title"], "/view/title", "view.title")
    texts.optional(notes, view, "submit", "/view", "view.submit")
    texts.optional(notes, view, "close", "/view", "view.close")
    asks = any(isinstance(part, dict) and part.get("type") == "input" for part in blocks)
    if asks and view.get("submit") is None:
        notes.wrong("/view", "missing required field: submit (the view has an input block)")


def _blocks(notes: Inspection, path: str, blocks: list[Any]) -> None:
    notes.size(path, blocks, "/blocks")
    for number, part in enumerate(blocks):
        block(notes, part, f"/blocks/{number}")
    names = [part.get("block_id") for part in blocks if isinstance(part, dict) and part.get("type") != "markdown"]
    notes.unique(names, "/blocks", "block_id")
    notes.amount("markdown.text_total_per_payload", notes.markdown, "/blocks", "characters of markdown")


def view_too_large(view: Json) -> bool:
    """Whether a view is above 250 KB."""
    return len(json.dumps(view, ensure_ascii=False).encode()) > highest("view.payload") * 1024


def rendered(blocks: list[Json]) -> int:
    """About how many characters the blocks come to, as Slack counts them for msg_blocks_too_long."""
    headers = len([part for part in blocks if part.get("type") == "header"])
    return sum(len(line) for line in lines_of(blocks)) + HEADER_COST * headers


def option_problems(answer: Json) -> list[str]:
    """What Slack would say against the answer to a block_suggestion: options or option_groups, up to 100 of each."""
    notes = Inspection("modal")
    if "option_groups" in answer:
        groups = notes.listed("static_select.option_groups", answer["option_groups"], "/option_groups")
        texts.option_groups(notes, groups, "/option_groups", "external_select")
        return notes.problems
    found = notes.listed("external_select.response.options", answer.get("options"), "/options")
    for number, item in enumerate(found):
        texts.option(notes, item, f"/options/{number}", "external_select")
    return notes.problems
