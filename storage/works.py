"""Works of the PTF: studies, missions, evaluations, reviews, analytic works; alone or joint (DOMAIN.md sections 2, 5).

Joint is what two institutions or more do, or one on behalf of another (delegated cooperation): the definition of the
Paris Declaration's indicator 10.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, Index, Text, case, func, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from storage import periods
from storage.partners import Institution
from storage.periods import Period
from storage.registered import Registered, between
from storage.visibility import Audience, visible
from storage.words import folded


class Sort(StrEnum):
    """What sort of work it is; the last three reviews are those of the common strategy (SCAP) and of the CSCRP."""

    STUDY = "study"
    MISSION = "mission"
    EVALUATION = "evaluation"
    ANALYTIC = "analytic"
    SECTOR_REVIEW = "sector_review"
    ANNUAL_REVIEW = "annual_review"
    PEER_REVIEW = "peer_review"
    INDEPENDENT = "independent_evaluation"


REVIEWS = (Sort.SECTOR_REVIEW, Sort.ANNUAL_REVIEW, Sort.PEER_REVIEW, Sort.INDEPENDENT)
"""Those that come back: each opens with what became of the recommendations of the one before."""


class State(StrEnum):
    """Where it stands."""

    PLANNED = "planned"
    CONFIRMED = "confirmed"
    UNDER_WAY = "under_way"
    DONE = "done"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


STANDING = (State.PLANNED, State.CONFIRMED, State.UNDER_WAY, State.POSTPONED)
"""The states in which it is still to be held or finished."""
TAKES_PLACE = (State.PLANNED, State.CONFIRMED, State.UNDER_WAY, State.DONE)
"""The states in which its dates count: what is postponed has none that hold."""

_NOWHERE = frozenset({"", "en ligne", "online", "a distance", "visioconference", "visio", "remote", "virtual"})
_BETWEEN_PLACES = re.compile(r"[,;/+&()]|\s[-–]\s|\bet\b|\band\b|\bpuis\b|\bthen\b")

_INSTITUTIONS = between("works")


class Work(Registered):
    """One work.

    ``lead_id`` is the institution that leads it, ``institutions`` those that joined, ``on_behalf_id`` the one for which
    it acts (delegated). ``begins`` and ``finishes`` are keys of storage.periods, as roughly as they are known yet, with
    their last civil days beside them. ``joint`` follows from the institutions (see `is_joint`).
    """

    __tablename__ = "works"
    __table_args__ = (Index("ix_works_begins_on", "begins_on"),)

    name: Mapped[str]
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(default=State.PLANNED)
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"), index=True)
    on_behalf_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    joint: Mapped[bool] = mapped_column(default=False)
    counterpart: Mapped[str] = mapped_column(default="")
    begins: Mapped[str | None]
    begins_on: Mapped[date | None]
    finishes: Mapped[str | None]
    finishes_on: Mapped[date | None]
    place: Mapped[str] = mapped_column(default="")
    purpose: Mapped[str] = mapped_column(Text, default="")
    documents: Mapped[str] = mapped_column(Text, default="")
    institutions: Mapped[list[Institution]] = relationship(
        secondary=_INSTITUTIONS, order_by=Institution.code, lazy="selectin"
    )

    @property
    def title(self) -> str:
        """What it is called."""
        return self.name

    @hybrid_property
    def coming_on(self) -> date | None:
        """The last civil day on which it may begin, while it is still to be held or finished."""
        return self.begins_on if self.state in STANDING else None

    @coming_on.inplace.expression
    @classmethod
    def _coming_on(cls) -> ColumnElement[date | None]:
        return case((cls.state.in_(STANDING), cls.begins_on), else_=None)

    @property
    def first(self) -> date | None:
        """The earliest civil day on which it may begin, as far as that is known."""
        return periods.parse(self.begins).first if self.begins and self.begins_on else None

    @property
    def last(self) -> date | None:
        """The latest civil day on which it may still go on."""
        return self.finishes_on or self.begins_on


def is_joint(work: Work) -> bool:
    """Whether two institutions or more do it, or one on behalf of another (Paris Declaration, indicator 10)."""
    there = {work.lead_id, *(each.id for each in work.institutions)} - {None}
    return len(there) > 1 or (work.on_behalf_id is not None and there != {work.on_behalf_id})


def places(text: str) -> frozenset[str]:
    """The places in what people wrote, folded: « Ségou, Mopti et San » are three; online is none."""
    found = (part.strip(" .") for part in _BETWEEN_PLACES.split(folded(text)))
    return frozenset(found) - _NOWHERE


def coming(session: Session, audience: Audience | None, first: date, last: date) -> Sequence[Work]:
    """The works that take place between two civil days, included, as far as their dates are known: the first first."""
    found = session.scalars(
        select(Work).where(
            Work.withdrawn_at.is_(None),
            visible(Work, audience),
            Work.state.in_(TAKES_PLACE),
            Work.begins_on <= last + timedelta(days=366),
            func.coalesce(Work.finishes_on, Work.begins_on) >= first,
        )
    )
    within = [work for work in found if work.first is not None and work.first <= last]
    return sorted(within, key=lambda work: (work.first or last, work.last or last, work.id))


def overlapping(work: Work, others: Iterable[Work]) -> list[Work]:
    """Those of the others that share a place and a week with it, as far as both are known."""
    weeks, there = _weeks(work), places(work.place)
    if weeks is None or not there or work.state not in TAKES_PLACE:
        return []
    return [
        other
        for other in others
        if other is not work
        and other.state in TAKES_PLACE
        and there & places(other.place)
        and (theirs := _weeks(other)) is not None
        and theirs[0] <= weeks[1]
        and weeks[0] <= theirs[1]
    ]


def _weeks(work: Work) -> tuple[date, date] | None:
    """The Monday of its first week and the Sunday of its last."""
    if work.first is None or work.last is None:
        return None
    return _week(work.first).first, _week(work.last).last


def _week(day: date) -> Period:
    return periods.containing(periods.WEEK, day)


def before(session: Session, work: Work, audience: Audience | None) -> Work | None:
    """The session of the same review that was held last before this one; None for what does not come back."""
    if work.kind not in REVIEWS or work.begins_on is None:
        return None
    same_group = Work.group_id == work.group_id if work.group_id is not None else Work.group_id.is_(None)
    earlier = select(Work).where(
        Work.kind == work.kind,
        same_group,
        Work.id != work.id,
        Work.begins_on < work.begins_on,
        Work.state.in_(TAKES_PLACE),
        Work.withdrawn_at.is_(None),
        visible(Work, audience),
    )
    return session.scalars(earlier.order_by(Work.begins_on.desc(), Work.id.desc()).limit(1)).first()
