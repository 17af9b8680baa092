"""A workbook as an Excel file, streamed: rows are written as they come and none is kept.

Every sheet has a frozen, filterable heading row that is repeated on paper (A4, landscape, as wide as the page). The
first sheet tells what the workbook is: its title, when it was made, the time zone, and each sheet with its number of
rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC
from pathlib import Path
from typing import Any

from handlers.language import Speaker, message
from handlers.reports.cells import words
from handlers.reports.report import Tone
from handlers.reports.sheets.rows import FONT, Row, append, harmless, heading_lines, is_risky, lines
from handlers.reports.sheets.stream import Stream, text
from handlers.reports.sheets.workbook import Chart, Sheet, SheetColumn, Value, Workbook
from handlers.reports.splitting import length, split

ABOUT = message("About")
MADE_AT = message("Prepared")
ZONE = message("Time zone")
ZONE_TOLD = message("All times are those of {city} ({zone}).")
SHEETS = message("Sheet")
ROWS = message("Rows")
HOLDS = message("What it holds")
ZONED = message("{title} ({zone})")

TITLE = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
RESERVED = {"history", "historique"}
"""Names Excel keeps for itself."""
A4 = 9
STEP = 1_000
"""Progress is told every so many rows."""
INK = "1D3557"
PALE = "FFFFFF"
COLOURS = {
    Tone.GOOD: "2E8B57",
    Tone.WARNING: "F2A93B",
    Tone.BAD: "B3261E",
    Tone.QUIET: "BDBDBD",
    Tone.PLAIN: "4A6FA5",
}
ABOUT_WIDTHS = (28, 90, 12)
CHART_SIZE = (24, 11)
"""Width and height in centimetres."""


def write(workbook: Workbook, path: Path, progress: Callable[[int], None] | None = None) -> None:
    """Write the file; ``progress`` is told the rows written so far, every thousand and at the end.

    Raises what a sheet's rows raise; the file is then not written.
    """
    import openpyxl

    speaker = Speaker(workbook.language, workbook.zone)
    file = openpyxl.Workbook(write_only=True)
    _wrap_by_default(file)
    _describe(file, workbook)
    titles = sheet_titles([speaker.say(ABOUT), *(sheet.title for sheet in workbook.sheets)])
    about = file.create_sheet(titles[0])
    counts: list[int] = []
    for sheet, title in zip(workbook.sheets, titles[1:], strict=True):
        before = sum(counts)
        told = (lambda rows, before=before: progress(before + rows)) if progress else None
        counts.append(_sheet(file.create_sheet(title), sheet, speaker, told))
    _about(about, workbook, list(zip(titles[1:], counts, strict=True)), speaker)
    file.save(path)
    if progress:
        progress(sum(counts))


def sheet_titles(titles: Sequence[str]) -> list[str]:
    """The titles as Excel takes them: 1 to 31 units, without ``[]:*?/\\``, each one different, none reserved."""
    given: list[str] = []
    for title in titles:
        wanted = " ".join(FORBIDDEN.sub(" ", harmless(title)).split()).strip("'") or "–"
        taken = RESERVED | {each.casefold() for each in given}
        candidates = (f"{_cut(wanted, TITLE - len(end))}{end}" for end in ["", *(f" ({n})" for n in range(2, 999))])
        given.append(next(each for each in candidates if each.casefold() not in taken))
    return given


def _cut(title: str, limit: int) -> str:
    return title if length(title) <= limit else split(title, limit)[0].rstrip()


def _wrap_by_default(file: Any) -> None:
    """Let every cell without a style of its own wrap and start at the top.

    A style of its own for each cell would make the file half as slow again to write. Excel takes the first of the table
    of cell styles for such cells, for which openpyxl has no public name; LibreOffice takes the column's (`_set_up`).
    """
    file._cell_styles[0].alignmentId = file._alignments.add(_wrapped())


def _wrapped() -> Any:
    from openpyxl.styles import Alignment

    return Alignment(wrap_text=True, vertical="top")


def _describe(file: Any, workbook: Workbook) -> None:
    file.properties.title = harmless(workbook.title)
    file.properties.language = workbook.language
    file.properties.created = workbook.made_at.astimezone(UTC).replace(tzinfo=None)
    for name in ("creator", "subject", "keywords", "description", "category"):
        if name in workbook.properties:
            setattr(file.properties, name, harmless(workbook.properties[name]))


def _sheet(worksheet: Any, sheet: Sheet, speaker: Speaker, progress: Callable[[int], None] | None) -> int:
    """Write one sheet and return its number of rows, continued ones counted once."""
    from openpyxl.utils import get_column_letter

    _set_up(worksheet, _widths(sheet.columns), sheet.title)
    worksheet.freeze_panes = "A2"
    worksheet.print_options.gridLines = sheet.chart is None
    worksheet.print_title_rows = "1:1"
    with Stream() as stream:
        _headings(worksheet, sheet.columns, speaker, stream)
        count = _rows(Row(worksheet, sheet.columns, speaker, stream), sheet.rows, progress)
        last = get_column_letter(max(1, len(sheet.columns)))
        worksheet.auto_filter.ref = f"A1:{last}{stream.rows}"
        if sheet.chart and count:
            _draw(worksheet, sheet.chart, stream.rows, len(sheet.columns))
        stream.close_into(worksheet)
    return count


def _rows(row: Row, rows: Iterable[Sequence[Value]], progress: Callable[[int], None] | None) -> int:
    count = 0
    for values in rows:
        row.written(values)
        count += 1
        if progress and count % STEP == 0:
            progress(count)
    return count


def _headings(worksheet: Any, columns: Sequence[SheetColumn], speaker: Speaker, stream: Stream) -> None:
    titles = [_title(column, speaker) for column in columns]
    cells = [_heading(worksheet, titles[n], right=column.kind == "number") for n, column in enumerate(columns)]
    tall = max([1, *(heading_lines(titles[n], width) for n, width in enumerate(_widths(columns)))])
    stream.append([text(str(cell.value), cell.style_id) for cell in cells], tall)


def _widths(columns: Sequence[SheetColumn]) -> list[int]:
    """As wide as each is wished, and as the longest word of its heading needs."""
    return [max(column.width, max(map(len, column.title.split() or [""])) + 3) for column in columns]


def _title(column: SheetColumn, speaker: Speaker) -> str:
    if column.kind != "instant":
        return column.title
    return speaker.say(ZONED, title=column.title, zone=speaker.zone_name())


def _set_up(worksheet: Any, widths: Iterable[int], title: str) -> None:
    """Column widths and paper."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    for number, width in enumerate(widths, 1):
        column = worksheet.column_dimensions[get_column_letter(number)]
        column.width, column.alignment = width, _wrapped()
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = A4
    worksheet.page_setup.fitToWidth = 1
    worksheet.page_setup.fitToHeight = 0
    worksheet.HeaderFooter.oddFooter.left.text = harmless(title).replace("&", "&&")
    worksheet.HeaderFooter.oddFooter.right.text = "&P / &N"


