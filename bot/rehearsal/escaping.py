"""How Slack writes down what a person typed: entities escaped, names and links turned into codes."""

from __future__ import annotations

import re

from bot.rehearsal.workspace import Workspace

_CODE = re.compile(r"<(?:@[UW][A-Z0-9]+|#C[A-Z0-9]+(?:\|[^>]*)?)>")
_WORD = re.compile(r"(?<![\w/&])@([\w.-]+)|(?<![\w/&])#([\w-]+)|(https?://[^\s<>]+)")


def escaped(text: str) -> str:
    """The three entities, once."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def written(workspace: Workspace, text: str) -> str:
    """Typed text as it is sent when a command has should_escape, and as messages are kept.

    `@name` becomes <@U…>, `#name` <#C…|name>, a link <link>; a code that is there already (<@U…>) is left alone.
    """
    kept, at = "", 0
    for code in _CODE.finditer(text):
        kept += _coded(workspace, escaped(text[at : code.start()])) + code.group()
        at = code.end()
    return kept + _coded(workspace, escaped(text[at:]))


def _coded(workspace: Workspace, text: str) -> str:
    def code(match: re.Match[str]) -> str:
        person, channel, link = match.groups()
        if link is not None:
            return f"<{link}>"
        try:
            if person is not None:
                return f"<@{workspace.user(person).id}>"
            found = workspace.channel(channel)
        except KeyError:
            return match.group()
        return f"<#{found.id}|{found.name}>"

    return _WORD.sub(code, text)
