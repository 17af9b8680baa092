"""Reminders: to who owes an update and has not given it, once; and to the Pool who is missing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select

import storage.configuration
from handlers import reminders
from storage.groups import Group
from storage.mandates import Mandate
from storage.people import Person, Standing
from storage.updates import Update
from tests.conversation import EDUCATION, HEALTH, POOL, Bot

WEDNESDAY = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)


def remind(bot: Bot, at: datetime = WEDNESDAY) -> None:
    """What the clock does when reminders are due."""
    bot.at(at)
    with bot.ctx.sessions.begin() as session:
        reminders.remind(session, bot.ctx, at)
    bot.deliver()


def nudge(bot: Bot, at: datetime = WEDNESDAY, due: datetime | None = None) -> None:
    """What the clock does on the digest's day."""
    bot.at(at)
    with bot.ctx.sessions.begin() as session:
        reminders.nudge(session, bot.ctx, due or at)
    bot.deliver()


def somebody(bot: Bot, number: int) -> str:
    """The Slack id of the person of that number, who speaks as a member."""
    with bot.ctx.sessions.begin() as session:
        person = session.get_one(Person, number)
        person.standing = Standing.MEMBER
        assert person.slack_id is not None
        return person.slack_id


def give_education_to(bot: Bot, who: str) -> None:
    """Let that person alone coordinate the education group."""
    with bot.ctx.sessions.begin() as session:
        person = session.scalars(select(Person).where(Person.slack_id == who)).one()
        group = session.scalars(select(Group).where(Group.code == "EDU")).one()
        for mandate in session.scalars(select(Mandate).where(Mandate.group_id == group.id)):
            mandate.holder_id, mandate.alternate_id = person.id, None


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
    assert all("mise à jour" not in message.plain for message in bot.told(EDUCATION))
    remind(bot)
    remind(bot, WEDNESDAY + timedelta(hours=5))
    remind(bot, WEDNESDAY + timedelta(days=1))
    assert len([message for message in bot.told(EDUCATION) if "mise à jour" in message.plain]) == 1


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


def test_the_stand_in_is_asked_when_the_coordinator_is_a_guest_who_could_not_answer(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        session.scalars(select(Person).where(Person.slack_id == EDUCATION)).one().standing = Standing.GUEST
    remind(bot)
    assert bot.told(EDUCATION) == []
    assert len(bot.told("UEDUSUP001")) == 1


def test_who_takes_a_group_over_is_asked_whoever_was_asked_before(bot: Bot) -> None:
    first, then = (somebody(bot, number) for number in (10, 1))
    give_education_to(bot, first)
    remind(bot)
    give_education_to(bot, then)
    remind(bot)
    assert [len(bot.told(who)) for who in (first, then)] == [1, 1]


def test_one_message_lists_all_groups_of_a_person(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        jus = session.scalars(select(Group).where(Group.code == "JUS")).one()
        lead = session.scalars(select(Person).where(Person.slack_id == EDUCATION)).one()
        for mandate in session.scalars(select(Mandate).where(Mandate.group_id == jus.id)):
            mandate.holder_id = lead.id
    remind(bot)
    (asked,) = bot.told(EDUCATION)
    assert asked.plain.count("Donner la mise à jour") == 2
    assert "Justice" in asked.plain
    remind(bot, WEDNESDAY + timedelta(days=1))
    assert len([message for message in bot.told(EDUCATION) if "mise à jour" in message.plain]) == 1


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


def test_the_pool_reads_whom_nobody_could_ask(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        groups = {group.code: group.id for group in session.scalars(select(Group))}
        session.execute(delete(Mandate).where(Mandate.group_id == groups["JUS"]))
        for slack_id in (EDUCATION, "UEDUSUP001"):
            session.scalars(select(Person).where(Person.slack_id == slack_id)).one().standing = Standing.DEACTIVATED
    nudge(bot, WEDNESDAY + timedelta(days=2))
    (told,) = bot.told(POOL)
    lines = {line.partition(")")[0][-3:]: line for line in told.plain.split("\n")}
    assert lines["EDU"].endswith("Canada – Éducation et UNICEF – Éducation, impossible à solliciter ici")
    assert lines["JUS"].endswith("pas de coordonnateur, personne n’a été sollicité")
    assert lines["ENV"].endswith("PNUD – Environnement")


def test_a_nudge_that_comes_after_the_digest_was_due_says_nothing_and_leaves_the_next_one_its_turn(bot: Bot) -> None:
    friday = WEDNESDAY + timedelta(days=2)
    for late in (timedelta(hours=7), timedelta(days=3)):
        nudge(bot, friday + late, due=friday)
        assert bot.told(POOL) == []
    nudge(bot, friday + timedelta(days=7))
    assert "semaine 10 de 2027" in bot.told(POOL)[-1].plain


def test_a_reminder_and_a_nudge_speak_the_language_of_who_reads_them(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        session.execute(delete(Update).where(Update.period == "2027-W09"))
        session.scalars(select(Person).where(Person.slack_id == POOL)).one().language = "en"
    remind(bot)
    nudge(bot)
    (asked,) = bot.told(HEALTH)
    assert "Hello. This is awaited from you:" in asked.plain
    assert "by Friday 5 March 2027 at 16:00 (Bamako)" in asked.plain
    assert "updates are still awaited for week 9 of 2027" in bot.told(POOL)[-1].plain
    assert bot.standin.workspace.warnings == []
    assert bot.standin.workspace.refusals == []
