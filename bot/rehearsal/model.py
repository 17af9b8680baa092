"""What a Slack workspace consists of: people, channels, messages, files, views."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.rehearsal.reading import lines_of, unescape

Json = dict[str, Any]
"""A JSON object as it travels between Slack and an app."""

BLANK_VIEW_KEYS: Json = {
    "callback_id": "",
    "private_metadata": "",
    "external_id": "",
    "notify_on_close": False,
    "clear_on_close": False,
    "submit": None,
    "close": None,
}


@dataclass(frozen=True)
class Team:
    """A workspace of Slack."""

    id: str
    name: str
    domain: str


@dataclass(eq=False)
class User:
    """A person or a bot. `tz` is an IANA name; `locale` like fr-FR; `team_id` that of the home workspace.

    `name` is what one types after @, `display_name` what others read (the name when empty). Whoever is not `offered` is
    there, but nobody at the rehearsal page may act as them.
    """

    id: str
    name: str
    real_name: str
    team_id: str
    locale: str = "fr-FR"
    tz: str | None = "Africa/Bamako"
    guest: bool = False
    ultra: bool = False
    stranger: bool = False
    deleted: bool = False
    is_bot: bool = False
    offered: bool = True
    display_name: str = ""
    title: dict[str, str] = field(default_factory=dict)
    color: str = "4a6a8a"

    @property
    def kind(self) -> str:
        """One of member, guest, external, bot, deactivated."""
        if self.deleted:
            return "deactivated"
        if self.is_bot:
            return "bot"
        if self.stranger:
            return "external"
        return "guest" if self.guest or self.ultra else "member"

    @property
    def can_be(self) -> bool:
        """Whether somebody at the rehearsal page may act as this person."""
        return self.offered and not (self.deleted or self.is_bot)


@dataclass(eq=False)
class File:
    """A file in its three steps: announced (`length` bytes), uploaded (`content`), completed (`channels`).

    One that a person chose in a form is the app's to read once it is `handed` over with it.
    """

    id: str
    name: str
    length: int
    user: str
    title: str = ""
    content: bytes | None = None
    completed: bool = False
    handed: bool = False
    channels: list[str] = field(default_factory=list)
    shares: dict[str, str] = field(default_factory=dict)
    unseen_for: int = 1
    """How many times files.info still answers without shares and mimetype, as Slack does while it scans."""


@dataclass(eq=False)
class Message:
    """A message in a channel, with what a reader sees of it. `ephemeral_to` names the only person who sees it."""

    ts: str
    channel: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    metadata: Json | None = None
    files: list[File] = field(default_factory=list)
    bot_id: str | None = None
    ephemeral_to: str | None = None
    edited: bool = False
    edit_ts: str | None = None
    """When it was last changed, as Slack stamps it; None when nobody asked."""
    deleted: bool = False
    replies: list[Message] = field(default_factory=list)
    values: Json = field(default_factory=dict)
    """What people chose in the elements of this message: block_id -> action_id -> value, as Slack's state."""

    @property
    def plain(self) -> str:
        """Everything readable in the message, one line per text; its top-level text when it has no blocks."""
        lines = lines_of(self.blocks) if self.blocks else [unescape(self.text)]
        for attachment in self.attachments:
            lines += lines_of(attachment.get("blocks", []))
        return "\n".join(line for line in [*lines, *(file.name for file in self.files)] if line)

    @property
    def at(self) -> datetime:
        """When it was posted (UTC)."""
        return datetime.fromtimestamp(float(self.ts), UTC)


@dataclass(eq=False)
class Channel:
    """A conversation. `kind`: public, private or im; `person` is the other side of the bot's direct conversation."""

    id: str
    name: str
    kind: str = "public"
    members: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    shared: bool = False
    archived: bool = False
    topic: str = ""
    person: str | None = None
    read_until: dict[str, str] = field(default_factory=dict)


@dataclass(eq=False)
class View:
    """An open modal or a published Home tab. `content` is what the app sent, with ids filled in."""

    id: str
    user: str
    team_id: str
    content: Json
    hash: str
    root: str
    previous: str | None = None
    values: Json = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def type(self) -> str:
        """modal or home."""
        return str(self.content["type"])

    @property
    def blocks(self) -> list[Json]:
        """Its blocks, each with a block_id."""
        return list(self.content["blocks"])

    @property
    def title(self) -> str:
        """The title, empty for a Home tab."""
        return str((self.content.get("title") or {}).get("text", ""))

    @property
    def callback_id(self) -> str:
        """The name the app gave it."""
        return str(self.content.get("callback_id", ""))

    @property
    def private_metadata(self) -> str:
        """What the app carries along in it."""
        return str(self.content.get("private_metadata", ""))

    @property
    def external_id(self) -> str:
        """The app's own unique name of it, or an empty text."""
        return str(self.content.get("external_id") or "")

    @property
    def plain(self) -> str:
        """Everything readable in it: title, blocks, buttons, errors, one line each."""
        ends = [(self.content.get(key) or {}).get("text", "") for key in ("submit", "close")]
        lines = [self.title, *lines_of(self.content["blocks"]), *ends, *self.errors.values()]
        return "\n".join(line for line in lines if line)

    def payload(self, app: Json) -> Json:
        """The view as Slack sends it; `app` holds app_id, bot_id and app_installed_team_id."""
        return {
            **BLANK_VIEW_KEYS,
            **self.content,
            "id": self.id,
            "team_id": self.team_id,
            "hash": self.hash,
            "state": {"values": self.values},
            "root_view_id": self.root,
            "previous_view_id": self.previous,
            **app,
        }
