"""The connection: many who write at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from storage import received
from storage.database import Database, insert_once
from storage.received import Received

NOW = datetime(2027, 3, 3, 9, tzinfo=UTC)
WRITERS, EACH = 12, 25


def test_many_writers_of_one_process_take_turns_and_none_fails(database: Database) -> None:
    def write(writer: int) -> None:
        for number in range(EACH):
            with database.sessions.begin() as session:
                assert received.first(session, f"{writer}:{number}", NOW)

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    with database.readings.begin() as session:
        assert session.scalar(select(func.count(Received.key))) == WRITERS * EACH


def test_a_transaction_that_fails_lets_the_next_one_begin(database: Database) -> None:
    def fail() -> None:
        with database.sessions.begin() as session:
            received.first(session, "a", NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.sessions.begin() as session:
        assert received.first(session, "a", NOW)


def test_a_row_is_inserted_once(database: Database) -> None:
    row = {"key": "a", "at": NOW, "result": ""}
    with database.sessions.begin() as session:
        assert insert_once(session, Received, "key", row) == "a"
        assert insert_once(session, Received, "key", row) is None
