"""A workbook reads the same in programs we did not write, runs nothing a person wrote, and loses nothing."""

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from handlers.reports import sheets
from handlers.reports.report import Mark, Tone
from handlers.reports.sheets.rows import harmless
from handlers.reports.sheets.writing import sheet_titles
from handlers.reports.splitting import length

MADE_AT = datetime(2027, 3, 5, 16, 0, tzinfo=UTC)
COLUMNS = (
    sheets.SheetColumn("Code", "code", 14),
    sheets.SheetColumn("Texte", "text", 60),
    sheets.SheetColumn("État", "mark", 18),
    sheets.SheetColumn("Échéance", "date", 16),
    sheets.SheetColumn("Reçu", "instant", 22),
    sheets.SheetColumn("Nombre", "number", 10),
)
ROW = ("GEC-2027-014", "Une revue", Mark("à risque", Tone.WARNING), date(2027, 6, 30), MADE_AT, 3)
FORMULAS = (
    '=HYPERLINK("https://evil.example";"cliquez")',
    "+33 6 12 34 56 78",
    "-5 % au budget",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "＋1",
    "−1",
    "＠x",
    " =1+1",
    "\u200b=1+1",
    "#N/A",
    "#REF!",
    "=",
    "==",
)


def book(rows: Sequence[Sequence[sheets.Value]], language: str = "fr", zone: str = "Africa/Bamako") -> sheets.Workbook:
    """A workbook of one register."""
    register = sheets.Sheet("Points", COLUMNS, rows, "Ce que les groupes ont dit.")
    return sheets.Workbook("Mémoire des PTF", language, [register], ZoneInfo(zone), MADE_AT, {"creator": "Pool"})


def read_back(workbook: sheets.Workbook, folder: Path) -> tuple[list[list[object]], list[list[object]]]:
    """The rows of its first register under the headings, as openpyxl and as calamine read them."""
    path = folder / "book.xlsx"
    sheets.write(workbook, path)
    theirs = openpyxl.load_workbook(path).worksheets[1]
    ours: list[list[object]] = [list(row) for row in theirs.iter_rows(min_row=2, values_only=True)]
    calamine = CalamineWorkbook.from_path(path).get_sheet_by_index(1).to_python(skip_empty_area=False)
    return ours, [list(row) for row in calamine[1:]]


def test_every_kind_of_value_is_read_back_as_what_it_is(tmp_path: Path) -> None:
    for rows in read_back(book([ROW]), tmp_path):
        code, text, mark, day, received, number = rows[0]
        assert (code, text, mark, number) == ("GEC-2027-014", "Une revue", "à risque", 3)
        assert str(day)[:10] == "2027-06-30"
        assert received == datetime(2027, 3, 5, 16, 0)  # noqa: DTZ001 (a workbook has no zones)


def test_an_instant_is_told_in_the_workbook_s_zone_which_is_named(tmp_path: Path) -> None:
    ours, _ = read_back(book([ROW], "en", "America/Toronto"), tmp_path)
    assert ours[0][4] == datetime(2027, 3, 5, 11, 0)  # noqa: DTZ001
    file = openpyxl.load_workbook(tmp_path / "book.xlsx")
    assert file.worksheets[1]["E1"].value == "Reçu (Toronto)"
    assert file.worksheets[0]["B4"].value == "All times are those of Toronto (America/Toronto)."


def test_nothing_known_is_an_empty_cell_and_zero_is_zero(tmp_path: Path) -> None:
    ours, _ = read_back(book([("A", None, None, None, None, 0), ("B", "", None, None, None, None)]), tmp_path)
    assert ours == [["A", None, None, None, None, 0], ["B", None, None, None, None, None]]


