"""`/ptf digest`: the week so far to who asks; for the Pool a preview of each channel, and posting by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select

import storage.configuration
from storage.configuration import Channel
from storage.outbox import Message
from tests.conversation import CHIEF, EDUCATION, HEALTH, MEMBER, POOL, Bot
from tests.handlers.noting import note
from tests.handlers.publishing import FRIDAY, posted, publish, silent, thread


def test_the_week_so_far_is_shown_to_who_asks_as_they_may_read_it(bot: Bot) -> None:
    reply = bot.be(HEALTH).command("/ptf digest")
    assert reply.ephemeral
    assert "Digest of week 9" in reply.text
    assert "Post now" not in str(reply.blocks)
    bot.deliver()
    assert any("Draft sector tables" in message.plain for message in bot.told(HEALTH))
    silent(bot)


def test_the_pool_previews_a_channel_and_posts_now_so_that_friday_does_not_repeat(bot: Bot) -> None:
    pool = bot.be(POOL)
    reply = pool.command("/ptf synthese")
    pool.choose(reply.message, "digest_preview", "CGOUVERN01")
    assert pool.last is not None
    assert "espace-gouvernement" in pool.last.plain
    assert "Mises à jour reçues" not in pool.last.plain
    answer = pool.click(reply.message, "digest_post")
    assert answer.confirm is not None
    bot.deliver()
    assert len(posted(bot)) == 1
    pool.click(reply.message, "digest_post")
    assert pool.last is not None
    assert "déjà été publiée" in pool.last.plain
    publish(bot)
    assert len(posted(bot)) == 1
    silent(bot)


@pytest.mark.parametrize("many", range(12, 22))
def test_however_much_there_is_it_fits_under_the_command_and_comes_whole_in_direct_messages(
    bot: Bot, many: int
) -> None:
    codes = [note(bot, deadline="2027-03-01", due_on=date(2027, 3, 1), text=f"Texte {n}.").code for n in range(many)]
    pool = bot.be(POOL)
    reply = pool.command("/ptf digest")
    assert 40 < len(reply.blocks) <= 50
    assert "Le tout, avec le texte des groupes, arrive dans vos messages directs." in str(reply.blocks)
    assert "La suite est dans le fil." not in str(reply.blocks)
    bot.deliver()
    assert all(code in "".join(message.plain for message in bot.told(POOL)) for code in codes)
    pool.choose(reply.message, "digest_preview", "CGENERAL01")
    assert pool.last is not None
    assert "de plus dans son fil" in pool.last.plain
    assert len(pool.last.blocks) <= 50
    silent(bot)


def test_on_a_sheet_the_statuses_are_told_in_lines(bot: Bot) -> None:
    pool = bot.be(POOL)
    pool.click(pool.home(), "digest_open")
    assert pool.view is not None
    assert "Énergie (ENE) · ⚠️ À risque · cette semaine · ⚠️ demandé" in pool.view.plain
    pool.choose(pool.view, "digest_preview", "CENGLISH01")
    assert "Energy (ENE) · ⚠️ At risk · this week · ⚠️ asked" in pool.view.plain
    silent(bot)


def test_once_it_is_out_who_asks_reads_when_it_went_out(bot: Bot) -> None:
    publish(bot)
    bot.at(FRIDAY + timedelta(days=1))
    told = str(bot.be(HEALTH).command("/ptf digest").blocks)
    assert "It went out on Friday 5 March 2027 at 16:00 (Bamako)." in told


@pytest.mark.parametrize("who", [MEMBER, CHIEF])
def test_only_the_pool_may_post(bot: Bot, who: str) -> None:
    with bot.ctx.readings.begin() as session:
        channels = storage.configuration.channels(session)
    assert channels
    pool = bot.be(POOL)
    reply = pool.command("/ptf digest")
    assert reply.message is not None
    payload = {"type": "button", "action_id": "digest_post", "value": "now"}
    reply.message.ephemeral_to = bot.standin.workspace.user(who).id
    block = next(block for block in reply.message.blocks if block["type"] == "actions")
    bot.be(who).act(reply.message, block["block_id"], payload)
    with bot.ctx.readings.begin() as session:
        assert session.scalars(select(Message).where(Message.key.like("digest:%"))).all() == []


def test_what_is_said_between_posting_by_hand_and_friday_goes_into_the_thread_and_no_decision_is_lost(bot: Bot) -> None:
    pool = bot.be(POOL)
    pool.click(pool.command("/ptf digest").message, "digest_post")
    bot.deliver()
    bot.at(FRIDAY - timedelta(days=1))
    bot.be(EDUCATION).command("/ptf update EDU Le texte du jeudi.")
    pool.command("/ptf decision GEC La décision du jeudi.")
    bot.deliver()
    assert "Le texte du jeudi." in thread(bot)[-1]
    publish(bot)
    assert len(posted(bot)) == 1
    publish(bot, FRIDAY + timedelta(days=7))
    assert "La décision du jeudi." in posted(bot)[-1]
    assert "dans le fil de sa propre synthèse" in posted(bot)[-1]
    assert "Le texte du jeudi." not in "\n".join([posted(bot)[-1], *thread(bot)])


def test_without_a_channel_the_pool_reads_how_to_choose_one(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        session.execute(delete(Channel))
    blocks = str(bot.be(POOL).command("/ptf digest").blocks)
    assert "Aucun canal n’est réglé pour la synthèse" in blocks
    assert "digest_post" not in blocks
