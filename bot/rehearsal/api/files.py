"""Files in three steps: files.getUploadURLExternal, the bytes, files.completeUploadExternal; and files.info."""

from __future__ import annotations

import mimetypes
import re
from urllib.parse import quote

from bot.rehearsal.api.call import Call, Method
from bot.rehearsal.content import content
from bot.rehearsal.errors import Refused
from bot.rehearsal.messages import file_json
from bot.rehearsal.model import Channel, File, Json, Message
from bot.rehearsal.workspace import BOT_ID

CHANNEL_ID = re.compile(r"^[CGDZ][A-Z0-9]{8,}$")
MOST_CHANNELS = 100


def _announce(call: Call) -> Json:
    name, length = call.need("filename"), call.number("length", 0)
    if length <= 0:
        raise Refused("invalid_arguments", "[ERROR] must be a positive number: length")
    file = File(call.workspace.fresh_id("F"), name, length, call.workspace.bot.id)
    call.workspace.files[file.id] = file
    return {"upload_url": f"{call.address}upload/{file.id}", "file_id": file.id}


def _channels(call: Call) -> list[Channel]:
    wanted = [name for name in (call.text("channels") or call.text("channel_id")).split(",") if name]
    if len(wanted) > MOST_CHANNELS:
        raise Refused("invalid_arguments", f"[ERROR] no more than {MOST_CHANNELS} items allowed: channels")
    found = []
    for name in wanted:
        if not CHANNEL_ID.fullmatch(name):
            raise Refused("invalid_arguments", f"[ERROR] must match a pattern: {CHANNEL_ID.pattern}")
        channel = call.workspace.channels.get(name)
        if channel is None or (channel.kind != "public" and not call.member(channel)):
            raise Refused("channel_not_found")
        if channel.archived:
            raise Refused("is_archived")
        if not call.member(channel):
            raise Refused("not_in_channel")
        found.append(channel)
    return found


def _uploaded(call: Call) -> list[File]:
    rows = call.json("files")
    if not isinstance(rows, list) or not rows:
        raise Refused("invalid_arguments", "[ERROR] missing required field: files")
    files = []
    for row in rows:
        file = call.workspace.files.get(str(row.get("id")))
        if file is None or file.completed or file.content is None:
            raise Refused("file_not_found")
        file.title = str(row.get("title") or file.name)
        files.append(file)
    return files


def _complete(call: Call) -> Json:
    channels = _channels(call)
    with call.workspace.lock:
        files = _uploaded(call)
        for file in files:
            file.completed = True
        for channel in channels:
            _share(call, files, channel)
    return {"files": [{"id": file.id, "title": file.title} for file in files]}


def _share(call: Call, files: list[File], channel: Channel) -> None:
    message = Message(call.workspace.stamp(), channel.id, call.workspace.bot.id)
    said = {"text": call.text("initial_comment"), "blocks": call.args.get("blocks")}
    if said["text"] or said["blocks"]:
        given = content(said)
        message.text, message.blocks, message.values = given.text, given.blocks, given.values
    message.bot_id, message.files, message.thread_ts = BOT_ID, files, call.text("thread_ts") or None
    call.workspace.post(message)
    for file in files:
        file.channels.append(channel.id)
        file.shares[channel.id] = message.ts


def _info(call: Call) -> Json:
    file = call.workspace.files.get(call.need("file"))
    if file is None or not file.completed or not (file.handed or file.channels or file.user == call.workspace.bot.id):
        raise Refused("file_not_found")
    answer = file_json(file, call.address)
    answer["url_private_download"] = (
        f"{call.address}files-pri/{call.workspace.team.id}-{file.id}/download/{quote(file.name)}"
    )
    if file.unseen_for > 0:
        file.unseen_for -= 1
        return {"file": answer}
    answer["mimetype"] = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    answer["channels"] = file.channels
    for channel_id, ts in file.shares.items():
        side = "public" if call.workspace.channels[channel_id].kind == "public" else "private"
        answer["shares"].setdefault(side, {})[channel_id] = [{"ts": ts}]
    return {"file": answer}


METHODS = {
    "files.getUploadURLExternal": Method(_announce, ("files:write",)),
    "files.completeUploadExternal": Method(_complete, ("files:write",)),
    "files.info": Method(_info, ("files:read",)),
}
