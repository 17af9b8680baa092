"""A report as a Word document: what Word and LibreOffice find in it, in both languages, also of ugly input."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import docx
import pytest

from handlers.language import Speaker
from handlers.reports import word
from handlers.reports.report import Column, Entry, Mark, Paragraph, Report, Section, Table, Tone

FRENCH, ENGLISH = (Speaker(language, ZoneInfo("Africa/Bamako")) for language in ("fr", "en"))
COLUMNS = (Column("Institution"), Column("Points", figures=True), Column("État"))
ROWS = (("BM", 1234.5, Mark("en bonne voie", Tone.GOOD)), ("FAO\nRome", None, "="), ("DDC", date(2027, 3, 5), ""))
REPORT = Report(
    "Compte rendu & <suites>",
    "fr",
    "Version du 5 mars",
    [
        Section("Présences", table=Table(COLUMNS, ROWS, "Qui était là"), paragraphs=[Paragraph("9/10", "Quorum")]),
        Section("Suivi", table=Table(COLUMNS, ROWS[:1], "Points ouverts")),
    ],
    [
        Section(
            "Points",
            entries=[
                Entry(
                    "1. Budget",
                    Mark("en retard", Tone.BAD),
                    ["10 min", "proposé par BM"],
                    [Paragraph("Vu\x00 sur https://ptf.example/a?b=1&c=2, puis\nrien.", "Débat", said=True)],
                )
            ],
        )
    ],
    ["Fait à Bamako"],
)


def opened(report: Report, speaker: Speaker) -> docx.document.Document:
    """The document, read again."""
    return docx.Document(io.BytesIO(word.write(report, speaker, "PTF – GEC")))


def test_a_report_stands_in_real_styles_with_numbered_tables() -> None:
    read = opened(REPORT, FRENCH)
    told = [(each.style.name if each.style else "", each.text) for each in read.paragraphs if each.text]
    assert told[:2] == [("Title", "Compte rendu & <suites>"), ("Subtitle", "Version du 5 mars")]
    assert ("Heading 1", "Présences") in told
    assert ("Heading 2", "1. Budget  ✗ en retard") in told
    assert ("Normal", "Quorum\u00a0: 9/10") in told
    assert [each for style, each in told if style == "Caption"] == [
        "Tableau  – Qui était là",
        "Tableau  – Points ouverts",
    ]
    body = read.element.xml
    assert ">1</w:t>" in body
    assert ">2</w:t>" in body
    assert [cell.text for cell in read.tables[0].rows[1].cells] == ["BM", "1\u202f234,5", "✓ en bonne voie"]
    assert [cell.text for cell in read.tables[0].rows[2].cells] == ["FAO\nRome", "–", "="]
    assert read.core_properties.language == "fr-FR"
    assert read.sections[0].header.paragraphs[0].text == "PTF – GEC"
    assert read.sections[0].footer.paragraphs[0].text.startswith("Page")
    assert "NUMPAGES" in read.sections[0].footer._element.xml
    links = [each.target_ref for each in read.part.rels.values() if each.is_external]
    assert links == ["https://ptf.example/a?b=1&c=2"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(word.write(REPORT, ENGLISH))
    told = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*told, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=120)
    assert (tmp_path / "report.pdf").stat().st_size > 10_000
