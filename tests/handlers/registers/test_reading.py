"""Files as programs write them: separators, encodings, merged cells, typed dates, bombs; any bytes are answered."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers import registers
from handlers.errors import Refusal
from handlers.language import Speaker
from handlers.registers import headings
from handlers.registers.moments import moment
from handlers.registers.reading import MEGABYTES
from handlers.registers.rows import Sheet
from tests.handlers.registers.conftest import Operator, verdicts

TABLE = "code;name_fr;kind;rhythm\nEDU;Éducation, formation;GT;mensuel\n"


def read(folder: Path, content: bytes, name: str = "file.csv") -> tuple[Sheet, ...]:
    """The sheets of a file with that content."""
    path = folder / name
    path.write_bytes(content)
    return registers.read(path)


def refused(folder: Path, content: bytes) -> str:
    """Why a file with that content is not read."""
    with pytest.raises(Refusal) as error:
        read(folder, content)
    return error.value.said(Speaker("en", ZoneInfo("Africa/Bamako")))


def workbook(*rows: tuple[Any, ...], merged: str = "") -> bytes:
    """A workbook of one sheet with those rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_csv_is_read_however_it_was_saved(tmp_path: Path, encoding: str, separator: str) -> None:
    text = TABLE.replace("Éducation, formation", '"Éducation, formation"').replace(";", separator)
    (sheet,) = read(tmp_path, text.encode(encoding))
    assert [row.cells for row in sheet.rows] == [
        ("code", "name_fr", "kind", "rhythm"),
        ("EDU", "Éducation, formation", "GT", "mensuel"),
    ]


def test_rows_keep_their_numbers_past_titles_and_empty_lines(tmp_path: Path) -> None:
    (sheet,) = read(tmp_path, f"sep=;\nRegistre des groupes;;\n\n;;;\n{TABLE}".encode())
    assert [row.number for row in sheet.rows] == [1, 2, 5, 6]
    layout = headings.layout(sheet.rows)
    assert layout is not None
    assert (layout.register, layout.at) == ("groups", 2)


def test_a_workbook_keeps_dates_and_carries_merged_cells_down(tmp_path: Path) -> None:
    content = workbook(
        ("Mises à jour",),
        (),
        ("Groupe", "Date", "Texte"),
        ("EDU", datetime(2027, 3, 5, 9), "Un"),  # noqa: DTZ001 - Excel knows no zones
        (None, date(2027, 3, 6), 2008.0),
        (None, None, None),
        ("SAN", "mars 2027", None),
        merged="A4:A6",
    )
    (sheet,) = read(tmp_path, content, "file.xlsx")
    assert [(row.number, row.cells[:3]) for row in sheet.rows[1:]] == [
        (3, ("Groupe", "Date", "Texte")),
        (4, ("EDU", date(2027, 3, 5), "Un")),
        (5, ("EDU", date(2027, 3, 6), "2008")),
        (7, ("SAN", "mars 2027")),
    ]


def test_a_text_that_begins_like_a_formula_comes_in_as_written(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("Groupe", "Date", "Texte"))
    sheet.append(("EDU", "2027", "x"))
    sheet["C2"].value = "=HYPERLINK(1)"
    sheet["C2"].data_type = "s"
    file = io.BytesIO()
    book.save(file)
    assert read(tmp_path, file.getvalue())[0].rows[1].cells[2] == "=HYPERLINK(1)"


@pytest.mark.parametrize(
    ("part", "content", "told"),
    [
        ("xl/vbaProject.bin", b"x", "has macros"),
        ("xl/externalLinks/externalLink1.xml", b"x", "takes values from other files"),
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet", "is an OpenDocument file"),
    ],
)
def test_macros_links_and_other_formats_are_refused_in_a_sentence(
    tmp_path: Path, part: str, content: bytes, told: str
) -> None:
    file = io.BytesIO(workbook(("code", "name_fr"), ("EDU", "Éducation")))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(part, content)
    assert told in refused(tmp_path, file.getvalue())


def test_formulas_are_read_as_what_they_came_to_and_refused_when_nobody_computed_them(tmp_path: Path) -> None:
    content = workbook(("Groupe", "Texte"), ("EDU", "=1+1"))
    assert "has formulas without their results" in refused(tmp_path, content)
    computed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(computed, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb"<f>1\+1</f>(<v ?/>|<v></v>)", b"<f>1+1</f><v>2</v>", old.read(name)))
    assert read(tmp_path, computed.getvalue())[0].rows[1].cells == ("EDU", "2")


