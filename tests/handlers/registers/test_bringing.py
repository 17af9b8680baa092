"""A file brought in: its register found by its columns, dry runs, second runs, the report, both databases."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from sqlalchemy import func, select

from handlers import registers
from handlers.described import KINDS
from handlers.registers import described, headings
from handlers.registers.rows import Row
from storage.database import Base, Database
from tests.handlers.registers.conftest import Operator, operator_of, unchanged, verdicts

GROUPS = "code,name_fr,kind,lead_agency,date\nEDU,Éducation,GT,Canada,2020\n,Énergie,SGT,,2013\n,Énergie,GT,,2015\n"
DECISIONS = "date,meeting,kind,text,responsible,deadline,status\n2014-04,GEC,décision,Un,Canada,2015,\n,GEC,,Deux,,,\n"
UPDATES = "date,group,language,text\n2014-04-02,EDU,fr,Des écoles\n2014,Nulle part,fr,Rien\n"


def rows(database: Database) -> dict[str, int]:
    """Table -> its number of rows."""
    with database.readings.begin() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def test_on_both_databases_a_second_run_changes_nothing(database: Database, tmp_path: Path) -> None:
    operator = operator_of(database, tmp_path)
    for text in (GROUPS, DECISIONS, UPDATES):
        operator.brings(text)
    before = rows(database)
    assert (before["groups"], before["decisions"], before["updates"], before["mandates"]) == (3, 1, 1, 1)
    assert unchanged(operator.brings(GROUPS))
    assert verdicts(operator.brings(DECISIONS)) == ["unchanged", "refused"]
    assert verdicts(operator.brings(UPDATES)) == ["unchanged", "refused"]
    assert rows(database) == before


def test_on_both_databases_a_dry_run_tells_the_same_and_writes_nothing(database: Database, tmp_path: Path) -> None:
    operator = operator_of(database, tmp_path)
    before = rows(database)
    tried = operator.brings(GROUPS, dry_run=True)
    assert rows(database) == before
    assert operator.brings(GROUPS).lines == tried.lines
    before = rows(database)
    tried = operator.brings(DECISIONS, dry_run=True)
    assert rows(database) == before
    assert operator.brings(DECISIONS).lines == tried.lines


def test_the_sheets_of_a_workbook_come_in_in_the_order_they_lean_on_each_other(
    operator: Operator, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    about = book.active
    assert about is not None
    about.title = "À propos"
    about.append(("Registres",))
    for title, text in (("Mises à jour", UPDATES), ("Groupes", GROUPS)):
        sheet = book.create_sheet(title)
        for line in text.splitlines():
            sheet.append(line.split(","))
    book.save(tmp_path / "all.xlsx")
    outcome = operator.brings_file(tmp_path / "all.xlsx")
    assert [(sheet.name, sheet.register) for sheet in outcome.sheets] == [
        ("À propos", None),
        ("Mises à jour", "updates"),
        ("Groupes", "groups"),
    ]
    assert verdicts(outcome.sheets[1]) == ["created", "refused"]


@pytest.mark.parametrize(
    ("columns", "register"),
    [
        ("Code;Nom (FR);Nom (EN);Type;Rythme", "groups"),
        ("CODE;NAME EN;KIND;STATE;RHYTHM", "groups"),
        ("Sigle;Nom;Nature;Pays", "institutions"),
        ("Nom et prénom;Fonction;Langue", "people"),
        ("Mandat;Institution;Groupe;Début;Fin", "mandates"),
        ("Numéro;Instance;Date;Décision;Responsable;Échéance;État", "decisions"),
        ("Code;Body;Taken on;Text;Responsible;Deadline;Status", "decisions"),
        ("Groupe;Période;Statut;Avancement;Difficultés", "updates"),
        ("Group;Period;Status;Progress;Difficulties;Next steps", "updates"),
        ("date;body;title;location;chair;agenda", "meetings"),
        ("Instance;Jour;Heure;Lieu", "meetings"),
        ("document;axis;action;responsible;deadline;expected_result;status", "plan_lines"),
        ("number;name_fr;definition;formula;target_2010", "indicators"),
    ],
)
def test_the_register_follows_from_the_columns(columns: str, register: str) -> None:
    kinds = [described.columns(kind, ZoneInfo("UTC")) for kind in KINDS]
    layout = headings.layout([Row(1, tuple(columns.split(";")))], kinds)
    assert layout is not None
    assert layout.register == register


def test_names_and_kinds_alone_are_told_apart_by_what_the_kinds_say(operator: Operator) -> None:
    assert operator.brings("code,name,kind\nEDU,Éducation,GT\n").register == "groups"
    assert operator.brings("code,name,kind\nBM,Banque,multilatéral\n").register == "institutions"
    unclear = operator.brings("code,name,kind\nX,Autre,quelconque\n")
    assert unclear.register is None
    assert "Add a column" in unclear.refusal


def test_what_has_no_register_yet_is_told(operator: Operator) -> None:
    sheet = operator.brings("number,name_fr,formula,target\n1,Un,a/b,90%\n")
    assert sheet.refusal == "This looks like indicators: there is no register for this yet, nothing was brought in."
    assert operator.brings("a,b\n1,2\n").refusal.startswith("Its columns are those of no register")
    assert operator.brings("").refusal == "There is nothing in it."


def test_the_report_counts_the_unchanged_and_has_one_line_a_row(operator: Operator) -> None:
    operator.brings(GROUPS)
    outcome = operator.brings_file(_written(operator, DECISIONS), dry_run=True)
    assert registers.told(outcome, operator.ctx.speaker).splitlines() == [
        "file.csv: tried out, nothing was kept",
        "",
        "file.csv → decisions",
        "  1 row created · 1 row refused",
        "  Refused",
        "    row 3  Deux  There is no date.",
        "  Created",
        "    row 2  GEC-2014-001 Un  new body: GEC (GEC)",
    ]
    again = registers.told(operator.brings_file(_written(operator, GROUPS)), operator.ctx.speaker)
    assert again.splitlines()[-1] == "  3 rows unchanged"


def test_the_report_speaks_french(sqlite: Database, tmp_path: Path) -> None:
    operator = operator_of(sqlite, tmp_path, "fr")
    report = registers.told(operator.brings_file(_written(operator, UPDATES)), operator.ctx.speaker)
    assert "file.csv → mises à jour\n  2 lignes refusées\n  Refusé\n    ligne 2" in report
    assert "Aucun groupe ne s’appelle «\u00a0EDU\u00a0»." in report


def _written(operator: Operator, text: str) -> Path:
    path = operator.folder / "file.csv"
    path.write_text(text, "utf-8")
    return path
