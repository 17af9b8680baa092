"""`ptf-bot run` and `ptf-bot worker` as processes: ready, answering, coming back, giving up in clear words."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import storage.configuration
import storage.outbox
from bot.opening import utc_now
from bot.rehearsal.standin import StandIn
from storage.database import connect
from tests.bot.processes import ROOT, anew, done, environment, running

HELD = """
import socket, sys
socket.create_connection(("127.0.0.1", {port})).recv(1)
sys.path.remove({folder!r})
del sys.modules["difflib"]
import difflib
"""
"""Stands before a module that only the topics import: it lets nobody pass until somebody hangs up."""


def in_the_way(folder: Path, source: str) -> dict[str, str]:
    """What makes the topics, and nothing before them, come upon this source."""
    folder.mkdir()
    (folder / "difflib.py").write_text(source)
    return {"PYTHONPATH": f"{folder}:{ROOT}"}


def test_run_makes_its_database_answers_comes_back_and_ends_in_good_order(standin: StandIn, tmp_path: Path) -> None:
    standin.door = standin.sockets
    url = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    environ = environment(standin, url, PTF_DIGEST_CHANNEL="C0PTF000001", PTF_TIMEZONE="Europe/Brussels")
    with running(environ, "run", begin=anew) as process:
        assert process.says("The bot is ready."), process.log
        assert standin.sockets.wait_for_connections(1)
        assert standin.person("awa").command("/ptf help with a secret").failure is None
        standin.sockets.drop()
        assert standin.sockets.wait_for_connections(1, 30)
        assert standin.person("awa").command("/ptf").failure is None
        assert process.end() == 0, process.log
    assert process.said[-1] == "Stopped."
    assert "xoxb" not in process.log
    assert "secret" not in process.log
    database = connect(url)
    with database.readings.begin() as session:
        assert storage.configuration.current(session).zone == "Europe/Brussels"
        assert [channel.id for channel in storage.configuration.channels(session)] == ["C0PTF000001"]
    database.close()


def test_who_speaks_before_the_topics_are_there_waits_for_them_and_is_answered(
    standin: StandIn, sqlite_url: str, tmp_path: Path
) -> None:
    standin.door = standin.sockets
    standin.delivery.deadline = 20  # importing takes what the machine takes
    awa = standin.person("awa")
    with socket.create_server(("127.0.0.1", 0)) as gate, ThreadPoolExecutor() as others:
        gate.settimeout(20)
        folder = tmp_path / "held"
        held = in_the_way(folder, HELD.format(port=gate.getsockname()[1], folder=str(folder)))
        with running(environment(standin, sqlite_url, **held), "run", begin=anew) as process:
            assert process.says("The bot is ready."), process.log
            importing, _ = gate.accept()
            asked = [others.submit(awa.command, "/ptf help") for _ in range(3)]
            importing.close()
            assert [each.result().failure for each in asked] == [None, None, None], process.log
            assert process.end() == 0, process.log
    assert process.log.count("are loaded") == 1


def test_a_bot_whose_topics_cannot_be_imported_ends_and_says_why(
    standin: StandIn, sqlite_url: str, tmp_path: Path
) -> None:
    broken = in_the_way(tmp_path / "broken", "raise ImportError('no such thing')")
    for command in ("run", "worker"):
        told = done(environment(standin, sqlite_url, **broken), command, begin=anew)
        assert (told.returncode, told.stderr.splitlines()[-1]) == (1, "ImportError: no such thing")


def test_run_ends_in_clear_words_when_socket_mode_is_switched_off(standin: StandIn, sqlite_url: str) -> None:
    standin.door = standin.sockets
    with running(environment(standin, sqlite_url), "run") as process:
        assert process.says("The bot is ready."), process.log
        assert standin.sockets.wait_for_connections(1)
        standin.sockets.disconnect("link_disabled")
        assert process.ended() == 1
    assert "Socket Mode is switched off" in process.log


def test_a_bad_token_and_a_missing_one_are_told_before_anything_starts(standin: StandIn, sqlite_url: str) -> None:
    bad = environment(standin, sqlite_url, SLACK_BOT_TOKEN="xoxb-wrong")
    told = done(bad, "run")
    assert (told.returncode, told.stderr.splitlines()[-1]) == (
        1,
        "Slack refuses SLACK_BOT_TOKEN (invalid_auth). Please install the app again and copy its token.",
    )
    bad = environment(standin, sqlite_url, SLACK_APP_TOKEN="xapp-wrong", PTF_LANGUAGE="fr")
    told = done(bad, "run")
    assert told.returncode == 1
    assert told.stderr.splitlines()[-1].startswith("Slack refuse SLACK_APP_TOKEN (invalid_auth)")
    told = done(environment(standin, sqlite_url, SLACK_APP_TOKEN="", PORT="x"), "run")
    assert told.returncode == 2
    assert len(told.stderr.splitlines()) == 3


def test_a_worker_sends_what_waits(standin: StandIn, database_url: str) -> None:
    general = standin.workspace.channel("general").id
    database = connect(database_url)
    with database.sessions.begin() as session:
        storage.outbox.put(session, "x", general, {"text": "From the worker"}, utc_now())
    database.close()
    with running(environment(standin, database_url), "worker") as process:
        assert process.says("The worker is ready."), process.log
        assert process.says("sent"), process.log
        assert process.end() == 0, process.log
    assert [message.text for message in standin.workspace.messages("general")] == ["From the worker"]


@pytest.mark.postgresql
def test_a_database_that_is_not_migrated_is_told_and_then_migrated(standin: StandIn, postgresql_url: str) -> None:
    environ = environment(standin, postgresql_url)
    database = connect(postgresql_url)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    for command in ("run", "worker"):
        told = done(environ, command)
        assert told.returncode == 1
        assert told.stderr.splitlines()[-1].endswith("Please run: ptf-bot migrate")
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    database.close()
    assert done(environ, "migrate").returncode == 0
    assert done(environ, "migrate").returncode == 0
    with running(environ, "run") as process:
        assert process.says("The bot is ready."), process.log


def test_a_database_that_is_away_is_told(standin: StandIn) -> None:
    told = done(environment(standin, "postgresql://ptf:hidden@127.0.0.1:1/ptf"), "worker")
    assert told.returncode == 1
    assert told.stderr.splitlines()[-1].startswith("The database does not answer: OperationalError.")
    assert "hidden" not in told.stderr
