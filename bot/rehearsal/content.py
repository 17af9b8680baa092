"""What an app may put into a message: text, blocks, attachments, metadata, looked over as Slack does."""

from __future__ import annotations

import copy
import json
import re
from dataclasses import dataclass, field
from typing import Any

from bot.rehearsal import limits
from bot.rehearsal.elements import fill_ids, values_of
from bot.rehearsal.errors import Refused
from bot.rehearsal.model import Json
from bot.rehearsal.reading import lines_of

EVENT_TYPE = re.compile(r"[A-Za-z0-9_]{1,50}")


@dataclass(frozen=True)
class Content:
    """The accepted content of a message; `values` is the state of its interactive elements."""

    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    values: Json = field(default_factory=dict)


def parsed(value: Any, error: str) -> Any:
    """JSON given as such or as text; raises Refused(error)."""
    if not isinstance(value, str):
        return value
    if not value:
        return None
    try:
        return json.loads(value)
    except ValueError:
        raise Refused(error) from None


def content(args: Json, *, counted: bool = True) -> Content:
    """The content in some arguments. `counted`: the undocumented total of blocks holds (not for response URLs).

    Raises Refused: no_text, invalid_blocks_format, invalid_blocks, msg_blocks_too_long, markdown_text_conflict,
    msg_too_long, too_many_attachments, only_one_table_allowed.
    """
    text, blocks = str(args.get("text") or ""), parsed(args.get("blocks"), "invalid_blocks_format")
    attachments = parsed(args.get("attachments"), "invalid_attachments") or []
    markdown = str(args.get("markdown_text") or "")
    if markdown:
        blocks = _from_markdown(markdown, text, blocks)
    blocks = _looked_over(blocks, counted=counted)
    if not isinstance(attachments, list):
        raise Refused("invalid_attachments")
    if len(attachments) > limits.highest("message.attachments"):
        raise Refused("too_many_attachments")
    for attachment in attachments:
        attachment["blocks"] = _looked_over(attachment.get("blocks"), counted=counted)
    if not (text or blocks or attachments):
        raise Refused("no_text")
    text = text[: limits.highest("chat.postMessage.text.truncation")] or " ".join(lines_of(blocks))
    every = [*blocks, *(block for attachment in attachments for block in attachment["blocks"])]
    return Content(text, blocks, attachments, values_of(every))


def _from_markdown(markdown: str, text: str, blocks: Any) -> list[Json]:
    if text or blocks:
        raise Refused("markdown_text_conflict")
    if len(markdown) > limits.highest("chat.postMessage.markdown_text"):
        raise Refused("msg_too_long")
    return [{"type": "markdown", "text": markdown}]


def _looked_over(blocks: Any, *, counted: bool) -> list[Json]:
    if not blocks:
        return []
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise Refused("invalid_blocks_format")
    if sum(block.get("type") == "table" for block in blocks) > limits.highest("message.table_blocks"):
        raise Refused("invalid_attachments", "[ERROR] only_one_table_allowed")
    problems = limits.message_problems(blocks)
    if problems:
        raise Refused("invalid_blocks", *problems)
    if counted and limits.rendered(blocks) > limits.highest("chat.postMessage.blocks.rendered_total"):
        raise Refused("msg_blocks_too_long")
    filled = copy.deepcopy(blocks)
    fill_ids(filled)
    return filled


def metadata(value: Any) -> Json | None:
    """The metadata of a message; raises Refused: invalid_metadata_format, invalid_metadata_schema."""
    given = parsed(value, "invalid_metadata_format")
    if given is None or given == {}:
        return None
    if not isinstance(given, dict):
        raise Refused("invalid_metadata_format")
    kind, payload = given.get("event_type"), given.get("event_payload")
    sound = isinstance(kind, str) and EVENT_TYPE.fullmatch(kind) and isinstance(payload, dict)
    if not sound or set(given) - {"event_type", "event_payload", "entities"}:
        raise Refused("invalid_metadata_schema")
    return given
