"""Short-term expertise, its deliverables and the notes of its supervision.

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

from storage.database import Instant

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "expertise",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("funder_id", sa.Integer(), nullable=True),
        sa.Column("consultant", sa.String(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("supervisor_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("not_applicable", sa.String(), server_default="", nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("said_at", Instant(), nullable=False),
        sa.Column("edited_at", Instant(), nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["funder_id"], ["institutions.id"], name=op.f("fk_expertise_funder_id")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_expertise_group_id")),
        sa.ForeignKeyConstraint(["said_by_id"], ["people.id"], name=op.f("fk_expertise_said_by_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_expertise_source_id")),
        sa.ForeignKeyConstraint(["supervisor_id"], ["people.id"], name=op.f("fk_expertise_supervisor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expertise")),
        sa.UniqueConstraint("code", name=op.f("uq_expertise_code")),
    )
    op.create_index("ix_expertise_funder_id", "expertise", ["funder_id"])
    op.create_index("ix_expertise_group_id", "expertise", ["group_id"])
    op.create_index("ix_expertise_status", "expertise", ["status"])
    op.create_table(
        "deliverables",
        sa.Column("expertise_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("received", sa.Date(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("documents", sa.Text(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("not_applicable", sa.String(), server_default="", nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("said_at", Instant(), nullable=False),
        sa.Column("edited_at", Instant(), nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["expertise_id"], ["expertise.id"], name=op.f("fk_deliverables_expertise_id")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_deliverables_group_id")),
        sa.ForeignKeyConstraint(["said_by_id"], ["people.id"], name=op.f("fk_deliverables_said_by_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_deliverables_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliverables")),
        sa.UniqueConstraint("code", name=op.f("uq_deliverables_code")),
    )
    op.create_index("ix_deliverables_expertise_id", "deliverables", ["expertise_id"])
    op.create_index("ix_deliverables_group_id", "deliverables", ["group_id"])
    op.create_index("ix_deliverables_status_due_on", "deliverables", ["status", "due_on"])
    op.create_table(
        "supervision_notes",
        sa.Column("expertise_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("not_applicable", sa.String(), server_default="", nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("said_at", Instant(), nullable=False),
        sa.Column("edited_at", Instant(), nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["expertise_id"], ["expertise.id"], name=op.f("fk_supervision_notes_expertise_id")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_supervision_notes_group_id")),
        sa.ForeignKeyConstraint(["said_by_id"], ["people.id"], name=op.f("fk_supervision_notes_said_by_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_supervision_notes_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_notes")),
        sa.UniqueConstraint("code", name=op.f("uq_supervision_notes_code")),
    )
    op.create_index("ix_supervision_notes_expertise_id", "supervision_notes", ["expertise_id"])
    op.create_index("ix_supervision_notes_group_id", "supervision_notes", ["group_id"])


def downgrade() -> None:
    """Take it back."""
    op.drop_table("supervision_notes")
    op.drop_table("deliverables")
    op.drop_table("expertise")
