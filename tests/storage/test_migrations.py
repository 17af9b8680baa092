"""The migrations: they make the shape that the models describe, on both databases."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from storage import migrations, models
from storage.database import Database


def test_a_migrated_database_has_the_shape_of_the_models(database: Database) -> None:
    """What ``alembic check`` would find: nothing."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_name": migrations.is_modelled}
        )
        assert compare_metadata(context, models.METADATA) == []


def test_every_table_is_in_the_list_of_models() -> None:
    """A model that nobody listed would be forgotten by backups and tests."""
    listed = {model.__tablename__ for model in models.TABLES}
    assert listed == set(models.METADATA.tables) - {f"{name}_institutions" for name in listed}


def test_the_newest_revision_is_the_one_the_code_needs(database: Database) -> None:
    """`is_current` compares with a constant; the files decide."""
    files = sorted(Path(migrations.__file__).parent.glob("versions/*.py"))
    assert files[-1].name.startswith(migrations.NEWEST)
    assert migrations.is_current(database.engine)


def test_migrating_twice_changes_nothing(database: Database) -> None:
    """A release may run the migration again."""
    migrations.upgrade(database.engine)
    assert migrations.revision(database.engine) == migrations.NEWEST


def test_the_first_migration_can_be_taken_back(database: Database) -> None:
    """Nothing but Alembic's own table remains."""
    with database.engine.begin() as connection:
        command.downgrade(migrations.configured(connection), "base")
    assert migrations.revision(database.engine) is None


_GROUP = {"name_fr": "", "name_en": "", "kind": "thematic", "rhythm": "weekly", "transversal": False, "periodicity": ""}
_CHANGE = {"origin": "form", "kind": "groups", "record_id": 1, "action": "edited"}
_ASLEEP, _AWAKE = '{"state": "dormant"}', '{"state": "active"}'
OLD_ROWS: list[tuple[str, dict[str, object]]] = [
    (
        "configuration",
        {"id": 1, "zone": "Africa/Bamako", "digest_weekday": "fri", "digest_hour": "16:00", "reminders": True}
        | {"reminder_days": 2, "reminder_hour": "09:00"},
    ),
    ("groups", _GROUP | {"id": 1, "code": "A", "note": "", "state": "active", "created_on": "2020-05-01"}),
    ("groups", _GROUP | {"id": 2, "code": "B", "note": "", "state": "dormant", "created_on": None}),
    ("history", _CHANGE | {"at": "2026-05-01 10:00:00", "before": _AWAKE, "after": _ASLEEP}),
    ("history", _CHANGE | {"at": "2026-09-01 10:00:00", "before": _ASLEEP, "after": _AWAKE}),
]
"""Groups, one of which slept for a summer, as they stood before their lives were written down."""


def test_groups_that_stand_get_their_life_from_their_history(database: Database) -> None:
    """A group that was dormant for a time is not held to account for it later."""
    with database.engine.begin() as connection:
        command.downgrade(migrations.configured(connection), "0006")
        for table, values in OLD_ROWS:
            names, places = ", ".join(values), ", ".join(f":{name}" for name in values)
            connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), values)  # noqa: S608
        command.upgrade(migrations.configured(connection), "head")
        rows = connection.execute(text("SELECT group_id, from_day, state FROM group_states ORDER BY id")).all()
    assert [(row.group_id, str(row.from_day), row.state) for row in rows] == [
        (1, "2020-05-01", "active"),
        (1, "2026-05-01", "dormant"),
        (1, "2026-09-01", "active"),
        (2, "None", "dormant"),
    ]
