"""A database to try something out on: what is done there happens nowhere else, and keeps nobody from writing.

SQLite has one writer at a time, whom everybody else waits for: there it is a copy, taken while others write. In
PostgreSQL it is the database itself, and whoever tries takes everything back.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from storage.database import Database, connect


@contextmanager
def apart(database: Database, folder: Path) -> Iterator[Database]:
    """A database of the same content for the time of a ``with``; its file, if any, lies in that folder meanwhile."""
    name = database.engine.url.database
    if database.engine.dialect.name != "sqlite" or not name:
        yield database
        return
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"trial-{secrets.token_hex(8)}.sqlite3"
    try:
        with closing(sqlite3.connect(name)) as source, closing(sqlite3.connect(path)) as copy:
            source.backup(copy)
        trial = connect(f"sqlite:///{path}")
        try:
            yield trial
        finally:
            trial.close()
    finally:
        for each in folder.glob(f"{path.name}*"):
            each.unlink(missing_ok=True)
