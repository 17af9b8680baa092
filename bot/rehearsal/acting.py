"""What a person's gesture does: it travels to the app, and the answer changes what the person sees."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from bot.rehearsal.answers import NotPossible, complaints
from bot.rehearsal.api import views
from bot.rehearsal.delivery import Delivery
from bot.rehearsal.door import DirectDoor, Receipt
from bot.rehearsal.elements import VALUE_KEYS, all_elements
from bot.rehearsal.errors import Refused
from bot.rehearsal.limits import option_problems
from bot.rehearsal.model import Json, Message, User, View
from bot.rehearsal.responses import answered
from bot.rehearsal.triggers import ResponseUrl
from bot.rehearsal.workspace import Workspace

Place = Message | View
SHOWN_FAILURES = {"http_timeout": "operation_timeout"}


@dataclass(frozen=True)
class Reply:
    """What came back to a command or a click: the HTTP status, and the message in the ack if there was one.

    `failure` is what Slack would show (operation_timeout, dispatch_failed) or the code of a refused answer; `confirm`
    is the dialog that was asked and accepted.
    """

    status: int
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    ephemeral: bool = False
    failure: str | None = None
    message: Message | None = None
    confirm: Json | None = None


@dataclass(frozen=True)
class Submitted:
    """What came back to a form: `errors` by block_id (from the app, or from Slack's own checks), `raw` the answer."""

    ok: bool
    errors: dict[str, str] = field(default_factory=dict)
    raw: Json = field(default_factory=dict)
    failure: str | None = None


class Acting:
    """The gestures of one person, in Slack's own terms; Person speaks them in those of a test."""

    def __init__(self, workspace: Workspace, delivery: Delivery, user: User) -> None:
        self.workspace = workspace
        self.delivery = delivery
        self.user = user

    @property
    def views(self) -> list[View]:
        """The open modals, the top one last."""
        return list(self.workspace.stacks.get(self.user.id, []))

    def act(self, place: Place, block_id: str, action: Json) -> Reply:
        """Use an element of a message or view: `action` holds type, action_id and the value as Slack names it."""
        self._alive()
        kind = action["type"]
        if kind in VALUE_KEYS:
            key = VALUE_KEYS[kind][0]
            kept = place.values.setdefault(block_id, {})
            kept[action["action_id"]] = {"type": kind, key: action.get(key)}
        payload = self.delivery.payloads.actions(self.user, place, {**action, "block_id": block_id})
        return self.interacted(payload)

    def submit_values(self, view: View, values: Json) -> Submitted:
        """Submit a modal with these values over those it holds."""
        self._alive()
        if view.content.get("submit") is None:
            raise NotPossible("This modal has nothing to submit.")
        for block_id, actions in values.items():
            view.values.setdefault(block_id, {}).update(actions)
        view.errors = complaints(view.blocks, view.values)
        self._hand_over(view)
        self.workspace.touch()
        if view.errors:
            return Submitted(False, dict(view.errors))
        return self._submitted(view, self.delivery.send("interactive", self._submission(view)))

    def _hand_over(self, view: View) -> None:
        """What was chosen in the form is the app's to read, whatever it answers."""
        given = [each for actions in view.values.values() for each in actions.values() if each["type"] == "file_input"]
        for file in [] if view.errors else [file for each in given for file in each["files"]]:
            self.workspace.files[file["id"]].handed = True

    def _submission(self, view: View) -> Json:
        return self.delivery.payloads.submission(self.user, view)

    def _submitted(self, view: View, receipt: Receipt) -> Submitted:
        if receipt.failure is not None:
            return Submitted(False, failure=_shown(receipt))
        raw = _json(receipt.body)
        try:
            return self._respond(view, raw)
        except Refused as refused:
            self.workspace.refuse("response_action", refused)
            return Submitted(False, raw=raw, failure=refused.code)

    def _respond(self, view: View, raw: Json) -> Submitted:
        stack = self.workspace.stacks.get(self.user.id, [])
        match raw.get("response_action"):
            case "errors":
                return self._errors(view, raw)
            case "update":
                views.replace(self.workspace, view, views.checked(self.workspace, raw.get("view"), "modal", view))
            case "push":
                content = views.checked(self.workspace, raw.get("view"), "modal")
                views.add(self.workspace, self.user.id, content, view)
            case "clear":
                stack.clear()
            case None:
                if view in stack:
                    stack.remove(view)
            case other:
                raise Refused("invalid_response_action", f"[ERROR] unknown response_action: {other}")
        self.workspace.touch()
        return Submitted(True, raw=raw)

    def _errors(self, view: View, raw: Json) -> Submitted:
        errors = raw.get("errors")
        inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
        if not isinstance(errors, dict) or not errors or not all(isinstance(e, str) and e for e in errors.values()):
            raise Refused("invalid_errors", "[ERROR] errors must be a map from block_id to a sentence")
        if set(errors) - inputs:
            strange = ", ".join(sorted(set(errors) - inputs))
            raise Refused("invalid_errors", f"[ERROR] not an input block: {strange}")
        view.errors = dict(errors)
        self.workspace.touch()
        return Submitted(False, dict(errors), raw)

    def close_view(self, view: View, *, everything: bool = False) -> None:
        """Close the top modal, or all of them; the app hears of it when it asked to (notify_on_close)."""
        stack = self.workspace.stacks.get(self.user.id, [])
        gone = list(stack) if everything or view.content.get("clear_on_close") else [view]
        for closed in reversed(gone):
            stack.remove(closed)
            if closed.content.get("notify_on_close"):
                payload = self.delivery.payloads.closed(self.user, closed, cleared=everything)
                self.delivery.send("interactive", payload)
        self.workspace.touch()

    def suggest(self, place: Place, block_id: str, action_id: str, typed: str) -> Json:
        """What the app offers for some typed text: {"options": […]} or {"option_groups": […]}.

        An answer that is late or that Slack would refuse offers nothing, and is noted among the refusals.
        """
        self._alive()
        payload = self.delivery.payloads.suggestion(self.user, place, block_id, action_id, typed)
        receipt = self.delivery.send("interactive", payload)
        answer = _json(receipt.body) if receipt.failure is None else {}
        problems = option_problems(answer)
        if receipt.failure is not None or problems:
            self.workspace.refuse("block_suggestion", Refused(receipt.failure or "invalid_options", *problems))
            return {"options": []}
        return answer

    def open_home(self) -> View | None:
        """Open the Home tab and wait for what the app publishes (a moment, when it is not called directly).

        Somebody of another workspace has none: the app does not hear of it.
        """
        self._alive()
        if self.user.team_id != self.workspace.team.id:
            return None
        before = self.workspace.homes.get(self.user.id)
        seen = before.hash if before is not None else ""
        channel = self.workspace.direct(self.user.id)
        event: Json = {"type": "app_home_opened", "user": self.user.id, "channel": channel.id, "tab": "home"}
        if before is not None:
            event["view"] = before.payload(views.app_part(self.workspace))
        self.workspace.emit(event)
        if self.delivery.door is not None and not isinstance(self.delivery.door, DirectDoor):
            self.workspace.wait_for(lambda: self._home_hash() != seen, 1.0)
        return self.workspace.homes.get(self.user.id)

    def _home_hash(self) -> str:
        view = self.workspace.homes.get(self.user.id)
        return view.hash if view is not None else ""

    def interacted(self, payload: Json) -> Reply:
        """Deliver a click or a shortcut; a body in its acknowledgement is shown to nobody, and noted."""
        receipt = self.delivery.send("interactive", payload)
        if receipt.failure is not None:
            return Reply(receipt.status, failure=_shown(receipt))
        if _json(receipt.body):
            self.workspace.warn(f"{payload['type']}: the body of its acknowledgement, which Slack shows to nobody")
        return Reply(receipt.status)

    def reply(self, receipt: Receipt, url: ResponseUrl) -> Reply:
        """What a person sees of the acknowledgement of a command."""
        if receipt.failure is not None:
            return Reply(receipt.status, failure=_shown(receipt))
        body = _json(receipt.body)
        if not body:
            return Reply(receipt.status)
        try:
            message = answered(self.workspace, url, body)
        except Refused as refused:
            self.workspace.refuse("ack", refused)
            return Reply(receipt.status, failure=refused.code)
        if message is None:
            return Reply(receipt.status)
        alone = message.ephemeral_to is not None
        return Reply(receipt.status, message.text, message.blocks, alone, message=message)

    def _alive(self) -> None:
        if self.user.deleted:
            raise NotPossible(f"{self.user.real_name} has no account any more.")

    def at_home(self) -> None:
        """Refuse what only members of the workspace can do: commands and shortcuts."""
        self._alive()
        if self.user.team_id != self.workspace.team.id:
            raise NotPossible(f"{self.user.real_name} belongs to another workspace: no commands, no shortcuts.")


def element_in(place: Place, wanted: Any) -> tuple[Json, Json] | None:
    """The first (block, element) of a message or view for which `wanted(element)` holds."""
    blocks = list(place.blocks)
    if isinstance(place, Message):
        blocks += [block for attachment in place.attachments for block in attachment.get("blocks", [])]
    return next(((block, element) for block, element in all_elements(blocks) if wanted(element)), None)


def _shown(receipt: Receipt) -> str:
    return SHOWN_FAILURES.get(str(receipt.failure), "dispatch_failed")


def _json(body: str) -> Json:
    """The body of an acknowledgement: JSON, or a text that stands for a message."""
    if not body:
        return {}
    try:
        value = json.loads(body)
    except ValueError:
        return {"text": body}
    return value if isinstance(value, dict) else {"text": str(value)}
