"""Of which tables changes are told, to whom, and how a row of them is called.

A change of a record is told to whom may read the record. A record once was narrower than it is: what was changed until
it was opened is told to whom could read it then only. Of the registers it is told to the PTF, of settings and persons'
own affairs to the troïka and the pool.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, false, or_, select
from sqlalchemy.orm import Session

from handlers.changes.naming import Row
from handlers.changes.wording import Changed, Wording
from storage.absences import Absence
from storage.drafts import Draft
from storage.groups import Group
from storage.history import SETTINGS, Change
from storage.history import Action as Done
from storage.lives import GroupState
from storage.mandates import Mandate
from storage.models import RECORDS
from storage.partners import Institution
from storage.people import Person
from storage.records import Record
from storage.reporting_periods import ReportingPeriod
from storage.rest_days import RestDay
from storage.updates import Update
from storage.visibility import Audience, sees, visible

REGISTERED = tuple(each.__tablename__ for each in (Group, GroupState, Institution, Mandate, RestDay))
"""The registers, which the PTF may read."""
KEPT_CLOSE = (SETTINGS, *(each.__tablename__ for each in (Person, Absence, ReportingPeriod, Draft)))
"""What the troïka and the pool may read; everyone reads what was changed about themselves."""


def told_to(audience: Audience | None) -> ColumnElement[bool]:
    """The condition that keeps the changes this audience may read; see `narrower_until` for what was narrower."""
    if audience is None:
        return false()
    allowed = [
        and_(Change.kind == each.__tablename__, Change.record_id.in_(select(each.id).where(visible(each, audience))))
        for each in RECORDS
    ]
    if audience.partner or audience.troika:
        allowed.append(Change.kind.in_(REGISTERED))
    if audience.troika:
        allowed.append(Change.kind.in_(KEPT_CLOSE))
    if audience.person_id is not None:
        allowed.append(and_(Change.kind == Person.__tablename__, Change.record_id == audience.person_id))
    return or_(*allowed)


def narrower_until(
    session: Session, audience: Audience | None, rows: Collection[Row] | None = None
) -> Mapping[Row, int]:
    """(table, record id) -> the last change before which this audience could not have read the record.

    Of those rows alone; None: of all.
    """
    if audience is None or audience.troika:
        return {}
    found: dict[Row, int] = {}
    for record in RECORDS:
        wanted = None if rows is None else [number for kind, number in rows if kind == record.__tablename__]
        if wanted == []:
            continue
        edits = select(Change.id, Change.record_id, Change.before, record.group_id, record.said_by_id)
        edits = edits.join(record, is_of(record)).where(
            Change.action != Done.CREATED, cast(Change.before, Text).contains('"visibility"')
        )
        if wanted is not None:
            edits = edits.where(Change.record_id.in_(wanted))
        for number, record_id, before, group_id, said_by_id in session.execute(edits.order_by(Change.id)):
            was = record(visibility=before.get("visibility"), group_id=group_id, said_by_id=said_by_id)
            if "visibility" in before and not sees(was, audience):
                found[record.__tablename__, record_id] = number
    return found


def records(session: Session, changes: Sequence[Change]) -> dict[Row, Record]:
    """The records those changes are of."""
    found: dict[Row, Record] = {}
    for each in RECORDS:
        wanted = {change.record_id for change in changes if change.kind == each.__tablename__}
        for record in session.scalars(select(each).where(each.id.in_(wanted))) if wanted else ():
            found[each.__tablename__, record.id] = record
    return found


def is_of(record: type[Record]) -> ColumnElement[bool]:
    """The condition that joins a change to its record."""
    return and_(Change.kind == record.__tablename__, Change.record_id == record.id)


def name(change: Changed, record: Any, wording: Wording) -> str:
    """What was changed: ``record`` is the record in hand (or what a query read of it), None for a register's row."""
    number = change.record_id
    if change.kind == Update.__tablename__:
        return f"{wording.group(record.group_id)} – {wording.deadline(record.period)}"
    if change.kind in (each.__tablename__ for each in RECORDS):
        return str(getattr(record, "code", "") or wording.records.get((change.kind, number), ""))
    if change.kind == Group.__tablename__:
        return wording.group(number)
    if change.kind == Institution.__tablename__:
        return wording.institution(number)
    if change.kind == Person.__tablename__:
        return wording.people.get(number, "")
    return wording.rows.get((change.kind, number), "")
