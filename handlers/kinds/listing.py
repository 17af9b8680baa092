"""The list of a described kind, narrowed by its menus, and the sheet that shows one record whole, with its parts."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

import storage.registered
from handlers import answers, readers, searching
from handlers.actors import Actor
from handlers.changes import opening
from handlers.context import Context
from handlers.followup import following
from handlers.kinds import forming, narrowing, telling
from handlers.kinds.kind import Kind
from handlers.kinds.naming import Names
from handlers.kinds.narrowing import Wanted
from handlers.language import Speaker, message, plural
from handlers.reports import blocks
from handlers.reports.cells import EMOJI, marked
from handlers.reports.mrkdwn import literal
from handlers.reports.report import Report, Section

LIST_TITLE = message("*{many}*")
LIST_TITLE_WORDS = message("*{many}*, with the words “{words}”")
FOUND = plural("One in all.", "{count} in all.")
NONE = message("None that you may read fits this.")
SHOW_OPTION = message("Show the whole")
EDIT_OPTION = message("Edit")
MORE_BUTTON = message("Show more")
PARTS_TITLE = message("*{many}* ({count})")
PARTS_MORE = plural("One more in the list and in the Excel.", "{count} more in the list and in the Excel.")

PAGE = 8
SHORT = 300
"""Characters of a title in a list."""
PARTS = 12
"""Parts shown with their whole."""
VIEW = 100
"""Blocks a view holds (SLACK.md 2.1)."""
MENU = 5
"""Choices a ⋯ menu holds."""


def listed(
    session: Session, ctx: Context, actor: Actor, kind: Kind[Any], wanted: Wanted
) -> tuple[str, list[blocks.Block]]:
    """The text and the blocks of the list, with its menus."""
    speaker, conditions = actor.speaker, narrowing.conditions(kind, wanted)
    count = storage.registered.count(session, kind.model, actor.audience, *conditions)
    span = (wanted.first, PAGE)
    page = storage.registered.page(session, kind.model, actor.audience, span, ordering(kind), *conditions)
    names = telling.of_actor(session, actor, kind, page)
    head = _head(speaker, kind, wanted, count)
    lines = [_line(actor, kind, record, names) for record in page]
    told = [blocks.section(head), *(block for _, block in lines)]
    more = blocks.button(speaker.say(MORE_BUTTON), f"{kind.name}_list_more", str(wanted.first + PAGE))
    add = blocks.button(speaker.say(kind.labels.add), f"{kind.name}_add", style="primary")
    pages = [blocks.button(speaker.say(page.label), f"{kind.name}_{page.name}") for page in kind.pages]
    offered = [
        *([more] if count > wanted.first + PAGE else []),
        *([add] if forming.may_add(actor, kind) else []),
        *pages,
        *searching.everywhere(speaker, wanted.words),
    ]
    told += [blocks.actions(*offered, block_id=f"{kind.name}_page")] if offered else []
    told += [*narrowing.menus(session, kind, speaker, wanted), *kind.beside(session, ctx, actor)]
    return "\n".join([head, *(text for text, _ in lines)]), told


def ordering(kind: Kind[Any]) -> list[Any]:
    """The order of its list and sheet, as columns."""
    found: list[Any] = []
    for name in kind.order:
        column = getattr(kind.model, name.removeprefix("-"))
        found += [column.is_(None), column.desc() if name.startswith("-") else column]
    return found


def whole(session: Session, ctx: Context, actor: Actor, kind: Kind[Any], record: Any) -> dict[str, Any]:
    """The sheet that shows one record with its parts and what one can do with it."""
    speaker = actor.speaker
    told = as_blocks(session, kind, readers.of_actor(actor), record)
    told += [blocks.context(words) for words in telling.warned(session, ctx, actor, kind, record)]
    buttons = telling.buttons(session, ctx, actor, kind, record)
    told.append(blocks.actions(*buttons, opening.button(speaker, record)))
    told += kind.further(session, ctx, actor, record)
    for part in (each for each in kind.parts if not each.apart):
        told += _parts(session, actor, part, kind, record)
    told += following.told(session, ctx, actor, record)
    return answers.sheet(told[:VIEW])


def as_blocks(session: Session, kind: Kind[Any], reader: readers.Reader, record: Any) -> list[blocks.Block]:
    """One record whole, as blocks for a reader."""
    entry = telling.entry_for(session, kind, reader, record)
    report = Report("", reader.speaker.language, glance=[Section("", entries=[entry])])
    return [block for page in blocks.messages(report, reader.speaker) for block in page.blocks]


def _parts(session: Session, actor: Actor, part: Kind[Any], kind: Kind[Any], record: Any) -> list[blocks.Block]:
    """The parts of a record, each a line with its ⋯ menu; nothing where there are none."""
    column = getattr(part.model, part.field(telling.pointing(part, kind)).column)
    count = storage.registered.count(session, part.model, actor.audience, column == record.id)
    if not count:
        return []
    span = (0, PARTS)
    found = storage.registered.page(session, part.model, actor.audience, span, ordering(part), column == record.id)
    names, speaker = telling.of_actor(session, actor, part, found), actor.speaker
    head = speaker.say(PARTS_TITLE, many=speaker.say(part.labels.many), count=count)
    told = [blocks.section(head), *(_line(actor, part, each, names)[1] for each in found)]
    if count > PARTS:
        told.append(blocks.context(speaker.say(PARTS_MORE, count=count - PARTS)))
    return told


def _head(speaker: Speaker, kind: Kind[Any], wanted: Wanted, count: int) -> str:
    many = literal(speaker.say(kind.labels.many))
    title = (
        speaker.say(LIST_TITLE_WORDS, many=many, words=literal(wanted.words))
        if wanted.words
        else speaker.say(LIST_TITLE, many=many)
    )
    return f"{title}\n{speaker.say(FOUND, count=count) if count else speaker.say(NONE)}"


def _line(actor: Actor, kind: Kind[Any], record: Any, names: Names) -> tuple[str, blocks.Block]:
    """One record: as plain text, and as a block with its ⋯ menu."""
    speaker = actor.speaker
    mark = telling.mark(kind, record, speaker)
    state = f" {literal(marked(mark, EMOJI))}" if mark else ""
    title = literal(blocks.clip(telling.title(kind, record, names, speaker), SHORT))
    facts = literal(" · ".join(telling.brief(kind, record, names, speaker)))
    text = f"*{title}*{state}\n{facts}".strip()
    return text, blocks.section(text, blocks.overflow(f"{kind.name}_menu", _options(actor, kind, record)))


def _options(actor: Actor, kind: Kind[Any], record: Any) -> list[blocks.Block]:
    """What this person can do with it from the list."""
    say = actor.speaker.say
    options = [blocks.option(say(SHOW_OPTION), f"show:{record.id}")]
    if forming.may_keep(actor, kind, record):
        options.append(blocks.option(say(EDIT_OPTION), f"edit:{record.id}"))
        options += [blocks.option(say(part.labels.add), f"{part.name}:{record.id}") for part in kind.parts]
    return options[:MENU]
