"""The composition root of what answers: a context and a client in, the Bolt app out.

Listeners run inside the request (DESIGN.md rule 11): Bolt's own way polls for the answer every 10 ms. The client waits
at most `PATIENCE` seconds, since Slack waits three for us, and repeats nothing by itself.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any, cast

from slack_bolt import App, BoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

import handlers
from bot.lasting import lasting
from bot.switchboard import Switchboard
from handlers.context import Context

logger = logging.getLogger(__name__)

PATIENCE = 2
"""Seconds a listener's call to Slack may take."""


class Answering:
    """The Bolt app of one group: it may be asked at once, and has its topics as soon as somebody needs them.

    ``bot`` is what auth.test said of the token.
    """

    def __init__(self, ctx: Context, slack: WebClient, signing_secret: str, bot: AuthorizeResult) -> None:
        self.app = App(
            name="slack_bolt.app",  # how its loggers are called: bot.logs keeps the bodies they write out of the log
            client=slack,
            signing_secret=signing_secret,
            process_before_response=True,
            token_verification_enabled=False,
            authorize=lambda: bot,
            raise_error_for_unhandled_request=True,
        )
        self.app.use(self._arrive)
        self._ctx = ctx
        self._loading = threading.Lock()
        self._arrival: Callable[..., None] | None = None

    def load(self) -> None:
        """Import and register the topics, unless it was done; whoever comes meanwhile waits. Raises what went wrong."""
        self._loaded()

    def _loaded(self) -> Callable[..., None]:
        """The first step of every request (handlers.arrival); it is there once the topics are."""
        if self._arrival is None:
            with self._loading, lasting():
                self._arrival = self._arrival or _register(self.app, self._ctx)
        return self._arrival

    def _arrive(self, body: dict[str, Any], context: BoltContext, client: WebClient, next: Callable[[], None]) -> None:
        """Bolt goes on in its list, and looks for listeners, after this: what is registered here serves as well."""
        self._loaded()(body, context, client, next)


def _register(app: App, ctx: Context) -> Callable[..., None]:
    from handlers import arrival, errors
    from storage import models  # whoever writes knows all tables, since they refer to each other

    topics = handlers.topics()  # what may fail comes first, so that nothing is registered twice
    app.error(errors.handler(ctx.speaker))
    handlers.register(cast(App, Switchboard(app)))  # topics know of it what is as with Bolt's app
    logger.info("%d topics over %d tables are loaded", len(topics), len(models.TABLES))
    return arrival.middleware(ctx)


def client(token: str, api_url: str) -> WebClient:
    """A client for listeners: short patience, no repetition."""
    return WebClient(token=token, base_url=api_url, timeout=PATIENCE, retry_handlers=[])


def identify(slack: WebClient) -> AuthorizeResult:
    """Who the token belongs to, and its scopes, which Slack tells beside its answer.

    Raises SlackApiError for a bad token, OSError when Slack cannot be reached.
    """
    told = slack.auth_test()
    return AuthorizeResult.from_auth_test_response(
        auth_test_response=told,
        bot_token=slack.token,
        bot_scopes=header(told, "x-oauth-scopes").replace(" ", ""),
        user_auth_test_response=None,
    )


def header(told: SlackResponse, name: str) -> str:
    """A header of an answer, whatever its case; empty when there is none."""
    return next((str(value) for key, value in told.headers.items() if key.lower() == name), "")
