"""What a workbook holds, before it is a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from handlers.reports.report import Cell, Tone

Kind: TypeAlias = Literal["text", "date", "instant", "number", "year", "mark", "code"]
"""What a column holds: words, civil dates, aware instants, figures, years, states (`Mark`), short identifiers."""

Value: TypeAlias = "Cell | datetime"
"""What stands in a cell; None is an empty cell. A value that is not of its column's kind is written as words."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its heading, its kind, its width in characters."""

    title: str
    kind: Kind = "text"
    width: int = 20


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of a chart's columns: the sheet's column with its figures (from 0), whose heading names it."""

    column: int
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Chart:
    """Stacked columns drawn by the spreadsheet program itself from a sheet's own cells, placed beside them.

    ``category`` is the column (from 0) that names what stands along the axis, a week; ``upright`` names the other axis.
    """

    title: str
    category: int
    series: Sequence[Series]
    upright: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A register: rows under headings, one value a column. ``note`` says on the first sheet what it holds."""

    title: str
    columns: Sequence[SheetColumn]
    rows: Iterable[Sequence[Value]]
    note: str = ""
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook in one language; its instants are told in ``zone``, which is named where they stand.

    ``made_at`` is the instant it was asked for (aware). ``properties`` are the document's: ``creator``, ``subject``,
    ``keywords``, ``description``, ``category``. ``about`` are lines for the first sheet: label and value.
    """

    title: str
    language: str
    sheets: Sequence[Sheet]
    zone: ZoneInfo
    made_at: datetime
    properties: Mapping[str, str] = field(default_factory=dict)
    about: Sequence[tuple[str, Value]] = ()
