"""people: when they were welcomed, whether they want quiet; sources: messages that were saved as records."""

import sqlalchemy as sa
from alembic import op

from storage.database import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

RECORDS = ("updates", "decisions", "actions")
SPOKE = """
UPDATE people SET welcomed_at = (
    SELECT MIN(history.at) FROM history
    WHERE history.person_id = people.id AND history.origin IN ('command', 'form', 'button')
)
"""
"""Whoever has spoken to the bot already needs no welcome."""


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("welcomed_at", Instant(), nullable=True))
        batch_op.add_column(sa.Column("quiet", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute(SPOKE)
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("recorder_id", sa.Integer(), nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.Column("edited_at", Instant(), nullable=True),
        sa.Column("deleted_at", Instant(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("offered", sa.Text(), nullable=True),
        sa.Column("offer", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_sources_author_id")),
        sa.ForeignKeyConstraint(["recorder_id"], ["people.id"], name=op.f("fk_sources_recorder_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
    )
    op.create_index("ix_sources_channel_stamp", "sources", ["channel", "stamp"])
    for table in RECORDS:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("source_id", sa.Integer(), nullable=True))
            batch_op.create_foreign_key(op.f(f"fk_{table}_source_id"), "sources", ["source_id"], ["id"])


def downgrade() -> None:
    """Take it back."""
    for table in RECORDS:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(op.f(f"fk_{table}_source_id"), type_="foreignkey")
            batch_op.drop_column("source_id")
    op.drop_table("sources")
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_column("quiet")
        batch_op.drop_column("welcomed_at")
