"""`/ptf config`: the settings in words, for the pool and nobody else; the digest's day and the reminders."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

import storage.configuration
from bot import timetable
from handlers.configuration import timing
from storage.configuration import Configuration
from tests.conversation import EDUCATION, GUEST, HEALTH, POOL, POOL_ASSISTANT, Bot
from tests.handlers.configuration.conftest import Opened, changes
from tests.handlers.speaking import speaking


def kept(bot: Bot) -> Configuration:
    """The settings as they are kept."""
    with bot.ctx.readings.begin() as session:
        return storage.configuration.current(session)


@pytest.mark.parametrize("typed", ["/ptf config", "/ptf réglages", "/ptf reglages", "/ptf CONFIG"])
def test_the_settings_are_told_in_words_in_both_languages(bot: Bot, typed: str) -> None:
    french = speaking(bot, POOL, "fr").command(typed).text
    assert "*Synthèse*\u00a0: chaque vendredi à 16:00 (Bamako)" in french
    assert "une semaine avant, deux jours avant, le jour même et deux jours après, à 09:00" in french
    english = speaking(bot, POOL_ASSISTANT, "en").command(typed).text
    assert "*Digest*: every Friday at 16:00 (Bamako)" in english
    assert "#ptf-general: French; shows: All PTF" in english
    assert not bot.standin.workspace.refusals


def test_a_member_outside_the_pool_hears_who_can(bot: Bot) -> None:
    reply = bot.be(HEALTH).command("/ptf config")
    assert "This is for the Pool Technique: Pool Technique – Coordination and Pool Technique – Assistance" in reply.text
    assert "Pool Technique – Coordination et Pool Technique" in bot.be(EDUCATION).command("/ptf config").text
    assert "16:00" not in bot.be(GUEST).command("/ptf config", channel="espace-gouvernement").text


def test_the_digest_moves_and_the_message_shows_it(bot: Bot, settings: Callable[..., Opened]) -> None:
    pool, message = settings()
    pool.click(message, "Change day and reminders")
    submitted = pool.submit(
        digest_weekday="mon",
        digest_hour="9 h 30",
        zone="brussels",
        reminders="off",
        reminder_hour="8",
        ladder=["2", "-3"],
        approval="hold",
        approval_hours="24",
    )
    assert submitted.ok
    assert pool.view is None
    told = pool.ephemerals[-1].text
    assert "✅ Saved." in told
    assert "every Monday at 09:30 (Brussels)" in told
    assert "*Reminders* to who owes something: none" in told
    assert "It is shown to the coordinators 24 hours before; if nobody posts it, it is held back." in told
    found = kept(bot)
    assert (found.digest_weekday, found.digest_hour, found.zone) == ("mon", "09:30", "Europe/Brussels")
    assert (found.reminders, found.reminder_hour, found.rungs) == (False, "08:00", (-3, 2))
    assert timetable.digest_rule(found) == "mon 09:30 Europe/Brussels"
    assert changes(bot, "configuration")[-1][0] == {
        "digest_weekday": "fri",
        "digest_hour": "16:00",
        "zone": "Africa/Bamako",
        "reminders": True,
        "reminder_hour": "09:00",
        "ladder": "-7 -2 0 2",
        "approval_hours": 3,
        "approval_fallback": "post",
    }


@pytest.mark.parametrize(
    ("language", "hour", "zone"),
    [("en", "“25:00” is no hour", "“Atlantis” is no time zone"), ("fr", "n’est pas une heure", "fuseau horaire")],
)
def test_a_bad_hour_or_zone_is_told_at_its_field_and_nothing_is_kept(
    bot: Bot, settings: Callable[..., Opened], language: str, hour: str, zone: str
) -> None:
    pool, message = settings(language)
    pool.click(message, "config_timing")
    submitted = pool.submit(digest_hour="25:00", zone="Atlantis", digest_weekday="sun")
    assert hour in submitted.errors["digest_hour"]
    assert zone in submitted.errors["zone"]
    assert kept(bot).digest_weekday == "fri"


def test_of_two_people_who_change_the_settings_the_second_is_told(bot: Bot, settings: Callable[..., Opened]) -> None:
    pool, message = settings()
    assistant = speaking(bot, POOL_ASSISTANT, "en")
    assistant.click(assistant.command("/ptf config").message, "config_timing")
    pool.click(message, "config_timing")
    assert pool.submit(digest_hour="10:00").ok
    assistant.submit(digest_hour="11:00")
    assert assistant.view is not None
    assert "Somebody changed this while you were writing" in str(assistant.view.blocks)
    assert kept(bot).digest_hour == "10:00"


def test_a_form_delivered_twice_is_kept_once(bot: Bot, settings: Callable[..., Opened]) -> None:
    pool, message = settings()
    pool.click(message, "config_timing")
    bot.standin.twice = True
    assert pool.submit(digest_hour="10:00").ok
    assert sum("digest_hour" in after for _, after in changes(bot, "configuration")) == 1


def test_from_the_home_tab_the_settings_stand_on_a_sheet_that_follows(bot: Bot) -> None:
    pool = speaking(bot, POOL, "en")
    pool.click(pool.home(), "config_open")
    assert pool.view is not None
    pool.click(pool.view, "config_timing")
    assert pool.submit(digest_hour="10:15").ok
    assert pool.view is not None
    assert "every Friday at 10:15" in str(pool.view.blocks)
    assert not bot.standin.workspace.refusals


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("16:00", "16:00"),
        ("16h", "16:00"),
        ("9 h 30", "09:30"),
        ("9", "09:00"),
        ("00:00", "00:00"),
        ("23.59", "23:59"),
        ("24:00", None),
        ("12:60", None),
        ("midi", None),
        ("", None),
        ("16:00:00", None),
    ],
)
def test_hours_are_read_as_people_write_them_or_not_at_all(typed: str, read: str | None) -> None:
    assert timing.hour(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Africa/Bamako", "Africa/Bamako"),
        ("africa/bamako", "Africa/Bamako"),
        ("Bamako", "Africa/Bamako"),
        ("new york", "America/New_York"),
        ("Africa", None),
        ("../etc/passwd", None),
        ("", None),
        ("/", None),
        ("Europe/Paris\n", "Europe/Paris"),
    ],
)
def test_zones_are_found_by_name_or_city_or_not_at_all(typed: str, read: str | None) -> None:
    assert timing.zone(typed) == read


@given(st.text(max_size=12))
def test_whatever_is_read_as_an_hour_is_one(typed: str) -> None:
    read = timing.hour(typed)
    assert read is None or ("00:00" <= read <= "23:59" and len(read) == 5)
