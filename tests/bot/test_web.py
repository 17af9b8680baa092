"""The web entry: Slack's requests, health, refusals; in this process and as gunicorn's processes."""

from __future__ import annotations

import http.client
import io
import json
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from wsgiref.types import WSGIApplication

import pytest

import storage.feeds
from bot import running, web
from bot.rehearsal.door import HttpDoor, signed
from bot.rehearsal.standin import StandIn
from bot.settings import load
from storage.database import connect
from storage.feeds import Feed
from storage.groups import Group, Kind
from storage.people import Person
from tests.bot import processes

FORM = "application/x-www-form-urlencoded"
"""How commands and clicks travel."""


@pytest.fixture
def application(standin: StandIn, database_url: str) -> Iterator[WSGIApplication]:
    """The application over a bot that is ready."""
    environ = {"SLACK_BOT_TOKEN": standin.bot_token, "SLACK_SIGNING_SECRET": standin.signing_secret}
    told = load(environ | {"SLACK_API_URL": standin.api_url, "DATABASE_URL": database_url}, "web")
    runtime = running.assemble(told)
    yield web.application(runtime)
    runtime.stop()


def ask(application: WSGIApplication, method: str, path: str, body: bytes = b"", **environ: Any) -> tuple[str, str]:
    """(status, body) of the answer."""
    told: list[str] = []

    def start(status: str, headers: list[tuple[str, str]], _: Any = None) -> Any:
        told.append(status)

    asked = {"REQUEST_METHOD": method, "PATH_INFO": path, "SERVER_PROTOCOL": "HTTP/1.1", "CONTENT_TYPE": FORM}
    length = {"CONTENT_LENGTH": str(len(body))} if body else {}
    answer = application(asked | length | {"wsgi.input": io.BytesIO(body)} | environ, start)
    return told[0], b"".join(answer).decode()


def headers(secret: str, body: str, at: float | None = None) -> dict[str, str]:
    """The signature as WSGI names it."""
    return {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in signed(secret, body, at=at).items()}


def test_health_is_told_and_everything_else_is_not_found(application: WSGIApplication) -> None:
    assert ask(application, "GET", "/healthz") == ("200 OK", "200 OK\n")
    assert ask(application, "GET", "/readyz")[0] == "200 OK"
    assert ask(application, "GET", "/")[0] == "404 Not Found"
    assert ask(application, "GET", "/slack/events")[0] == "405 Method Not Allowed"
    assert ask(application, "POST", "/healthz", b"x")[0] == "405 Method Not Allowed"


def test_it_is_not_ready_when_the_database_has_another_shape_or_is_gone(standin: StandIn, sqlite_url: str) -> None:
    told = load({"SLACK_BOT_TOKEN": standin.bot_token, "SLACK_API_URL": standin.api_url, "DATABASE_URL": sqlite_url})
    runtime = running.assemble(told)
    served = web.application(runtime)
    with runtime.ctx.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    assert ask(served, "GET", "/readyz")[0] == "503 Service Unavailable"
    assert ask(served, "GET", "/healthz")[0] == "200 OK"
    runtime.stop()


@pytest.mark.parametrize(
    ("body", "environ", "status"),
    [
        (b"x", {"CONTENT_LENGTH": "1000001"}, "413 Content Too Large"),
        (b"x", {"CONTENT_LENGTH": "-1"}, "400 Bad Request"),
        (b"x" * 1_000_001, {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}, "413 Content Too Large"),
        (b"\xff", {}, "400 Bad Request"),
        (b"x", {"HTTP_X_SLACK_REQUEST_TIMESTAMP": "soon"}, "401 Unauthorized"),
        (b"x", {"HTTP_X_SLACK_REQUEST_TIMESTAMP": "1", "HTTP_X_SLACK_SIGNATURE": "v0=é"}, "401 Unauthorized"),
        (b"x", {}, "401 Unauthorized"),
        (b"", {}, "401 Unauthorized"),
    ],
)
def test_what_slack_never_sends_is_refused(
    application: WSGIApplication, body: bytes, environ: dict[str, str], status: str
) -> None:
    assert ask(application, "POST", "/slack/events", body, **environ)[0] == status


