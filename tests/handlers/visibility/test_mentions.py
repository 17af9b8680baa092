"""A record that is narrower than the one in hand is not named by it: earlier meetings, the plan a line goes on from."""

from __future__ import annotations

from sqlalchemy import select, update

import storage.minutes
from handlers import actors, readers
from handlers.meetings import calls, open_points
from handlers.plans import chain
from storage.meetings import Meeting
from storage.plans.rows import Line
from storage.visibility import Level
from tests.conversation import POOL, Bot
from tests.handlers.test_meetings import CALLED, of
from tests.handlers.test_minutes import FEBRUARY

PARTNER = "UJAPON0001"


def test_a_call_does_not_name_an_earlier_meeting_its_readers_may_not_know_of(bot: Bot) -> None:
    named = "GEC, 2e réunion de 2027"
    for level, is_told in ((Level.ALL, True), (Level.TROIKA, False)):
        with bot.ctx.sessions.begin() as session:
            session.execute(update(Meeting).where(Meeting.id == of(bot, FEBRUARY).id).values(visibility=level))
        with bot.ctx.readings.begin() as session:
            meeting = session.get_one(Meeting, of(bot, CALLED).id)
            partner, pool = (actors.load(session, bot.ctx, each) for each in (PARTNER, POOL))
            assert partner is not None
            assert pool is not None
            assert (named in calls.agenda(session, meeting, pool.speaker)) == is_told
            for actor, may in ((partner, is_told), (pool, True)):
                told = "\n".join(open_points.told(session, bot.ctx, readers.of_actor(actor), meeting))
                assert ("2 of 2027" in told or named in told) == may, told
                offered = storage.minutes.to_adopt(session, meeting, actor.audience)
                assert bool(offered) == may


def test_a_line_does_not_name_the_plan_it_goes_on_from_to_whom_that_is_closed(bot: Bot) -> None:
    with bot.ctx.readings.begin() as session:
        line = session.scalars(
            select(Line).where(Line.carried_from_id.is_not(None), Line.visibility == Level.ALL)
        ).first()
        assert line is not None
        earlier = session.get_one(Line, line.carried_from_id)
    for level, is_told in ((Level.ALL, True), (Level.TROIKA, False)):
        with bot.ctx.sessions.begin() as session:
            session.execute(update(Line).where(Line.id == earlier.id).values(visibility=level))
        with bot.ctx.readings.begin() as session:
            actor = actors.load(session, bot.ctx, PARTNER)
            assert actor is not None
            told = str(chain.further(session, bot.ctx, actor, session.get_one(Line, line.id)))
            assert (earlier.code in told) == is_told
