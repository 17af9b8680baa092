"""What may stand in a channel as it is now: the rule as a table, and each case as it happens between two digests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

import storage.configuration
from bot.rehearsal.model import Channel
from handlers import exposure
from handlers.exposure import Facts, Reason
from storage.configuration import Channel as DigestChannel
from storage.visibility import Level
from tests.conversation import EDUCATION, POOL, Bot
from tests.handlers.publishing import FRIDAY, posted, publish, silent, thread

ROADS = "UINFLEAD01"
PRIVATE, PUBLIC = Facts(True, False, False, True), Facts(False, False, False, True)
SHARED, SHARED_PRIVATE = Facts(False, True, False, True), Facts(True, True, False, True)
ARCHIVED, ABSENT = Facts(True, False, True, True), Facts(True, False, False, False)


@pytest.mark.parametrize(
    ("level", "private", "public", "shared"),
    [
        (Level.TROIKA, None, Reason.PUBLIC, Reason.SHARED),
        (Level.GROUP, None, Reason.PUBLIC, Reason.SHARED),
        (Level.ALL, None, None, Reason.SHARED),
        (Level.GOVERNMENT, None, None, None),
    ],
)
def test_who_reads_a_channel_decides_what_may_stand_there(
    level: Level, private: Reason | None, public: Reason | None, shared: Reason | None
) -> None:
    assert exposure.allowed(level, PRIVATE) is private
    assert exposure.allowed(level, PUBLIC) is public
    assert exposure.allowed(level, SHARED) is exposure.allowed(level, SHARED_PRIVATE) is shared
    assert exposure.allowed(level, ARCHIVED) is Reason.ARCHIVED
    assert exposure.allowed(level, ABSENT) is Reason.ABSENT


@pytest.mark.parametrize("sign", ["is_shared", "is_ext_shared", "is_org_shared", "is_pending_ext_shared"])
def test_every_way_of_sharing_counts(sign: str) -> None:
    told = {"is_private": True, "is_member": True, "is_archived": False, sign: True}
    assert exposure.allowed(Level.ALL, exposure.facts(told)) is Reason.SHARED


def becomes(**changes: object) -> Callable[[Channel], None]:
    """What happens to a channel."""

    def change(channel: Channel) -> None:
        for name, value in changes.items():
            setattr(channel, name, value)

    return change


@pytest.mark.parametrize(
    ("name", "happens", "mended", "reason"),
    [
        ("ptf-general", becomes(shared=True), becomes(shared=False), "d’autres organisations"),
        ("pool-troika", becomes(kind="public"), becomes(kind="private"), "Tous les membres de l’espace"),
        ("ptf-general", becomes(archived=True), becomes(archived=False), "archivé"),
        ("pool-troika", becomes(members=[POOL]), None, "invite"),
    ],
)
def test_a_channel_that_changed_gets_nothing_until_it_is_set_right(
    bot: Bot, name: str, happens: Callable[[Channel], None], mended: Callable[[Channel], None] | None, reason: str
) -> None:
    channel = bot.standin.workspace.channel(name)
    happens(channel)
    publish(bot)
    assert posted(bot, name) == []
    assert len(posted(bot, "ptf-digest-en")) == 1
    told = [message for message in bot.told(POOL) if reason in message.plain]
    assert len(told) == 1, "once, for the digest with its whole thread"
    assert f"#{name}" in told[0].plain
    if mended is not None:
        mended(channel)
    else:
        bot.be(POOL).invite(bot.standin.workspace.bot.id, name)
    bot.be(POOL).click(told[0], "delivery_again")
    bot.deliver()
    assert sum("Synthèse" in text for text in posted(bot, name)) == 1
    assert any(message.replies for message in channel.messages), "its thread followed"
    assert not bot.standin.workspace.warnings


def test_what_is_open_to_the_government_goes_into_a_shared_channel(bot: Bot) -> None:
    bot.standin.workspace.channel("espace-gouvernement").shared = True
    publish(bot)
    assert len(posted(bot, "espace-gouvernement")) == 1
    silent(bot)


def test_late_cards_stop_too_are_told_once_and_follow_together(bot: Bot) -> None:
    publish(bot)
    before = len(thread(bot))
    bot.standin.workspace.channel("ptf-general").shared = True
    for who, text in ((EDUCATION, "EDU Premier retard."), (ROADS, "INF Second retard.")):
        bot.at(bot.ctx.now() + timedelta(hours=1))
        bot.be(who).command(f"/ptf update {text}")
        bot.deliver()
    assert len(thread(bot)) == before
    told = [message for message in bot.told(POOL) if "d’autres organisations" in message.plain]
    assert len(told) == 1
    bot.standin.workspace.channel("ptf-general").shared = False
    bot.at(FRIDAY + timedelta(hours=5))
    bot.be(POOL).click(told[0], "delivery_again")
    bot.deliver()
    assert "Premier retard." in thread(bot)[-2]
    assert "Second retard." in thread(bot)[-1]
    bot.standin.workspace.channel("ptf-general").shared = True
    bot.at(FRIDAY + timedelta(hours=6))
    card = next(message for message in reversed(bot.told(ROADS)) if "Second retard." in message.plain)
    bot.be(ROADS).click(card, "update_withdraw")
    bot.deliver()
    assert "Second retard." not in "\n".join(thread(bot)), "what is taken back is taken back everywhere"


def test_a_digest_that_waits_is_written_anew_for_what_its_channel_shows_by_then(bot: Bot) -> None:
    bot.standin.workspace.channel("ptf-general").shared = True
    publish(bot)
    told = next(message for message in bot.told(POOL) if "d’autres organisations" in message.plain)
    with bot.ctx.sessions.begin() as session:
        channel = storage.configuration.channel(session, "CGENERAL01")
        assert isinstance(channel, DigestChannel)
        channel.level = Level.GOVERNMENT
    bot.be(POOL).click(told, "delivery_again")
    bot.deliver()
    (digest,) = posted(bot)
    assert "Ouverte au Gouvernement" in digest + "".join(thread(bot)), (digest, thread(bot))
    assert "Mises à jour reçues" not in digest
    assert not any("Mopti" in words or "Sikasso" in words for words in thread(bot))
    silent(bot)
