"""Before any listener: whose request it is. Puts on the request what every listener leans on, or says no.

Injected by name into listeners: ``ctx`` (the context), ``actor`` (who speaks), ``speaker`` (their language and zone),
``word`` and ``rest`` (what was typed), ``delivery`` (the key under which this very delivery is known). Guests, external
people, other workspaces and people who could not be checked go no further (SLACK.md 2.8).
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from handlers import actors, commands, greeting, people, remembered, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import Refusal
from handlers.language import message
from handlers.rights import Right
from storage.people import Standing

logger = logging.getLogger(__name__)

OTHER_WORKSPACE = message("This bot serves another workspace; nothing was recorded.")
GUEST = message(
    "You are a guest in this workspace: the bot's registers are for the members of the PTF. "
    "The Pool Technique can give you what you need."
)
EXTERNAL = message("You belong to another workspace: the bot's registers are for the members of this one.")
NOT_CHECKED = message("I could not check with Slack who you are; nothing was recorded. Please try again in a minute.")

CLOSED_ACCOUNT = message("Your account in this workspace is closed; nothing was recorded.")

_SAID = {
    Standing.GUEST: GUEST,
    Standing.EXTERNAL: EXTERNAL,
    Standing.DEACTIVATED: CLOSED_ACCOUNT,
    Standing.UNKNOWN: NOT_CHECKED,
}
_SPOKEN = ("app_home_opened",)
"""The events by which a person speaks to the bot; in all others somebody is only named."""
_ASKED_ANEW = (Standing.UNKNOWN, Standing.DEACTIVATED)


def middleware(ctx: Context) -> Callable[..., None]:
    """The one middleware of the bot."""

    def arrive(body: dict[str, Any], context: BoltContext, client: WebClient, next: Callable[[], None]) -> None:
        context["ctx"] = ctx
        context["speaker"] = ctx.speaker
        if not _ours(ctx, body):
            raise Refusal(OTHER_WORKSPACE)
        user = user_of(body)
        if user is None:
            next()
            return
        actor = _actor(ctx, client, user)
        context["actor"], context["speaker"] = actor, actor.speaker
        context["delivery"] = delivery_key(body, user)
        context["word"], context["rest"] = commands.spoken(str(body.get("text") or ""))
        if "event" not in body and not rights.may(actor, Right.ASK):
            raise Refusal(_SAID[Standing(actor.standing)])
        greeting.greet(ctx, actor)
        next()

    return arrive


def user_of(body: Mapping[str, Any]) -> str | None:
    """The Slack user id of whoever speaks to the bot; None for what only happens in the workspace around it."""
    if "user_id" in body:
        return str(body["user_id"])
    event = body.get("event") or {}
    user = body.get("user") or (event.get("user") if event.get("type") in _SPOKEN else None)
    return str(user["id"]) if isinstance(user, dict) else user


def delivery_key(body: Mapping[str, Any], user: str) -> str:
    """The key of this very delivery (SLACK.md 1.4): the same one delivered again has the same key."""
    view = body.get("view") or {}
    if body.get("type") == "view_submission":
        values = json.dumps((view.get("state") or {}).get("values"), sort_keys=True)
        return f"view:{view['id']}:{view.get('hash', '')}:{hashlib.sha256(values.encode()).hexdigest()[:16]}"
    if body.get("type") == "block_actions":
        action = body["actions"][0]
        place = view.get("id") or (body.get("container") or {}).get("message_ts")
        return f"click:{place}:{action['action_id']}:{user}:{action.get('action_ts')}"
    return f"trigger:{body.get('trigger_id') or body.get('event_id')}"


def _ours(ctx: Context, body: Mapping[str, Any]) -> bool:
    """Whether it comes from the workspace this bot serves; a person's own team is checked with their standing."""
    team = body.get("team_id") or (body.get("team") or {}).get("id") or ctx.team_id
    return bool(team == ctx.team_id)


def _actor(ctx: Context, client: WebClient, user: str) -> Actor:
    known = remembered.actor(ctx, user)
    if known is not None and known.standing not in _ASKED_ANEW:
        return known
    try:
        told = people.look_up(client, user)
    except (SlackClientError, OSError) as error:
        logger.warning("users.info failed: %s", type(error).__name__)
        raise Refusal(NOT_CHECKED) from None
    with ctx.sessions.begin() as session:
        return actors.describe(session, ctx, people.learn(session, ctx, user, told))
