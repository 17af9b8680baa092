"""The registers in memory: whatever changes them raises their number, and nothing old is told after it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, insert, text, update
from sqlalchemy.orm import Session

from storage import groups, migrations, models, registers
from storage.database import Database
from storage.groups import Group
from storage.mandates import Mandate, Office

BY_NAME = {model.__tablename__: model for model in models.TABLES}
ROWS: dict[str, dict[str, Any]] = {
    "channels": {"id": "C1", "language": "fr"},
    "configuration": {"id": 1, "zone": "Africa/Bamako"},
    "groups": {"id": 1, "code": "EDU", "name_fr": "Éducation", "name_en": "Education"},
    "institutions": {"id": 1, "code": "UE", "name_fr": "Union européenne", "name_en": "European Union"},
    "mandates": {"id": 1, "office": Office.LEAD, "starts": date(2027, 1, 1)},
    "people": {"id": 1, "slack_id": "U1"},
    "reporting_periods": {"id": 1, "group_id": 1, "period": "2027-W09"},
}
"""A row of each register that is kept in memory."""


def number(database: Database) -> int:
    """The number as everybody sees it now."""
    with database.readings.begin() as session:
        return registers.number(session)


def name_of(database: Database, session: Session | None = None) -> str | None:
    """The French name of group EDU, as remembered."""

    def read(reading: Session) -> str | None:
        found = groups.by_code(reading, "EDU")
        return found.name_fr if found else None

    if session is None:
        return registers.recall_now(database, "EDU", read)
    return registers.recall(database, session, "EDU", read)


def added(database: Database) -> None:
    """The group EDU."""
    with database.sessions.begin() as session:
        session.add(Group(**ROWS["groups"]))


def test_every_register_is_watched() -> None:
    assert set(ROWS) == set(registers.WATCHED)


@pytest.mark.parametrize("table", registers.WATCHED)
def test_whatever_changes_a_register_raises_its_number(database: Database, table: str) -> None:
    if table == "reporting_periods":
        added(database)
    model = BY_NAME[table]
    statements = (
        insert(model).values(**ROWS[table]),
        update(model).values(**ROWS[table]),
        delete(model),
    )
    for statement in statements:
        before = number(database)
        with database.engine.begin() as connection:  # as somebody would who knows nothing of us
            connection.execute(statement)
        assert number(database) > before


def test_what_is_remembered_is_not_read_again_until_something_changes(database: Database) -> None:
    added(database)
    assert name_of(database) == "Éducation"
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE groups SET name_fr = 'Écoles'"))
    assert name_of(database) == "Écoles"
    unread: list[Session] = []
    assert registers.recall_now(database, "EDU", unread.append) == "Écoles"
    assert unread == []


def test_a_transaction_sees_its_own_change_and_leaves_nothing_of_it_behind_when_it_fails(database: Database) -> None:
    added(database)

    def fail() -> None:
        with database.sessions.begin() as session:
            session.execute(update(Group).values(name_fr="Écoles"))
            assert name_of(database, session) == "Écoles"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert name_of(database) == "Éducation"
    with database.sessions.begin() as session:
        session.add(Mandate(**ROWS["mandates"]))
        session.flush()
        assert name_of(database, session) == "Éducation"


def test_a_table_made_anew_is_watched_again_by_the_next_migration(database: Database) -> None:
    added(database)
    with database.engine.begin() as connection:
        registers.unwatch(connection)
    migrations.upgrade(database.engine)
    before = number(database)
    with database.sessions.begin() as session:
        session.execute(update(Group).values(name_fr="Écoles"))
    assert number(database) > before
