"""the digest: shown for approval before its hour; its introduction, what is left out of it, who decided."""

import sqlalchemy as sa
from alembic import op

from storage.database import Instant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=True),
        sa.Column("introduction_fr", sa.Text(), nullable=False),
        sa.Column("introduction_en", sa.Text(), nullable=False),
        sa.Column("introduced_by_id", sa.Integer(), nullable=True),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("postponed_to", Instant(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["introduced_by_id"], ["people.id"], name=op.f("fk_drafts_introduced_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_drafts_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("week", name=op.f("uq_drafts_week")),
    )
    with op.batch_alter_table("configuration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("approval", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column("approval_hours", sa.Integer(), nullable=False, server_default="3"))
        batch_op.add_column(sa.Column("approval_fallback", sa.String(), nullable=False, server_default="post"))


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("configuration", schema=None) as batch_op:
        batch_op.drop_column("approval_fallback")
        batch_op.drop_column("approval_hours")
        batch_op.drop_column("approval")
    op.drop_table("drafts")
