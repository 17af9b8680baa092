"""Interactive elements: buttons, selects, pickers and inputs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from bot.rehearsal.limits import texts
from bot.rehearsal.limits.inspection import Inspection, Json
from bot.rehearsal.limits.table import highest

Check = Callable[[Inspection, Json, str], None]

_SELECTS = {
    f"{many}{kind}_select"
    for many in ("", "multi_")
    for kind in ("static", "external", "users", "conversations", "channels")
}
CHOICES = _SELECTS | {"checkboxes", "radio_buttons"}
PICKERS = {"datepicker", "timepicker", "datetimepicker"}
INPUTS = {
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "rich_text_input",
    "file_input",
}
IN_ACTIONS = CHOICES | PICKERS | {"button", "overflow", "workflow_button"}
IN_ACCESSORY = IN_ACTIONS | {"image"}
IN_INPUT = CHOICES | PICKERS | INPUTS
_FOCUSING = IN_INPUT - {"file_input"}
_COMMON = {"type", "action_id", "confirm", "focus_on_load", "placeholder"}


def element(notes: Inspection, value: Any, pointer: str, allowed: set[str]) -> None:
    """An element in a place that takes these kinds."""
    kind = value.get("type") if isinstance(value, dict) else None
    if kind not in allowed:
        notes.wrong(f"{pointer}/type", f"unsupported element here: {kind}")
        return
    if kind == "image":
        image(notes, value, pointer)
        return
    notes.string("element.action_id", value, "action_id", pointer)
    texts.optional(notes, value, "placeholder", pointer, "element.placeholder")
    if value.get("confirm") is not None:
        texts.confirm(notes, value["confirm"], f"{pointer}/confirm")
    if value.get("focus_on_load"):
        notes.focused += 1
        if kind not in _FOCUSING:
            notes.wrong(pointer, "invalid additional property: focus_on_load")
    _CHECKS[str(kind)](notes, value, pointer)


def image(notes: Inspection, value: Json, pointer: str) -> None:
    """An image, as a block or an element: a URL or a file of Slack, and a text for who cannot see it."""
    notes.required(value, ("alt_text",), pointer)
    notes.string("image.alt_text", value, "alt_text", pointer)
    notes.string("image.image_url", value, "image_url", pointer)
    texts.optional(notes, value, "title", pointer, "image.title")
    if ("image_url" in value) == ("slack_file" in value):
        notes.wrong(pointer, "either image_url or slack_file is required")


def _button(notes: Inspection, value: Json, pointer: str) -> None:
    keys = ("text", "value", "url", "style", "accessibility_label", "agent_prompt")
    notes.only(value, {"type", "action_id", "confirm", *keys}, pointer)
    if notes.required(value, ("text",), pointer):
        texts.text(notes, value["text"], f"{pointer}/text", "button.text")
    for key in ("value", "url", "accessibility_label", "agent_prompt"):
        notes.string(f"button.{key}", value, key, pointer)
    if value.get("style", "primary") not in ("primary", "danger"):
        notes.wrong(f"{pointer}/style", "must be one of primary, danger")


def _icon_button(notes: Inspection, value: Json, pointer: str) -> None:
    notes.required(value, ("icon", "text"), pointer)
    texts.optional(notes, value, "text", pointer, "text_object.text")
    notes.string("button.value", value, "value", pointer)
    notes.string("button.accessibility_label", value, "accessibility_label", pointer)
    if "visible_to_user_ids" in value:
        notes.listed("icon_button.visible_to_user_ids", value["visible_to_user_ids"], f"{pointer}/visible_to_user_ids")


def _options(notes: Inspection, value: Json, pointer: str, path: str) -> None:
    parent = str(value["type"])
    for number, item in enumerate(notes.listed(path, value.get("options"), f"{pointer}/options")):
        texts.option(notes, item, f"{pointer}/options/{number}", parent)


def _initial(notes: Inspection, value: Json, pointer: str) -> None:
    """What is chosen at first must be one of the options, word for word."""
    offered = [*value.get("options", []), *(o for g in value.get("option_groups", []) for o in g.get("options", []))]
    chosen = value.get("initial_options") or [value.get("initial_option")]
    if any(item is not None and item not in offered for item in chosen):
        notes.wrong(pointer, "the initial option is not among the options")


def _boxes(notes: Inspection, value: Json, pointer: str) -> None:
    kind = str(value["type"])
    first = "initial_options" if kind == "checkboxes" else "initial_option"
    notes.only(value, {*_COMMON, "options", first} - {"placeholder"}, pointer)
    _options(notes, value, pointer, f"{kind}.options")
    _initial(notes, value, pointer)


def _overflow(notes: Inspection, value: Json, pointer: str) -> None:
    notes.only(value, {"type", "action_id", "confirm", "options"}, pointer)
    _options(notes, value, pointer, "overflow.options")


def _static(notes: Inspection, value: Json, pointer: str) -> None:
    many = str(value["type"]).startswith("multi_")
    first = {"initial_options", "max_selected_items"} if many else {"initial_option"}
    notes.only(value, {*_COMMON, "options", "option_groups", *first}, pointer)
    if ("options" in value) == ("option_groups" in value):
        notes.wrong(pointer, "either options or option_groups is required")
    elif "options" in value:
        _options(notes, value, pointer, "static_select.options")
        if not value["options"]:
            notes.wrong(f"{pointer}/options", "must have at least 1 item")
    else:
        groups = notes.listed("static_select.option_groups", value["option_groups"], f"{pointer}/option_groups")
        texts.option_groups(notes, groups, f"{pointer}/option_groups", str(value["type"]))
    _initial(notes, value, pointer)
    _most(notes, value, pointer)


def _most(notes: Inspection, value: Json, pointer: str) -> None:
    if "max_selected_items" in value:
        notes.amount("multi_select.max_selected_items", value["max_selected_items"], f"{pointer}/max_selected_items")


def _select(notes: Inspection, value: Json, pointer: str) -> None:
    """A select whose options Slack or the app gives later."""
    many = str(value["type"]).startswith("multi_")
    noun = str(value["type"]).removeprefix("multi_").removesuffix("s_select").removesuffix("_select")
    first = f"initial_{noun}s" if many else f"initial_{noun}"
    keys = {first, "max_selected_items"} if many else {first, "response_url_enabled"}
    if noun == "external":
        keys = {"initial_options" if many else "initial_option", "min_query_length"}
        keys |= {"max_selected_items"} if many else set()
    if noun == "conversation":
        keys |= {"default_to_current_conversation", "filter"}
    notes.only(value, _COMMON | keys, pointer)
    _most(notes, value, pointer)
    if isinstance(value.get("filter"), dict) and "include" in value["filter"]:
        notes.listed("conversation_filter.include", value["filter"]["include"], f"{pointer}/filter/include")


def _datepicker(notes: Inspection, value: Json, pointer: str) -> None:
    notes.only(value, {*_COMMON, "initial_date"}, pointer)
    given = value.get("initial_date")
    if given is None:
        return
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(given)) or not _is_date(str(given)):
        notes.wrong(f"{pointer}/initial_date", "must be a date YYYY-MM-DD (datepicker.initial_date)")


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _timepicker(notes: Inspection, value: Json, pointer: str) -> None:
    notes.only(value, {*_COMMON, "initial_time", "timezone"}, pointer)
    given = value.get("initial_time")
    if given is not None and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", str(given)):
        notes.wrong(f"{pointer}/initial_time", "must be a time HH:mm (timepicker.initial_time)")


def _datetimepicker(notes: Inspection, value: Json, pointer: str) -> None:
    notes.only(value, {*_COMMON, "initial_date_time"} - {"placeholder"}, pointer)
    given = value.get("initial_date_time")
    if given is not None and not re.fullmatch(r"\d{10}", str(given)):
        notes.wrong(f"{pointer}/initial_date_time", "must be 10 digits (datetimepicker.initial_date_time)")


def _dispatch(notes: Inspection, value: Json, pointer: str) -> None:
    config = value.get("dispatch_action_config")
    if isinstance(config, dict):
        at = f"{pointer}/dispatch_action_config/trigger_actions_on"
        notes.listed("dispatch_action_config.trigger_actions_on", config.get("trigger_actions_on"), at)


def _plain_text_input(notes: Inspection, value: Json, pointer: str) -> None:
    keys = {"initial_value", "multiline", "min_length", "max_length", "dispatch_action_config"}
    notes.only(value, (_COMMON | keys) - {"confirm"}, pointer)
    for key, low in (("min_length", 0), ("max_length", 1)):
        if key in value:
            notes.amount(f"plain_text_input.{key}", value[key], f"{pointer}/{key}")
            if value[key] < low:
                notes.wrong(f"{pointer}/{key}", f"must be at least {low}")
    if len(str(value.get("initial_value") or "")) > value.get("max_length", highest("plain_text_input.max_length")):
        notes.wrong(f"{pointer}/initial_value", "must not be longer than max_length")
    _dispatch(notes, value, pointer)


def _typed_input(notes: Inspection, value: Json, pointer: str) -> None:
    """An address, a link or a number."""
    keys = {"initial_value", "dispatch_action_config"}
    if value["type"] == "number_input":
        keys |= {"is_decimal_allowed", "min_value", "max_value"}
        notes.required(value, ("is_decimal_allowed",), pointer)
    notes.only(value, (_COMMON | keys) - {"confirm"}, pointer)
    if "initial_value" in value and not isinstance(value["initial_value"], str):
        notes.wrong(f"{pointer}/initial_value", "must be a string")
    _dispatch(notes, value, pointer)


def _rich_text_input(notes: Inspection, value: Json, pointer: str) -> None:
    for key in ("min_lines", "max_lines"):
        if key in value:
            notes.amount(f"rich_text_input.{key}", value[key], f"{pointer}/{key}")
            if value[key] < 1:
                notes.wrong(f"{pointer}/{key}", "must be at least 1")
    _dispatch(notes, value, pointer)


def _file_input(notes: Inspection, value: Json, pointer: str) -> None:
    notes.only(value, {"type", "action_id", "filetypes", "max_files"}, pointer)
    kinds = value.get("filetypes", [])
    if not isinstance(kinds, list) or not all(isinstance(kind, str) and kind for kind in kinds):
        notes.wrong(f"{pointer}/filetypes", "must be a list of extensions")
    if "max_files" in value:
        notes.amount("file_input.max_files", value["max_files"], f"{pointer}/max_files")
        if value["max_files"] < 1:
            notes.wrong(f"{pointer}/max_files", "must be at least 1")


def _anything(notes: Inspection, value: Json, pointer: str) -> None:
    """Elements of which only the common parts are known here."""
    notes.required(value, ("type",), pointer)


_CHECKS: dict[str, Check] = {
    "button": _button,
    "icon_button": _icon_button,
    "feedback_buttons": _anything,
    "workflow_button": _anything,
    "checkboxes": _boxes,
    "radio_buttons": _boxes,
    "overflow": _overflow,
    **{kind: _static if "static" in kind else _select for kind in _SELECTS},
    "datepicker": _datepicker,
    "timepicker": _timepicker,
    "datetimepicker": _datetimepicker,
    "plain_text_input": _plain_text_input,
    "email_text_input": _typed_input,
    "url_text_input": _typed_input,
    "number_input": _typed_input,
    "rich_text_input": _rich_text_input,
    "file_input": _file_input,
}
