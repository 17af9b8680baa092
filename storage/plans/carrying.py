"""What goes on in the year that follows: open lines copied into the next plan, each once, tied to its origin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

import storage.history
import storage.plans.rows
import storage.registered
from storage import periods
from storage.history import By
from storage.plans.rows import LINES, PLANS, RECURRING, Line, Plan, State

_SAME = (
    *("rank", "number", "text", "expected", "others", "language", "not_applicable"),
    *("indicator", "unit", "baseline", "target", "status", "percent", "reason", "evidence"),
)
_TIMELESS = (RECURRING, periods.CONTINUOUS)
"""The timings that hold in any year; a date of the year that is over does not go on."""


def following(session: Session, plan: Plan) -> Plan | None:
    """The plan that goes on from this one, or one of its sort, body and year that was begun by hand."""
    chosen = select(Plan).where(Plan.carried_from_id == plan.id, Plan.withdrawn_at.is_(None)).order_by(Plan.id)
    found = session.scalars(chosen).first()
    year = next_year(plan)
    if found is not None or year is None:
        return found
    return storage.plans.rows.of_kind(session, plan.kind, plan.group_id, year)


def next_year(plan: Plan) -> int | None:
    """The year in which a plan goes on; None for a plan without years."""
    return None if plan.last_year is None else plan.last_year + 1


def to_carry(session: Session, plan: Plan) -> list[Line]:
    """The lines that go on and have not yet: the open ones, and those they stand under; in the order of the tree."""
    every = storage.plans.rows.lines(session, plan.id)
    done = _carried(session, every)
    by_id = {line.id: line for line in every}
    wanted: set[int] = set()
    for line in every:
        each: Line | None = line if line.is_open and line.id not in done else None
        while each is not None and each.id not in wanted:
            wanted.add(each.id)
            each = by_id.get(each.above_id or 0)
    return [line for line in every if line.id in wanted and line.id not in done]


def successor(session: Session, line: Line) -> Line | None:
    """The line of a later plan in which a line goes on."""
    chosen = select(Line).where(Line.carried_from_id == line.id, Line.withdrawn_at.is_(None)).order_by(Line.id)
    return session.scalars(chosen).first()


def carry(session: Session, plan: Plan, by: By) -> tuple[Plan, list[Line]]:
    """Copy what goes on into the plan that follows, made where there is none; returns it, and the new lines.

    The plan must have years. A second time only what was added meanwhile is copied.
    """
    target = following(session, plan) or _next_plan(session, plan, by)
    if target.carried_from_id is None:
        before = storage.history.facts(target)
        target.carried_from_id = plan.id
        session.flush()
        storage.history.changed(session, target, before, by)
    every = storage.plans.rows.lines(session, plan.id)
    copies = _carried(session, every)
    made = [_copy(session, line, target, copies, by) for line in to_carry(session, plan)]
    return target, made


def _carried(session: Session, every: Sequence[Line]) -> dict[int, Line]:
    """Line id -> its copy in a later plan; one that was withdrawn there counts: it is not wanted again."""
    ids = [line.id for line in every]
    found = session.scalars(select(Line).where(Line.carried_from_id.in_(ids))) if ids else ()
    return {line.carried_from_id: line for line in found if line.carried_from_id is not None}


def _next_plan(session: Session, plan: Plan, by: By) -> Plan:
    year = next_year(plan) or 0
    length = (plan.ends or year) - (plan.starts or year) if plan.ends is not None else None
    new = Plan(
        name=_renamed(plan, year, length),
        kind=plan.kind,
        state=State.RUNNING,
        starts=year,
        ends=None if length is None else year + length,
        about=plan.about,
        frozen="",
        carried_from_id=plan.id,
        group_id=plan.group_id,
        visibility=plan.visibility,
        language=plan.language,
        not_applicable="",
        **_said(by.at, by.person_id),
    )
    storage.registered.number(session, new, PLANS, year)
    session.add(new)
    session.flush()
    storage.history.created(session, new, by)
    return new


def _renamed(plan: Plan, year: int, length: int | None) -> str:
    """Its name with the years that follow, where it names its own; else with the year after it."""
    name = plan.name
    ends = [(plan.ends, year + (length or 0)), (plan.starts, year)]
    for old, new in ends:
        name = name.replace(str(old), str(new)) if old is not None else name
    return name if name != plan.name else f"{name} ({year})"


def _copy(session: Session, line: Line, target: Plan, copies: dict[int, Line], by: By) -> Line:
    above = copies.get(line.above_id or 0)
    timeless = line.timing_key in _TIMELESS
    new = Line(
        plan_id=target.id,
        visibility=target.visibility,
        group_id=target.group_id,
        above_id=above.id if above is not None else None,
        carried_from_id=line.id,
        timing=line.timing if timeless else "",
        timing_key=line.timing_key if timeless else None,
        institutions=list(line.institutions),
        **{name: getattr(line, name) for name in _SAME},
        **_said(by.at, by.person_id),
    )
    if any(each.number == new.number for each in storage.plans.rows.beside(session, new)):
        new.number = ""
    storage.plans.rows.place(session, new)
    storage.registered.number(session, new, LINES, target.starts or by.at.year)
    session.add(new)
    session.flush()
    storage.history.created(session, new, by)
    copies[line.id] = new
    return new


def _said(at: datetime, person_id: int | None) -> dict[str, object]:
    return {"said_at": at, "said_by_id": person_id, "version": 1}
