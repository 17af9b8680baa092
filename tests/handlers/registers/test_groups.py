"""Groups and bodies from a register: found or created, one group once, nobody's history invented."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

import storage.groups
import storage.lives
import storage.mandates
import storage.partners
from storage.groups import Group
from storage.history import Change
from storage.mandates import Mandate
from tests.handlers.registers.conftest import NOW, Operator, only, unchanged, verdicts

HEAD = "code,name_fr,name_en,kind,lead_agency,date,rhythm,parent,state,note\n"


def group(operator: Operator, code: str) -> Group:
    """The group of that code."""
    with operator.ctx.readings.begin() as session:
        found = storage.groups.by_code(session, code)
    assert found is not None
    return found


def mandates(operator: Operator) -> list[tuple[str, date, date | None]]:
    """Every mandate: institution, from, until."""
    with operator.ctx.readings.begin() as session:
        names = {each.id: each.code for each in storage.partners.everyone(session)}
        found = session.scalars(select(Mandate).order_by(Mandate.starts)).all()
        return [(names[each.institution_id or 0], each.starts, each.ends) for each in found]


def test_a_group_is_created_with_its_facts_and_its_history(operator: Operator) -> None:
    sheet = operator.brings(HEAD + "EDU,Éducation,Education,GT,Canada,,mensuel,,en léthargie,à relancer\n")
    assert verdicts(sheet) == ["created"]
    found = group(operator, "EDU")
    assert (found.name_fr, found.name_en, found.kind, found.rhythm, found.state, found.note) == (
        "Éducation", "Education", "thematic", "monthly", "dormant", "à relancer",
    )  # fmt: skip
    with operator.ctx.readings.begin() as session:
        changes = [(change.kind, change.origin) for change in session.scalars(select(Change).order_by(Change.id))]
    assert changes == [("groups", "import"), ("institutions", "import"), ("mandates", "import")]


def test_a_code_left_out_is_made_of_the_name_and_found_again(operator: Operator) -> None:
    text = HEAD + ",Eau et assainissement,,GT,,,,,,\n,Énergie,,SGT,,,,,,\n,Genre et droits des femmes,,GT,,,,,,\n"
    operator.brings(text)
    again = operator.brings(text)
    assert unchanged(again)
    assert [line.what.split()[0] for line in again.lines] == ["EAUASS", "ENE", "GDF"]


def test_two_groups_of_alike_names_get_different_codes(operator: Operator) -> None:
    sheet = operator.brings(HEAD + ",Energie,,GT,,,,,,\n,Energies nouvelles,,GT,,,,,,\n,Eneide,,GT,,,,,,\n")
    assert [line.what.split()[0] for line in sheet.lines] == ["ENE", "ENENOU", "ENE2"]


def test_a_subgroup_raised_to_a_group_is_one_group_of_the_later_kind(operator: Operator) -> None:
    text = HEAD + ",Energie,,GT,,2015-04,,,,érigé en GT\n,Energie,,SGT,,2013-07,,,,créé\n"
    sheet = operator.brings(text)
    assert verdicts(sheet) == ["created", "changed"]
    assert "row 2" in sheet.lines[1].remarks[-1]
    found = group(operator, "ENE")
    assert (found.kind, found.created_on) == ("thematic", None)
    assert found.note == "2013-07 · créé\n2015-04 · érigé en GT"
    with operator.ctx.readings.begin() as session:
        states = storage.lives.of_group(session, found).states
        assert [(state.from_day, state.kind) for state in states] == [
            (None, "subgroup"),
            (date(2015, 4, 1), "thematic"),
        ]
    assert unchanged(operator.brings(text))


def test_of_several_coordinators_only_the_latest_has_a_mandate(operator: Operator) -> None:
    text = (
        HEAD
        + ",Santé,,GT,Canada,2006-02,,,,\n,Santé,,GT,Pays-Bas,2009,,,,\n"
        + ",Santé,,GT,USAID (chef de file),2016-11-28,,,,\n"
    )
    sheet = operator.brings(text)
    assert mandates(operator) == [("USAID", date(2016, 11, 28), None)]
    assert "earlier coordinator" in sheet.lines[0].remarks[0]
    assert group(operator, "SAN").note == "2006-02 · Canada\n2009 · Pays-Bas\n2016-11-28 · USAID (chef de file)"
    assert unchanged(operator.brings(text))


def test_brackets_alone_name_no_coordinator(operator: Operator) -> None:
    sheet = operator.brings(HEAD + ",Eau,,GT,(aucun PTF pour le moment),,,,,\n")
    assert mandates(operator) == []
    assert "names no institution" in only(sheet).remarks[0]


def test_another_coordinator_ends_the_mandate_of_the_one_before(operator: Operator) -> None:
    operator.brings(HEAD + "SAN,Santé,,GT,Canada,2020,,,,\n")
    operator.brings(HEAD + "SAN,Santé,,GT,Belgique,,,,,\n")
    today = NOW.date()
    assert mandates(operator) == [
        ("CANADA", date(2020, 1, 1), date(2027, 3, 4)),
        ("BELGIQUE", today, None),
    ]
    operator.brings(HEAD + "SAN,Santé,,GT,Suède,2011,,,,\n")
    assert len(mandates(operator)) == 2


def test_an_unknown_kind_is_told_and_the_row_kept(operator: Operator) -> None:
    line = only(operator.brings(HEAD + ",Nutrition,,cluster humanitaire,,,,,,\n"))
    assert (line.verdict, line.remarks) == (
        "created",
        ("the kind “cluster humanitaire” is not known: kept as a thematic group",),
    )


def test_a_parent_may_stand_further_down(operator: Operator) -> None:
    text = HEAD + "ENE,Energie,,SGT,,,,INF,,\nINF,Infrastructures,,GT,,,,,,\nEAU,Eau,,SGT,,,,nulle part,,\n"
    sheet = operator.brings(text)
    assert group(operator, "ENE").parent_id == group(operator, "INF").id
    assert sheet.lines[2].remarks == ("“nulle part” is not understood and is left out",)
    assert unchanged(operator.brings(text))


def test_a_changed_row_changes_the_group_and_an_empty_cell_does_not(operator: Operator) -> None:
    operator.brings(HEAD + "EDU,Éducation,Education,GT,,,mensuel,,,\n")
    assert verdicts(operator.brings(HEAD + "edu,Éducation de base,,,,,,,,\n")) == ["changed"]
    found = group(operator, "EDU")
    assert (found.name_fr, found.name_en, found.rhythm) == ("Éducation de base", "Education", "monthly")


def test_a_row_without_name_and_code_is_refused_and_the_others_come_in(operator: Operator) -> None:
    sheet = operator.brings(HEAD + ",,,GT,,,,,,\nEDU,Éducation,,GT,,,,,,\n")
    assert verdicts(sheet) == ["refused", "created"]
    assert (sheet.lines[0].number, sheet.lines[0].remarks[0]) == (2, "There is neither a name nor a code.")


def test_bodies_come_in_as_bodies_and_only_complete_a_group(operator: Operator) -> None:
    groups = HEAD + "CRZPC,Commission zones,,ad hoc,,,,,,\n"
    bodies = "code,name_fr,level,periodicity,rules\nGEC,Groupe exécutif,politique,mensuelle,ordre du jour\n"
    bodies += "CRZPC,Commission des zones,politique,annuelle,\n"
    operator.brings(groups)
    sheet = operator.brings(bodies)
    assert (sheet.register, verdicts(sheet), sheet.ignored) == ("bodies", ["created", "changed"], ("level",))
    assert (group(operator, "GEC").kind, group(operator, "GEC").note) == ("body", "ordre du jour")
    both = group(operator, "CRZPC")
    assert (both.kind, both.name_fr, both.periodicity) == ("ad_hoc", "Commission zones", "annuelle")
    assert unchanged(operator.brings(groups))
    assert unchanged(operator.brings(bodies))
