"""The composition root of what answers: a context and a client in, the Bolt app out.

Listeners run inside the request (DESIGN.md rule 11): Bolt's own way polls for the answer every 10 ms. The client waits
at most `PATIENCE` seconds, since Slack waits three for us, and repeats nothing by itself.
"""

from __future__ import annotations

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

import handlers
from handlers import arrival, errors
from handlers.context import Context

PATIENCE = 2
"""Seconds a listener's call to Slack may take."""


def client(token: str, api_url: str) -> WebClient:
    """A client for listeners: short patience, no repetition."""
    return WebClient(token=token, base_url=api_url, timeout=PATIENCE, retry_handlers=[])


def build(ctx: Context, slack: WebClient, signing_secret: str, bot: AuthorizeResult) -> App:
    """The Bolt app of one group; ``bot`` is what auth.test said of the token."""
    app = App(
        name="slack_bolt.app",  # how its loggers are called: bot.logs keeps the bodies they write out of the log
        client=slack,
        signing_secret=signing_secret,
        process_before_response=True,
        token_verification_enabled=False,
        authorize=lambda: bot,
        raise_error_for_unhandled_request=True,
    )
    app.use(arrival.middleware(ctx))
    app.error(errors.handler(ctx.speaker))
    handlers.register(app)
    return app


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
