"""The connection: one engine for a URL, sessions that write and sessions that only read, and the type of an instant.

SQLite runs in WAL with foreign keys on and full synchronisation: what is committed survives a power cut. A writing
transaction takes the write lock at its first statement (BEGIN IMMEDIATE), so that two of them queue instead of failing
half-way: in this process in a queue of ours, since SQLite lets those who wait try again ever more rarely, and some of
many never. A lock that lasts longer than `LOCK_SECONDS` is an error, since Slack waits three seconds for an answer.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache, partial
from typing import Any, TypeVar

from sqlalchemy import BigInteger, DateTime, Dialect, Engine, MetaData, Numeric, create_engine, event, make_url
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import DisconnectionError, TimeoutError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator, TypeEngine

from storage.memory import Memory

T = TypeVar("T")

LOCK_SECONDS = 2
"""How long a transaction waits for another's write lock."""


class Base(DeclarativeBase):
    """The base of all models; constraints get names by rule, so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Instant(TypeDecorator[datetime]):
    """A UTC instant: takes aware datetimes only, gives aware datetimes back, on every database."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[datetime]:
        """A column with time zone where the database has one."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC. Raises ValueError for a datetime without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        utc = value.astimezone(UTC)
        return utc if dialect.name == "postgresql" else utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Back as an aware UTC datetime."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Money(TypeDecorator[Decimal]):
    """A figure with so many decimals, exact on every database; SQLite, which knows none, counts its smallest parts."""

    impl = Numeric
    cache_ok = True

    def __init__(self, decimals: int = 2) -> None:
        super().__init__(20, decimals)
        self.decimals = decimals

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Whole numbers where the database has no decimals."""
        return dialect.type_descriptor(BigInteger() if dialect.name == "sqlite" else Numeric(20, self.decimals))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | int | None:
        """What is written; finer parts are rounded, halves to the even one."""
        if value is None:
            return None
        return round(value.scaleb(self.decimals)) if dialect.name == "sqlite" else round(value, self.decimals)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Back as a Decimal with all its decimals."""
        if value is None:
            return None
        return Decimal(value).scaleb(-self.decimals) if dialect.name == "sqlite" else Decimal(value)


@dataclass(frozen=True, slots=True)
class Database:
    """One database: ``sessions`` write, ``readings`` only read; both begin a transaction with ``.begin()``.

    ``memory`` is what this process remembers of its registers.
    """

    engine: Engine
    sessions: sessionmaker[Session]
    readings: sessionmaker[Session]
    memory: Memory = field(default_factory=Memory)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def connect(url: str) -> Database:
    """Open a database by its URL; nothing is sent before the first session. Raises ArgumentError for a bad URL."""
    address = normalised(url)
    if address.get_backend_name() == "sqlite":
        queue = threading.Lock()
        engine = create_engine(
            address,
            connect_args={"timeout": LOCK_SECONDS, "factory": partial(_Queueing, queue=queue)},
            pool_size=10,
            max_overflow=30,
            pool_use_lifo=True,  # the one used last still has its pages and its prepared statements
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "checkout", _still_there)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(
            address,
            pool_size=10,
            max_overflow=30,
            pool_use_lifo=True,  # the one used last still has its pages and its prepared statements
            pool_pre_ping=False,
            connect_args={"connect_timeout": LOCK_SECONDS, "options": f"-c lock_timeout={LOCK_SECONDS}s"},
        )
    reading = engine.execution_options(reading=True)
    writing = sessionmaker(engine, expire_on_commit=False)
    event.listen(writing, "after_flush", _read_again)
    return Database(
        engine,
        writing,
        sessionmaker(reading, expire_on_commit=False, autoflush=False),
    )


def normalised(url: str) -> URL:
    """The URL SQLAlchemy understands: ``postgres://`` (as platforms hand it out) means PostgreSQL through psycopg 3."""
    address = make_url(url)
    if address.drivername in ("postgres", "postgresql"):
        return address.set(drivername="postgresql+psycopg")
    return address


def insert_once(session: Session, model: type[Base], unique: str, values: Mapping[str, Any]) -> bool:
    """Insert a row unless one stands with the same ``unique`` columns (a name, or names with commas between them).

    Whether it did.
    """
    statement = _insert_once(session.get_bind().dialect.name, model, unique)
    return session.connection().execute(statement, values).rowcount > 0


def once(session: Session, key: Hashable, read: Callable[[], T]) -> T:
    """What ``read`` gives, read once a session, or until something is flushed: for what is asked again and again."""
    if key not in session.info:
        session.info[key] = read()
    found: T = session.info[key]
    return found


def insertion(dialect: str) -> Callable[..., Any]:
    """That database's own ``insert``, which knows what to do on a conflict; importing the other one takes its time."""
    if dialect == "postgresql":
        from sqlalchemy.dialects.postgresql import insert

        return insert
    from sqlalchemy.dialects.sqlite import insert as insert_sqlite

    return insert_sqlite


def _read_again(session: Session, _: object) -> None:
    """What was read `once` may have been changed."""
    session.info.clear()


@cache
def _insert_once(dialect: str, model: type[Base], unique: str) -> Any:
    """Made once: to make a statement takes longer than to run it. Nothing comes back but how many rows it wrote."""
    row = insertion(dialect)(model.__table__).on_conflict_do_nothing(index_elements=unique.split(","))
    return row.inline().execution_options(preserve_rowcount=True)


class _Queueing(sqlite3.Connection):
    """A connection whose writing transactions wait for those of this process' other connections."""

    def __init__(self, *arguments: Any, queue: threading.Lock, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.file = str(arguments[0])
        self._queue, self._has_turn = queue, False

    def queue(self) -> None:
        """Wait for its turn; the end of the transaction, whichever, ends it. Raises sqlalchemy's TimeoutError."""
        self._has_turn = self._queue.acquire(timeout=LOCK_SECONDS)
        if not self._has_turn:
            raise TimeoutError("another transaction of this process writes too long")

    def commit(self) -> None:
        """Commit, and let the next one begin."""
        try:
            super().commit()
        finally:
            self._leave()

    def rollback(self) -> None:
        """Roll back, and let the next one begin."""
        try:
            super().rollback()
        finally:
            self._leave()

    def close(self) -> None:
        """Close; what was begun is rolled back."""
        super().close()
        self._leave()

    def _leave(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self._queue.release()


def _still_there(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
    """Open the file again when another lies in its place: SQLite would write into the one that is gone, unnoticed."""
    seen = _identity(connection)
    if record.info.setdefault("file", seen) != seen:
        raise DisconnectionError


def _identity(connection: Any) -> tuple[int, int] | None:
    """Which file lies there; None for none."""
    try:
        found = os.stat(connection.file)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get("reading", False):
        connection.exec_driver_sql("BEGIN")
        return
    own: Any = connection.connection.dbapi_connection
    own.queue()
    connection.exec_driver_sql("BEGIN IMMEDIATE")
