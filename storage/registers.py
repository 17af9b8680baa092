"""The registers in memory: groups, people, institutions, mandates, settings and channels change rarely and are asked
for with whatever is said.

A number rises with every change of them, in the same transaction and whoever makes it, since triggers of the database
do it. Who reads the number first, and finds what they need kept under it, need not read it again; any number of
processes do so at once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import suppress
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, PoolProxiedConnection, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.database import Base, Database, once
from storage.memory import MISSING

T = TypeVar("T")

WATCHED = ("channels", "configuration", "groups", "institutions", "mandates", "people", "reporting_periods")
"""The tables whose changes raise the number."""


EVENTS = ("insert", "update", "delete")


class Revision(Base):
    """The one row with the number of the registers."""

    __tablename__ = "revision"

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    number: Mapped[int] = mapped_column(default=0)


_NUMBER = "SELECT number FROM revision"


def number(session: Session) -> int:
    """The number as this transaction sees it, read once a session."""
    found: int = once(session, Revision, lambda: _number(session.connection()))
    return found


def _number(connection: Connection) -> int:
    found = _ask(connection.connection, connection.dialect.loaded_dbapi.Error, begin=b"BEGIN; ")
    return int(connection.exec_driver_sql(_NUMBER).scalar_one()) if found is None else found


def rise(session: Session) -> None:
    """Raise the number by hand, for what is remembered with the registers and stands in no watched table."""
    session.execute(update(Revision).values(number=Revision.number + 1))


def recall(database: Database, session: Session, key: Hashable, read: Callable[[Session], T]) -> T:
    """What ``read`` gives, from memory where the registers are as they were then; it may only be read, never changed.

    What is kept is read in a transaction of its own, so that nothing is remembered that is rolled back later.
    """
    current = number(session)
    kept = database.memory.get(current, key)
    if kept is not MISSING:
        return cast("T", kept)
    committed, thing = _remember(database, key, read)
    return thing if committed == current else read(session)  # it changed them itself, or another did meanwhile


def recall_now(database: Database, key: Hashable, read: Callable[[Session], T]) -> T:
    """The same for who has no transaction open, and would open one for nothing else."""
    kept = database.memory.get(_peek(database), key)
    return _remember(database, key, read)[1] if kept is MISSING else cast("T", kept)


def _remember(database: Database, key: Hashable, read: Callable[[Session], T]) -> tuple[int, T]:
    with database.readings.begin() as reading:
        current, thing = number(reading), read(reading)
    database.memory.keep(current, key, thing)
    return current, thing


def _peek(database: Database) -> int:
    """The number, past SQLAlchemy's transactions: this is asked before whatever is said."""
    trouble = database.engine.dialect.loaded_dbapi.Error
    found = None
    with suppress(trouble):
        connection = database.engine.raw_connection()
        try:
            found = _ask(connection, trouble)
        finally:
            connection.close()
    if found is not None:
        return found
    database.engine.dispose()  # the other connections that wait are as dead
    with database.readings.begin() as reading:  # on a new connection; it says what is wrong in SQLAlchemy's words
        return number(reading)


def _ask(connection: PoolProxiedConnection, trouble: type[Exception], begin: bytes = b"") -> int | None:
    """The number, in one way to the server and back; None when it does not answer, which others say in clear words.

    ``begin``: psycopg begins a transaction with a question of its own, unless it was begun with this one.
    """
    own: Any = connection.dbapi_connection
    try:
        if not hasattr(own, "pgconn"):  # SQLite, which begins when the session does
            return int(own.execute(_NUMBER).fetchone()[0])
        told = own.pgconn.exec_(_NUMBER.encode() if own.pgconn.transaction_status else begin + _NUMBER.encode())
        return int(told.get_value(0, 0)) if told.ntuples else None
    except trouble:
        return None


def watch(connection: Connection) -> None:
    """Put the triggers where they are missing: a migration that makes a table anew loses them."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(_FUNCTION))
        for table in WATCHED:
            connection.execute(text(f"DROP TRIGGER IF EXISTS registers_changed ON {table}"))
            connection.execute(text(_ON_POSTGRESQL.format(table=table)))
        return
    for table in WATCHED:
        for event in EVENTS:
            connection.execute(text(_ON_SQLITE.format(table=table, event=event)))


def unwatch(connection: Connection) -> None:
    """Take the triggers away."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("DROP FUNCTION IF EXISTS registers_changed CASCADE"))
        return
    for table in WATCHED:
        for event in EVENTS:
            connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_{event}"))


_ON_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_{event} AFTER {event} ON {table}
BEGIN UPDATE revision SET number = number + 1; END
"""
_ON_POSTGRESQL = """
CREATE TRIGGER registers_changed AFTER INSERT OR UPDATE OR DELETE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION registers_changed()
"""
_FUNCTION = """
CREATE OR REPLACE FUNCTION registers_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE revision SET number = number + 1;
    RETURN NULL;
END $$
"""
