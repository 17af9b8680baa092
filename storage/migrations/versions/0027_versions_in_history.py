"""The version a record had before each change, so that a workbook that comes back is compared with what it held.

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what was changed until now does not know it."""
    with op.batch_alter_table("history") as batch:
        batch.add_column(sa.Column("version", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Drop it."""
    with op.batch_alter_table("history") as batch:
        batch.drop_column("version")
