"""What somebody wrote in a channel, taken up by the menu of that message: its words, who wrote it, when and where.

No permission to read channels is needed: Slack hands the message over. What a form carries of it (its ``source``) is
kept as a row of storage.sources when the form is submitted.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from sqlalchemy.orm import Session

import storage.people
import storage.sources
from handlers import people
from handlers.actors import Actor
from handlers.context import Context
from handlers.forms import LONGEST
from handlers.language import message
from handlers.reports import blocks
from handlers.reports.mrkdwn import mentioned, resolve
from storage.people import Person
from storage.sources import Source, fingerprint

logger = logging.getLogger(__name__)

OWN_WORDS = message("Your own words of {at}.")
WORDS_OF = message("Words of {name}, of {at}: they stay theirs, recorded by you.")
WORDS_OF_SOMEBODY = message("Words of {at}, recorded by you.")
SAVED_BEFORE = message("{name} saved this message already.")

Told = Mapping[str, Any]
"""What a form carries of a message: channel, stamp, author (Slack id), name, words (fingerprint), link, before."""


def said(session: Session, told: Mapping[str, Any]) -> str:
    """The words of a message, as plain text that fits into a form's field; the whole stays where it was written."""
    text = str(told.get("text") or "")
    return blocks.clip(resolve(text, storage.people.names(session, mentioned(text))), LONGEST)


def written_at(stamp: str) -> datetime:
    """The UTC instant of a message's ts."""
    return datetime.fromtimestamp(float(stamp), UTC)


def taken(session: Session, ctx: Context, body: Mapping[str, Any]) -> dict[str, Any]:
    """What is known of the message in hand, without asking Slack."""
    given = body["message"]
    author = "" if given.get("bot_id") else str(given.get("user") or "")
    person = storage.people.by_slack_id(session, ctx.team_id, author) if author else None
    channel, stamp = str(body["channel"]["id"]), str(given["ts"])
    before = storage.sources.of_message(session, channel, stamp)
    recorders = storage.people.by_ids(session, [before[0].recorder_id]) if before else []
    return {
        "channel": channel,
        "stamp": stamp,
        "author": author,
        "name": person.name if person is not None else str(given.get("username") or ""),
        "words": fingerprint(said(session, given)),
        "before": recorders[0].name if recorders else "",
    }


def completed(ctx: Context, client: WebClient, told: Told) -> dict[str, Any]:
    """The same with what Slack has to be asked for: its permalink, and a name the bot does not know."""
    found = dict(told)
    try:
        if told["author"] and not told["name"]:
            found["name"] = people.known(ctx, client, told["author"]).name
        if not told.get("link"):
            answer = client.chat_getPermalink(channel=told["channel"], message_ts=told["stamp"])
            found["link"] = str(answer["permalink"])
    except (SlackClientError, OSError) as error:
        logger.warning("of a message that is saved: %s", type(error).__name__)
    return found


def above(actor: Actor, told: Told) -> list[blocks.Block]:
    """Whose words stand in the form, of when, and the way to the message."""
    at = written_at(told["stamp"])
    if told["author"] == actor.slack_id:
        line = actor.speaker.say(OWN_WORDS, at=at)
    elif told["name"]:
        line = actor.speaker.say(WORDS_OF, name=told["name"], at=at)
    else:
        line = actor.speaker.say(WORDS_OF_SOMEBODY, at=at)
    link = f" {told['link']}" if told.get("link") else ""
    before = [blocks.context(actor.speaker.say(SAVED_BEFORE, name=told["before"]))] if told.get("before") else []
    return [blocks.rich(blocks.passage(*blocks.words(f"{line}{link}"))), *before]


def keep(session: Session, ctx: Context, actor: Actor, told: Told) -> Source:
    """Keep where the words of a new record come from."""
    author = storage.people.by_slack_id(session, ctx.team_id, told["author"]) if told["author"] else None
    source = Source(
        channel=told["channel"],
        stamp=told["stamp"],
        link=told.get("link"),
        author=author.name if author is not None and author.name else told["name"],
        author_id=author.id if author is not None else None,
        recorder_id=actor.id,
        written_at=written_at(told["stamp"]),
        words=told["words"],
    )
    session.add(source)
    session.flush()
    return source


def institution_of(session: Session, source_id: int | None, otherwise: int | None) -> int | None:
    """For which institution words were said: that of who wrote the message, where the bot knows it."""
    source = session.get(Source, source_id) if source_id is not None else None
    author = session.get(Person, source.author_id) if source is not None and source.author_id else None
    return author.institution_id if author is not None and author.institution_id else otherwise
