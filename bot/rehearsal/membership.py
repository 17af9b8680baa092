"""What happens in a workspace besides the app: messages said, changed and taken away, arrivals and departures, new
channel ids, uninstalling.
"""

from __future__ import annotations

from bot.rehearsal.messages import message_json
from bot.rehearsal.model import Channel, Json, Message, User
from bot.rehearsal.workspace import Workspace

CHANGES: dict[str, dict[str, object]] = {
    "public": {"kind": "public"},
    "private": {"kind": "private"},
    "shared": {"shared": True},
    "unshared": {"shared": False},
    "archived": {"archived": True},
    "unarchived": {"archived": False},
}
"""What can become of a channel, besides that the bot comes and goes."""
_SUBSCRIPTIONS = {"im": "message.im", "public": "message.channels", "private": "message.groups"}
_KINDS = {"im": "im", "public": "channel", "private": "group"}


def said(workspace: Workspace, message: Message) -> None:
    """Tell the app of a person's message, where it is a member and subscribed."""
    channel = workspace.channels[message.channel]
    if workspace.bot.id not in channel.members:
        return
    event: Json = {"user": message.user, "text": message.text, "ts": message.ts, "channel": channel.id}
    if message.thread_ts is not None:
        event["thread_ts"] = message.thread_ts
    if channel.kind != "im" and f"<@{workspace.bot.id}>" in message.text:
        workspace.emit({"type": "app_mention", **event})
    told = {"type": "message", **event, "channel_type": _KINDS[channel.kind]}
    workspace.emit(told, _SUBSCRIPTIONS[channel.kind])


def rewrite(workspace: Workspace, message: Message, text: str) -> None:
    """Let a person's message say something else; where the app is a member it hears message_changed.

    https://docs.slack.dev/reference/events/message/message_changed
    """
    with workspace.lock:
        before = message_json(workspace, message)
        message.text, message.edited, message.edit_ts = text, True, workspace.stamp()
        workspace.touch()
    _tell_change(workspace, message, "message_changed", {"message": message_json(workspace, message)}, before)


def take_away(workspace: Workspace, message: Message) -> None:
    """Delete a person's message: message_deleted, or a tombstone where replies still hang on it.

    https://docs.slack.dev/reference/events/message/message_deleted
    """
    with workspace.lock:
        before = message_json(workspace, message)
        message.deleted = True
        workspace.touch()
    if any(not reply.deleted for reply in message.replies):
        kept: Json = {key: before[key] for key in ("thread_ts", "reply_count", "latest_reply") if key in before}
        grave: Json = {"type": "message", "subtype": "tombstone", "text": "This message was deleted.", "hidden": True}
        grave |= {"user": "USLACKBOT", "ts": message.ts, **kept}
        _tell_change(workspace, message, "message_changed", {"message": grave}, before)
        return
    _tell_change(workspace, message, "message_deleted", {"deleted_ts": message.ts}, before)


def _tell_change(workspace: Workspace, message: Message, subtype: str, told: Json, before: Json) -> None:
    """An event about a message that was there: hidden, with its own ts and without a user of its own."""
    channel = workspace.channels[message.channel]
    if workspace.bot.id not in channel.members:
        return
    event: Json = {"type": "message", "subtype": subtype, "hidden": True, **told, "previous_message": before}
    event |= {"channel": channel.id, "ts": workspace.stamp(), "channel_type": _KINDS[channel.kind]}
    workspace.emit(event, _SUBSCRIPTIONS[channel.kind])


def join(workspace: Workspace, channel: Channel, user: User, inviter: User | None = None) -> None:
    """Bring somebody into a channel; the app hears of it when it is there."""
    with workspace.lock:
        if user.id in channel.members:
            return
        channel.members.append(user.id)
        workspace.touch()
    event = _passage("member_joined_channel", workspace, channel, user)
    if inviter is not None:
        event["inviter"] = inviter.id
    if workspace.bot.id in channel.members:
        workspace.emit(event)


def leave(workspace: Workspace, channel: Channel, user: User) -> None:
    """Take somebody out of a channel; of its own departure the app hears too."""
    heard = workspace.bot.id in channel.members
    with workspace.lock:
        if user.id not in channel.members:
            return
        channel.members.remove(user.id)
        workspace.touch()
    if heard:
        workspace.emit(_passage("member_left_channel", workspace, channel, user))


def renumber(workspace: Workspace, channel: Channel) -> None:
    """Give a channel a new id, as happens when it becomes shared; the app hears channel_id_changed."""
    with workspace.lock:
        old, new = channel.id, workspace.fresh_id("C")
        del workspace.channels[old]
        channel.id = new
        for message in channel.messages:
            message.channel = new
        workspace.channels[new] = channel
        workspace.touch()
    workspace.emit({"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": new})


def become(workspace: Workspace, channel: Channel, change: str, by: User) -> None:
    """Let a channel change as its members can in Slack (see CHANGES); the app hears only of its own coming and going.

    Raises LookupError for a change that is none.
    """
    if change == "bot_in":
        join(workspace, channel, workspace.bot, by)
    elif change == "bot_out":
        leave(workspace, channel, workspace.bot)
    else:
        with workspace.lock:
            for name, value in CHANGES[change].items():
                setattr(channel, name, value)
            workspace.touch()


def uninstall(workspace: Workspace) -> None:
    """Take the app out of the workspace: tokens_revoked and app_uninstalled (no order is promised)."""
    workspace.emit({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [workspace.bot.id]}})
    workspace.emit({"type": "app_uninstalled"})


def _passage(kind: str, workspace: Workspace, channel: Channel, user: User) -> Json:
    letter = "G" if channel.kind == "private" else "C"
    return {
        "type": kind,
        "user": user.id,
        "channel": channel.id,
        "channel_type": letter,
        "team": workspace.team.id,
    }
