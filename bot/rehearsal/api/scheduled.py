"""chat.scheduleMessage and its list: at most 120 days ahead, at most 30 in five minutes of a channel, no metadata."""

from __future__ import annotations

from bot.rehearsal.api.call import Call, Method
from bot.rehearsal.api.chat import target
from bot.rehearsal.content import content, metadata
from bot.rehearsal.errors import Refused
from bot.rehearsal.model import Json

HORIZON_SECONDS = 120 * 24 * 3600
DENSITY, WINDOW_SECONDS = 30, 300


def _schedule(call: Call) -> Json:
    channel = target(call)
    given = content(call.args)
    told = metadata(call.args.get("metadata"))
    at, now = call.number("post_at", 0), int(call.workspace.now().timestamp())
    if at <= now:
        raise Refused("time_in_past")
    if at > now + HORIZON_SECONDS:
        raise Refused("time_too_far")
    with call.workspace.lock:
        waiting = [row for row in call.workspace.scheduled if row["channel_id"] == channel.id]
        if sum(row["post_at"] // WINDOW_SECONDS == at // WINDOW_SECONDS for row in waiting) >= DENSITY:
            raise Refused("restricted_too_many")
        if told is not None:
            call.workspace.warn("chat.scheduleMessage with metadata: Slack accepts it and never posts it")
        row = {"id": call.workspace.fresh_id("Q"), "channel_id": channel.id, "post_at": at, "text": given.text}
        call.workspace.scheduled.append(row)
    return {"channel": channel.id, "scheduled_message_id": row["id"], "post_at": at, "message": {"text": given.text}}


def _delete(call: Call) -> Json:
    with call.workspace.lock:
        for row in call.workspace.scheduled:
            if row["id"] == call.need("scheduled_message_id") and row["channel_id"] == call.need("channel"):
                call.workspace.scheduled.remove(row)
                return {}
    raise Refused("invalid_scheduled_message_id")


def _list(call: Call) -> Json:
    wanted = call.text("channel")
    rows = [row for row in call.workspace.scheduled if wanted in ("", row["channel_id"])]
    return {"scheduled_messages": rows, "response_metadata": {"next_cursor": ""}}


METHODS = {
    "chat.scheduleMessage": Method(_schedule, ("chat:write",)),
    "chat.deleteScheduledMessage": Method(_delete, ("chat:write",)),
    "chat.scheduledMessages.list": Method(_list),
}
