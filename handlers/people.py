"""People as Slack knows them: standing, name, language and zone, read when they first speak and again each day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from sqlalchemy.orm import Session

import storage.history
import storage.people
from handlers import leaving
from handlers.context import Context
from storage.history import By, Origin
from storage.people import Person, Standing

FRESH = timedelta(days=1)
"""How long what Slack told of a person is believed."""
SLACKBOT = "USLACKBOT"
"""Slack's own bot, of which Slack says that it is none (https://docs.slack.dev/reference/objects/user-object)."""
TOLD_BY_SLACK = ("name", "title", "slack_language", "zone", "standing")
"""What Slack tells of a person."""
AT_ONCE = 40
"""People read again in one round; users.info allows 100 calls a minute (SLACK.md 2.3)."""


def look_up(client: WebClient, slack_id: str) -> Mapping[str, Any]:
    """Slack's facts of a person. Raises SlackClientError or OSError when Slack does not tell."""
    user: Mapping[str, Any] = client.users_info(user=slack_id, include_locale=True)["user"]
    return user


def learn(session: Session, ctx: Context, slack_id: str, user: Mapping[str, Any]) -> Person:
    """Keep what Slack told of a person, with its line of history."""
    person = storage.people.meet(session, ctx.team_id, slack_id)
    old = {name: getattr(person, name) for name in TOLD_BY_SLACK} if person.name else None
    profile = user.get("profile") or {}
    person.name = profile.get("display_name") or user.get("real_name") or profile.get("real_name") or user["name"]
    person.title = profile.get("title") or person.title
    person.slack_language = user.get("locale") or person.slack_language
    person.zone = user.get("tz") or person.zone
    before, person.standing = person.standing, standing(user, ctx.team_id)
    person.seen_at = ctx.now()
    session.flush()
    storage.history.registered(session, person, old, By(None, ctx.now(), Origin.SLACK))
    if person.standing == Standing.DEACTIVATED and before != Standing.DEACTIVATED:
        leaving.tell(session, ctx, person)
    return person


def standing(user: Mapping[str, Any], team_id: str) -> Standing:
    """How a person stands, by Slack's flags (SLACK.md 2.8); a bot is nobody who may write."""
    if user.get("deleted"):
        return Standing.DEACTIVATED
    if user.get("is_stranger") or user.get("team_id", team_id) != team_id:
        return Standing.EXTERNAL
    is_bot = user.get("is_bot") or user.get("id") == SLACKBOT
    if user.get("is_restricted") or user.get("is_ultra_restricted") or is_bot:
        return Standing.GUEST
    return Standing.MEMBER


def refresh(ctx: Context, client: WebClient) -> int:
    """Read again the people not read for a day, a few at a time; returns how many. Stops when Slack does not tell."""
    with ctx.readings.begin() as session:
        slack_ids = [
            person.slack_id for person in storage.people.stale(session, ctx.now() - FRESH, AT_ONCE) if person.slack_id
        ]
    for done, slack_id in enumerate(slack_ids):
        try:
            user = look_up(client, slack_id)
        except (SlackClientError, OSError):
            return done
        with ctx.sessions.begin() as session:
            learn(session, ctx, slack_id, user)
    return len(slack_ids)


def known(ctx: Context, client: WebClient, slack_id: str) -> Person:
    """The person of that Slack user id; Slack is asked about one the bot never met.

    Raises SlackClientError or OSError when Slack does not tell.
    """
    with ctx.readings.begin() as session:
        person = storage.people.by_slack_id(session, ctx.team_id, slack_id)
    if person is not None and person.standing != Standing.UNKNOWN:
        return person
    user = look_up(client, slack_id)
    with ctx.sessions.begin() as session:
        return learn(session, ctx, slack_id, user)
