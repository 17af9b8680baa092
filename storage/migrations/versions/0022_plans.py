"""Plans, their lines, measured values, budgets, rates, and what was validated; the line that a record serves.

Revision ID: 0022
Revises: 0021
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.database import Instant, Money

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

SERVING = ("updates", "decisions", "actions")


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
    """Make the change."""
    _kept(
        "plans",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("starts", sa.Integer(), nullable=True),
        sa.Column("ends", sa.Integer(), nullable=True),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("frozen", sa.Text(), nullable=False),
        sa.Column("carried_from_id", sa.Integer(), nullable=True),
        _points("plans", "lead_id", "institutions"),
        _points("plans", "carried_from_id", "plans"),
    )
    op.create_index(op.f("ix_plans_starts"), "plans", ["starts"])
    op.create_index(op.f("ix_plans_carried_from_id"), "plans", ["carried_from_id"])
    _lines()
    _parts()
    _frozen()
    for table in SERVING:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("line_id", sa.Integer(), nullable=True))
            batch_op.create_foreign_key(op.f(f"fk_{table}_line_id"), "plan_lines", ["line_id"], ["id"])
            batch_op.create_index(op.f(f"ix_{table}_line_id"), ["line_id"])


def _lines() -> None:
    _kept(
        "plan_lines",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("above_id", sa.Integer(), nullable=True),
        sa.Column("rank", sa.String(), nullable=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("expected", sa.Text(), nullable=False),
        sa.Column("others", sa.Text(), nullable=False),
        sa.Column("timing", sa.String(), nullable=False),
        sa.Column("timing_key", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("baseline", Money(4), nullable=True),
        sa.Column("target", Money(4), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("carried_from_id", sa.Integer(), nullable=True),
        _points("plan_lines", "plan_id", "plans"),
        _points("plan_lines", "above_id", "plan_lines"),
        _points("plan_lines", "carried_from_id", "plan_lines"),
    )
    op.create_index("ix_plan_lines_plan_path", "plan_lines", ["plan_id", "path"])
    op.create_index("ix_plan_lines_status_due_on", "plan_lines", ["status", "due_on"])
    op.create_index(op.f("ix_plan_lines_above_id"), "plan_lines", ["above_id"])
    op.create_index(op.f("ix_plan_lines_carried_from_id"), "plan_lines", ["carried_from_id"])
    op.create_table(
        "plan_lines_institutions",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        _points("plan_lines_institutions", "record_id", "plan_lines"),
        _points("plan_lines_institutions", "institution_id", "institutions"),
        sa.PrimaryKeyConstraint("record_id", "institution_id", name=op.f("pk_plan_lines_institutions")),
    )
    op.create_index(op.f("ix_plan_lines_institutions_institution_id"), "plan_lines_institutions", ["institution_id"])


def _parts() -> None:
    _kept(
        "plan_measures",
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("value", Money(4), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        _points("plan_measures", "line_id", "plan_lines"),
    )
    op.create_index("ix_plan_measures_line_day", "plan_measures", ["line_id", "measured_on"])
    _kept(
        "plan_budgets",
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("planned", Money(), nullable=True),
        sa.Column("committed", Money(), nullable=True),
        sa.Column("spent", Money(), nullable=True),
        sa.Column("funder_id", sa.Integer(), nullable=True),
        sa.Column("fund", sa.Text(), nullable=False),
        _points("plan_budgets", "line_id", "plan_lines"),
        _points("plan_budgets", "funder_id", "institutions"),
    )
    op.create_index(op.f("ix_plan_budgets_line_id"), "plan_budgets", ["line_id"])
    _kept(
        "exchange_rates",
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", Money(6), nullable=False),
    )
    op.create_index("ix_exchange_rates_currency_year", "exchange_rates", ["currency", "year"])


def _frozen() -> None:
    op.create_table(
        "plan_frozen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("frozen_at", Instant(), nullable=False),
        sa.Column("frozen_by_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("rank", sa.String(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("responsible", sa.Text(), nullable=False),
        sa.Column("timing", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("target", Money(4), nullable=True),
        sa.Column("value", Money(4), nullable=True),
        sa.Column("measured_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        _points("plan_frozen", "plan_id", "plans"),
        _points("plan_frozen", "line_id", "plan_lines"),
        _points("plan_frozen", "frozen_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_frozen")),
        sa.UniqueConstraint("plan_id", "period", "line_id", name=op.f("uq_plan_frozen_plan_id_period_line_id")),
    )
    op.create_index(op.f("ix_plan_frozen_line_id"), "plan_frozen", ["line_id"])


def downgrade() -> None:
    """Take it back."""
    for table in SERVING:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_index(op.f(f"ix_{table}_line_id"))
            batch_op.drop_constraint(op.f(f"fk_{table}_line_id"), type_="foreignkey")
            batch_op.drop_column("line_id")
    for table in ("plan_frozen", "exchange_rates", "plan_budgets", "plan_measures", "plan_lines_institutions"):
        op.drop_table(table)
    op.drop_table("plan_lines")
    op.drop_table("plans")
