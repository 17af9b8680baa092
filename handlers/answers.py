"""The shapes of an answer to what Slack delivered: to a command, a click, a submission (SLACK.md 1.2, 1.4)."""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Mapping, Sequence
from http.client import HTTPException
from typing import Any

from slack_bolt import Ack, BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from slack_sdk.webhook import WebhookClient

from handlers.reports import blocks
from handlers.reports.mrkdwn import escape, resolve

logger = logging.getLogger(__name__)

Blocks = Sequence[dict[str, Any]]

OK = 200
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
        lay(client, body, sheet(told))
    elif not beside(client, body, text, told):
        whisper(client, body, text, told)


def show_kept(ack: Ack, client: WebClient, body: Mapping[str, Any], text: str, told: Blocks) -> None:
    """The same once something is committed: that Slack shows nothing is no reason to say that nothing was kept."""
    try:
        show(ack, client, body, text, told)
    except (SlackClientError, OSError) as error:
        logger.warning("kept, not shown: %s", type(error).__name__)


def lay(client: WebClient, body: Mapping[str, Any], view: Mapping[str, Any]) -> None:
    """Open a form or a sheet; where one is open already it is laid upon it."""
    on_sheet = (body.get("view") or {}).get("type") == "modal"
    (client.views_push if on_sheet else client.views_open)(trigger_id=str(body["trigger_id"]), view=dict(view))


def beside(client: WebClient, body: Mapping[str, Any], text: str, told: Blocks) -> bool:
    """Show something beside the message that was clicked; False where Slack refuses or breaks off."""
    shown = {"text": text, "blocks": list(told), "response_type": "ephemeral", "replace_original": False}
    return post(client, str(body["response_url"]), shown)


def post(client: WebClient, url: str, shown: dict[str, Any]) -> bool:
    """Use a response URL, once and with a listener's patience; False where Slack refuses or breaks off.

    Raises TimeoutError when Slack does not answer: then there is no time left for another way.
    """
    try:
        answer = WebhookClient(url, timeout=client.timeout, retry_handlers=[]).send_dict(shown)
    except (OSError, HTTPException) as error:
        if _is_late(error):
            raise TimeoutError from None
        logger.warning("response_url: %s", type(error).__name__)
        return False
    if answer.status_code != OK:
        logger.warning("response_url: status %d", answer.status_code)
    return answer.status_code == OK


def whisper(client: WebClient, body: Mapping[str, Any], text: str, told: Blocks) -> None:
    """Show something to one person by other means: in the channel of their click, else in their direct messages.

    Raises SlackClientError or OSError when that fails too.
    """
    user, channel = str(body["user"]["id"]), (body.get("channel") or {}).get("id")
    if channel:
        client.chat_postEphemeral(channel=str(channel), user=user, text=text, blocks=list(told))
    else:
        client.chat_postMessage(channel=user, text=text, blocks=list(told), unfurl_links=False)


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
    if body.get("view") or body.get("response_url"):
        _refuse_click(client, body, safe, told)
    return BoltResponse(status=200, body="")


def _refuse_click(client: WebClient, body: Mapping[str, Any], text: str, told: Blocks) -> None:
    """On a sheet or beside the message; where Slack takes neither, by other means."""
    if not body.get("view"):
        if not beside(client, body, text, told):
            whisper(client, body, text, told)
        return
    try:
        lay(client, body, sheet(told))
    except (SlackClientError, OSError) as error:
        if _is_late(error):
            raise
        whisper(client, body, text, told)


def _is_late(error: Exception) -> bool:
    """Whether Slack did not answer at all."""
    return isinstance(getattr(error, "reason", error), TimeoutError)


def sheet(told: Blocks) -> dict[str, Any]:
    """A modal that only shows something."""
    return {"type": "modal", "title": {"type": "plain_text", "text": "PTF"}, "blocks": list(told)}


def _json(answer: Mapping[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(answer), headers={"content-type": "application/json"})
