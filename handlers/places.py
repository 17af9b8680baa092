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
    answers.lay(client, body, view)


def redraw(client: WebClient, place: Mapping[str, str], text: str, told: Blocks) -> bool:
    """Show this in that place, if it still stands; False where Slack refuses."""
    try:
        if "sheet" in place:
            client.views_update(view_id=place["sheet"], view=answers.sheet(told))
        elif "message" in place:
            shown = {"text": text, "blocks": list(told), "replace_original": True}
            return answers.post(client, place["message"], shown)
    except (SlackClientError, OSError) as error:
        logger.warning("not drawn again: %s", type(error).__name__)
    return True


def show_instead(ack: Ack, client: WebClient, body: Mapping[str, Any], text: str, told: Blocks) -> None:
    """Show this where the person clicked, in the place of what stood there; from the Home tab, on a sheet.

    Slack's refusal is no error: what was to be kept is kept.
    """
    if not of(body):
        answers.show_kept(ack, client, body, text, told)
        return
    ack()
    if redraw(client, of(body), text, told):
        return
    try:
        answers.whisper(client, body, text, told)
    except (SlackClientError, OSError) as error:
        logger.warning("not shown: %s", type(error).__name__)


def _on_sheet(body: Mapping[str, Any]) -> bool:
    return bool((body.get("view") or {}).get("type") == "modal")
