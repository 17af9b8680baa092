"""The HTTP side of the stand-in, on 127.0.0.1: the Web API, uploads, response URLs, files, and the page."""

from __future__ import annotations

import json
import socket
import socketserver
import struct
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import Message as Headers
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Request:
    """A request: method, path, query, headers, raw body."""

    method: str
    path: str
    query: dict[str, str]
    headers: Headers
    body: bytes


@dataclass(frozen=True)
class Response:
    """An answer. `broken`: the connection is reset instead."""

    status: int = 200
    body: bytes = b""
    kind: str = "application/json; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    broken: bool = False


Answer = Callable[[Request], Response]


def as_json(value: Any, status: int = 200, **headers: str) -> Response:
    """A JSON answer."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Response(status, json.dumps(value).encode(), headers=named)


class Server(socketserver.ThreadingTCPServer):
    """A threaded HTTP server on a free port of 127.0.0.1, which starts and stops at once."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, answer: Answer, port: int = 0) -> None:
        self.answer = answer
        self._closing = False
        super().__init__(("127.0.0.1", port), _Handler)
        self._thread = threading.Thread(target=self._serve, name="stand-in for Slack", daemon=True)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.server_address[1])

    def start(self) -> None:
        """Answer requests from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Stop listening; a last connection to itself wakes the thread that waits."""
        self._closing = True
        with socket.create_connection(("127.0.0.1", self.port)):
            self._thread.join()
        self.server_close()

    def _serve(self) -> None:
        while not self._closing:
            self.handle_request()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no fault of the server; anything else is shown."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: Server
    wbufsize = -1

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        response = self.server.answer(Request(self.command, parts.path, query, self.headers, body))
        if response.broken:
            self._break()
            return
        self.send_response(response.status)
        self.send_header("Content-Type", response.kind)
        self.send_header("Content-Length", str(len(response.body)))
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(response.body)

    def _break(self) -> None:
        """Reset the connection: closing with a linger of zero seconds sends RST."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing on the terminal."""
