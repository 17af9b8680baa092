"""Slack in trouble while a person speaks: they are told where they are, or by other means; what was kept stays kept."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.rehearsal.person import Person
from storage.outbox import Message
from storage.updates import Update
from tests.conversation import EDUCATION, MEMBER, POOL, Bot
from tests.handlers.test_trouble import WORDS, said
from tests.handlers.test_twice import counted

FAULTS = ("ratelimited", "server_error", "reset_before", "reset_after")
ALL_FAULTS = (*FAULTS, "timeout")
TROUBLE = "Slack ne nous répond pas correctement"


def direct(bot: Bot, who: str) -> str:
    """Everything in the direct messages of that person."""
    return "\n".join(message.plain for message in bot.told(who))


def heard(person: Person) -> str:
    """Everything told to that person alone."""
    return "\n".join(message.plain for message in person.ephemerals)


def status(bot: Bot) -> str | None:
    """How the work of the update said here stands."""
    with bot.ctx.readings.begin() as session:
        return session.scalars(select(Update.status).where(Update.progress == WORDS)).one()


@pytest.mark.parametrize("fault", ALL_FAULTS)
def test_who_cannot_be_checked_gets_the_text_back_in_both_languages(bot: Bot, fault: str) -> None:
    workspace = bot.standin.workspace
    newcomer = workspace.add_user(name="new", real_name="New")
    workspace.channel("ptf-general").members.append(newcomer.id)
    bot.standin.faults.next("users.info", fault)
    reply = bot.be("new").command(f"/ptf update EDU {WORDS}", "ptf-general")
    assert reply.failure is None, "within Slack's three seconds"
    assert "vérifier auprès de Slack" in reply.text
    assert "could not check with Slack" in reply.text
    assert WORDS in str(reply.blocks)
    assert WORDS not in said(bot)
    assert "Canada" in bot.be("new").command(f"/ptf update EDU {WORDS}", "ptf-general").text, "asked anew"


@pytest.mark.parametrize("fault", ALL_FAULTS)
def test_a_form_that_names_somebody_slack_does_not_tell_of_stays_and_nothing_is_kept(bot: Bot, fault: str) -> None:
    newcomer = bot.standin.workspace.add_user(name="new", real_name="New")
    pool = bot.be(POOL)
    pool.command("/ptf decision GEC")
    form, before = pool.view, counted(bot)
    bot.standin.faults.next("users.info", fault)
    assert pool.submit(text=WORDS, carrier=newcomer.id).failure is None
    assert pool.view is not None
    assert TROUBLE in pool.view.plain
    assert counted(bot) == before
    pool.close()
    assert pool.view is form
    assert pool.submit().ok
    assert counted(bot)["decisions"] == before["decisions"] + 1


@pytest.mark.parametrize("fault", FAULTS)
def test_a_refusal_reaches_who_clicked_also_when_the_response_url_fails(bot: Bot, fault: str) -> None:
    lead = bot.be(EDUCATION)
    reply = lead.command(f"/ptf update EDU {WORDS}")
    bot.deliver()
    lead.click(bot.told(EDUCATION)[-1], "update_withdraw")
    bot.standin.faults.next("response_url", fault)
    assert lead.click(reply.message, "update_status_on_track").failure is None
    assert "Ceci a été retiré" in heard(lead)
    assert status(bot) is None


def test_where_slack_does_not_answer_at_all_the_click_is_shown_as_failed(bot: Bot) -> None:
    lead = bot.be(EDUCATION)
    reply = lead.command(f"/ptf update EDU {WORDS}")
    bot.deliver()
    lead.click(bot.told(EDUCATION)[-1], "update_withdraw")
    bot.standin.faults.next("response_url", "timeout")
    assert lead.click(reply.message, "update_status_on_track").failure == "dispatch_failed", "and not a time-out"
    assert "Ceci a été retiré" not in heard(lead)


@pytest.mark.parametrize("fault", ALL_FAULTS)
def test_a_status_that_was_kept_is_never_told_as_lost(bot: Bot, fault: str) -> None:
    lead = bot.be(EDUCATION)
    reply = lead.command(f"/ptf update EDU {WORDS}")
    bot.standin.faults.next("response_url", fault)
    assert lead.click(reply.message, "update_status_on_track").failure is None
    assert status(bot) == "on_track"
    assert TROUBLE not in heard(lead)
    bot.deliver()
    assert WORDS in direct(bot, EDUCATION)


@pytest.mark.parametrize("fault", ALL_FAULTS)
def test_a_digest_on_its_way_is_never_told_as_not_sent(bot: Bot, fault: str) -> None:
    pool = bot.be(POOL)
    reply = pool.command("/ptf digest")
    bot.standin.faults.next("response_url", fault)
    assert pool.click(reply.message, "digest_post").failure is None
    assert TROUBLE not in heard(pool)
    with bot.ctx.readings.begin() as session:
        assert session.scalars(select(Message).where(Message.key.startswith("digest:"))).all()


def test_a_refusal_on_the_home_tab_is_laid_upon_it(bot: Bot) -> None:
    member = bot.be(MEMBER)
    assert member.click(member.home(), "update_open").failure is None
    assert member.view is not None
    assert "You coordinate no group" in member.view.plain
    assert bot.standin.workspace.refusals == []


@pytest.mark.parametrize("fault", ["ratelimited", "server_error", "reset_before"])
def test_a_sheet_that_slack_does_not_take_is_told_in_direct_messages(bot: Bot, fault: str) -> None:
    pool = bot.be(POOL)
    pool.click(pool.home(), "config_open")
    bot.standin.faults.next("views.push", fault, times=2)
    assert pool.click(pool.view, "config_timing").failure is None
    assert TROUBLE in direct(bot, POOL)


def test_a_trigger_that_expired_on_a_sheet_is_told_in_direct_messages(bot: Bot) -> None:
    pool = bot.be(POOL)
    pool.click(pool.home(), "config_open")
    bot.standin.faults.next("views.push", "reset_after")
    assert pool.click(pool.view, "config_timing").failure is None
    assert len(pool.views) == 2, "the first attempt had its effect"
    assert TROUBLE in direct(bot, POOL)


@pytest.mark.parametrize("fault", ALL_FAULTS)
def test_a_home_tab_that_slack_does_not_take_ends_nothing(bot: Bot, fault: str) -> None:
    bot.standin.faults.next("views.publish", fault)
    member = bot.be(MEMBER)
    member.home()
    assert member.home() is not None
