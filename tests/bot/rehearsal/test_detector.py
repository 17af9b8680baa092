"""What Slack lets pass and a careful app would not send is noted among the warnings."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient

from bot.rehearsal.standin import StandIn
from tests.bot.rehearsal.apps import home, said

QUIET: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}


@pytest.mark.parametrize(
    "text",
    [
        "<!channel>",
        "<!here> now",
        "<!subteam^S0PTF00001>",
        "<@U0NOBODY01>",
        "<#C0NOBODY01>",
        "<https://evil.example|ministry>",
        "<http://evil.example>",
        "<mailto:a@b.org>",
    ],
)
def test_markup_that_nobody_can_have_meant_is_noted(standin: StandIn, client: WebClient, text: str) -> None:
    general = standin.workspace.channel("general").id
    client.chat_postMessage(channel=general, text=text, **QUIET)
    client.chat_postMessage(channel=general, text="x", blocks=[said(text)], **QUIET)
    client.views_publish(user_id="U0AWA000001", view=home(text))
    assert len(standin.workspace.warnings) == 3


@pytest.mark.parametrize(
    "text",
    [
        "plain words, 3 < 4",
        "&lt;!channel&gt; R&amp;D",
        "<@U0AWA000001>",
        "<!date^1793952000^{date_short}|6 Nov>",
        "<https://ptf-mali.slack.com/archives/C1/p1|there>",
    ],
)
def test_markup_of_a_formatter_is_let_through(standin: StandIn, client: WebClient, text: str) -> None:
    general = standin.workspace.channel("general").id
    client.chat_postMessage(channel=general, text=text, blocks=[said(text), said(f"<#{general}>")], **QUIET)
    assert standin.workspace.warnings == []


def test_mrkdwn_must_be_verbatim(standin: StandIn, client: WebClient) -> None:
    careless = {"type": "section", "text": {"type": "mrkdwn", "text": "see #general"}}
    client.views_publish(user_id="U0AWA000001", view={"type": "home", "blocks": [careless]})
    assert "verbatim" in standin.workspace.warnings[0]


def test_unfurling_and_link_names_are_noted(standin: StandIn, client: WebClient) -> None:
    general = standin.workspace.channel("general").id
    client.chat_postMessage(channel=general, text="x")
    client.chat_postMessage(channel=general, text="x", link_names=True, **QUIET)
    assert [warning.split(": ")[1] for warning in standin.workspace.warnings] == [
        "unfurl_links is not off",
        "unfurl_media is not off",
        "link_names",
    ]


def test_an_update_parses_its_text_again_unless_told_not_to(standin: StandIn, client: WebClient) -> None:
    general = standin.workspace.channel("general").id
    ts = client.chat_postMessage(channel=general, text="x", **QUIET)["ts"]
    client.chat_update(channel=general, ts=ts, text="tell @here", parse="none")
    assert standin.workspace.warnings == []
    client.chat_update(channel=general, ts=ts, text="tell @here")
    assert "broadcast" in standin.workspace.warnings[0]
