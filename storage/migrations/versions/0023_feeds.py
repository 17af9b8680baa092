"""feeds: secret addresses of calendars."""

import sqlalchemy as sa
from alembic import op

from storage.database import Instant

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_feeds_group_id_groups")),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name=op.f("fk_feeds_made_by_id_people")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_feeds_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feeds")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_feeds_fingerprint")),
    )
    op.create_index(op.f("ix_feeds_group_id"), "feeds", ["group_id"])
    op.create_index(op.f("ix_feeds_person_id"), "feeds", ["person_id"])


def downgrade() -> None:
    """Take it back."""
    op.drop_table("feeds")
