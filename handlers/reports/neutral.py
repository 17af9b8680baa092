"""A report as plain values for programs (the command line's json): dates in ISO 8601, texts as they were written."""

from __future__ import annotations

from datetime import date
from typing import Any

from handlers.reports.report import Cell, Entry, Mark, Paragraph, Report, Section, Table


def as_json(report: Report) -> dict[str, Any]:
    """The report as dicts, lists, strings, numbers and None, in the order it is told."""
    return {
        "title": report.title,
        "language": report.language,
        "lead": report.lead,
        "glance": [_section(section) for section in report.glance],
        "details": [_section(section) for section in report.details],
        "footer": list(report.footer),
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "paragraphs": [_paragraph(paragraph) for paragraph in section.paragraphs],
        "table": _table(section.table) if section.table else None,
        "entries": [_entry(entry) for entry in section.entries],
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "columns": [{"title": column.title, "figures": column.figures} for column in table.columns],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "title": entry.title,
        "mark": _mark(entry.mark) if entry.mark else None,
        "facts": list(entry.facts),
        "paragraphs": [_paragraph(paragraph) for paragraph in entry.paragraphs],
        "source": entry.source,
    }


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    return {"label": paragraph.label, "text": paragraph.text, "said": paragraph.said}


def _mark(mark: Mark) -> dict[str, str]:
    return {"text": mark.text, "tone": mark.tone.value}


def _cell(cell: Cell) -> Any:
    if isinstance(cell, Mark):
        return _mark(cell)
    return cell.isoformat() if isinstance(cell, date) else cell
