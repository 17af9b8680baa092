"""A report as one HTML document that also serves as the body of a mail: inline style, no script, nothing fetched.

Readable without colour and by a screen reader: the language is named, headings are headings, tables have a caption and
cells that head rows and columns, states have words beside their sign. The document is well-formed XML as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from handlers.language import Speaker
from handlers.reports.cells import marked, words
from handlers.reports.report import Cell, Column, Entry, Mark, Paragraph, Report, Section, Table, Tone

UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What HTML does not allow in a text; shown as � instead."""

INK = {
    Tone.GOOD: ("#0b5d2a", "#e3f4e8"),
    Tone.WARNING: ("#6b4100", "#fff1d6"),
    Tone.BAD: ("#8c1515", "#fde6e6"),
    Tone.QUIET: ("#444444", "#eeeeee"),
    Tone.PLAIN: ("#1d1c1d", "#f4f4f4"),
}
"""Text and ground of a state; each pair has a contrast of at least 7 to 1 (WCAG 2.2, AAA)."""

BODY = (
    "margin:0 auto;padding:16px;max-width:46em;color:#1d1c1d;background:#ffffff;"
    "font:16px/1.5 'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
)
TITLE = "font-size:1.5em;line-height:1.25;margin:0 0 .5em"
HEADING = "font-size:1.2em;margin:1.6em 0 .4em;padding-bottom:.2em;border-bottom:1px solid #bbbbbb"
ENTRY = "font-size:1em;margin:1.2em 0 .2em"
TEXT = "margin:.3em 0 .8em;white-space:pre-line;overflow-wrap:anywhere"
SAID = f"{TEXT};padding-left:.8em;border-left:3px solid #bbbbbb"
LABEL = "margin:.6em 0 0;font-weight:bold"
FACTS = "margin:0 0 .4em;color:#555555"
TABLE = "border-collapse:collapse;width:100%;margin:.6em 0"
CELL = "padding:.35em .6em;border:1px solid #cccccc;vertical-align:top;overflow-wrap:anywhere"
FOOTER = "margin-top:2em;padding-top:.6em;border-top:1px solid #bbbbbb;color:#555555;font-size:.9em"


def render(report: Report, speaker: Speaker) -> str:
    """The whole report as a document in the report's language."""
    title = _safe(report.title)
    sections = [line for section in [*report.glance, *report.details] for line in _section(section, speaker)]
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{_safe(report.language)}">',
        "<head>",
        '<meta charset="utf-8"/>',
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
        f"<title>{title}</title>",
        "</head>",
        f'<body style="{BODY}">',
        "<main>",
        f'<h1 style="{TITLE}" dir="auto">{title}</h1>',
        *_text(report.lead),
        *sections,
        "</main>",
        *_footer(report.footer),
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _safe(text: str) -> str:
    return escape(UNPRINTABLE.sub("�", re.sub(r"\r\n?", "\n", text)))


def _text(text: str, style: str = TEXT) -> list[str]:
    return [f'<p style="{style}" dir="auto">{_safe(text)}</p>'] if text.strip() else []


def _section(section: Section, speaker: Speaker) -> Iterable[str]:
    yield "<section>"
    if section.title.strip():
        yield f'<h2 style="{HEADING}" dir="auto">{_safe(section.title)}</h2>'
    for paragraph in section.paragraphs:
        yield from _paragraph(paragraph)
    if section.table:
        yield from _table(section.table, speaker)
    for entry in section.entries:
        yield from _entry(entry)
    yield "</section>"


def _entry(entry: Entry) -> Iterable[str]:
    mark = f" {_mark(entry.mark)}" if entry.mark else ""
    yield "<article>"
    yield f'<h3 style="{ENTRY}"><bdi>{_safe(entry.title)}</bdi>{mark}</h3>'
    yield from _text(" · ".join(entry.facts), FACTS)
    for paragraph in entry.paragraphs:
        yield from _paragraph(paragraph)
    yield "</article>"


def _paragraph(paragraph: Paragraph) -> list[str]:
    return [*_text(paragraph.label, LABEL), *_text(paragraph.text, SAID if paragraph.said else TEXT)]


def _mark(mark: Mark) -> str:
    ink, ground = INK[mark.tone]
    style = f"color:{ink};background:{ground};padding:.05em .5em;border-radius:.6em;font-weight:normal"
    return f'<span style="{style}">{_safe(marked(mark))}</span>'


def _table(table: Table, speaker: Speaker) -> Iterable[str]:
    yield f'<table style="{TABLE}">'
    if table.caption.strip():
        yield f'<caption style="text-align:left;{FACTS}">{_safe(table.caption)}</caption>'
    heads = (f'<th scope="col" style="{_cell_style(column)}">{_safe(column.title)}</th>' for column in table.columns)
    yield f'<thead style="background:#f4f4f4"><tr>{"".join(heads)}</tr></thead>'
    if table.rows:
        yield "<tbody>"
        for row in table.rows:
            yield f"<tr>{_row(row, table.columns, speaker)}</tr>"
        yield "</tbody>"
    yield "</table>"


def _row(row: Sequence[Cell], columns: Sequence[Column], speaker: Speaker) -> str:
    cells = []
    for number, (cell, column) in enumerate(zip(row, columns, strict=True)):
        tag, scope = ("th", ' scope="row"') if number == 0 else ("td", "")
        said = _mark(cell) if isinstance(cell, Mark) else _safe(words(cell, speaker))
        cells.append(f'<{tag}{scope} style="{_cell_style(column)}" dir="auto">{said}</{tag}>')
    return "".join(cells)


def _cell_style(column: Column) -> str:
    return f"{CELL};text-align:{'right' if column.figures else 'left'}"


def _footer(lines: Sequence[str]) -> list[str]:
    told = [line for text in lines for line in _text(text, "margin:.2em 0")]
    return [f'<footer style="{FOOTER}">', *told, "</footer>"] if told else []
