"""Run by Alembic itself for each command, on the connection it was handed."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from storage import migrations, models
from storage.database import Instant


def written(sort: str, thing: Any, _: AutogenContext) -> str | Literal[False]:
    """How a column type is written in a migration: an instant by its short name, all others as Alembic does."""
    return "Instant()" if sort == "type" and isinstance(thing, Instant) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=models.METADATA,
    render_as_batch=True,
    render_item=written,
    include_name=migrations.is_modelled,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
