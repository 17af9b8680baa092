"""The first of January: rights change at midnight by themselves, those concerned hear of it once, whatever happens."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

import storage.groups
import storage.lives
import storage.mandates
from bot import timetable
from handlers import remembered
from storage.groups import State
from storage.history import Change, Origin
from storage.mandates import Office
from tests.conversation import CHIEF, POOL, Bot
from tests.handlers.speaking import speaking

BEFORE, AFTER = "UCANADA001", CHIEF
"""Who carries the chef de file in 2026 (and leaves it on 1 January 2027), and who takes it up."""
NEW, LEAVING = "UBANQUE001", "UUNIONE001"
OURS = [job for job in timetable.JOBS if job.name in ("groups", "mandates")]


def told(bot: Bot, who: str) -> str:
    """What that person was told of mandates."""
    return "\n".join(message.text for message in bot.told(who) if "andat" in message.text or "office" in message.text)


def leads(bot: Bot, who: str) -> bool:
    """Whether that person carries the chef de file at this moment."""
    actor = remembered.actor(bot.ctx, who)
    assert actor is not None
    return actor.carries([Office.LEAD])


def morning(bot: Bot, instant: datetime) -> None:
    """The clock of that instant, and what it sends."""
    bot.at(instant)
    timetable.tick(bot.ctx, OURS)
    bot.deliver()


def test_the_chef_de_file_changes_at_midnight_and_those_concerned_hear_of_it_once(bot: Bot) -> None:
    morning(bot, datetime(2026, 12, 31, 9, 30, tzinfo=UTC))
    assert not any(told(bot, who) for who in (BEFORE, AFTER, NEW, LEAVING))
    bot.at(datetime(2026, 12, 31, 23, 59, tzinfo=UTC))
    assert (leads(bot, BEFORE), leads(bot, AFTER)) == (True, False)
    bot.at(datetime(2027, 1, 1, 0, 0, tzinfo=UTC))
    assert (leads(bot, BEFORE), leads(bot, AFTER)) == (False, True)
    for hours in (9, 10, 33):
        morning(bot, datetime(2027, 1, 1, tzinfo=UTC) + timedelta(hours=hours, minutes=30))
    newcomer = told(bot, AFTER)
    assert "*Chef de file*\u00a0: à partir du vendredi 1er janvier 2027, Suisse (DDC) tient cette charge" in newcomer
    assert "*Membre entrant*\u00a0: votre mandat s’est terminé le jeudi 31 décembre 2026" in newcomer
    assert "*En cours dans toutes les instances" in newcomer
    assert newcomer.count("\n• ") == 5
    assert newcomer.count("*Chef de file*") == 1
    assert "*Chef de file*: your mandate ended on Thursday 31 December 2026. Thank you. Now: Suisse" in told(
        bot, BEFORE
    )
    assert "Outgoing troïka member*: from Friday 1 January 2027" in told(bot, BEFORE)
    assert "Incoming troïka member*" in told(bot, NEW)
    assert "votre mandat s’est terminé" in told(bot, LEAVING)
    pool = [message.text for message in bot.told(POOL) if "changent de mains" in message.text]
    assert len(pool) == 1
    assert "• Chef de file, 1er janvier 2027\u00a0: Suisse" in pool[0]
    assert "⚠️" not in pool[0]


def test_what_changed_while_the_bot_stood_still_is_told_when_it_is_back(bot: Bot) -> None:
    for day in (19, 20):
        morning(bot, datetime(2026, 12, day, 9, 30, tzinfo=UTC))
    morning(bot, datetime(2027, 1, 20, 11, 0, tzinfo=UTC))
    assert told(bot, AFTER).count("*Chef de file*") == 1


def test_who_takes_up_a_group_finds_what_is_open_what_is_due_and_its_last_words(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        group = storage.groups.by_code(session, "INF")
        assert group is not None
        held = storage.mandates.held_on(session, Office.COORDINATOR, group.id, bot.ctx.today)
        assert held is not None
        later = storage.mandates.handed_on(held, bot.ctx.today + timedelta(days=1))
        held.holder_id = None
        session.add(later)
    speaking(bot, "UINFLEAD01", "en")
    for _ in range(2):
        morning(bot, bot.ctx.now() + timedelta(days=1))
    handed = next(message for message in bot.told("UINFLEAD01") if "you carry it" in message.text)
    assert "*Due*: the update for week 9 of 2027" in handed.text
    assert "Nothing is open in Infrastructure." in handed.text
    assert handed.text.count("\n• week") == 3
    assert handed.blocks[-1]["elements"][0]["action_id"] == "update_open"
    assert any("Coordonnateur, INF" in message.text for message in bot.told(POOL))


def test_a_group_becomes_at_midnight_what_was_set_for_that_day(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        group = storage.groups.by_code(session, "TRA")
        assert group is not None
        life = storage.lives.of_group(session, group)
        storage.lives.change(session, life, date(2027, 3, 5), {"state": State.MERGED, "successor_id": group.parent_id})
    for day, state in ((4, State.ACTIVE), (5, State.MERGED)):
        morning(bot, datetime(2027, 3, day, 0, 2, tzinfo=UTC))
        with bot.ctx.readings.begin() as session:
            group = storage.groups.by_code(session, "TRA")
            assert group is not None
            assert group.state == state
            changes = session.scalars(
                select(Change).where(Change.kind == "groups", Change.origin == Origin.CLOCK)
            ).all()
            assert len(changes) == (state == State.MERGED)
