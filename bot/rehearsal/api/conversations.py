"""conversations.open, info, members, list, history, replies."""

from __future__ import annotations

from bot.rehearsal.api.call import Call, Method
from bot.rehearsal.api.pages import page
from bot.rehearsal.errors import Refused
from bot.rehearsal.messages import message_json
from bot.rehearsal.model import Channel, Json, Message

_PREFIX = {"public": "channels", "private": "groups", "im": "im"}
_TYPES = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}


def channel_json(call: Call, channel: Channel) -> Json:
    """A channel object as conversations.info answers it."""
    if channel.kind == "im":
        return {"id": channel.id, "is_im": True, "user": channel.person, "is_archived": False, "is_channel": False}
    return {
        "id": channel.id,
        "name": channel.name,
        "is_channel": True,
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.kind == "private",
        "is_member": call.member(channel),
        "is_archived": channel.archived,
        "is_ext_shared": channel.shared,
        "is_shared": channel.shared,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "context_team_id": call.workspace.team.id,
        "topic": {"value": channel.topic},
        "purpose": {"value": ""},
    }


def _known(call: Call, purpose: str) -> Channel:
    """The channel of a call, once the scope for its kind is there: channels:read, groups:history, …"""
    channel = call.channel()
    call.want(f"{_PREFIX[channel.kind]}:{purpose}")
    return channel


def _open(call: Call) -> Json:
    names = [name for name in call.text("users").split(",") if name]
    if not names and call.text("channel"):
        return {"channel": {"id": call.channel().id}}
    if not names:
        raise Refused("users_list_not_supplied")
    if len(names) > 1:
        raise Refused("missing_scope", needed="mpim:write", provided=",".join(sorted(call.signed.scopes)))
    user = call.workspace.users.get(names[0])
    if user is None:
        raise Refused("user_not_found")
    if user.deleted:
        raise Refused("user_disabled")
    if user.is_bot:
        raise Refused("cannot_dm_bot")
    if user.stranger:
        raise Refused("user_not_visible")
    return {"channel": {"id": call.workspace.direct(user.id).id}}


def _info(call: Call) -> Json:
    channel = _known(call, "read")
    answer = channel_json(call, channel)
    if call.flag("include_num_members"):
        answer["num_members"] = len(channel.members)
    return {"channel": answer}


def _members(call: Call) -> Json:
    channel = _known(call, "read")
    chosen, cursor = page(channel.members, call.number("limit", 100), call.text("cursor"))
    return {"members": chosen, "response_metadata": {"next_cursor": cursor}}


def _list(call: Call) -> Json:
    kinds = []
    for wanted in (call.text("types") or "public_channel").replace(" ", "").split(","):
        if wanted not in _TYPES:
            raise Refused("invalid_types")
        kinds.append(_TYPES[wanted])
        call.want(f"{_PREFIX.get(_TYPES[wanted], 'mpim')}:read")
    seen = [channel for channel in call.workspace.channels.values() if channel.kind in kinds]
    seen = [channel for channel in seen if channel.kind == "public" or call.member(channel)]
    if call.flag("exclude_archived"):
        seen = [channel for channel in seen if not channel.archived]
    chosen, cursor = page(seen, call.number("limit", 100), call.text("cursor"))
    found = [channel_json(call, channel) for channel in chosen]
    return {"channels": found, "response_metadata": {"next_cursor": cursor}}


def _readable(call: Call) -> Channel:
    channel = _known(call, "history")
    if not call.member(channel):
        raise Refused("not_in_channel")
    return channel


def _told(call: Call, messages: list[Message]) -> Json:
    oldest, latest = call.text("oldest") or "0", call.text("latest") or "9999999999"
    edges = call.flag("inclusive")
    within = [
        m for m in messages if float(oldest) < float(m.ts) < float(latest) or (edges and m.ts in (oldest, latest))
    ]
    chosen, cursor = page(within, call.number("limit", 100), call.text("cursor"))
    full = call.flag("include_all_metadata")
    return {
        "messages": [message_json(call.workspace, message, metadata=full) for message in chosen],
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }


def _history(call: Call) -> Json:
    channel = _readable(call)
    return _told(call, call.workspace.messages(channel.id)[::-1])


def _replies(call: Call) -> Json:
    channel = _readable(call)
    first = call.workspace.find(channel.id, call.need("ts"))
    if first is None or first.ephemeral_to is not None:
        raise Refused("thread_not_found")
    return _told(call, [first, *(reply for reply in first.replies if not reply.deleted)])


METHODS = {
    "conversations.open": Method(_open, ("im:write",)),
    "conversations.info": Method(_info),
    "conversations.members": Method(_members),
    "conversations.list": Method(_list),
    "conversations.history": Method(_history),
    "conversations.replies": Method(_replies),
}
