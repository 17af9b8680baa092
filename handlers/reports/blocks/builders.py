"""Small builders of Block Kit pieces as plain dicts, so that no topic spells one by hand.

Texts of people go through `plain`, `said` or `mrkdwn.escape` (SLACK.md 2.9). Every mrkdwn object says ``verbatim``,
every plain_text ``emoji: false``: neither reads anything into a text. Labels whose limit Slack documents are cut at
it with an ellipsis (a label only repeats what stands elsewhere); texts are never cut, `paragraphs` and `said` give
as many blocks as they need.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal, TypeAlias

from handlers.reports.mrkdwn import escape
from handlers.reports.mrkdwn import plain as printable
from handlers.reports.splitting import length, split

Block: TypeAlias = dict[str, Any]
"""One Block Kit block, element or object, ready for JSON."""

TEXT = 3000
HEADER = 150
LABEL = 75
OPTION_VALUE = 75
"""Slack allows 150 by one source and 75 by another; the smaller holds everywhere."""
PLACEHOLDER = 150
BUTTONS = 25
CONTEXT_ELEMENTS = 10
OPTIONS = 100
OVERFLOW_OPTIONS = 5
ALT_TEXT = 2000
FIELDS = 10
FIELD = 2000
TABLE_ROWS = 100
TABLE_COLUMNS = 20
PIECE = 2000
"""No piece of a message is longer, so that messages fill evenly and escaping (``&`` becomes five) cannot pass a
block's limit.
"""
LONGEST_SIGN = len("&amp;")
"""What one character may count once escaped."""
DENSE = 1.5
"""How much longer than its limit a piece may be once escaped."""

ADDRESS = re.compile(r"https?://[^\s<>\"|]*[^\s<>\"|.,;:!?)»'’]")

Style: TypeAlias = Literal["", "primary", "danger"]


def clip(label: str, limit: int) -> str:
    """A label within a limit (UTF-16 units), ended by an ellipsis where it was longer."""
    return label if length(label) <= limit else split(label, limit - 1)[0].rstrip() + "…"


def weight(text: str) -> int:
    """What a text counts towards the length of a message: its units once escaped."""
    return length(escape(text))


def evenly(text: str, limit: int) -> list[str]:
    """Pieces of a text of at most ``limit`` units, and one and a half times that once escaped."""
    if len(text) * LONGEST_SIGN <= limit:
        return [text] if text else []
    dense = limit * 3 // 10
    return [
        part
        for piece in split(text, limit)
        for part in (split(piece, dense) if weight(piece) > DENSE * limit else [piece])
    ]


def plain(text: str) -> Block:
    """A plain_text object; Slack reads nothing into it."""
    return {"type": "plain_text", "text": printable(text), "emoji": False}


def mrkdwn(text: str) -> Block:
    """A mrkdwn object; what people wrote in it must be escaped (`mrkdwn.escape` or `mrkdwn.literal`)."""
    return {"type": "mrkdwn", "text": printable(text), "verbatim": True}


def section(text: str, accessory: Block | None = None, block_id: str = "") -> Block:
    """A section of mrkdwn (at most 3,000 units; longer ones through `paragraphs`) with perhaps a button beside it."""
    block: Block = {"type": "section", "text": mrkdwn(text)}
    if accessory:
        block["accessory"] = accessory
    return _named(block, block_id)


def paragraphs(text: str) -> list[Block]:
    """A mrkdwn text of any length in as many sections as it needs, each cut where a reader would pause."""
    return [section(piece) for piece in split(text, TEXT) if piece.strip()]


def fields(texts: Sequence[str], block_id: str = "") -> list[Block]:
    """Short mrkdwn texts in two columns, ten a section; each at most 2,000 units."""
    groups = [texts[first : first + FIELDS] for first in range(0, len(texts), FIELDS)]
    return [
        _named(
            {"type": "section", "fields": [mrkdwn(text) for text in group]}, block_id and f"{block_id}{number or ''}"
        )
        for number, group in enumerate(groups)
    ]


def header(text: str, block_id: str = "") -> Block:
    """A heading of at most 150 units; a longer one is told in bold instead, whole."""
    if length(text) > HEADER:
        return rich(passage(bold(text)), block_id=block_id)
    return _named({"type": "header", "text": plain(text)}, block_id)


def context(*texts: str, block_id: str = "") -> Block:
    """Up to ten small lines of literal text below something."""
    return _named({"type": "context", "elements": [plain(text) for text in texts[:CONTEXT_ELEMENTS]]}, block_id)


def contexts(texts: Sequence[str]) -> list[Block]:
    """Any number of small lines of any length, in as many context blocks as they need; each block is, once escaped,
    no longer than a piece of a message may be.
    """
    return [context(*lines) for lines in _lines([piece for text in texts for piece in evenly(text, PIECE)])]


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def image(url: str, alt_text: str, title: str = "") -> Block:
    """A picture at an address, with what it shows in words."""
    block: Block = {"type": "image", "image_url": url, "alt_text": printable(clip(alt_text, ALT_TEXT))}
    if title:
        block["title"] = plain(clip(title, ALT_TEXT))
    return block


def actions(*elements: Block, block_id: str = "") -> Block:
    """Up to 25 buttons and menus in a row."""
    return _named({"type": "actions", "elements": list(elements[:BUTTONS])}, block_id)


def button(
    label: str, action_id: str, value: str = "", *, style: Style = "", spoken: str = "", confirm: Block | None = None
) -> Block:
    """A button. ``spoken`` is its name for screen readers where many share a label ("Edit update of Education")."""
    element: Block = {"type": "button", "text": plain(clip(label, LABEL)), "action_id": action_id}
    given = {"value": value, "style": style, "confirm": confirm, "accessibility_label": clip(spoken, LABEL)}
    return element | {name: each for name, each in given.items() if each}


def link_button(label: str, action_id: str, url: str) -> Block:
    """A button that opens an address (Slack tells the bot of the click as well)."""
    return button(label, action_id) | {"url": url}


def confirm(title: str, text: str, yes: str, no: str, *, danger: bool = False) -> Block:
    """A dialog that asks before a click counts (limits 100, 300, 30, 30)."""
    asked: Block = {
        "title": plain(clip(title, 100)),
        "text": plain(clip(text, 300)),
        "confirm": plain(clip(yes, 30)),
        "deny": plain(clip(no, 30)),
    }
    return asked | ({"style": "danger"} if danger else {})


def option(label: str, value: str, description: str = "") -> Block:
    """One choice; raises ValueError when its value is not 1 to 75 units long (a value is never cut)."""
    if not 0 < length(value) <= OPTION_VALUE:
        raise ValueError(f"an option's value takes 1 to {OPTION_VALUE} characters")
    chosen: Block = {"text": plain(clip(label, LABEL)), "value": value}
    return chosen | ({"description": plain(clip(description, LABEL))} if description else {})


def option_group(label: str, options: Sequence[Block]) -> Block:
    """Choices under a label, for `select`."""
    return {"label": plain(clip(label, LABEL)), "options": list(options)}


def grouped(options: Sequence[Block]) -> list[Block]:
    """Options for a menu: as they are, or in labelled groups where there are more than a menu takes."""
    if len(options) <= OPTIONS:
        return list(options)
    parts = [options[first : first + OPTIONS] for first in range(0, len(options), OPTIONS)]
    ends = [(part[0]["text"]["text"][:30], part[-1]["text"]["text"][:30]) for part in parts]
    return [option_group(f"{first} – {last}", part) for (first, last), part in zip(ends, parts, strict=True)]


def select(action_id: str, options: Sequence[Block], placeholder: str = "", initial: Block | None = None) -> Block:
    """A menu of 1 to 100 `option`s, or of 1 to 100 `option_group`s."""
    kind = "option_groups" if options and "options" in options[0] else "options"
    element: Block = {"type": "static_select", "action_id": action_id, kind: list(options)}
    if placeholder:
        element["placeholder"] = plain(clip(placeholder, PLACEHOLDER))
    return element | ({"initial_option": initial} if initial else {})


def overflow(action_id: str, options: Sequence[Block]) -> Block:
    """The ⋯ menu of one to five choices."""
    return {"type": "overflow", "action_id": action_id, "options": list(options[:OVERFLOW_OPTIONS])}


def words(text: str) -> list[Block]:
    """Literal text inside a `passage`, its bare web addresses as links that show nothing but the address."""
    elements: list[Block] = []
    end = 0
    for found in ADDRESS.finditer(text):
        if found.start() > end:
            elements.append({"type": "text", "text": text[end : found.start()]})
        elements.append({"type": "link", "url": found[0]})
        end = found.end()
    return [*elements, {"type": "text", "text": text[end:]}] if end < len(text) else elements


def bold(text: str) -> Block:
    """Bold literal text inside a `passage`."""
    return {"type": "text", "text": text, "style": {"bold": True}}


def passage(*elements: Block) -> Block:
    """A passage of `words` and `bold` inside `rich`."""
    return {"type": "rich_text_section", "elements": list(elements)}


def quote(text: str) -> Block:
    """A person's words with a line beside them, inside `rich`."""
    return {"type": "rich_text_quote", "elements": words(text)}


