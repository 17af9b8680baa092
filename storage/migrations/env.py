"""Run by Alembic itself for each command, on the connection it was handed."""

from alembic import context

from storage import models

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=models.METADATA,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