def test_large_figures_have_separators_years_have_none_and_headings_break_between_words(tmp_path: Path) -> None:
    columns = [sheets.SheetColumn("Montant", "number"), sheets.SheetColumn("Année de décaissement", "year", 8)]
    rows: list[list[sheets.Value]] = [[9_000_000_000.0, 2027], [655.957, None], [1234.5, 2026]]
    workbook = sheets.Workbook("T", "fr", [sheets.Sheet("S", columns, rows)], ZoneInfo("UTC"), MADE_AT)
    sheets.write(workbook, tmp_path / "book.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "book.xlsx").worksheets[1]
    formats = [cell.number_format for (cell,) in sheet["A2:A4"]]
    assert formats == ["#,##0", "General", "#,##0.00####"]
    assert [(cell.value, cell.number_format) for (cell,) in sheet["B2:B2"]] == [(2027, "General")]
    assert sheet.column_dimensions["B"].width == len("décaissement") + 3


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_of_a_person_is_a_formula_and_it_reads_as_written(text: str, tmp_path: Path) -> None:
    rows = [(text, text, Mark(text), date(2027, 3, 5), MADE_AT, text)]
    for read in read_back(book(rows), tmp_path):
        assert [read[0][place] for place in (0, 1, 2, 5)] == [harmless(text)] * 4
    with zipfile.ZipFile(tmp_path / "book.xlsx") as file:
        sheet = file.read("xl/worksheets/sheet2.xml").decode()
    assert "<f>" not in sheet
    assert 't="e"' not in sheet
    cell = openpyxl.load_workbook(tmp_path / "book.xlsx").worksheets[1]["B2"]
    assert (cell.data_type, bool(cell.quotePrefix)) == ("s", True)


def test_a_risky_heading_title_or_note_is_a_text_too(tmp_path: Path) -> None:
    register = sheets.Sheet("=1", [sheets.SheetColumn("=1+1")], [["x"]], "=2+2")
    workbook = sheets.Workbook("=3+3", "fr", [register], ZoneInfo("UTC"), MADE_AT, about=[("=4", "=5+5")])
    sheets.write(workbook, tmp_path / "book.xlsx")
    with zipfile.ZipFile(tmp_path / "book.xlsx") as file:
        names = [name for name in file.namelist() if "worksheets/sheet" in name and name.endswith(".xml")]
        assert not any(b"<f>" in file.read(name) for name in names)


def test_control_characters_are_shown_not_written(tmp_path: Path) -> None:
    for read in read_back(book([("a\x00b\x1b", "x\ud800\ufffey\r\nz\x7f", None, None, None, None)]), tmp_path):
        assert read[0][:2] == ["a␀b␛", "x��y\nz␡"]


def test_a_text_longer_than_a_cell_goes_on_in_the_next_rows(tmp_path: Path) -> None:
    text = " ".join(f"mot{number}" for number in range(9_000))
    ours, _ = read_back(book([("A", text, *ROW[2:]), ("B", "fin", *ROW[2:])]), tmp_path)
    assert [row[0] for row in ours] == ["A", "A", "A", "B"]
    assert [row[5] for row in ours] == [3, None, None, 3]
    texts = [str(row[1]) for row in ours[:3]]
    assert all(length(each) <= 32_767 for each in texts)
    assert "".join(each.removeprefix("(suite) ") for each in texts) == text
    assert openpyxl.load_workbook(tmp_path / "book.xlsx").worksheets[0]["C7"].value == 2


values = st.one_of(st.none(), st.text(max_size=40), st.sampled_from(FORMULAS), st.integers(-99, 99), st.floats())
instants = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001
anything = st.one_of(values, st.dates(), instants, st.builds(Mark, st.text(max_size=9), st.sampled_from(Tone)))


@given(st.lists(st.tuples(*[anything] * len(COLUMNS)), max_size=4))
def test_whatever_stands_in_a_row_the_file_is_sound_and_texts_are_whole(
    rows: list[tuple[sheets.Value, ...]],
) -> None:
    with TemporaryDirectory() as folder:
        ours, calamine = read_back(book(rows), Path(folder))
        check_xml(Path(folder) / "book.xlsx")
    for row, mine, theirs in zip(rows, ours, calamine, strict=False):
        for value, one, other in zip(row, mine, theirs, strict=True):
            if isinstance(value, str) and value:
                assert one == harmless(value)
                assert str(other).strip() == harmless(value).strip()


def check_xml(path: Path) -> None:
    """Every part of the file is well-formed."""
    with zipfile.ZipFile(path) as file:
        for name in file.namelist():
            ElementTree.fromstring(file.read(name))


def test_headings_are_frozen_filtered_and_repeated_and_cells_wrap(tmp_path: Path) -> None:
    read_back(book([ROW, ROW]), tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "book.xlsx").worksheets[1]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F3"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.column_dimensions["B"].width == 60
    assert all(cell.alignment.wrap_text and cell.alignment.vertical == "top" for cell in sheet[2])
    assert sheet["C2"].fill.fgColor.rgb == "00FFE8BF"
    assert "mmm" in sheet["D2"].number_format


def test_rows_are_as_high_as_their_words_need(tmp_path: Path) -> None:
    long = sheets.SheetColumn("Une étiquette bien plus longue que sa colonne", "mark", 12)
    rows: list[list[sheets.Value]] = [
        ["court"],
        [Mark("remplacée par GEC-2027-014", Tone.QUIET)],
        ["a\nb\nc\nd"],
        ["mot " * 3000],
    ]
    note = "Ce que les groupes ont dit. " * 8
    workbook = sheets.Workbook("T", "fr", [sheets.Sheet("S", [long], rows, note)], ZoneInfo("UTC"), MADE_AT)
    sheets.write(workbook, tmp_path / "book.xlsx")
    about, sheet = openpyxl.load_workbook(tmp_path / "book.xlsx").worksheets
    assert [sheet.row_dimensions[row].height for row in range(1, 6)] == [90, None, 45, 60, 409]
    assert about["B7"].value == note
    assert about.row_dimensions[7].height == 45


def test_the_document_says_what_it_is(tmp_path: Path) -> None:
    read_back(book([ROW]), tmp_path)
    file = openpyxl.load_workbook(tmp_path / "book.xlsx")
    assert (file.properties.title, file.properties.creator) == ("Mémoire des PTF", "Pool")
    assert file.properties.language == "fr"
    assert file.properties.created == datetime(2027, 3, 5, 16, 0)  # noqa: DTZ001
    assert file.sheetnames == ["À propos", "Points"]
    about = [[cell for cell in row if cell is not None] for row in file.worksheets[0].iter_rows(values_only=True)]
    assert about[2] == ["Préparé le", "vendredi 5 mars 2027 à 16:00 (Bamako)"]
    assert about[-1] == ["Points", "Ce que les groupes ont dit.", 1]


def test_a_chart_is_drawn_from_the_sheet_s_own_cells(tmp_path: Path) -> None:
    columns = [sheets.SheetColumn("Semaine"), *(sheets.SheetColumn(each, "number") for each in ("Bien", "À risque"))]
    series = [sheets.Series(1, Tone.GOOD), sheets.Series(2, Tone.WARNING)]
    chart = sheets.Chart("États par semaine", 0, series, "Groupes")
    weeks = sheets.Sheet("Semaines", columns, [[f"2027-W{n:02}", n, 12 - n] for n in range(1, 10)], chart=chart)
    workbook = sheets.Workbook("T", "fr", [weeks], ZoneInfo("UTC"), MADE_AT)
    sheets.write(workbook, tmp_path / "book.xlsx")
    with zipfile.ZipFile(tmp_path / "book.xlsx") as file:
        drawn = file.read("xl/charts/chart1.xml").decode()
    assert 'grouping val="stacked"' in drawn
    assert "'Semaines'!$A$2:$A$10" in drawn
    assert re.findall(r"'Semaines'!\$([BC])\$2:\$\1\$10", drawn) == ["B", "C"]


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        (["Points", "points"], ["Points", "points (2)"]),
        (["[a]:b*c?d/e\\f"], ["a b c d e f"]),
        (["x" * 40, "x" * 40], ["x" * 31, "x" * 27 + " (2)"]),
        (["History", "Historique"], ["History (2)", "Historique (2)"]),
        (["", "'"], ["–", "– (2)"]),
    ],
)
def test_titles_of_sheets_are_what_excel_takes(wanted: list[str], given: list[str]) -> None:
    assert sheet_titles(wanted) == given


def test_progress_is_told_over_all_sheets(tmp_path: Path) -> None:
    told: list[int] = []
    registers = [
        sheets.Sheet(f"S{n}", [sheets.SheetColumn("A")], ([str(row)] for row in range(1500))) for n in range(2)
    ]
    sheets.write(sheets.Workbook("T", "fr", registers, ZoneInfo("UTC"), MADE_AT), tmp_path / "book.xlsx", told.append)
    assert told == [1000, 2500, 3000]


def test_openpyxl_is_not_loaded_until_a_workbook_is_written() -> None:
    code = "import sys, handlers.reports.sheets; sys.exit('openpyxl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_without_complaint_and_reads_the_same(tmp_path: Path) -> None:
    rows = [(f"C{number}", text, *ROW[2:]) for number, text in enumerate(FORMULAS)]
    sheets.write(book(rows), tmp_path / "book.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,2"
    run = subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", csv, "--outdir", str(tmp_path), str(tmp_path / "book.xlsx")],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "Error" not in run.stdout + run.stderr
    (table,) = tmp_path.glob("*.csv")
    told = table.read_text("utf-8")
    for text in FORMULAS:
        assert harmless(text).strip("\n").replace('"', '""') in told
    assert "30 juin" in told
