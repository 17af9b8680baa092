"""The Home tab: what one owes, one's groups, what one's institution owes, what comes next, what the Pool looks to.

Everything `/ptf` does has its button there. `gathering` reads it in a few queries, `owing`, `around` and `steering`
tell it, `doing` has the buttons, `showing` puts it together; here it is published: whenever it is opened, and again
after something was recorded from it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from handlers import actors
from handlers.actors import Actor
from handlers.commands import Command
from handlers.context import Context
from handlers.home import showing
from handlers.home.permalinks import Permalinks

logger = logging.getLogger(__name__)


def register(app: App, commands: Sequence[Command]) -> None:
    """Register the listener, and give all others a way to draw the tab of who speaks again: ``home``."""
    links = Permalinks()

    def opened(ctx: Context, actor: Actor, event: Mapping[str, Any], client: WebClient) -> None:
        if event.get("tab") == "home":
            client.views_publish(user_id=actor.slack_id, view=showing.view(ctx, actor, commands, links.of(client)))

    def offer(context: BoltContext, client: WebClient, next: Callable[[], None]) -> None:
        context["home"] = lambda: draw_again(context["ctx"], context["actor"].slack_id, client)
        next()

    def draw_again(ctx: Context, slack_id: str, client: WebClient) -> None:
        """What it showed has changed. When Slack will not, the next look shows it."""
        with ctx.readings.begin() as session:
            actor = actors.load(session, ctx, slack_id)
        if actor is None:
            return
        try:
            client.views_publish(user_id=actor.slack_id, view=showing.view(ctx, actor, commands, links.of(client)))
        except (SlackClientError, OSError) as error:
            logger.warning("the Home tab was not drawn again: %s", type(error).__name__)

    app.use(offer)
    app.event("app_home_opened")(opened)
    app.action("home_digest")(followed)


def followed(ack: Ack) -> None:
    """A link was followed: Slack tells of it, and there is nothing to do."""
    ack()
