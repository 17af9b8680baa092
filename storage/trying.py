"""A transaction to try something out in: what is done there happens nowhere, and keeps nobody else from writing.

SQLite has one writer at a time, for whom all others wait: there it is a copy of the file. In PostgreSQL it is a copy of
each table that lasts as long as the transaction, since rows that others may write too would be locked until its end.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from storage import models
from storage.database import Database, connect
from storage.memory import Memory


@contextmanager
def apart(database: Database, folder: Path) -> Iterator[tuple[Database, Session]]:
    """A database of the same content, and a session on it, which is taken back at the end.

    A copied file lies in that folder meanwhile.
    """
    if database.engine.dialect.name == "sqlite":
        with _copied(database, folder) as copy, copy.sessions() as session:
            yield copy, session
        return
    with database.sessions() as session:
        _shadow(session)
        yield replace(database, memory=Memory()), session


def _shadow(session: Session) -> None:
    """Put an empty table of the same name before each, and what it holds into it; names lead there from then on."""
    schema = session.scalar(select(func.current_schema()))
    quote = session.get_bind().dialect.identifier_preparer.quote
    for table in models.METADATA.sorted_tables:
        name, columns = (
            quote(table.name),
            ", ".join(quote(each.name) for each in table.columns if each.computed is None),
        )
        session.execute(text(f"CREATE TEMPORARY TABLE {name} (LIKE {name} INCLUDING ALL) ON COMMIT DROP"))
        filled = f"INSERT INTO {name} ({columns}) SELECT {columns} FROM {quote(str(schema))}.{name}"  # noqa: S608
        session.execute(text(filled))


@contextmanager
def _copied(database: Database, folder: Path) -> Iterator[Database]:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"trial-{secrets.token_hex(8)}.sqlite3"
    try:
        with (
            closing(sqlite3.connect(str(database.engine.url.database))) as source,
            closing(sqlite3.connect(path)) as copy,
        ):
            source.backup(copy)
        trial = connect(f"sqlite:///{path}")
        try:
            yield trial
        finally:
            trial.close()
    finally:
        for each in folder.glob(f"{path.name}*"):
            each.unlink(missing_ok=True)
