"""The connection: many who write at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Column, MetaData, Table, func, insert, select

from storage import received
from storage.database import Database, Money, insert_once
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
        assert insert_once(session, Received, "key", row)
        assert not insert_once(session, Received, "key", row)


def test_an_amount_comes_back_to_the_last_decimal_and_sums_up(database: Database) -> None:
    amounts = Table("amounts", MetaData(), Column("amount", Money()), Column("rate", Money(6)))
    with database.engine.begin() as connection:
        amounts.create(connection)
        connection.execute(
            insert(amounts),
            [
                {"amount": Decimal("1000000000000000.01"), "rate": Decimal("655.957")},
                {"amount": Decimal("0.02"), "rate": None},
            ],
        )
        assert connection.execute(select(func.sum(amounts.c.amount))).scalar() == Decimal("1000000000000000.03")
        assert connection.execute(select(amounts).where(amounts.c.amount < Decimal("0.1"))).all() == [
            (Decimal("0.02"), None)
        ]
        assert connection.execute(select(amounts.c.rate)).scalars().all() == [Decimal("655.957"), None]
