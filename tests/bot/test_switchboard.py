"""Who listens to what, whose words decide, and what Bolt alone does: without a database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import pytest
from slack_bolt import App, BoltRequest
from slack_bolt.authorization import AuthorizeResult

from bot.rehearsal.door import SIGNING_SECRET, signed
from bot.switchboard import Switchboard


@pytest.fixture
def app() -> App:
    """Bolt's app, which asks Slack nothing."""
    bot = AuthorizeResult(enterprise_id=None, team_id="T1", bot_user_id="UBOT", bot_id="B1", bot_token="xoxb-1")
    return App(
        signing_secret=SIGNING_SECRET,
        process_before_response=True,
        token_verification_enabled=False,
        authorize=lambda: bot,
    )


def said(app: App, **fields: str) -> tuple[int, str]:
    """(status, body) of the answer to a request with these fields."""
    body = urlencode({"team_id": "T1", "user_id": "U1"} | fields)
    headers: dict[str, str | Sequence[str]] = {"content-type": "application/x-www-form-urlencoded"}
    answer = app.dispatch(BoltRequest(body=body, headers=headers | dict(signed(SIGNING_SECRET, body))))
    return answer.status, answer.body


def clicked(app: App, action_id: str, value: str = "") -> tuple[int, str]:
    """The same for a click."""
    action = {"type": "button", "action_id": action_id, "block_id": "b", "value": value}
    payload: dict[str, Any] = {"type": "block_actions", "actions": [action]}
    return said(app, payload=json.dumps(payload | {"team": {"id": "T1"}, "user": {"id": "U1"}}))


def test_the_first_that_is_meant_answers_and_gets_what_it_asks_for(app: App) -> None:
    board = Switchboard(app)
    board.action("choose", matchers=[lambda action: action["value"] == "a"])(lambda ack: ack(text="a"))
    board.action("choose")(lambda ack, context, payload: ack(text=f"{context.user_id} {payload['value']}"))
    board.view("choose")(lambda ack: ack(response_action="clear"))
    board.command("/ptf")(lambda ack, command: ack(text=command["text"]))
    assert clicked(app, "choose", "a") == (200, "a")
    assert clicked(app, "choose", "b") == (200, "U1 b")
    assert said(app, command="/ptf", text="help") == (200, "help")
    view = {
        "type": "view_submission",
        "view": {"type": "modal", "callback_id": "choose"},
        "team": {"id": "T1"},
        "user": {"id": "U1"},
    }
    assert json.loads(said(app, payload=json.dumps(view))[1]) == {"response_action": "clear"}


def test_what_nobody_listens_to_goes_on_to_who_registered_with_bolt_alone(app: App) -> None:
    board = Switchboard(app)
    board.action("ours")(lambda ack: ack())
    assert clicked(app, "theirs")[0] == 404
    app.action("theirs")(lambda ack: ack(text="theirs"))
    assert clicked(app, "theirs") == (200, "theirs")


def test_a_name_that_no_request_carries_is_an_error_and_not_nothing(app: App) -> None:
    errors: list[Exception] = []
    app.error(lambda error: errors.append(error))
    Switchboard(app).action("misspelt")(lambda ack, acter: ack())
    assert clicked(app, "misspelt")[0] == 500
    assert [type(error) for error in errors] == [KeyError]
