"""Contacts with the Malian side and other families of actors.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

from storage.database import Instant

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of contacts, and who represented the PTF in them."""
    op.create_table(
        "contacts",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("counterpart", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("present", sa.String(), nullable=False),
        sa.Column("leave", sa.String(), nullable=True),
        sa.Column("leave_of", sa.String(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("follows", sa.Text(), nullable=False),
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
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_contacts_group_id")),
        sa.ForeignKeyConstraint(["said_by_id"], ["people.id"], name=op.f("fk_contacts_said_by_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_contacts_source_id")),
        sa.ForeignKeyConstraint(["speaker_id"], ["people.id"], name=op.f("fk_contacts_speaker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("code", name=op.f("uq_contacts_code")),
    )
    op.create_index(op.f("ix_contacts_day"), "contacts", ["day"])
    op.create_index(op.f("ix_contacts_group_id"), "contacts", ["group_id"])
    op.create_table(
        "contacts_institutions",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fk_contacts_institutions_institution_id")
        ),
        sa.ForeignKeyConstraint(["record_id"], ["contacts.id"], name=op.f("fk_contacts_institutions_record_id")),
        sa.PrimaryKeyConstraint("record_id", "institution_id", name=op.f("pk_contacts_institutions")),
    )
    op.create_index(op.f("ix_contacts_institutions_institution_id"), "contacts_institutions", ["institution_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("contacts_institutions")
    op.drop_table("contacts")
