"""Requests to the Pool: asked and heard of at once, taken with a button, answered with a form, told to the asker."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

import storage.registered
from bot.rehearsal.answers import NotPossible
from handlers.reminders import sources
from storage.requests import Request, Status
from storage.visibility import Audience
from tests.conversation import EDUCATION, HEALTH, MEMBER, POOL, POOL_ASSISTANT, Bot, answer
from tests.handlers.reminders import clockwork

ASKED = "Which partners go to Ségou in <May>?"


def newest(bot: Bot) -> Request:
    """The request asked last."""
    with bot.ctx.readings.begin() as session:
        return storage.registered.newest(session, Request, Audience(troika=True), 1)[0]


def test_it_is_asked_at_once_taken_with_a_button_answered_with_a_form_and_the_asker_hears_each(bot: Bot) -> None:
    member, pool, assistant = bot.be(MEMBER), bot.be(POOL), bot.be(POOL_ASSISTANT)
    reply = member.command(f"/ptf request {ASKED}")
    request = newest(bot)
    assert reply.text == f"Asked of the Pool Technique as *{request.code}*. By when, and of whom?"
    member.click(None, "request_deadline")
    assert answer(member, deadline="yesterday").errors["deadline"].startswith("The deadline is understood as")
    assert answer(member, deadline="end of March").ok
    bot.deliver()
    for each in (POOL, POOL_ASSISTANT):
        assert ASKED in bot.told(each)[-1].plain
    assert "Prise en charge" not in bot.told(POOL)[-1].plain
    assistant.click(bot.told(POOL_ASSISTANT)[-1], "request_take")
    bot.deliver()
    assert bot.told(MEMBER)[-1].plain.startswith(f"Pool Technique – Assistance takes your request *{request.code}*")
    assert "Prise en charge" in bot.told(POOL)[-1].plain
    assistant.click(bot.told(POOL_ASSISTANT)[-1], "request_answer")
    assert answer(assistant, answer="Two of them: WHO & UNICEF.").ok
    bot.deliver()
    assert "Two of them: WHO & UNICEF." in bot.told(MEMBER)[-1].plain
    assert request.code in member.command("/ptf requests answered").text
    assert request.code not in bot.be(HEALTH).command("/ptf requests tout").text
    history = pool.command(f"/ptf historique {request.code}").text
    assert "Demandée → Prise en charge" in history.replace("\u00a0", " ")


def test_what_the_pool_writes_down_for_somebody_is_theirs_and_only_the_pool_takes_it(bot: Bot) -> None:
    pool, member = bot.be(POOL), bot.be(MEMBER)
    pool.command("/ptf demande")
    given = {"text": "Réserver la salle.", "asked_by": MEMBER, "taken_by": HEALTH}
    other = bot.be(EDUCATION)
    other.command("/ptf demande")
    assert answer(other, **given).errors["asked_by"].startswith("Seul le Pool Technique")
    assert answer(pool, **given).errors["taken_by"].startswith("Pays-Bas – Santé n’est pas du Pool Technique")
    assert answer(pool, **given | {"taken_by": POOL_ASSISTANT}).ok
    bot.deliver()
    request = newest(bot)
    assert (request.status, request.visibility) == (Status.TAKEN, "troika")
    assert "vous confie" in bot.told(POOL_ASSISTANT)[-1].plain
    mine = bot.told(MEMBER)
    assert any("takes your request" in each.plain for each in mine)
    card = next(each for each in mine if each.plain.startswith("Request to the Pool"))
    with pytest.raises(NotPossible):
        member.click(card, "request_take")
    member.click(card, "request_withdraw")
    assert request.code not in pool.command("/ptf demandes").text


def test_who_took_it_is_reminded_of_its_day_until_it_is_answered(bot: Bot) -> None:
    pool = bot.be(POOL)
    pool.command("/ptf demande Trouver les chiffres de 2026")
    pool.click(None, "request_deadline")
    assert answer(pool, deadline="12 mars").ok
    bot.deliver()
    pool.click(bot.told(POOL)[-1], "request_take")
    request, days = newest(bot), (date(2027, 3, 1), date(2027, 3, 31))
    with bot.ctx.readings.begin() as session:
        due = next(each for each in sources.owed(session, bot.ctx, *days) if each.key == f"request:{request.id}")
        assert (due.day, due.carriers[0]) == (date(2027, 3, 12), request.taken_by_id)
    clockwork.start(bot)
    clockwork.remind(bot, datetime(2027, 3, 10, 9, 0, tzinfo=UTC))
    asked = bot.told(POOL)[-1]
    assert f"*{request.code}*, demande au Pool : Trouver les" in asked.plain.replace("\u00a0", " ")
    pool.click(asked, "request_answer", value=str(request.id))
    assert answer(pool, answer="Faits.").ok
    with bot.ctx.readings.begin() as session:
        assert not [each for each in sources.owed(session, bot.ctx, *days) if each.key == f"request:{request.id}"]
