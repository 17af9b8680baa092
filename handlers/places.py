"""Where something stands that was shown to one person, so that it can be shown again as it is now.

A message is known by its response_url (SLACK.md 1.2: five times in half an hour), a sheet by its view. A form carries
the place it was opened from with it; after the commit, what stands there is drawn again. When Slack will not, nothing
is lost: the next look shows it.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from slack_sdk.webhook import WebhookClient

from handlers import answers
from handlers.answers import Blocks

logger = logging.getLogger(__name__)


def of(body: Mapping[str, Any]) -> dict[str, str]:
    """The place of a click, as a form's context keeps it; empty where there is nothing to draw again."""
    if _on_sheet(body):
        return {"sheet": str(body["view"]["id"])}
    return {"message": str(body["response_url"])} if body.get("response_url") else {}


def lay(client: WebClient, body: Mapping[str, Any], view: Mapping[str, Any]) -> None:
    """Open a form; on a sheet it is laid upon it."""
    (client.views_push if _on_sheet(body) else client.views_open)(trigger_id=str(body["trigger_id"]), view=dict(view))


def redraw(client: WebClient, place: Mapping[str, str], text: str, told: Blocks) -> None:
    """Show this in that place, if it still stands."""
    try:
        if "sheet" in place:
            client.views_update(view_id=place["sheet"], view=answers.sheet(told))
        elif "message" in place:
            WebhookClient(place["message"]).send(text=text, blocks=list(told), replace_original=True)
    except (SlackClientError, OSError) as error:
        logger.info("not drawn again: %s", type(error).__name__)


def show_instead(ack: Ack, client: WebClient, body: Mapping[str, Any], text: str, told: Blocks) -> None:
    """Show this where the person clicked, in the place of what stood there; from the Home tab, on a sheet."""
    if not of(body):
        answers.show(ack, client, body, text, told)
        return
    ack()
    redraw(client, of(body), text, told)


def _on_sheet(body: Mapping[str, Any]) -> bool:
    return bool((body.get("view") or {}).get("type") == "modal")
