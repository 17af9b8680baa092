"""Arrangements with their amounts and tranches; the roles of partners in sectors.

Revision ID: 0019
Revises: 0018
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.database import Instant, Money

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def _kept(table: str, *further: Any) -> None:
    """A table of a register: its own columns, then those that every register has."""
    op.create_table(
        table,
        *further,
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
        _points(table, "group_id", "groups"),
        _points(table, "said_by_id", "people"),
        _points(table, "source_id", "sources"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("code", name=op.f(f"uq_{table}_code")),
    )
    op.create_index(op.f(f"ix_{table}_group_id"), table, ["group_id"])


def _points(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    """Add the tables, and the setting beyond which a partner is in too many sectors."""
    _kept(
        "arrangements",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("counterpart", sa.String(), nullable=False),
        sa.Column("signed", sa.Date(), nullable=True),
        sa.Column("begins", sa.String(), nullable=True),
        sa.Column("begins_on", sa.Date(), nullable=True),
        sa.Column("finishes", sa.String(), nullable=True),
        sa.Column("finishes_on", sa.Date(), nullable=True),
        sa.Column("programme_based", sa.String(), nullable=True),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("documents", sa.Text(), nullable=False),
        _points("arrangements", "lead_id", "institutions"),
    )
    op.create_index(op.f("ix_arrangements_lead_id"), "arrangements", ["lead_id"])
    op.create_table(
        "arrangements_institutions",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        _points("arrangements_institutions", "institution_id", "institutions"),
        _points("arrangements_institutions", "record_id", "arrangements"),
        sa.PrimaryKeyConstraint("record_id", "institution_id", name=op.f("pk_arrangements_institutions")),
    )
    op.create_index(
        op.f("ix_arrangements_institutions_institution_id"), "arrangements_institutions", ["institution_id"]
    )
    _kept(
        "arrangement_amounts",
        sa.Column("arrangement_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("pledged", Money(), nullable=True),
        sa.Column("committed", Money(), nullable=True),
        sa.Column("disbursed", Money(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        _points("arrangement_amounts", "arrangement_id", "arrangements"),
        _points("arrangement_amounts", "institution_id", "institutions"),
    )
    op.create_index("ix_arrangement_amounts_arrangement_id_year", "arrangement_amounts", ["arrangement_id", "year"])
    op.create_index(op.f("ix_arrangement_amounts_institution_id"), "arrangement_amounts", ["institution_id"])
    _kept(
        "tranches",
        sa.Column("arrangement_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("amount", Money(), nullable=True),
        sa.Column("triggers", sa.Text(), nullable=False),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("disbursed", Money(), nullable=True),
        sa.Column("paid", sa.Date(), nullable=True),
        _points("tranches", "arrangement_id", "arrangements"),
        _points("tranches", "institution_id", "institutions"),
    )
    op.create_index(op.f("ix_tranches_arrangement_id"), "tranches", ["arrangement_id"])
    _kept(
        "sector_roles",
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("since", sa.String(), nullable=True),
        sa.Column("since_on", sa.Date(), nullable=True),
        sa.Column("ended", sa.String(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("voice_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        _points("sector_roles", "institution_id", "institutions"),
        _points("sector_roles", "voice_id", "institutions"),
    )
    op.create_index("ix_sector_roles_institution_id_group_id", "sector_roles", ["institution_id", "group_id"])
    with op.batch_alter_table("configuration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("most_sectors", sa.Integer(), nullable=False, server_default="3"))


def downgrade() -> None:
    """Take them back."""
    with op.batch_alter_table("configuration", schema=None) as batch_op:
        batch_op.drop_column("most_sectors")
    for table in ("sector_roles", "tranches", "arrangement_amounts", "arrangements_institutions", "arrangements"):
        op.drop_table(table)
