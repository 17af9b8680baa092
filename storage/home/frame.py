"""What a Home tab says of the settings and of everything there is one of, and of each group: two queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    false,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session, aliased

import storage.drafts
from storage.configuration import Channel, Configuration
from storage.database import once
from storage.drafts import Draft
from storage.groups import Group
from storage.home.reader import Reader
from storage.mandates import COORDINATION, Mandate, Office
from storage.outbox import Message, Sort, State
from storage.partners import Institution
from storage.people import Person
from storage.reporting_periods import ReportingPeriod
from storage.updates import Update
from storage.visibility import Audience, Level, visible


@dataclass(frozen=True, slots=True)
class Posted:
    """The newest digest that stands somewhere this reader may read: its week's key, when, and where."""

    week: str
    at: datetime
    channel: str | None
    stamp: str | None


@dataclass(frozen=True, slots=True)
class Frame:
    """What there is one of: settings, the reader's institution, the last digest, and how many channels and troubles."""

    settings: Configuration
    institution: Institution | None
    digest: Posted | None
    channels: int
    troubles: int
    draft: tuple[str, str] | None
    """Week and state of the oldest digest that waits for a decision of the Pool."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A group as the Home tab needs it: ``given`` its update for the current period, or ``excused`` from it.

    ``heard`` is the instant of its last word this reader may read; ``people`` are the names of who coordinates it.
    """

    group: Group
    given: bool
    excused: bool
    heard: datetime | None
    coordinated: bool
    people: Sequence[str]


def frame(session: Session, reader: Reader) -> Frame:
    """Settings, institution, last digest, channels and troubles."""
    last = _last_digest(reader).subquery()
    channels = select(func.count()).select_from(Channel).scalar_subquery()
    troubled = and_(Message.state.in_([State.UNKNOWN, State.REFUSED]), Message.told_at.is_not(None))
    troubles = select(func.count()).select_from(Message).where(troubled).scalar_subquery()
    waiting = select(Draft.week.label("waiting"), Draft.state.label("waiting_as")).where(storage.drafts.STANDING)
    draft = waiting.order_by(Draft.week).limit(1).subquery()
    row = session.execute(
        select(Configuration, Institution, last, draft, channels.label("channels"), troubles.label("troubles"))
        .select_from(Configuration)
        .outerjoin(Institution, Institution.id == reader.institution_id)
        .outerjoin(last, true())
        .outerjoin(draft, true())
    ).one()
    settings = once(session, Configuration, lambda: row[0])
    posted = Posted(row.key.split(":")[1], row.sent_at, row.place, row.stamp) if row.key else None
    waits = (row.waiting, row.waiting_as) if row.waiting else None
    return Frame(settings, row[1], posted, row.channels, row.troubles, waits)


def groups(session: Session, reader: Reader, periods: Mapping[str, str]) -> list[Seen]:
    """Every group and body by code; ``periods``: rhythm -> key of the current period."""
    holder, alternate = aliased(Person), aliased(Person)
    current = case(periods, value=Group.rhythm, else_="")
    said = and_(Update.group_id == Group.id, Update.withdrawn_at.is_(None))
    given = exists().where(said, Update.period == current)
    heard = select(func.max(Update.said_at)).where(said, visible(Update, reader.audience)).scalar_subquery()
    excused = exists().where(
        ReportingPeriod.group_id == Group.id, ReportingPeriod.period == current, ReportingPeriod.excused_at.is_not(None)
    )
    in_force = and_(Mandate.starts <= reader.today, or_(Mandate.ends.is_(None), Mandate.ends >= reader.today))
    rows = session.execute(
        select(Group, given, excused, heard, Mandate.id, holder.name, alternate.name)
        .select_from(Group)
        .outerjoin(Mandate, and_(Mandate.group_id == Group.id, Mandate.office.in_(COORDINATION), in_force))
        .outerjoin(holder, holder.id == Mandate.holder_id)
        .outerjoin(alternate, alternate.id == Mandate.alternate_id)
        .order_by(Group.code, Mandate.office != Office.COORDINATOR, Mandate.id)
    ).all()
    found: dict[int, Seen] = {}
    for group, is_given, is_excused, last, mandate_id, *names in rows:
        before = found.get(group.id)
        people = [*(before.people if before else ()), *(name for name in names if name)]
        found[group.id] = Seen(group, is_given, is_excused, last, mandate_id is not None, list(dict.fromkeys(people)))
    return list(found.values())


def _last_digest(reader: Reader) -> Select[*tuple[Any, ...]]:
    """The digest written last of those they may read, that in their language before others."""
    return (
        select(Message.key, Message.sent_at, Message.place, Message.stamp)
        .select_from(Message)
        .join(Channel, Channel.id == Message.address)
        .where(
            Message.key.like("digest:%"),
            Message.under.is_(None),
            Message.sort == Sort.POST,
            Message.state == State.SENT,
            _shown(reader.audience),
        )
        .order_by(Message.written_at.desc(), Channel.language != reader.language, Message.id)
        .limit(1)
    )


def _shown(audience: Audience | None) -> ColumnElement[bool]:
    """Whether a channel shows nothing but what that audience may read."""
    if audience is None:
        return false()
    if audience.troika:
        return true()
    open_to = [Level.GOVERNMENT, *([Level.ALL] if audience.partner else [])]
    own = and_(Channel.level == Level.GROUP, Channel.group_id.in_(audience.groups))
    return or_(Channel.level.in_(open_to), own)
