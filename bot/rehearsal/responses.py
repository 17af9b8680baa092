"""Answers to a person outside the Web API: the body of an ack, and posts to a response URL."""

from __future__ import annotations

from typing import Any

from bot.rehearsal.content import Content, content
from bot.rehearsal.detector import inspect
from bot.rehearsal.errors import Refused
from bot.rehearsal.model import Json, Message
from bot.rehearsal.triggers import ResponseUrl
from bot.rehearsal.workspace import BOT_ID, Workspace


def answered(workspace: Workspace, url: ResponseUrl, body: Json) -> Message | None:
    """What an app's answer does: a new message (ephemeral unless in_channel), a replaced or a deleted source.

    Returns the message it leaves; raises Refused as content() does.
    """
    source = workspace.find(url.channel, url.message_ts) if url.message_ts else None
    if _true(body.get("delete_original")):
        if source is not None:
            _delete(workspace, source)
        return None
    given = content(body, counted=False)
    inspect(workspace, "response_url", body, given)
    if _true(body.get("replace_original")) and source is not None:
        return _replace(workspace, source, given)
    with workspace.lock:
        message = Message(workspace.stamp(), url.channel, workspace.bot.id, given.text)
        message.blocks, message.attachments, message.values = given.blocks, given.attachments, given.values
        message.bot_id, message.thread_ts = BOT_ID, body.get("thread_ts")
        message.ephemeral_to = None if body.get("response_type") == "in_channel" else url.user
        return workspace.post(message)


def _true(value: Any) -> bool:
    return str(value).lower() == "true"


def _delete(workspace: Workspace, message: Message) -> None:
    with workspace.lock:
        message.deleted = True
        workspace.touch()


def _replace(workspace: Workspace, message: Message, given: Content) -> Message:
    with workspace.lock:
        message.text, message.blocks, message.attachments = given.text, given.blocks, given.attachments
        message.values, message.edited = given.values, True
        workspace.touch()
        return message


def use(workspace: Workspace, url_id: str, body: Any) -> tuple[int, str]:
    """A POST to a response URL: (HTTP status, body). Worn out or unknown: 404; refused content: 400 with the code."""
    with workspace.lock:
        url = workspace.response_urls.get(url_id)
        if url is None or not url.take(workspace.now()):
            return 404, '{"ok":false,"error":"expired_url"}'
    if not isinstance(body, dict):
        return 400, "invalid_payload"
    try:
        answered(workspace, url, body)
    except Refused as refused:
        workspace.refuse("response_url", refused)
        return 400, refused.code
    return 200, "ok"
