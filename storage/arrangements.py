"""Arrangements: budget support, sector-wide approaches, pooled funds, delegated cooperation (DOMAIN.md sections 5, 8).

Of each partner and year three amounts are kept, which are three different things: pledged, committed, disbursed. An
amount that is missing, one that does not apply (``not_applicable``) and zero are three things as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from storage.database import Money
from storage.partners import Institution
from storage.registered import Registered, between

XOF = "XOF"
"""The currency of most amounts: the CFA franc."""


class Sort(StrEnum):
    """What sort of arrangement it is."""

    FRAMEWORK = "framework"
    GENERAL = "general_budget_support"
    SECTOR = "sector_budget_support"
    DECENTRALISED = "decentralised_budget_support"
    SWAP = "swap"
    POOLED = "pooled_fund"
    DELEGATED = "delegated_cooperation"


class State(StrEnum):
    """Where it stands."""

    PREPARED = "prepared"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    ENDED = "ended"


STANDING = (State.PREPARED, State.IN_FORCE, State.SUSPENDED)


class Share(StrEnum):
    """What a tranche depends on: nothing but the arrangement itself, or its triggers."""

    FIXED = "fixed"
    VARIABLE = "variable"


class Met(StrEnum):
    """What became of a tranche's triggers."""

    AWAITED = "awaited"
    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"


_INSTITUTIONS = between("arrangements")


class Arrangement(Registered):
    """One arrangement.

    ``institutions`` are its signatories among the PTF, ``lead_id`` the one that acts for the others (chef de file of a
    fund, the partner to whom cooperation is delegated), ``counterpart`` who signed for the Government. ``begins`` and
    ``finishes`` are keys of storage.periods. ``programme_based`` is ``yes``, ``no`` or None where nobody said.
    """

    __tablename__ = "arrangements"

    name: Mapped[str]
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(default=State.IN_FORCE)
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"), index=True)
    counterpart: Mapped[str] = mapped_column(default="")
    signed: Mapped[date | None]
    begins: Mapped[str | None]
    begins_on: Mapped[date | None]
    finishes: Mapped[str | None]
    finishes_on: Mapped[date | None]
    programme_based: Mapped[str | None]
    terms: Mapped[str] = mapped_column(Text, default="")
    documents: Mapped[str] = mapped_column(Text, default="")
    institutions: Mapped[list[Institution]] = relationship(
        secondary=_INSTITUTIONS, order_by=Institution.code, lazy="selectin"
    )

    @property
    def title(self) -> str:
        """What it is called."""
        return self.name


class Amount(Registered):
    """What one partner pledged, committed and disbursed under an arrangement in one year, in one currency."""

    __tablename__ = "arrangement_amounts"
    __table_args__ = (Index("ix_arrangement_amounts_arrangement_id_year", "arrangement_id", "year"),)

    arrangement_id: Mapped[int] = mapped_column(ForeignKey("arrangements.id"))
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"), index=True)
    year: Mapped[int]
    currency: Mapped[str] = mapped_column(default=XOF)
    pledged: Mapped[Decimal | None] = mapped_column(Money())
    committed: Mapped[Decimal | None] = mapped_column(Money())
    disbursed: Mapped[Decimal | None] = mapped_column(Money())
    note: Mapped[str] = mapped_column(Text, default="")

    @property
    def title(self) -> str:
        """The year; partner and arrangement are told beside it."""
        return str(self.year)


class Tranche(Registered):
    """A part of a budget support that is paid at once: fixed, or variable with its triggers."""

    __tablename__ = "tranches"

    arrangement_id: Mapped[int] = mapped_column(ForeignKey("arrangements.id"), index=True)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    kind: Mapped[str] = mapped_column(default=Share.FIXED)
    name: Mapped[str] = mapped_column(default="")
    currency: Mapped[str] = mapped_column(default=XOF)
    amount: Mapped[Decimal | None] = mapped_column(Money())
    triggers: Mapped[str] = mapped_column(Text, default="")
    due: Mapped[str | None]
    due_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(default=Met.AWAITED)
    disbursed: Mapped[Decimal | None] = mapped_column(Money())
    paid: Mapped[date | None]

    @property
    def title(self) -> str:
        """What it is called."""
        return self.name


def amounts_of(session: Session, arrangement_id: int) -> Sequence[Amount]:
    """The amounts of an arrangement that stand, whoever may read them (its own readers): by year."""
    chosen = select(Amount).where(Amount.arrangement_id == arrangement_id, Amount.withdrawn_at.is_(None))
    return session.scalars(chosen.order_by(Amount.year, Amount.institution_id, Amount.id)).all()


def tranches_of(session: Session, arrangement_id: int) -> Sequence[Tranche]:
    """Its tranches that stand, the soonest due first."""
    chosen = select(Tranche).where(Tranche.arrangement_id == arrangement_id, Tranche.withdrawn_at.is_(None))
    return session.scalars(chosen.order_by(Tranche.due_on.is_(None), Tranche.due_on, Tranche.id)).all()


def same(session: Session, amount: Amount) -> Amount | None:
    """Another one that stands for the same partner, year and currency."""
    return session.scalars(
        select(Amount)
        .where(
            Amount.arrangement_id == amount.arrangement_id,
            Amount.institution_id == amount.institution_id,
            Amount.year == amount.year,
            Amount.currency == amount.currency,
            Amount.withdrawn_at.is_(None),
            Amount.id != (amount.id or 0),
        )
        .limit(1)
    ).first()
