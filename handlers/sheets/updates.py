"""The sheet of updates: what the groups said, the newest first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from handlers.language import message
from handlers.reports.report import Mark
from handlers.sheets import said
from handlers.sheets.register import Column, Register, version
from handlers.sheets.scope import BATCH, Scope
from handlers.vocabulary import LEVEL, UPDATE_STATUS, YES
from storage.sources import Source
from storage.updates import Update
from storage.visibility import visible

READ = (
    Update.id,
    Update.version,
    Update.group_id,
    Update.period,
    Update.status,
    Update.progress,
    Update.difficulties,
    Update.next_steps,
    Update.support,
    Update.late,
    Update.said_by_id,
    Update.institution_id,
    Update.said_at,
    Update.edited_at,
    Update.changed_after_closing,
    Update.visibility,
    *said.READ,
)


def rows(scope: Scope) -> Iterable[Any]:
    """The updates this reader may read, the withdrawn left out."""
    chosen = select(*READ).outerjoin(Source, Source.id == Update.source_id)
    chosen = chosen.where(Update.withdrawn_at.is_(None), visible(Update, scope.audience))
    keys = scope.period_keys()
    if keys is not None:
        chosen = chosen.where(Update.period.in_(keys))
    chosen = chosen.order_by(Update.said_at.desc(), Update.id.desc())
    return scope.session.execute(chosen.execution_options(yield_per=BATCH))


def _status(row: Any, scope: Scope) -> Mark | None:
    return scope.mark(UPDATE_STATUS[row.status]) if row.status else None


def _institution(row: Any, scope: Scope) -> str | None:
    return scope.institutions[row.institution_id].code if row.institution_id else None


UPDATES = Register(
    name="updates",
    title=message("Updates"),
    note=message("What the groups said of each period, the newest first; what was withdrawn is left out."),
    columns=(
        Column("group", message("Group"), "code", 12, lambda row, scope: scope.groups[row.group_id].code),
        Column(
            "group_name",
            message("Name of the group"),
            "text",
            28,
            lambda row, scope: scope.groups[row.group_id].name(scope.language),
        ),
        Column("period", message("Period"), "text", 24, lambda row, scope: scope.deadline(row.period)),
        Column("status", message("Status"), "mark", 16, _status),
        Column("progress", message("Progress"), "text", 52, lambda row, _: row.progress),
        Column("difficulties", message("Difficulties"), "text", 40, lambda row, _: row.difficulties),
        Column("next_steps", message("Next steps"), "text", 36, lambda row, _: row.next_steps),
        Column("support", message("Support asked"), "text", 30, lambda row, _: row.support),
        Column("late", message("Late"), "text", 10, lambda row, scope: scope.word(YES) if row.late else None),
        Column("author", message("Given by"), "text", 24, lambda row, scope: scope.people.get(row.said_by_id)),
        Column("said_by", said.SAID_BY, "text", 24, said.said_by),
        Column("message", said.MESSAGE, "text", 24, lambda row, _: row.link),
        Column("author_institution", message("Institution of the author"), "code", 16, _institution),
        Column("said_at", message("Given on"), "instant", 18, lambda row, _: row.said_at),
        Column("edited_at", message("Changed on"), "instant", 18, lambda row, _: row.edited_at),
        Column(
            "changed_after_closing",
            message("Modified after closing on"),
            "instant",
            18,
            lambda row, _: row.changed_after_closing,
        ),
        Column("visibility", message("Visible to"), "text", 20, lambda row, scope: scope.word(LEVEL[row.visibility])),
        version(lambda row: row),
    ),
    rows=rows,
)
