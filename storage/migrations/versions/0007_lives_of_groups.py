"""The lives of groups, and which agency coordinates the United Nations."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from storage.database import Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change; a group that stands gets its first state, and each that its history tells of."""
    op.create_table(
        "group_states",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("predecessor_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_group_states_group_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["groups.id"], name=op.f("fk_group_states_parent_id")),
        sa.ForeignKeyConstraint(["predecessor_id"], ["groups.id"], name=op.f("fk_group_states_predecessor_id")),
        sa.ForeignKeyConstraint(["successor_id"], ["groups.id"], name=op.f("fk_group_states_successor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_states")),
        sa.UniqueConstraint("group_id", "from_day", name=op.f("uq_group_states_group_id_from_day")),
    )
    with op.batch_alter_table("group_states") as batch:
        batch.create_index(batch.f("ix_group_states_predecessor_id"), ["predecessor_id"])
        batch.create_index(batch.f("ix_group_states_successor_id"), ["successor_id"])
    with op.batch_alter_table("configuration") as batch:
        batch.add_column(sa.Column("un_voice_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(batch.f("fk_configuration_un_voice_id"), "institutions", ["un_voice_id"], ["id"])
    _first_states(op.get_bind())


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("configuration") as batch:
        batch.drop_constraint(batch.f("fk_configuration_un_voice_id"), type_="foreignkey")
        batch.drop_column("un_voice_id")
    op.drop_table("group_states")


def _first_states(connection: sa.Connection) -> None:
    groups = sa.table("groups", *map(sa.column, ("id", "kind", "parent_id", "state")), sa.column("created_on", sa.Date))
    states = sa.table(
        "group_states",
        *map(sa.column, ("group_id", "state", "kind", "parent_id")),
        sa.column("from_day", sa.Date),
    )
    zone = connection.execute(sa.text("SELECT zone FROM configuration")).scalar_one_or_none() or "UTC"
    changed = _changes(connection, ZoneInfo(zone))
    for group in connection.execute(sa.select(groups)):
        first = {"group_id": group.id, "kind": group.kind, "parent_id": group.parent_id, "from_day": group.created_on}
        rows = list(_dated(first, group, changed.get(group.id, [])))
        connection.execute(states.insert(), rows)


def _dated(first: dict[str, Any], group: Any, changes: list[tuple[date, str, str]]) -> Iterator[dict[str, Any]]:
    """The first state of a group, then each later one; of several on one day the last."""
    yield first | {"state": changes[0][1] if changes else group.state}
    last = {day: after for day, _, after in changes}
    for day, state in last.items():
        if first["from_day"] is None or day > first["from_day"]:
            yield first | {"from_day": day, "state": state}


def _changes(connection: sa.Connection, zone: ZoneInfo) -> dict[int, list[tuple[date, str, str]]]:
    """Group id -> (civil day, state before, state after) of each change of its state, oldest first."""
    history = sa.table(
        "history",
        *map(sa.column, ("id", "kind", "action", "record_id")),
        sa.column("at", Instant),
        sa.column("before", sa.JSON),
        sa.column("after", sa.JSON),
    )
    chosen = sa.select(history).where(history.c.kind == "groups", history.c.action == "edited").order_by(history.c.id)
    found: dict[int, list[tuple[date, str, str]]] = {}
    for row in connection.execute(chosen):
        at: datetime = row.at.astimezone(UTC)
        if "state" in row.after:
            day = at.astimezone(zone).date()
            found.setdefault(row.record_id, []).append((day, row.before["state"], row.after["state"]))
    return found
