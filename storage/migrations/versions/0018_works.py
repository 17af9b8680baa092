"""Works of the PTF, and the recommendations they make.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

from storage.database import Instant

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of works and who joined them; to decisions the work that made them and to whom they speak."""
    op.create_table(
        "works",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("on_behalf_id", sa.Integer(), nullable=True),
        sa.Column("joint", sa.Boolean(), nullable=False),
        sa.Column("counterpart", sa.String(), nullable=False),
        sa.Column("begins", sa.String(), nullable=True),
        sa.Column("begins_on", sa.Date(), nullable=True),
        sa.Column("finishes", sa.String(), nullable=True),
        sa.Column("finishes_on", sa.Date(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
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
        sa.ForeignKeyConstraint(["lead_id"], ["institutions.id"], name=op.f("fk_works_lead_id")),
        sa.ForeignKeyConstraint(["on_behalf_id"], ["institutions.id"], name=op.f("fk_works_on_behalf_id")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_works_group_id")),
        sa.ForeignKeyConstraint(["said_by_id"], ["people.id"], name=op.f("fk_works_said_by_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_works_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_works")),
        sa.UniqueConstraint("code", name=op.f("uq_works_code")),
    )
    op.create_index("ix_works_begins_on", "works", ["begins_on"])
    op.create_index(op.f("ix_works_lead_id"), "works", ["lead_id"])
    op.create_index(op.f("ix_works_group_id"), "works", ["group_id"])
    op.create_table(
        "works_institutions",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fk_works_institutions_institution_id")
        ),
        sa.ForeignKeyConstraint(["record_id"], ["works.id"], name=op.f("fk_works_institutions_record_id")),
        sa.PrimaryKeyConstraint("record_id", "institution_id", name=op.f("pk_works_institutions")),
    )
    op.create_index(op.f("ix_works_institutions_institution_id"), "works_institutions", ["institution_id"])
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("addressee", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("work_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_decisions_work_id"), "works", ["work_id"], ["id"])
        batch_op.create_index(op.f("ix_decisions_work_id"), ["work_id"], unique=False)


def downgrade() -> None:
    """Take them back."""
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_index(op.f("ix_decisions_work_id"))
        batch_op.drop_constraint(op.f("fk_decisions_work_id"), type_="foreignkey")
        batch_op.drop_column("work_id")
        batch_op.drop_column("addressee")
    op.drop_table("works_institutions")
    op.drop_table("works")
