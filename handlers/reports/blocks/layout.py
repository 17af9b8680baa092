"""A report laid out for Slack: the message that stands in the channel, and the messages of its thread.

A report becomes a row of pieces (a block with what it says in plain words); pieces are kept together in units (an
entry, a table with its heading) and units are packed into messages. Limits (SLACK.md 2.1, 2.2): 50 blocks, one
table, fewer than 10,000 characters a message; 4,000 of top-level text where the report's own joints allow it, since
that text is what screen readers read and what an edit of the message may hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Any

from handlers.language import Speaker, message
from handlers.reports.blocks import builders
from handlers.reports.blocks.builders import PIECE, Block, evenly, weight
from handlers.reports.blocks.tables import parts
from handlers.reports.cells import EMOJI, marked
from handlers.reports.mrkdwn import NO_BREAK_SPACE, escape
from handlers.reports.report import Entry, Paragraph, Report, Section
from handlers.reports.splitting import length

CONTINUED = message("{title} (continued)")
CONTINUES = message("The rest is in the thread.")

BLOCKS = 48
CHARACTERS = 9_500
READABLE = 4_000
HEADER_COST = 100
REPEATED = 100
FACTS = " · "
DASH = " — "


@dataclass(frozen=True, slots=True)
class SlackMessage:
    """One message: ``text`` says everything in it (escaped, for screen readers and notices), ``blocks`` show it."""

    text: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Piece:
    """A block and what it says in plain words; how long both are is computed once, as it is asked again and again."""

    block: Block
    text: str

    @cached_property
    def size(self) -> int:
        """What the block counts towards the length of a message."""
        return size(self.block)

    @cached_property
    def length(self) -> int:
        """What its words count in the text of a message."""
        return weight(self.text)

    @property
    def is_heading(self) -> bool:
        """Whether it must not stand last in a message."""
        return bool(self.block["type"] == "header")

    @property
    def is_table(self) -> bool:
        """Whether it is what a message may hold only once."""
        return bool(self.block["type"] == "table")


@dataclass(frozen=True, slots=True)
class Unit:
    """Pieces that belong together; ``section`` and ``title`` are said again where a message begins before or within
    it. ``section`` is empty where the unit begins with its own heading.

    ``later`` units (a table's further parts) follow all others.
    """

    pieces: Sequence[Piece]
    section: str = ""
    title: str = ""
    later: bool = False


class Page:
    """A message being filled."""

    def __init__(self, pieces: Sequence[Piece] = ()) -> None:
        self.pieces: list[Piece] = []
        self._tables = self._size = self._length = 0
        self.add(pieces)

    def add(self, pieces: Sequence[Piece]) -> None:
        """Put the pieces in."""
        self.pieces += pieces
        for piece in pieces:
            self._tables += piece.is_table
            self._size += piece.size
            self._length += piece.length + 1  # a line break between two

    def holds(self, pieces: Sequence[Piece], readable: int) -> bool:
        """Whether the pieces still go in, its text staying within ``readable``."""
        new = Page(pieces)
        return (
            len(self.pieces) + len(pieces) <= BLOCKS
            and self._tables + new._tables <= 1
            and self._size + new._size <= CHARACTERS
            and self._length + new._length <= readable + 1
        )


def messages(report: Report, speaker: Speaker) -> list[SlackMessage]:
    """The message of a report, then those of its thread in order; nothing of the report is left out.

    The message holds title, lead, the sections at a glance and the footer; what does not fit there opens the thread
    and the message says so.
    """
    footer = Unit([_small(block) for block in builders.contexts(report.footer)])
    glance = sorted(_units(report.glance, speaker), key=lambda unit: unit.later)
    at_once = [unit for unit in glance if not unit.later]
    pages = _filled([_opening(report), *at_once, footer, *glance[len(at_once) :]], CHARACTERS, speaker)
    if len(pages) > 1:
        note = speaker.say(CONTINUES)
        pages[0].add([Piece(builders.context(note), note)])
    pages += _filled(_units(report.details, speaker), READABLE, speaker)
    ordered = [_table_last(page.pieces) for page in pages]
    return [SlackMessage(spoken(pieces), [piece.block for piece in pieces]) for pieces in ordered]


def _table_last(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with the table and its heading at the end: there Slack shows a table, wherever it stands."""
    place = next((number for number, piece in enumerate(pieces) if piece.is_table), None)
    if place is None:
        return list(pieces)
    start = place - 1 if place and pieces[place - 1].is_heading and place > 1 else place
    return [*pieces[:start], *pieces[place + 1 :], *pieces[start : place + 1]]


def size(block: Block) -> int:
    """What a block counts towards the length of a message: its texts, escaped, and 100 for a heading (SLACK.md
    2.1).
    """
    return _weigh(block) + (HEADER_COST if block["type"] == "header" else 0)


def spoken(pieces: Sequence[Piece]) -> str:
    """The top-level text of a message made of these pieces."""
    return escape("\n".join(piece.text for piece in pieces)).strip() or NO_BREAK_SPACE


def _small(block: Block) -> Piece:
    """Small lines, as a piece."""
    return Piece(block, "\n".join(element["text"] for element in block["elements"]))


def _weigh(value: Any) -> int:
    """What the texts and addresses within a block count, and one more for each."""
    if isinstance(value, list):
        return sum(map(_weigh, value))
    total = 0
    for key, each in value.items():
        if isinstance(each, (dict, list)):
            total += _weigh(each)
        elif key in ("text", "url") and each:
            total += weight(each) + 1
    return total


def _opening(report: Report) -> Unit:
    return Unit([*_heading(report.title), *_told(Paragraph(report.lead))], title=report.title)


def _units(sections: Sequence[Section], speaker: Speaker) -> list[Unit]:
    return [unit for section in sections for unit in _section(section, speaker)]


def _section(section: Section, speaker: Speaker) -> Iterator[Unit]:
    """The units of a section; its heading goes with the first."""
    pending = _heading(section.title)
    for unit in chain(_paragraph_units(section), _table_units(section, speaker), _entry_units(section)):
        yield replace(unit, pieces=[*pending, *unit.pieces], section="" if pending else section.title)
        pending = []
    if pending:
        yield Unit(pending, title=section.title)


def _paragraph_units(section: Section) -> Iterator[Unit]:
    for paragraph in section.paragraphs:
        yield Unit(_told(paragraph), title=section.title)


def _entry_units(section: Section) -> Iterator[Unit]:
    for entry in section.entries:
        told = chain.from_iterable(_told(paragraph) for paragraph in entry.paragraphs)
        yield Unit([*_entry_head(entry), *told], title=entry.title)


def _table_units(section: Section, speaker: Speaker) -> Iterator[Unit]:
    if section.table is None:
        return
    caption = _told(Paragraph(section.table.caption))
    for number, part in enumerate(parts(section.table, speaker)):
        piece = Piece(part.block, part.text)
        yield Unit([piece] if number else [*caption, piece], title=section.title, later=number > 0)


def _heading(title: str) -> list[Piece]:
    return [Piece(builders.header(text), text) for text in evenly(title, PIECE) if text.strip()]


def _entry_head(entry: Entry) -> list[Piece]:
    """An entry's title, mark and facts: in one block where they are short, as they nearly always are."""
    title = [builders.bold(entry.title)] if entry.title.strip() else []
    mark = marked(entry.mark, EMOJI) if entry.mark else ""
    facts = FACTS.join(fact for fact in entry.facts if fact.strip())
    first = DASH.join(filter(None, (entry.title.strip(), mark)))
    text = "\n".join(filter(None, (first, facts)))
    if length(escape(text)) > PIECE:
        return [piece for part in (entry.title, mark, facts) for piece in _told(Paragraph(part))]
    if not text:
        return []
    rest = text.removeprefix(entry.title.strip())
    return [Piece(builders.rich(builders.passage(*title, *builders.words(rest))), text)]


def _told(paragraph: Paragraph) -> list[Piece]:
    """A paragraph with its label; a person's words have a line beside them."""
    texts = [text.strip("\n") for text in evenly(paragraph.text, PIECE) if text.strip()]
    labels = [text for text in evenly(paragraph.label, PIECE) if text.strip()]
    pieces = [Piece(_shown(text, said=paragraph.said), text) for text in texts]
    if not labels:
        return pieces
    bolds = [builders.passage(builders.bold(label)) for label in labels]
    head = [Piece(builders.rich(bold), label) for bold, label in zip(bolds, labels, strict=True)]
    if len(head) > 1 or not pieces or length(labels[0]) > builders.HEADER:
        return [*head, *pieces]
    joined = builders.rich(bolds[0], *pieces[0].block["elements"])
    return [Piece(joined, f"{labels[0]}\n{texts[0]}"), *pieces[1:]]


def _shown(text: str, *, said: bool) -> Block:
    return builders.rich(builders.quote(text) if said else builders.passage(*builders.words(text)))


def _filled(units: Sequence[Unit], readable: int, speaker: Speaker) -> list[Page]:
    """The units packed into messages, cut between units where that is possible, else between blocks."""
    pages: list[Page] = []
    for unit in filter(lambda unit: unit.pieces, units):
        if pages and pages[-1].holds(unit.pieces, readable):
            pages[-1].add(unit.pieces)
            continue
        afresh = [*_again(unit, unit.section, speaker), *unit.pieces]
        if Page().holds(afresh, readable):
            pages.append(Page(afresh))
        else:
            _pour(unit, pages, readable, speaker)
    return pages


def _pour(unit: Unit, pages: list[Page], readable: int, speaker: Speaker) -> None:
    """A unit too long for one message, block by block."""
    title = unit.section
    for chunk in _chunks(unit.pieces):
        if not pages or not pages[-1].holds(chunk, readable):
            again = _again(replace(unit, pieces=chunk), title, speaker)
            pages.append(Page([*again, *chunk]))
        else:
            pages[-1].add(chunk)
        title = unit.title


def _again(unit: Unit, title: str, speaker: Speaker) -> list[Piece]:
    """What a message opens with that goes on with something: its title, "(continued)"; nothing before a heading."""
    if unit.pieces[0].is_heading or not title.strip():
        return []
    return _heading(speaker.say(CONTINUED, title=builders.clip(title, REPEATED)))


def _chunks(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Pieces one by one, a heading with what follows it."""
    chunk: list[Piece] = []
    for piece in pieces:
        chunk.append(piece)
        if not piece.is_heading:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
