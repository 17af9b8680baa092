"""absences: when those who stand in were told."""

import sqlalchemy as sa
from alembic import op

from storage.database import Instant

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("absences", schema=None) as batch_op:
        batch_op.add_column(sa.Column("begun_at", Instant(), nullable=True))


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("absences", schema=None) as batch_op:
        batch_op.drop_column("begun_at")
