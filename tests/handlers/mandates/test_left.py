"""Somebody leaves: what they carried goes once to the pool; the institution keeps the mandate, and its past stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from slack_sdk import WebClient
from sqlalchemy import select

import storage.groups
import storage.mandates
import storage.people
from handlers import people
from storage.decisions import Decision, Status
from storage.mandates import Mandate, Office
from tests.conversation import EDUCATION, MEMBER, POOL, Bot
from tests.handlers.mandates.conftest import Opened


def lists(bot: Bot) -> list[str]:
    """What the coordinator was told of who left."""
    return [
        message.text
        for message in bot.told(POOL)
        if "a quitté ses fonctions" in message.text or "has left" in message.text
    ]


def coordination(bot: Bot) -> Mandate:
    """The mandate to coordinate education, as it is today."""
    with bot.ctx.readings.begin() as session:
        group = storage.groups.by_code(session, "EDU")
        mandate = storage.mandates.held_on(session, Office.COORDINATOR, group.id, bot.ctx.today) if group else None
        assert mandate is not None
        return mandate


def carry(bot: Bot, slack_id: str) -> str:
    """Let that person carry an open decision; its code."""
    with bot.ctx.sessions.begin() as session:
        person = storage.people.by_slack_id(session, bot.ctx.team_id, slack_id)
        decision = session.scalars(select(Decision).where(Decision.status == Status.OPEN).limit(1)).one()
        assert person is not None
        decision.carrier_id = person.id
        return decision.code


def test_a_closed_account_gives_its_duties_to_the_pool_once_with_buttons(bot: Bot) -> None:
    code = carry(bot, EDUCATION)
    user = bot.standin.workspace.user(EDUCATION)
    user.deleted = True
    client = WebClient(bot.standin.bot_token, base_url=bot.standin.api_url)
    for _ in range(2):
        with bot.ctx.sessions.begin() as session:
            people.learn(session, bot.ctx, EDUCATION, people.look_up(client, EDUCATION))
        bot.deliver()
    [told] = lists(bot)
    assert "leurs institutions les doivent toujours" in told
    assert "Coordonnateur – EDU – CANADA" in told
    assert f"*{code}*" in told
    pool, message = bot.be(POOL), bot.told(POOL)[-1]
    pool.click(message, "Nommer un successeur", value=str(coordination(bot).id))
    assert pool.submit(holder=MEMBER).ok
    with bot.ctx.readings.begin() as session:
        after = coordination(bot)
        before = storage.mandates.held_on(session, Office.COORDINATOR, after.group_id, date(2027, 3, 2))
        assert before is not None
        names = {person.id: person.slack_id for person in storage.people.everyone(session)}
        assert (names[before.holder_id or 0], names[after.holder_id or 0]) == (EDUCATION, MEMBER)
        assert before.institution_id == after.institution_id
        assert (before.ends, after.ends) == (date(2027, 3, 2), date(2027, 8, 31))


def test_the_pool_says_that_somebody_has_left(bot: Bot, listed: Callable[..., Opened]) -> None:
    pool, message = listed("en")
    pool.click(message, "Somebody has left")
    assert "carries no mandate" in pool.submit(who=bot.standin.workspace.bot.id).errors["who"]
    assert pool.submit(who=EDUCATION).ok
    bot.deliver()
    assert "has left. The list" in pool.ephemerals[-1].text
    [told] = lists(bot)
    assert "Coordinator – EDU – CANADA, from 3 March 2027 to 31 August 2027" in told
    with bot.ctx.readings.begin() as session:
        person = storage.people.by_slack_id(session, bot.ctx.team_id, EDUCATION)
        assert person is not None
        assert storage.mandates.of_person(session, person.id, bot.ctx.today) == []
        standing = session.scalars(select(Mandate).where(Mandate.starts == bot.ctx.today)).all()
        assert {mandate.holder_id for mandate in standing} == {None}
    assert "CANADA, person not named yet" in pool.command("/ptf mandates EDU").text