def rich(*passages: Block, block_id: str = "") -> Block:
    """A rich_text block, which Slack shows literally."""
    return _named({"type": "rich_text", "elements": list(passages)}, block_id)


def said(text: str) -> list[Block]:
    """What a person wrote, literally and whole, in as many blocks as it needs."""
    return [rich(quote(piece.strip("\n"))) for piece in evenly(text, TEXT) if piece.strip()]


def table(rows: Sequence[Sequence[str]], figures: Sequence[bool] = ()) -> Block:
    """A table of literal texts, its first row the heading; ``figures`` tells the columns set to the right.

    At most 100 rows of 20 cells and one a message; raises ValueError beyond.
    """
    if len(rows) > TABLE_ROWS or any(len(row) > TABLE_COLUMNS for row in rows):
        raise ValueError(f"a table takes {TABLE_ROWS} rows of {TABLE_COLUMNS} cells")
    cells = [[{"type": "raw_text", "text": printable(text)} for text in row] for row in rows]
    settings = [{"align": "right" if right else "left", "is_wrapped": True} for right in figures]
    return {"type": "table", "rows": cells} | ({"column_settings": settings} if settings else {})


def _lines(pieces: Sequence[str]) -> Iterator[list[str]]:
    """The pieces in groups that fit one context block each; blank pieces are left out."""
    lines: list[str] = []
    for piece in filter(str.strip, pieces):
        if len(lines) == CONTEXT_ELEMENTS or sum(map(weight, [*lines, piece])) > DENSE * PIECE:
            yield lines
            lines = []
        lines.append(piece)
    if lines:
        yield lines


def _named(block: Block, block_id: str) -> Block:
    return block | {"block_id": block_id} if block_id else block
