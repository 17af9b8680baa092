"""A plan and its lines: axes, results and actions in a tree, each with who answers for it, when, and where it stands.

A line has the level and the group of its plan, and follows it. Its ``path`` orders the tree: that of the line above,
then its own number, with figures that sort (``00001/00002``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Row, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from storage.database import Money
from storage.partners import Institution
from storage.registered import Registered, between
from storage.visibility import Audience, visible
from storage.words import folded

PLANS, LINES = "PLAN", "LIN"
"""What their codes begin with."""
RECURRING = "recurring"
"""The key of a timing that comes back ("each meeting"); others are keys of storage.periods."""


MOST = 2000
"""Lines offered in a menu."""


class Kind(StrEnum):
    """What sort of plan it is."""

    ROADMAP = "roadmap"
    HARMONISATION = "harmonisation"
    SCAP = "scap"
    PROGRAMME = "programme"
    POOL = "pool"
    OTHER = "other"


class State(StrEnum):
    """Where a plan stands."""

    DRAFT = "draft"
    RUNNING = "running"
    CLOSED = "closed"


class Rank(StrEnum):
    """What a line is in the tree."""

    AXIS = "axis"
    RESULT = "result"
    ACTION = "action"


class Status(StrEnum):
    """Where a line stands; an axis may say nothing of its own."""

    NOT_STARTED = "not_started"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    OFF_TRACK = "off_track"
    DONE = "done"
    DROPPED = "dropped"


STANDING = (Status.NOT_STARTED, Status.ON_TRACK, Status.BEHIND, Status.OFF_TRACK)
"""The states in which it is still to be done."""
NEEDS_REASON = (Status.BEHIND, Status.OFF_TRACK)
"""Those that say why."""


class Plan(Registered):
    """A plan of a year (``starts`` alone), of several, or of none.

    ``lead_id`` is the institution in charge, as the chef de file of the year; ``frozen`` are the periods whose state
    was validated (see `storage.plans.frozen`), set apart by blanks; ``carried_from_id`` is the plan it goes on from.
    """

    __tablename__ = "plans"

    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(default=Kind.ROADMAP)
    state: Mapped[str | None]
    starts: Mapped[int | None] = mapped_column(index=True)
    ends: Mapped[int | None]
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    about: Mapped[str] = mapped_column(Text, default="")
    frozen: Mapped[str] = mapped_column(Text, default="")
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("plans.id"), index=True)

    @property
    def title(self) -> str:
        """Its name."""
        return self.name

    @property
    def last_year(self) -> int | None:
        """Its last year; None for a plan without years."""
        return self.ends or self.starts


class Line(Registered):
    """A line of a plan, ``above_id`` the one it stands under.

    ``timing`` is as people wrote it, ``timing_key`` what was understood (`RECURRING` or a key of storage.periods),
    ``due_on`` its last civil day. ``others`` are those responsible who are in no register. ``reason`` says in words
    where it stands. ``carried_from_id`` is the line of an earlier plan that goes on here.
    """

    __tablename__ = "plan_lines"
    __table_args__ = (
        Index("ix_plan_lines_plan_path", "plan_id", "path"),
        Index("ix_plan_lines_status_due_on", "status", "due_on"),
    )

    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    above_id: Mapped[int | None] = mapped_column(ForeignKey("plan_lines.id"), index=True)
    rank: Mapped[str | None]
    number: Mapped[str] = mapped_column(default="")
    path: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(Text)
    expected: Mapped[str] = mapped_column(Text, default="")
    others: Mapped[str] = mapped_column(Text, default="")
    timing: Mapped[str] = mapped_column(default="")
    timing_key: Mapped[str | None]
    due_on: Mapped[date | None]
    indicator: Mapped[str] = mapped_column(Text, default="")
    unit: Mapped[str] = mapped_column(default="")
    baseline: Mapped[Decimal | None] = mapped_column(Money(4))
    target: Mapped[Decimal | None] = mapped_column(Money(4))
    status: Mapped[str | None]
    percent: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[str] = mapped_column(Text, default="")
    done_on: Mapped[date | None]
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("plan_lines.id"), index=True)
    institutions: Mapped[list[Institution]] = relationship(
        secondary=between("plan_lines"), order_by=Institution.code, lazy="selectin"
    )

    @property
    def title(self) -> str:
        """Its words."""
        return self.text

    @property
    def numbered(self) -> str:
        """Its number and its words."""
        return f"{self.number} {' '.join(self.text.split())}".strip()

    @property
    def depth(self) -> int:
        """How many lines stand above it."""
        return self.path.count("/")

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.status in STANDING


def by_id(session: Session, plan_id: int) -> Plan | None:
    """The plan of that id, withdrawn or not."""
    return session.get(Plan, plan_id)


def line_by_id(session: Session, line_id: int) -> Line | None:
    """The line of that id, withdrawn or not."""
    return session.get(Line, line_id)


def lines(session: Session, plan_id: int) -> Sequence[Line]:
    """The lines of a plan in the order of its tree, without the withdrawn; whoever may read the plan may read them.

    Databases compare signs each in their own way, so that the order is made here.
    """
    found = session.scalars(select(Line).where(Line.plan_id == plan_id, Line.withdrawn_at.is_(None)))
    return sorted(found, key=lambda line: (line.path, line.id))


def beside(session: Session, line: Line) -> Sequence[Line]:
    """The other lines directly under the same one, or at the top of the same plan, withdrawn ones too."""
    above = Line.above_id.is_(None) if line.above_id is None else Line.above_id == line.above_id
    chosen = select(Line).where(Line.plan_id == line.plan_id, above).order_by(Line.path)
    return [each for each in session.scalars(chosen) if each is not line]


def of_kind(session: Session, kind: str, group_id: int | None, starts: int) -> Plan | None:
    """The plan of that sort, body and first year."""
    same = Plan.group_id.is_(None) if group_id is None else Plan.group_id == group_id
    chosen = select(Plan).where(Plan.kind == kind, same, Plan.starts == starts, Plan.withdrawn_at.is_(None))
    return session.scalars(chosen.order_by(Plan.id)).first()


def named(session: Session, name: str) -> Plan | None:
    """The plan of that name, accents and case ignored."""
    chosen = select(Plan).where(Plan.withdrawn_at.is_(None)).order_by(Plan.id)
    return next((each for each in session.scalars(chosen) if folded(each.name) == folded(name)), None)


def running(session: Session) -> Sequence[Plan]:
    """The plans that run, the newest first."""
    chosen = select(Plan).where(Plan.state == State.RUNNING, Plan.withdrawn_at.is_(None))
    return session.scalars(chosen.order_by(Plan.starts.desc(), Plan.id.desc())).all()


def due_between(session: Session, first: date, last: date) -> Sequence[Line]:
    """The open lines of running plans with their last day between two civil days, both included, the soonest first."""
    return session.scalars(
        select(Line)
        .join(Plan, Plan.id == Line.plan_id)
        .where(
            Line.status.in_(STANDING),
            Line.due_on.between(first, last),
            Line.withdrawn_at.is_(None),
            Plan.state == State.RUNNING,
            Plan.withdrawn_at.is_(None),
        )
        .order_by(Line.due_on, Line.id)
    ).all()


def open_to(session: Session, audience: Audience | None) -> Sequence[Row[int, str, str, str]]:
    """The lines of running plans that this audience may read, as (id, number, text, name of the plan), in order."""
    chosen = (
        select(Line.id, Line.number, Line.text, Plan.name)
        .join(Plan, Plan.id == Line.plan_id)
        .where(Plan.state == State.RUNNING, Line.withdrawn_at.is_(None), visible(Line, audience))
        .order_by(Plan.starts.desc(), Plan.id.desc(), Line.path)
    )
    return session.execute(chosen.limit(MOST)).all()


def place(session: Session, line: Line) -> None:
    """Give a line its path, after its number; a line without a number gets the next one at its place."""
    above = line_by_id(session, line.above_id) if line.above_id is not None else None
    if not line.number:
        line.number = _next(above.number if above is not None else "", beside(session, line))
    line.path = f"{above.path}/{_sorting(line.number)}" if above is not None else _sorting(line.number)


def follow(session: Session, line: Line, was: str) -> None:
    """Move what stands under a line along with it, which had that path."""
    inside = Line.path.startswith(f"{was}/", autoescape=True)
    for each in session.scalars(select(Line).where(Line.plan_id == line.plan_id, inside, Line.id != line.id)):
        each.path = line.path + each.path[len(was) :]


def _sorting(number: str) -> str:
    """A number as it sorts: ``1.10`` after ``1.9``; a slash would be another level."""
    return re.sub("[0-9]+", lambda found: found[0].zfill(5), folded(number)).replace("/", "-")


def _next(above: str, others: Sequence[Line]) -> str:
    """The number after those of the other lines at that place."""
    last = [int(found[0]) for each in others if (found := re.search("[0-9]+$", each.number))]
    return f"{above}.{max(last, default=0) + 1}" if above else str(max(last, default=0) + 1)
