"""Where a message stands, as an address that opens it. It never changes, so Slack is asked once."""

from __future__ import annotations

import logging
from collections.abc import Callable

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

logger = logging.getLogger(__name__)

KEPT = 200
"""Addresses remembered; there is one digest a channel and week."""

Link = Callable[[str, str], str]
"""``link(channel, ts)``: the permalink, "" where Slack tells none."""


class Permalinks:
    """The addresses Slack told, by channel and ts."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], str] = {}

    def of(self, client: WebClient) -> Link:
        """A way to ask for them with that client."""

        def link(channel: str, stamp: str) -> str:
            if (channel, stamp) not in self._known:
                told = _asked(client, channel, stamp)
                if not told:
                    return ""
                if len(self._known) >= KEPT:
                    self._known.clear()
                self._known[channel, stamp] = told
            return self._known[channel, stamp]

        return link


def _asked(client: WebClient, channel: str, stamp: str) -> str:
    try:
        return str(client.chat_getPermalink(channel=channel, message_ts=stamp)["permalink"])
    except (SlackClientError, OSError) as error:
        logger.warning("chat.getPermalink: %s", type(error).__name__)
        return ""
