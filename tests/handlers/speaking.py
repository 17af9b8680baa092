"""What the conversations of several topics share: topics registered in any order, people who choose a language."""

from __future__ import annotations

import storage.people
from bot.rehearsal.person import Person
from tests.conversation import Bot


def speaking(bot: Bot, who: str, language: str) -> Person:
    """That person, who reads that language from now on."""
    with bot.ctx.sessions.begin() as session:
        person = storage.people.by_slack_id(session, bot.ctx.team_id, who)
        assert person is not None
        person.language = language
    return bot.be(who)
