"""Small pieces the tests of the stand-in share: blocks, views, an app built with the real Bolt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_bolt import App, BoltRequest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.rehearsal.door import DirectDoor
from bot.rehearsal.standin import StandIn

Json = dict[str, Any]


def plain(text: str) -> Json:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def said(text: str) -> Json:
    """A section in mrkdwn, as a careful app sends it."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def button(label: str, action_id: str, **more: Any) -> Json:
    """A button."""
    return {"type": "button", "text": plain(label), "action_id": action_id, **more}


def actions(*elements: Json) -> Json:
    """A row of buttons or selects."""
    return {"type": "actions", "block_id": "row", "elements": list(elements)}


def ask(name: str, element: Json, **more: Any) -> Json:
    """An input block; block and action go by the same name."""
    return {"type": "input", "block_id": name, "label": plain(name), "element": {"action_id": name, **element}, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    """A modal with these blocks, one text question by default."""
    asked = blocks or (ask("what", {"type": "plain_text_input"}),)
    return {"type": "modal", "callback_id": "form", "title": plain("Form"), "submit": plain("Save")} | {
        "blocks": list(asked),
        **more,
    }


def home(text: str) -> Json:
    """A Home tab."""
    return {"type": "home", "blocks": [said(text)]}


def refused(call: Callable[..., Any], *args: Any, **arguments: Any) -> str:
    """The error code with which Slack refuses a call; the empty text when it does not."""
    try:
        call(*args, **arguments)
    except SlackApiError as error:
        return str(error.response["error"])
    return ""


def bolt(standin: StandIn, client: WebClient) -> App:
    """An app behind a direct door, with the real signature check."""
    app = App(
        client=client,
        signing_secret=standin.signing_secret,
        process_before_response=True,
        token_verification_enabled=False,
    )

    def receive(body: str, headers: dict[str, list[str]]) -> tuple[int, str]:
        answer = app.dispatch(BoltRequest(body=body, headers=dict(headers)))
        return answer.status, answer.body

    standin.door = DirectDoor(receive, standin.signing_secret)
    return app
