"""The list of what was found: each with what it is and the words in their sentence; the menus that narrow it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

import storage.groups
import storage.partners
import storage.search
from handlers import readers, receipts
from handlers.actors import Actor
from handlers.changes import fields
from handlers.context import Context
from handlers.find import asked, excerpts
from handlers.find.asked import ALL, CLOSED, FILTER, STANDING, Asked
from handlers.language import Message, Speaker, message, plural
from handlers.reports import blocks
from handlers.reports.cells import EMOJI, marked
from handlers.reports.mrkdwn import literal
from handlers.searchable import SOURCES
from storage import periods
from storage.records import Record
from storage.search import Found

FIND_TITLE = message("*Search: “{words}”*")
WITHOUT_WORDS = message("*Search*: the newest records")
COUNT = plural("One record, of those that you may read.", "{count} records that you may read, the best first.")
MANY = message("More than {number} records that you may read, the best of the newest first: add a word, or narrow.")
SOME_WORDS = message("No record holds all of these words; these hold one of them.")
NONE = message("Nothing that you may read holds this.")
NONE_NARROWED = message("Nothing that you may read holds this; the menus narrow it: “all” looks everywhere.")
STILL_READING = message("What was brought in a moment ago is still being read; in a few minutes it is found as well.")
OPEN_BUTTON = message("Open it")
OPEN_SPOKEN = message("Open {what}")
MORE_BUTTON = message("Further results")
LESS_BUTTON = message("Results before")
AGAIN_BUTTON = message("Another search")
KIND_PLACEHOLDER = message("Kind of record")
STATE_PLACEHOLDER = message("State")
GROUP_PLACEHOLDER = message("Group or body")
INSTITUTION_PLACEHOLDER = message("Institution")
PERIOD_PLACEHOLDER = message("Period")
EVERY_KIND = message("every kind of record")
EVERY_STATE = message("whatever their state")
STILL_OPEN = message("still open")
NOT_OPEN = message("not open any more")
EVERY_GROUP = message("all groups and bodies")
EVERY_INSTITUTION = message("all institutions")
EVERY_TIME = message("whenever")

PAGE = 8
TITLE, FACTS = 200, 160
"""Characters of a title, and of what is told beside it."""
QUARTERS, YEARS = 6, 5
"""Periods offered in the menu."""
Menu = Sequence[tuple[str, str]]


def listed(
    session: Session, ctx: Context, actor: Actor, wanted: Asked, *, waiting: bool = False
) -> tuple[str, list[blocks.Block]]:
    """The text and the blocks of the list; ``waiting``: not everything is in the index yet."""
    span = (wanted.first, PAGE)
    found = storage.search.find(session, SOURCES, wanted.wanted, actor.audience, span)
    head = _head(actor.speaker, wanted, found)
    hits = [_hit(session, ctx, actor, record, found) for record in found.records]
    told = [blocks.section(head), *(block for _, shown in hits for block in shown)]
    told += [blocks.context(actor.speaker.say(STILL_READING))] if waiting else []
    told += [_pages(actor.speaker, wanted, found.count), menus(session, ctx, actor.speaker, wanted)]
    return "\n".join([head, *(text for text, _ in hits)]), told


def _head(speaker: Speaker, wanted: Asked, found: Found) -> str:
    """What was looked for, and how much of it was found."""
    say = speaker.say
    title = say(FIND_TITLE, words=literal(wanted.words)) if wanted.words else say(WITHOUT_WORDS)
    if not found.count:
        return f"{title}\n{say(NONE_NARROWED if wanted.is_narrowed else NONE)}"
    many = found.count >= storage.search.MOST
    count = say(MANY, number=storage.search.MOST) if many else say(COUNT, count=found.count)
    return "\n".join([title, *([] if found.sought.every else [say(SOME_WORDS)]), count])


def _hit(session: Session, ctx: Context, actor: Actor, record: Record, found: Found) -> tuple[str, list[blocks.Block]]:
    """One record: as plain text, and as blocks, the first with the button that opens it."""
    speaker, table = actor.speaker, record.__tablename__
    entry = receipts.SHOWN[table][1].entry(session, ctx, readers.of_actor(actor), record)
    what = speaker.say(fields.kind(table))
    mark = f" {marked(entry.mark, EMOJI)}" if entry.mark else ""
    text = f"*{literal(blocks.clip(entry.title, TITLE))}*{literal(mark)}\n{literal(_facts(what, entry.facts))}"
    spoken = speaker.say(OPEN_SPOKEN, what=f"{what} {entry.title}")
    opened = blocks.button(speaker.say(OPEN_BUTTON), "find_show", f"{table}:{record.id}", spoken=spoken)
    source = next(source for source in SOURCES if source.kind == table)
    pieces = excerpts.excerpt(entry.title, source.said(record), found.sought)
    shown = [blocks.section(text, opened)]
    if pieces:
        shown.append(blocks.rich(blocks.passage(*(each for piece in pieces for each in _words(*piece)))))
    return "\n".join([text, literal("".join(piece for piece, _ in pieces))]).strip(), shown


def _facts(what: str, facts: Sequence[str]) -> str:
    """What it is, and of what is told of it as much as stays short."""
    told = [blocks.clip(each, FACTS) for each in facts]
    lengths = list(itertools.accumulate(map(len, told)))
    return " · ".join([what, *(each for each, length in zip(told, lengths, strict=True) if length <= FACTS)])


def _words(piece: str, is_sought: bool) -> list[blocks.Block]:
    return [blocks.bold(piece)] if is_sought else blocks.words(piece)


def _pages(speaker: Speaker, wanted: Asked, count: int) -> blocks.Block:
    """The buttons to the next ones and those before, and to another search."""
    say, buttons = speaker.say, []
    if count > wanted.first + PAGE:
        buttons.append(blocks.button(say(MORE_BUTTON), "find_more", str(wanted.first + PAGE)))
    if wanted.first:
        buttons.append(blocks.button(say(LESS_BUTTON), "find_less", str(max(wanted.first - PAGE, 0))))
    return blocks.actions(*buttons, blocks.button(say(AGAIN_BUTTON), "find_open"), block_id="find_page")


def menus(session: Session, ctx: Context, speaker: Speaker, wanted: Asked) -> blocks.Block:
    """The filters, showing what is chosen; the words looked for are kept in the block's id."""
    given: tuple[tuple[str, Message, Menu, str], ...] = (
        ("kind", KIND_PLACEHOLDER, kinds(speaker), wanted.table),
        ("state", STATE_PLACEHOLDER, states(speaker, wanted.table), _but_all(wanted.state)),
        ("group", GROUP_PLACEHOLDER, groups(session), str(wanted.group_id or "")),
        ("institution", INSTITUTION_PLACEHOLDER, institutions(session, speaker), str(wanted.institution_id or "")),
        ("period", PERIOD_PLACEHOLDER, spans(ctx.today, speaker, wanted.period), wanted.period),
    )
    every = dict(zip(asked.MENUS, (EVERY_KIND, EVERY_STATE, EVERY_GROUP, EVERY_INSTITUTION, EVERY_TIME), strict=True))
    return blocks.actions(
        *(
            _menu(speaker, f"find_{menu}", placeholder, [(ALL, speaker.say(every[menu])), *offered], value)
            for menu, placeholder, offered, value in given
        ),
        block_id=f"{FILTER}~{wanted.words}",
    )


