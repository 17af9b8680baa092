"""The kinds of records that can be restored, and brought back to an earlier version: one line a kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers import described
from handlers.actions import kind as actions
from handlers.decisions import kind as decisions
from handlers.kinds import forming
from handlers.records import RecordKind
from handlers.rights import Right
from handlers.updates import kind as updates

_WITH_RIGHTS: tuple[tuple[RecordKind[Any], Right], ...] = (
    (updates.KIND, Right.UPDATE),
    (decisions.KIND, Right.CHANGE_DECISION),
    (actions.KIND, Right.CHANGE_ACTION),
    *((forming.record_kind(kind), kind.changing) for kind in described.KINDS),
)

KINDS: Mapping[str, tuple[RecordKind[Any], Right]] = {
    each.model.__tablename__: (each, right) for each, right in _WITH_RIGHTS
}
"""Table -> the kind, and the right to change one."""
