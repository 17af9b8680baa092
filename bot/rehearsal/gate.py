"""The gate of the Web API: from an HTTP request to a method and back, with tokens, scopes, faults and rate limits."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qsl

from bot.rehearsal.api import METHODS, Call, Method, Signed
from bot.rehearsal.errors import Refused
from bot.rehearsal.faults import Faults
from bot.rehearsal.model import Json
from bot.rehearsal.server import Request, Response, as_json
from bot.rehearsal.workspace import Workspace

ERROR_PAGE = b"<!DOCTYPE html><html><body><h1>Server Error</h1></body></html>"


def arguments(request: Request) -> Json:
    """The arguments of a call from query, form (also multipart) and JSON; raises Refused: invalid_json."""
    kind = request.headers.get("Content-Type", "")
    args: Json = dict(request.query)
    if kind.startswith("application/json"):
        try:
            body = json.loads(request.body or b"{}")
        except ValueError:
            raise Refused("invalid_json") from None
        if not isinstance(body, dict):
            raise Refused("json_not_object")
        return args | body
    if kind.startswith("multipart/form-data"):
        return args | {name: part.decode() for name, part in parts(request).items()}
    return args | dict(parse_qsl(request.body.decode(), keep_blank_values=True))


def parts(request: Request) -> dict[str, bytes]:
    """The parts of a multipart form, by name."""
    head = f"Content-Type: {request.headers['Content-Type']}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + request.body)
    found: dict[str, bytes] = {}
    for part in message.iter_parts():
        content = part.get_payload(decode=True)
        name = part.get_param("name", header="content-disposition")
        found[str(name)] = content if isinstance(content, bytes) else b""
    return found


@dataclass(eq=False)
class Gate:
    """Answers /api/<method>. `fate` is the error every call of the bot token gets: token_revoked, account_inactive."""

    workspace: Workspace
    signed: Signed
    faults: Faults
    address: str
    open_socket: Callable[[], str]
    stopped: threading.Event
    fate: str | None = None

    def answer(self, name: str, request: Request) -> Response:
        """The answer to a call of a method, or what a fault makes of it."""
        return self.troubled(name, lambda: self._plain(name, request))

    def troubled(self, name: str, proceed: Callable[[], Response]) -> Response:
        """What `proceed` answers, unless a fault waits under this name (a method, upload or response_url)."""
        fault = self.faults.take(name)
        if fault is None:
            return proceed()
        match fault.kind:
            case "ratelimited":
                return _limited(fault.retry_after)
            case "server_error":
                return Response(500, ERROR_PAGE, "text/html; charset=utf-8")
            case "timeout":
                self.stopped.wait()
            case "reset_after":
                proceed()
        return Response(broken=True)

    def _plain(self, name: str, request: Request) -> Response:
        try:
            args = arguments(request)
            method = METHODS.get(name)
            if method is None:
                raise Refused("unknown_method", req_method=name)
            token = _token(request, args)
            call = Call(name, args, self.workspace, self.signed, self.address, self.open_socket)
            self._admit(method, token, call)
            if name == "chat.postMessage" and self.faults.crowded(call.text("channel"), self.workspace.now()):
                return _limited(1)
            granted = self.signed.app_scopes if method.app_level else self.signed.scopes
            return as_json({"ok": True, **method.run(call)}, X_OAuth_Scopes=",".join(sorted(granted)))
        except Refused as refused:
            self.workspace.refuse(name, refused)
            return as_json(refused.answer())

    def _admit(self, method: Method, token: str, call: Call) -> None:
        if not token:
            raise Refused("not_authed")
        known = {self.signed.bot_token, self.signed.app_token}
        if token not in known:
            raise Refused("invalid_auth")
        if method.app_level != (token == self.signed.app_token):
            raise Refused("not_allowed_token_type")
        if self.fate is not None:
            raise Refused(self.fate)
        granted = self.signed.app_scopes if method.app_level else self.signed.scopes
        wanted = ("connections:write",) if method.app_level else method.scopes
        if wanted and not granted.intersection(wanted):
            raise Refused("missing_scope", needed=wanted[0], provided=",".join(sorted(granted)))


def _limited(seconds: int) -> Response:
    return as_json({"ok": False, "error": "ratelimited"}, 429, Retry_After=str(seconds))


def _token(request: Request, args: Json) -> str:
    told = str(args.pop("token", "") or "")
    return request.headers.get("Authorization", "").removeprefix("Bearer ").strip() or told
