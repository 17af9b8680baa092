"""The first meeting: one welcome to a member, in their language, with how to stop; one hello in a channel."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

import storage.people
from bot.rehearsal.person import Person as Actor
from storage.history import Change
from storage.people import Person
from tests.conversation import GUEST, MEMBER, STRANGER, Bot

FIRST_CONTACTS: dict[str, Callable[[Actor], object]] = {
    "a command": lambda person: person.command("/ptf"),
    "the Home tab": lambda person: person.home(),
    "a mistyped word": lambda person: person.command("/ptf xylophone"),
}


def person(bot: Bot, who: str) -> Person:
    """The person as they are kept."""
    with bot.ctx.readings.begin() as session:
        return session.scalars(select(Person).where(Person.slack_id == who)).one()


@pytest.mark.parametrize(
    ("contact", "language", "hello"),
    [("a command", "en", "Hello Japan"), ("the Home tab", "fr", "Bonjour Japan"), ("a mistyped word", "fr", "Bonjour")],
)
def test_a_member_is_welcomed_once_on_first_contact_in_their_language(
    bot: Bot, contact: str, language: str, hello: str
) -> None:
    with bot.ctx.sessions.begin() as session:
        newcomer = storage.people.by_slack_id(session, bot.ctx.team_id, MEMBER)
        assert newcomer is not None
        newcomer.language, newcomer.name, newcomer.welcomed_at = language, "Japan & <friends>", None
    bot.deliver()
    assert bot.told(MEMBER) == [], "nobody is written to before they act"
    bot.standin.twice = True
    FIRST_CONTACTS[contact](bot.be(MEMBER))
    bot.standin.twice = False
    bot.be(MEMBER).command("/ptf")
    bot.deliver()
    (welcome,) = bot.told(MEMBER)
    assert hello in welcome.plain
    assert "Japan & <friends>" in welcome.plain
    assert "`/ptf`" in welcome.plain


def test_who_wants_quiet_says_so_with_a_button_and_can_take_it_back(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        newcomer = storage.people.by_slack_id(session, bot.ctx.team_id, MEMBER)
        assert newcomer is not None
        newcomer.welcomed_at = None
    member = bot.be(MEMBER)
    member.command("/ptf")
    bot.deliver()
    member.click(bot.told(MEMBER)[0], "quiet_on")
    assert person(bot, MEMBER).quiet
    assert "no longer write to you on my own" in bot.told(MEMBER)[-1].plain
    member.click(bot.told(MEMBER)[-1], "Write to me again")
    assert not person(bot, MEMBER).quiet
    with bot.ctx.readings.begin() as session:
        told = select(func.count()).where(Change.kind == "people", Change.action == "edited")
        assert session.scalar(told) == 2


@pytest.mark.parametrize("who", [GUEST, STRANGER])
def test_guests_and_people_of_other_workspaces_are_not_welcomed(bot: Bot, who: str) -> None:
    stranger = bot.be(who)
    if who == GUEST:
        stranger.command("/ptf", channel="espace-gouvernement")
    stranger.home()
    bot.deliver()
    assert bot.told(GUEST) == []
    assert person(bot, who).welcomed_at is None


def test_a_channel_is_greeted_once_and_told_who_brought_the_bot_and_whom_it_serves(bot: Bot) -> None:
    bot_id = bot.standin.workspace.bot.id
    inviter = bot.be("UGENLEAD01")
    for _ in range(2):
        inviter.invite(bot_id, "gt-genre")
        inviter.remove(bot_id, "gt-genre")
    inviter.invite(bot_id, "gt-genre")
    inviter.invite(MEMBER, "gt-genre")
    bot.deliver()
    (hello,) = [message for message in inviter.sees("gt-genre") if message.bot_id]
    assert f"{inviter.user.real_name} m’a invité." in hello.plain
    assert "Je ne publie rien ici" in hello.plain
    assert "au service des membres de cet espace" in hello.plain
    with bot.ctx.readings.begin() as session:
        assert storage.people.by_slack_id(session, bot.ctx.team_id, bot_id) is None
