"""Institutions, people and mandates from registers."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

import storage.partners
import storage.people
from storage.mandates import Mandate
from storage.partners import Institution
from storage.people import Person
from tests.handlers.registers.conftest import Operator, only, unchanged, verdicts


def institutions(operator: Operator) -> dict[str, Institution]:
    """The institutions by code."""
    with operator.ctx.readings.begin() as session:
        return {each.code: each for each in storage.partners.everyone(session)}


def people(operator: Operator) -> list[Person]:
    """The people as they were entered."""
    with operator.ctx.readings.begin() as session:
        return list(storage.people.everyone(session))


def test_institutions_come_in_and_are_found_again_by_code_or_name(operator: Operator) -> None:
    text = "code,name_fr,kind,country\nBM,Banque mondiale,multilatéral,\n,Pays-Bas,Bilatéral,Pays-Bas\n"
    text += "PNUD,PNUD,agence ONU,\n,Fonds,confrérie,x\n"
    sheet = operator.brings(text)
    assert (sheet.register, verdicts(sheet)) == ("institutions", ["created"] * 4)
    found = institutions(operator)
    assert {code: each.kind for code, each in found.items()} == {
        "BM": "multilateral", "PAYS-BAS": "bilateral", "PNUD": "un", "FONDS": "other",
    }  # fmt: skip
    assert "confrérie" in sheet.lines[3].remarks[0]
    assert unchanged(operator.brings(text))


def test_an_institution_met_in_another_register_is_completed_and_not_doubled(operator: Operator) -> None:
    operator.brings("code,name_fr,kind,lead_agency\nSAN,Santé,GT,Pays-Bas\n")
    sheet = operator.brings("name_fr,kind,country\nPAYS-BAS,bilatéral,NL\n")
    assert verdicts(sheet) == ["changed"]
    assert list(institutions(operator)) == ["PAYS-BAS"]


def test_people_come_in_by_slack_id_else_by_name(operator: Operator) -> None:
    text = "nom,identifiant slack,fonction,langue,institution\nAwa Keïta,U0123456,Cheffe,français,Canada\n"
    text += "Jean Dupont,,Expert,klingon,\n"
    sheet = operator.brings(text)
    assert (sheet.register, verdicts(sheet)) == ("people", ["created", "created"])
    awa, jean = people(operator)
    assert (awa.slack_id, awa.language, awa.title) == ("U0123456", "fr", "Cheffe")
    assert (jean.slack_id, jean.language) == (None, None)
    assert unchanged(operator.brings(text))
    assert verdicts(operator.brings("nom,slack\nJean Dupont,U7777777\nAwa Keita-Diallo,U0123456\n")) == ["changed"] * 2
    assert [(each.name, each.slack_id) for each in people(operator)] == [
        ("Awa Keita-Diallo", "U0123456"),
        ("Jean Dupont", "U7777777"),
    ]


def test_a_name_that_several_have_is_refused(operator: Operator) -> None:
    operator.brings("nom,slack\nAwa Keïta,U0000001\nAwa Keïta,U0000002\n")
    line = only(operator.brings("name,title\nAwa Keita,Expert\n"))
    assert (line.verdict, line.remarks[0]) == ("refused", "Several people are called Awa Keita: give the Slack id.")


def test_mandates_come_in_with_who_carries_them(operator: Operator) -> None:
    operator.brings("code,name_fr,kind,rhythm\nEDU,Éducation,GT,mensuel\n")
    text = "mandat;institution;groupe;début;fin;titulaire;suppléant\n"
    text += "Chef de file;Allemagne;;2021;2021;Awa;\nCoordonnatrice;Canada;EDU;01/02/2027;;Jean;Awa\n"
    text += "Roi;Canada;;;;;\nCoordonnateur;Canada;Nulle part;;;;\nMembre;;EDU;;;;\nMembre;Canada;EDU;2022;2021;;\n"
    sheet = operator.brings(text)
    assert verdicts(sheet) == ["created", "created", "refused", "refused", "refused", "refused"]
    assert [line.remarks[0] for line in sheet.lines[2:]] == [
        "“Roi” is no office I know.",
        "No group is called “Nulle part”.",
        "Neither an institution nor a person is named.",
        "It ends before it begins.",
    ]
    with operator.ctx.readings.begin() as session:
        lead, coordinator = session.scalars(select(Mandate).order_by(Mandate.id)).all()
    awa, jean = (person.id for person in people(operator))
    assert (lead.office, lead.starts, lead.ends, lead.carriers) == (
        "lead", date(2021, 1, 1), date(2021, 12, 31), (awa,),
    )  # fmt: skip
    assert (coordinator.office, coordinator.starts, coordinator.carriers) == (
        "coordinator", date(2027, 2, 1), (jean, awa),
    )  # fmt: skip
    assert verdicts(operator.brings(text))[:2] == ["unchanged", "unchanged"]


def test_a_second_chef_de_file_ends_the_first_or_is_refused(operator: Operator) -> None:
    text = "mandat;institution;début;fin\nChef de file;Allemagne;2021;\nChef de file;Suisse;2022;2022\n"
    text += "Chef de file;Canada;01/06/2022;\n"
    sheet = operator.brings(text)
    assert verdicts(sheet) == ["created", "created", "refused"]
    assert "the mandate of before ends on Friday 31 December 2021" in sheet.lines[1].remarks
    assert sheet.lines[2].remarks[0].startswith("At that time the office is held already, from Saturday 1 January 2022")
