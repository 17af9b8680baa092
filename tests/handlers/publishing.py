"""The digest as the clock publishes it, and what of it stands in Slack."""

from __future__ import annotations

from datetime import UTC, datetime

import storage.schedule
from handlers import digest, readers
from handlers.reports import text
from storage import periods
from storage.visibility import Audience
from tests.conversation import Bot

FRIDAY = datetime(2027, 3, 5, 16, 0, tzinfo=UTC)
WEEK = periods.parse("2027-W09")


def publish(bot: Bot, due: datetime = FRIDAY, now: datetime | None = None) -> None:
    """What the clock does when the digest is due."""
    bot.at(now or due)
    with bot.ctx.sessions.begin() as session:
        digest.publish(session, bot.ctx, due)
        storage.schedule.ran(session, "digest", due, bot.ctx.now())
    bot.deliver()


def posted(bot: Bot, channel: str = "ptf-general") -> list[str]:
    """The digests that stand in a channel, each as what can be read of it."""
    found = [message for message in bot.standin.workspace.messages(channel) if message.bot_id]
    return [message.plain for message in found]


def thread(bot: Bot, channel: str = "ptf-general") -> list[str]:
    """The messages in the thread of the last digest of a channel."""
    last = [message for message in bot.standin.workspace.messages(channel) if message.bot_id][-1]
    return [reply.plain for reply in last.replies if reply.bot_id]


def silent(bot: Bot) -> None:
    """Slack found nothing to complain of in what the bot sent."""
    assert bot.standin.workspace.warnings == []
    assert bot.standin.workspace.refusals == []


def composed(bot: Bot, audience: Audience | None, language: str = "fr") -> str:
    """The digest of the week for an audience, as plain text."""
    reader = readers.Reader(readers.of_document(bot.ctx, language, Audience()).speaker, audience)
    with bot.ctx.readings.begin() as session:
        return text.render(digest.compose(session, bot.ctx, WEEK, reader), reader.speaker)
