"""Fewer indexes on the outbox: its tokens are never looked up, and most of its messages name no other.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NAMING = ("about", "under")


def upgrade() -> None:
    """Index only the rows that name something."""
    with op.batch_alter_table("outbox") as batch:
        batch.drop_constraint("uq_outbox_token", type_="unique")
        for column in NAMING:
            batch.drop_index(f"ix_outbox_{column}")
    for column in NAMING:
        named = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_outbox_{column}", "outbox", [column], sqlite_where=named, postgresql_where=named)


def downgrade() -> None:
    """Index all of them."""
    for column in NAMING:
        op.drop_index(f"ix_outbox_{column}", "outbox")
    with op.batch_alter_table("outbox") as batch:
        batch.create_unique_constraint("uq_outbox_token", ["token"])
        for column in NAMING:
            batch.create_index(f"ix_outbox_{column}", [column])
