"""views.*: triggers, the stack of three, hashes, names used twice, and what a form does when it is submitted."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot.rehearsal.standin import StandIn
from tests.bot.rehearsal.apps import Json, actions, ask, bolt, button, home, modal, plain, refused, said


def trigger(standin: StandIn) -> str:
    return standin.workspace.triggers.give("U0AWA000001")


def test_a_trigger_opens_one_modal_within_three_seconds(standin: StandIn, client: WebClient) -> None:
    used, old = trigger(standin), trigger(standin)
    assert refused(client.views_open, trigger_id=used, view=modal()) == ""
    assert refused(client.views_open, trigger_id=used, view=modal()) == "exchanged_trigger_id"
    standin.workspace.triggers.age(3.1)
    assert refused(client.views_open, trigger_id=old, view=modal()) == "expired_trigger_id"
    assert refused(client.views_open, trigger_id="1.2.abc", view=modal()) == "invalid_trigger_id"


@pytest.mark.parametrize(
    ("view", "error"),
    [
        (modal(title=plain("x" * 25)), "invalid_arguments"),
        (modal(submit=None), "invalid_arguments"),
        (modal(said("x"), said("y") | {"block_id": "a" * 256}), "invalid_arguments"),
        (modal(*[said("x" * 2990) for _ in range(90)]), "view_too_large"),
        (home("not a modal"), "invalid_arguments"),
    ],
)
def test_a_modal_that_slack_refuses_does_not_open(standin: StandIn, client: WebClient, view: Json, error: str) -> None:
    assert refused(client.views_open, trigger_id=trigger(standin), view=view) == error
    assert standin.person("awa").view is None


def test_a_refused_modal_does_not_use_up_the_trigger(standin: StandIn, client: WebClient) -> None:
    one = trigger(standin)
    refused(client.views_open, trigger_id=one, view=modal(title=plain("x" * 25)))
    assert refused(client.views_open, trigger_id=one, view=modal()) == ""


def test_an_update_needs_the_right_hash_and_an_open_view(standin: StandIn, client: WebClient) -> None:
    view = client.views_open(trigger_id=trigger(standin), view=modal())["view"]
    changed = client.views_update(view_id=view["id"], hash=view["hash"], view=modal(said("new")))["view"]
    assert changed["hash"] != view["hash"]
    late = {"view_id": view["id"], "hash": view["hash"], "view": modal()}
    assert refused(client.views_update, **late) == "hash_conflict"
    standin.person("awa").close()
    assert refused(client.views_update, view_id=view["id"], view=modal()) == "not_found"


def test_an_external_id_is_unique_and_finds_its_view(standin: StandIn, client: WebClient) -> None:
    client.views_open(trigger_id=trigger(standin), view=modal(external_id="mine"))
    other = standin.workspace.triggers.give("U0BEN000001")
    assert refused(client.views_open, trigger_id=other, view=modal(external_id="mine")) == "duplicate_external_id"
    client.views_update(external_id="mine", view=modal(said("found"), external_id="mine"))
    view = standin.person("awa").view
    assert view is not None
    assert "found" in view.plain


def test_an_update_keeps_what_was_typed_under_the_same_ids(standin: StandIn, client: WebClient) -> None:
    question = ask("what", {"type": "plain_text_input", "initial_value": "first"})
    view_id = client.views_open(trigger_id=trigger(standin), view=modal(question))["view"]["id"]
    person = standin.person("awa")
    assert person.view is not None
    person.view.values["what"]["what"]["value"] = "typed"
    kept = client.views_update(view_id=view_id, view=modal(question, said("more")))["view"]
    assert kept["state"]["values"]["what"]["what"]["value"] == "typed"
    fresh = client.views_update(view_id=view_id, view=modal({**question, "block_id": "other"}))["view"]
    assert fresh["state"]["values"] == {"other": {"what": {"type": "plain_text_input", "value": "first"}}}


def test_a_home_tab_is_published_for_one_person(standin: StandIn, client: WebClient) -> None:
    client.views_publish(user_id="U0AWA000001", view=home("for Awa"))
    assert standin.workspace.homes["U0AWA000001"].plain == "for Awa"
    late = {"user_id": "U0AWA000001", "view": home("x"), "hash": "1.abc"}
    assert refused(client.views_publish, **late) == "hash_conflict"
    assert refused(client.views_publish, user_id="U0NOBODY01", view=home("x")) == "invalid_arguments"


@pytest.fixture
def app(standin: StandIn, client: WebClient) -> App:
    """An app that opens a form on /ptf and pushes another one on each click of Deeper."""
    made = bolt(standin, client)
    deeper = actions(button("Deeper", "deeper"))
    question = ask("what", {"type": "plain_text_input"})

    @made.command("/ptf")
    def form(ack: Any, body: Json) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal(question, deeper))
        ack()

    @made.action("deeper")
    def push(ack: Any, body: Json) -> None:
        client.views_push(trigger_id=body["trigger_id"], view=modal(question, deeper))
        ack()

    return made


def test_the_stack_is_three_deep(standin: StandIn, app: App) -> None:
    awa = standin.person("awa")
    awa.command("/ptf")
    for _ in range(2):
        assert awa.click(None, "Deeper").failure is None
    first, second, third = awa.views
    assert (second.previous, third.previous, third.root) == (first.id, second.id, first.id)
    standin.workspace.refusals.clear()
    awa.click(None, "Deeper")
    assert len(awa.views) == 3
    assert [code for _, code, _ in standin.workspace.refusals] == ["push_limit_reached"]
    awa.close(everything=True)
    assert awa.views == []


RESPONSES: dict[str, tuple[Json, int, bool]] = {
    "closes the form": ({}, 0, True),
    "shows errors": ({"response_action": "errors", "errors": {"what": "Too short."}}, 1, False),
    "shows something else": ({"response_action": "update", "view": modal(said("Done"))}, 1, True),
    "goes deeper": ({"response_action": "push", "view": modal()}, 2, True),
    "closes everything": ({"response_action": "clear"}, 0, True),
    "errors beside no question": ({"response_action": "errors", "errors": {"row": "No."}}, 1, False),
    "a view Slack refuses": ({"response_action": "update", "view": modal(title=plain("x" * 25))}, 1, False),
    "an unknown action": ({"response_action": "explode"}, 1, False),
}


@pytest.mark.parametrize("name", RESPONSES)
def test_the_answer_to_a_submission(standin: StandIn, app: App, name: str) -> None:
    response, open_views, sound = RESPONSES[name]

    @app.view("form")
    def submitted(ack: Any) -> None:
        ack(**response)

    awa = standin.person("awa")
    awa.command("/ptf")
    result = awa.submit(what="ten schools")
    assert (result.ok, len(awa.views)) == (sound, open_views)
    if name == "shows errors":
        assert result.errors == {"what": "Too short."}
        assert awa.views[0].errors == {"what": "Too short."}
    if name in ("errors beside no question", "a view Slack refuses", "an unknown action"):
        assert result.failure in ("invalid_errors", "invalid_arguments", "invalid_response_action")


def test_a_submission_carries_the_state_and_no_channel(standin: StandIn, app: App) -> None:
    heard: list[Json] = []

    @app.view("form")
    def submitted(ack: Any, body: Json) -> None:
        heard.append(body)
        ack()

    awa = standin.person("awa")
    awa.command("/ptf", "#general")
    awa.submit(what="ten schools")
    [body] = heard
    assert body["view"]["state"]["values"]["what"]["what"] == {"type": "plain_text_input", "value": "ten schools"}
    assert "channel" not in body
    assert "response_url" not in body
    assert body["user"]["team_id"] == standin.workspace.team.id


def test_closing_is_told_only_when_the_app_asked_to_know(standin: StandIn, client: WebClient) -> None:
    heard: list[bool] = []
    app = bolt(standin, client)

    @app.view_closed("form")
    def closed(ack: Any, body: Json) -> None:
        heard.append(body["is_cleared"])
        ack()

    awa = standin.person("awa")
    client.views_open(trigger_id=trigger(standin), view=modal())
    awa.close()
    client.views_open(trigger_id=trigger(standin), view=modal(notify_on_close=True))
    awa.close()
    assert heard == [False]
