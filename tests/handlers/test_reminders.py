"""Reminders: to who owes an update and has not given it, once; and to the Pool who is missing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

import storage.configuration
from handlers import reminders
from storage.groups import Group
from storage.mandates import Mandate
from storage.people import Person, Standing
from tests.conversation import EDUCATION, HEALTH, POOL, Bot

WEDNESDAY = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)


def remind(bot: Bot, at: datetime = WEDNESDAY) -> None:
    """What the clock does when reminders are due."""
    bot.at(at)
    with bot.ctx.sessions.begin() as session:
        reminders.remind(session, bot.ctx, at)
    bot.deliver()


def nudge(bot: Bot, at: datetime = WEDNESDAY) -> None:
    """What the clock does on the digest's day."""
    bot.at(at)
    with bot.ctx.sessions.begin() as session:
        reminders.nudge(session, bot.ctx, at)
    bot.deliver()


def test_who_owes_is_asked_two_days_before_with_a_button_that_opens_the_form(bot: Bot) -> None:
    remind(bot)
    (asked,) = bot.told(EDUCATION)
    assert "Éducation" in asked.plain
    assert "vendredi 5 mars 2027 à 16:00" in asked.plain
    lead = bot.be(EDUCATION)
    lead.click(asked, "update_open")
    assert lead.view is not None
    assert "Éducation" in lead.view.plain
    assert bot.standin.workspace.warnings == []


def test_who_has_given_it_hears_nothing(bot: Bot) -> None:
    bot.be(EDUCATION).command("/ptf update EDU C’est fait.")
    remind(bot)
    assert all("attendue" not in message.plain for message in bot.told(EDUCATION))
    assert bot.told(HEALTH) == [], "the health group reported already"


def test_nobody_is_asked_earlier_nor_twice(bot: Bot) -> None:
    remind(bot, WEDNESDAY - timedelta(days=1))
    assert bot.told(EDUCATION) == []
    remind(bot)
    remind(bot, WEDNESDAY + timedelta(hours=5))
    remind(bot, WEDNESDAY + timedelta(days=1))
    assert len(bot.told(EDUCATION)) == 1


def test_a_reminder_that_missed_its_hour_is_still_sent(bot: Bot) -> None:
    remind(bot, WEDNESDAY + timedelta(days=1, hours=6))
    assert len(bot.told(EDUCATION)) == 1


def test_the_stand_in_is_asked_when_the_coordinator_has_left(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        lead = session.scalars(select(Person).where(Person.slack_id == EDUCATION)).one()
        lead.standing = Standing.DEACTIVATED
    remind(bot)
    assert bot.told(EDUCATION) == []
    assert len(bot.told("UEDUSUP001")) == 1


def test_one_message_lists_all_groups_of_a_person(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        jus = session.scalars(select(Group).where(Group.code == "JUS")).one()
        lead = session.scalars(select(Person).where(Person.slack_id == EDUCATION)).one()
        for mandate in session.scalars(select(Mandate).where(Mandate.group_id == jus.id)):
            mandate.holder_id = lead.id
    remind(bot)
    (asked,) = bot.told(EDUCATION)
    assert "2 mises à jour" in asked.plain
    assert "Justice" in asked.plain
    remind(bot, WEDNESDAY + timedelta(days=1))
    assert len(bot.told(EDUCATION)) == 1


def test_dormant_and_on_demand_groups_are_never_asked_nor_missing(bot: Bot) -> None:
    with bot.ctx.readings.begin() as session:
        codes = {each.group.code for each in reminders.open_now(session, bot.ctx)}
    assert "EDU" in codes
    assert not codes & {"PAST", "SCAP", "GEC"}


def test_reminders_can_be_switched_off(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        storage.configuration.current(session).reminders = False
    remind(bot)
    nudge(bot)
    assert bot.told(EDUCATION) == []
    assert bot.told(POOL) == []


def test_the_pool_is_told_once_who_is_missing_and_whom_nobody_could_ask(bot: Bot) -> None:
    friday = WEDNESDAY + timedelta(days=2)
    nudge(bot, friday)
    nudge(bot, friday + timedelta(hours=1))
    (told,) = bot.told(POOL)
    assert "Éducation" in told.plain
    assert "Canada – Éducation" in told.plain


def test_the_pool_is_told_when_all_is_in(bot: Bot) -> None:
    with bot.ctx.readings.begin() as session:
        owed = [each.group.code for each in reminders.open_now(session, bot.ctx) if each.group.rhythm == "weekly"]
    for code in owed:
        bot.be(POOL).command(f"/ptf update {code} Fait.")
    bot.deliver()
    nudge(bot)
    assert "Toutes les mises à jour attendues ont été reçues" in bot.told(POOL)[-1].plain
