"""A report as a Word document: real styles, headings, numbered tables, page numbers. The only place that knows docx.

The document opens in Word and LibreOffice without repair: fields (page, number of pages, number of a table) are written
with the value they have, so that nothing has to be updated to be right. It is in the report's language, also for the
spelling checker. What no XML may hold is left out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from handlers.language import Speaker, message
from handlers.reports import widths
from handlers.reports.cells import marked, words
from handlers.reports.html import UNPRINTABLE
from handlers.reports.report import Cell, Entry, Mark, Paragraph, Report, Section, Table, Tone

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as WordParagraph

PAGE_OF = message("Page {page} of {pages}")
TABLE_NUMBER = message("Table {number}")
TABLE_CAPTION = message("{number} – {caption}")
LABELLED = message("{label}: ")

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Calibri"
LANGUAGES = {"fr": "fr-FR", "en": "en-GB"}
INK = {Tone.GOOD: "0B5D2A", Tone.WARNING: "8A5300", Tone.BAD: "8C1515", Tone.QUIET: "555555"}
"""The colour of a state; its words say the same."""
HEAD, RULE = "0F3D3E", "BFC9C9"
_ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)»’]")


def write(report: Report, speaker: Speaker, header: str = "") -> bytes:
    """The whole report as the bytes of a .docx file; ``header`` stands at the top of each page."""
    import docx  # with the first document, not with the start

    document = docx.Document()
    _set_up(document, report, header, speaker)
    document.add_paragraph(_safe(report.title), style="Title")
    for line in filter(None, report.lead.split("\n")):
        document.add_paragraph(_safe(line), style="Subtitle")
    numbers = iter(range(1, 10_000))
    for section in (*report.glance, *report.details):
        _section(document, section, speaker, numbers)
    for line in report.footer:
        document.add_paragraph(_safe(line), style="Closing")
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _set_up(document: Document, report: Report, header: str, speaker: Speaker) -> None:
    """Page, styles, properties, header and footer."""
    from docx.shared import Cm

    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.3)
    page.top_margin, page.bottom_margin = Cm(2.4), Cm(2.2)
    _style(document, LANGUAGES.get(report.language, "fr-FR"))
    properties = document.core_properties
    properties.title, properties.language = _safe(report.title)[:255], LANGUAGES.get(report.language, "fr-FR")
    properties.author = properties.last_modified_by = "ptf-bot"
    properties.comments = ""
    page.header.paragraphs[0].text = _safe(header)
    page.header.paragraphs[0].style = document.styles["Header"]
    footer = page.footer.paragraphs[0]
    footer.alignment = 2
    told = speaker.say(PAGE_OF, page="\0PAGE\0", pages="\0NUMPAGES\0")
    for place, piece in enumerate(told.split("\0")):
        if place % 2:
            _field(footer, piece, "1")
        else:
            footer.add_run(piece)


def _style(document: Document, language: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    sizes = {"Normal": 10.5, "Title": 20, "Subtitle": 11, "Heading 1": 14, "Heading 2": 12, "Heading 3": 11,
             "Caption": 9.5, "Header": 9, "Footer": 9, "List Bullet": 10.5}  # fmt: skip
    closing = document.styles.add_style("Closing", WD_STYLE_TYPE.PARAGRAPH)
    closing.base_style = document.styles["Normal"]
    facts = document.styles.add_style("Facts", WD_STYLE_TYPE.PARAGRAPH)
    facts.base_style = document.styles["Normal"]
    for name, size in (*sizes.items(), ("Closing", 9.0), ("Facts", 9.5)):
        style: Any = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for part in list(fonts.attrib):
            if "Theme" in part:
                del fonts.attrib[part]
        for part in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{part}"), FONT)
        if name.startswith(("Heading", "Title")):
            style.font.color.rgb = RGBColor.from_string(HEAD)
            style.font.bold = True
            style.paragraph_format.keep_with_next = True
    spaces = {"Normal": (0, 5), "Title": (0, 4), "Heading 1": (16, 5), "Heading 2": (11, 3), "Heading 3": (9, 2),
              "Caption": (8, 3), "Subtitle": (0, 2), "Facts": (0, 3), "Closing": (2, 2)}  # fmt: skip
    for name, (before, after) in spaces.items():
        style = document.styles[name]
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    for name in ("Facts", "Closing", "Caption", "Subtitle"):
        quiet: Any = document.styles[name]
        quiet.font.color.rgb = RGBColor.from_string("4A5656")
        quiet.font.italic = False
    subtitle: Any = document.styles["Subtitle"].element.get_or_add_rPr()
    for wide in subtitle.findall(qn("w:spacing")):
        subtitle.remove(wide)
    normal: Any = document.styles["Normal"]
    marks = normal.element.get_or_add_rPr()
    marks.append(_element("w:lang", val=language, eastAsia=language, bidi="ar-SA"))


def _section(document: Document, section: Section, speaker: Speaker, numbers: Iterable[int]) -> None:
    if section.title.strip():
        document.add_heading(_safe(section.title), 1)
    for paragraph in section.paragraphs:
        _paragraph(document, paragraph, speaker)
    if section.table is not None:
        _table(document, section.table, speaker, next(iter(numbers)))
    for entry in section.entries:
        _entry(document, entry, speaker)


def _entry(document: Document, entry: Entry, speaker: Speaker) -> None:
    heading = document.add_heading(level=2)
    heading.add_run(_safe(entry.title))
    if entry.mark is not None:
        heading.add_run("  ")
        _marked(heading, entry.mark)
    if entry.facts:
        document.add_paragraph(_safe(" · ".join(entry.facts)), style="Facts")
    for paragraph in entry.paragraphs:
        _paragraph(document, paragraph, speaker)


def _paragraph(document: Document, paragraph: Paragraph, speaker: Speaker) -> None:
    """A text, its label in bold before its first line; each line of it is a paragraph, addresses can be followed."""
    lines = [line for line in _safe(paragraph.text).split("\n") if line.strip()]
    for place, line in enumerate(lines):
        told = document.add_paragraph()
        if place == 0 and paragraph.label:
            told.add_run(_safe(speaker.say(LABELLED, label=paragraph.label))).bold = True
        _linked(told, line)


def _linked(told: WordParagraph, line: str) -> None:
    at = 0
    for found in _ADDRESS.finditer(line):
        told.add_run(line[at : found.start()])
        _link(told, found[0])
        at = found.end()
    told.add_run(line[at:])


def _table(document: Document, table: Table, speaker: Speaker, number: int) -> None:
    """A table with a caption above it; its headings come again on each page."""
    if table.caption:
        caption = document.add_paragraph(style="Caption")
        label, after = _around(speaker.say(TABLE_NUMBER, number="\0"))
        caption.add_run(label)
        _field(caption, "SEQ Table \\* ARABIC", str(number))
        told = speaker.say(TABLE_CAPTION, number="\0", caption=_safe(table.caption))
        caption.add_run(after + told.partition("\0")[2])
        caption.paragraph_format.keep_with_next = True
    grid = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    _borders(grid)
    for cell, column in zip(grid.rows[0].cells, table.columns, strict=True):
        _cell(cell, _safe(column.title), figures=column.figures, is_head=True)
    grid.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))
    for values in table.rows:
        row = grid.add_row()
        row._tr.get_or_add_trPr().append(_element("w:cantSplit", val="true"))
        for cell, value, column in zip(row.cells, values, table.columns, strict=True):
            _cell(cell, value, speaker, figures=column.figures)
    _set_widths(grid, widths.of([_column(table, place, speaker) for place in range(len(table.columns))]))
    document.add_paragraph(style="Facts")


def _column(table: Table, place: int, speaker: Speaker) -> list[str]:
    """What stands in one column, its heading first."""
    return [table.columns[place].title, *(_told(row[place], speaker) for row in table.rows)]


def _told(value: Cell, speaker: Speaker) -> str:
    return (
        marked(value) if isinstance(value, Mark) else _safe(value if isinstance(value, str) else words(value, speaker))
    )


def _set_widths(grid: Any, found: list[float]) -> None:
    from docx.shared import Cm

    grid.autofit = False
    for column, width in zip(grid.columns, found, strict=True):
        column.width = Cm(width)
    for row in grid.rows:
        for cell, width in zip(row.cells, found, strict=True):
            cell.width = Cm(width)


def _cell(cell: Any, value: Cell, speaker: Speaker | None = None, *, figures: bool, is_head: bool = False) -> None:
    from docx.shared import Pt, RGBColor

    told = cell.paragraphs[0]
    told.paragraph_format.space_after = Pt(1)
    told.paragraph_format.space_before = Pt(1)
    told.alignment = 2 if figures else None
    if isinstance(value, Mark):
        _marked(told, value)
    else:
        lines = _safe(value if isinstance(value, str) else words(value, speaker) if speaker else "").split("\n")
        for place, line in enumerate(lines):
            run = told.add_run(line)
            if place < len(lines) - 1:
                run.add_break()
    for run in told.runs:
        run.font.size = Pt(9)
        if is_head:
            run.bold, run.font.color.rgb = True, RGBColor(0xFF, 0xFF, 0xFF)
    if is_head:
        cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=HEAD))


def _marked(told: WordParagraph, mark: Mark) -> None:
    from docx.shared import RGBColor

    run = told.add_run(_safe(marked(mark)))
    if mark.tone in INK:
        run.font.color.rgb = RGBColor.from_string(INK[mark.tone])


def _borders(grid: Any) -> None:
    """Thin, quiet lines instead of black ones."""
    borders = _element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_element(f"w:{side}", val="single", sz="4", space="0", color=RULE))
    grid._tbl.tblPr.append(borders)


def _field(told: WordParagraph, instruction: str, value: str) -> None:
    """A field with the value it has now."""
    from docx.oxml.ns import qn

    field = _element("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run, text = _element("w:r"), _element("w:t")
    text.text = value
    run.append(text)
    field.append(run)
    told._p.append(field)


def _link(told: WordParagraph, address: str) -> None:
    """An address that can be followed."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    run = told.add_run(address)
    run.font.color.rgb, run.font.underline = RGBColor(0x0B, 0x57, 0xA4), True
    link = _element("w:hyperlink")
    link.set(qn("r:id"), told.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(run._r)
    told._p.append(link)


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _around(told: str) -> tuple[str, str]:
    """What stands before and after the place of a number."""
    before, _, after = told.partition("\0")
    return before, after


def _safe(text: str) -> str:
    return UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
