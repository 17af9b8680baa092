"""How payloads reach the app: by a direct call, by signed HTTP, or by Socket Mode (see sockets.py)."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlencode, urlsplit

from bot.rehearsal.model import Json

SIGNING_SECRET = "rehearsal-signing-secret"
"""The signing secret of the rehearsed app."""

Receiver = Callable[[str, dict[str, list[str]]], tuple[int, str]]
"""An app called directly: (raw body, headers in lower case) -> (HTTP status, body)."""


@dataclass(frozen=True)
class Parcel:
    """A payload on its way. `kind`: command, interactive or event; `retry`: number and reason of a repeated event."""

    kind: str
    payload: Json
    retry: tuple[int, str] | None = None


@dataclass(frozen=True)
class Receipt:
    """What came back: HTTP status (0 when nothing did), body, headers in lower case, and why it failed if it did.

    `failure` is in the words of x-slack-retry-reason: http_timeout, connection_failed, http_error.
    """

    status: int
    body: str = ""
    failure: str | None = None
    headers: dict[str, str] = field(default_factory=dict)


class Door(Protocol):
    """A way to the app."""

    def send(self, parcel: Parcel, deadline: float) -> Receipt:
        """Hand a payload over and wait at most `deadline` seconds for the acknowledgement."""


def encoded(parcel: Parcel) -> tuple[str, str]:
    """(content type, raw body) of a payload over HTTP."""
    if parcel.kind == "event":
        return "application/json", json.dumps(parcel.payload)
    fields = parcel.payload if parcel.kind == "command" else {"payload": json.dumps(parcel.payload)}
    return "application/x-www-form-urlencoded", urlencode(fields)


def signed(secret: str, body: str, *, at: float | None = None) -> dict[str, str]:
    """The signature headers of a raw body (v0 HMAC-SHA256 over `v0:{timestamp}:{body}`); `at` in Unix seconds."""
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def request(secret: str, parcel: Parcel) -> tuple[str, dict[str, str]]:
    """(raw body, headers) of the signed HTTP request of a payload."""
    kind, body = encoded(parcel)
    headers = {"Content-Type": kind, **signed(secret, body)}
    if parcel.retry is not None:
        headers |= {"X-Slack-Retry-Num": str(parcel.retry[0]), "X-Slack-Retry-Reason": parcel.retry[1]}
    return body, headers


class DirectDoor:
    """The app called as a function, with the same signed body as over HTTP. For tests."""

    def __init__(self, receiver: Receiver, signing_secret: str = SIGNING_SECRET) -> None:
        self.receiver = receiver
        self.signing_secret = signing_secret

    def send(self, parcel: Parcel, deadline: float) -> Receipt:
        """Call the app; what takes longer than the deadline is a failure although the call ended."""
        body, headers = request(self.signing_secret, parcel)
        return self.raw(body, headers, deadline)

    def raw(self, body: str, headers: dict[str, str], deadline: float) -> Receipt:
        """Call the app with a given body and headers."""
        begun = time.monotonic()
        status, answer = self.receiver(body, {name.lower(): [value] for name, value in headers.items()})
        if time.monotonic() - begun > deadline:
            return Receipt(status, answer, "http_timeout")
        return Receipt(status, answer, None if 200 <= status < 300 else "http_error")


class HttpDoor:
    """The app behind a URL that takes events, commands and interactions alike."""

    def __init__(self, url: str, signing_secret: str = SIGNING_SECRET) -> None:
        self.url = url
        self.signing_secret = signing_secret

    def send(self, parcel: Parcel, deadline: float) -> Receipt:
        """POST the signed payload."""
        body, headers = request(self.signing_secret, parcel)
        return self.raw(body, headers, deadline)

    def raw(self, body: str, headers: dict[str, str], deadline: float) -> Receipt:
        """POST a given body with given headers."""
        parts = urlsplit(self.url)
        connection = http.client.HTTPConnection(parts.hostname or "127.0.0.1", parts.port, timeout=deadline)
        begun = time.monotonic()
        try:
            connection.request("POST", parts.path or "/", body.encode(), headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        except TimeoutError:
            return Receipt(0, "", "http_timeout")
        except (OSError, http.client.HTTPException):
            return Receipt(0, "", "connection_failed")
        finally:
            connection.close()
        told = {name.lower(): value for name, value in answer.getheaders()}
        late = time.monotonic() - begun > deadline
        sound = 200 <= answer.status < 300
        return Receipt(answer.status, text, "http_timeout" if late else None if sound else "http_error", told)
