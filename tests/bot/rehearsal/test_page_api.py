"""The page's JSON: the workspace as one person sees it, and what that person does."""

from __future__ import annotations

import json
import re
import threading
import urllib.request
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot.rehearsal.standin import StandIn
from tests.bot.rehearsal.apps import Json, actions, ask, bolt, button, home, modal, plain

AWA, BEN = "U0AWA000001", "U0BEN000001"
QUIET: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}


class Browser:
    """The requests of the page."""

    def __init__(self, standin: StandIn) -> None:
        self.address = f"{standin.page_url}page/api/"

    def get(self, name: str, **query: str) -> Json:
        """Ask for something."""
        return self._fetch(urllib.request.Request(f"{self.address}{name}?{urlencode(query)}"))

    def post(self, name: str, origin: str | None = None, **body: Any) -> Json:
        """Do something."""
        headers = {"Content-Type": "application/json"} | ({"Origin": origin} if origin else {})
        return self._fetch(urllib.request.Request(f"{self.address}{name}", json.dumps(body).encode(), headers))

    def _fetch(self, request: urllib.request.Request) -> Json:
        try:
            with urllib.request.urlopen(request) as answer:
                told: Json = json.loads(answer.read())
        except HTTPError as error:
            told = json.loads(error.read())
            error.close()
        return told


@pytest.fixture
def browser(standin: StandIn) -> Browser:
    """A browser at the page."""
    return Browser(standin)


@pytest.fixture
def app(standin: StandIn, client: WebClient) -> App:
    """An app with a form, a button and a Home tab."""
    made = bolt(standin, client)
    partner = ask("partner", {"type": "external_select"}, optional=True)

    @made.command("/ptf")
    def command(ack: Any, body: Json) -> None:
        if body.get("text") == "update":
            client.views_open(
                trigger_id=body["trigger_id"], view=modal(ask("what", {"type": "plain_text_input"}), partner)
            )
            ack()
        else:
            ack("Hello")

    @made.view("form")
    def submitted(ack: Any, view: Json) -> None:
        if view["state"]["values"]["what"]["what"]["value"] == "bad":
            ack(response_action="errors", errors={"what": "No."})
        else:
            ack()

    @made.options("partner")
    def partners(ack: Any) -> None:
        ack(options=[{"text": plain("Canada"), "value": "ca"}])

    @made.action("go")
    def go(ack: Any, body: Json) -> None:
        ack()
        client.chat_postMessage(channel=body["user"]["id"], text="Gone", **QUIET)

    @made.shortcut("save")
    def save(ack: Any, body: Json) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal())
        ack()

    @made.event("app_home_opened")
    def opened(event: Json) -> None:
        client.views_publish(user_id=event["user"], view=home("Welcome"))

    return made


def test_the_state_shows_people_channels_and_the_app(standin: StandIn, browser: Browser) -> None:
    standin.completions = [{"text": "/ptf update", "description": {"fr": "Noter", "en": "Record"}}]
    standin.clock_targets = [{"to": "day", "label": {"fr": "Demain", "en": "Tomorrow"}}]
    standin.workspace.add_user(name="gone", deleted=True)
    state = browser.get("state", **{"as": AWA})
    assert state["now"] == "2027-03-03T09:00:00Z"
    assert state["me"]["title"] == {"fr": "Cheffe", "en": "Lead"}
    assert {person["name"]: (person["kind"], person["can_be"]) for person in state["people"]} == {
        "PTF Desk": ("bot", False),
        "Awa Traoré": ("member", True),
        "Ben Keita": ("member", True),
        "Zoé Diarra": ("external", True),
        "gone": ("deactivated", False),
    }
    assert [(channel["name"], channel["kind"]) for channel in state["channels"]] == [
        ("general", "shared"),
        ("pool", "private"),
        ("directmessage", "im"),
    ]
    assert state["channels"][2]["with"] == state["app"]["bot_user"]
    assert state["app"]["commands"][0]["command"] == "/ptf"
    assert (state["app"]["completions"], state["clock"]) == (standin.completions, standin.clock_targets)


def test_one_is_nobody_before_one_has_chosen(browser: Browser) -> None:
    state = browser.get("state", **{"as": ""})
    assert (state["me"], state["channels"]) == (None, [])
    assert len(state["people"]) == 4


def test_nobody_can_be_the_bot_or_gone_or_unknown(standin: StandIn, browser: Browser) -> None:
    gone = standin.workspace.add_user(name="gone", deleted=True)
    assert browser.get("state", **{"as": gone.id})["error"] == "not_possible"
    assert browser.get("state", **{"as": standin.workspace.bot.id})["error"] == "not_possible"
    assert browser.get("state", **{"as": "U0NOBODY01"})["error"] == "not_found"


