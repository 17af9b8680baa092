"""Actions from a register: alone or of a decision, found again, and an export that comes back as it went out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import delete, select

import storage.history
from handlers import readers, registers, sheets
from handlers.registers import Verdict
from handlers.reports.sheets import Workbook, write
from storage.actions import Action, ActionCounter
from storage.decisions import Counter, Decision, Owed
from storage.visibility import Audience
from tests.conversation import Bot
from tests.handlers.registers.conftest import Operator, only, unchanged, verdicts

HEAD = "code,groupe,née de,action,due par,porté par,échéance,statut,fait le,justificatif\n"


def actions(operator: Operator) -> Sequence[Action]:
    """All actions, in the order in which they were kept."""
    with operator.ctx.readings.begin() as session:
        return session.scalars(select(Action).order_by(Action.id)).all()


def test_rows_are_kept_found_again_and_changed_with_their_history(operator: Operator) -> None:
    operator.brings("code,name_fr,kind,rhythm\nEDU,Éducation,GT,mensuel\n")
    text = (
        HEAD
        + 'EDU-2027-A07,EDU,,Réunir les points focaux,"ACF et CRS",,T2 2027,ouverte,,\n'
        + ",EDU,,Publier la carte,BM,Awa,continu,faite,2027-03-01,Site du groupe\n"
    )
    first = operator.brings(text)
    assert verdicts(first) == ["created", "created"]
    seven, eight, nine = actions(operator)
    assert [each.code for each in (seven, eight, nine)] == ["EDU-2027-A07", "EDU-2027-A08", "EDU-2027-A09"]
    assert (seven.deadline, seven.due_on, seven.status) == ("2027-Q2", date(2027, 6, 30), "open")
    assert (nine.status, nine.done_on, nine.evidence) == ("done", date(2027, 3, 1), "Site du groupe")
    assert unchanged(operator.brings(text))
    assert len(actions(operator)) == 3
    changed = operator.brings(HEAD + "EDU-2027-A09,EDU,,Publier la carte,,,,abandonnée,,\n")
    assert only(changed).verdict == Verdict.CHANGED
    with operator.ctx.readings.begin() as session:
        changes = storage.history.of_record(session, "actions", nine.id)
    assert [change.after.get("status") for change in changes] == ["done", "dropped"]


def test_what_names_no_group_or_no_words_is_refused_and_an_unknown_decision_remarked(operator: Operator) -> None:
    operator.brings("code,name_fr,kind,rhythm\nEDU,Éducation,GT,mensuel\n")
    sheet = operator.brings(HEAD + ",,,Sans groupe,BM,,,,,\n,XYZ,,Ailleurs,BM,,,,,\n,EDU,GEC-2020-001,Un,BM,,,,,\n")
    assert verdicts(sheet) == ["refused", "refused", "created"]
    assert "no decision has the number GEC-2020-001" in sheet.lines[2].remarks


def test_a_decision_brought_in_gives_birth_and_its_actions_follow_the_register(operator: Operator) -> None:
    head = "code,date,meeting,text,responsible,deadline,status\n"
    operator.brings(
        head + "GEC-2027-004,2027-01-15,GEC,Un,ACF et CRS,T2 2027,ouverte\n,2027-01-15,GEC,Deux,BM,,faite\n"
    )
    assert [each.code for each in actions(operator)] == ["GEC-2027-004-1", "GEC-2027-004-2"]
    operator.brings(head + "GEC-2027-004,2027-01-15,GEC,Un,ACF et CRS,T3 2027,faite\n")
    assert [(each.deadline, each.status) for each in actions(operator)] == [("2027-Q3", "done")] * 2


def test_an_export_comes_in_unchanged_and_makes_the_same_actions_again(bot: Bot, tmp_path: Path) -> None:
    def told() -> list[tuple[object, ...]]:
        with bot.ctx.readings.begin() as session:
            found = session.scalars(select(Action).order_by(Action.code)).all()
            return [
                (each.code, each.text, each.institution_id, each.carrier_id, each.deadline, each.status, each.done_on)
                for each in found
            ]

    path = tmp_path / "out.xlsx"
    with bot.ctx.readings.begin() as session:
        reader = readers.of_document(bot.ctx, "fr", Audience(troika=True, partner=True))
        scope = sheets.scope(session, bot.ctx, reader, None)
        made = [sheets.sheet(each, scope) for each in sheets.SHEETS if each.name in ("decisions", "actions")]
        write(Workbook("PTF", "fr", made, bot.ctx.zone, bot.ctx.now()), path)
    before = told()
    with bot.ctx.sessions.begin() as session:
        again = registers.bring_in(session, bot.ctx, path, dry_run=True)
    assert [unchanged(sheet) for sheet in again.sheets if sheet.register] == [True, True]
    with bot.ctx.sessions.begin() as session:
        for table in (Action, ActionCounter, Owed, Decision, Counter):
            session.execute(delete(table))
    with bot.ctx.sessions.begin() as session:
        registers.bring_in(session, bot.ctx, path, dry_run=False)
    assert told() == before
