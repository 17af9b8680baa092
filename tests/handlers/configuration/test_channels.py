"""Digest channels: only where the bot is, never wider than who reads there; changed and removed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import storage.configuration
from storage.configuration import Channel
from storage.visibility import Level
from tests.conversation import POOL, Bot
from tests.handlers.configuration.conftest import Opened, changes


def kept(bot: Bot, channel_id: str) -> Channel | None:
    """The digest channel of that id."""
    with bot.ctx.readings.begin() as session:
        return storage.configuration.channel(session, channel_id)


def add(opened: Opened, channel: str, level: str = Level.ALL, **more: str) -> dict[str, str]:
    """Ask for a channel; the errors at its fields."""
    pool, message = opened
    pool.click(message, "config_channel_add")
    return dict(pool.submit(channel=channel, level=level, **more).errors)


def test_a_private_channel_of_a_group_is_added_with_its_language_and_level(
    bot: Bot, settings: Callable[..., Opened]
) -> None:
    channel = bot.standin.workspace.add_channel("edu-interne", members=[POOL], private=True)
    opened = settings()
    assert add(opened, "edu-interne", Level.GROUP, language="en", group="EDU – Education and vocational training") == {}
    found = kept(bot, channel.id)
    assert found is not None
    assert (found.name, found.language, found.level) == ("edu-interne", "en", Level.GROUP)
    told = opened[0].ephemerals[-1].text
    assert "✅ Saved: #edu-interne." in told
    assert "#edu-interne: English; shows: The group (EDU)" in told
    before, after = changes(bot, "configuration")[-1]
    assert len(after["channels"]) == len(before["channels"]) + 1


@pytest.mark.parametrize(
    ("language", "told"), [("en", "invite me there with /invite"), ("fr", "invitez-moi avec /invite")]
)
def test_a_channel_the_bot_is_not_in_is_refused_with_the_cure(
    bot: Bot, settings: Callable[..., Opened], language: str, told: str
) -> None:
    for private in (False, True):
        channel = bot.standin.workspace.add_channel(f"sans-{private}", members=[POOL], bot_in=False, private=private)
        assert told in add(settings(language), channel.name)["channel"]
        assert kept(bot, channel.id) is None


def test_an_archived_channel_is_refused(bot: Bot, settings: Callable[..., Opened]) -> None:
    channel = bot.standin.workspace.add_channel("vieux", members=[POOL])
    channel.archived = True
    assert "archived" in add(settings(), "vieux")["channel"]


def test_a_channel_is_not_added_twice(bot: Bot, settings: Callable[..., Opened]) -> None:
    assert "there already" in add(settings(), "ptf-general")["channel"]


@pytest.mark.parametrize("level", [Level.TROIKA, Level.GROUP, Level.ALL])
def test_a_channel_shared_with_others_shows_only_what_is_open_to_government(
    bot: Bot, settings: Callable[..., Opened], level: Level
) -> None:
    errors = add(settings(), "infra-bad-partage", level, group="INF – Infrastructure")
    assert "other organisations" in errors["level"]
    assert kept(bot, "CINFRABAD1") is None
    assert add(settings(), "infra-bad-partage", Level.GOVERNMENT) == {}
    assert kept(bot, "CINFRABAD1") is not None


@pytest.mark.parametrize("level", [Level.TROIKA, Level.GROUP])
def test_a_public_channel_shows_nothing_that_is_for_a_few(
    bot: Bot, settings: Callable[..., Opened], level: Level
) -> None:
    assert (
        "Every member"
        in add(settings(), "gt-education", level, group="EDU – Education and vocational training")["level"]
    )


def test_a_groups_channel_needs_its_group(bot: Bot, settings: Callable[..., Opened]) -> None:
    bot.standin.workspace.add_channel("interne", members=[POOL], private=True)
    assert "whose channel" in add(settings(), "interne", Level.GROUP)["group"]


def test_a_channel_is_changed(bot: Bot, settings: Callable[..., Opened]) -> None:
    pool, message = settings()
    pool.click(message, "config_channel", value="CGENERAL01")
    assert pool.submit(language="en", level=Level.GOVERNMENT).ok
    found = kept(bot, "CGENERAL01")
    assert found is not None
    assert (found.language, found.level) == ("en", Level.GOVERNMENT)
    assert "#ptf-general: English; shows: Open to the Government" in pool.ephemerals[-1].text


def test_a_channel_is_removed_once_confirmed(bot: Bot, settings: Callable[..., Opened]) -> None:
    pool, message = settings("fr")
    reply = pool.click(message, "config_channel_remove", value="CENGLISH01")
    assert reply.confirm is not None
    assert kept(bot, "CENGLISH01") is None
    assert "✅ Enlevé\u00a0: #ptf-digest-en." in pool.ephemerals[-1].text
    assert len(changes(bot, "configuration")[-1][1]["channels"]) == 3


def test_a_second_click_on_a_channel_since_removed_is_told(bot: Bot, settings: Callable[..., Opened]) -> None:
    pool, message = settings()
    with bot.ctx.sessions.begin() as session:
        session.delete(session.get_one(Channel, "CENGLISH01"))
    pool.click(message, "config_channel", value="CENGLISH01")
    assert "does not stand in that channel any more" in pool.ephemerals[-1].text


def test_the_same_click_delivered_twice_removes_one_channel(bot: Bot, settings: Callable[..., Opened]) -> None:
    pool, message = settings()
    bot.standin.twice = True
    pool.click(message, "config_channel_remove", value="CENGLISH01")
    assert len(pool.ephemerals) == 1
    assert kept(bot, "CENGLISH01") is None
    assert kept(bot, "CGENERAL01") is not None


def test_without_any_channel_the_settings_say_so(bot: Bot, settings: Callable[..., Opened]) -> None:
    with bot.ctx.sessions.begin() as session:
        for channel in storage.configuration.channels(session):
            session.delete(channel)
    assert "Nowhere yet" in settings()[1].text
