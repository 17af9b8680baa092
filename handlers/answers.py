"""The shapes of an answer to what Slack delivered: to a command, a click, a submission (SLACK.md 1.2, 1.4)."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from slack_bolt import BoltResponse
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from handlers.reports import blocks

Blocks = Sequence[dict[str, Any]]


def written(body: Mapping[str, Any]) -> str:
    """What the person wrote with a command; a form keeps its own text."""
    return str(body.get("text") or "") if "command" in body else ""


def reference(_: Mapping[str, Any]) -> str:
    """A short reference that a person can read out and that the log carries too."""
    return secrets.token_hex(3)


def at_fields(faults: Mapping[str, str]) -> BoltResponse:
    """Leave the form standing with its faults at their fields."""
    return _json({"response_action": "errors", "errors": dict(faults)})


def refuse(
    client: WebClient, body: Mapping[str, Any], sentence: str, text: str, your_text: str, further: Blocks = ()
) -> BoltResponse:
    """Say no in the place where the person is: under their command, on their form, beside their click."""
    told = [blocks.section(sentence)]
    if text:
        told += [blocks.section(your_text), *blocks.said(text)]
    told += list(further)
    if "command" in body:
        plain = f"{sentence}\n{your_text}\n{text}" if text else sentence
        return _json({"response_type": "ephemeral", "text": plain, "blocks": told})
    if body.get("type") == "view_submission":
        return _json({"response_action": "push", "view": _sheet(told)})
    if body.get("view"):
        client.views_push(trigger_id=str(body["trigger_id"]), view=_sheet(told))
    elif body.get("response_url"):
        WebhookClient(str(body["response_url"])).send(
            text=sentence, blocks=told, response_type="ephemeral", replace_original=False
        )
    return BoltResponse(status=200, body="")


def _sheet(told: Blocks) -> dict[str, Any]:
    return {"type": "modal", "title": {"type": "plain_text", "text": "PTF"}, "blocks": list(told)}


def _json(answer: Mapping[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(answer), headers={"content-type": "application/json"})
