"""Socket Mode with Bolt's own handler: one of several connections, recycling, breaking, acknowledging."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from websockets.sync.client import connect

from bot.rehearsal.standin import StandIn
from tests.bot.rehearsal.apps import Json, home, modal

Start = Callable[[], SocketModeHandler]


@pytest.fixture
def start(standin: StandIn, client: WebClient) -> Iterator[Start]:
    """Starts handlers of one app, each with a connection of its own, and closes them at the end."""
    app = App(client=client, token_verification_enabled=False, process_before_response=True)
    handlers: list[SocketModeHandler] = []

    @app.command("/ptf")
    def command(ack: Any, body: Json) -> None:
        if body["text"] == "update":
            client.views_open(trigger_id=body["trigger_id"], view=modal())
            ack()
        else:
            ack("Hello")

    @app.view("form")
    def submitted(ack: Any) -> None:
        ack(response_action="errors", errors={"what": "No."})

    @app.event("app_home_opened")
    def opened(event: Json) -> None:
        client.views_publish(user_id=event["user"], view=home("Welcome"))

    def begin() -> SocketModeHandler:
        web = WebClient(standin.bot_token, base_url=standin.api_url)
        handler = SocketModeHandler(app, standin.app_token, web_client=web, ping_interval=0.2)
        handlers.append(handler)
        handler.connect()  # type: ignore[no-untyped-call]
        return handler

    standin.door = standin.sockets
    yield begin
    for handler in handlers:
        handler.client.auto_reconnect_enabled = handler.client.default_auto_reconnect_enabled = False
    standin.sockets.stop()
    for handler in handlers:
        with contextlib.suppress(AttributeError):  # the SDK's own threads may be closing the same connection
            handler.close()  # type: ignore[no-untyped-call]


def test_commands_forms_and_events_travel_over_the_socket(standin: StandIn, start: Start) -> None:
    start()
    assert standin.sockets.wait_for_connections(1)
    awa = standin.person("awa")
    assert awa.command("/ptf hello").text == "Hello"
    assert awa.command("/ptf update").failure is None
    assert awa.submit(what="x").errors == {"what": "No."}
    view = awa.home()
    assert view is not None
    assert view.plain == "Welcome"


def test_each_payload_goes_to_one_of_the_connections(standin: StandIn, start: Start) -> None:
    first, second = start(), start()
    counted = [0, 0]
    for place, handler in enumerate((first, second)):
        handler.client.socket_mode_request_listeners.insert(0, _counter(counted, place))
    assert standin.sockets.wait_for_connections(2)
    for _ in range(4):
        standin.person("awa").command("/ptf hello")
    assert counted == [2, 2]


def _counter(counted: list[int], place: int) -> Callable[[Any, Any], None]:
    def count(client: Any, request: Any) -> None:
        counted[place] += 1

    return count


def test_without_a_connection_the_person_sees_a_failure(standin: StandIn) -> None:
    standin.door = standin.sockets
    assert standin.person("awa").command("/ptf hello").failure == "dispatch_failed"


def test_the_handler_comes_back_when_it_is_recycled(standin: StandIn, start: Start) -> None:
    start()
    assert standin.sockets.wait_for_connections(1)
    standin.sockets.disconnect("refresh_requested")
    assert standin.sockets.wait_for_connections(1, 10)
    assert standin.person("awa").command("/ptf hello").text == "Hello"


def test_the_handler_comes_back_when_the_line_breaks(standin: StandIn, start: Start) -> None:
    start()
    assert standin.sockets.wait_for_connections(1)
    standin.sockets.drop()
    assert standin.sockets.wait_for_connections(1, 10)
    assert standin.person("awa").command("/ptf hello").text == "Hello"


def test_a_warning_leaves_the_connection_open(standin: StandIn) -> None:
    with connect(standin.sockets.open()) as socket:
        hello = json.loads(socket.recv())
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        assert standin.sockets.wait_for_connections(1)
        standin.sockets.disconnect("warning")
        assert json.loads(socket.recv())["reason"] == "warning"
        assert standin.sockets.connections == 1


def test_a_disabled_socket_mode_lets_nobody_in(standin: StandIn) -> None:
    standin.sockets.disconnect("link_disabled")
    with connect(standin.sockets.open()) as socket:
        assert json.loads(socket.recv())["reason"] == "link_disabled"


def test_a_url_is_good_for_one_connection_and_ten_is_the_most(standin: StandIn) -> None:
    url = standin.sockets.open()
    with ExitStack() as many:
        many.enter_context(connect(url)).recv()
        assert json.loads(many.enter_context(connect(url)).recv())["reason"] == "invalid_ticket"
        for _ in range(9):
            many.enter_context(connect(standin.sockets.open())).recv()
        assert standin.sockets.wait_for_connections(10)
        eleventh = many.enter_context(connect(standin.sockets.open()))
        assert json.loads(eleventh.recv())["reason"] == "too_many_websockets"


def test_an_acknowledgement_that_does_not_come_is_a_time_out(standin: StandIn) -> None:
    standin.door = standin.sockets
    with connect(standin.sockets.open()) as socket:
        socket.recv()
        assert standin.sockets.wait_for_connections(1)
        standin.delivery.deadline = 0.05
        assert standin.person("awa").command("/ptf hello").failure == "operation_timeout"
        envelope = json.loads(socket.recv())
        assert envelope["type"] == "slash_commands"
        assert envelope["accepts_response_payload"]


def test_a_failed_event_comes_again_with_its_attempt(standin: StandIn) -> None:
    standin.door = standin.sockets
    with connect(standin.sockets.open()) as socket:
        socket.recv()
        assert standin.sockets.wait_for_connections(1)
        standin.delivery.deadline = 0.02
        standin.person("awa").home()
        told = [json.loads(socket.recv()) for _ in range(4)]
    assert [(one["retry_attempt"], one["retry_reason"]) for one in told] == [
        (0, ""),
        (1, "http_timeout"),
        (2, "http_timeout"),
        (3, "http_timeout"),
    ]
    assert len({one["payload"]["event_id"] for one in told}) == 1


def test_a_connection_is_opened_with_the_app_token_only(standin: StandIn, client: WebClient) -> None:
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        client.apps_connections_open(app_token=standin.bot_token)
    url = str(client.apps_connections_open(app_token=standin.app_token)["url"])
    with connect(f"{url}&debug_reconnects=true") as socket:
        assert json.loads(socket.recv())["debug_info"]["approximate_connection_time"] == 360
