"""The app's manifest for Slack, made from what the code listens to (SLACK.md 4.1; limits in 2.11).

The topics register at a listener that only takes notes: so the events and shortcuts in the manifest are those of the
code. Each scope has its reason. Two shapes: Socket Mode, and HTTP under an address.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from slack_bolt import App

import handlers
from handlers.commands import COMMAND, Command
from handlers.language import Message, message

NAME = "PTF"
DESCRIPTION = "Updates, decisions, digest of the PTF group / Points, décisions et synthèse du groupe des PTF"
LONG_DESCRIPTION = (
    "The working memory of a donor coordination group: thematic leads say what moved, meetings leave decisions, "
    "the weekly digest stands in the channel, the coordinator gets the Excel.\n\n"
    "La mémoire de travail d’un groupe de partenaires : les chefs de file disent ce qui a avancé, les réunions "
    "laissent des décisions, la synthèse hebdomadaire paraît dans le canal, la coordination reçoit l’Excel."
)
COMMAND_DESCRIPTION = "Record an update or a decision / Noter un point ou une décision"
SHORTCUTS = {
    "message_to_update": ("Mise à jour PTF / update", "Record this message as an update / En faire une mise à jour"),
    "message_to_decision": ("Décision PTF / decision", "Record this message as a decision / En faire une décision"),
}
"""Message shortcut -> its name and description, in both languages since Slack cannot translate them."""
LONGEST_HINT = 1000
SUBSCRIBED = {"message": ("message.channels", "message.groups")}
"""Event -> what one subscribes to so as to hear it, where that is called otherwise; each needs its permission to read,
and is not told where that optional one was not given.
"""


@dataclass(frozen=True, slots=True)
class Scope:
    """One permission, and why it is asked for; ``optional``: the bot works without it, a little worse."""

    name: str
    reason: Message
    optional: bool = False


LOOK_UP = message("To look for a message that may have been sent already, before it is sent again.")
LOOK_AND_HEAR = message(
    "To look for a message that may have been sent already, and to hear when a message that was saved is edited."
)

SCOPES = (
    Scope("commands", message("For /ptf and for the shortcuts of messages.")),
    Scope("chat:write", message("To post the digest, reminders and confirmations, and to correct them.")),
    Scope("im:write", message("To write to people directly, and to deliver files to them.")),
    Scope("users:read", message("To know language, time zone, guests and people from outside.")),
    Scope("channels:read", message("To see whether the bot is in a public channel, and whether it is shared.")),
    Scope("groups:read", message("To see whether the bot is in a private channel, and whether it is shared.")),
    Scope("files:write", message("To deliver the Excel.")),
    Scope(
        "files:read",
        message("To see whether a delivered file has arrived, and to read one handed over with /ptf import."),
    ),
    Scope("channels:history", LOOK_AND_HEAR, optional=True),
    Scope("groups:history", LOOK_AND_HEAR, optional=True),
    Scope("im:history", LOOK_UP, optional=True),
)
"""Every permission the bot asks for."""


class Notes:
    """Takes down what is registered, in place of Bolt's app."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self.shortcuts: list[str] = []

    def event(self, constraint: Any, *_: Any, **__: Any) -> Callable[..., None]:
        """An event that is listened to."""
        name = constraint["type"] if isinstance(constraint, dict) else constraint
        self.events += [each for each in SUBSCRIBED.get(str(name), (str(name),)) if each not in self.events]
        return _nothing

    def shortcut(self, constraint: Any, *_: Any, **__: Any) -> Callable[..., None]:
        """A shortcut that is listened to."""
        self.shortcuts.append(str(constraint["callback_id"] if isinstance(constraint, dict) else constraint))
        return _nothing

    message_shortcut = global_shortcut = shortcut

    def __getattr__(self, name: str) -> Callable[..., Callable[..., None]]:
        """Anything else that can be registered needs no line in the manifest."""
        return lambda *_, **__: _nothing


def listened() -> Notes:
    """What the topics listen to."""
    notes = Notes()
    handlers.register(cast(App, notes))
    return notes


def usage_hint(commands: Sequence[Command]) -> str:
    """The words of `/ptf`, as Slack shows them beside the composer: in both languages, since it cannot translate."""
    words = [" / ".join(dict.fromkeys(each.word(language) for language in ("en", "fr"))) for each in commands]
    return f"[{' | '.join(words)} | help / aide]"[:LONGEST_HINT]


def manifest(url: str | None = None) -> dict[str, Any]:
    """The manifest: for Socket Mode, or for HTTP when told the address of ``/slack/events``."""
    notes = listened()
    return {
        "_metadata": {"major_version": 2, "minor_version": 0},
        "display_information": {
            "name": NAME,
            "description": DESCRIPTION,
            "long_description": LONG_DESCRIPTION,
            "background_color": "#1d3557",
        },
        "features": _features(notes, url),
        "oauth_config": {
            "scopes": {
                "bot": [scope.name for scope in SCOPES if not scope.optional],
                "bot_optional": [scope.name for scope in SCOPES if scope.optional],
            }
        },
        "settings": _settings(notes, url),
    }


def _features(notes: Notes, url: str | None) -> dict[str, Any]:
    command = {
        "command": COMMAND,
        "description": COMMAND_DESCRIPTION,
        "usage_hint": usage_hint(handlers.every_command()),
        "should_escape": True,
    }
    shortcuts = [
        {"name": name, "type": "message", "callback_id": callback_id, "description": description}
        for callback_id, (name, description) in ((each, SHORTCUTS[each]) for each in dict.fromkeys(notes.shortcuts))
    ]
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": True,
        },
        "bot_user": {"display_name": "ptf", "always_online": True},
        "slash_commands": [command | ({"url": url} if url else {})],
    } | ({"shortcuts": shortcuts} if shortcuts else {})


def _settings(notes: Notes, url: str | None) -> dict[str, Any]:
    address = {"request_url": url} if url else {}
    events = list(dict.fromkeys(notes.events))
    return {
        "interactivity": {"is_enabled": True} | address,
        "org_deploy_enabled": False,
        "socket_mode_enabled": url is None,
        "token_rotation_enabled": False,
    } | ({"event_subscriptions": address | {"bot_events": events}} if events else {})


def _nothing(*_: Any, **__: Any) -> None:
    """A listener's place."""
