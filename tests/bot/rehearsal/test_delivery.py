"""Deliveries: signed, measured, repeated when they are events, doubled or out of order on demand."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
from slack_bolt import App, BoltRequest
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

from bot.rehearsal import membership
from bot.rehearsal.door import DirectDoor, HttpDoor, Parcel, Receipt, signed
from bot.rehearsal.standin import EVENTS, SCOPES, StandIn
from tests.bot.rehearsal.apps import Json, bolt, home, modal

Heard = list[tuple[str, dict[str, list[str]]]]


def listening(standin: StandIn, *statuses: int) -> Heard:
    """A door behind which everything is heard and answered by these statuses, then by 200."""
    heard: Heard = []
    waiting = list(statuses)

    def receive(body: str, headers: dict[str, list[str]]) -> tuple[int, str]:
        heard.append((body, headers))
        return (waiting.pop(0) if waiting else 200), ""

    standin.door = DirectDoor(receive)
    return heard


def test_every_delivery_is_signed_over_its_raw_body(standin: StandIn) -> None:
    heard = listening(standin)
    standin.person("awa").command("/ptf hello", "#general")
    [(body, headers)] = heard
    flat = {name: values[0] for name, values in headers.items()}
    assert SignatureVerifier(standin.signing_secret).is_valid_request(body, flat)
    assert not SignatureVerifier(standin.signing_secret).is_valid_request(body + " ", flat)


def test_a_command_brings_the_fields_slack_documents(standin: StandIn) -> None:
    heard = listening(standin)
    standin.person("awa").command("/ptf update @ben #pool https://x.org R&D", "#general")
    standin.person("awa").command("/ptf", "#pool")
    standin.person("awa").command("/ptf")
    fields = [{name: values[0] for name, values in parse_qs(body).items()} for body, _ in heard]
    pool = standin.workspace.channel("pool").id
    assert fields[0]["text"] == f"update <@U0BEN000001> <#{pool}|pool> <https://x.org> R&amp;D"
    assert fields[0]["command"] == "/ptf"
    assert [one["channel_name"] for one in fields] == ["general", "privategroup", "directmessage"]
    assert {"trigger_id", "response_url", "team_id", "user_id", "api_app_id"} <= set(fields[0])


def test_a_late_acknowledgement_is_a_time_out_for_the_person(standin: StandIn) -> None:
    listening(standin)
    standin.delivery.deadline = -1.0
    assert standin.person("awa").command("/ptf").failure == "operation_timeout"


def test_a_failing_app_is_seen_by_the_person_and_not_tried_again(standin: StandIn) -> None:
    heard = listening(standin, 500)
    assert standin.person("awa").command("/ptf").failure == "dispatch_failed"
    assert len(heard) == 1


def test_nobody_answers_when_there_is_no_door(standin: StandIn) -> None:
    assert standin.person("awa").command("/ptf").failure == "dispatch_failed"


def test_a_failed_event_comes_again_three_times_under_the_same_id(standin: StandIn) -> None:
    heard = listening(standin, 500, 500, 500, 500)
    standin.person("awa").home()
    ids = {json.loads(body)["event_id"] for body, _ in heard}
    told = [(h.get("x-slack-retry-num"), h.get("x-slack-retry-reason")) for _, h in heard]
    assert len(ids) == 1
    assert told == [(None, None), (["1"], ["http_error"]), (["2"], ["http_error"]), (["3"], ["http_error"])]


def test_an_event_that_arrives_comes_once(standin: StandIn) -> None:
    heard = listening(standin, 500)
    standin.person("awa").home()
    assert len(heard) == 2


class Reluctant:
    """A door that fails and asks not to be knocked at again."""

    def __init__(self) -> None:
        self.knocks = 0

    def send(self, parcel: Parcel, deadline: float) -> Receipt:
        """Fail."""
        self.knocks += 1
        return Receipt(500, "", "http_error", {"x-slack-no-retry": "1"})


def test_an_app_can_ask_for_no_repetition(standin: StandIn) -> None:
    standin.door = door = Reluctant()
    standin.person("awa").home()
    assert door.knocks == 1


def test_a_later_repetition_waits_and_is_forgotten_at_the_end() -> None:
    with StandIn(SCOPES, retry_delays=(0.0, 60.0)) as patient:
        patient.workspace.add_user(name="awa")
        heard = listening(patient, 500, 500)
        patient.person("awa").home()
        assert len(heard) == 2
    assert len(heard) == 2


def test_everything_can_come_twice(standin: StandIn) -> None:
    heard = listening(standin)
    standin.twice = True
    standin.person("awa").command("/ptf")
    standin.person("awa").home()
    first, second, third, fourth = (body for body, _ in heard)
    assert first == second
    assert json.loads(third)["event_id"] == json.loads(fourth)["event_id"]


def test_events_can_come_out_of_order(standin: StandIn) -> None:
    heard = listening(standin)
    standin.delivery.hold()
    general = standin.workspace.channel("general")
    new = standin.workspace.add_user(name="new")
    membership.join(standin.workspace, general, new)
    membership.leave(standin.workspace, general, new)
    assert heard == []
    standin.delivery.release(backwards=True)
    assert [json.loads(body)["event"]["type"] for body, _ in heard] == [
        "member_left_channel",
        "member_joined_channel",
    ]


def test_arrivals_new_ids_and_the_end_are_told(standin: StandIn) -> None:
    heard = listening(standin)
    awa = standin.person("awa")
    awa.invite("ben", "#pool")
    awa.invite("ben", "#pool")
    awa.remove("ptf", "#pool")
    awa.remove("ben", "#pool")
    membership.renumber(standin.workspace, standin.workspace.channel("general"))
    membership.uninstall(standin.workspace)
    kinds = [json.loads(body)["event"]["type"] for body, _ in heard]
    assert kinds == [
        "member_joined_channel",
        "member_left_channel",
        "channel_id_changed",
        "tokens_revoked",
        "app_uninstalled",
    ]
    assert json.loads(heard[0][0])["event"]["inviter"] == "U0AWA000001"


def test_only_subscribed_messages_are_told() -> None:
    with StandIn((*SCOPES, "im:history"), events=(*EVENTS, "message.im", "app_mention")) as chatty:
        chatty.workspace.add_user(name="awa")
        chatty.workspace.add_channel("general", members=["awa"])
        heard = listening(chatty)
        awa = chatty.person("awa")
        awa.say("hello")
        awa.say("hello", "#general")
        awa.say("hello @ptf", "#general")
    assert [json.loads(body)["event"]["type"] for body, _ in heard] == ["message", "app_mention"]


def test_a_changed_and_a_deleted_message_are_told_as_slack_tells_them_where_that_is_allowed() -> None:
    told: dict[bool, list[Json]] = {}
    for allowed in (False, True):
        with StandIn((*SCOPES, *(["channels:history"] if allowed else []))) as chatty:
            chatty.workspace.add_user(name="awa")
            channel = chatty.workspace.add_channel("general", members=["awa"])
            heard = listening(chatty)
            awa = chatty.person("awa")
            first, second = awa.say("one & two", "#general"), awa.say("three", "#general")
            awa.say("a reply", "#general", thread=second.ts)
            heard.clear()
            awa.rewrite(first, "one & three")
            awa.take_away(first)
            awa.take_away(second)
        told[allowed] = [json.loads(body)["event"] for body, _ in heard]
    assert told[False] == []
    changed, deleted, buried = told[True]
    shared = {"type": "message", "hidden": True, "channel": channel.id, "channel_type": "channel"}
    assert all(event[key] == value for event in told[True] for key, value in shared.items())
    assert all("user" not in event and event["ts"] != first.ts for event in told[True])
    assert (changed["subtype"], changed["message"]["text"]) == ("message_changed", "one &amp; three")
    assert changed["message"]["edited"] == {"user": awa.id, "ts": first.edit_ts}
    assert changed["previous_message"]["text"] == "one &amp; two"
    assert (changed["message"]["ts"], deleted["deleted_ts"]) == (first.ts, first.ts)
    assert (deleted["subtype"], buried["subtype"]) == ("message_deleted", "message_changed")
    assert (buried["message"]["subtype"], buried["message"]["ts"]) == ("tombstone", second.ts)


@pytest.fixture
def app(standin: StandIn, client: WebClient) -> App:
    """A real app that opens a form on /ptf."""
    made = bolt(standin, client)

    @made.command("/ptf")
    def command(ack: Any, body: Json) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal())
        ack()

    @made.event("app_home_opened")
    def opened(event: Json) -> None:
        client.views_publish(user_id=event["user"], view=home("Welcome"))

    return made


def test_bolt_refuses_forged_and_old_requests(standin: StandIn, app: App) -> None:
    body = "command=%2Fptf&team_id=T0PTF000001"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert standin.deliver_raw(body, {**form, **signed("guessed", body)}).status == 401
    assert standin.deliver_raw(body, {**form, **signed(standin.signing_secret, body, at=1_000_000)}).status == 401
    assert standin.deliver_raw(body, form).status == 401


def test_a_home_tab_is_opened_and_published(standin: StandIn, app: App) -> None:
    view = standin.person("awa").home()
    assert view is not None
    assert view.plain == "Welcome"


def test_a_new_url_echoes_the_challenge(standin: StandIn, app: App) -> None:
    assert standin.delivery.verified()
    listening(standin)
    assert not standin.delivery.verified()


def test_events_left_out_are_announced(standin: StandIn) -> None:
    heard = listening(standin)
    standin.delivery.rate_limited()
    [(body, _)] = heard
    assert json.loads(body)["type"] == "app_rate_limited"
    assert json.loads(body)["minute_rate_limited"] == 1804064400


class _Endpoint(BaseHTTPRequestHandler):
    app: App

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        answer = self.app.dispatch(BoltRequest(body=body, headers=dict(self.headers)))
        self.send_response(answer.status)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body.encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def endpoint(app: App) -> Iterator[str]:
    """The URL of the app over HTTP."""
    handler = type("Endpoint", (_Endpoint,), {"app": app})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/slack/events"
        server.shutdown()
        thread.join()


def test_over_http_everything_is_as_when_called_directly(standin: StandIn, endpoint: str) -> None:
    standin.door = HttpDoor(endpoint)
    awa = standin.person("awa")
    assert awa.command("/ptf").failure is None
    assert awa.view is not None
    view = awa.home()
    assert view is not None
    assert view.plain == "Welcome"


def test_over_http_a_closed_port_is_a_failed_connection(standin: StandIn) -> None:
    standin.door = HttpDoor("http://127.0.0.1:9/slack/events")
    assert standin.person("awa").command("/ptf").failure == "dispatch_failed"
    assert standin.delivery.log[-1].receipt.failure == "connection_failed"
