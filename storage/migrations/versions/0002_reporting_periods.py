"""reporting periods: returned, validated, excused; what was changed after its period closed."""

import sqlalchemy as sa
from alembic import op

from storage.database import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "reporting_periods",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("until", Instant(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("returned_at", Instant(), nullable=True),
        sa.Column("returned_by_id", sa.Integer(), nullable=True),
        sa.Column("back_at", Instant(), nullable=True),
        sa.Column("validated_at", Instant(), nullable=True),
        sa.Column("validated_by_id", sa.Integer(), nullable=True),
        sa.Column("excused_at", Instant(), nullable=True),
        sa.Column("excused_by_id", sa.Integer(), nullable=True),
        sa.Column("excuse", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_reporting_periods_group_id")),
        sa.ForeignKeyConstraint(["returned_by_id"], ["people.id"], name=op.f("fk_reporting_periods_returned_by_id")),
        sa.ForeignKeyConstraint(["validated_by_id"], ["people.id"], name=op.f("fk_reporting_periods_validated_by_id")),
        sa.ForeignKeyConstraint(["excused_by_id"], ["people.id"], name=op.f("fk_reporting_periods_excused_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting_periods")),
        sa.UniqueConstraint("period", "group_id", name=op.f("uq_reporting_periods_period_group_id")),
    )
    with op.batch_alter_table("updates", schema=None) as batch_op:
        batch_op.add_column(sa.Column("changed_after_closing", Instant(), nullable=True))


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("updates", schema=None) as batch_op:
        batch_op.drop_column("changed_after_closing")
    op.drop_table("reporting_periods")
