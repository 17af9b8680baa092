"""Values as cells: typed, coloured, and harmless whatever a person wrote.

- A text that a spreadsheet program could take for a formula, a command or an error value is a text cell with Excel's
  own mark for that (``quotePrefix``, what typing an apostrophe first does): it reads as written and is never run.
- A control character becomes its visible picture (``␀``), what XML cannot hold becomes ``�``.
- A text longer than a cell takes goes on in the next row, which repeats the row's other values, figures excepted
  (so that sums stay right), and begins with "(continued)".
- A column's style is made once and named by its number in each row.
"""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from handlers.language import Speaker, message
from handlers.reports.cells import words
from handlers.reports.report import Mark, Tone
from handlers.reports.sheets import stream
from handlers.reports.sheets.stream import HIGHEST, LINE, Stream
from handlers.reports.sheets.workbook import SheetColumn, Value
from handlers.reports.splitting import length, split

CONTINUED = message("(continued) {text}")

RISKY = frozenset("=+-@#\t＝＋－＠﹢﹣−")
"""First characters that spreadsheet programs read as the start of something else than a text, full-width ones too."""

UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
FULL = 32_767
"""What Excel takes in a cell, in UTF-16 units."""
CELL = 32_000
"""Where a longer text is cut: room is left for "(continued)"."""
BLANK = " \u00a0\u3000\u200b\ufeff\n"

SUSPECT = RISKY | frozenset(BLANK)

EPOCH = date(1899, 12, 30).toordinal()
"""Excel counts days from here, right from March 1900 on; earlier dates are written as words."""
FIRST_YEAR = 1901
SECONDS_A_DAY = 86_400
THOUSAND = 1_000
MONTHS = {"fr": "[$-40C]", "en": "[$-809]"}
"""The language of month names, since ``03/04/2027`` is two dates."""

FONT = "Calibri"
INK = {Tone.GOOD: "0B5D2A", Tone.WARNING: "6B4100", Tone.BAD: "8C1515", Tone.QUIET: "444444", Tone.PLAIN: "000000"}
GROUND = {Tone.GOOD: "D5EEDC", Tone.WARNING: "FFE8BF", Tone.BAD: "F9D2D2", Tone.QUIET: "E8E8E8"}

Converter = Callable[[Value], str]
"""Writes a value as `stream` takes it; "" is an empty cell."""


def harmless(text: str) -> str:
    """A text without what a file cannot hold: control characters as their pictures, Windows line ends as plain ones."""
    return UNPRINTABLE.sub(_picture, text.replace("\r\n", "\n").replace("\r", "\n"))


def is_risky(text: str) -> bool:
    """Whether a program could read the text as something else than a text."""
    return text.lstrip(BLANK)[:1] in RISKY


def lines(text: str, width: int) -> int:
    """The lines a text takes in a column of that width, about: a character is as wide as a digit."""
    return sum(max(1, math.ceil(length(line) / (width - 1))) for line in text.split("\n"))


def heading_lines(text: str, width: int) -> int:
    """The lines a heading takes, word for word: it is bold and beside the button of a filter."""
    return len(textwrap.wrap(text, max(2, width - 3))) or 1


def append(worksheet: Any, cells: Sequence[Any], number: int, tall: int) -> None:
    """Append a row of openpyxl's own (its number from 1) that is ``tall`` lines high; for headings, see `Stream`."""
    heights = worksheet.row_dimensions
    if tall > 1:
        heights[number] = {"ht": str(min(HIGHEST, LINE * tall))}
    worksheet.append(cells)
    if tall > 1:
        del heights[number]


def serial(day: date) -> int:
    """A civil date as Excel counts it."""
    return day.toordinal() - EPOCH


def date_format(language: str) -> str:
    """``5 mars 2027``, ``5 Mar 2027``."""
    return f"{MONTHS[language]}d mmm yyyy"


