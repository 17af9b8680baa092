"""A report as plain text for a terminal or a mail without markup: lines of at most 78 columns, aligned tables.

Words are never broken: a word longer than the line (an address) stands on a line of its own, whole. Widths are columns
of a terminal: a wide character or an emoji counts two, a combining one none.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from handlers.language import Speaker, message
from handlers.reports.cells import marked, words
from handlers.reports.report import Entry, Paragraph, Report, Section, Table

LABELLED = message("{label}: {value}")

WIDTH = 78
GAP = "  "
INDENT = "    "
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What a terminal would obey; shown as � instead."""


def render(report: Report, speaker: Speaker) -> str:
    """The whole report, ended by one line break."""
    parts = [_underlined(report.title, "="), *_wrapped(report.lead)]
    for section in [*report.glance, *report.details]:
        parts += ["", *_section(section, speaker)]
    if report.footer:
        parts += ["", "-" * WIDTH, *(line for text in report.footer for line in _wrapped(text))]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(parts)).strip("\n") + "\n"


def width(text: str) -> int:
    """The columns a text takes on a terminal."""
    return len(text) if text.isascii() else sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def _section(section: Section, speaker: Speaker) -> Iterable[str]:
    yield _underlined(section.title, "-")
    for paragraph in section.paragraphs:
        yield from _paragraph(paragraph)
    if section.table:
        yield from [*([""] if section.paragraphs else []), *_table(section.table, speaker)]
    for entry in section.entries:
        yield from ["", *_entry(entry)]


def _entry(entry: Entry) -> Iterable[str]:
    mark = f"[{marked(entry.mark)}]" if entry.mark else ""
    yield from _wrapped(f"* {entry.title}{GAP if mark else ''}{mark}", after="  ")
    yield from _wrapped(" · ".join(entry.facts), "  ")
    for paragraph in entry.paragraphs:
        yield from _paragraph(paragraph, "  ")


def _paragraph(paragraph: Paragraph, indent: str = "") -> Iterable[str]:
    if paragraph.label:
        yield from _wrapped(paragraph.label, indent)
    yield from _wrapped(paragraph.text, indent + (INDENT if paragraph.label else ""))


def _wrapped(text: str, indent: str = "", after: str | None = None) -> list[str]:
    """A text in lines; its own line breaks stay."""
    later = indent if after is None else after
    return [
        line
        for number, own in enumerate(_shown(text).split("\n"))
        for line in _lines(own, WIDTH, indent if number == 0 else later, later) or [""]
        if text.strip()
    ]


def _lines(text: str, limit: int, first: str = "", later: str = "") -> list[str]:
    room = textwrap.TextWrapper(limit, initial_indent=first, subsequent_indent=later, break_long_words=False)
    room.break_on_hyphens = False
    excess = width(text) - len(text)
    room.width = limit - min(max(0, excess), limit // 2)
    return room.wrap(text)


def _shown(text: str) -> str:
    return CONTROL.sub("�", re.sub(r"\r\n?", "\n", text).expandtabs(4))


def _on_one_line(text: str) -> str:
    """A cell's text; no-break spaces stay, they hold numbers together."""
    return re.sub("[ \t\n]+", " ", _shown(text)).strip(" ")


def _underlined(title: str, line: str) -> str:
    lines = _wrapped(title)
    return "\n".join([*lines, line * min(WIDTH, max(map(width, lines)))]) if lines else ""


def _table(table: Table, speaker: Speaker) -> list[str]:
    """Columns side by side where their words allow it, else each row as a list of "heading: value"."""
    rows = [[_on_one_line(words(cell, speaker)) for cell in row] for row in table.rows]
    titles = [_on_one_line(column.title) for column in table.columns]
    widths = _widths([titles, *rows])
    caption = _wrapped(table.caption)
    if widths is None:
        return [*caption, *_records(titles, rows, speaker)]
    figures = [column.figures for column in table.columns]
    rule = GAP.join("-" * each for each in widths)
    body = [line for row in rows for line in _row(row, widths, figures)]
    return [*caption, *_row(titles, widths, figures), rule, *body]


def _widths(rows: Sequence[Sequence[str]]) -> list[int] | None:
    """The width of each column so that the table fits; None when even its longest words do not."""
    columns = list(zip(*rows, strict=True))
    natural = [max(1, *map(width, column)) for column in columns]
    least = [max([1, *(width(word) for text in column for word in text.split())]) for column in columns]
    room = WIDTH - len(GAP) * (len(columns) - 1)
    if sum(least) > room:
        return None
    while sum(natural) > room:
        widest = max(range(len(natural)), key=lambda column: natural[column] - least[column])
        natural[widest] -= 1
    return natural


def _row(row: Sequence[str], widths: Sequence[int], figures: Sequence[bool]) -> list[str]:
    cells = [_lines(text, room) for text, room in zip(row, widths, strict=True)]
    return [
        GAP.join(_set(text, room, right) for text, room, right in zip(line, widths, figures, strict=True)).rstrip()
        for line in zip_longest(*cells, fillvalue="")
    ]


def _set(text: str, room: int, right: bool) -> str:
    space = " " * (room - width(text))
    return space + text if right else text + space


def _records(titles: Sequence[str], rows: Sequence[Sequence[str]], speaker: Speaker) -> Iterator[str]:
    for row in rows:
        for title, value in zip(titles, row, strict=True):
            yield from _wrapped(speaker.say(LABELLED, label=title, value=value), after="  ")
        yield ""
