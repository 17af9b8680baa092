"""Texts on their way into Slack and out of it: nobody's words become a mention, a link or a code.

Sources: SLACK.md section 2.9 and https://docs.slack.dev/messaging/formatting-message-text. Out: ``& < >`` are
escaped once, which disarms ``<!channel>`` and smuggled links; bare ``@here`` and ``#x`` stay literal because every
mrkdwn object says ``verbatim`` (see `blocks`); where `*` and `_` must stay as written, use `blocks.said` or
`blocks.plain`, which Slack never parses. In: `resolve` turns what Slack sends into the plain text that is stored.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

CODED = re.compile(
    r"<(?P<kind>[@#!]|(?=[a-z][a-z0-9+.-]*:))(?P<target>[^<>|]+)(?:\|(?P<label>[^<>]*))?>", re.IGNORECASE
)
UNKEPT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
UNSEEN = ("Cf", "Cc", "Zs", "Zl", "Zp")
"""Unicode's categories of what leaves no mark: marks of direction, controls, spaces."""
SHOUTS = {"channel": "@channel", "here": "@here", "everyone": "@everyone"}
NO_BREAK_SPACE = "\u00a0"
MARKS = str.maketrans({sign: f"\u200b{sign}\u200b" for sign in "*_~`"})


def escape(text: str) -> str:
    """A text of a person for mrkdwn or the top-level ``text`` of a message; only ``& < >`` change."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The text that was escaped; the counterpart of `escape`."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def literal(text: str) -> str:
    """A short text of a person inside a bot's mrkdwn sentence: escaped, and its ``* _ ~ ` `` format nothing.

    A zero-width space on both sides of a sign keeps Slack from pairing it; the text reads as written.
    """
    return escape(text).translate(MARKS)


def plain(text: str) -> str:
    """A text for a ``plain_text`` object, which takes no escaping; Slack refuses an empty one: a no-break space
    then.
    """
    return text if text.strip() else NO_BREAK_SPACE


def resolve(text: str, names: Mapping[str, str]) -> str:
    """What Slack sent, as the plain text to store: mentions as names, links readable, entities decoded.

    ``names`` maps user, channel and user group ids (``U1``, ``C1``, ``S1``) to names without ``@`` or ``#``; an id
    that is not in it keeps the label Slack sent, else the id itself. ``<https://x|label>`` becomes ``label
    (https://x)``.
    """
    return unescape(CODED.sub(lambda found: _told(found, names), text))


def legible(text: str) -> str:
    """A text without what no database keeps (NUL and its like, halves of a character); "" when nothing is to be seen.

    Marks of writing direction, joiners and emoji stay.
    """
    clean = UNKEPT.sub("", text)
    return clean if any(unicodedata.category(sign) not in UNSEEN for sign in clean) else ""


def mentioned(text: str) -> set[str]:
    """The user, channel and user group ids a text from Slack mentions, for the look-up of their names."""
    targets = {(found["kind"], found["target"]) for found in CODED.finditer(text)}
    people = {target for kind, target in targets if kind in {"@", "#"}}
    return people | {
        target.partition("^")[2] for kind, target in targets if kind == "!" and target.startswith("subteam^")
    }


def _told(found: re.Match[str], names: Mapping[str, str]) -> str:
    kind, target, label = found["kind"], found["target"], found["label"] or ""
    if kind in {"@", "#"}:
        return kind + escape(names.get(target, "")) if target in names else kind + (label or target).lstrip("@#")
    if kind == "!":
        return _special(target, label, names)
    address = target.removeprefix("mailto:").removeprefix("tel:")
    return address if label in {"", address, target} or address.endswith(f"//{label}") else f"{label} ({address})"


def _special(target: str, label: str, names: Mapping[str, str]) -> str:
    """``<!here>``, ``<!subteam^S1|@x>``, ``<!date^…|fallback>``."""
    word, _, rest = target.partition("^")
    if word == "subteam":
        return "@" + (escape(names[rest]) if rest in names else (label or rest).lstrip("@"))
    return SHOUTS.get(word, label or target)
