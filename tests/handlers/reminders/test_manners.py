"""Reminders with manners, in conversation: the stand-in, putting off, stopping, answering early, those above."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import event, select

import storage.outbox
import storage.reporting_periods
from bot.rehearsal.model import Message
from handlers.reminders import rounds
from storage.absences import Absence
from storage.groups import Group
from storage.history import By, Origin
from storage.mandates import Mandate
from storage.outbox import Message as Row
from storage.outbox import State
from storage.people import Person, Standing
from storage.reminding import Pause
from tests.conversation import CHIEF, EDUCATION, POOL, Bot
from tests.handlers.reminders.clockwork import WEDNESDAY, begin, remind

STAND_IN = "UEDUSUP001"
DAY = timedelta(days=1)
THURSDAY, FRIDAY, SATURDAY, MONDAY = (WEDNESDAY + days * DAY for days in (1, 2, 3, 5))
FEAST, AFTER, LATER = (WEDNESDAY + days * DAY for days in (6, 7, 8))
"""Tuesday 9 March 2027 is the end of Ramadan: nobody works in Mali."""


def asked(bot: Bot, who: str = EDUCATION) -> list[Message]:
    """The reminders that stand in somebody's direct messages."""
    return [message for message in bot.told(who) if "reminder_" in str(message.blocks)]


def told_above(bot: Bot, who: str, words: str) -> list[Message]:
    """What was told somebody of things asked in vain."""
    return [message for message in bot.told(who) if words in message.plain]


def person(bot: Bot, who: str) -> Person:
    """Somebody's row."""
    with bot.ctx.readings.begin() as session:
        return session.scalars(select(Person).where(Person.slack_id == who)).one()


