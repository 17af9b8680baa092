"""Of what the history is asked: a record, what a group said of a period, a row of a register, the settings, all.

A subject is named by a short text that a button can carry: ``decisions:12``, ``period:3:2027-W09``, ``groups:3``,
``mandates``, ``configuration``, ``all``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import Session

import storage.partners
import storage.people
from handlers import finding, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import NOT_OFFERED_ANY_MORE, Refusal, number
from handlers.language import message
from handlers.records import NOT_FOR_YOU
from handlers.reports.mrkdwn import mentioned
from handlers.rights import Right
from storage import periods
from storage.groups import Group
from storage.history import SETTINGS, Change
from storage.mandates import Mandate
from storage.models import RECORDS
from storage.partners import Institution
from storage.people import Person
from storage.periods import Rhythm
from storage.records import Record
from storage.updates import Update
from storage.visibility import sees

NONE_OPEN = message("There is no {what} that you may read.")
NOT_KNOWN = message("I do not know that person.")

ALL, PERIOD = "all", "period"
_CODE = re.compile(r"[A-Z0-9-]+-\d{4}-[A-Z]?\d+(?:-\d+)?")
_WORDS = {
    "config": SETTINGS,
    "settings": SETTINGS,
    "reglages": SETTINGS,
    "mandates": Mandate.__tablename__,
    "mandats": Mandate.__tablename__,
}
"""Folded words -> what they name."""
_REGISTERS = ("groups", "institutions", "people")
_POOL_ONLY = (SETTINGS, Mandate.__tablename__)


@dataclass(frozen=True, slots=True)
class Subject:
    """What the history is of: its ``kind`` (a table, or one of the words above), an id, a period's key."""

    kind: str
    id: int = 0
    period: str = ""

    @property
    def value(self) -> str:
        """As a button carries it."""
        return ":".join(map(str, filter(None, (self.kind, self.id, self.period))))


def read(value: str) -> Subject:
    """The subject of that name. Raises Refusal for what is none."""
    kind, _, rest = value.partition(":")
    row, _, period = rest.partition(":")
    records = {each.__tablename__ for each in RECORDS}
    if kind not in {ALL, PERIOD, *_POOL_ONLY, *_REGISTERS} | records:
        raise Refusal(NOT_OFFERED_ANY_MORE)
    return Subject(kind, number(row) if row else 0, period)


def asked(session: Session, ctx: Context, actor: Actor, rest: str) -> Subject:
    """What the words after the command name. Raises Refusal, with what may have been meant."""
    words = rest.strip()
    if not words:
        return Subject(ALL)
    if finding.bare(words) in _WORDS:
        return Subject(_WORDS[finding.bare(words)])
    if mentions := mentioned(words):
        return _person(session, ctx, sorted(mentions)[0])
    if _CODE.fullmatch(words.upper()):
        return _coded(session, actor, words.upper())
    for institution in storage.partners.everyone(session):
        if finding.bare(institution.code) == finding.bare(words):
            return Subject(Institution.__tablename__, institution.id)
    return _of_group(session, ctx, actor, words)


def _person(session: Session, ctx: Context, slack_id: str) -> Subject:
    person = storage.people.by_slack_id(session, ctx.team_id, slack_id)
    if person is None:
        raise Refusal(NOT_KNOWN)
    return Subject(Person.__tablename__, person.id)


def _coded(session: Session, actor: Actor, code: str) -> Subject:
    """The record of that code; one that is hidden is none."""
    for record in RECORDS:
        column = getattr(record, "code", None)
        found = session.scalars(select(record).where(column == code)).first() if column is not None else None
        if found is not None and sees(found, actor.audience):
            return Subject(record.__tablename__, found.id)
    raise Refusal(NONE_OPEN, what=code)


def _of_group(session: Session, ctx: Context, actor: Actor, words: str) -> Subject:
    """A group, or what it said of the period named after it."""
    first, _, after = words.partition(" ")
    period = finding.period(after, ctx.today) if after else None
    if period is None:
        return Subject(Group.__tablename__, finding.group(session, words, actor.speaker).id)
    group = finding.group(session, first, actor.speaker)
    if group.rhythm != Rhythm.ON_DEMAND and period.kind in (periods.WEEK, periods.DAY):
        period = periods.reporting(Rhythm(group.rhythm), period.last)
    return Subject(PERIOD, group.id, period.key)


def require(session: Session, ctx: Context, actor: Actor, subject: Subject) -> Record | None:
    """The record it is of, if it is of one. Raises Refusal to who may not read that."""
    model = next((each for each in RECORDS if each.__tablename__ == subject.kind), None)
    if model is not None:
        record = session.get(model, subject.id)
        if record is None or not sees(record, actor.audience):
            raise Refusal(NOT_FOR_YOU)
        return record
    if subject.kind in (Group.__tablename__, Institution.__tablename__):
        rights.require(session, ctx, actor, Right.READ_REGISTERS)
    own = subject.kind == Person.__tablename__ and subject.id == actor.id
    if subject.kind in _POOL_ONLY or (subject.kind == Person.__tablename__ and not own):
        rights.require(session, ctx, actor, Right.SETTINGS)
    return None


def condition(subject: Subject) -> ColumnElement[bool]:
    """The changes that belong to it, whoever may read them."""
    if subject.kind == ALL:
        return true()
    if subject.kind == PERIOD:
        of_period = select(Update.id).where(Update.group_id == subject.id, Update.period == subject.period)
        return and_(Change.kind == Update.__tablename__, Change.record_id.in_(of_period))
    if subject.kind in _POOL_ONLY:
        return Change.kind == subject.kind
    itself = and_(Change.kind == subject.kind, Change.record_id == subject.id)
    held = {
        Group.__tablename__: Mandate.group_id == subject.id,
        Institution.__tablename__: Mandate.institution_id == subject.id,
    }
    if subject.kind not in held:
        return itself
    mandates = select(Mandate.id).where(held[subject.kind])
    return or_(itself, and_(Change.kind == Mandate.__tablename__, Change.record_id.in_(mandates)))
