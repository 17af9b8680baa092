"""Actions on the ladder of reminders: asked until acknowledged, silent while a date waits, told to those above."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import event, select, update

import storage.schedule
from bot.rehearsal.model import Message
from handlers import reminders
from handlers.actions import owing
from handlers.followup.action_cards import ANSWERS
from storage.actions import Action, Status
from storage.groups import Group
from storage.periods import Rhythm
from tests.conversation import CHIEF, EDUCATION, MEMBER, POOL, Bot
from tests.handlers.test_actions import ids

CODE = "EDU-2027-A02"
EARLY, BEFORE, DAY, AFTER = date(2027, 3, 3), date(2027, 3, 8), date(2027, 3, 10), date(2027, 3, 12)
STEPS = (date(2027, 3, 15), date(2027, 3, 16), date(2027, 3, 17))
LATER = date(2027, 3, 18)


def asked(bot: Bot) -> None:
    """The one thing owed: an action of the education group, by Japan until 10 March 2027, asked for the day before."""
    bot.at(datetime(2027, 3, 2, 9, 0, tzinfo=UTC))
    with bot.ctx.sessions.begin() as session:
        storage.schedule.ran(session, "remind", bot.ctx.now(), bot.ctx.now())
        session.execute(update(Action).values(status=Status.DONE))
        session.execute(update(Group).values(rhythm=Rhythm.ON_DEMAND))
    lead = bot.be(EDUCATION)
    reply = lead.command("/ptf action EDU Envoyer la liste des écoles.")
    lead.click(reply.message, "action_owed")
    assert lead.submit(institution=ids(bot, "JAPON")[0]).ok
    lead.click(reply.message, "action_deadline")
    assert lead.submit(deadline="10 mars 2027").ok
    bot.deliver()


def remind(bot: Bot, *days: date) -> list[tuple[str, date]]:
    """Who was told of it on which of these days, in the order in which it was told."""
    told = []
    for day in days:
        bot.at(datetime.combine(day, time(9, 30), UTC))
        before = {who: len(bot.told(who)) for who in (MEMBER, EDUCATION, POOL, CHIEF)}
        with bot.ctx.sessions.begin() as session:
            reminders.remind(session, bot.ctx, bot.ctx.now())
        bot.deliver()
        told += [
            (who, day) for who, count in before.items() if any(CODE in each.plain for each in bot.told(who)[count:])
        ]
    return told


def click(bot: Bot, who: str, button: str) -> None:
    """Press that button of the action in somebody's newest message that has it."""
    with bot.ctx.readings.begin() as session:
        action = session.scalars(select(Action).where(Action.code == CODE)).one()
    value = f"{action.id}:{action.proposals}" if button in ANSWERS else str(action.id)
    shown = next(each for each in reversed(bot.told(who)) if value in values(each, f"action_{button}"))
    bot.be(who).click(shown, f"action_{button}", value=value)
    bot.deliver()


def values(message: Message, action_id: str) -> list[str]:
    """The values of the buttons of that id in a message."""
    elements = [each for block in message.blocks for each in (*block.get("elements", ()), block.get("accessory", {}))]
    return [each["value"] for each in elements if each.get("action_id") == action_id]


def test_who_owes_it_is_asked_on_each_rung_and_then_those_above_one_after_the_other_each_once(bot: Bot) -> None:
    asked(bot)
    found = remind(bot, EARLY, BEFORE, DAY, AFTER, *STEPS, LATER)
    assert found == [
        *((MEMBER, day) for day in (EARLY, BEFORE, DAY, AFTER)),
        *zip((EDUCATION, POOL, CHIEF), STEPS, strict=True),
    ]
    assert (
        "Acknowledge" in next(each for each in bot.told(MEMBER) if CODE in each.plain and "due by" in each.plain).plain
    )
    assert bot.standin.workspace.refusals == []


def test_an_acknowledged_one_is_quiet_until_its_day(bot: Bot) -> None:
    asked(bot)
    assert remind(bot, EARLY) == [(MEMBER, EARLY)]
    click(bot, MEMBER, "acknowledge")
    assert remind(bot, BEFORE) == []
    assert remind(bot, DAY) == [(MEMBER, DAY)]
    click(bot, MEMBER, "done")
    assert bot.be(MEMBER).submit(evidence="Sent").ok
    assert remind(bot, AFTER, *STEPS) == []


def test_while_a_date_waits_who_asked_is_reminded_instead(bot: Bot) -> None:
    asked(bot)
    remind(bot, EARLY)
    member = bot.be(MEMBER)
    click(bot, MEMBER, "propose")
    assert member.submit(deadline="20 March 2027").ok
    bot.deliver()
    assert remind(bot, BEFORE, DAY) == [(EDUCATION, BEFORE), (EDUCATION, DAY)]
    click(bot, EDUCATION, "accept")
    assert remind(bot, AFTER) == []
    assert remind(bot, date(2027, 3, 22)) == [(MEMBER, date(2027, 3, 22))], "by its new date, two days after"


@pytest.mark.parametrize("more", [0, 40])
def test_what_is_owed_costs_the_same_number_of_queries_however_much_it_is(bot: Bot, more: int) -> None:
    with bot.ctx.sessions.begin() as session:
        first = session.scalars(select(Action).where(Action.due_on.is_not(None))).first()
        assert first is not None
        copied = {column.key: getattr(first, column.key) for column in Action.__table__.columns if column.key != "id"}
        copied |= {"status": "open", "due_on": bot.ctx.today, "withdrawn_at": None}
        session.add_all([Action(**(copied | {"code": f"X-{number}"})) for number in range(more)])
    statements: list[str] = []
    with bot.ctx.readings.begin() as session:
        event.listen(session.connection(), "before_cursor_execute", lambda *given: statements.append(given[2]))
        found = owing.dues(session, bot.ctx, date(2027, 3, 1), date(2027, 3, 31))
        assert len(found) > more
    assert len(statements) <= 5
