"""Search: the rows of the index, how far the history is read, and the words as each database keeps them.

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

from storage.search.index import Vector

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index, empty: `ptf-bot migrate` fills it."""
    op.create_table(
        "searched",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("said_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("institutions", sa.String(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("words", Vector(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_searched")),
        sa.UniqueConstraint("kind", "record_id", name=op.f("uq_searched_kind_record_id")),
    )
    progress = op.create_table(
        "search_progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("safe", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("horizon", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_progress")),
    )
    op.bulk_insert(progress, [{"id": 1, "safe": 0, "seen": 0, "horizon": 0}])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE INDEX searched_words ON searched USING gin (words)")
    else:
        op.execute("CREATE VIRTUAL TABLE searched_words USING fts5(heading, words, tokenize = 'unicode61')")


def downgrade() -> None:
    """Drop it."""
    if op.get_bind().dialect.name != "postgresql":
        op.execute("DROP TABLE searched_words")
    op.drop_table("search_progress")
    op.drop_table("searched")
