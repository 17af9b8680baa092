"""`/ptf language`: set at once or with a button, answered in the new language, kept and written down."""

from __future__ import annotations

import pytest
from sqlalchemy import select

import storage.history
import storage.people
from bot.rehearsal.model import Message
from storage.people import Person
from tests.conversation import EDUCATION, GUEST, HEALTH, Bot


def kept(bot: Bot, who: str) -> Person:
    """The person as they are kept."""
    with bot.ctx.readings.begin() as session:
        return session.scalars(select(Person).where(Person.slack_id == who)).one()


@pytest.mark.parametrize(
    ("typed", "language", "answer"),
    [
        ("/ptf language en", "en", "From now on I speak English"),
        ("/ptf langue anglais", "en", "From now on I speak English"),
        ("/ptf langue ENGLISH", "en", "From now on I speak English"),
        ("/ptf language français", "fr", "Je vous parle désormais en français"),
        ("/ptf langue Francais.", "fr", "Je vous parle désormais en français"),
        ("/ptf Langue fr", "fr", "Je vous parle désormais en français"),
    ],
)
def test_a_language_named_after_the_command_holds_at_once(bot: Bot, typed: str, language: str, answer: str) -> None:
    reply = bot.be(EDUCATION).command(typed)
    assert answer in reply.text
    assert kept(bot, EDUCATION).language == language


def test_without_a_word_two_buttons_ask(bot: Bot) -> None:
    health = bot.be(HEALTH)
    asked = health.command("/ptf language").message
    assert isinstance(asked, Message)
    assert "Which language do you prefer?" in asked.text
    health.click(asked, "In French (en français)")
    answer = health.ephemerals[-1]
    assert "Je vous parle désormais en français" in answer.text
    health.click(answer, "En anglais (in English)")
    assert "From now on I speak English" in health.ephemerals[-1].text
    assert len(health.ephemerals) == 1
    assert kept(bot, HEALTH).language == "en"


def test_a_second_click_changes_nothing_more(bot: Bot) -> None:
    health = bot.be(HEALTH)
    asked = health.command("/ptf language").message
    bot.standin.twice = True
    health.click(asked, "language_fr")
    assert kept(bot, HEALTH).language == "fr"
    with bot.ctx.readings.begin() as session:
        changes = storage.history.of_record(session, "people", kept(bot, HEALTH).id)
    assert [change.after["language"] for change in changes if "language" in change.after][-1:] == ["fr"]
    assert sum(change.after == {"language": "fr"} for change in changes) == 1


def test_an_unknown_language_is_refused_with_both_buttons(bot: Bot) -> None:
    lead = bot.be(EDUCATION)
    reply = lead.command("/ptf langue bambara & <!channel>")
    assert "Je ne parle pas «\u00a0bambara" in reply.text
    assert "<!channel>" not in reply.text
    lead.click(reply.message, "language_en")
    assert kept(bot, EDUCATION).language == "en"


def test_a_guest_sets_nothing(bot: Bot) -> None:
    bot.be(GUEST).command("/ptf language en", channel="espace-gouvernement")
    assert kept(bot, GUEST).language is None
