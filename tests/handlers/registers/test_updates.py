"""Updates from a register: found groups and periods, words as written, nobody made to have spoken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import select

import storage.history
from storage.updates import Update
from tests.handlers.registers.conftest import Operator, only, unchanged, verdicts

HEAD = "date,group,author,kind,language,text_original\n"
GROUPS = (
    "code,name_fr,name_en,kind,rhythm\n"
    "EDU,Éducation et Formation professionnelle,Education and training,GT,hebdomadaire\n"
    "SAN,PTF Santé (PRODESS),Health donors,GT,trimestriel\nENE,Énergie,Energy,GT,mensuel\nTWGE,,Education,TWG,monthly\n"
)


@pytest.fixture
def operator(operator: Operator) -> Operator:
    """Somebody who brought the groups and a body in already."""
    operator.brings(GROUPS)
    operator.brings("code,name_fr,level\nGSB,Groupe de suivi de la conférence de Bruxelles,x\n")
    return operator


def updates(operator: Operator) -> Sequence[Update]:
    """All updates, in the order in which they were kept."""
    with operator.ctx.readings.begin() as session:
        return session.scalars(select(Update).order_by(Update.id)).all()


@pytest.mark.parametrize(
    ("group", "said", "period"),
    [
        ("EDU", "2014-04-02", "2014-W14"),
        ("ENE", "2014-04-02", "2014-04"),
        ("SAN", "2014-04-02", "2014-Q2"),
        ("SAN", "2014-04", "2014-Q2"),
        ("EDU", "2014-04", "2014-04"),
        ("EDU", "2008", "2008"),
    ],
)
def test_the_period_follows_from_the_date_and_the_groups_rhythm(
    operator: Operator, group: str, said: str, period: str
) -> None:
    operator.brings(HEAD + f"{said},{group},,,fr,Des progrès\n")
    assert [each.period for each in updates(operator)] == [period]


def test_an_update_is_kept_once_with_its_words_and_language(operator: Operator) -> None:
    text = HEAD + "2014-04-02,EDU,Canada,progrès,en,Schools opened\n2014-04-02,EDU,,,fr,Des écoles\n"
    operator.brings("code,name_fr,kind,country\nCAN,Canada,bilatéral,Canada\n")
    assert verdicts(operator.brings(text)) == ["created", "created"]
    first, second = updates(operator)
    assert (first.progress, first.language, first.visibility, first.status) == ("Schools opened", "en", "all", None)
    assert (first.said_by_id, second.institution_id) == (None, None)
    assert first.institution_id is not None
    assert first.said_at.date() == date(2014, 4, 2)
    assert unchanged(operator.brings(text))
    assert len(updates(operator)) == 2


def test_an_author_who_is_nobody_known_is_told_and_left_out(operator: Operator) -> None:
    line = only(operator.brings(HEAD + "2014,EDU,la presse,,fr,Des écoles\n"))
    assert line.remarks == ("author not known here: “la presse”",)
    assert updates(operator)[0].said_by_id is None


@pytest.mark.parametrize(
    ("said", "language", "code"),
    [
        ("GT Éducation et formation professionnelle", "fr", "EDU"),
        ("Education", "fr", "EDU"),
        ("Education", "en", "TWGE"),
        ("Santé (PRODESS)", "fr", "SAN"),
        ("énergie / réseau", "fr", "ENE"),
        ("ENE – Énergie", "fr", "ENE"),
    ],
)
def test_a_group_is_found_under_the_names_people_give_it(
    operator: Operator, said: str, language: str, code: str
) -> None:
    line = only(operator.brings(HEAD + f"2014,{said},,,{language},Des progrès\n"))
    assert line.what.startswith(f"{code} 2014")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2014,tous GT,,,fr,Un", "No group is called “tous GT”."),
        ("2014,,,,fr,Un", "No group is named."),
        ("2014,EDU; SAN,,,fr,Un", "“EDU; SAN” names several groups: give each its own row."),
        (
            "2014,Groupe de suivi Bruxelles,,,fr,Un",
            "Groupe de suivi de la conférence de Bruxelles (GSB) takes decisions",
        ),
        ("2014,EDU,,,fr,", "There is no text."),
        ("bientôt,EDU,,,fr,Un", "“bientôt” cannot be read as a date"),
        (",EDU,,,fr,Un", "There is no date."),
    ],
)
def test_a_row_that_cannot_be_kept_is_refused_with_its_reason(operator: Operator, row: str, reason: str) -> None:
    line = only(operator.brings(HEAD + row + "\n"))
    assert line.verdict == "refused"
    assert line.remarks[0].startswith(reason)
    assert updates(operator) == []


FULL = "Groupe;Période;Statut;Avancement;Difficultés;Prochaines étapes;Appui demandé;Visibilité\n"


def test_the_columns_of_an_export_come_in_and_a_changed_row_edits(operator: Operator) -> None:
    operator.brings(
        FULL + "EDU – Éducation;semaine 9 de 2027;à risque;Des écoles;Le bois manque;Acheter;Le CdF;le groupe\n"
    )
    (update,) = updates(operator)
    assert (update.period, update.status, update.difficulties, update.next_steps, update.support) == (
        "2027-W09", "at_risk", "Le bois manque", "Acheter", "Le CdF",
    )  # fmt: skip
    assert update.visibility == "group"
    sheet = operator.brings(FULL + "EDU;2027-W09;en bonne voie;D’autres écoles;;;;\n")
    assert verdicts(sheet) == ["changed"]
    (update,) = updates(operator)
    assert (update.status, update.progress, update.support, update.version) == (
        "on_track", "D’autres écoles", "Le CdF", 2,
    )  # fmt: skip
    with operator.ctx.readings.begin() as session:
        _, edited = storage.history.of_record(session, "updates", update.id)
    assert (edited.before["progress"], edited.after["progress"]) == ("Des écoles", "D’autres écoles")


def test_a_risk_without_its_reason_is_told(operator: Operator) -> None:
    line = only(operator.brings(FULL + "EDU;2027-W09;à risque;Des écoles;;;;\n"))
    assert line.remarks == ("the difficulty and its reason are missing",)