class Row:
    """Turns the values of one sheet's rows, one row after the other, into cells and hands them to its stream."""

    def __init__(self, worksheet: Any, columns: Sequence[SheetColumn], speaker: Speaker, out: Stream) -> None:
        self._worksheet = worksheet
        self._speaker = speaker
        self._columns = columns
        self._out = out
        self._over: dict[int, list[str]] = {}
        self._tall = 1
        self._converters = [self._converter(number, column) for number, column in enumerate(columns)]

    def written(self, values: Sequence[Value]) -> None:
        """Append one row, and as many more as its longest text needs."""
        self._append(values)
        if not self._over:
            return
        over, self._over = self._over, {}
        for place in range(max(map(len, over.values()))):
            self._append(
                [
                    self._continued(over[number], place) if number in over else _repeated(column, value)
                    for number, (column, value) in enumerate(zip(self._columns, values, strict=True))
                ]
            )

    def _append(self, values: Sequence[Value]) -> None:
        self._tall = 1
        cells = [convert(value) for convert, value in zip(self._converters, values, strict=True)]
        self._out.append(cells, self._tall)

    def _continued(self, pieces: Sequence[str], place: int) -> str | None:
        return self._speaker.say(CONTINUED, text=pieces[place]) if place < len(pieces) else None

    def _converter(self, number: int, column: SheetColumn) -> Converter:
        text = self._text(number, max(column.width, 2))
        match column.kind:
            case "date":
                return _dates(text, self._style(date_format(self._speaker.language)))
            case "instant":
                style = self._style(f"{date_format(self._speaker.language)} hh:mm")
                return _instants(text, style, self._speaker)
            case "number":
                return _numbers(text, self._figure("#,##0"), self._figure("#,##0.00####"))
            case "year":
                left = self._style()
                return _numbers(text, left, left, left)
            case "mark":
                return self._marks(text, max(column.width, 2))
        return text

    def _figure(self, number_format: str) -> int:
        """The number of the style of large figures, which stand to the right as all figures do."""
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment

        cell = WriteOnlyCell(self._worksheet)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.number_format = number_format
        return int(cell.style_id)

    def _text(self, number: int, width: int) -> Converter:
        quoted = self._style(quoted=True)

        def convert(value: Value) -> str:
            if value is None:
                return ""
            if not isinstance(value, str):
                value = words(value, self._speaker)
            if not value:
                return ""
            if value[0] in SUSPECT or not value.isprintable() or len(value) > CELL // 2:
                value = self._fitting(harmless(value), number)
                self._tall = max(self._tall, lines(value, width))
                return stream.text(value, quoted if is_risky(value) else 0)
            if len(value) >= width:
                self._tall = max(self._tall, len(value) // (width - 1) + 1)
            return stream.text(value)

        return convert

    def _marks(self, text: Converter, width: int) -> Converter:
        styles: Mapping[Tone, int] = {tone: self._style(tone=tone) for tone in Tone}

        def convert(value: Value) -> str:
            if not isinstance(value, Mark) or not 0 < len(value.text) < CELL // 2:
                return text(value.text if isinstance(value, Mark) else value)
            if len(value.text) >= width:
                self._tall = max(self._tall, lines(value.text, width))
            return stream.text(harmless(value.text), styles[value.tone])

        return convert

    def _fitting(self, text: str, number: int) -> str:
        """What of a text fits into a cell; the rest is kept for the next row."""
        first, *rest = split(text, CELL) if length(text) > FULL else [text]
        if rest:
            self._over[number] = rest
        return first

    def _style(self, number_format: str = "General", tone: Tone = Tone.PLAIN, *, quoted: bool = False) -> int:
        """The number of that style in the workbook."""
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font, PatternFill

        cell = WriteOnlyCell(self._worksheet)
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
        cell.number_format = number_format
        if quoted:
            cell.quotePrefix = True
        if tone in GROUND:
            cell.fill = PatternFill("solid", fgColor=GROUND[tone])
            cell.font = Font(name=FONT, color=INK[tone])
        return int(cell.style_id)


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    return "␡" if code == 0x7F else chr(0x2400 + code) if code < 0x20 else "�"


def _repeated(column: SheetColumn, value: Value) -> Value:
    return None if column.kind == "number" else value


def _dates(text: Converter, style: int) -> Converter:
    def convert(value: Value) -> str:
        if not isinstance(value, date) or isinstance(value, datetime) or value.year < FIRST_YEAR:
            return text(value)
        return stream.number(serial(value), style)

    return convert


def _instants(text: Converter, style: int, speaker: Speaker) -> Converter:
    def convert(value: Value) -> str:
        if not isinstance(value, datetime) or value.year < FIRST_YEAR:
            return text(value)
        local = value.astimezone(speaker.zone)
        seconds = local.hour * 3600 + local.minute * 60 + local.second
        return stream.number(serial(local) + seconds / SECONDS_A_DAY, style)

    return convert


def _numbers(text: Converter, whole: int, parted: int, small: int = 0) -> Converter:
    """Figures, each in a style: from a thousand on the whole ones and those with decimals, and the small ones."""

    def convert(value: Value) -> str:
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            large = abs(value) >= THOUSAND
            return stream.number(value, (whole if value == int(value) else parted) if large else small)
        return text(str(value) if isinstance(value, float) else value)

    return convert