def _heading(worksheet: Any, text: str, *, right: bool = False) -> Any:
    from openpyxl.styles import Alignment, Font, PatternFill

    cell = _plain_cell(worksheet, text)
    cell.font = Font(name=FONT, bold=True, color=PALE)
    cell.fill = PatternFill("solid", fgColor=INK)
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="right" if right else "left")
    return cell


def _plain_cell(worksheet: Any, text: str, *, size: int = 11, bold: bool = False) -> Any:
    """A cell with a text that stays one, for headings and the first sheet."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    cell = WriteOnlyCell(worksheet, harmless(text))
    cell.data_type = "s"
    cell.quotePrefix = is_risky(text)
    cell.font = Font(name=FONT, bold=bold, size=size)
    cell.alignment = Alignment(wrap_text=size == 11, vertical="top")
    return cell


def _about(worksheet: Any, workbook: Workbook, written: Sequence[tuple[str, int]], speaker: Speaker) -> None:
    """The first sheet, written last: it tells how many rows the others have."""
    _set_up(worksheet, ABOUT_WIDTHS, workbook.title)
    worksheet.sheet_view.showGridLines = False
    zone = speaker.say(ZONE_TOLD, city=speaker.zone_name(), zone=workbook.zone.key)
    facts: list[tuple[str, Value]] = [(speaker.say(MADE_AT), workbook.made_at), (speaker.say(ZONE), zone)]
    append(worksheet, [_plain_cell(worksheet, workbook.title, size=16, bold=True)], 1, 2)
    worksheet.append([])
    for number, (label, value) in enumerate([*facts, *workbook.about], 3):
        _line(worksheet, _plain_cell(worksheet, label, bold=True), words(value, speaker), None, number)
    first = len(facts) + len(workbook.about) + 5
    worksheet.append([])
    worksheet.append([_heading(worksheet, speaker.say(each), right=each is ROWS) for each in (SHEETS, HOLDS, ROWS)])
    for number, (sheet, (title, count)) in enumerate(zip(workbook.sheets, written, strict=True), first):
        _line(worksheet, _link(worksheet, title), sheet.note, count, number)


def _line(worksheet: Any, label: Any, text: str, count: int | None, number: int) -> None:
    """A line of the first sheet, as high as its text needs."""
    append(worksheet, [label, _plain_cell(worksheet, text), count], number, lines(text, ABOUT_WIDTHS[1]))


def _link(worksheet: Any, title: str) -> Any:
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell = _plain_cell(worksheet, title)
    quoted = title.replace("'", "''")
    cell.hyperlink = Hyperlink(ref="A1", location=f"'{quoted}'!A1", display=title)
    cell.font = Font(name=FONT, color="1155CC", underline="single")
    return cell


def _draw(worksheet: Any, chart: Chart, last: int, columns: int) -> None:
    """The stacked columns, to the right of the cells they are drawn from."""
    from openpyxl.chart import BarChart, Reference
    from openpyxl.utils import get_column_letter

    drawn = BarChart()
    drawn.type, drawn.grouping, drawn.overlap, drawn.gapWidth = "col", "stacked", 100, 50
    drawn.title, drawn.y_axis.title = chart.title, chart.upright or None
    drawn.width, drawn.height = CHART_SIZE
    drawn.legend.position = "b"
    drawn.x_axis.delete = drawn.y_axis.delete = False
    drawn.y_axis.number_format, drawn.y_axis.majorUnit = "0", None
    for series in chart.series:
        cells = Reference(worksheet, min_col=series.column + 1, min_row=1, max_row=last)
        drawn.add_data(cells, titles_from_data=True)
        drawn.series[-1].graphicalProperties.solidFill = COLOURS[series.tone]
    drawn.set_categories(Reference(worksheet, min_col=chart.category + 1, min_row=2, max_row=last))
    worksheet.add_chart(drawn, f"{get_column_letter(columns + 2)}2")
