"""Being somebody: what a person can fill in, click and choose in Slack, and what they cannot."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot.rehearsal.answers import NotPossible
from bot.rehearsal.standin import StandIn
from tests.bot.rehearsal.apps import Json, actions, ask, bolt, button, home, modal, plain, said

QUIET: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}


def options(*labels: str) -> list[Json]:
    return [{"text": plain(label), "value": label.lower()} for label in labels]


WHOLE = {"type": "number_input", "is_decimal_allowed": False}
EVERYTHING = modal(
    ask("what", {"type": "plain_text_input", "max_length": 20, "min_length": 2, "initial_value": "schools"}),
    ask("group", {"type": "static_select", "options": options("Health", "Water")}, optional=True),
    ask("partner", {"type": "external_select", "min_query_length": 1}, optional=True),
    ask("tags", {"type": "multi_static_select", "options": options(*"ABC"), "max_selected_items": 2}, optional=True),
    ask("state", {"type": "radio_buttons", "options": options("Good", "Bad")}, optional=True),
    ask("boxes", {"type": "checkboxes", "options": options("One", "Two")}, optional=True),
    ask("due", {"type": "datepicker"}, optional=True),
    ask("time", {"type": "timepicker"}, optional=True),
    ask("at", {"type": "datetimepicker"}, optional=True),
    ask("who", {"type": "users_select"}, optional=True),
    ask("team", {"type": "multi_users_select"}, optional=True),
    ask("where", {"type": "conversations_select"}, optional=True),
    ask("number", {**WHOLE, "min_value": "1", "max_value": "9"}, optional=True),
    ask("mail", {"type": "email_text_input"}, optional=True),
    ask("link", {"type": "url_text_input"}, optional=True),
    ask("story", {"type": "rich_text_input"}, optional=True),
    said("Not a question"),
)


@pytest.fixture
def heard() -> list[Json]:
    """What the app was told."""
    return []


@pytest.fixture
def app(standin: StandIn, client: WebClient, heard: list[Json]) -> App:
    """An app that opens the long form, and keeps whatever it hears."""
    made = bolt(standin, client)

    @made.command("/ptf")
    def command(ack: Any, body: Json) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=EVERYTHING)
        ack()

    @made.view("form")
    def submitted(ack: Any, view: Json) -> None:
        heard.append(view["state"]["values"])
        ack()

    @made.options("partner")
    def partners(ack: Any, payload: Json) -> None:
        ack(options=[option for option in options("Canada", "Suisse") if payload["value"] in option["value"]])

    @made.action({"action_id": "any"})
    def anything(ack: Any, body: Json) -> None:
        heard.append(body)
        ack()

    @made.shortcut("save")
    def save(ack: Any, body: Json) -> None:
        heard.append(body)
        ack()

    return made


ANSWERS: list[tuple[str, Any, Json]] = [
    ("what", "ten schools", {"value": "ten schools"}),
    ("group", "Water", {"selected_option": {"text": plain("Water"), "value": "water"}}),
    ("group", "water", {"selected_option": {"text": plain("Water"), "value": "water"}}),
    ("group", None, {"selected_option": None}),
    ("partner", "suisse", {"selected_option": {"text": plain("Suisse"), "value": "suisse"}}),
    ("tags", ["a", "C"], {"selected_options": options("A", "C")}),
    ("tags", None, {"selected_options": []}),
    ("state", "Bad", {"selected_option": options("Bad")[0]}),
    ("boxes", "One", {"selected_options": options("One")}),
    ("due", date(2027, 3, 5), {"selected_date": "2027-03-05"}),
    ("due", "2027-03-05", {"selected_date": "2027-03-05"}),
    ("time", "09:30", {"selected_time": "09:30"}),
    ("at", datetime(2027, 3, 3, 9, tzinfo=UTC), {"selected_date_time": 1804064400}),
    ("who", "ben", {"selected_user": "U0BEN000001"}),
    ("team", ["ben", "U0AWA000001"], {"selected_users": ["U0BEN000001", "U0AWA000001"]}),
    ("number", 7, {"value": "7"}),
    ("mail", "a@b.org", {"value": "a@b.org"}),
    ("link", "https://x.org", {"value": "https://x.org"}),
]


@pytest.mark.parametrize(("name", "answer", "kept"), ANSWERS)
def test_an_answer_becomes_the_value_slack_keeps(
    standin: StandIn, app: App, heard: list[Json], name: str, answer: Any, kept: Json
) -> None:
    awa = standin.person("awa")
    awa.command("/ptf")
    assert awa.submit({name: answer}).ok
    value = heard[0][name][name]
    assert {key: value[key] for key in kept} == kept
    assert heard[0]["what"]["what"]["value"] == ("ten schools" if name == "what" else "schools")


def test_channels_and_rich_text_are_answers_too(standin: StandIn, app: App, heard: list[Json]) -> None:
    awa = standin.person("awa")
    awa.command("/ptf")
    assert awa.submit(where="#pool", story="Ten schools").ok
    assert heard[0]["where"]["where"]["selected_conversation"] == standin.workspace.channel("pool").id
    assert heard[0]["story"]["story"]["rich_text_value"]["type"] == "rich_text"


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("what", ""),
        ("what", "x"),
        ("what", "x" * 21),
        ("tags", ["a", "b", "c"]),
        ("number", "0"),
        ("number", "10"),
        ("number", "1.5"),
        ("mail", "nobody"),
        ("link", "x.org"),
    ],
)
def test_the_client_of_slack_refuses_before_the_app_hears(
    standin: StandIn, app: App, heard: list[Json], name: str, answer: Any
) -> None:
    awa = standin.person("awa")
    awa.command("/ptf")
    result = awa.submit({name: answer})
    assert (result.ok, list(result.errors), heard) == (False, [name], [])
    assert awa.view is not None


@pytest.mark.parametrize(
    ("name", "answer"),
    [("group", "Roads"), ("partner", "nowhere"), ("who", "nobody"), ("where", "#nowhere"), ("colour", "red")],
)
def test_what_is_not_offered_cannot_be_answered(standin: StandIn, app: App, name: str, answer: str) -> None:
    awa = standin.person("awa")
    awa.command("/ptf")
    with pytest.raises(NotPossible):
        awa.submit({name: answer})


def test_nothing_is_submitted_without_a_form(standin: StandIn, app: App) -> None:
    with pytest.raises(NotPossible, match="No modal"):
        standin.person("awa").submit(what="x")


def message(standin: StandIn, client: WebClient, *blocks: Json, channel: str = "general") -> None:
    client.chat_postMessage(channel=standin.workspace.channel(channel).id, text="x", blocks=list(blocks), **QUIET)


def test_a_click_carries_the_state_of_the_message(
    standin: StandIn, client: WebClient, app: App, heard: list[Json]
) -> None:
    menu = {"type": "static_select", "action_id": "menu", "options": options("Health", "Water")}
    sure = {"title": plain("Sure?"), "text": plain("Really?"), "confirm": plain("Yes"), "deny": plain("No")}
    message(standin, client, actions(menu, button("Go", "any", value="7", confirm=sure)))
    [posted] = standin.workspace.messages("general")
    posted.values["row"]["menu"]["selected_option"] = options("Water")[0]
    reply = standin.person("ben").click(posted, "Go")
    [body] = heard
    assert body["actions"][0]["value"] == "7"
    assert body["state"]["values"]["row"]["menu"]["selected_option"]["value"] == "water"
    assert body["message"]["ts"] == body["container"]["message_ts"] == posted.ts
    assert body["response_url"].startswith(standin.page_url)
    assert reply.confirm == sure


def test_like_buttons_are_told_apart_by_their_value(
    standin: StandIn, client: WebClient, app: App, heard: list[Json]
) -> None:
    rows = [{**said(name), "accessory": button("Done", "any", value=name)} for name in ("a", "b")]
    message(standin, client, *rows)
    standin.person("awa").click(None, "any", value="b")
    assert heard[0]["actions"][0]["value"] == "b"


def test_menus_and_dates_act_at_once(standin: StandIn, client: WebClient, app: App, heard: list[Json]) -> None:
    message(standin, client, {**said("x"), "accessory": {"type": "datepicker", "action_id": "any"}})
    menu = {"type": "overflow", "action_id": "any", "options": options("Edit")}
    message(standin, client, {**said("x"), "accessory": menu})
    first, second = standin.workspace.messages("general")
    awa = standin.person("awa")
    awa.choose(first, "any", "2027-03-05")
    awa.choose(second, "any", "Edit")
    assert heard[0]["actions"][0]["selected_date"] == "2027-03-05"
    assert heard[1]["actions"][0]["selected_option"]["value"] == "edit"
    assert first.values[first.blocks[0]["block_id"]]["any"]["selected_date"] == "2027-03-05"
    with pytest.raises(NotPossible):
        awa.choose(second, "any", "Burn")


def test_an_ephemeral_message_does_not_come_along_with_its_click(
    standin: StandIn, client: WebClient, app: App, heard: list[Json]
) -> None:
    general = standin.workspace.channel("general").id
    client.chat_postEphemeral(channel=general, user="U0AWA000001", text="x", blocks=[actions(button("Go", "any"))])
    standin.person("awa").click(None, "Go")
    assert heard[0]["container"]["is_ephemeral"]
    assert "message" not in heard[0]
    with pytest.raises(NotPossible):
        standin.person("ben").click(None, "Go")


def test_a_home_tab_has_neither_channel_nor_response_url(
    standin: StandIn, client: WebClient, app: App, heard: list[Json]
) -> None:
    view = home("x")
    view["blocks"].append(actions(button("Go", "any")))
    client.views_publish(user_id="U0AWA000001", view=view)
    standin.person("awa").click(None, "Go")
    assert heard[0]["container"] == {"type": "view", "view_id": heard[0]["view"]["id"]}
    assert not {"channel", "response_url", "message"} & set(heard[0])


def test_an_external_person_clicks_but_has_no_commands(
    standin: StandIn, client: WebClient, app: App, heard: list[Json]
) -> None:
    zoe = standin.person("zoe")
    message(standin, client, actions(button("Go", "any")))
    zoe.click(None, "Go")
    assert heard[0]["user"]["team_id"] != heard[0]["team"]["id"]
    with pytest.raises(NotPossible):
        zoe.command("/ptf", "#general")
    with pytest.raises(NotPossible):
        zoe.message_shortcut("save", standin.workspace.messages("general")[0])


def test_an_external_person_has_no_home_tab(standin: StandIn, app: App) -> None:
    assert standin.person("zoe").home() is None
    assert standin.delivery.log == []


def test_words_in_the_acknowledgement_of_a_click_are_shown_to_nobody(standin: StandIn, client: WebClient) -> None:
    made = bolt(standin, client)

    @made.action("any")
    def anything(ack: Any) -> None:
        ack("Done!")

    message(standin, client, actions(button("Go", "any")))
    assert standin.person("awa").click(None, "Go").text == ""
    assert standin.person("awa").last is None
    assert "shows to nobody" in standin.workspace.warnings[0]


def test_a_former_member_does_nothing(standin: StandIn, app: App) -> None:
    standin.workspace.user("awa").deleted = True
    with pytest.raises(NotPossible):
        standin.person("awa").command("/ptf")
    with pytest.raises(NotPossible):
        standin.person("awa").home()


def test_a_person_acts_only_where_they_are(standin: StandIn, client: WebClient, app: App) -> None:
    message(standin, client, actions(button("Go", "any")), channel="pool")
    ben = standin.person("ben")
    with pytest.raises(NotPossible):
        ben.click(standin.workspace.messages("pool")[0], "Go")
    with pytest.raises(NotPossible):
        ben.command("/ptf", "#pool")
    with pytest.raises(NotPossible):
        ben.say("hello", "#pool")
    assert ben.sees("#pool") == []


def test_a_message_shortcut_brings_the_message_without_any_scope(standin: StandIn, app: App, heard: list[Json]) -> None:
    said_by_ben = standin.person("ben").say("Roads & <schools>", "#general")
    standin.person("awa").message_shortcut("save", said_by_ben)
    assert heard[0]["message"]["text"] == "Roads &amp; &lt;schools&gt;"
    assert heard[0]["message_ts"] == said_by_ben.ts
    assert heard[0]["type"] == "message_action"


def test_a_global_shortcut_has_no_channel(standin: StandIn, app: App, heard: list[Json]) -> None:
    standin.person("awa").shortcut("save")
    assert heard[0]["type"] == "shortcut"
    assert not {"channel", "response_url"} & set(heard[0])


def test_only_the_shortcuts_and_commands_of_the_manifest_are_offered() -> None:
    with StandIn(shortcuts=[{"callback_id": "save", "name": "Save", "type": "global"}]) as strict:
        strict.workspace.add_user(name="awa")
        with pytest.raises(NotPossible, match="no shortcut"):
            strict.person("awa").shortcut("other")
        with pytest.raises(NotPossible, match="not a valid command"):
            strict.person("awa").command("/other")


def test_suggestions_that_slack_refuses_offer_nothing(standin: StandIn, client: WebClient) -> None:
    made = bolt(standin, client)
    select = ask("partner", {"type": "external_select"})

    @made.command("/ptf")
    def command(ack: Any, body: Json) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal(select))
        ack()

    @made.options("partner")
    def partners(ack: Any, payload: Json) -> None:
        ack(options=options(*(f"{number}" for number in range(101))) if payload["value"] == "all" else options("One"))

    awa = standin.person("awa")
    awa.command("/ptf")
    assert [option["value"] for option in awa.suggestions("partner", "o")] == ["one"]
    assert awa.suggestions("partner", "all") == []
    assert standin.workspace.refusals[-1][:2] == ("block_suggestion", "invalid_options")


def test_the_last_message_is_the_newest_of_ephemeral_and_direct(standin: StandIn, client: WebClient, app: App) -> None:
    awa = standin.person("awa")
    assert [awa.last] == [None]
    client.chat_postMessage(channel=awa.id, text="first", **QUIET)
    general = standin.workspace.channel("general").id
    client.chat_postEphemeral(channel=general, user=awa.id, text="second")
    assert awa.last is not None
    assert awa.last.text == "second"
    awa.say("my own words")
    assert awa.last.text == "second"
