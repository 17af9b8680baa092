"""Expertise: a contract with its deliverables; who follows it is reminded of what is due until it came."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

import storage.registered
from bot.rehearsal.answers import NotPossible
from handlers.reminders import sources
from storage.expertise import Deliverable, Delivered, Expertise
from storage.visibility import Audience
from tests.conversation import MEMBER, POOL, Bot, answer
from tests.handlers.reminders import clockwork

FOLLOWS = "USUISSE002"
"""Who follows EXP-2027-001, and is of the lead's institution."""


def test_an_expertise_gets_its_deliverables_and_notes_and_warns_of_what_does_not_hold(bot: Bot) -> None:
    pool = bot.be(POOL)
    pool.command("/ptf expertise")
    pool.click(None, "expert_add")
    given = {"subject": "Étude sur l’énergie", "status": "contract", "starts": "2027-03-01", "days": "vingt"}
    assert "vingt" in answer(pool, **given).errors["days"]
    assert list(answer(pool, days="20", ends="2027-02-01").errors) == ["ends"]
    assert answer(pool, ends="2027-03-31").ok
    bot.deliver()
    card = bot.told(POOL)[-1]
    assert "mais le consultant ou les dates du contrat ne sont pas dits" in card.plain
    pool.click(card, "deliverable_add")
    assert answer(pool, name="Rapport & annexes", due="fin avril", status="awaited").ok
    pool.click(card, "supervision_add")
    assert answer(pool, text="Réunion de cadrage tenue.").ok
    with bot.ctx.readings.begin() as session:
        expertise = storage.registered.newest(session, Expertise, Audience(troika=True), 1)[0]
    pool.command("/ptf expert")
    pool.choose(None, "expert_menu", f"show:{expertise.id}")
    assert pool.view is not None
    shown = str(pool.view.blocks).replace("\u00a0", " ")
    for told in ("Rapport &amp; annexes", "3 mars 2027", "Un livrable est attendu le vendredi 30 avril 2027"):
        assert told in shown
    member = bot.be(MEMBER)
    assert "Needed" in member.command("/ptf expert").text
    with pytest.raises(NotPossible):
        member.click(None, "expert_add")


def test_who_follows_it_is_reminded_of_a_deliverable_until_it_came(bot: Bot) -> None:
    def owed() -> list[str]:
        with bot.ctx.readings.begin() as session:
            found = sources.owed(session, bot.ctx, date(2027, 3, 8), date(2027, 3, 8))
            return [each.short(session, bot.ctx.speaker) for each in found if each.key.startswith("deliverable:")]

    (line,) = owed()
    assert line.startswith("*DEL-2027-002*, livrable\u00a0: Tables by sector (EXP-2027-001, échéance")
    clockwork.start(bot)
    clockwork.remind(bot, datetime(2027, 3, 8, 9, 0, tzinfo=UTC))
    asked = bot.told(FOLLOWS)[-1]
    assert "DEL-2027-002" in asked.plain
    bot.be(FOLLOWS).click(asked, "deliverable_received")
    assert owed() == []
    with bot.ctx.readings.begin() as session:
        came = session.scalars(select(Deliverable).where(Deliverable.code == "DEL-2027-002")).one()
    assert (came.status, came.received) == (Delivered.RECEIVED, date(2027, 3, 8))