def test_a_signature_is_checked_over_the_raw_body_and_its_age(application: WSGIApplication, standin: StandIn) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "é&  x"}, ensure_ascii=False)

    def status(secret: str, at: float | None = None) -> str:
        signs = headers(secret, body, at)
        return ask(application, "POST", "/slack/events", body.encode(), CONTENT_TYPE="application/json", **signs)[0]

    assert status(standin.signing_secret) == "200 OK"
    assert status("wrong") == "401 Unauthorized"
    assert status(standin.signing_secret, time.time() - 301) == "401 Unauthorized"


def test_another_workspace_is_served_nothing(application: WSGIApplication, standin: StandIn) -> None:
    body = "command=%2Fptf&text=help&team_id=T0OTHER0001&user_id=U0AWA000001&trigger_id=1.2.x"
    status, answer = ask(application, "POST", "/slack/events", body.encode(), **headers(standin.signing_secret, body))
    assert status == "200 OK"
    assert "autre espace" in json.loads(answer)["text"]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_gunicorn_serves_it_from_two_processes(standin: StandIn, sqlite_url: str) -> None:
    port = free_port()
    environ = processes.environment(standin, sqlite_url, PORT=str(port), WEB_CONCURRENCY="2")
    with processes.running(environ, "web", begin=processes.anew) as process:
        assert process.says("Booting worker"), process.log
        assert _answers(port), process.log
        standin.door = HttpDoor(f"http://127.0.0.1:{port}/slack/events")
        assert standin.person("awa").command("/ptf help").failure is None
        body = "command=%2Fptf&text=secret-words"
        kind = {"Content-Type": FORM}
        assert standin.deliver_raw(body, kind | signed("wrong", body)).status == 401
        old = signed(standin.signing_secret, body, at=time.time() - 400)
        assert standin.deliver_raw(body, kind | old).status == 401
        assert process.end() == 0, process.log
    assert "secret-words" not in process.log
    assert "xoxb" not in process.log


def test_a_web_process_that_cannot_start_says_why(standin: StandIn, sqlite_url: str) -> None:
    environ = processes.environment(standin, sqlite_url, PORT=str(free_port()), SLACK_BOT_TOKEN="xoxb-wrong")
    told = processes.done(environ, "web")
    assert told.returncode == 1
    assert "Slack refuses SLACK_BOT_TOKEN (invalid_auth)" in told.stderr


def _answers(port: int) -> bool:
    """Ask until it is ready; the connection itself waits while gunicorn starts."""
    for _ in range(20):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return True
        except OSError:
            continue
        finally:
            connection.close()
    return False


def test_a_calendar_is_served_by_its_secret_and_not_again_where_it_did_not_change(
    application: WSGIApplication, database_url: str
) -> None:
    database = connect(database_url)
    with database.sessions.begin() as session:
        group = Group(code="GEC", name_fr="Groupe exécutif", name_en="", kind=Kind.BODY)
        person = Person(name="Pool", slack_id="UPOOLCOO01")
        session.add_all([group, person])
        session.flush()
        feed = Feed(group_id=group.id, language="fr", made_at=datetime.now(UTC), made_by_id=person.id)
        path = f"/calendar/{storage.feeds.make(session, feed)}.ics"
    database.close()
    told: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], _: Any = None) -> Any:
        told.append((status, dict(headers)))

    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "wsgi.input": io.BytesIO()}
    assert b"".join(application(asked, start)).startswith(b"BEGIN:VCALENDAR")
    status, headers = told[-1]
    assert (status, headers["Cache-Control"]) == ("200 OK", "private, max-age=900")
    assert b"".join(application(asked | {"HTTP_IF_NONE_MATCH": headers["ETag"]}, start)) == b""
    assert told[-1][0] == "304 Not Modified"
    assert ask(application, "GET", path[:-5] + "x.ics")[0] == "404 Not Found"
    assert ask(application, "POST", path, b"x")[0] == "405 Method Not Allowed"
