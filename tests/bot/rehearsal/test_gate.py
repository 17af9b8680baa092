"""Tokens, scopes, the three ways to give arguments, faults on demand and the limit of posts per channel."""

from __future__ import annotations

import json
import urllib.request
from datetime import timedelta
from typing import Any
from urllib.error import HTTPError

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.rehearsal.standin import SCOPES, StandIn
from tests.bot.rehearsal.apps import refused

QUIET: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}


def post(standin: StandIn, path: str, body: bytes, **headers: str) -> dict[str, Any]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(f"{standin.api_url}{path}", body, named)
    with urllib.request.urlopen(request) as answer:
        told: dict[str, Any] = json.loads(answer.read())
        return told


def test_a_call_needs_a_token_that_is_known(standin: StandIn) -> None:
    assert refused(WebClient(base_url=standin.api_url).auth_test) == "not_authed"
    assert refused(WebClient("xoxb-wrong", base_url=standin.api_url).auth_test) == "invalid_auth"
    assert refused(WebClient(standin.app_token, base_url=standin.api_url).auth_test) == "not_allowed_token_type"


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive"])
def test_a_token_can_lose_its_worth(standin: StandIn, client: WebClient, error: str) -> None:
    standin.revoke(error)
    assert refused(client.auth_test) == error


def test_a_missing_scope_is_named_beside_those_provided(standin: StandIn) -> None:
    with StandIn(("commands", "users:read")) as poor:
        client = WebClient(poor.bot_token, base_url=poor.api_url)
        with pytest.raises(SlackApiError) as caught:
            client.chat_postMessage(channel="C0PTF000001", text="x")
    assert caught.value.response["needed"] == "chat:write"
    assert caught.value.response["provided"] == "commands,users:read"


def test_arguments_come_as_query_form_json_and_multipart(standin: StandIn) -> None:
    auth = f"Bearer {standin.bot_token}"
    assert post(standin, "users.info?user=U0AWA000001", b"", Authorization=auth)["user"]["name"] == "awa"
    form = f"token={standin.bot_token}&user=U0AWA000001".encode()
    assert post(standin, "users.info", form)["user"]["name"] == "awa"
    body = json.dumps({"user": "U0AWA000001"}).encode()
    kind = "application/json; charset=utf-8"
    assert post(standin, "users.info", body, Authorization=auth, Content_Type=kind)["user"]["name"] == "awa"
    parts = b'--b\r\nContent-Disposition: form-data; name="user"\r\n\r\nU0AWA000001\r\n--b--\r\n'
    several = "multipart/form-data; boundary=b"
    assert post(standin, "users.info", parts, Authorization=auth, Content_Type=several)["user"]["name"] == "awa"


def test_broken_json_and_unknown_methods_are_refused(standin: StandIn, client: WebClient) -> None:
    auth = f"Bearer {standin.bot_token}"
    assert post(standin, "users.info", b"{", Authorization=auth, Content_Type="application/json")["error"] == (
        "invalid_json"
    )
    assert post(standin, "users.info", b"[]", Authorization=auth, Content_Type="application/json")["error"] == (
        "json_not_object"
    )
    assert refused(client.api_call, "reminders.add") == "unknown_method"


def test_a_rate_limit_says_how_long_to_wait_and_passes(standin: StandIn, client: WebClient) -> None:
    general = standin.workspace.channel("general").id
    standin.faults.next("chat.postMessage", "ratelimited", retry_after=7)
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=general, text="x", **QUIET)
    assert (caught.value.response.status_code, caught.value.response.headers["retry-after"]) == (429, "7")
    assert refused(client.chat_postMessage, channel=general, text="x", **QUIET) == ""


def test_the_sdk_waits_and_repeats_when_told_to(standin: StandIn) -> None:
    client = WebClient(standin.bot_token, base_url=standin.api_url, retry_handlers=[RateLimitErrorRetryHandler()])
    standin.faults.next("auth.test", "ratelimited", retry_after=0)
    assert client.auth_test()["ok"]


def test_a_server_error_is_a_page_and_not_json(standin: StandIn, client: WebClient) -> None:
    standin.faults.next("auth.test", "server_error")
    with pytest.raises(SlackApiError, match="non-JSON format: <!DOCTYPE html>"):
        client.auth_test()


@pytest.mark.parametrize(("kind", "posted"), [("reset_before", 0), ("reset_after", 1)])
def test_a_broken_connection_leaves_the_app_in_doubt(
    standin: StandIn, client: WebClient, kind: str, posted: int
) -> None:
    general = standin.workspace.channel("general").id
    standin.faults.next("chat.postMessage", kind)
    with pytest.raises(OSError, match=r"closed connection|reset by peer"):
        client.chat_postMessage(channel=general, text="x", **QUIET)
    assert len(standin.workspace.messages("general")) == posted


def test_an_answer_may_never_come(standin: StandIn) -> None:
    standin.faults.next("auth.test", "timeout")
    impatient = WebClient(standin.bot_token, base_url=standin.api_url, timeout=1, retry_handlers=[])
    with pytest.raises(TimeoutError):
        impatient.auth_test()


def test_an_unknown_fault_is_not_waited_for(standin: StandIn) -> None:
    with pytest.raises(ValueError, match="ratelimited"):
        standin.faults.next("auth.test", "bad_mood")


def test_posts_are_counted_by_channel_and_second_when_asked_for(standin: StandIn, client: WebClient) -> None:
    standin.faults.counted = True
    general, pool = (standin.workspace.channel(name).id for name in ("general", "pool"))

    def crowd(channel: str) -> list[str]:
        return [refused(client.chat_postMessage, channel=channel, text="x", **QUIET) for _ in range(5)]

    assert crowd(general) == ["", "", "", "", "ratelimited"]
    assert crowd(pool)[0] == ""
    standin.workspace.set_time(standin.workspace.now() + timedelta(seconds=1))
    assert crowd(general) == ["", *["ratelimited"] * 4]


def test_a_page_that_is_not_there_is_not_found(standin: StandIn) -> None:
    with pytest.raises(HTTPError, match="404") as caught:
        urllib.request.urlopen(f"{standin.page_url}nothing/here")
    caught.value.close()


def test_it_starts_and_stops_many_times_over() -> None:
    ports = set()
    for _ in range(20):
        with StandIn(SCOPES) as running:
            ports.add(running.page_url)
            assert WebClient(running.bot_token, base_url=running.api_url).auth_test()["ok"]
    assert ports
