"""A small app for the tests of the page: it opens a form, answers clicks, fills a Home tab, as a bot of Slack does."""

from __future__ import annotations

from typing import Any

from slack_bolt import App, BoltRequest
from slack_sdk import WebClient

from bot.rehearsal.door import DirectDoor
from bot.rehearsal.standin import StandIn

Block = dict[str, Any]


def plain(text: str) -> dict[str, str]:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def section(text: str, **more: Any) -> Block:
    """A section in mrkdwn."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(text: str, action_id: str, **more: Any) -> Block:
    """A button element."""
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def options(*values: str) -> list[Block]:
    """Options whose words are their values."""
    return [{"text": plain(value), "value": value} for value in values]


def question(name: str, label: str, element: Block, **more: Any) -> Block:
    """An input block; block and action go by the same name."""
    return {"type": "input", "block_id": name, "label": plain(label), "element": {"action_id": name, **element}, **more}


def form(subject: str = "") -> Block:
    """A modal with every kind of question; choosing the subject "Water" adds a note to it."""
    note = [{"type": "section", "block_id": "note", "text": plain("Water was chosen.")}] if subject == "Water" else []
    subjects = {"type": "static_select", "options": options("Health", "Water", "Education")}
    status = {"type": "radio_buttons", "options": options("on track", "at risk")}
    return {
        "type": "modal",
        "callback_id": "update",
        "title": plain("New update"),
        "submit": plain("Save"),
        "close": plain("Give up"),
        "notify_on_close": True,
        "blocks": [
            question("subject", "Subject", subjects, dispatch_action=True),
            *note,
            question("progress", "Progress", {"type": "plain_text_input", "multiline": True, "max_length": 40}),
            question("status", "Status", status, optional=True),
            question("deadline", "Deadline", {"type": "datepicker"}, optional=True, hint=plain("A civil day")),
            question("partner", "Partner", {"type": "external_select", "min_query_length": 1}, optional=True),
            question("people", "People", {"type": "multi_users_select"}, optional=True),
            question("evidence", "Evidence", {"type": "file_input", "max_files": 1}, optional=True),
            {"type": "actions", "elements": [button("Read more", "deeper")]},
        ],
    }


def open_the_door(standin: StandIn) -> list[Block]:
    """Build the app, put it behind a direct door, and return the list of everything it hears."""
    heard: list[Block] = []
    client = WebClient(token=standin.bot_token, base_url=standin.api_url)
    app = App(
        client=client,
        signing_secret=standin.signing_secret,
        process_before_response=True,
        token_verification_enabled=False,
    )
    _commands(app)
    _clicks(app, heard)
    _views(app, heard)

    def receive(body: str, headers: dict[str, list[str]]) -> tuple[int, str]:
        answer = app.dispatch(BoltRequest(body=body, headers={**headers}))
        return answer.status, answer.body

    standin.door = DirectDoor(receive, standin.signing_secret)
    return heard


def _commands(app: App) -> None:
    @app.command("/ptf")
    def command(ack: Any, body: Block, client: WebClient) -> None:
        if body.get("text") == "update":
            client.views_open(trigger_id=body["trigger_id"], view=form())
            ack()
        elif body.get("text") == "broken":
            raise RuntimeError("asked to fail")
        else:
            ack(text=f"You said: {body.get('text')}")

    @app.error
    def failed(error: Exception) -> None:
        """A failure is an answer of 500 and no more."""


def _clicks(app: App, heard: list[Block]) -> None:
    @app.action("approve")
    def approve(ack: Any, body: Block, client: WebClient) -> None:
        ack()
        heard.append(body["actions"][0])
        blocks = [section(f"Approved by <@{body['user']['id']}>")]
        channel, ts = body["channel"]["id"], body["message"]["ts"]
        client.chat_update(channel=channel, ts=ts, text="Approved", blocks=blocks)

    @app.action("subject")
    def subject(ack: Any, body: Block, client: WebClient) -> None:
        ack()
        chosen = body["actions"][0]["selected_option"]["value"]
        client.views_update(view_id=body["view"]["id"], view=form(chosen))

    @app.action({"action_id": "any"})
    def anything(ack: Any, body: Block) -> None:
        ack()
        heard.append(body["actions"][0])

    @app.action("deeper")
    def deeper(ack: Any, body: Block, client: WebClient) -> None:
        view = {"type": "modal", "title": plain("The rules"), "blocks": [section("One minute a week.")]}
        client.views_push(trigger_id=body["trigger_id"], view=view)
        ack()

    @app.options("partner")
    def partners(ack: Any, payload: Block) -> None:
        ack(
            options=options(
                *(name for name in ("Canada", "Cameroun", "Suisse") if payload["value"].lower() in name.lower())
            )
        )

    @app.shortcut("save_as_update")
    def shortcut(ack: Any, body: Block, client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=form())
        ack()


def _views(app: App, heard: list[Block]) -> None:
    @app.view("update")
    def submitted(ack: Any, view: Block) -> None:
        values = view["state"]["values"]
        if values["progress"]["progress"]["value"] == "nothing":
            ack(response_action="errors", errors={"progress": "Say what moved."})
            return
        heard.append(values)
        ack()

    @app.view_closed("update")
    def closed(ack: Any, body: Block) -> None:
        ack()
        heard.append({"closed": body["view"]["id"]})

    @app.event("app_home_opened")
    def home(event: Block, client: WebClient) -> None:
        blocks = [
            section("*Welcome home*"),
            {"type": "actions", "elements": [button("My updates", "any", value="mine")]},
        ]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})
