"""What an app may learn of people and channels: users.*, conversations.*, with scopes, pages and membership."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient

from bot.rehearsal.standin import SCOPES, StandIn
from tests.bot.rehearsal.apps import refused

QUIET: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}


def channel(standin: StandIn, name: str = "general") -> str:
    return standin.workspace.channel(name).id


def test_the_locale_comes_only_when_asked_for_and_never_of_a_stranger(standin: StandIn, client: WebClient) -> None:
    assert "locale" not in client.users_info(user="U0AWA000001")["user"]
    assert client.users_info(user="U0AWA000001", include_locale=True)["user"]["locale"] == "fr-FR"
    stranger = client.users_info(user="U0ZOE000001", include_locale=True)["user"]
    assert stranger["is_stranger"]
    assert "locale" not in stranger
    assert stranger["team_id"] != standin.workspace.team.id


def test_a_user_says_what_kind_of_guest_bot_or_former_member_it_is(standin: StandIn, client: WebClient) -> None:
    workspace = standin.workspace
    guest = workspace.add_user(name="guest", guest=True, tz=None)
    single = workspace.add_user(name="single", ultra=True)
    gone = workspace.add_user(name="gone", deleted=True)

    def info(user_id: str) -> dict[str, Any]:
        found: dict[str, Any] = client.users_info(user=user_id)["user"]
        return found

    assert (info(guest.id)["is_restricted"], info(guest.id)["is_ultra_restricted"]) == (True, False)
    assert (info(single.id)["is_restricted"], info(single.id)["is_ultra_restricted"]) == (True, True)
    assert "tz" not in info(guest.id)
    assert info(gone.id)["deleted"]
    assert "is_restricted" not in info(gone.id)
    assert info(workspace.bot.id)["is_bot"]
    assert not info("USLACKBOT")["is_bot"]
    assert info("U0AWA000001")["tz_offset"] == 0
    assert refused(client.users_info, user="U0NOBODY01") == "user_not_found"


def test_the_list_of_users_comes_in_pages_without_strangers(standin: StandIn, client: WebClient) -> None:
    seen: list[str] = []
    for page in client.users_list(limit=2):
        assert len(page["members"]) <= 2
        seen += [member["name"] for member in page["members"]]
    assert sorted(seen) == ["awa", "ben", "ptf", "slackbot"]
    assert refused(client.users_list, cursor="nonsense") == "invalid_cursor"


def test_a_channel_says_what_it_is(standin: StandIn, client: WebClient) -> None:
    general = client.conversations_info(channel=channel(standin))["channel"]
    assert (general["is_member"], general["is_private"], general["is_ext_shared"]) == (True, False, True)
    assert client.conversations_info(channel=channel(standin, "pool"))["channel"]["is_private"]
    assert not client.conversations_info(channel=channel(standin, "far"))["channel"]["is_member"]
    standin.workspace.add_channel("old", archived=True)
    assert client.conversations_info(channel=channel(standin, "old"))["channel"]["is_archived"]
    secret = standin.workspace.add_channel("secret", private=True, bot_in=False)
    assert refused(client.conversations_info, channel=secret.id) == "channel_not_found"


def test_channels_and_members_are_listed(standin: StandIn, client: WebClient) -> None:
    listed = client.conversations_list(types="public_channel,private_channel", limit=2)
    assert [found["name"] for found in listed["channels"]] == ["general", "pool"]
    more = client.conversations_list(
        types="public_channel,private_channel", limit=2, cursor=listed["response_metadata"]["next_cursor"]
    )
    assert [found["name"] for found in more["channels"]] == ["far"]
    assert client.conversations_members(channel=channel(standin, "pool"))["members"] == ["U0AWA000001", "U0PTFBOT001"]
    assert refused(client.conversations_list, types="everything") == "invalid_types"


@pytest.mark.parametrize(
    ("who", "error"),
    [
        ("U0AWA000001", ""),
        ("U0NOBODY01", "user_not_found"),
        ("U0PTFBOT001", "cannot_dm_bot"),
        ("U0ZOE000001", "user_not_visible"),
        ("", "users_list_not_supplied"),
        ("U0AWA000001,U0BEN000001", "missing_scope"),
    ],
)
def test_a_direct_conversation_is_opened_with_members_only(client: WebClient, who: str, error: str) -> None:
    assert refused(client.conversations_open, users=who) == error


def test_a_direct_conversation_stays_the_same(standin: StandIn, client: WebClient) -> None:
    first = client.conversations_open(users="U0AWA000001")["channel"]["id"]
    assert client.conversations_open(users="U0AWA000001")["channel"]["id"] == first
    assert client.chat_postMessage(channel="U0AWA000001", text="x", **QUIET)["channel"] == first
    assert client.conversations_info(channel=first)["channel"]["user"] == "U0AWA000001"


def test_history_tells_newest_first_and_metadata_only_when_asked(standin: StandIn, client: WebClient) -> None:
    told = {"event_type": "outbox", "event_payload": {"key": "1"}}
    first = client.chat_postMessage(channel=channel(standin), text="1", metadata=told, **QUIET)["ts"]
    client.chat_postMessage(channel=channel(standin), text="2", **QUIET)
    bare = client.conversations_history(channel=channel(standin))["messages"]
    assert [message["text"] for message in bare] == ["2", "1"]
    assert bare[1]["metadata"] == {"event_type": "outbox"}
    full = client.conversations_history(channel=channel(standin), include_all_metadata=True)["messages"]
    assert full[1]["metadata"] == told
    later = client.conversations_history(channel=channel(standin), oldest=first)["messages"]
    assert [message["text"] for message in later] == ["2"]
    edge = client.conversations_history(channel=channel(standin), oldest=first, inclusive=True, limit=1)
    assert edge["has_more"]


def test_replies_come_with_the_message_they_answer(standin: StandIn, client: WebClient) -> None:
    ts = client.chat_postMessage(channel=channel(standin), text="1", **QUIET)["ts"]
    client.chat_postMessage(channel=channel(standin), text="2", thread_ts=ts, **QUIET)
    told = client.conversations_replies(channel=channel(standin), ts=ts)["messages"]
    assert [message["text"] for message in told] == ["1", "2"]
    assert told[0]["reply_count"] == 1
    assert refused(client.conversations_replies, channel=channel(standin), ts="1.000001") == "thread_not_found"


def test_history_wants_its_scope_and_membership(standin: StandIn, client: WebClient) -> None:
    assert refused(client.conversations_history, channel=channel(standin, "far")) == "not_in_channel"
    with StandIn(SCOPES) as bare:
        general = bare.workspace.add_channel("general")
        poor = WebClient(bare.bot_token, base_url=bare.api_url)
        assert refused(poor.conversations_history, channel=general.id) == "missing_scope"
        assert refused(poor.conversations_list, types="im") == "missing_scope"


def test_the_app_knows_itself_and_its_team(standin: StandIn, client: WebClient) -> None:
    known = client.auth_test()
    assert (known["user_id"], known["team_id"]) == (standin.workspace.bot.id, standin.workspace.team.id)
    assert client.bots_info(bot=known["bot_id"])["bot"]["user_id"] == known["user_id"]
    assert refused(client.bots_info, bot="B0NOBODY01") == "bot_not_found"
    assert refused(client.team_info) == "missing_scope"
