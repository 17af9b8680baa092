"""The web entry for any WSGI server: ``gunicorn "bot.web:from_environment()"``, or the command ``ptf-bot web``.

``POST /slack/events`` goes to Bolt, which checks the signature of the raw body; ``GET /healthz`` says that the process
lives, ``GET /readyz`` that it can work; ``GET /calendar/<secret>.ics`` is a calendar (see handlers.feeds). Bolt's own
adapter serves, behind what it does not look at: the size of a body, its encoding, and signature headers that would make
the check fall over instead of failing (SLACK.md 1.7).
"""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from slack_bolt.adapter.wsgi import SlackRequestHandler
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot import logs, running, settings, warming
from bot.opening import StartFault
from bot.running import Runtime
from bot.settings import Settings
from handlers.context import Context
from storage import migrations
from storage.database import Database

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

logger = logging.getLogger(__name__)

EVENTS, ALIVE, READY, CALENDARS = "/slack/events", "/healthz", "/readyz", "/calendar/"
_ALLOWED = {EVENTS: "POST", ALIVE: "GET", READY: "GET"}
"""Path -> its method."""
LARGEST = 1_000_000
"""Bytes of a body; Slack's own are far below."""
CANNOT_BOOT = 3
"""The exit code with which a process tells gunicorn that starting it again would not help."""
THREADS = 8
"""Requests one process works on at the same time."""


def from_environment() -> WSGIApplication:
    """The application of this process' environment, for a WSGI server; ends the process when it cannot start."""
    logs.set_up()
    try:
        told = settings.from_process("web")
    except settings.SettingsFault as fault:
        sys.exit(str(fault))
    return _application(told)


def application(runtime: Runtime) -> WSGIApplication:
    """The WSGI application around a bot, with its topics: a process that cannot load them never gets ready."""
    runtime.load()
    warming.begin()
    bolt = SlackRequestHandler(runtime.app, EVENTS)
    database = runtime.ctx.database

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path, method = str(environ.get("PATH_INFO", "")), str(environ.get("REQUEST_METHOD", ""))
        allowed = "GET" if path.startswith(CALENDARS) else _ALLOWED.get(path)
        if allowed is None:
            return _say(start_response, "404 Not Found")
        if method != allowed:
            return _say(start_response, "405 Method Not Allowed", ("Allow", allowed))
        if path == EVENTS:
            refusal = _refusal(environ)
            return _say(start_response, refusal) if refusal else bolt(environ, start_response)
        if path.startswith(CALENDARS):
            return _calendar(runtime.ctx, environ, start_response)
        return _say(start_response, "200 OK" if path == ALIVE or is_ready(database) else "503 Service Unavailable")

    return answer


def is_ready(database: Database) -> bool:
    """Whether the database answers and has the shape this code needs."""
    try:
        return migrations.is_current(database.engine)
    except (DBAPIError, PoolTimeout) as error:
        logger.warning("not ready: %s", type(error).__name__)
        return False


def serve(told: Settings) -> int:
    """Answer until it is told to stop; gunicorn's processes build the bot each for itself. Returns the exit code."""
    return listen(told.port, lambda: _application(told))


def listen(port: int, build: Callable[[], Callable[..., Any]]) -> int:
    """Run gunicorn over the application that ``build`` makes in each of its processes (WEB_CONCURRENCY, one)."""
    from gunicorn.app.base import BaseApplication

    class Gunicorn(BaseApplication):  # type: ignore[misc]
        """gunicorn's way to be started from a program is to inherit from its application."""

        def load_config(self) -> None:
            """The settings of the server."""
            for name, value in _server(port).items():
                self.cfg.set(name, value)

        def load(self) -> Callable[..., Any]:
            """The application of one process."""
            return build()

    here = os.getpid()
    try:
        Gunicorn().run()
    except SystemExit as end:
        if os.getpid() != here:  # one of gunicorn's processes, whose exit code gunicorn wants to read
            raise
        return 1 if end.code else 0
    return 0


def _server(port: int) -> dict[str, Any]:
    return {
        "bind": f"0.0.0.0:{port}",
        "worker_class": "gthread",
        "threads": THREADS,
        "timeout": 30,
        "graceful_timeout": 10,
        "keepalive": 75,
        "control_socket_disable": True,
        "logconfig_dict": logs.GUNICORN,
    }


def _application(told: Settings) -> WSGIApplication:
    try:
        return application(running.assemble(told))
    except StartFault as fault:
        logger.error("%s", told.speaker.say(fault.sentence, **fault.values))
        sys.exit(CANNOT_BOOT)


def _refusal(environ: WSGIEnvironment) -> str:
    """Why a request does not reach Bolt; empty when it does. Its body is then read, and whole."""
    stamp = str(environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "0"))
    signature = str(environ.get("HTTP_X_SLACK_SIGNATURE", ""))
    if not (stamp.isascii() and stamp.isdigit() and signature.isascii()):
        return "401 Unauthorized"
    length = str(environ.get("CONTENT_LENGTH") or "")
    if length and not (length.isascii() and length.isdigit()):
        return "400 Bad Request"
    if length and int(length) > LARGEST:
        return "413 Content Too Large"
    stream = environ["wsgi.input"]
    body = stream.read(int(length)) if length else stream.read(LARGEST + 1) if _is_chunked(environ) else b""
    if len(body) > LARGEST:
        return "413 Content Too Large"
    try:
        body.decode()
    except UnicodeDecodeError:
        return "400 Bad Request"
    environ["wsgi.input"], environ["CONTENT_LENGTH"] = io.BytesIO(body), str(len(body))
    return ""


def _is_chunked(environ: WSGIEnvironment) -> bool:
    return "chunked" in str(environ.get("HTTP_TRANSFER_ENCODING", "")).lower()


def _calendar(ctx: Context, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """A calendar, or that it did not change; whatever is none is not found."""
    from handlers import feeds  # a topic: loaded by now, not with the start
    from handlers.reports import ics

    try:
        served = feeds.serve(ctx, str(environ["PATH_INFO"]))
    except (DBAPIError, PoolTimeout) as error:
        logger.warning("no calendar: %s", type(error).__name__)
        return _say(start_response, "503 Service Unavailable")
    if served is None:
        return _say(start_response, "404 Not Found")
    tag = f'"{served.tag}"'
    headers = [("ETag", tag), ("Cache-Control", "private, max-age=900"), ("X-Content-Type-Options", "nosniff")]
    if environ.get("HTTP_IF_NONE_MATCH") == tag:
        start_response("304 Not Modified", headers)
        return []
    told = [("Content-Type", ics.TYPE), ("Content-Length", str(len(served.content)))]
    start_response("200 OK", [*told, *headers])
    return [served.content]


def _say(start_response: StartResponse, status: str, *headers: tuple[str, str]) -> Iterable[bytes]:
    body = f"{status}\n".encode()
    start_response(
        status, [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body))), *headers]
    )
    return [body]
