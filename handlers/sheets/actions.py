"""The sheet of actions: what was undertaken, the soonest due first, then the newest; with what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from handlers.language import message
from handlers.reports.report import Mark, Tone
from handlers.reports.sheets import Value
from handlers.sheets.register import Column, Register, version
from handlers.sheets.scope import BATCH, Scope
from handlers.vocabulary import ACTION_STATUS, LEVEL
from storage.actions import STANDING, Action
from storage.decisions import Decision
from storage.visibility import visible

OVERDUE = message("{status}, overdue")


@dataclass(frozen=True, slots=True)
class Told:
    """An action with the code of the decision it was born of, where the reader may know of that."""

    row: Any
    decision: str | None


def rows(scope: Scope) -> Iterator[Told]:
    """The actions this reader may read, the withdrawn left out."""
    chosen = select(*Action.__table__.c).where(Action.withdrawn_at.is_(None), visible(Action, scope.audience))
    span = scope.instants()
    if span is not None:
        chosen = chosen.where(Action.said_at >= span[0], Action.said_at < span[1])
    chosen = chosen.order_by(Action.due_on.is_(None), Action.due_on, Action.code)
    found = scope.session.execute(chosen.execution_options(yield_per=BATCH))
    for batch in found.partitions():
        codes = _codes(scope, {row.decision_id for row in batch if row.decision_id})
        for row in batch:
            yield Told(row, codes.get(row.decision_id))


def _codes(scope: Scope, ids: set[int]) -> Mapping[int, str]:
    chosen = select(Decision.id, Decision.code).where(Decision.id.in_(ids), visible(Decision, scope.audience))
    return {row.id: row.code for row in scope.session.execute(chosen)}


def _status(told: Told, scope: Scope) -> Mark:
    mark = scope.mark(ACTION_STATUS[told.row.status])
    if told.row.status in STANDING and told.row.due_on is not None and told.row.due_on < scope.today:
        return Mark(scope.reader.speaker.say(OVERDUE, status=mark.text), Tone.BAD)
    return mark


def _institution(told: Told, scope: Scope) -> Value:
    found = scope.institutions.get(told.row.institution_id)
    return found.code if found is not None else None


def _asked_on(told: Told, scope: Scope) -> Value:
    asked: datetime = told.row.said_at
    return asked.astimezone(scope.zone).date()


ACTIONS = Register(
    name="actions",
    title=message("Actions"),
    note=message("What institutions and people undertook to do, the soonest due first, and what became of it."),
    columns=(
        Column("code", message("Code"), "code", 20, lambda told, _: told.row.code),
        Column("group", message("Group"), "code", 10, lambda told, scope: scope.groups[told.row.group_id].code),
        Column("born_of", message("Born of"), "code", 18, lambda told, _: told.decision),
        Column("action", message("Action"), "text", 64, lambda told, _: told.row.text),
        Column("responsible", message("Owed by"), "code", 16, _institution),
        Column("carrier", message("Carried by"), "text", 30, lambda told, scope: scope.people.get(told.row.carrier_id)),
        Column("deadline", message("Deadline"), "date", 22, lambda told, scope: scope.dated(told.row.deadline)),
        Column("due_on", message("Last day"), "date", 14, lambda told, _: told.row.due_on),
        Column("status", message("Status"), "mark", 18, _status),
        Column("acknowledged_at", message("Acknowledged on"), "instant", 18, lambda told, _: told.row.acknowledged_at),
        Column("done_on", message("Done on"), "date", 14, lambda told, _: told.row.done_on),
        Column("evidence", message("Evidence"), "text", 40, lambda told, _: told.row.evidence),
        Column("asked_by", message("Asked by"), "text", 32, lambda told, scope: scope.people.get(told.row.asked_by_id)),
        Column("asked_on", message("Asked on"), "date", 14, _asked_on),
        Column(
            "visibility", message("Visible to"), "text", 20, lambda told, scope: scope.word(LEVEL[told.row.visibility])
        ),
        version(lambda told: told.row),
    ),
    rows=rows,
)
