"""Before the bot runs: its database is opened and looked at, and what handlers lean on is made of the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy.exc import DBAPIError

from bot.settings import Settings
from handlers.context import Context
from handlers.language import Message, message
from storage import migrations
from storage.database import Database, connect

NO_DATABASE = message("The database does not answer: {kind}. Is DATABASE_URL right, and does the server run?")
NOT_MIGRATED = message("The database does not have the shape this version needs. Please run: ptf-bot migrate")


class StartFault(Exception):  # noqa: N818 - the word of the house
    """The bot cannot start, with the sentence that says why and what to do."""

    def __init__(self, sentence: Message, **values: object) -> None:
        super().__init__(sentence.text)
        self.sentence = sentence
        self.values = values


def utc_now() -> datetime:
    """The real time, an aware UTC instant."""
    return datetime.now(UTC)


def context(settings: Settings, database: Database, team_id: str, now: Callable[[], datetime] = utc_now) -> Context:
    """What handlers lean on, from the settings."""
    return Context(
        database=database,
        now=now,
        zone=settings.zone,
        language=settings.language,
        team_id=team_id,
        coordinators=settings.coordinators,
        files=settings.files,
        address=settings.address,
    )


def open_database(settings: Settings, *, may_migrate: bool = False) -> Database:
    """The database, which has the shape this code needs. Raises StartFault when it has not, or does not answer.

    ``may_migrate``: one that is a file is brought to that shape; it is this process' own.
    """
    database = connect(settings.database_url)
    try:
        with database_trouble():
            current = migrations.is_current(database.engine)
            if not current and may_migrate and settings.is_sqlite:
                from handlers import searchable  # with the old file, not with every start

                migrations.upgrade(database.engine)
                searchable.fill(database)
                current = True
        if not current:
            raise StartFault(NOT_MIGRATED)
    except StartFault:
        database.close()
        raise
    return database


@contextmanager
def database_trouble() -> Iterator[None]:
    """Turns what the database's driver raises into a StartFault."""
    try:
        yield
    except DBAPIError as error:
        raise StartFault(NO_DATABASE, kind=type(error.orig).__name__) from None
