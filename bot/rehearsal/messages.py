"""A message as Slack writes it in JSON."""

from __future__ import annotations

from bot.rehearsal.model import File, Json, Message
from bot.rehearsal.workspace import APP_ID, Workspace


def file_json(file: File, address: str = "") -> Json:
    """A file object; without shares and mimetype as long as Slack still scans it."""
    answer: Json = {
        "id": file.id,
        "name": file.name,
        "title": file.title,
        "size": file.length,
        "user": file.user,
        "filetype": file.name.rsplit(".", 1)[-1] if "." in file.name else "",
        "mimetype": "",
        "channels": [],
        "shares": {},
        "url_private": f"{address}files/{file.id}/{file.name}",
    }
    return answer


def message_json(workspace: Workspace, message: Message, *, metadata: bool = True) -> Json:
    """A message object. Without `metadata` only its event_type is told, as in a plain conversations.history."""
    answer: Json = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts}
    if message.bot_id is not None:
        answer |= {"bot_id": message.bot_id, "app_id": APP_ID, "team": workspace.team.id}
    if message.blocks:
        answer["blocks"] = message.blocks
    if message.attachments:
        answer["attachments"] = message.attachments
    if message.thread_ts is not None or message.replies:
        answer["thread_ts"] = message.thread_ts or message.ts
    standing = [reply for reply in message.replies if not reply.deleted]
    if standing:
        answer |= {"reply_count": len(standing), "latest_reply": standing[-1].ts}
    if message.edited:
        answer["edited"] = {"user": message.user, "ts": message.edit_ts or message.ts}
    if message.files:
        answer["files"] = [file_json(file) for file in message.files]
    if message.metadata:
        kind = message.metadata["event_type"]
        answer["metadata"] = message.metadata if metadata else {"event_type": kind}
    return answer
