"""The one reader of every register that is described once: its columns found, its cells read by their sorts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
from sqlalchemy import select

from handlers.currencies import CURRENCIES
from handlers.kinds.field import Field, Sort, Word
from handlers.kinds.kind import Kind, Labels
from handlers.language import message
from handlers.registers import cells as reading
from handlers.registers import headings
from handlers.registers.desk import Desk, Entry
from handlers.registers.known import Known
from handlers.registers.rows import Row
from handlers.registers.sorts import Reading
from handlers.rights import Right
from storage.contacts import Contact
from storage.groups import Group
from storage.history import By, Origin
from storage.partners import Institution
from tests.handlers.registers.conftest import NOW, Operator, only, verdicts

L = message("Kind")
STUDY: Kind[Contact] = Kind(
    "study",
    Contact,
    "STU",
    Labels(L, L, L, L),
    (
        Field("subject", L, Sort.LINE, required=True),
        Field("amount", L, Sort.MONEY),
        Field("currency", L, Sort.WORD, words=CURRENCIES),
        Field("experts", L, Sort.NUMBER),
        Field("done", L, Sort.PERCENT),
        Field("hour", L, Sort.HOUR),
        Field("due", L, Sort.SPAN),
        Field("day", L, Sort.DAY),
        Field("joint", L, Sort.YES),
        Field("state", L, Sort.WORD, words={"open": Word(message("Open"), written=("ouverte",))}, otherwise="note"),
        Field("note", L),
    ),
    Right.ASK,
)
MISSING: dict[str, Any] = {}


def read(operator: Operator, **cells: Any) -> tuple[dict[str, Any], list[str]]:
    """The columns a row tells, and what is remarked of it."""
    with operator.ctx.sessions.begin() as session:
        by, speaker = By(None, NOW, Origin.IMPORT), operator.ctx.speaker
        desk = Desk(session, operator.ctx, by, Known(session), speaker)
        entry = Entry(2, {"subject": "An audit", **cells})
        words = reading.words(STUDY, ZoneInfo("UTC"))
        columns = reading.told(Reading(desk, entry, STUDY, None, lambda *_: None, words))
        remarks = [speaker.say(sentence, **values) for sentence, values in entry.remarks]
    return {name: value for name, value in columns.items() if name != "subject"}, remarks


CELLS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"amount": "12 000 000 FCFA"}, {"amount": Decimal(12_000_000), "currency": "XOF"}),
    ({"amount": "€ 1.250,50"}, {"amount": Decimal("1250.50"), "currency": "EUR"}),
    ({"amount": "2 milliards de CHF", "currency": "CHF"}, {"amount": Decimal(2_000_000_000), "currency": "CHF"}),
    ({"amount": "5 EUR", "currency": "FCFA"}, {"currency": "XOF"}),
    ({"amount": "1,5 million"}, {"amount": Decimal(1_500_000)}),
    ({"amount": 1234.125}, {"amount": Decimal("1234.12")}),
    ({"amount": "0,125"}, {"amount": Decimal("0.12")}),
    ({"amount": "0"}, {"amount": Decimal(0)}),
    ({"amount": "n/a"}, {"amount": None, "not_applicable": "amount"}),
    ({"amount": "s.o."}, {"amount": None, "not_applicable": "amount"}),
    ({"amount": "?"}, MISSING),
    ({"experts": "12"}, {"experts": 12}),
    ({"done": "33,3 %"}, {"done": 33}),
    ({"done": 50.0}, {"done": 50}),
    ({"hour": "8:30AM"}, {"hour": "08:30"}),
    ({"hour": "09h-11h"}, {"hour": "09:00"}),
    ({"due": "T3 2009"}, {"due": "2009-Q3", "due_on": date(2009, 9, 30)}),
    ({"due": "Q3"}, {"due": "2027-Q3", "due_on": date(2027, 9, 30)}),
    ({"due": "2008 (S2, après Accra)"}, {"due": "2008-H2", "due_on": date(2008, 12, 31)}),
    ({"due": "n/a", "day": "?"}, MISSING),
    ({"day": "30/06/08"}, {"day": date(2008, 6, 30)}),
    ({"day": date(2008, 6, 30), "joint": "Oui"}, {"day": date(2008, 6, 30), "joint": True}),
    ({"state": "Ouverte (2008)"}, {"state": "open"}),
    ({"state": "attend la SHA"}, {"note": "attend la SHA"}),
]


def test_a_cell_is_read_by_the_sort_of_its_field(operator: Operator) -> None:
    assert [(cells, read(operator, **cells)[0]) for cells, _ in CELLS] == CELLS


def test_what_is_not_understood_is_said_and_left_out(operator: Operator) -> None:
    columns, remarks = read(
        operator, amount="environ dix", experts="3,5", done="140 %", day="2008", state="?", note="n/a"
    )
    assert columns == {}
    assert remarks == [
        "“environ dix” is not understood as a figure: write “12 000 000”, “n/a” where none applies, or nothing.",
        "“3,5” is not a whole number.",
        "A percentage lies between 0 and 100.",
        "“2008” is longer than a day: write the day.",
    ]


HEAD = "Date,Objet,Interlocuteur,Acteurs,PTF,Mandat de,Visible par\n"
ROWS = (
    "12/03/2008,Division du travail,SHA,Gouvernement,Suisse et Pays-Bas,CdF,tous les PTF\n"
    "?,Sans date,Primature,,,,\n"
    "2008-05,Un mois,Primature,,,,\n"
    "15/06/2008,Loi de finances,Commission des finances,députés,Banque mondiale,avis du GEC,troïka\n"
)


def test_the_columns_are_found_under_a_title_in_either_language_and_a_second_run_changes_nothing(
    operator: Operator,
) -> None:
    sheet = operator.brings("Contacts de la troïka\n\n" + HEAD + ROWS)
    assert (sheet.register, verdicts(sheet)) == ("Contacts", ["created", "refused", "refused", "created"])
    assert sheet.lines[1].remarks == ("“Day” is missing.",)
    assert sheet.lines[2].remarks == ("Day: “2008-05” is longer than a day: write the day.",)
    assert "new institution: Suisse (SUISSE)" in sheet.lines[0].remarks
    assert "“avis du GEC” is not understood and is left out" in sheet.lines[3].remarks
    with operator.ctx.readings.begin() as session:
        first, last = session.scalars(select(Contact).order_by(Contact.id)).all()
        assert (first.code, first.family, first.leave, first.visibility) == (
            "CON-2008-001",
            "government",
            "lead",
            "all",
        )
        assert (first.day, first.said_at.date()) == (date(2008, 3, 12), date(2008, 3, 12))
        assert [each.code for each in first.institutions] == ["PAYS-BAS", "SUISSE"]
        assert (last.code, last.family, last.visibility) == ("CON-2008-002", "parliament", "troika")
    again = operator.brings(HEAD + ROWS)
    assert verdicts(again) == ["unchanged", "refused", "refused", "unchanged"]
    english = operator.brings("code,Subject,With whom,Day\nCON-2008-002,Budget law,,\n")
    assert verdicts(english) == ["changed"]


def test_what_a_refused_row_named_is_not_entered(operator: Operator) -> None:
    sheet = operator.brings("date,objet,interlocuteur,institutions\n2030-01-01,Trop tôt,SHA,Nulle Part\n")
    assert (
        only(sheet).remarks[0] == "Day: A contact is noted once it took place; Tuesday 1 January 2030 is still to come."
    )
    with operator.ctx.readings.begin() as session:
        assert session.scalars(select(Institution)).all() == []
        assert session.scalars(select(Group)).all() == []
    assert verdicts(operator.brings("date,objet,interlocuteur,institutions\n2020-01-01,À temps,SHA,Nulle Part\n")) == [
        "created"
    ]


def test_a_heading_says_in_what_its_figures_are() -> None:
    row = Row(1, ("Groupe", "Montant annoncé (en milliards de FCFA)", "Décaissé [EUR]", "Date (jj/mm)"))
    headings_of = {"groupe": "group", "montant annonce": "pledged", "decaisse": "disbursed", "date": "date"}
    columns = headings.Columns("amounts", headings_of, frozenset({"group", "pledged"}))
    layout = headings.layout([row], [columns])
    assert layout is not None
    assert layout.cells(Row(2, ("EDU", 2.5, "12 000", "3/4/08"))) == {
        "group": "EDU",
        "pledged": "2,5000 milliards fcfa",
        "disbursed": "12 000 eur",
        "date": "3/4/08",
    }
    assert layout.cells(Row(3, ("EDU", "n/a", "12 USD", ""))) == {
        "group": "EDU",
        "pledged": "n/a",
        "disbursed": "12 USD",
    }


def test_cells_merged_over_rows_and_a_percentage_are_read_as_they_look(operator: Operator, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Rencontres 2008"])
    sheet.append(["Jour", "Objet", "Structure", "Famille"])
    for row in ([date(2008, 6, 3), "Un", "SHA", "Etat"], [None, "Deux", "SHA", None]):
        sheet.append(row)
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("A1:D1")
    book.save(tmp_path / "merged.xlsx")
    (found,) = operator.brings_file(tmp_path / "merged.xlsx").sheets
    assert verdicts(found) == ["created", "created"]
    with operator.ctx.readings.begin() as session:
        assert set(session.scalars(select(Contact.day))) == {date(2008, 6, 3)}
