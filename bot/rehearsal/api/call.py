"""One call of a Web API method: its arguments, the workspace it touches, and the checks that come before it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.rehearsal.errors import Refused
from bot.rehearsal.model import Channel, Json
from bot.rehearsal.workspace import Workspace


@dataclass(frozen=True)
class Method:
    """A method: `run(call)` answers without "ok"; `scopes` are alternatives of which the app needs one."""

    run: Callable[[Call], Json]
    scopes: tuple[str, ...] = ()
    app_level: bool = False


@dataclass(frozen=True)
class Signed:
    """What the tokens of the installed app are, which scopes it was granted, and its fate (revoked, inactive)."""

    bot_token: str
    app_token: str
    scopes: frozenset[str]
    app_scopes: frozenset[str]


@dataclass(frozen=True)
class Call:
    """The arguments of a call, wherever they travelled (query, form or JSON), and where it lands."""

    name: str
    args: Json
    workspace: Workspace
    signed: Signed
    address: str
    open_socket: Callable[[], str] = field(default=lambda: "")

    def text(self, key: str) -> str:
        """A textual argument, empty when absent."""
        value = self.args.get(key)
        return "" if value is None else str(value)

    def need(self, key: str) -> str:
        """A textual argument without which Slack refuses: invalid_arguments."""
        value = self.text(key)
        if not value:
            raise Refused("invalid_arguments", f"[ERROR] missing required field: {key}")
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        """A truth value, which forms write as 1, true or True."""
        value = self.args.get(key)
        return default if value is None else str(value).lower() in ("1", "true")

    def number(self, key: str, default: int) -> int:
        """A whole number; raises Refused (invalid_arguments) for anything else."""
        try:
            return int(self.args.get(key) or default)
        except (TypeError, ValueError):
            raise Refused("invalid_arguments", f"[ERROR] must be a number: {key}") from None

    def json(self, key: str, error: str = "invalid_arguments") -> Any:
        """An argument that is JSON, given as such or as text; raises Refused(error)."""
        value = self.args.get(key)
        if not isinstance(value, str):
            return value
        if value == "":
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise Refused(error, f"[ERROR] invalid JSON: {key}") from None

    def has(self, scope: str) -> bool:
        """Whether the app was granted a scope."""
        return scope in self.signed.scopes

    def want(self, scope: str) -> None:
        """Refuse with missing_scope when the app lacks a scope."""
        if not self.has(scope):
            provided = ",".join(sorted(self.signed.scopes))
            raise Refused("missing_scope", needed=scope, provided=provided)

    def channel(self, key: str = "channel") -> Channel:
        """The channel of the call, as far as the bot can know of it; raises Refused: channel_not_found."""
        channel = self.workspace.channels.get(self.need(key))
        if channel is None or (channel.kind != "public" and not self.member(channel)):
            raise Refused("channel_not_found")
        return channel

    def member(self, channel: Channel) -> bool:
        """Whether the bot is in a channel."""
        return self.workspace.bot.id in channel.members
