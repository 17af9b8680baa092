"""Trouble put to the coordinators: what they read, the buttons, both languages, and who may not decide."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

import storage.outbox
import storage.people
from bot.rehearsal.model import Message as Posted
from bot.rehearsal.person import Person
from handlers import deliveries
from storage.outbox import Message, State
from tests.conversation import EDUCATION, POOL, POOL_ASSISTANT, Bot

NOBODY_ELSE = "Ce texte ne regarde que son canal."


def closed_channel(bot: Bot) -> str:
    """A channel the bot is not in; its id."""
    return bot.standin.workspace.add_channel("ferme", members=[POOL], bot_in=False).id


def put(bot: Bot, key: str, address: str, under: str | None = None) -> None:
    """Write a message with words that are nobody else's business."""
    with bot.ctx.sessions.begin() as session:
        payload = {"text": NOBODY_ELSE, "blocks": []}
        storage.outbox.put(session, key, address, payload, bot.ctx.now(), under=under)


def row(bot: Bot, key: str) -> Message:
    """The message of that key as it is kept."""
    with bot.ctx.readings.begin() as session:
        return session.scalars(select(Message).where(Message.key == key)).one()


def in_doubt(bot: Bot, key: str, address: str) -> None:
    """A message of unknown outcome that nobody may look for, told to the coordinators."""
    put(bot, key, address)
    with bot.ctx.sessions.begin() as session:
        message = storage.outbox.claim(session, bot.ctx.now(), timedelta(minutes=1))
        assert message is not None
        storage.outbox.unknown(message, bot.ctx.now(), "connection")
        deliveries.report(session, bot.ctx, message)
    bot.deliver()


def speaking(bot: Bot, language: str) -> Person:
    """The coordinator, who reads that language from now on."""
    with bot.ctx.sessions.begin() as session:
        person = storage.people.by_slack_id(session, bot.ctx.team_id, POOL)
        assert person is not None
        person.language = language
    return bot.be(POOL)


def last(bot: Bot, who: str = POOL) -> Posted:
    """The newest direct message of that person."""
    return bot.told(who)[-1]


@pytest.mark.parametrize(
    ("language", "what", "cure", "label"),
    [("fr", "la synthèse, pour", "invitez-le", "Réessayer"), ("en", "the digest, for", "invite it", "Try again")],
)
def test_a_refused_message_is_told_with_its_cure_and_goes_once_it_is_mended(
    bot: Bot, language: str, what: str, cure: str, label: str
) -> None:
    channel = closed_channel(bot)
    coordinator = speaking(bot, language)
    put(bot, "digest:2027-W09:x", channel)
    put(bot, "digest:2027-W09:x:1", channel, "digest:2027-W09:x")
    bot.deliver()
    told = last(bot)
    assert what in told.text
    assert cure in told.text
    assert NOBODY_ELSE not in told.text + told.plain
    coordinator.invite(bot.standin.workspace.bot.id, channel)
    assert coordinator.click(told, label).status == 200
    bot.deliver()
    posted = [m.text for m in bot.standin.workspace.channels[channel].messages if m.bot_id]
    assert [text for text in posted if text == NOBODY_ELSE] == [NOBODY_ELSE] * 2
    assert ("Réglé" if language == "fr" else "Settled") in last(bot).text
    assert not any(block["type"] == "actions" for block in last(bot).blocks)


@pytest.mark.parametrize(("language", "there"), [("fr", "Il y est"), ("en", "It is there")])
def test_the_coordinator_finds_it_there_and_it_is_not_sent_again(bot: Bot, language: str, there: str) -> None:
    coordinator = speaking(bot, language)
    in_doubt(bot, "digest:1", closed_channel(bot))
    coordinator.click(last(bot), there)
    bot.deliver()
    assert (row(bot, "digest:1").state, row(bot, "digest:1").attempts) == (State.SENT, 1)


def test_the_coordinator_has_it_sent_again(bot: Bot) -> None:
    coordinator = speaking(bot, "en")
    in_doubt(bot, "reminder:1", EDUCATION)
    assert "the direct messages of" in last(bot).text
    coordinator.click(last(bot), "Send it again")
    bot.deliver()
    assert last(bot, EDUCATION).text == NOBODY_ELSE
    assert row(bot, "reminder:1").state == State.SENT


def test_a_second_decision_is_told_that_it_is_settled(bot: Bot) -> None:
    coordinator = speaking(bot, "en")
    in_doubt(bot, "digest:1", closed_channel(bot))
    told = last(bot)
    coordinator.click(told, "It is there")
    coordinator.click(told, "Send it again")
    assert "settled already" in coordinator.ephemerals[-1].plain
    assert row(bot, "digest:1").state == State.SENT


def test_the_same_click_delivered_twice_counts_once(bot: Bot) -> None:
    coordinator = speaking(bot, "en")
    in_doubt(bot, "reminder:1", EDUCATION)
    bot.standin.twice = True
    coordinator.click(last(bot), "Send it again")
    bot.deliver()
    assert [m.text for m in bot.told(EDUCATION)].count(NOBODY_ELSE) == 1
    assert coordinator.ephemerals == []


def test_trouble_after_trying_again_is_told_anew_with_buttons_of_its_own(bot: Bot) -> None:
    coordinator = speaking(bot, "en")
    put(bot, "digest:1", closed_channel(bot))
    bot.deliver()
    first = last(bot)
    coordinator.click(first, "Try again")
    bot.deliver()
    second = last(bot)
    assert second.ts != first.ts
    assert "Settled" in first.text
    assert any(block["type"] == "actions" for block in second.blocks)


def test_each_coordinator_is_told_once_in_the_end(bot: Bot) -> None:
    put(bot, "digest:1", closed_channel(bot))
    bot.deliver()
    bot.deliver()
    assert sum("ferme" in m.text or "digest" in m.text or "synthèse" in m.text for m in bot.told(POOL)) == 1
    assert bot.told(EDUCATION) == []


def test_who_is_not_of_the_pool_may_not_decide_and_hears_who_can(bot: Bot) -> None:
    in_doubt(bot, "digest:1", closed_channel(bot))
    told = last(bot)
    general = bot.standin.workspace.add_channel("copie", members=[EDUCATION])
    copy = bot.standin.workspace.post(
        Posted(bot.standin.workspace.stamp(), general.id, told.user, told.text, told.blocks, bot_id=told.bot_id)
    )
    lead = bot.be(EDUCATION)
    lead.click(copy, "delivery_again")
    assert "Pool Technique" in lead.ephemerals[-1].plain
    assert row(bot, "digest:1").state == State.UNKNOWN


def test_the_pool_beside_the_coordinator_may_decide(bot: Bot) -> None:
    in_doubt(bot, "digest:1", closed_channel(bot))
    told = last(bot)
    shared = bot.standin.workspace.add_channel("copie", members=[POOL_ASSISTANT])
    copy = bot.standin.workspace.post(
        Posted(bot.standin.workspace.stamp(), shared.id, told.user, told.text, told.blocks, bot_id=told.bot_id)
    )
    bot.be(POOL_ASSISTANT).click(copy, "delivery_there")
    assert row(bot, "digest:1").state == State.SENT