def test_one_speaks_and_commands_and_reads(standin: StandIn, browser: Browser, app: App) -> None:
    general = standin.workspace.channel("general").id
    assert browser.post("say", **{"as": BEN}, channel=general, text="Hello") == {"ok": True}
    assert browser.post("say", **{"as": AWA}, channel=general, text="/ptf hi") == {"ok": True}
    told = browser.get("messages", **{"as": AWA}, channel=general)["messages"]
    assert [(one["text"], one["ephemeral"], one["bot"]) for one in told] == [
        ("Hello", False, False),
        ("Hello", True, True),
    ]
    assert told[0]["blocks"] is None
    assert len(browser.get("messages", **{"as": BEN}, channel=general)["messages"]) == 1
    browser.post("say", **{"as": BEN}, channel=general, text="More", thread=told[0]["ts"])
    thread = browser.get("messages", **{"as": AWA}, channel=general, thread=told[0]["ts"])["messages"]
    assert [one["text"] for one in thread] == ["Hello", "More"]
    assert thread[0]["reply_count"] == 1


def test_unread_messages_are_counted_until_they_are_read(standin: StandIn, browser: Browser, client: WebClient) -> None:
    general = standin.workspace.channel("general").id
    client.chat_postMessage(channel=general, text="x", **QUIET)
    assert browser.get("state", **{"as": AWA})["channels"][0]["unread"] == 1
    browser.post("read", **{"as": AWA}, channel=general)
    assert browser.get("state", **{"as": AWA})["channels"][0]["unread"] == 0
    assert browser.get("state", **{"as": BEN})["channels"][0]["unread"] == 1


def test_a_channel_of_others_is_closed(standin: StandIn, browser: Browser) -> None:
    pool = standin.workspace.channel("pool").id
    assert browser.get("messages", **{"as": BEN}, channel=pool)["error"] == "not_possible"
    assert browser.post("say", **{"as": BEN}, channel=pool, text="x")["error"] == "not_possible"


def test_a_form_is_filled_in_refused_and_closed(standin: StandIn, browser: Browser, app: App) -> None:
    general = standin.workspace.channel("general").id
    browser.post("say", **{"as": AWA}, channel=general, text="/ptf update")
    [view] = browser.get("views", **{"as": AWA})["views"]
    answer = {"what": {"what": {"type": "plain_text_input", "value": "bad"}}}
    refused = browser.post("submit", **{"as": AWA}, view_id=view["id"], values=answer)
    assert refused == {"ok": False, "errors": {"what": "No."}}
    assert browser.get("views", **{"as": AWA})["views"][0]["errors"] == {"what": "No."}
    place = {"type": "view", "view_id": view["id"]}
    asked: Json = {"container": place, "block_id": "partner", "action_id": "partner", "value": "c"}
    assert browser.post("suggest", **{"as": AWA}, **asked)["options"][0]["value"] == "ca"
    answer["what"]["what"]["value"] = "good"
    assert browser.post("submit", **{"as": AWA}, view_id=view["id"], values=answer) == {"ok": True}
    assert browser.post("close", **{"as": AWA}, view_id=view["id"])["error"] == "not_found"
    browser.post("say", **{"as": AWA}, channel=general, text="/ptf update")
    [again] = browser.get("views", **{"as": AWA})["views"]
    assert browser.post("close", **{"as": AWA}, view_id=again["id"]) == {"ok": True}
    assert browser.get("views", **{"as": AWA}) == {"views": []}


def test_a_button_is_pressed_by_who_sees_it(standin: StandIn, browser: Browser, client: WebClient, app: App) -> None:
    pool = standin.workspace.channel("pool").id
    ts = client.chat_postMessage(channel=pool, text="x", blocks=[actions(button("Go", "go"))], **QUIET)["ts"]
    place = {"type": "message", "channel": pool, "ts": ts, "ephemeral": False}
    press: Json = {"container": place, "block_id": "row", "action": {"type": "button", "action_id": "go"}}
    assert browser.post("act", **{"as": BEN}, **press)["error"] == "not_possible"
    assert browser.post("act", **{"as": AWA}, **press) == {"ok": True}
    assert standin.person("awa").direct_messages[-1].text == "Gone"
    press["container"] = {**place, "ts": "1.000001"}
    assert browser.post("act", **{"as": AWA}, **press)["error"] == "not_found"


def test_the_home_tab_opens_and_can_be_looked_at_quietly(standin: StandIn, browser: Browser, app: App) -> None:
    assert browser.get("home", **{"as": AWA}, quiet="1") == {"view": None}
    assert "Welcome" in json.dumps(browser.get("home", **{"as": AWA}))
    assert "Welcome" in json.dumps(browser.get("home", **{"as": AWA}, quiet="1"))


