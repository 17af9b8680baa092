"""The rotation: what follows is proposed, what is unusual warns and never blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import storage.configuration
import storage.mandates
import storage.partners
from handlers.language import Speaker
from handlers.mandates import rotation
from storage.mandates import TROIKA, Mandate, Office
from storage.partners import Institution
from tests.conversation import MEMBER, POOL_ASSISTANT, Bot, answer
from tests.handlers.mandates.conftest import Opened

EN = Speaker("en", ZoneInfo("Africa/Bamako"))
DAY = date(2028, 1, 1)
KINDS = {"CH": "bilateral", "CA": "bilateral", "DE": "bilateral", "BM": "multilateral", "UNDP": "un", "WHO": "un"}


def institution(code: str) -> Institution:
    """An institution of that code; its kind from `KINDS`."""
    return Institution(code=code, name_fr=code, name_en=code, kind=KINDS.get(code, "other"))


@pytest.mark.parametrize(
    ("members", "voice", "told"),
    [
        (("CH", "CA", "BM"), None, []),
        (("CH", "CA", "UNDP"), "UNDP", []),
        (("CH", "CA"), None, []),
        (("CH", "CA", "DE"), None, ["bilaterals in the troïka: 3; multilaterals: 0"]),
        (("CH", "BM", "UNDP"), "UNDP", ["bilaterals in the troïka: 1; multilaterals: 2"]),
        (("CH", "CA", "WHO"), "UNDP", ["by the agency that coordinates them, UNDP, not by WHO"]),
        (("CH", "CA", "WHO"), None, ["has not been said. Is it WHO?"]),
        (("CH", "UNDP", "WHO"), "UNDP", ["UNDP and WHO would be several", "not by WHO", "bilaterals in the troïka: 1"]),
        (("CH", "CH", "BM"), None, ["CH would hold more than one office"]),
        (("CH", "CA", "X"), None, ["Whether X count as"]),
    ],
)
def test_two_rules_warn(members: tuple[str, ...], voice: str | None, told: list[str]) -> None:
    found = rotation.warnings(EN, [institution(each) for each in members], institution(voice) if voice else None, DAY)
    assert len(found) == len(told)
    assert all(part in line for part, line in zip(told, found, strict=True))


def seat(office: Office, number: int, year: int, *, ends: bool = True) -> Mandate:
    """A year's mandate of the troïka, for the institution of that id."""
    last = date(year, 12, 31) if ends else None
    return Mandate(office=office, institution_id=number, group_id=None, starts=date(year, 1, 1), ends=last)


def test_the_incoming_member_leads_and_the_lead_goes_out() -> None:
    year = [seat(Office.LEAD, 1, 2027), seat(Office.INCOMING, 2, 2027, ends=False), seat(Office.OUTGOING, 3, 2027)]
    plan = rotation.proposed(2028, year)
    assert plan.lead is not None
    assert plan.outgoing is not None
    assert (plan.lead.institution_id, plan.outgoing.institution_id) == (2, 1)
    assert plan.missing == list(TROIKA)
    half = rotation.proposed(2028, [*year, seat(Office.LEAD, 2, 2028), seat(Office.INCOMING, 5, 2028)])
    assert (half.lead, half.missing) == (None, [Office.OUTGOING])
    assert rotation.year_to_prepare(date(2027, 6, 1), year) == 2028
    assert rotation.year_to_prepare(date(2029, 1, 2), year[:1]) == 2029
    assert rotation.proposed(2029, []).missing == list(TROIKA)


def test_the_pool_prepares_a_year_and_is_warned_but_not_stopped(bot: Bot, listed: Callable[..., Opened]) -> None:
    pool, message = listed("en")
    pool.click(message, "Prepare the rotation of 2028")
    assert pool.view is not None
    above = "\n".join(block["text"]["text"] for block in pool.view.blocks if block["type"] == "section")
    assert "On Saturday 1 January 2028:" in above
    assert "• Chef de file: Banque mondiale" in above
    assert "• Outgoing troïka member: Suisse" in above
    assert "• leaves the troïka: Canada" in above
    pool.choose(pool.view, "incoming", "OMS – WHO")
    assert pool.view is not None
    warned = "\n".join(block["text"]["text"] for block in pool.view.blocks if block["type"] == "section")
    assert "United Nations system, not by WHO" in warned
    assert "bilaterals in the troïka: 1; multilaterals: 2" in warned
    assert answer(pool, incoming="OMS – WHO", holder=MEMBER, voice="PNUD – UNDP").ok
    told = pool.ephemerals[-1].text
    assert "✅ The rotation of 2028 is prepared. From Saturday 1 January 2028:" in told
    assert "the agency that coordinates them, UNDP, not by WHO" in told
    with bot.ctx.readings.begin() as session:
        held = {each.office: each for each in storage.mandates.of_offices(session, TROIKA, DAY)}
        codes = {each.id: each.code for each in storage.partners.everyone(session)}
        assert {office: codes[each.institution_id or 0] for office, each in held.items()} == {
            Office.LEAD: "BM",
            Office.INCOMING: "OMS",
            Office.OUTGOING: "DDC",
        }
        voice = storage.configuration.current(session).un_voice_id
        assert codes[voice or 0] == "PNUD"
        lead = storage.mandates.held_on(session, Office.LEAD, None, date(2027, 12, 31))
        assert codes[lead.institution_id or 0] == "DDC" if lead else False
    assert "rotation_open" not in str(pool.ephemerals[-1].blocks)


def test_who_is_no_longer_of_the_pool_is_refused_at_each_button(bot: Bot) -> None:
    assistant = bot.be(POOL_ASSISTANT)
    message = assistant.command("/ptf mandats").message
    assert message is not None
    with bot.ctx.sessions.begin() as session:
        for mandate in storage.mandates.of_offices(session, [Office.POOL_ASSISTANT], bot.ctx.today):
            mandate.ends = bot.ctx.today - timedelta(days=1)
    for button in ("rotation_open", "mandate_add", "mandate_left"):
        assistant.click(message, button)
        assert "Ceci relève du Pool Technique" in assistant.ephemerals[-1].text
    again = assistant.command("/ptf mandats").message
    assert again is not None
    assert not {"rotation_open", "mandate_add", "mandate_edit", "mandate_left"} & actions(again.blocks)


def actions(blocks: Sequence[dict[str, Any]]) -> set[str]:
    """What one can press in a message."""
    return {element["action_id"] for block in blocks if block["type"] == "actions" for element in block["elements"]}
