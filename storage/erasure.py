"""Erasing a person: what names them goes, what they said stays, the history says that it happened.

The row of the person stays, so that whatever points at it still points at somebody: nameless, of no workspace, with
the instant of the erasure. What others wrote is theirs and stays as written; `naming` finds it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import JSON, Column, String, Text, cast, delete, false, func, or_, select, update
from sqlalchemy.orm import Session

import storage.history
import storage.search
from storage.absences import Absence
from storage.actions import STANDING as ACTIONS_STANDING
from storage.actions import Action
from storage.decisions import STANDING, Decision
from storage.feeds import Feed
from storage.history import By, Change
from storage.jobs import Job
from storage.mandates import Mandate
from storage.models import METADATA, RECORDS
from storage.outbox import Message, State
from storage.people import Person, Standing
from storage.records import Record
from storage.sources import Source
from storage.words import folded

ERASED = "erased"
"""Why a message is dropped, and what stands for an id in what is kept of it."""
_COPIES = ("folded",)
"""Columns that repeat what another one says."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did: the duties that lost their carrier; how much of what they said stays, and how much went."""

    mandates: Sequence[Mandate]
    decisions: Sequence[Decision]
    actions: Sequence[Action]
    said: int
    absences: int
    messages: int


def found(session: Session, wanted: str) -> Sequence[Person]:
    """The people of that Slack id, else of that name, case and accents folded."""
    by_id = session.scalars(select(Person).where(Person.slack_id == wanted)).all()
    if by_id:
        return by_id
    named = session.scalars(select(Person).where(Person.name != "").order_by(Person.id)).all()
    return [person for person in named if folded(person.name) == folded(wanted)]


def naming(session: Session, name: str) -> list[Record]:
    """The records in whose words somebody wrote that name: they stay as written."""
    records: list[Record] = []
    for model in RECORDS:
        texts = [each for each in model.__table__.c if isinstance(each.type, String) and each.name not in _COPIES]
        named = or_(false(), *(text.contains(name, autoescape=True) for text in texts))
        records += session.scalars(select(model).where(named).order_by(model.id)).all() if name else []
    return records


def erase(session: Session, person: Person, today: date, by: By) -> Erased:
    """Take everything that names them away; their duties from that civil day on lose their carrier."""
    erased = Erased(
        mandates=_mandates(session, person, today, by),
        decisions=_uncarried(session, Decision, STANDING, person, by),
        actions=_uncarried(session, Action, ACTIONS_STANDING, person, by),
        said=_said(session, person),
        absences=_absences(session, person),
        messages=_messages(session, person),
    )
    _scrub_history(session, person)
    session.execute(update(Source).where(Source.author_id == person.id).values(author=""))
    session.execute(delete(Job).where(Job.person_id == person.id))
    session.execute(delete(Feed).where(Feed.person_id == person.id))
    _sweep(session, person)
    if person.slack_id:
        storage.search.forget(session, person.slack_id)
    _empty(person, by)
    session.flush()
    storage.history.erased(session, person, by)
    return erased


def _mandates(session: Session, person: Person, today: date, by: By) -> list[Mandate]:
    """The mandates that stand or are to come keep their institution, without this carrier."""
    carried = or_(Mandate.holder_id == person.id, Mandate.alternate_id == person.id)
    standing = or_(Mandate.ends.is_(None), Mandate.ends >= today)
    mandates = list(session.scalars(select(Mandate).where(carried, standing).order_by(Mandate.id)))
    for mandate in mandates:
        before = storage.history.values(mandate)
        mandate.holder_id = None if mandate.holder_id == person.id else mandate.holder_id
        mandate.alternate_id = None if mandate.alternate_id == person.id else mandate.alternate_id
        session.flush()
        storage.history.registered(session, mandate, before, by)
    return mandates


def _uncarried(session: Session, model: Any, statuses: Sequence[str], person: Person, by: By) -> list[Any]:
    """What they carried and is still owed is carried by nobody."""
    carried = (model.carrier_id == person.id, model.status.in_(statuses), model.withdrawn_at.is_(None))
    records = list(session.scalars(select(model).where(*carried).order_by(model.id)))
    for record in records:
        before = storage.history.facts(record)
        record.carrier_id = None
        record.version += 1
        session.flush()
        storage.history.changed(session, record, before, by)
    return records


def _said(session: Session, person: Person) -> int:
    counts = (session.scalar(select(func.count()).where(model.said_by_id == person.id)) for model in RECORDS)
    return sum(count or 0 for count in counts)


def _absences(session: Session, person: Person) -> int:
    """When they were away is nobody's business any more; nor is what history kept of it."""
    ids = list(session.scalars(select(Absence.id).where(Absence.person_id == person.id)))
    of_them = (Change.kind == Absence.__tablename__, Change.record_id.in_(ids))
    session.execute(update(Change).where(*of_them).values(before={}, after={}))
    session.execute(delete(Absence).where(Absence.id.in_(ids)))
    return len(ids)


def _messages(session: Session, person: Person) -> int:
    """What was addressed to them is emptied and never sent."""
    if not person.slack_id:
        return 0
    messages = session.scalars(select(Message).where(Message.address == person.slack_id)).all()
    for message in messages:
        message.payload, message.error, message.state = {"text": ""}, ERASED, State.DROPPED
        message.place = message.stamp = message.leased_until = None
    session.flush()
    return len(messages)


def _sweep(session: Session, person: Person) -> None:
    """Their Slack id wherever it is part of a text (keys above all), their name and id in what was sent to others."""
    for table in METADATA.sorted_tables:
        for column in table.columns if table.name not in (Person.__tablename__, Change.__tablename__) else ():
            if isinstance(column.type, JSON):
                _replace_within(session, column, [word for word in (person.name, person.slack_id) if word])
            elif isinstance(column.type, String) and person.slack_id:
                told = func.replace(column, person.slack_id, f"{ERASED}:{person.id}")
                named = column.contains(person.slack_id, autoescape=True)
                session.execute(update(table).where(named).values({column.name: told}))
    session.expire_all()


def _replace_within(session: Session, column: Column[Any], words: Sequence[str]) -> None:
    """These words wherever they stand in a JSON column."""
    table, (key,) = column.table, column.table.primary_key
    for word in words:
        written = json.dumps(word)[1:-1]
        kept = cast(column, Text).contains(written, autoescape=True)
        for number, value in session.execute(select(key, column).where(kept)).all():
            told = json.loads(json.dumps(value).replace(written, "…"))
            session.execute(update(table).where(key == number).values({column.name: told}))


def _scrub_history(session: Session, person: Person) -> None:
    """What was changed about them is told without what it was."""
    of_them = (Change.kind == Person.__tablename__, Change.record_id == person.id)
    session.execute(update(Change).where(*of_them).values(before={}, after={}))


def _empty(person: Person, by: By) -> None:
    person.name, person.title, person.standing = "", "", Standing.DEACTIVATED
    person.team_id = person.slack_id = person.language = person.slack_language = person.zone = None
    person.institution_id = person.seen_at = person.welcomed_at = None
    person.quiet, person.erased_at = False, by.at
