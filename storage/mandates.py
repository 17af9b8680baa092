"""Mandates: an institution holds an office for a time, carried by a titulaire and a suppléant (DOMAIN.md 1, 2).

Who may do what on a day follows from the mandates of that day, never from a flag on a person.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import BindParameter, ColumnElement, Date, ForeignKey, and_, bindparam, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.database import Base
from storage.people import KNOWN_BY_SLACK_ID, Person


class Office(StrEnum):
    """What a mandate is for. ``LEAD`` is the chef de file; ``INCOMING`` and ``OUTGOING`` complete the troïka."""

    LEAD = "lead"
    INCOMING = "incoming"
    OUTGOING = "outgoing"
    COORDINATOR = "coordinator"
    COCOORDINATOR = "cocoordinator"
    MEMBER = "member"
    POOL_COORDINATOR = "pool_coordinator"
    POOL_ASSISTANT = "pool_assistant"
    OBSERVER = "observer"


TROIKA = (Office.LEAD, Office.INCOMING, Office.OUTGOING)
POOL = (Office.POOL_COORDINATOR, Office.POOL_ASSISTANT)
COORDINATION = (Office.COORDINATOR, Office.COCOORDINATOR)
SINGLE = (*TROIKA, Office.COORDINATOR)
"""Offices that one institution holds at a time."""


class Mandate(Base):
    """An office of an institution, from a civil date to another (both included), over a group or the collective."""

    __tablename__ = "mandates"

    id: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(index=True)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"), index=True)
    starts: Mapped[date]
    ends: Mapped[date | None]
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    alternate_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)

    def carried_by(self, person_id: int) -> bool:
        """Whether that person carries it, as titulaire or suppléant."""
        return person_id in (self.holder_id, self.alternate_id)

    @property
    def carriers(self) -> tuple[int, ...]:
        """The ids of those who carry it, titulaire first."""
        return tuple(person for person in (self.holder_id, self.alternate_id) if person is not None)


def on(session: Session, day: date) -> Sequence[Mandate]:
    """All mandates in force on that civil day."""
    return session.scalars(select(Mandate).where(_in_force(day)).order_by(Mandate.id)).all()


def of_slack_id(session: Session, team_id: str, slack_id: str, day: date) -> tuple[Person | None, list[Mandate]]:
    """The person of that workspace and user id (see `storage.people.by_slack_id`), with what they carry on that day."""
    rows = session.execute(_OF_SLACK_ID, {"team_id": team_id, "slack_id": slack_id, "day": day}).all()
    person: Person | None = rows[0][0] if rows else None
    return person, [mandate for found, mandate in rows if found is person and mandate is not None]


def of_person(session: Session, person_id: int, day: date) -> Sequence[Mandate]:
    """The mandates which that person carries on that day."""
    return session.scalars(_OF_PERSON, {"person_id": person_id, "day": day}).all()


def of_people(session: Session, person_ids: Collection[int], day: date) -> Sequence[Mandate]:
    """The mandates which any of these people carry on that day."""
    carried = or_(Mandate.holder_id.in_(person_ids), Mandate.alternate_id.in_(person_ids))
    return session.scalars(select(Mandate).where(_in_force(day), carried).order_by(Mandate.id)).all()


def of_institutions(session: Session, institution_ids: Collection[int], day: date) -> Sequence[Mandate]:
    """The mandates which any of these institutions holds on that day."""
    held = Mandate.institution_id.in_(institution_ids)
    return session.scalars(select(Mandate).where(_in_force(day), held).order_by(Mandate.id)).all()


def of_group(session: Session, group_id: int, day: date) -> Sequence[Mandate]:
    """Who coordinates that group on that day, the coordinator before the co-coordinator."""
    found = session.scalars(
        select(Mandate)
        .where(_in_force(day), Mandate.group_id == group_id, Mandate.office.in_(COORDINATION))
        .order_by(Mandate.id)
    ).all()
    return sorted(found, key=lambda mandate: mandate.office != Office.COORDINATOR)


def of_offices(session: Session, offices: Sequence[Office], day: date) -> Sequence[Mandate]:
    """The mandates of those offices on that day."""
    chosen = select(Mandate).where(_in_force(day), Mandate.office.in_(offices)).order_by(Mandate.id)
    return session.scalars(chosen).all()


def _in_force(day: date | BindParameter[date]) -> ColumnElement[bool]:
    return and_(Mandate.starts <= day, or_(Mandate.ends.is_(None), Mandate.ends >= day))


_OF_SLACK_ID = (
    select(Person, Mandate)
    .outerjoin(
        Mandate,
        and_(
            _in_force(bindparam("day", type_=Date)),
            or_(Mandate.holder_id == Person.id, Mandate.alternate_id == Person.id),
        ),
    )
    .where(KNOWN_BY_SLACK_ID)
    .order_by(Person.team_id.is_(None), Mandate.id)
)
_OF_PERSON = (
    select(Mandate)
    .where(
        _in_force(bindparam("day", type_=Date)),
        or_(Mandate.holder_id == bindparam("person_id"), Mandate.alternate_id == bindparam("person_id")),
    )
    .order_by(Mandate.id)
)


def of_office(session: Session, office: str, institution_id: int | None, group_id: int | None) -> Sequence[Mandate]:
    """All mandates of that office over that group (None: the collective), of one institution, the latest first."""
    return session.scalars(
        select(Mandate)
        .where(
            Mandate.office == office,
            Mandate.institution_id == institution_id,
            Mandate.group_id == group_id,
        )
        .order_by(Mandate.starts.desc(), Mandate.id.desc())
    ).all()


def by_id(session: Session, mandate_id: int) -> Mandate | None:
    """The mandate of that id."""
    return session.get(Mandate, mandate_id)


def standing(session: Session, day: date) -> Sequence[Mandate]:
    """The mandates in force on that civil day, and those to come."""
    chosen = select(Mandate).where(or_(Mandate.ends.is_(None), Mandate.ends >= day))
    return session.scalars(chosen.order_by(Mandate.starts, Mandate.id)).all()


def overlapping(session: Session, mandate: Mandate) -> Sequence[Mandate]:
    """Other mandates of the same office over the same group which share a day with it, the earliest first."""
    shared = or_(Mandate.ends.is_(None), Mandate.ends >= mandate.starts)
    if mandate.ends is not None:
        shared = and_(shared, Mandate.starts <= mandate.ends)
    chosen = select(Mandate).where(Mandate.office == mandate.office, Mandate.group_id == mandate.group_id, shared)
    if mandate.id is not None:
        chosen = chosen.where(Mandate.id != mandate.id)
    return session.scalars(chosen.order_by(Mandate.starts, Mandate.id)).all()


def held_on(session: Session, office: str, group_id: int | None, day: date) -> Mandate | None:
    """The mandate of that office over that group (None: the collective) on that day; the latest begun of several."""
    chosen = select(Mandate).where(_in_force(day), Mandate.office == office, Mandate.group_id == group_id)
    return session.scalars(chosen.order_by(Mandate.starts.desc(), Mandate.id.desc()).limit(1)).one_or_none()


def between(session: Session, first: date, last: date) -> Sequence[Mandate]:
    """The mandates in force on any of those days, both included, the earliest first."""
    some_day = and_(Mandate.starts <= last, or_(Mandate.ends.is_(None), Mandate.ends >= first))
    return session.scalars(select(Mandate).where(some_day).order_by(Mandate.starts, Mandate.id)).all()


def turning(session: Session, first: date, last: date) -> Sequence[Mandate]:
    """The mandates that begin on one of those days, or ended on the day before one of them."""
    eve = timedelta(days=1)
    begins, ended = Mandate.starts.between(first, last), Mandate.ends.between(first - eve, last - eve)
    return session.scalars(select(Mandate).where(or_(begins, ended)).order_by(Mandate.starts, Mandate.id)).all()


def everyone(session: Session) -> Sequence[Mandate]:
    """All mandates, the earliest first."""
    return session.scalars(select(Mandate).order_by(Mandate.starts, Mandate.id)).all()


def handed_on(mandate: Mandate, day: date) -> Mandate:
    """The same mandate from that day on, to be carried by others; who carried it until then stays on the old one.

    A mandate that begins on that day or later is itself the one to change, and is returned.
    """
    if mandate.starts >= day:
        return mandate
    later = Mandate(
        office=mandate.office,
        institution_id=mandate.institution_id,
        group_id=mandate.group_id,
        starts=day,
        ends=mandate.ends,
        holder_id=mandate.holder_id,
        alternate_id=mandate.alternate_id,
    )
    mandate.ends = day - timedelta(days=1)
    return later


def coordination(session: Session, day: date) -> dict[int, list[Mandate]]:
    """Group id -> who coordinates it on that day, the coordinator before the co-coordinator."""
    found: dict[int, list[Mandate]] = {}
    for mandate in sorted(of_offices(session, COORDINATION, day), key=lambda each: each.office != Office.COORDINATOR):
        if mandate.group_id is not None:
            found.setdefault(mandate.group_id, []).append(mandate)
    return found
