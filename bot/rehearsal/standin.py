"""The whole stand-in for Slack: start it, point the app at `api_url`, choose a door, and be somebody."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from types import TracebackType
from typing import Self

from bot.rehearsal import responses
from bot.rehearsal.api import Signed
from bot.rehearsal.delivery import Delivery
from bot.rehearsal.door import SIGNING_SECRET, DirectDoor, Door, HttpDoor, Receipt
from bot.rehearsal.faults import Faults
from bot.rehearsal.gate import Gate, parts
from bot.rehearsal.model import Json
from bot.rehearsal.page_api import Page
from bot.rehearsal.payloads import Payloads
from bot.rehearsal.person import Person
from bot.rehearsal.server import Request, Response, Server
from bot.rehearsal.sockets import SocketDoor
from bot.rehearsal.workspace import Workspace

SCOPES = (
    "commands",
    "chat:write",
    "im:write",
    "users:read",
    "channels:read",
    "groups:read",
    "files:write",
    "files:read",
)
EVENTS = (
    "app_home_opened",
    "app_uninstalled",
    "tokens_revoked",
    "member_joined_channel",
    "member_left_channel",
    "channel_id_changed",
    "message.channels",
    "message.groups",
)
EVENT_SCOPES = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
}
"""Event -> the permission without which Slack does not tell of it."""
SIGN_IN = b"<!DOCTYPE html><html><body><h1>Sign in</h1></body></html>"
COMMANDS: tuple[Json, ...] = (
    {"command": "/ptf", "usage_hint": "[update | decision | help] [text]", "description": "", "should_escape": True},
)


class StandIn:
    """A workspace of Slack on 127.0.0.1. Use it as a context manager, or start() and stop() it.

    `scopes` and `events` are those granted and subscribed; `commands` and `shortcuts` are those of the manifest;
    `now` and `running` set the clock of the workspace; `retry_delays` (s) are the pauses before a failed event is
    repeated; `port` 0 takes a free one.
    """

    def __init__(
        self,
        scopes: Iterable[str] = SCOPES,
        *,
        events: Iterable[str] = EVENTS,
        commands: Sequence[Json] = COMMANDS,
        shortcuts: Sequence[Json] = (),
        now: datetime | None = None,
        running: bool = False,
        retry_delays: Sequence[float] = (0.0, 0.0, 0.0),
        port: int = 0,
    ) -> None:
        self.bot_token, self.app_token = "xoxb-rehearsal-bot", "xapp-rehearsal-app"
        self.signing_secret = SIGNING_SECRET
        self.workspace = Workspace(now, running=running)
        self.commands, self.shortcuts, self.events = list(commands), list(shortcuts), set(events)
        self.completions: list[Json] = []
        self.clock_targets: list[Json] = []
        self.zone = "Africa/Bamako"
        self.advance: Callable[[str], None] = _stays
        self.faults = Faults()
        self.sockets = SocketDoor()
        self._stopped = threading.Event()
        self._server = Server(self._answer, port)
        self.page_url = f"http://127.0.0.1:{self._server.port}/"
        self.api_url = f"{self.page_url}api/"
        self._scopes = frozenset(scopes)
        signed = Signed(self.bot_token, self.app_token, self._scopes, frozenset({"connections:write"}))
        self.gate = Gate(self.workspace, signed, self.faults, self.page_url, self.sockets.open, self._stopped)
        self.payloads = Payloads(self.workspace, self.page_url)
        self.delivery = Delivery(self.payloads, retry_delays)
        self.workspace.on_event = self._event
        self._page = Page(self)

    @property
    def door(self) -> Door | None:
        """How payloads reach the app."""
        return self.delivery.door

    @door.setter
    def door(self, door: Door | None) -> None:
        self.delivery.door = door

    @property
    def twice(self) -> bool:
        """Whether everything is delivered twice."""
        return self.delivery.twice

    @twice.setter
    def twice(self, twice: bool) -> None:
        self.delivery.twice = twice

    def start(self) -> Self:
        """Answer requests from now on."""
        self._server.start()
        return self

    def stop(self) -> None:
        """Stop everything; whoever waits is woken."""
        self._stopped.set()
        self.delivery.stop()
        self.workspace.close()
        self.sockets.stop()
        self._server.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def person(self, name: str) -> Person:
        """Somebody to act as, by id or name; raises KeyError."""
        return Person(self.workspace, self.delivery, self.workspace.user(name), self.commands, self.shortcuts)

    def revoke(self, error: str = "token_revoked") -> None:
        """Let every later call fail: token_revoked, account_inactive or invalid_auth."""
        self.gate.fate = error

    def deliver_raw(self, body: str, headers: dict[str, str]) -> Receipt:
        """Send a forged, old or badly signed request through the HTTP or direct door; raises TypeError for sockets."""
        door = self.door
        if not isinstance(door, DirectDoor | HttpDoor):
            raise TypeError("Only an HTTP or direct door takes raw requests.")
        return door.raw(body, headers, self.delivery.deadline)

    def _event(self, event: Json, subscription: str) -> None:
        allowed = EVENT_SCOPES.get(subscription, "") in (*self._scopes, "")
        if self.door is not None and subscription in self.events and allowed:
            self.delivery.event(event)

    def _answer(self, request: Request) -> Response:
        first, _, rest = request.path.lstrip("/").partition("/")
        if first == "api":
            return self.gate.answer(rest, request)
        if first == "upload":
            return self.gate.troubled("upload", lambda: self._upload(rest, request))
        if first == "files-pri":
            return self.gate.troubled("download", lambda: self._download(rest, request))
        if first == "response":
            return self.gate.troubled("response_url", lambda: self._response(rest, request))
        return self._page.answer(request)

    def _response(self, url_id: str, request: Request) -> Response:
        try:
            body = json.loads(request.body)
        except ValueError:
            body = None
        status, text = responses.use(self.workspace, url_id, body)
        return Response(status, text.encode(), "text/plain; charset=utf-8")

    def _download(self, rest: str, request: Request) -> Response:
        """The bytes of a file for the bot's token; who has none is sent to a page where one signs in, as by Slack."""
        file = self.workspace.files.get(rest.partition("/")[0].partition("-")[2])
        token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        if file is None or file.content is None:
            return Response(404, b"not found", "text/plain")
        if token != self.bot_token or "files:read" not in self._scopes or self.gate.fate is not None:
            return Response(302, SIGN_IN, "text/html; charset=utf-8", {"Location": self.page_url})
        return Response(200, file.content, "application/octet-stream")

    def _upload(self, file_id: str, request: Request) -> Response:
        """The bytes of an announced file, raw or as a form part `filename` or `file`; their number must agree."""
        file = self.workspace.files.get(file_id)
        content = request.body
        if request.headers.get("Content-Type", "").startswith("multipart/form-data"):
            form = parts(request)
            content = form.get("filename") or form.get("file") or b""
        if file is None or file.content is not None:
            return Response(404, b"not found", "text/plain")
        if len(content) != file.length:
            return Response(400, b"length does not match", "text/plain")
        file.content = content
        return Response(200, f"OK - {file.length}".encode(), "text/plain")


def _stays(target: str) -> None:
    """The clock when its owner gave no way to move it; raises LookupError."""
    raise LookupError(f"The clock cannot go to {target}.")