def test_dates_as_old_spreadsheets_write_them_are_right_or_none() -> None:
    written = {
        "2008-03-12": ("12/03/08", "12 mars 08", "12.03.2008", "39519", "12/03/2008 10:30", "12-mars-08"),
        "2008-03": ("mars-08", "mars 2008", "03/2008"),
        "1998-06-30": ("30/6/98",),
        "2008-Q3": ("T3-08", "Q3 2008"),
        "2008-H2": ("2008 (S2, après Accra)",),
        "2008": ("début 2008", "2008 (environ)"),
        "": ("08-03-12", "juin/juillet 2008", "avant 2008", "12 mars", "vendredi", "31/02/08", "n/a", "?"),
    }
    read_as = {text: moment(text, date(2027, 3, 5)) for texts in written.values() for text in texts}
    expected = {text: key for key, texts in written.items() for text in texts}
    assert {text: found.period.key if found else "" for text, found in read_as.items()} == expected


def test_openpyxl_parses_through_defusedxml(tmp_path: Path) -> None:
    assert openpyxl.DEFUSEDXML
    content = workbook(("code", "name_fr", "kind"), ("EDU", "Éducation", "GT"))
    evil = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(evil, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = b'<!DOCTYPE a [<!ENTITY b "bomb">]>' + part
            new.writestr(name, part)
    assert "cannot be read" in refused(tmp_path, evil.getvalue())


def test_a_zip_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as part:
        for _ in range(201):
            part.write(bytes(1_000_000))
    assert len(file.getvalue()) < 1_000_000
    assert "unpacks to more than 200 MB" in refused(tmp_path, file.getvalue())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 nothing", "This Excel file cannot be read"),
        (b"\xd0\xcf\x11\xe0 old", "This is an Excel file of the old kind"),
        (b"a;b\n\x81\x8d", "This is neither an Excel workbook"),
        (b'a;"' + b"x" * 140_000, "This CSV file cannot be divided"),
        (b"a\n" * 200_001, "There are too many rows"),
        (b" " * (MEGABYTES * 1_000_000 + 1), "The file is too large"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    assert refused(tmp_path, content).startswith(reason)


def test_a_file_that_is_not_there_is_told(operator: Operator, tmp_path: Path) -> None:
    outcome = operator.brings_file(tmp_path / "nowhere.csv")
    assert outcome.refusal == "nowhere.csv cannot be opened: No such file or directory."
    assert outcome.refused


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary() | st.text().map(str.encode) | st.binary().map(lambda tail: b"PK\x03\x04" + tail))
def test_any_bytes_are_answered(operator: Operator, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    outcome = operator.brings_file(path, dry_run=True)
    assert outcome.refusal or all(sheet.refusal or sheet.lines == () for sheet in outcome.sheets)
    assert registers.told(outcome, operator.ctx.speaker)


CELL = st.text(max_size=12) | st.sampled_from(("EDU", "2014", "GT", "2027-W09", "Canada", "x;y", "0001", "9999-12-31"))
HEADS = (
    ("code", "name_fr", "kind", "lead_agency", "date", "parent"),
    ("code", "name_fr", "level", "rules", "periodicity", "note"),
    ("code", "name_fr", "kind", "country", "name_en", "note"),
    ("name", "slack", "title", "language", "institution", "note"),
    ("office", "institution", "group", "starts", "ends", "holder"),
    ("date", "body", "text", "responsible", "deadline", "status"),
    ("group", "date", "text", "author", "status", "language"),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(HEADS), st.lists(st.tuples(*[CELL] * 6), max_size=5))
def test_any_cells_in_any_register_are_answered_row_by_row(
    operator: Operator, tmp_path: Path, head: tuple[str, ...], rows: list[tuple[str, ...]]
) -> None:
    path = tmp_path / "any.csv"
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in (head, *rows)]
    path.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
    outcome = operator.brings_file(path, dry_run=True)
    assert all(line.remarks for sheet in outcome.sheets for line in sheet.lines if line.verdict == "refused")
    for sheet in outcome.sheets:
        assert set(verdicts(sheet)) <= {"created", "changed", "unchanged", "refused"}
