"""`/ptf mandates`: today by default, narrowed by what follows the command, in both languages."""

from __future__ import annotations

import pytest

import storage.decisions
import storage.groups
from handlers import held, readers, sheets
from storage.visibility import Audience
from tests.conversation import EDUCATION, GUEST, HEALTH, Bot

ALL = Audience(troika=True, partner=True)


@pytest.mark.parametrize(
    ("words", "there", "absent"),
    [
        (
            "",
            ["*Mandates on Wednesday 3 March 2027*", "Chef de file: Suisse", "*URB*", "⚠️ No coordinator"],
            ["Member:"],
        ),
        ("2026", ["*Mandates of 2026*", "Chef de file: Canada", "to 31 August 2026"], ["Chef de file: Suisse", "⚠️"]),
        ("bm", [": World Bank", "Incoming troïka member: Banque", "*ENE*"], ["*EDU*", "Suisse"]),
        ("EDU", ["Member: PAM", "Co-coordinator: UNICEF"], ["*SAN*", "collective"]),
        ("troïka 2026", ["Chef de file, Incoming troïka member", "Outgoing troïka member: Union"], ["*EDU*"]),
        ("coming", ["*Mandates to come*"], ["Suisse", "⚠️"]),
        ("past banque mondiale", ["No mandate fits this."], ["*ENE*"]),
        ("past Développement urbain", ["from 1 July 2024 to 30 June 2026"], ["*EDU*", "⚠️"]),
    ],
)
def test_the_list_is_narrowed_by_what_follows(bot: Bot, words: str, there: list[str], absent: list[str]) -> None:
    told = bot.be(HEALTH).command(f"/ptf mandates {words}").text
    assert [part for part in there if part not in told] == []
    assert [part for part in absent if part in told] == []


def test_it_is_narrowed_by_its_buttons_and_menus_too(bot: Bot) -> None:
    lead = bot.be(EDUCATION)
    message = lead.command("/ptf mandats").message
    assert message is not None
    lead.choose(message, "mandates_group", "GEN – Genre et autonomisation des femmes")
    assert "ONU Femmes – Programmes" in lead.ephemerals[-1].text
    lead.click(lead.ephemerals[-1], "Passés")
    told = lead.ephemerals[-1].text
    assert "*Mandats terminés*\u00a0: Genre et autonomisation des femmes" in told
    assert "du 1er février 2025 au 31 août 2026" in told
    assert "*SAN*" not in told


@pytest.mark.parametrize(
    ("words", "told"),
    [("EDDU", "Vouliez-vous dire EDU"), ("qwertz", "Je ne connais ni groupe, ni institution, ni année, ni charge")],
)
def test_a_word_that_names_nothing_is_answered(bot: Bot, words: str, told: str) -> None:
    assert told in bot.be(EDUCATION).command(f"/ptf mandats {words}").text


def test_a_guest_sees_none_of_it(bot: Bot) -> None:
    assert "Chef de file" not in bot.be(GUEST).command("/ptf mandats", channel="espace-gouvernement").text


def test_an_old_decision_still_says_who_was_chef_de_file_then(bot: Bot) -> None:
    with bot.ctx.readings.begin() as session:
        by_year = {year: storage.decisions.by_code(session, f"GEC-{year}-001") for year in (2026, 2027)}
        body, lead, reader = storage.groups.by_code(session, "GEC"), [], readers.of_document(bot.ctx, "fr", ALL)
        assert body is not None
        for decision in by_year.values():
            assert decision is not None
            lead.append(held.then(session, reader.speaker, body, decision.decided_on, bot.ctx.today))
        scope = sheets.scope(session, bot.ctx, reader, None)
        fields = [column.name for column in sheets.decisions.DECISIONS.columns]
        rows = [dict(zip(fields, row, strict=True)) for row in sheets.sheet(sheets.decisions.DECISIONS, scope).rows]
    assert lead == ["chef de file d’alors\u00a0: Canada", ""]
    told = {row["code"]: (row["held_by"], row["noted_for"]) for row in rows}
    assert (told["GEC-2026-001"], told["GEC-2027-001"]) == (("CANADA", "PNUD"), ("DDC", "PNUD"))
