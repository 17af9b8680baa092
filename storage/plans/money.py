"""The budget of a plan: figures by line, currency and year, and what a unit of each currency is worth in XOF.

Nothing planned, committed or spent is guessed: a figure that is missing, one that does not apply and zero are three
things, and an amount without a rate for its year is left out of the sums and told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.database import Money
from storage.registered import Registered

BUDGETS, RATES = "BUD", "TX"
"""What their codes begin with."""
XOF = "XOF"
"""The currency of the sums; one is worth one."""
FIGURES = ("planned", "committed", "spent")
"""The three amounts of a budget line."""

Rates = Mapping[tuple[str, int], Decimal]
"""(currency, year) -> what a unit is worth in XOF."""


class Budget(Registered):
    """An amount of a plan line in a year, in one currency, with who pays it; ``fund`` names an account or basket."""

    __tablename__ = "plan_budgets"

    line_id: Mapped[int] = mapped_column(ForeignKey("plan_lines.id"), index=True)
    label: Mapped[str] = mapped_column(Text)
    year: Mapped[int | None]
    currency: Mapped[str] = mapped_column(default=XOF)
    planned: Mapped[Decimal | None] = mapped_column(Money())
    committed: Mapped[Decimal | None] = mapped_column(Money())
    spent: Mapped[Decimal | None] = mapped_column(Money())
    funder_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    fund: Mapped[str] = mapped_column(Text, default="")

    @property
    def title(self) -> str:
        """What it is for."""
        return self.label


class Rate(Registered):
    """What a unit of a currency is worth in XOF in a year, and who says so."""

    __tablename__ = "exchange_rates"
    __table_args__ = (Index("ix_exchange_rates_currency_year", "currency", "year"),)

    currency: Mapped[str]
    year: Mapped[int]
    value: Mapped[Decimal] = mapped_column(Money(6))
    source: Mapped[str] = mapped_column(Text, default="", server_default="")

    @property
    def title(self) -> str:
        """Its currency and year."""
        return f"{self.currency} {self.year}"


@dataclass(slots=True)
class Total:
    """A sum in XOF: ``known`` None while nothing is known; how many figures are missing, or do not apply."""

    known: Decimal | None = None
    missing: int = 0
    not_applicable: int = 0

    def add(self, amount: Decimal) -> None:
        """Count an amount."""
        self.known = (self.known or Decimal(0)) + amount


@dataclass(slots=True)
class Sums:
    """The three totals of some budget lines, and the (currency, year) pairs that have no rate."""

    planned: Total = field(default_factory=Total)
    committed: Total = field(default_factory=Total)
    spent: Total = field(default_factory=Total)
    unrated: set[tuple[str, int | None]] = field(default_factory=set)

    @property
    def is_overspent(self) -> bool:
        """Whether more is spent than planned, as far as both are known."""
        spent, planned = self.spent.known, self.planned.known
        return spent is not None and planned is not None and spent > planned


def of_lines(session: Session, line_ids: Collection[int]) -> Sequence[Budget]:
    """The budget lines of those lines of a plan, the oldest first."""
    if not line_ids:
        return ()
    chosen = select(Budget).where(Budget.line_id.in_(line_ids), Budget.withdrawn_at.is_(None))
    return session.scalars(chosen.order_by(Budget.id)).all()


def rates(session: Session) -> Rates:
    """All rates; of a currency and year typed twice the last one counts."""
    found = session.execute(select(Rate.currency, Rate.year, Rate.value).where(Rate.withdrawn_at.is_(None)))
    return {(currency, year): value for currency, year, value in found}


def rate_rows(session: Session, years: Collection[int]) -> Sequence[Rate]:
    """The rates of those years, by currency."""
    chosen = select(Rate).where(Rate.year.in_(years), Rate.withdrawn_at.is_(None))
    return session.scalars(chosen.order_by(Rate.year, Rate.currency, Rate.id)).all()


def same_rate(session: Session, rate: Rate) -> Rate | None:
    """Another rate of the same currency and year."""
    chosen = select(Rate).where(Rate.currency == rate.currency, Rate.year == rate.year, Rate.withdrawn_at.is_(None))
    return next((each for each in session.scalars(chosen) if each is not rate), None)


def worth(amount: Decimal, currency: str, year: int | None, known: Rates) -> Decimal | None:
    """An amount in XOF; None without a rate of that year."""
    if currency == XOF:
        return amount
    rate = known.get((currency, year)) if year is not None else None
    return None if rate is None else amount * rate


def sums(budgets: Iterable[Budget], known: Rates) -> Sums:
    """The totals of budget lines in XOF."""
    found = Sums()
    for budget in budgets:
        for name in FIGURES:
            amount, total = getattr(budget, name), getattr(found, name)
            if amount is None:
                lacks = name in budget.not_applicable.split()
                total.not_applicable += lacks
                total.missing += not lacks
                continue
            value = worth(amount, budget.currency, budget.year, known)
            if value is None:
                found.unrated.add((budget.currency, budget.year))
            else:
                total.add(value)
    return found
