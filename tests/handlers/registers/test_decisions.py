"""Decisions from a register: numbered in the order of the file, found again, changed with their history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import select

import storage.history
from storage.decisions import Decision
from tests.handlers.registers.conftest import Operator, only, unchanged, verdicts

HEAD = "date,meeting,kind,text_original,responsible,deadline,status\n"


def decisions(operator: Operator) -> Sequence[Decision]:
    """All decisions, in the order in which they were kept, with who owes them."""
    with operator.ctx.readings.begin() as session:
        found = session.scalars(select(Decision).order_by(Decision.id)).all()
        for decision in found:
            assert decision.institutions is not None
        return found


def test_decisions_are_numbered_per_body_and_year_in_the_order_of_the_file(operator: Operator) -> None:
    text = HEAD + "2014-04-02,GEC,décision,Un,,,\n2015,GEC,décision,Deux,,,\n2014-01,GEC,décision,Trois,,,\n"
    sheet = operator.brings(text)
    assert [decision.code for decision in decisions(operator)] == ["GEC-2014-001", "GEC-2015-001", "GEC-2014-002"]
    assert [(each.decided, each.decided_on) for each in decisions(operator)] == [
        ("2014-04-02", date(2014, 4, 2)),
        ("2015", date(2015, 1, 1)),
        ("2014-01", date(2014, 1, 1)),
    ]
    assert sheet.lines[0].remarks == ("new body: GEC (GEC)",)
    assert unchanged(operator.brings(text))


def test_what_a_row_tells_is_kept(operator: Operator) -> None:
    operator.brings("code,name_fr,kind,country\nBM,Banque mondiale,multilatéral,\n")
    operator.brings(
        HEAD
        + '2027-01-15,GEC,point d’action,Partager la liste,"ACF-E, CRS et Banque mondiale",T2 2027,en cours\n'
        + "2027-01-15,GEC,recommandation,Publier,Ministère de l’Economie et des Finances,continu,réalisé\n"
    )
    first, second = decisions(operator)
    assert (first.kind, first.status, first.deadline, first.due_on) == (
        "action_point", "in_progress", "2027-Q2", date(2027, 6, 30),
    )  # fmt: skip
    assert [each.code for each in first.institutions] == ["ACF-E", "BM", "CRS"]
    assert (second.kind, second.status, second.deadline) == ("recommendation", "done", "continuous")
    assert [(each.name_fr, each.kind) for each in second.institutions] == [
        ("Ministère de l’Economie et des Finances", "government")
    ]


def test_an_old_decision_is_no_news_of_this_week(operator: Operator) -> None:
    operator.brings(HEAD + "2014-04-02,GEC,décision,Un,,,\n")
    assert decisions(operator)[0].said_at.date() == date(2014, 4, 2)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("avant 2013-07-10,GEC,décision,Un,,,", "“avant 2013-07-10” cannot be read as a date"),
        ("2027-02-30,GEC,décision,Un,,,", "“2027-02-30” cannot be read as a date"),
        ("12 mars,GEC,décision,Un,,,", "“12 mars” cannot be read as a date"),
        (",GEC,décision,Un,,,", "There is no date."),
        ("2014,GEC,décision,,,,", "There is no text."),
        ("2014,,décision,Un,,,", "No body or meeting is named."),
    ],
)
def test_a_row_that_cannot_be_kept_is_refused_with_its_reason(operator: Operator, row: str, reason: str) -> None:
    line = only(operator.brings(HEAD + row + "\n"))
    assert (line.number, line.verdict) == (2, "refused")
    assert line.remarks[0].startswith(reason)
    assert decisions(operator) == []


@pytest.mark.parametrize(
    ("said", "decided"),
    [
        ("2014-12-04/05", "2014-12-04"),
        ("2007-05-31/06-02", "2007-05-31"),
        ("2008 (S2, après Accra)", "2008-H2"),
        ("2006-12 (circa)", "2006-12"),
        ("2023 (mai)", "2023-05"),
        ("2017 (début, « vendredi dernier »)", "2017"),
        ("2010 (données 2009)", "2010"),
    ],
)
def test_dates_of_old_papers_are_read_and_shown_back(operator: Operator, said: str, decided: str) -> None:
    line = only(operator.brings(HEAD + f'"{said}",GEC,décision,Un,,,\n'))
    assert decisions(operator)[0].decided == decided
    assert any(said in remark and "is read as" in remark for remark in line.remarks)


def test_an_unknown_word_is_told_and_the_row_kept(operator: Operator) -> None:
    line = only(operator.brings(HEAD + "2014,GEC,constat,Un,,dès que possible,X (illisible)\n"))
    assert line.verdict == "created"
    assert line.remarks[1:] == (
        "the kind “constat” is not known: kept as a decision",
        "“X (illisible)” is not understood and is left out",
        "the date “dès que possible” cannot be read and is left out",
    )
    assert (decisions(operator)[0].status, decisions(operator)[0].deadline) == ("open", None)


def test_an_action_point_not_carried_out_says_so_in_its_kind(operator: Operator) -> None:
    operator.brings(HEAD + "2014,GEC,point d’action non rempli,Un,,,\n2014,GEC,point d’action,Deux,,,NON REMPLI hier\n")
    assert [(each.kind, each.status) for each in decisions(operator)] == [("action_point", "not_done")] * 2


def test_a_changed_row_edits_the_decision_and_writes_its_history(operator: Operator) -> None:
    operator.brings(HEAD + "2014,GEC,décision,Un,,,ouvert\n")
    assert verdicts(operator.brings(HEAD + "2014,GEC,,UN,Canada,,validée\n")) == ["changed"]
    (decision,) = decisions(operator)
    assert (decision.status, decision.text, decision.version) == ("done", "UN", 2)
    with operator.ctx.readings.begin() as session:
        created, edited = storage.history.of_record(session, "decisions", decision.id)
    assert (created.origin, edited.origin) == ("import", "import")
    assert (edited.before["status"], edited.after["status"]) == ("open", "done")
    assert edited.after["institutions"] == ["CANADA"]


def test_a_decision_is_found_by_its_number_and_may_replace_another(operator: Operator) -> None:
    operator.brings(HEAD + "2014,GEC,décision,Un,,,\n")
    head = "Code;Instance;Date;Texte;Remplace\n"
    sheet = operator.brings(head + "GEC-2014-001;GEC;2014;Une autre rédaction;\n;GEC;2015;Deux;GEC-2014-001\n")
    assert verdicts(sheet) == ["changed", "created"]
    first, second = decisions(operator)
    assert (first.text, first.status, second.replaces_id) == ("Une autre rédaction", "replaced", first.id)


def test_bodies_are_found_under_the_names_people_give_them(operator: Operator) -> None:
    operator.brings(
        "code,name_fr,level\nRBC,Revue budgétaire conjointe,x\nRM,Réunion mensuelle des PTF,x\n"
        "RCG,Réunion trimestrielle des coordonnateurs des groupes thématiques,x\nP&H,Partenariat,x\n"
    )
    said = (
        "Revue budgétaire conjointe 2014", "Réunion mensuelle extraordinaire des PTF",
        "Réunion trimestrielle des coordonnateurs GT", "P&H TWG 8th", "RBC – Revue",
    )  # fmt: skip
    operator.brings(HEAD + "".join(f"2014,{body},décision,Texte {body},,,\n" for body in said))
    assert [each.code[:3] for each in decisions(operator)] == ["RBC", "RM-", "RCG", "P&H", "RBC"]


def test_texts_are_kept_as_written_however_long(operator: Operator) -> None:
    text = "=HYPERLINK(1) <!channel> \x07 🎉 " + "é" * 4_000
    operator.brings(HEAD + f'2014,GEC,décision,"{text}",,,\n')
    assert decisions(operator)[0].text == text
