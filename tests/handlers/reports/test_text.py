"""A report in plain text keeps to 78 columns and says everything."""

from datetime import date

import pytest
from hypothesis import example, given

from handlers.language import Speaker
from handlers.reports import text
from handlers.reports.report import Cell, Column, Entry, Mark, Paragraph, Report, Section, Table, Tone
from tests.handlers.reports.samples import ENGLISH, FRENCH, digest, reports, said, signs

DIGEST_TABLE = """
Groupe                État               Points
--------------------  -----------------  ------
Éducation             ✓ en bonne voie         3
Santé                 ▲ à risque              3
Économie et finances  ✗ bloqué                3
Infrastructures       ○ rien à signaler       3
"""


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@given(reports)
@example(Report("Titre", "fr", details=[Section("", entries=[Entry("", Mark("\x85", Tone.GOOD))])]))
def test_nothing_said_is_lost_and_no_line_is_too_long(report: Report) -> None:
    lines = text.render(report, FRENCH).split("\n")
    everything = signs("".join(lines))
    for told in said(report):
        for word in text.CONTROL.sub("�", told.strip().replace("\r", "\n")).split():
            assert word in everything
    assert all(text.width(line) <= text.WIDTH or len(line.split()) <= 2 for line in lines)


def test_a_table_is_aligned() -> None:
    assert DIGEST_TABLE in text.render(digest("fr"), FRENCH)


def test_a_long_cell_is_wrapped_within_its_column() -> None:
    rows: list[list[Cell]] = [["Éducation", "La revue conjointe est préparée avec le ministère. " * 3, 12]]
    table = Table([Column("Groupe"), Column("Texte"), Column("Nombre", True)], rows)
    shown = text.render(Report("T", "fr", glance=[Section("S", table=table)]), FRENCH).split("\n")
    assert max(map(text.width, shown)) == text.WIDTH
    assert next(line for line in shown if "revue" in line).startswith("Éducation  La revue")


def test_a_wide_table_becomes_a_list_of_headings_and_values() -> None:
    row: list[Cell] = ["https://maliapd.org/" + "x" * 60, Mark("à risque", Tone.WARNING), None]
    table = Table([Column("Adresse"), Column("État"), Column("Date")], [row])
    shown = text.render(Report("T", "fr", glance=[Section("S", table=table)]), FRENCH)
    assert "État\u00a0: ▲ à risque\nDate\u00a0: –\n" in shown


@pytest.mark.parametrize(
    ("speaker", "number", "day"), [(FRENCH, "1\u202f234,5", "1er mars"), (ENGLISH, "1,234.5", "1 March")]
)
def test_numbers_and_dates_are_written_as_the_reader_writes_them(speaker: Speaker, number: str, day: str) -> None:
    table = Table([Column("A"), Column("B", True)], [[date(2027, 3, 1), 1234.5]])
    shown = text.render(Report("T", speaker.language, glance=[Section("S", table=table)]), speaker)
    assert number in shown
    assert day in shown


def test_what_a_terminal_would_obey_is_shown_not_sent() -> None:
    shown = text.render(Report("T", "fr", glance=[Section("S", [Paragraph("a\x1b[2Jb\r\nc")])]), FRENCH)
    assert "a�[2Jb\nc" in shown
