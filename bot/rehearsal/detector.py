"""What Slack lets pass and a careful app would not send: markup that came from somebody's text, unfurled links.

An unescaped `<!`, `<@`, `<#` or `<http` that no formatter could have meant is an injection (docs.slack.dev,
"Formatting message text"). Meant are: a known person or channel, a date, a link into the workspace itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.rehearsal.content import Content
from bot.rehearsal.model import Json
from bot.rehearsal.workspace import Workspace

_MARKUP = re.compile(r"<(?=[!@#]|https?:|mailto:)([^>]*)>?")
_BROADCAST = re.compile(r"(?<![\w&])@(here|channel|everyone)\b")


def inspect(workspace: Workspace, name: str, args: Json, content: Content) -> None:
    """Look over an outgoing message: its text, its blocks, the options of the call."""
    text = str(args.get("text") or "")
    for fault in _in_text(workspace, text):
        workspace.warn(f"{name}: {fault} in the text")
    _in_objects(workspace, name, [content.blocks, content.attachments])
    if name == "chat.postMessage":
        for option in ("unfurl_links", "unfurl_media"):
            if str(args.get(option)).lower() not in ("false", "0"):
                workspace.warn(f"{name}: {option} is not off")
    if str(args.get("link_names") or "0").lower() not in ("false", "0"):
        workspace.warn(f"{name}: link_names")
    if name == "chat.update" and args.get("parse") != "none" and _BROADCAST.search(text):
        workspace.warn(f"{name}: a broadcast in the text, which is parsed again unless parse=none")


def inspect_view(workspace: Workspace, view: Json) -> None:
    """Look over a modal or a Home tab."""
    _in_objects(workspace, f"view {view.get('callback_id', view.get('type'))}", view["blocks"])


def _in_objects(workspace: Workspace, name: str, part: Any) -> None:
    for found in _mrkdwn(part):
        text = str(found.get("text", ""))
        if found.get("verbatim") is not True:
            workspace.warn(f"{name}: mrkdwn without verbatim: {text[:60]}")
        for fault in _in_text(workspace, text):
            workspace.warn(f"{name}: {fault} in mrkdwn")


def _mrkdwn(part: Any) -> Iterator[Json]:
    if isinstance(part, list):
        for item in part:
            yield from _mrkdwn(item)
    elif isinstance(part, dict):
        if part.get("type") == "mrkdwn":
            yield part
        for item in part.values():
            yield from _mrkdwn(item)


def _in_text(workspace: Workspace, text: str) -> list[str]:
    """The markup in a text that nobody can have meant."""
    return [match.group() for match in _MARKUP.finditer(text) if not _meant(workspace, match.group(1))]


def _meant(workspace: Workspace, code: str) -> bool:
    target = code.split("|")[0]
    if target.startswith("@"):
        return target[1:] in workspace.users
    if target.startswith("#"):
        return target[1:] in workspace.channels
    if target.startswith("!"):
        return target.startswith("!date^")
    return target.startswith(f"https://{workspace.team.domain}.slack.com/")
