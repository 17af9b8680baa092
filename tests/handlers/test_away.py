"""`/ptf away`: days as people write them, who is asked meanwhile, the form, the list; the Pool for others."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

import storage.absences
import storage.history
from bot import timetable
from handlers.away import begin
from storage.absences import Absence
from storage.people import Person
from tests.conversation import EDUCATION, GUEST, HEALTH, MEMBER, POOL, Bot

HEALTH_STANDIN, EDUCATION_STANDIN, RURAL = "USANSUP001", "UEDUSUP001", "UEARLEAD01"
BEGINNINGS = tuple(job for job in timetable.JOBS if job.run is begin)


def noted(bot: Bot) -> list[tuple[str, date, date, str]]:
    """Every absence in force: who, from, to, the word."""
    chosen = select(Person.slack_id, Absence).join(Absence, Absence.person_id == Person.id)
    with bot.ctx.readings.begin() as session:
        rows = session.execute(chosen.where(Absence.withdrawn_at.is_(None)).order_by(Absence.id)).all()
    return [(str(who), each.first, each.last, each.word) for who, each in rows]


def forget_all(bot: Bot) -> None:
    """Take away the absences of the demo world."""
    with bot.ctx.sessions.begin() as session:
        for absence in session.scalars(select(Absence)):
            session.delete(absence)


@pytest.fixture(autouse=True)
def empty(bot: Bot) -> None:
    """Nobody is away."""
    forget_all(bot)


def test_until_friday_is_noted_the_stand_in_is_told_and_hears_when_it_ends(bot: Bot) -> None:
    timetable.tick(bot.ctx, BEGINNINGS)
    health = bot.be(HEALTH)
    answer = health.command("/ptf away until Friday")
    assert "you are away from Wednesday 3 March 2027 to Friday 5 March 2027, both included" in answer.text
    assert "Meanwhile Pays-Bas – Santé (suppléance) is asked for Health and HIV/AIDS." in answer.text
    bot.at(bot.ctx.now() + timedelta(hours=1))
    timetable.tick(bot.ctx, BEGINNINGS)
    bot.deliver()
    (told,) = bot.told(HEALTH_STANDIN)
    assert "Entre-temps, vous êtes sollicité pour" in told.text or "Meanwhile you are asked" in told.text
    assert "already" in health.command("/ptf away until Friday").text
    assert "Welcome back" in health.command("/ptf away I’m back").text
    bot.deliver()
    assert len(bot.told(HEALTH_STANDIN)) == 2
    assert noted(bot) == []
    assert "nothing was changed" in health.command("/ptf away back").text
    with bot.ctx.readings.begin() as session:
        changes = [each for each in storage.history.everything(session) if each.kind == "absences"]
    assert [(each.origin, each.action) for each in changes[-2:]] == [("command", "created"), ("command", "edited")]


def test_a_leave_in_august_is_told_to_who_stands_in_when_it_begins_once_and_at_a_working_hour(bot: Bot) -> None:
    timetable.tick(bot.ctx, BEGINNINGS)
    answer = bot.be(EDUCATION).command("/ptf absent du 12 au 30 août, congé annuel")
    assert "du jeudi 12 août 2027 au lundi 30 août 2027 inclus" in answer.text
    assert "Entre-temps, UNICEF – Éducation est sollicité pour" in answer.text
    assert noted(bot) == [(EDUCATION, date(2027, 8, 12), date(2027, 8, 30), "congé annuel")]
    bot.deliver()
    assert bot.told(EDUCATION_STANDIN) == []
    for hour, messages in ((5, 0), (8, 1), (20, 1)):
        bot.at(datetime(2027, 8, 12, hour, 30, tzinfo=UTC))
        timetable.tick(bot.ctx, BEGINNINGS)
        bot.deliver()
        assert len(bot.told(EDUCATION_STANDIN)) == messages
    assert "congé" not in bot.told(EDUCATION_STANDIN)[0].text
    with bot.ctx.readings.begin() as session:
        everyone = {person.id for person in session.scalars(select(Person))}
        away = storage.absences.away_on(session, date(2027, 8, 30), everyone)
        assert len(away) == 1
        assert storage.absences.away_on(session, date(2027, 8, 31), away) == set()


def test_whoever_has_no_stand_in_is_warned(bot: Bot) -> None:
    answer = bot.be(RURAL).command("/ptf absent vendredi")
    assert "le vendredi 5 mars 2027" in answer.text
    assert "personne n’est sollicité pour" in answer.text


def test_a_stand_in_who_is_away_too_is_told_of(bot: Bot) -> None:
    bot.be(HEALTH_STANDIN).command("/ptf away 5 March")
    bot.deliver()
    answer = bot.be(HEALTH).command("/ptf away until 9 March")
    assert "is away too on Friday 5 March 2027" in answer.text


def test_absences_that_overlap_become_one_and_are_cancelled_in_the_list(bot: Bot) -> None:
    health = bot.be(HEALTH)
    bot.standin.twice = True
    health.command("/ptf away 12 to 20 August: leave")
    health.command("/ptf away 25 to 30 August")
    answer = health.command("/ptf away 18 to 26 August")
    assert "from Thursday 12 August 2027 to Monday 30 August 2027" in answer.text
    assert noted(bot) == [(HEALTH, date(2027, 8, 12), date(2027, 8, 30), "leave")]
    listed = health.command("/ptf away list")
    assert "*Your absence to come*" in listed.text
    assert "(leave)" in listed.text
    health.click(listed.message, "Cancel it")
    assert noted(bot) == []
    assert "You have no absence noted." in health.ephemerals[-1].text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/ptf away yesterday", "is over: it ended on Tuesday 2 March 2027"),
        ("/ptf away soon <!channel>", "I cannot read “soon &lt;!channel&gt;” as days"),
        ("/ptf away <@UEDULEAD01> until Friday", "This is for the Pool Technique: "),
    ],
)
def test_what_cannot_be_noted_is_refused_with_the_reason(bot: Bot, typed: str, told: str) -> None:
    assert told in bot.be(HEALTH).command(typed).text
    assert noted(bot) == []


def test_the_form_shows_what_is_noted_and_what_was_understood(bot: Bot) -> None:
    health = bot.be(HEALTH)
    health.command("/ptf away 12 to 20 August")
    health.command("/ptf away")
    assert health.view is not None
    assert "12 August 2027" in str(health.view.blocks)
    assert "person" not in str(health.view.blocks)
    assert "past" in health.submit(first="2027-03-01", last="2027-03-02").errors["last"]
    assert "cannot end before" in health.submit(first="2027-04-02", last="2027-04-01").errors["last"]
    assert health.submit(first="2027-04-01", last="2027-04-02", word="mission").ok
    assert health.view is not None
    assert "from Thursday 1 April 2027 to Friday 2 April 2027" in str(health.view.blocks)
    health.command("/ptf away")
    health.click(health.view, "Cancel it")
    assert health.view is not None
    assert "1 April 2027" not in str(health.view.blocks)
    assert len(noted(bot)) == 1


def test_the_pool_notes_it_for_others_who_are_told_and_sees_everybodys(bot: Bot) -> None:
    pool, education = bot.be(POOL), bot.be(EDUCATION)
    assert "absence de Canada – Éducation" in pool.command("/ptf absent <@UEDULEAD01> du 12 au 30 août").text
    pool.command("/ptf absent")
    assert pool.submit(person=HEALTH, first="2027-04-01", last="2027-04-02").ok
    bot.deliver()
    assert "Pool Technique" in bot.told(EDUCATION)[-1].text
    education.click(bot.told(EDUCATION)[-1], "away_cancel")
    assert [who for who, *_ in noted(bot)] == [HEALTH]
    listed = pool.command("/ptf absent liste")
    assert "*Une absence à venir*" in listed.text
    bot.be(MEMBER).command("/ptf absent liste")
    assert "You have no absence" in bot.be(MEMBER).ephemerals[-1].text


def test_a_guest_notes_nothing(bot: Bot) -> None:
    bot.be(GUEST).command("/ptf away until Friday", channel="espace-gouvernement")
    assert noted(bot) == []
