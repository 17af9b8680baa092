"""The migrations: they make the shape that the models describe, on both databases."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from storage import migrations, models
from storage.database import Database


def test_a_migrated_database_has_the_shape_of_the_models(database: Database) -> None:
    """What ``alembic check`` would find: nothing."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, models.METADATA) == []


def test_every_table_is_in_the_list_of_models() -> None:
    """A model that nobody listed would be forgotten by backups and tests."""
    assert {model.__tablename__ for model in models.TABLES} == set(models.METADATA.tables)


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
