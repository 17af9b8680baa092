"""chat.postMessage, postEphemeral, update, delete, getPermalink."""

from __future__ import annotations

from bot.rehearsal import limits
from bot.rehearsal.api.call import Call, Method
from bot.rehearsal.content import content, metadata
from bot.rehearsal.detector import inspect
from bot.rehearsal.errors import Refused
from bot.rehearsal.messages import message_json
from bot.rehearsal.model import Channel, Json, Message
from bot.rehearsal.workspace import BOT_ID


def target(call: Call) -> Channel:
    """The channel a post goes to; a user id opens the direct conversation. The bot must be in it.

    Raises Refused: channel_not_found, is_archived, not_in_channel.
    """
    given = call.need("channel")
    if given[:1] in ("U", "W"):
        user = call.workspace.users.get(given)
        if user is None or user.deleted or user.is_bot or user.stranger:
            raise Refused("channel_not_found")
        return call.workspace.direct(given)
    channel = call.channel()
    if channel.archived:
        raise Refused("is_archived")
    if not call.member(channel):
        if not call.has("chat:write.public"):
            raise Refused("not_in_channel")
    elif channel.kind == "im" and channel.person is not None and call.workspace.users[channel.person].deleted:
        raise Refused("channel_not_found")
    return channel


def _post(call: Call) -> Json:
    channel = target(call)
    given = content(call.args)
    told = metadata(call.args.get("metadata"))
    thread = _thread(call, channel)
    inspect(call.workspace, call.name, call.args, given)
    with call.workspace.lock:
        message = Message(call.workspace.stamp(), channel.id, call.workspace.bot.id, given.text)
        message.blocks, message.attachments, message.values = given.blocks, given.attachments, given.values
        message.bot_id, message.metadata, message.thread_ts = BOT_ID, told, thread
        call.workspace.post(message)
    posted = message_json(call.workspace, message)
    return {"channel": channel.id, "ts": message.ts, "message": posted}


def _thread(call: Call, channel: Channel) -> str | None:
    """The thread a post belongs to; raises Refused (thread_not_found) when its first message is not there."""
    ts = call.text("thread_ts")
    if not ts:
        return None
    parent = call.workspace.find(channel.id, ts)
    if parent is None or parent.ephemeral_to is not None:
        raise Refused("thread_not_found")
    return parent.thread_ts or parent.ts


def _ephemeral(call: Call) -> Json:
    channel = call.channel()
    user = call.need("user")
    if channel.archived:
        raise Refused("is_archived")
    if not call.member(channel):
        raise Refused("not_in_channel")
    if user not in channel.members:
        raise Refused("user_not_in_channel")
    given = content(call.args)
    inspect(call.workspace, call.name, call.args, given)
    with call.workspace.lock:
        message = Message(call.workspace.stamp(), channel.id, call.workspace.bot.id, given.text)
        message.blocks, message.values = given.blocks, given.values
        message.bot_id, message.ephemeral_to = BOT_ID, user
        message.thread_ts = _thread(call, channel)
        call.workspace.post(message)
    return {"message_ts": message.ts}


def own(call: Call, refusal: str) -> Message:
    """The message of the bot that a call is about; raises Refused: message_not_found, or `refusal` when not its own."""
    channel = call.channel()
    message = call.workspace.find(channel.id, call.need("ts"))
    if message is None or message.ephemeral_to is not None:
        raise Refused("message_not_found")
    if message.bot_id != BOT_ID:
        raise Refused(refusal)
    return message


def _update(call: Call) -> Json:
    if call.need("channel")[:1] in ("U", "W"):
        raise Refused("channel_not_found", "[ERROR] chat.update wants the D… id of a direct conversation")
    message = own(call, "cant_update_message")
    if call.workspace.channels[message.channel].archived:
        raise Refused("is_archived")
    if len(call.text("text").encode()) > limits.highest("chat.update.text"):
        raise Refused("msg_too_long")
    given = content(call.args)
    told = metadata(call.args.get("metadata"))
    inspect(call.workspace, call.name, call.args, given)
    with call.workspace.lock:
        message.text, message.blocks = given.text, given.blocks
        message.attachments, message.values, message.edited = given.attachments, given.values, True
        if call.args.get("metadata") is not None:
            message.metadata = told
        call.workspace.touch()
    posted = message_json(call.workspace, message)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": posted}


def _delete(call: Call) -> Json:
    message = own(call, "cant_delete_message")
    with call.workspace.lock:
        message.deleted = True
        call.workspace.touch()
    return {"channel": message.channel, "ts": message.ts}


def _permalink(call: Call) -> Json:
    channel = call.channel()
    message = call.workspace.find(channel.id, call.need("message_ts"))
    if message is None:
        raise Refused("message_not_found")
    link = f"https://{call.workspace.team.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.thread_ts not in (None, message.ts):
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


METHODS = {
    "chat.postMessage": Method(_post, ("chat:write",)),
    "chat.postEphemeral": Method(_ephemeral, ("chat:write",)),
    "chat.update": Method(_update, ("chat:write",)),
    "chat.delete": Method(_delete, ("chat:write",)),
    "chat.getPermalink": Method(_permalink),
}
