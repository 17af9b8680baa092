"""meetings: their agenda, who came, what was said of their minutes; who sits in a body; what a meeting left.

Revision ID: 0017
Revises: 0016
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.database import Instant

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

POINTS = ("meeting_id", "adopts_id")
"""The columns of a decision that point at a meeting."""
PARTS = ("agenda_items", "attendances", "minutes_comments")


def upgrade() -> None:
    """Make the change."""
    _table(
        "meetings",
        [
            sa.Column("subject", sa.String(), nullable=False),
            sa.Column("ordinal", sa.Integer(), nullable=True),
            sa.Column("extraordinary", sa.Boolean(), nullable=False),
            sa.Column("day", sa.String(), nullable=True),
            sa.Column("day_on", sa.Date(), nullable=True),
            sa.Column("until", sa.Date(), nullable=True),
            sa.Column("hour", sa.String(), nullable=False),
            sa.Column("zone", sa.String(), nullable=False),
            sa.Column("starts_at", Instant(), nullable=True),
            sa.Column("duration", sa.Integer(), nullable=True),
            sa.Column("place", sa.String(), nullable=False),
            sa.Column("chair_id", sa.Integer(), nullable=True),
            sa.Column("chaired_by", sa.String(), nullable=False),
            sa.Column("pen_id", sa.Integer(), nullable=True),
            sa.Column("seats", sa.Integer(), nullable=True),
            sa.Column("channel", sa.String(), nullable=False),
            sa.Column("said", sa.Text(), nullable=False),
            sa.Column("outline", sa.Text(), nullable=False),
            sa.Column("status", sa.String(), nullable=False),
            sa.Column("called_at", Instant(), nullable=True),
            sa.Column("minutes", sa.String(), nullable=True),
            sa.Column("circulated_at", Instant(), nullable=True),
            sa.Column("comments_until", sa.Date(), nullable=True),
            sa.Column("adopted_on", sa.Date(), nullable=True),
            sa.Column("adopted_how", sa.String(), nullable=True),
            sa.Column("adopted_in_id", sa.Integer(), nullable=True),
            sa.Column("amended", sa.Boolean(), nullable=True),
        ],
        {"chair_id": "institutions", "pen_id": "people", "adopted_in_id": "meetings"},
    )
    op.create_index("ix_meetings_group_id_day_on", "meetings", ["group_id", "day_on"])
    op.create_index("ix_meetings_status_day_on", "meetings", ["status", "day_on"])
    op.create_index("ix_meetings_starts_at", "meetings", ["starts_at"])
    _parts()
    with op.batch_alter_table("groups", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sitting", sa.String(), nullable=False, server_default="members"))
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        for name in POINTS:
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=True))
            batch_op.create_foreign_key(op.f(f"fk_decisions_{name}"), "meetings", [name], ["id"])
        batch_op.create_index("ix_decisions_meeting_id", ["meeting_id"])


def _parts() -> None:
    """What a meeting has many of."""
    _table(
        "agenda_items",
        [
            sa.Column("meeting_id", sa.Integer(), nullable=False),
            sa.Column("position", sa.Integer(), nullable=True),
            sa.Column("minutes", sa.Integer(), nullable=True),
            sa.Column("subject", sa.String(), nullable=False),
            sa.Column("asks", sa.Text(), nullable=False),
            sa.Column("proposer_id", sa.Integer(), nullable=True),
            sa.Column("place", sa.String(), nullable=False),
            sa.Column("discussed", sa.Text(), nullable=False),
        ],
        {"meeting_id": "meetings", "proposer_id": "institutions"},
    )
    _table(
        "attendances",
        [
            sa.Column("meeting_id", sa.Integer(), nullable=False),
            sa.Column("institution_id", sa.Integer(), nullable=True),
            sa.Column("seat", sa.String(), nullable=False),
            sa.Column("presence", sa.String(), nullable=False),
            sa.Column("name", sa.String(), nullable=False),
        ],
        {"meeting_id": "meetings", "institution_id": "institutions"},
    )
    _table(
        "minutes_comments",
        [
            sa.Column("meeting_id", sa.Integer(), nullable=False),
            sa.Column("institution_id", sa.Integer(), nullable=True),
            sa.Column("text", sa.Text(), nullable=False),
            sa.Column("taken", sa.Boolean(), nullable=True),
        ],
        {"meeting_id": "meetings", "institution_id": "institutions"},
    )
    for table in PARTS:
        op.create_index(f"ix_{table}_meeting_id", table, ["meeting_id"])
    for table in PARTS[1:]:
        op.create_index(f"ix_{table}_institution_id", table, ["institution_id"])


def _table(name: str, columns: list[sa.Column[Any]], points_at: dict[str, str]) -> None:
    """A table of records of a register, with the columns of its own."""
    points = points_at | {"group_id": "groups", "said_by_id": "people", "source_id": "sources"}
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("said_at", Instant(), nullable=False),
        sa.Column("edited_at", Instant(), nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("not_applicable", sa.String(), nullable=False, server_default=""),
        sa.Column("group_id", sa.Integer(), nullable=True),
        *columns,
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{name}_{column}"))
            for column, table in points.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("code", name=op.f(f"uq_{name}_code")),
    )
    op.create_index(f"ix_{name}_group_id", name, ["group_id"])


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_index("ix_decisions_meeting_id")
        for name in POINTS:
            batch_op.drop_constraint(op.f(f"fk_decisions_{name}"), type_="foreignkey")
            batch_op.drop_column(name)
    with op.batch_alter_table("groups", schema=None) as batch_op:
        batch_op.drop_column("sitting")
    for table in (*reversed(PARTS), "meetings"):
        op.drop_table(table)
