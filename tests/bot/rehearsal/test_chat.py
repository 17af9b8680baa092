"""chat.*: what may be posted where, and what Slack says when it may not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.rehearsal.standin import StandIn
from tests.bot.rehearsal.apps import actions, button, plain, refused, said

QUIET: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}


def channel(standin: StandIn, name: str = "general") -> str:
    return standin.workspace.channel(name).id


def test_a_post_stands_in_the_channel_with_what_it_carries(standin: StandIn, client: WebClient) -> None:
    told = {"event_type": "outbox", "event_payload": {"key": "digest:2027-W09"}}
    answer = client.chat_postMessage(
        channel=channel(standin), text="Digest", blocks=[said("Hello &amp; welcome")], metadata=told, **QUIET
    )
    [message] = standin.workspace.messages("#general")
    assert (message.ts, message.text, message.plain) == (answer["ts"], "Digest", "Hello & welcome")
    assert message.metadata == told
    assert answer["message"]["blocks"][0]["block_id"]


def test_two_posts_never_share_a_ts_although_the_clock_stands_still(standin: StandIn, client: WebClient) -> None:
    first, second = (client.chat_postMessage(channel=channel(standin), text="x", **QUIET)["ts"] for _ in range(2))
    assert first < second


def test_a_reply_goes_into_its_thread(standin: StandIn, client: WebClient) -> None:
    ts = client.chat_postMessage(channel=channel(standin), text="Parent", **QUIET)["ts"]
    client.chat_postMessage(channel=channel(standin), text="Child", thread_ts=ts, **QUIET)
    [parent] = standin.workspace.messages("#general")
    assert [reply.text for reply in parent.replies] == ["Child"]
    lost = {"channel": channel(standin), "text": "x", "thread_ts": "1.000001"}
    assert refused(client.chat_postMessage, **lost) == "thread_not_found"


def test_a_post_to_a_person_opens_the_direct_conversation(standin: StandIn, client: WebClient) -> None:
    answer = client.chat_postMessage(channel="U0AWA000001", text="Hello", **QUIET)
    assert answer["channel"].startswith("D")
    assert [message.text for message in standin.person("awa").direct_messages] == ["Hello"]


@pytest.mark.parametrize(
    ("where", "error"),
    [
        ("far", "not_in_channel"),
        ("closed", "is_archived"),
        ("secret", "channel_not_found"),
    ],
)
def test_where_the_bot_may_not_write(standin: StandIn, client: WebClient, where: str, error: str) -> None:
    standin.workspace.add_channel("closed", archived=True)
    standin.workspace.add_channel("secret", private=True, bot_in=False)
    assert refused(client.chat_postMessage, channel=channel(standin, where), text="x") == error


@pytest.mark.parametrize("who", ["C0NOBODY01", "#general", "U0NOBODY01", "U0ZOE000001", "U0PTFBOT001"])
def test_there_is_no_channel_for_names_strangers_and_bots(client: WebClient, who: str) -> None:
    assert refused(client.chat_postMessage, channel=who, text="x") == "channel_not_found"


def test_nothing_is_written_to_a_deactivated_person(standin: StandIn, client: WebClient) -> None:
    direct = client.chat_postMessage(channel="U0AWA000001", text="Hello", **QUIET)["channel"]
    standin.workspace.user("awa").deleted = True
    assert refused(client.chat_postMessage, channel="U0AWA000001", text="x") == "channel_not_found"
    assert refused(client.chat_postMessage, channel=direct, text="x") == "channel_not_found"


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({}, "no_text"),
        ({"blocks": "not json"}, "invalid_blocks_format"),
        ({"blocks": [{"type": "section", "text": plain("")}]}, "invalid_blocks"),
        ({"blocks": [{"type": "divider"}] * 51}, "invalid_blocks"),
        ({"blocks": [{"type": "table", "rows": []}] * 2}, "invalid_attachments"),
        ({"blocks": [said("x" * 2990)] * 5}, "msg_blocks_too_long"),
        ({"text": "x", "markdown_text": "x"}, "markdown_text_conflict"),
        ({"markdown_text": "x" * 12_001}, "msg_too_long"),
        ({"text": "x", "attachments": [{"text": "x"}] * 101}, "too_many_attachments"),
        ({"text": "x", "metadata": "{"}, "invalid_metadata_format"),
        ({"text": "x", "metadata": {"event_type": "a b", "event_payload": {}}}, "invalid_metadata_schema"),
        ({"text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_schema"),
        ({"text": "x", "metadata": {"event_type": "a" * 51, "event_payload": {}}}, "invalid_metadata_schema"),
    ],
)
def test_content_that_slack_refuses(standin: StandIn, client: WebClient, given: dict[str, Any], error: str) -> None:
    args = {"channel": channel(standin), **given}
    assert refused(client.api_call, "chat.postMessage", json=args) == error
    assert standin.workspace.messages("#general") == []
    assert standin.workspace.refusals[-1][:2] == ("chat.postMessage", error)


def test_a_refusal_of_blocks_points_at_the_place(standin: StandIn, client: WebClient) -> None:
    refused(client.chat_postMessage, channel=channel(standin), text="x", blocks=[said("x" * 3001)])
    assert "[json-pointer:/blocks/0/text/text]" in standin.workspace.refusals[-1][2][0]


def test_a_text_is_cut_at_forty_thousand(standin: StandIn, client: WebClient) -> None:
    client.chat_postMessage(channel=channel(standin), text="x" * 40_001, **QUIET)
    assert len(standin.workspace.messages("#general")[0].text) == 40_000


def test_an_update_takes_four_thousand_bytes_not_characters(standin: StandIn, client: WebClient) -> None:
    ts = client.chat_postMessage(channel=channel(standin), text="x", **QUIET)["ts"]
    where = {"channel": channel(standin), "ts": ts}
    assert refused(client.chat_update, **where, text="é" * 2000) == ""
    assert refused(client.chat_update, **where, text="é" * 2001) == "msg_too_long"


def test_an_update_with_text_alone_takes_the_blocks_away_and_leaves_the_metadata(
    standin: StandIn, client: WebClient
) -> None:
    told = {"event_type": "a", "event_payload": {}}
    blocks = [said("old"), actions(button("Go", "go"))]
    posted = client.chat_postMessage(channel=channel(standin), text="x", blocks=blocks, metadata=told, **QUIET)
    client.chat_update(channel=channel(standin), ts=posted["ts"], text="new")
    [message] = standin.workspace.messages("#general")
    assert (message.text, message.blocks, message.metadata, message.edited) == ("new", [], told, True)
    client.chat_update(channel=channel(standin), ts=posted["ts"], text="new", metadata={})
    assert message.metadata is None


def test_only_its_own_standing_messages_can_be_changed(standin: StandIn, client: WebClient) -> None:
    spoken = standin.person("awa").say("Hello", "#general")
    where = {"channel": channel(standin), "ts": spoken.ts}
    assert refused(client.chat_update, **where, text="x") == "cant_update_message"
    assert refused(client.chat_delete, **where) == "cant_delete_message"
    assert refused(client.chat_update, channel=channel(standin), ts="1.000001", text="x") == "message_not_found"
    assert refused(client.chat_update, channel="U0AWA000001", ts="1.000001", text="x") == "channel_not_found"


def test_a_deleted_message_is_gone(standin: StandIn, client: WebClient) -> None:
    ts = client.chat_postMessage(channel=channel(standin), text="x", **QUIET)["ts"]
    client.chat_delete(channel=channel(standin), ts=ts)
    assert standin.workspace.messages("#general") == []
    assert refused(client.chat_delete, channel=channel(standin), ts=ts) == "message_not_found"


def test_an_ephemeral_message_is_for_one_person_and_cannot_be_updated(standin: StandIn, client: WebClient) -> None:
    ts = client.chat_postEphemeral(channel=channel(standin), user="U0AWA000001", text="psst")["message_ts"]
    assert [message.text for message in standin.person("awa").sees("#general")] == ["psst"]
    assert standin.person("ben").sees("#general") == []
    assert refused(client.chat_update, channel=channel(standin), ts=ts, text="x") == "message_not_found"
    far = {"channel": channel(standin, "far"), "user": "U0AWA000001", "text": "x"}
    assert refused(client.chat_postEphemeral, **far) == "not_in_channel"
    out = {"channel": channel(standin, "pool"), "user": "U0BEN000001", "text": "x"}
    assert refused(client.chat_postEphemeral, **out) == "user_not_in_channel"


def test_a_permalink_leads_into_the_workspace(standin: StandIn, client: WebClient) -> None:
    ts = client.chat_postMessage(channel=channel(standin), text="x", **QUIET)["ts"]
    link = client.chat_getPermalink(channel=channel(standin), message_ts=ts)["permalink"]
    assert link == f"https://ptf-mali.slack.com/archives/{channel(standin)}/p{ts.replace('.', '')}"


def test_scheduling_keeps_to_the_past_the_horizon_and_the_crowd(standin: StandIn, client: WebClient) -> None:
    now = int(standin.workspace.now().timestamp())
    post: dict[str, Any] = {"channel": channel(standin), "text": "x"}
    assert refused(client.chat_scheduleMessage, **post, post_at=now) == "time_in_past"
    far = now + int(timedelta(days=120).total_seconds())
    assert refused(client.chat_scheduleMessage, **post, post_at=far) == ""
    assert refused(client.chat_scheduleMessage, **post, post_at=far + 1) == "time_too_far"
    for _ in range(30):
        client.chat_scheduleMessage(**post, post_at=now + 60)
    assert refused(client.chat_scheduleMessage, **post, post_at=now + 90) == "restricted_too_many"
    assert refused(client.chat_scheduleMessage, **post, post_at=now + 600) == ""


def test_a_scheduled_message_can_be_listed_and_taken_back(standin: StandIn, client: WebClient) -> None:
    at = int(standin.workspace.now().timestamp()) + 60
    made = client.chat_scheduleMessage(channel=channel(standin), text="x", post_at=at)
    named: dict[str, Any] = {"channel": channel(standin), "scheduled_message_id": made["scheduled_message_id"]}
    assert [row["id"] for row in client.chat_scheduledMessages_list()["scheduled_messages"]] == [
        made["scheduled_message_id"]
    ]
    client.chat_deleteScheduledMessage(**named)
    assert refused(client.chat_deleteScheduledMessage, **named) == "invalid_scheduled_message_id"


def test_scheduling_with_metadata_is_noted_because_it_is_never_posted(standin: StandIn, client: WebClient) -> None:
    at = int(standin.workspace.now().timestamp()) + 60
    told = {"event_type": "a", "event_payload": {}}
    client.chat_scheduleMessage(channel=channel(standin), text="x", post_at=at, metadata=told)
    assert "never posts" in standin.workspace.warnings[-1]
