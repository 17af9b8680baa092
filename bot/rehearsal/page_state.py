"""What the page shows: the workspace as one person sees it, in plain JSON."""

from __future__ import annotations

from bot.rehearsal.api.views import app_part
from bot.rehearsal.model import Channel, Json, Message, User, View
from bot.rehearsal.workspace import SLACKBOT, Workspace


def person_json(user: User) -> Json:
    """A person as the page draws them; `title` by language."""
    return {
        "id": user.id,
        "name": user.real_name,
        "title": {"fr": "", "en": "", **user.title},
        "kind": user.kind,
        "locale": user.locale,
        "color": user.color,
        "can_be": user.can_be,
    }


def people(workspace: Workspace) -> list[Json]:
    """Everybody but Slackbot."""
    return [person_json(user) for user in workspace.users.values() if user.id != SLACKBOT]


def channels(workspace: Workspace, me: User) -> list[Json]:
    """The conversations of a person; a member of the workspace always has the one with the bot."""
    if me.team_id == workspace.team.id and me.can_be:
        workspace.direct(me.id)
    own = [channel for channel in workspace.channels.values() if me.id in channel.members]
    return [_channel(workspace, channel, me) for channel in own]


def _channel(workspace: Workspace, channel: Channel, me: User) -> Json:
    read = float(channel.read_until.get(me.id, "0"))
    others = [m for m in workspace.messages(channel.id) if m.user != me.id and float(m.ts) > read]
    told: Json = {
        "id": channel.id,
        "name": channel.name,
        "kind": "archived" if channel.archived else "shared" if channel.shared else channel.kind,
        "topic": channel.topic,
        "unread": len(others),
        "bot_in": workspace.bot.id in channel.members,
    }
    if channel.kind == "im":
        told["with"] = workspace.bot.id
    return told


def messages(workspace: Workspace, me: User, channel: Channel, thread: str | None) -> list[Json]:
    """The messages of a channel at top level, or of one thread with its first message; a person's ephemerals too."""
    own = [m for m in workspace.ephemerals if m.channel == channel.id and m.ephemeral_to == me.id and not m.deleted]
    every = [m for m in channel.messages if not m.deleted or any(not reply.deleted for reply in m.replies)] + own
    if thread is None:
        shown = [m for m in every if m.thread_ts in (None, m.ts)]
    else:
        shown = [m for m in every if thread in (m.ts, m.thread_ts)]
    return [_message(m) for m in sorted(shown, key=lambda message: float(message.ts))]


def _message(message: Message) -> Json:
    files = [{"id": f.id, "name": f.name, "size": f.length, "url": f"/files/{f.id}/{f.name}"} for f in message.files]
    blocks = [*message.blocks, *(b for a in message.attachments for b in a.get("blocks", []))]
    return {
        "ts": message.ts,
        "user": message.user,
        "text": "" if message.deleted else message.text,
        "blocks": None if message.deleted or not blocks else blocks,
        "thread_ts": message.thread_ts,
        "reply_count": len([reply for reply in message.replies if not reply.deleted]),
        "edited": message.edited,
        "ephemeral": message.ephemeral_to is not None,
        "deleted": message.deleted,
        "at": message.at.isoformat().replace("+00:00", "Z"),
        "bot": message.bot_id is not None,
        "files": [] if message.deleted else files,
        "metadata": message.metadata,
    }


def view_json(workspace: Workspace, view: View) -> Json:
    """A modal or a Home tab, with the errors beside its questions."""
    return {**view.payload(app_part(workspace)), "errors": view.errors}
