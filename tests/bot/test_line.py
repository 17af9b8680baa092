"""The line to Slack: given up in clear words when it stays dead, left when told to."""

from __future__ import annotations

import threading

from slack_bolt import App
from slack_sdk import WebClient

from bot import line
from bot.line import Line
from bot.rehearsal.standin import StandIn
from handlers.language import Message


def opened(standin: StandIn, client: WebClient, dead_after: float) -> Line:
    """A line of a bare app."""
    app = App(client=client, token_verification_enabled=False, process_before_response=True)
    web = WebClient(base_url=standin.api_url, timeout=2, retry_handlers=[])
    made = Line(app, standin.app_token, web, dead_after=dead_after, ping_interval=0.2)
    made.open()
    assert standin.sockets.wait_for_connections(1)
    return made


def test_a_line_that_stays_dead_is_given_up(standin: StandIn, client: WebClient) -> None:
    made = opened(standin, client, dead_after=1.0)
    standin.faults.next("apps.connections.open", "server_error", times=1000)
    standin.sockets.drop()
    assert made.attend(0.05) is line.DEAD
    made.close()


def test_a_line_that_breaks_is_made_again(standin: StandIn, client: WebClient) -> None:
    made = opened(standin, client, dead_after=60)
    ends: list[Message | None] = []
    attending = threading.Thread(target=lambda: ends.append(made.attend(0.05)))
    attending.start()
    standin.sockets.drop()
    assert standin.sockets.wait_for_connections(1, 10)
    made.leave()
    attending.join(5)
    assert ends == [None]
    made.close()
