"""A report as one neutral value: what is told, in the reader's language, before anyone decides how it looks.

It is composed once by a topic (DESIGN.md rule 10) and shaped by the pure renderers beside this file. Labels and
sentences are already in the report's language; what people wrote stands as they wrote it, unescaped: each renderer
escapes for its own medium. Dates are civil dates and are written by the renderer with the report's `Speaker`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

Cell: TypeAlias = "str | int | float | date | Mark | None"
"""What stands in a table: None is "nothing known", which is neither zero nor an empty text."""


class Tone(StrEnum):
    """What a mark means, for renderers that have colours or signs; never the only carrier of the meaning."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"
    QUIET = "quiet"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Mark:
    """A state in words, with its tone: "on track", "replaced by GEC-2027-014"."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its heading, and whether it holds figures (set to the right)."""

    title: str
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; every row has one cell a column."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text under an optional label ("Difficulties"); ``said`` tells that a person wrote it, not the bot."""

    text: str
    label: str = ""
    said: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing told: a group's update, a decision. ``source`` is the record it comes from (``decision:12``)."""

    title: str
    mark: Mark | None = None
    facts: Sequence[str] = ()
    paragraphs: Sequence[Paragraph] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it, in this order: paragraphs, table, entries."""

    title: str
    paragraphs: Sequence[Paragraph] = ()
    table: Table | None = None
    entries: Sequence[Entry] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report.

    ``glance`` is what stands in the message itself (at most one section has a table: Slack shows one a message);
    ``details`` is what goes into its thread, or further down the page, each section whole.
    """

    title: str
    language: str
    lead: str = ""
    glance: Sequence[Section] = ()
    details: Sequence[Section] = ()
    footer: Sequence[str] = field(default_factory=tuple)
