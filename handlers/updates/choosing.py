"""What the pool chose in the ⋯ menu of a line of `/ptf updates`: handed to the listener of the button of that name."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from handlers import answers, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import NOT_OFFERED_ANY_MORE, Refusal
from handlers.updates import deciding, listing, reasoned, weekly
from handlers.updates.spots import Spot


def register(app: App) -> None:
    """Register the listener."""
    app.action("updates_menu")(choose)


def choose(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """Read, return, validate, reopen, excuse, or await after all."""
    what = body["actions"][0]["selected_option"]["value"].partition(":")[0]
    forms = {weekly.RETURN: reasoned.open_return, weekly.EXCUSE: reasoned.open_excuse, weekly.READ: read}
    decided = {weekly.VALIDATE: deciding.validate, weekly.REOPEN: deciding.reopen, weekly.EXPECT: deciding.expect}
    if what in forms:
        forms[what](ack, ctx, actor, body, client)
    elif what in decided:
        decided[what](ack, ctx, actor, body, client, delivery)
    else:
        raise Refusal(NOT_OFFERED_ANY_MORE)


def read(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """All that the group said of the period, on a sheet."""
    with ctx.readings.begin() as session:
        rights.require(session, ctx, actor, rights.Right.PERIODS)
        told = listing.whole(session, ctx, actor, Spot.of(body["actions"][0]))
    answers.lay(client, body, answers.sheet(told))
    ack()