def _but_all(state: str) -> str:
    return "" if state == ALL else state


def kinds(speaker: Speaker) -> Menu:
    """Every kind of record."""
    return [(table, speaker.say(fields.kind(table))) for table in asked.TABLES]


def states(speaker: Speaker, table: str) -> Menu:
    """Open or not; of one kind of record, its states as well."""
    own = [(status, speaker.say(label)) for status, label in asked.statuses(table).items()]
    return [(STANDING, speaker.say(STILL_OPEN)), (CLOSED, speaker.say(NOT_OPEN)), *own]


def groups(session: Session) -> Menu:
    """Every group and body."""
    return [(str(each.id), each.code) for each in storage.groups.everyone(session)]


def institutions(session: Session, speaker: Speaker) -> Menu:
    """Every institution."""
    return [(str(each.id), each.name(speaker.language)) for each in storage.partners.everyone(session)]


def spans(today: date, speaker: Speaker, chosen: str) -> Menu:
    """The last quarters and years, and what is chosen."""
    found = [periods.parse(chosen)] if chosen else []
    for kind, many in ((periods.QUARTER, QUARTERS), (periods.YEAR, YEARS)):
        each = periods.containing(kind, today)
        for _ in range(many):
            found.append(each)
            each = each.previous()
    return [(each.key, speaker.period(each)) for each in dict.fromkeys(found)]


def _menu(speaker: Speaker, action_id: str, placeholder: Message, given: Menu, chosen: str) -> dict[str, Any]:
    options = [blocks.option(label, value) for value, label in given]
    initial = next((option for option in options if option["value"] == chosen), None)
    return blocks.select(action_id, blocks.grouped(options), speaker.say(placeholder), initial)
