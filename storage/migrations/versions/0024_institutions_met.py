"""Contacts know the institution of the other side.

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("met_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_contacts_met_id"), "institutions", ["met_id"], ["id"])
        batch_op.create_index(op.f("ix_contacts_met_id"), ["met_id"])


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.drop_index(op.f("ix_contacts_met_id"))
        batch_op.drop_constraint(op.f("fk_contacts_met_id"), type_="foreignkey")
        batch_op.drop_column("met_id")
