"""What is still to be done, sorted under the headings of a Home tab, the most urgent of each: one query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    String,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from storage.actions import STANDING as UNDERTAKEN
from storage.actions import Action
from storage.decisions import STANDING, Decision, Owed
from storage.home.reader import Reader
from storage.partners import Institution
from storage.people import Person
from storage.reporting_periods import ReportingPeriod, Standing
from storage.updates import Update
from storage.visibility import visible


class Part(StrEnum):
    """Under which heading something owed is told; what is told higher up is not told again."""

    RETURNED = "returned"
    ASKED = "asked"
    MINE = "mine"
    INSTITUTION = "institution"
    OVERDUE = "overdue"
    SOON = "soon"


@dataclass(frozen=True, slots=True)
class Due:
    """Something owed: an action, a decision nobody made actions of, or an update that was returned.

    ``sort`` is its table; ``code`` and ``text`` are as written; of an update its period's key, and why it was returned.
    """

    part: Part
    sort: str
    id: int
    code: str
    text: str
    deadline: str | None
    due_on: date | None
    group_id: int
    owes: str
    status: str


@dataclass(frozen=True, slots=True)
class Dues:
    """The most urgent of each part, and how many there are of it in all."""

    found: Mapping[Part, Sequence[Due]] = field(default_factory=dict)
    counts: Mapping[Part, int] = field(default_factory=dict)

    def of(self, part: Part) -> Sequence[Due]:
        """Those of one part, the soonest first."""
        return self.found.get(part, ())

    def count(self, part: Part) -> int:
        """How many there are of that part, shown or not."""
        return self.counts.get(part, 0)


def owed(session: Session, reader: Reader, most: int) -> Dues:
    """What is still owed: at most so many of each part, the soonest first."""
    actions = _actions(reader)
    every = union_all(_own(actions), _others(actions), _decisions(reader), _returned(reader)).subquery()
    order = (every.c.due_on.is_(None), every.c.due_on, every.c.code)
    ranked = select(
        every,
        func.row_number().over(partition_by=every.c.part, order_by=order).label("place"),
        func.count().over(partition_by=every.c.part).label("total"),
    ).subquery()
    rows = session.execute(select(ranked).where(ranked.c.place <= most).order_by(ranked.c.part, ranked.c.place)).all()
    found: dict[Part, list[Due]] = {}
    for row in rows:
        told = Due(Part(row.part), *row[1:10])
        found.setdefault(told.part, []).append(told)
    return Dues(found, {Part(row.part): row.total for row in rows})


def _actions(reader: Reader) -> CTE:
    """The actions that stand and concern the reader; ``whole`` is the decision an action was born of, else itself."""
    asked = and_(Action.proposed.is_not(None), Action.asked_by_id == reader.person_id)
    mine = Action.carrier_id == reader.person_id
    shared = Action.institution_id == reader.institution_id if reader.institution_id is not None else false()
    born = Action.decision_id.is_not(None)
    return (
        select(
            case((asked, Part.ASKED.value), *_parts(Action, mine, shared, reader)).label("part"),
            Action.id,
            Action.code,
            Action.text,
            case((asked, Action.proposed), else_=Action.deadline).label("deadline"),
            Action.due_on,
            Action.group_id,
            func.coalesce(Institution.code, Person.name, "").label("owes"),
            Action.status,
            case((born, literal("decisions", String)), else_=literal("actions", String)).label("whole"),
            func.coalesce(Action.decision_id, Action.id).label("whole_id"),
            func.coalesce(Decision.code, Action.code).label("whole_code"),
        )
        .select_from(Action)
        .outerjoin(Institution, Institution.id == Action.institution_id)
        .outerjoin(Person, Person.id == Action.carrier_id)
        .outerjoin(Decision, Decision.id == Action.decision_id)
        .where(
            Action.status.in_(UNDERTAKEN),
            Action.withdrawn_at.is_(None),
            visible(Action, reader.audience),
            or_(asked, mine, shared, Action.due_on <= reader.today + reader.soon),
        )
        .cte("concerning")
    )


_OTHERS = (Part.OVERDUE.value, Part.SOON.value)


def _own(actions: CTE) -> Select[*tuple[Any, ...]]:
    """Those that the reader answers, one by one."""
    told = actions.c
    columns = (told.id, told.code, told.text, told.deadline, told.due_on, told.group_id, told.owes, told.status)
    return select(told.part, literal("actions", String).label("sort"), *columns).where(told.part.not_in(_OTHERS))


def _others(actions: CTE) -> Select[*tuple[Any, ...]]:
    """Those of others: what was born of one decision and is due on one day is told once, with all who owe it."""
    told = actions.c
    return (
        select(
            told.part,
            told.whole,
            told.whole_id,
            func.min(told.whole_code),
            func.min(told.text),
            func.min(told.deadline),
            told.due_on,
            func.min(told.group_id),
            func.aggregate_strings(told.owes, ", "),
            func.min(told.status),
        )
        .where(told.part.in_(_OTHERS))
        .group_by(told.part, told.whole, told.whole_id, told.due_on)
    )


def _decisions(reader: Reader) -> Select[*tuple[Any, ...]]:
    """The decisions that stand, are due soon and bore no action."""
    mine = Decision.carrier_id == reader.person_id
    shared = exists().where(Owed.decision_id == Decision.id, Owed.institution_id == reader.institution_id)
    institutions = (
        select(func.aggregate_strings(Institution.code, ", "))
        .join(Owed, Owed.institution_id == Institution.id)
        .where(Owed.decision_id == Decision.id)
        .scalar_subquery()
    )
    return (
        select(
            case(*_parts(Decision, mine, shared, reader)),
            literal("decisions", String),
            Decision.id,
            Decision.code,
            Decision.text,
            Decision.deadline,
            Decision.due_on,
            Decision.group_id,
            func.coalesce(institutions, Person.name, ""),
            Decision.status,
        )
        .outerjoin(Person, Person.id == Decision.carrier_id)
        .where(
            Decision.status.in_(STANDING),
            Decision.withdrawn_at.is_(None),
            visible(Decision, reader.audience),
            Decision.due_on <= reader.today + reader.soon,
            ~exists().where(Action.decision_id == Decision.id, Action.withdrawn_at.is_(None)),
        )
    )


def _returned(reader: Reader) -> Select[*tuple[Any, ...]]:
    """The updates of their own groups that were returned and have not come back."""
    given = (
        select(func.max(Update.id))
        .where(
            Update.group_id == ReportingPeriod.group_id,
            Update.period == ReportingPeriod.period,
            Update.withdrawn_at.is_(None),
        )
        .scalar_subquery()
    )
    return select(
        literal(Part.RETURNED.value, String),
        literal("updates", String),
        func.coalesce(given, 0),
        ReportingPeriod.period,
        ReportingPeriod.reason,
        null(),
        null(),
        ReportingPeriod.group_id,
        literal("", String),
        ReportingPeriod.state,
    ).where(
        ReportingPeriod.state == Standing.RETURNED,
        ReportingPeriod.back_at.is_(None),
        ReportingPeriod.group_id.in_(reader.leads),
    )


def _parts(
    record: type[Action] | type[Decision], mine: ColumnElement[bool], shared: ColumnElement[bool], reader: Reader
) -> list[tuple[ColumnElement[bool], str]]:
    """Under which heading it is told, the first that fits."""
    return [
        (mine, Part.MINE.value),
        (shared, Part.INSTITUTION.value),
        (record.due_on < reader.today, Part.OVERDUE.value),
        (true(), Part.SOON.value),
    ]
