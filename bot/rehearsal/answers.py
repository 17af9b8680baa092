"""What a person puts into a form: from a plain answer to the value Slack keeps, and the checks its client makes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from bot.rehearsal.elements import LISTS, VALUE_KEYS, empty
from bot.rehearsal.messages import file_json
from bot.rehearsal.model import Json
from bot.rehearsal.workspace import Workspace

Suggest = Callable[[Json, str], list[Json]]
"""(element, typed text) -> the options the app offers for an external select."""

FILE_SIZE = 10_000_000
"""Bytes of a file in a form."""
REQUIRED = "Please complete this required field."


class NotPossible(Exception):  # noqa: N818 - it is the world that says no, not an error of this program
    """Something that a person could not do in Slack: no such button, no such option, not a member, …"""


def options_of(element: Json) -> Iterator[Json]:
    """The options of a select, grouped or not."""
    yield from element.get("options", [])
    for group in element.get("option_groups", []):
        yield from group.get("options", [])


def value_for(workspace: Workspace, element: Json, answer: Any, suggest: Suggest) -> Json:
    """The state value of an element for an answer; raises NotPossible when it cannot be given.

    Text for texts; an option's value or label, or a list of them; a date or ISO text; "09:30"; Unix seconds or an
    instant; ids or names of people and channels; files that were brought (Workspace.bring); None empties the element.
    """
    kind = str(element["type"])
    value = empty(kind)
    if answer is None:
        return value
    key = VALUE_KEYS[kind][0]
    if key == "files":
        return value | {key: [file_json(file) for file in (answer if isinstance(answer, list) else [answer])]}
    if key in LISTS:
        several = answer if isinstance(answer, list | tuple | set) else [answer]
        value[key] = [_one(workspace, element, key, item, suggest) for item in several]
    else:
        value[key] = _one(workspace, element, key, answer, suggest)
    return value


def _one(workspace: Workspace, element: Json, key: str, answer: Any, suggest: Suggest) -> Any:
    if key.startswith("selected_option"):
        return _option(element, str(answer), suggest)
    if key.startswith("selected_user"):
        return _known(workspace.user, str(answer)).id
    if key.startswith(("selected_channel", "selected_conversation")):
        return _known(workspace.channel, str(answer)).id
    if key == "selected_date_time":
        return int(answer.timestamp()) if isinstance(answer, datetime) else int(answer)
    if key == "selected_date":
        return date.fromisoformat(str(answer)).isoformat()
    if key == "rich_text_value" and isinstance(answer, str):
        section = {"type": "rich_text_section", "elements": [{"type": "text", "text": answer}]}
        return {"type": "rich_text", "elements": [section]}
    return answer if key == "rich_text_value" else str(answer)


def _known(find: Callable[[str], Any], name: str) -> Any:
    try:
        return find(name)
    except KeyError as error:
        raise NotPossible(str(error)) from None


def _option(element: Json, wanted: str, suggest: Suggest) -> Json:
    external = "external" in str(element["type"])
    offered = suggest(element, wanted) if external else list(options_of(element))
    for option in offered:
        if wanted in (option.get("value"), option["text"]["text"]):
            return {key: option[key] for key in ("text", "value", "description") if key in option}
    labels = ", ".join(f"{option['text']['text']} ({option.get('value')})" for option in offered)
    raise NotPossible(f"{element['action_id']} has no option {wanted}; it has: {labels}")


def complaints(blocks: list[Json], values: Json) -> dict[str, str]:
    """What Slack's client itself refuses before the app hears of it: block_id -> sentence."""
    found: dict[str, str] = {}
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        key = VALUE_KEYS[element["type"]][0]
        value = values[block["block_id"]][element["action_id"]].get(key)
        if value in (None, "", []):
            if not block.get("optional"):
                found[block["block_id"]] = REQUIRED
            continue
        sentence = _complaint(element, value)
        if sentence:
            found[block["block_id"]] = sentence
    return found


def _complaint(element: Json, value: Any) -> str:
    match element["type"]:
        case "plain_text_input":
            if len(value) < element.get("min_length", 0):
                return f"This field needs at least {element['min_length']} characters."
            if len(value) > element.get("max_length", 3000):
                return f"This field takes at most {element.get('max_length', 3000)} characters."
        case "number_input":
            return _number_complaint(element, str(value))
        case "email_text_input" if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
            return "Please enter a valid email address."
        case "url_text_input" if not re.match(r"https?://", value):
            return "Please enter a valid URL."
        case "file_input":
            return _file_complaint(element, value)
        case kind if kind.startswith("multi_") and len(value) > element.get("max_selected_items", len(value)):
            return f"Please choose at most {element['max_selected_items']}."
    return ""


def _file_complaint(element: Json, files: list[Json]) -> str:
    if len(files) > element.get("max_files", 10):
        return f"Please choose at most {element.get('max_files', 10)} files."
    if any(file["size"] > FILE_SIZE for file in files):
        return "This file is too large."
    kinds = element.get("filetypes")
    if kinds and any(file["filetype"].lower() not in kinds for file in files):
        return f"Please choose a file of one of these kinds: {', '.join(kinds)}."
    return ""


def _number_complaint(element: Json, value: str) -> str:
    shape = r"-?\d+(\.\d+)?" if element.get("is_decimal_allowed") else r"-?\d+"
    if not re.fullmatch(shape, value):
        return "Please enter a number."
    low, high = element.get("min_value"), element.get("max_value")
    if low is not None and float(value) < float(low):
        return f"Please enter a number of at least {low}."
    if high is not None and float(value) > float(high):
        return f"Please enter a number of at most {high}."
    return ""
