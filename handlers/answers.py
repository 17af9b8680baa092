"""The shapes of an answer to what Slack delivered: to a command, a click, a submission (SLACK.md 1.2, 1.4)."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from slack_bolt import Ack, BoltResponse
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from handlers.reports import blocks
from handlers.reports.mrkdwn import escape, resolve

Blocks = Sequence[dict[str, Any]]

SHORT_WORD = 20
"""Characters up to which a lone word is not given back."""


def written(body: Mapping[str, Any]) -> str:
    """What the person wrote with a command, unless it is one short word, easily typed again; a form keeps its own."""
    typed = resolve(str(body.get("text") or ""), {}) if "command" in body else ""
    return typed if len(typed) > SHORT_WORD or len(typed.split(maxsplit=1)) > 1 else ""


def reference(_: Mapping[str, Any]) -> str:
    """A short reference that a person can read out and that the log carries too."""
    return secrets.token_hex(3)


def at_fields(body: Mapping[str, Any], faults: Mapping[str, str]) -> BoltResponse:
    """Leave the form standing with its faults (question name -> sentence) at their fields."""
    places = {question_of(block): block for block in body["view"]["state"]["values"]}
    return _json({"response_action": "errors", "errors": {places[name]: told for name, told in faults.items()}})


def question_of(block_id: str) -> str:
    """The question's name in a block id; what follows ``~`` only tells one filling of the form from another."""
    return block_id.partition("~")[0]


def show(ack: Ack, client: WebClient, body: Mapping[str, Any], text: str, told: Blocks) -> None:
    """Show something to the one person who asked, where they asked: by command, on a message, on a sheet or Home tab.

    ``text`` says the same as the blocks in plain words, escaped. On a view it is laid upon it as a sheet.
    """
    if "command" in body:
        ack(text=text, blocks=list(told), response_type="ephemeral")
        return
    ack()
    if body.get("view"):
        opening = client.views_push if body["view"].get("type") == "modal" else client.views_open
        opening(trigger_id=str(body["trigger_id"]), view=sheet(told))
        return
    WebhookClient(str(body["response_url"])).send(
        text=text, blocks=list(told), response_type="ephemeral", replace_original=False
    )


def refuse(
    client: WebClient, body: Mapping[str, Any], sentence: str, text: str, your_text: str, further: Blocks = ()
) -> BoltResponse:
    """Say no in the place where the person is: under their command, on their form, beside their click."""
    safe = escape(sentence)
    told = [blocks.section(safe)]
    if text:
        told += [blocks.section(your_text), *blocks.said(text)]
    told += list(further)
    if "command" in body:
        plain = f"{safe}\n{your_text}\n{escape(text)}" if text else safe
        return _json({"response_type": "ephemeral", "text": plain, "blocks": told})
    if body.get("type") == "view_submission":
        return _json({"response_action": "push", "view": sheet(told)})
    if body.get("view"):
        client.views_push(trigger_id=str(body["trigger_id"]), view=sheet(told))
    elif body.get("response_url"):
        WebhookClient(str(body["response_url"])).send(
            text=safe, blocks=told, response_type="ephemeral", replace_original=False
        )
    return BoltResponse(status=200, body="")


def sheet(told: Blocks) -> dict[str, Any]:
    """A modal that only shows something."""
    return {"type": "modal", "title": {"type": "plain_text", "text": "PTF"}, "blocks": list(told)}


def _json(answer: Mapping[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(answer), headers={"content-type": "application/json"})
