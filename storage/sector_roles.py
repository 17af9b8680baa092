"""Who is what in which sector, since when: the division of labour among the PTF (DOMAIN.md sections 1, 5)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage import periods
from storage.registered import Registered
from storage.visibility import Audience, visible


class Role(StrEnum):
    """What a partner is in a sector: it leads, is active, leaves its voice to another, or acts through another."""

    LEAD = "lead"
    ACTIVE = "active"
    SILENT = "silent"
    DELEGATED = "delegated"


PRESENT = (Role.LEAD, Role.ACTIVE)
"""The roles that count towards the number of sectors in which a partner is: a silent partner frees the table."""


class SectorRole(Registered):
    """A partner's role in a sector, which is a thematic group (``group_id``).

    ``since`` and ``ended`` are keys of storage.periods, as roughly as they are known, with their last civil days beside
    them. ``voice_id`` is the institution that speaks for a silent partner, or to which cooperation is delegated.
    """

    __tablename__ = "sector_roles"
    __table_args__ = (Index("ix_sector_roles_institution_id_group_id", "institution_id", "group_id"),)

    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"))
    role: Mapped[str]
    since: Mapped[str | None]
    since_on: Mapped[date | None]
    ended: Mapped[str | None]
    ended_on: Mapped[date | None]
    voice_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    note: Mapped[str] = mapped_column(default="")

    @property
    def title(self) -> str:
        """Nothing beside its code: partner and sector are told with it."""
        return ""

    @property
    def first(self) -> date:
        """The first civil day on which it held; the beginning of time where nobody knows."""
        return periods.parse(self.since).first if self.since and self.since_on else date.min

    @property
    def last(self) -> date:
        """The last one; the end of time while none is set."""
        return self.ended_on or date.max

    def holds(self, day: date) -> bool:
        """Whether it holds on that civil day."""
        return self.first <= day <= self.last


def holding(session: Session, audience: Audience | None, day: date) -> Sequence[SectorRole]:
    """The roles that hold on that civil day and that this audience may read."""
    chosen = select(SectorRole).where(
        SectorRole.withdrawn_at.is_(None),
        visible(SectorRole, audience),
        or_(SectorRole.ended_on.is_(None), SectorRole.ended_on >= day),
    )
    return [each for each in session.scalars(chosen.order_by(SectorRole.id)) if each.holds(day)]


def meeting(session: Session, role: SectorRole) -> Sequence[SectorRole]:
    """The other roles in the same sector that hold at some time together with it, whoever may read them."""
    chosen = select(SectorRole).where(
        SectorRole.group_id == role.group_id,
        SectorRole.withdrawn_at.is_(None),
        SectorRole.id != (role.id or 0),
        or_(SectorRole.ended_on.is_(None), SectorRole.ended_on >= role.first),
    )
    return [each for each in session.scalars(chosen.order_by(SectorRole.id)) if each.first <= role.last]


def sectors(roles: Iterable[SectorRole], parents: dict[int, int | None]) -> dict[int, Collection[int]]:
    """Institution id -> the sectors in which it leads or is active; a sub-group counts as the group above it.

    ``parents``: group id -> id of the group above.
    """
    found: dict[int, set[int]] = {}
    for each in roles:
        if each.role in PRESENT and each.group_id is not None:
            found.setdefault(each.institution_id, set()).add(parents.get(each.group_id) or each.group_id)
    return dict(found)
