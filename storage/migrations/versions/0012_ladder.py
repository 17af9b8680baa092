"""configuration: the days of the reminders as a ladder; the one day before the deadline stays a rung of it."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("configuration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ladder", sa.String(), server_default="-7 -2 0 2", nullable=False))
    op.execute("UPDATE configuration SET ladder = '-7 -' || CAST(reminder_days AS VARCHAR) || ' 0 2'")
    with op.batch_alter_table("configuration", schema=None) as batch_op:
        batch_op.drop_column("reminder_days")


def downgrade() -> None:
    """Take it back; of a ladder that was changed since, the usual day is left."""
    with op.batch_alter_table("configuration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reminder_days", sa.Integer(), server_default="2", nullable=False))
        batch_op.drop_column("ladder")
