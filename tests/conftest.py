"""What all tests share: a migrated database of either kind, a clock that stands still, a bot behind the stand-in."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from storage.database import Database
from tests import databases
from tests.conversation import Bot, conversation
from tests.databases import Content, Server

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]

settings.register_profile("usual", max_examples=30, deadline=None, derandomize="CI" in os.environ)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile("usual")  # `pytest --hypothesis-profile thorough` looks longer


FIRST = (
    "tests/bot/rehearsal/page/",
    "tests/bot/test_serving.py",
    "tests/bot/test_records_killed.py",
    "tests/handlers/visibility/",
    "tests/handlers/reminders/test_manners.py",
    "tests/bot/test_rehearse.py",
    "tests/handlers/test_slack_trouble.py",
    "tests/handlers/sheets/",
    "tests/handlers/test_approval.py",
    "tests/handlers/test_database_gone.py",
    "tests/bot/test_web.py",
)
"""What takes longest begins first, so that no process is left alone with it at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put first what is to begin first."""
    items.sort(key=lambda item: next((at for at, each in enumerate(FIRST) if item.nodeid.startswith(each)), len(FIRST)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling:
    """How tests are shared out among processes."""
    return ByFile(config, log)


class ByFile(LoadFileScheduling):  # type: ignore[misc]
    """xdist's way to be told so is to inherit: a file goes to one process, and all that needs the browser to one."""

    def _split_scope(self, nodeid: str) -> str:
        return FIRST[0] if nodeid.startswith(FIRST[0]) else str(super()._split_scope(nodeid))


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """What is imported and collected stays: to look through it for garbage takes a tenth of the time."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    gc.enable()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for all processes of this run."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def sqlite_template(shared: Path) -> Path:
    """A migrated, empty SQLite file, copied for each test."""
    return databases.template(shared, Content.NOTHING)


@pytest.fixture(scope="session")
def seeded_template(shared: Path) -> Path:
    """A SQLite file with the demo world in it, copied for each conversation."""
    return databases.template(shared, Content.WORLD)


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the file of each test lies, one after the other."""
    return tmp_path_factory.mktemp("place")


@pytest.fixture
def sqlite_url(sqlite_template: Path, place: Path) -> str:
    """The URL of a fresh, migrated SQLite file."""
    return databases.laid(sqlite_template, place / "empty")


@pytest.fixture(scope="session")
def postgresql_server(shared: Path) -> Iterator[Server]:
    """A real PostgreSQL."""
    with databases.postgresql(shared) as server:
        yield server


@pytest.fixture
def postgresql_url(postgresql_server: Server) -> Iterator[str]:
    """The URL of a fresh, migrated PostgreSQL database."""
    with postgresql_server.copied(Content.NOTHING) as url:
        yield url


@pytest.fixture
def postgresql_seeded_url(postgresql_server: Server) -> Iterator[str]:
    """The URL of a fresh PostgreSQL database with the demo world."""
    with postgresql_server.copied(Content.WORLD) as url:
        yield url


@pytest.fixture
def sqlite_seeded_url(seeded_template: Path, place: Path) -> str:
    """The URL of a fresh SQLite file with the demo world."""
    return databases.laid(seeded_template, place / "world")


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """The same test on both databases."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=BOTH)
def seeded_url(request: pytest.FixtureRequest) -> str:
    """The same test on both databases, with the demo world."""
    url: str = request.getfixturevalue(f"{request.param}_seeded_url")
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open, migrated, empty database of either kind."""
    with databases.opened(database_url) as database:
        yield database


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Database]:
    """An open, migrated, empty SQLite database, for tests whose subject is not the database."""
    with databases.opened(sqlite_url) as database:
        yield database


@pytest.fixture
def bot(sqlite_seeded_url: str, tmp_path: Path) -> Iterator[Bot]:
    """The bot in conversation, on SQLite, with the demo world."""
    with databases.opened(sqlite_seeded_url) as database, conversation(database, tmp_path / "exports") as running:
        yield running
