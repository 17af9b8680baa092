"""Socket Mode: the WebSocket side of the stand-in, on a port of its own.

Each payload goes to one of the open connections; the acknowledgement must come within three seconds
(docs.slack.dev, "Using Socket Mode"). A connection needs a ticket that apps.connections.open gave, good once.
"""

from __future__ import annotations

import itertools
import json
import secrets
import socket
import threading
import uuid
from urllib.parse import parse_qs, urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from bot.rehearsal.door import Parcel, Receipt
from bot.rehearsal.model import Json
from bot.rehearsal.workspace import APP_ID

MOST_CONNECTIONS = 10
_TYPES = {"command": "slash_commands", "interactive": "interactive", "event": "events_api"}


class SocketDoor:
    """Slack's end of Socket Mode. Starts listening when the first connection is asked for."""

    def __init__(self) -> None:
        self._lock = threading.Condition()
        self._server: Server | None = None
        self._tickets: set[str] = set()
        self._open: list[ServerConnection] = []
        self._turn = itertools.count()
        self._acks: dict[str, Json] = {}
        self._awaited: set[str] = set()
        self.enabled = True

    @property
    def connections(self) -> int:
        """How many connections are open."""
        return len(self._open)

    def open(self) -> str:
        """A fresh ws:// URL, good for one connection (apps.connections.open)."""
        with self._lock:
            if self._server is None:
                self._server = serve(self._attend, "127.0.0.1", 0, compression=None)
                listen = threading.Thread(target=self._server.serve_forever, name="socket mode", daemon=True)
                listen.start()
            ticket = secrets.token_urlsafe(12)
            self._tickets.add(ticket)
            port = self._server.socket.getsockname()[1]
            return f"ws://127.0.0.1:{port}/link/?ticket={ticket}&app_id={APP_ID}"

    def wait_for_connections(self, number: int, seconds: float = 5.0) -> bool:
        """Wait until exactly so many connections are open; false when time ran out."""
        with self._lock:
            return self._lock.wait_for(lambda: len(self._open) == number, seconds)

    def send(self, parcel: Parcel, deadline: float) -> Receipt:
        """Hand a payload to one connection and wait for its acknowledgement."""
        envelope = str(uuid.uuid4())
        body: Json = {
            "envelope_id": envelope,
            "type": _TYPES[parcel.kind],
            "payload": parcel.payload,
            "accepts_response_payload": parcel.kind != "event",
        }
        if parcel.kind == "event":
            number, reason = parcel.retry or (0, "")
            body |= {"retry_attempt": number, "retry_reason": reason}
        with self._lock:
            if not self._open:
                return Receipt(0, "", "connection_failed")
            connection = self._open[next(self._turn) % len(self._open)]
            self._awaited.add(envelope)
        try:
            connection.send(json.dumps(body))
        except ConnectionClosed:
            return Receipt(0, "", "connection_failed")
        return self._acknowledged(envelope, deadline)

    def _acknowledged(self, envelope: str, deadline: float) -> Receipt:
        with self._lock:
            came = self._lock.wait_for(lambda: envelope in self._acks, deadline)
            self._awaited.discard(envelope)
            if not came:
                return Receipt(0, "", "http_timeout")
            answer = self._acks.pop(envelope)
        payload = answer.get("payload")
        return Receipt(200, "" if payload is None else json.dumps(payload))

    def disconnect(self, reason: str) -> None:
        """Tell every connection to go: warning, refresh_requested or link_disabled. The last two also close.

        After link_disabled Socket Mode stays off: `open()` goes on, the connection is refused.
        """
        self.enabled = self.enabled and reason != "link_disabled"
        farewell = json.dumps({"type": "disconnect", "reason": reason, "debug_info": {"host": "applink"}})
        for connection in list(self._open) if reason == "warning" else self._forget():
            connection.send(farewell)
            if reason != "warning":
                connection.close()

    def drop(self) -> None:
        """Break every connection without a word."""
        for connection in self._forget():
            connection.socket.shutdown(socket.SHUT_RDWR)

    def _forget(self) -> list[ServerConnection]:
        """Take all connections off the list: they get no payload any more."""
        with self._lock:
            gone, self._open = self._open, []
            self._lock.notify_all()
            return gone

    def stop(self) -> None:
        """Close all connections and stop listening."""
        if self._server is not None:
            for connection in self._forget():
                connection.close()
            self._server.shutdown()

    def _attend(self, connection: ServerConnection) -> None:
        request = connection.request
        query = parse_qs(urlsplit(request.path).query) if request is not None else {}
        refusal = self._refusal(query.get("ticket", [""])[0])
        if refusal:
            connection.send(json.dumps({"type": "disconnect", "reason": refusal, "debug_info": {}}))
            return
        lifetime = 360 if query.get("debug_reconnects") == ["true"] else 18060
        connection.send(json.dumps(self._hello(lifetime)))
        with self._lock:
            self._open.append(connection)
            self._lock.notify_all()
        try:
            for frame in connection:
                self._heard(frame)
        except ConnectionClosed:
            return
        finally:
            with self._lock:
                if connection in self._open:
                    self._open.remove(connection)
                self._lock.notify_all()

    def _refusal(self, ticket: str) -> str:
        with self._lock:
            if not self.enabled:
                return "link_disabled"
            if ticket not in self._tickets:
                return "invalid_ticket"
            self._tickets.discard(ticket)
            return "too_many_websockets" if len(self._open) >= MOST_CONNECTIONS else ""

    def _hello(self, lifetime: int) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._open) + 1,
            "debug_info": {"host": "applink", "approximate_connection_time": lifetime},
            "connection_info": {"app_id": APP_ID},
        }

    def _heard(self, frame: str | bytes) -> None:
        try:
            answer = json.loads(frame)
        except ValueError:
            return
        with self._lock:
            if isinstance(answer, dict) and answer.get("envelope_id") in self._awaited:
                self._acks[answer["envelope_id"]] = answer
                self._lock.notify_all()
