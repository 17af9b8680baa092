"""The values of an indicator over time: of which line, on which civil day, how much, from which source."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.database import Money
from storage.registered import Registered

MEASURES = "VAL"
"""What their codes begin with."""


class Measure(Registered):
    """One measured value."""

    __tablename__ = "plan_measures"
    __table_args__ = (Index("ix_plan_measures_line_day", "line_id", "measured_on"),)

    line_id: Mapped[int] = mapped_column(ForeignKey("plan_lines.id"))
    measured_on: Mapped[date]
    value: Mapped[Decimal | None] = mapped_column(Money(4))
    source: Mapped[str] = mapped_column(Text, default="")

    @property
    def title(self) -> str:
        """Its figure and its day."""
        return f"{self.measured_on.isoformat()}: {'' if self.value is None else f'{self.value.normalize():f}'}"


def of_lines(session: Session, line_ids: Collection[int], until: date | None = None) -> dict[int, list[Measure]]:
    """Line id -> its values until a civil day, included; None: all; the oldest first."""
    chosen = select(Measure).where(Measure.line_id.in_(line_ids), Measure.withdrawn_at.is_(None))
    if until is not None:
        chosen = chosen.where(Measure.measured_on <= until)
    found: dict[int, list[Measure]] = {}
    for each in session.scalars(chosen.order_by(Measure.measured_on, Measure.id)) if line_ids else ():
        found.setdefault(each.line_id, []).append(each)
    return found


def of_line(session: Session, line_id: int) -> Sequence[Measure]:
    """The values of one line, the oldest first."""
    return of_lines(session, [line_id]).get(line_id, [])
