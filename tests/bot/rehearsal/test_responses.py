"""Acknowledgements and response URLs: ephemeral by default, five uses, thirty minutes, replacing and deleting."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from slack_bolt import App, Respond
from slack_sdk import WebClient

from bot.rehearsal.standin import StandIn
from tests.bot.rehearsal.apps import actions, bolt, button, said

BUTTONS = [said("Sure?"), actions(button("Yes", "yes"), button("Tell", "tell"), button("Away", "away"))]


@pytest.fixture
def app(standin: StandIn, client: WebClient) -> App:
    """An app that answers in all ways."""
    made = bolt(standin, client)

    @made.command("/ptf")
    def command(ack: Any, body: dict[str, Any]) -> None:
        if body["text"] == "public":
            ack(text="Hello all", response_type="in_channel")
        elif body["text"] == "ask":
            ack(blocks=BUTTONS, text="Sure?")
        elif body["text"] == "silence":
            ack()
        else:
            ack("Hello you")

    @made.action("yes")
    def yes(ack: Any, respond: Respond) -> None:
        ack()
        respond("It is done", replace_original=True)

    @made.action("tell")
    def tell(ack: Any, respond: Respond) -> None:
        ack()
        respond("By the way")

    @made.action("away")
    def away(ack: Any, respond: Respond) -> None:
        ack()
        respond(delete_original=True)

    return made


def test_an_acknowledgement_is_for_the_one_who_asked(standin: StandIn, app: App) -> None:
    reply = standin.person("awa").command("/ptf hello", "#general")
    assert (reply.status, reply.text, reply.ephemeral) == (200, "Hello you", True)
    assert [message.text for message in standin.person("awa").sees("general")] == ["Hello you"]
    assert standin.person("ben").sees("general") == []


def test_an_acknowledgement_can_be_public_and_can_be_silent(standin: StandIn, app: App) -> None:
    assert not standin.person("awa").command("/ptf public", "#general").ephemeral
    assert standin.person("awa").command("/ptf silence", "#general").message is None
    assert [message.text for message in standin.person("ben").sees("general")] == ["Hello all"]


def test_an_ephemeral_message_is_replaced_by_its_own_button(standin: StandIn, app: App) -> None:
    awa = standin.person("awa")
    asked = awa.command("/ptf ask", "#general").message
    awa.click(asked, "Yes")
    assert [message.plain for message in awa.ephemerals] == ["It is done"]


def test_without_replacing_the_answer_stands_beside(standin: StandIn, app: App) -> None:
    awa = standin.person("awa")
    awa.command("/ptf ask", "#general")
    awa.click(None, "Tell")
    assert [message.text for message in awa.ephemerals] == ["Sure?", "By the way"]


def test_the_message_goes_when_asked_to(standin: StandIn, app: App) -> None:
    awa = standin.person("awa")
    awa.command("/ptf ask", "#general")
    awa.click(None, "Away")
    assert awa.ephemerals == []


def test_a_public_message_is_replaced_too(standin: StandIn, client: WebClient, app: App) -> None:
    general = standin.workspace.channel("general").id
    client.chat_postMessage(channel=general, text="x", blocks=BUTTONS, unfurl_links=False, unfurl_media=False)
    standin.person("ben").click(None, "yes")
    assert [message.text for message in standin.workspace.messages("general")] == ["It is done"]


@pytest.fixture
def respond(standin: StandIn, client: WebClient) -> Respond:
    """The answer to a command of Ben that is kept beyond its listener."""
    kept: list[Respond] = []
    made = bolt(standin, client)

    @made.command("/ptf")
    def command(ack: Any, respond: Respond) -> None:
        ack()
        kept.append(respond)

    standin.person("ben").command("/ptf", "#far")
    return kept[0]


def test_it_works_five_times_also_where_the_bot_is_not(standin: StandIn, respond: Respond) -> None:
    assert [respond(f"{number}").status_code for number in range(6)] == [200] * 5 + [404]
    assert [message.text for message in standin.person("ben").ephemerals] == ["0", "1", "2", "3", "4"]


def test_it_works_for_half_an_hour(standin: StandIn, respond: Respond) -> None:
    standin.workspace.set_time(standin.workspace.now() + timedelta(minutes=30))
    assert respond("in time").status_code == 200
    standin.workspace.set_time(standin.workspace.now() + timedelta(seconds=1))
    assert respond("late").status_code == 404


def test_refused_content_is_told(standin: StandIn, respond: Respond) -> None:
    answer = respond(text="x", blocks=[said("x" * 3001)])
    assert (answer.status_code, answer.body) == (400, "invalid_blocks")
    assert standin.workspace.refusals[-1][:2] == ("response_url", "invalid_blocks")


def test_the_total_of_a_message_does_not_hold_here(standin: StandIn, respond: Respond) -> None:
    assert respond(text="x", blocks=[said("x" * 2990)] * 5).status_code == 200


def test_a_refused_acknowledgement_is_a_failure(standin: StandIn, client: WebClient) -> None:
    made = bolt(standin, client)

    @made.command("/ptf")
    def command(ack: Any) -> None:
        ack(text="x", blocks=[said("")])

    assert standin.person("awa").command("/ptf").failure == "invalid_blocks"
