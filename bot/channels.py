"""What the channels of Slack are at present, asked before something goes there and remembered for a minute.

A digest and its thread are a dozen posts within seconds: one look serves them all (conversations.info is Tier 3,
SLACK.md 2.3).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from slack_sdk import WebClient

from bot.opening import utc_now
from handlers import exposure
from handlers.exposure import Facts

FRESH = timedelta(minutes=1)
"""How long an answer of Slack's is believed."""


class Channels:
    """Asks through one client; ``now`` gives an aware UTC instant."""

    def __init__(self, client: WebClient, now: Callable[[], datetime] = utc_now) -> None:
        self._client = client
        self._now = now
        self._seen: dict[str, tuple[datetime, Facts]] = {}

    def facts(self, channel_id: str) -> Facts:
        """What that channel is. Raises what `failures.CAUGHT` names when Slack does not tell."""
        now = self._now()
        at, known = self._seen.get(channel_id, (None, None))
        if known is not None and at is not None and at <= now < at + FRESH:
            return known
        found = exposure.facts(self._client.conversations_info(channel=channel_id)["channel"])
        self._seen[channel_id] = (now, found)
        return found

    def forget(self, channel_id: str) -> None:
        """Look anew the next time: what was wrong may be set right the very next moment."""
        self._seen.pop(channel_id, None)
