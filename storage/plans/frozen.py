"""A period's state of a plan as the pool validated it: rows of their own, which nothing that happens later changes.

The period is a quarter, of a plan of several years a year (the SCAP is followed up annually); a key of storage.periods.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

import storage.plans.measured
import storage.plans.rows
from storage import periods
from storage.database import Base, Instant, Money
from storage.periods import Period
from storage.plans.measured import Measure
from storage.plans.rows import Line, Plan


class Frozen(Base):
    """One line of a plan as it stood when a period was validated, in the words of then.

    ``responsible`` are the codes of the institutions, and those who are in no register; ``value`` is the last one
    measured until the end of the period.
    """

    __tablename__ = "plan_frozen"
    __table_args__ = (UniqueConstraint("plan_id", "period", "line_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    period: Mapped[str]
    line_id: Mapped[int] = mapped_column(ForeignKey("plan_lines.id"), index=True)
    frozen_at: Mapped[datetime] = mapped_column(Instant)
    frozen_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    path: Mapped[str]
    number: Mapped[str]
    rank: Mapped[str | None]
    text: Mapped[str] = mapped_column(Text)
    responsible: Mapped[str] = mapped_column(Text)
    timing: Mapped[str]
    due_on: Mapped[date | None]
    unit: Mapped[str]
    target: Mapped[Decimal | None] = mapped_column(Money(4))
    value: Mapped[Decimal | None] = mapped_column(Money(4))
    measured_on: Mapped[date | None]
    status: Mapped[str | None]
    percent: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text)
    evidence: Mapped[str] = mapped_column(Text)

    @property
    def depth(self) -> int:
        """How many lines stood above it."""
        return self.path.count("/")


def period_of(plan: Plan, day: date) -> Period:
    """The period of that plan in which a civil day lies."""
    several = plan.ends is not None and plan.ends != plan.starts
    return periods.containing(periods.YEAR if several else periods.QUARTER, day)


def keys(plan: Plan) -> list[str]:
    """The periods that were validated, the oldest first."""
    return sorted(plan.frozen.split())


def open_periods(plan: Plan, today: date) -> list[str]:
    """The periods of a plan that have begun and were not validated, the oldest first."""
    first, last = plan.starts or today.year, plan.last_year or today.year
    period, found = period_of(plan, date(first, 1, 1)), []
    while period.first <= today and period.first.year <= last:
        found.append(period.key)
        period = period.next()
    return [key for key in found if key not in plan.frozen.split()]


def freeze(session: Session, plan: Plan, key: str, at: datetime, person_id: int | None) -> int:
    """Keep every line of a plan as it stands, once a period; returns how many. The plan then names the period."""
    if key in plan.frozen.split():
        return 0
    lines = storage.plans.rows.lines(session, plan.id)
    values = storage.plans.measured.of_lines(session, [line.id for line in lines], periods.parse(key).last)
    rows = [_frozen(line, values.get(line.id, ()), key) for line in lines]
    for row in rows:
        row.frozen_at, row.frozen_by_id = at, person_id
    session.add_all(rows)
    plan.frozen = " ".join(sorted([*plan.frozen.split(), key]))
    session.flush()
    return len(rows)


def rows(session: Session, plan_id: int, key: str) -> Sequence[Frozen]:
    """A plan as it stood at the validation of that period, in the order of its tree then."""
    found = session.scalars(select(Frozen).where(Frozen.plan_id == plan_id, Frozen.period == key))
    return sorted(found, key=lambda row: (row.path, row.line_id))


def of_line(session: Session, line_id: int) -> Mapping[str, Frozen]:
    """Period -> how a line stood then, the oldest first."""
    chosen = select(Frozen).where(Frozen.line_id == line_id).order_by(Frozen.period)
    return {each.period: each for each in session.scalars(chosen)}


def _frozen(line: Line, values: Sequence[Measure], key: str) -> Frozen:
    responsible = [*(each.code for each in line.institutions), *([line.others] if line.others else [])]
    same = ("path", "number", "rank", "text", "timing", "due_on", "unit", "target", "status", "percent", "reason")
    last = next((each for each in reversed(values) if each.value is not None), None)
    return Frozen(
        plan_id=line.plan_id,
        period=key,
        line_id=line.id,
        responsible=", ".join(responsible),
        evidence=line.evidence,
        value=last.value if last is not None else None,
        measured_on=last.measured_on if last is not None else None,
        **{name: getattr(line, name) for name in same},
    )
