"""Text objects, options, option groups and confirmation dialogs."""

from __future__ import annotations

from typing import Any

from bot.rehearsal.limits.inspection import Inspection, Json

PLAIN = ("plain_text",)
ANY = ("plain_text", "mrkdwn")
_KEYS = {"plain_text": ("type", "text", "emoji"), "mrkdwn": ("type", "text", "verbatim")}


def text(notes: Inspection, value: Any, pointer: str, path: str, kinds: tuple[str, ...] = PLAIN) -> None:
    """A text object of one of these kinds, 1 to 3000 characters, and within the limit of its own path."""
    if not isinstance(value, dict):
        notes.wrong(pointer, "must be a text object")
        return
    kind, content = value.get("type"), value.get("text")
    if kind not in kinds:
        notes.wrong(f"{pointer}/type", f"must be one of {', '.join(kinds)}")
        return
    notes.only(value, _KEYS[str(kind)], pointer)
    if not isinstance(content, str):
        notes.wrong(f"{pointer}/text", "must be a string")
        return
    notes.size("text_object.text", content, f"{pointer}/text")
    if path != "text_object.text":
        notes.size(path, content, f"{pointer}/text")


def optional(notes: Inspection, owner: Json, key: str, pointer: str, path: str, kinds: tuple[str, ...] = PLAIN) -> None:
    """A text object that may be absent."""
    if owner.get(key) is not None:
        text(notes, owner[key], f"{pointer}/{key}", path, kinds)


def option(notes: Inspection, value: Any, pointer: str, parent: str) -> None:
    """An option of a select, overflow menu, radio buttons or checkboxes."""
    if not isinstance(value, dict):
        notes.wrong(pointer, "must be an option")
        return
    notes.only(value, ("text", "value", "description", "url"), pointer)
    rich = parent in ("checkboxes", "radio_buttons")
    if not notes.required(value, ("text", "value"), pointer):
        return
    text(notes, value["text"], f"{pointer}/text", "option.text", ANY if rich else PLAIN)
    notes.string("option.value", value, "value", pointer)
    optional(notes, value, "description", pointer, "option.description", ANY if rich else PLAIN)
    notes.string("option.url", value, "url", pointer)
    if "url" in value and parent != "overflow":
        notes.wrong(f"{pointer}/url", "only an overflow menu takes a url")


def option_groups(notes: Inspection, groups: list[Any], pointer: str, parent: str) -> None:
    """Groups of options, each with its label."""
    for number, group in enumerate(groups):
        at = f"{pointer}/{number}"
        if not isinstance(group, dict) or not notes.required(group, ("label", "options"), at):
            continue
        text(notes, group["label"], f"{at}/label", "option_group.label")
        for place, item in enumerate(notes.listed("option_group.options", group["options"], f"{at}/options")):
            option(notes, item, f"{at}/options/{place}", parent)


def confirm(notes: Inspection, value: Any, pointer: str) -> None:
    """A confirmation dialog."""
    if not isinstance(value, dict) or not notes.required(value, ("title", "text", "confirm", "deny"), pointer):
        return
    notes.only(value, ("title", "text", "confirm", "deny", "style"), pointer)
    text(notes, value["title"], f"{pointer}/title", "confirm.title")
    text(notes, value["text"], f"{pointer}/text", "confirm.text", ANY)
    text(notes, value["confirm"], f"{pointer}/confirm", "confirm.confirm")
    text(notes, value["deny"], f"{pointer}/deny", "confirm.deny")