def test_the_ladder_of_a_week_then_the_pool_then_the_chef_de_file_each_once(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        session.scalars(select(Person).where(Person.slack_id == CHIEF)).one().language = "en"
    begin(bot)
    seen = []
    for at in (WEDNESDAY, WEDNESDAY + timedelta(hours=1), THURSDAY, FRIDAY, SATURDAY, MONDAY, FEAST):
        remind(bot, at)
        seen.append(len(asked(bot)))
    assert seen == [1, 1, 1, 2, 2, 3, 3]
    assert "était attendue jusqu’au vendredi 5 mars" in asked(bot)[-1].plain
    assert told_above(bot, POOL, "sans réponse") == []
    remind(bot, AFTER)
    (pool,) = told_above(bot, POOL, "sans réponse")
    line = next(line for line in pool.plain.split("\n") if "(EDU)" in line)
    assert line.endswith("Demandé à\u00a0: Canada – Éducation, en dernier le lundi 8 mars 2027.")
    assert told_above(bot, CHIEF, "in vain") == []
    for at in (AFTER + timedelta(hours=3), LATER, LATER + DAY):
        remind(bot, at)
    assert len(told_above(bot, POOL, "sans réponse")) == 1
    (chief,) = told_above(bot, CHIEF, "in vain")
    assert "asked in vain so far" in chief.plain
    assert "Asked: Canada – Éducation, last on Monday 8 March 2027." in chief.plain
    assert bot.standin.workspace.refusals == []


def test_nobody_on_demand_dormant_or_excused_is_asked_or_told_of(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        justice = session.scalars(select(Group.id).where(Group.code == "JUS")).one()
        row = storage.reporting_periods.entered(session, justice, "2027-W09")
        storage.reporting_periods.excuse(session, row, "Retraite", By(None, WEDNESDAY, Origin.FORM))
    begin(bot)
    for at in (FRIDAY, MONDAY, AFTER, LATER):
        remind(bot, at)
    told = "\n".join(message.plain for who in (POOL, CHIEF) for message in told_above(bot, who, "sans réponse"))
    assert "(EDU)" in told
    assert not any(f"({code})" in told for code in ("PAST", "SCAP", "GEC", "JUS"))
    assert all("semaine 9 " not in message.plain for message in asked(bot, "UJUSLEAD01"))


def test_while_somebody_is_away_the_stand_in_is_asked_in_their_place(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        away = Absence(person_id=person(bot, EDUCATION).id, first=date(2027, 3, 1), last=date(2027, 3, 4))
        away.said_at = bot.ctx.now()
        session.add(away)
    begin(bot)
    remind(bot)
    assert (len(asked(bot)), len(asked(bot, STAND_IN))) == (0, 1)
    remind(bot, FRIDAY)
    assert (len(asked(bot)), len(asked(bot, STAND_IN))) == (1, 1), "back on Friday"


def test_where_slack_would_not_take_it_the_stand_in_is_asked_and_nobody_is_said_to_have_been(bot: Bot) -> None:
    begin(bot)
    for at in (WEDNESDAY, THURSDAY):
        remind(bot, at, deliver=False)
        with bot.ctx.sessions.begin() as session:
            for row in session.scalars(select(Row).where(Row.address.in_([EDUCATION, STAND_IN]))):
                storage.outbox.refused(session, row, "user_not_found")
        bot.deliver()
    remind(bot, FRIDAY)
    (told,) = told_above(bot, POOL, "(EDU)")
    assert "Il n’y avait personne à solliciter." in told.plain
    with bot.ctx.readings.begin() as session:
        keys = session.scalars(select(Row.address).where(Row.state == State.REFUSED).order_by(Row.id)).all()
    assert keys == [EDUCATION, STAND_IN], "nobody is tried again and again"


def test_with_nobody_to_ask_the_pool_is_told_at_once_and_once(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        for who in (EDUCATION, STAND_IN):
            session.scalars(select(Person).where(Person.slack_id == who)).one().standing = Standing.DEACTIVATED
    begin(bot)
    for at in (WEDNESDAY, THURSDAY, FRIDAY):
        remind(bot, at)
    (told,) = told_above(bot, POOL, "(EDU)")
    assert "Il n’y avait personne à solliciter." in told.plain
    assert "Canada" not in told.plain


def test_put_off_until_tomorrow_it_comes_tomorrow_and_undone_it_is_as_before(bot: Bot) -> None:
    begin(bot)
    remind(bot)
    lead = bot.be(EDUCATION)
    lead.choose(asked(bot)[0], "reminder_snooze", "Demain")
    assert "💤 Vous n’aurez pas de rappel de ceci avant le jeudi 4 mars 2027" in asked(bot)[0].plain
    lead.click(asked(bot)[0], "Annuler")
    assert "Bonjour. Voici ce qui est attendu de vous" in asked(bot)[0].plain
    remind(bot, THURSDAY)
    assert len(asked(bot)) == 1
    lead.choose(asked(bot)[0], "reminder_snooze", "Lundi")
    remind(bot, FRIDAY)
    assert len(asked(bot)) == 1, "what is put off until Monday does not come on Friday"
    remind(bot, MONDAY)
    assert len(asked(bot)) == 2
    with bot.ctx.readings.begin() as session:
        pauses = session.scalars(select(Pause).order_by(Pause.id)).all()
    assert [(pause.until, pause.undone_at is not None) for pause in pauses] == [
        (date(2027, 3, 4), True),
        (date(2027, 3, 8), False),
    ]


def test_a_day_of_ones_own_is_chosen_in_a_form_and_must_be_to_come(bot: Bot) -> None:
    begin(bot)
    remind(bot)
    lead = bot.be(EDUCATION)
    lead.choose(asked(bot)[0], "reminder_snooze", "Un jour que je choisis…")
    assert "Choisissez un jour après aujourd’hui." in lead.submit(until="2027-03-03").errors["until"]
    assert lead.submit(until="2027-03-04").ok
    assert "avant le jeudi 4 mars 2027" in asked(bot)[0].plain
    remind(bot, THURSDAY)
    assert len(asked(bot)) == 2


def test_stopped_for_this_period_it_is_silent_and_those_above_are_told_so(bot: Bot) -> None:
    begin(bot)
    remind(bot)
    bot.be(EDUCATION).click(asked(bot)[0], "Arrêter pour cette période")
    assert "🔕 Vous n’aurez plus de rappel de ceci" in asked(bot)[0].plain
    for at in (FRIDAY, MONDAY, FEAST):
        remind(bot, at)
    assert len(asked(bot)) == 1
    remind(bot, AFTER)
    line = next(line for line in told_above(bot, POOL, "(EDU)")[0].plain.split("\n") if "(EDU)" in line)
    assert "en dernier le mercredi 3 mars 2027. Canada – Éducation n’en veut plus de rappel." in line
    assert len(asked(bot)) == 2, "the next week is another period"


def test_a_reminder_that_waits_is_dropped_once_all_is_answered_and_written_anew_when_some_is(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        justice = session.scalars(select(Group.id).where(Group.code == "JUS")).one()
        for mandate in session.scalars(select(Mandate).where(Mandate.group_id == justice)):
            mandate.holder_id = person(bot, EDUCATION).id
    begin(bot)
    remind(bot, deliver=False)
    bot.be(EDUCATION).command("/ptf maj EDU La revue est fixée.")
    bot.deliver()
    (message,) = asked(bot)
    assert "(JUS)" in message.plain
    assert "(EDU)" not in message.plain
    remind(bot, FRIDAY, deliver=False)
    bot.be(EDUCATION).command("/ptf maj JUS Le projet de loi est déposé.")
    bot.deliver()
    assert len(asked(bot)) == 1
    with bot.ctx.readings.begin() as session:
        key = f"reminder:2027-03-05:{person(bot, EDUCATION).id}"
        assert session.scalars(select(Row.state).where(Row.key == key)).one() == State.DROPPED


def test_after_an_outage_what_was_missed_comes_once_and_never_at_night(bot: Bot) -> None:
    begin(bot)
    for at in (FRIDAY + timedelta(hours=11), SATURDAY, MONDAY - timedelta(hours=1)):
        remind(bot, at)
        assert asked(bot) == []
    for at in (MONDAY, MONDAY + timedelta(hours=4), FEAST):
        remind(bot, at)
    assert len(asked(bot)) == 1


def test_a_round_asks_the_database_as_often_for_many_dues_as_for_few(bot: Bot) -> None:
    bot.at(WEDNESDAY)

    def statements(first: datetime, last: datetime) -> tuple[int, int]:
        counted: list[str] = []
        with bot.ctx.readings.begin() as session:
            event.listen(session.connection(), "before_cursor_execute", lambda *told: counted.append(told[2]))
            dues = rounds.gather(session, bot.ctx, first.date(), last.date()).dues
        return len(dues), len(counted)

    few, many = statements(FRIDAY, FRIDAY + 60 * DAY), statements(FRIDAY, FRIDAY + 300 * DAY)
    assert 0 < few[0] * 3 < many[0]
    assert few[1] == many[1]


def test_what_is_answered_says_so_where_it_is_put_off_later(bot: Bot) -> None:
    begin(bot)
    remind(bot)
    with bot.ctx.sessions.begin() as session:
        for group in session.scalars(select(Group)):
            row = storage.reporting_periods.entered(session, group.id, "2027-W09")
            storage.reporting_periods.excuse(session, row, "", By(None, WEDNESDAY, Origin.FORM))
    bot.be(EDUCATION).click(asked(bot)[0], "Arrêter pour cette période")
    assert "Tout cela est arrivé" in bot.told(EDUCATION)[0].plain
    assert bot.standin.workspace.refusals == []