def test_a_message_shortcut_opens_its_form(standin: StandIn, browser: Browser, app: App) -> None:
    message = standin.person("ben").say("Hello", "#general")
    chosen = {"callback_id": "save", "channel": message.channel, "ts": message.ts}
    assert browser.post("shortcut", **{"as": AWA}, **chosen) == {"ok": True}
    assert len(browser.get("views", **{"as": AWA})["views"]) == 1
    assert browser.post("shortcut", **{"as": BEN}, callback_id="save") == {"ok": True}
    assert len(browser.get("views", **{"as": BEN})["views"]) == 1


def test_a_command_the_app_did_not_answer_in_time_is_told(standin: StandIn, browser: Browser, app: App) -> None:
    standin.delivery.deadline = -1.0
    general = standin.workspace.channel("general").id
    assert browser.post("say", **{"as": AWA}, channel=general, text="/ptf")["error"] == "operation_timeout"


def test_the_clock_is_moved_by_its_owner(standin: StandIn, browser: Browser) -> None:
    asked: list[str] = []
    standin.advance = asked.append
    assert browser.post("clock", to="digest")["now"] == "2027-03-03T09:00:00Z"
    assert asked == ["digest"]


def test_a_poll_ends_with_the_next_change(standin: StandIn, browser: Browser) -> None:
    before = standin.workspace.version
    threading.Thread(target=standin.workspace.touch).start()
    assert browser.get("poll", after=str(before))["version"] == before + 1


def test_a_stand_in_stops_although_somebody_polls(standin: StandIn, browser: Browser) -> None:
    now = str(standin.workspace.version)
    versions: list[int] = []
    poller = threading.Thread(target=lambda: versions.append(browser.get("poll", after=now)["version"]))
    poller.start()
    standin.workspace.close()
    poller.join(5)
    assert versions == [int(now)]


def test_another_site_cannot_act(standin: StandIn, browser: Browser) -> None:
    told = browser.post("read", "https://evil.example", **{"as": AWA}, channel="general")
    assert told["error"] == "foreign_origin"
    own = browser.post("read", standin.page_url.rstrip("/"), **{"as": AWA}, channel="general")
    assert own == {"ok": True}


def test_unknown_questions_and_broken_words_are_refused(browser: Browser) -> None:
    assert browser.get("gossip")["error"] == "unknown_method"
    assert browser.post("say", **{"as": AWA}, channel="general", text=" ")["error"] == "not_possible"


@pytest.mark.parametrize(
    ("path", "kind"),
    [("", "text/html"), ("page/main.js", "text/javascript"), ("page/style.css", "text/css")],
)
def test_the_files_of_the_page_are_served(standin: StandIn, path: str, kind: str) -> None:
    with urllib.request.urlopen(f"{standin.page_url}{path}") as answer:
        assert answer.headers["Content-Type"].startswith(kind)
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_browser_may_keep_the_parts_of_the_page_under_a_name_that_changes_with_them(standin: StandIn) -> None:
    with urllib.request.urlopen(standin.page_url) as answer:
        parts = re.findall(r'"/(page/\w+/[\w.]+)"', answer.read().decode())
    assert [part.rpartition("/")[2] for part in parts] == ["style.css", "main.js"]
    with urllib.request.urlopen(f"{standin.page_url}{parts[0]}") as answer:
        assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["page/0/main.js", "page/../standin.py", "page/%2e%2e/standin.py", "page/../page_api.py", "etc/passwd"]
)
def test_no_other_file_is(standin: StandIn, path: str) -> None:
    with pytest.raises(HTTPError, match="404") as caught:
        urllib.request.urlopen(f"{standin.page_url}{path}")
    caught.value.close()


def test_a_channel_is_changed_as_its_members_can_and_comes_back(standin: StandIn, browser: Browser) -> None:
    channel = standin.workspace.channel("pool")
    kinds = []
    for change in ("private", "shared", "unshared", "archived", "unarchived", "bot_out", "bot_in"):
        assert browser.post("become", **{"as": AWA}, channel=channel.id, change=change)["ok"]
        (told,) = [each for each in browser.get("state", **{"as": AWA})["channels"] if each["id"] == channel.id]
        kinds.append((told["kind"], told["bot_in"]))
    assert [kind for kind, _ in kinds] == ["private", "shared", "private", "archived", "private", "private", "private"]
    assert [bot_in for _, bot_in in kinds[-2:]] == [False, True]
    assert browser.post("become", **{"as": AWA}, channel=channel.id, change="nothing")["error"] == "not_found"
