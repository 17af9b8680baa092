"""The database's shape over time, through Alembic; imported only when someone migrates.

One file a change in ``versions/``; `upgrade` brings a database to the newest, `is_current` tells whether it is there.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from storage import registers

if TYPE_CHECKING:
    from alembic.config import Config

NEWEST = "0028"
"""The revision this code needs; a test compares it with the newest file."""


def upgrade(engine: Engine) -> None:
    """Bring the database to the newest revision, in one transaction where the database can."""
    from alembic import command

    with engine.begin() as connection:
        command.upgrade(configured(connection), "head")
        registers.watch(connection)


def configured(connection: Connection) -> Config:
    """Alembic's settings for one open connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


def is_modelled(name: str | None, sort: str, _: object) -> bool:
    """Whether a table or index that lies in a database is one that models describe; the others are made by hand."""
    from storage.search.index import BY_HAND  # not with the start, which asks only for the newest revision

    return sort not in ("table", "index") or not (name or "").startswith(BY_HAND)


def revision(engine: Engine) -> str | None:
    """The revision a database is at; None before the first migration."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def is_current(engine: Engine) -> bool:
    """Whether the database has the shape this code needs."""
    return revision(engine) == NEWEST
