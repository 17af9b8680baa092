"""The blocks an app mostly sends: section, header, context, actions, input, image, markdown, rich text, table."""

from __future__ import annotations

from typing import Any

from bot.rehearsal.limits import texts
from bot.rehearsal.limits.elements import IN_ACCESSORY, IN_ACTIONS, IN_INPUT, Check, element, image
from bot.rehearsal.limits.inspection import Inspection, Json
from bot.rehearsal.limits.newer import CHECKS as NEWER
from bot.rehearsal.limits.table import surfaces


def block(notes: Inspection, value: Any, pointer: str) -> None:
    """One block, on the surface of the inspection."""
    kind = value.get("type") if isinstance(value, dict) else None
    if kind not in _CHECKS:
        notes.wrong(f"{pointer}/type", f"unsupported type: {kind}")
        return
    if kind not in surfaces()[notes.surface]:
        notes.wrong(f"{pointer}/type", f"block type not allowed on a {notes.surface}: {kind}")
        return
    notes.string("block.block_id", value, "block_id", pointer)
    _CHECKS[str(kind)](notes, value, pointer)
    _unique_actions(notes, value, pointer)


def _unique_actions(notes: Inspection, value: Json, pointer: str) -> None:
    if value["type"] in ("actions", "context_actions") and isinstance(value.get("elements"), list):
        names = [item.get("action_id") for item in value["elements"] if isinstance(item, dict)]
        notes.unique(names, f"{pointer}/elements", "action_id")


def _section(notes: Inspection, value: Json, pointer: str) -> None:
    notes.only(value, ("type", "block_id", "text", "fields", "accessory", "expand"), pointer)
    if value.get("text") is None and not value.get("fields"):
        notes.wrong(pointer, "either text or fields is required")
    texts.optional(notes, value, "text", pointer, "section.text", texts.ANY)
    if "fields" in value:
        for number, part in enumerate(notes.listed("section.fields", value["fields"], f"{pointer}/fields")):
            texts.text(notes, part, f"{pointer}/fields/{number}", "section.fields[].text", texts.ANY)
    if value.get("accessory") is not None:
        element(notes, value["accessory"], f"{pointer}/accessory", IN_ACCESSORY)


def _header(notes: Inspection, value: Json, pointer: str) -> None:
    notes.only(value, ("type", "block_id", "text", "level"), pointer)
    texts.text(notes, value.get("text"), f"{pointer}/text", "header.text")


def _context(notes: Inspection, value: Json, pointer: str) -> None:
    notes.only(value, ("type", "block_id", "elements"), pointer)
    parts = notes.listed("context.elements", value.get("elements"), f"{pointer}/elements")
    if not parts:
        notes.wrong(f"{pointer}/elements", "must have at least 1 item")
    for number, part in enumerate(parts):
        at = f"{pointer}/elements/{number}"
        if isinstance(part, dict) and part.get("type") == "image":
            image(notes, part, at)
        else:
            texts.text(notes, part, at, "context.elements[].text", texts.ANY)


def _actions(notes: Inspection, value: Json, pointer: str) -> None:
    notes.only(value, ("type", "block_id", "elements"), pointer)
    parts = notes.listed("actions.elements", value.get("elements"), f"{pointer}/elements")
    if not parts:
        notes.wrong(f"{pointer}/elements", "must have at least 1 item")
    for number, part in enumerate(parts):
        element(notes, part, f"{pointer}/elements/{number}", set(IN_ACTIONS))


def _context_actions(notes: Inspection, value: Json, pointer: str) -> None:
    parts = notes.listed("context_actions.elements", value.get("elements"), f"{pointer}/elements")
    for number, part in enumerate(parts):
        element(notes, part, f"{pointer}/elements/{number}", {"icon_button", "feedback_buttons"})


def _input(notes: Inspection, value: Json, pointer: str) -> None:
    keys = ("type", "block_id", "label", "element", "hint", "optional", "dispatch_action")
    notes.only(value, keys, pointer)
    if not notes.required(value, ("label", "element"), pointer):
        return
    texts.text(notes, value["label"], f"{pointer}/label", "input.label")
    texts.optional(notes, value, "hint", pointer, "input.hint")
    element(notes, value["element"], f"{pointer}/element", set(IN_INPUT))


def _image(notes: Inspection, value: Json, pointer: str) -> None:
    notes.only(value, ("type", "block_id", "image_url", "slack_file", "alt_text", "title"), pointer)
    image(notes, value, pointer)


def _divider(notes: Inspection, value: Json, pointer: str) -> None:
    notes.only(value, ("type", "block_id"), pointer)


def _markdown(notes: Inspection, value: Json, pointer: str) -> None:
    if notes.required(value, ("text",), pointer):
        notes.markdown += len(str(value["text"]))
        notes.size("text_object.text", str(value["text"])[:1], f"{pointer}/text")


def _rich_text(notes: Inspection, value: Json, pointer: str) -> None:
    notes.only(value, ("type", "block_id", "elements"), pointer)
    if not isinstance(value.get("elements"), list) or not value["elements"]:
        notes.wrong(f"{pointer}/elements", "must have at least 1 item")
        return
    for number, part in enumerate(value["elements"]):
        _rich_part(notes, part, f"{pointer}/elements/{number}")


def _rich_part(notes: Inspection, part: Any, pointer: str) -> None:
    kind = part.get("type") if isinstance(part, dict) else None
    if kind not in ("rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"):
        notes.wrong(f"{pointer}/type", f"unsupported element here: {kind}")
        return
    if kind == "rich_text_list":
        notes.amount("rich_text_list.indent", part.get("indent", 0), f"{pointer}/indent")
        notes.amount("rich_text_list.border", part.get("border", 0), f"{pointer}/border")
        if part.get("style") not in ("bullet", "ordered"):
            notes.wrong(f"{pointer}/style", "must be one of bullet, ordered")
        for number, item in enumerate(part.get("elements", [])):
            _rich_part(notes, item, f"{pointer}/elements/{number}")
        return
    for number, item in enumerate(part.get("elements", [])):
        if item.get("type") == "text" and not item.get("text"):
            notes.wrong(f"{pointer}/elements/{number}/text", "must be at least 1 character")


def _table(notes: Inspection, value: Json, pointer: str) -> None:
    notes.only(value, ("type", "block_id", "rows", "column_settings"), pointer)
    if "column_settings" in value:
        notes.listed("table.column_settings", value["column_settings"], f"{pointer}/column_settings")
    for number, row in enumerate(notes.listed("table.rows", value.get("rows"), f"{pointer}/rows")):
        at = f"{pointer}/rows/{number}"
        for place, cell in enumerate(notes.listed("table.columns", row, at)):
            _cell(notes, cell, f"{at}/{place}")


def _cell(notes: Inspection, cell: Any, pointer: str) -> None:
    kind = cell.get("type") if isinstance(cell, dict) else None
    if kind == "raw_text":
        notes.size("text_object.text", str(cell.get("text", ""))[:3000], f"{pointer}/text")
    elif kind == "rich_text":
        _rich_text(notes, cell, pointer)
    elif kind != "raw_number":
        notes.wrong(f"{pointer}/type", f"unsupported cell: {kind}")


_CHECKS: dict[str, Check] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "context_actions": _context_actions,
    "input": _input,
    "image": _image,
    "divider": _divider,
    "markdown": _markdown,
    "rich_text": _rich_text,
    "table": _table,
    **NEWER,
}
