"""A stand-in with three people and three channels, and the real SDK's client for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from bot.rehearsal.standin import SCOPES, StandIn

HISTORY = ("channels:history", "groups:history", "im:history")


@pytest.fixture
def standin() -> Iterator[StandIn]:
    """Awa and Ben are members, Zoé is of another workspace; the bot is in #general and #pool, not in #far."""
    with StandIn((*SCOPES, *HISTORY, "im:read")) as running:
        workspace = running.workspace
        workspace.add_user(id="U0AWA000001", name="awa", real_name="Awa Traoré", title={"fr": "Cheffe", "en": "Lead"})
        workspace.add_user(id="U0BEN000001", name="ben", real_name="Ben Keita", locale="en-GB")
        workspace.add_user(id="U0ZOE000001", name="zoe", real_name="Zoé Diarra", stranger=True)
        workspace.add_channel("general", members=["awa", "ben", "zoe"], shared=True)
        workspace.add_channel("pool", private=True, members=["awa"])
        workspace.add_channel("far", members=["ben"], bot_in=False)
        yield running


@pytest.fixture
def client(standin: StandIn) -> WebClient:
    """The SDK's client with the bot token, which repeats nothing."""
    return WebClient(standin.bot_token, base_url=standin.api_url, retry_handlers=[], timeout=5)
