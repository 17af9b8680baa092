"""Groups and bodies: thematic groups, sub-groups, ad hoc groups, and the bodies that meet and decide.

DOMAIN.md sections 2 and 3. One table holds them all, because a decision is taken in a body or in a group alike,
codes are unique across both, and a group's kind changes in its life (a sub-group raised to a group keeps its identity).
Periodicity of meetings is words, not logic: the same body has been published with two. What a group was on any day
is in storage.lives; the row here is what it is today.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.database import Base
from storage.periods import Rhythm


class Kind(StrEnum):
    """What sort of frame it is; all but a body give updates."""

    BODY = "body"
    THEMATIC = "thematic"
    SUBGROUP = "subgroup"
    AD_HOC = "ad_hoc"
    DIALOGUE = "dialogue"


class State(StrEnum):
    """Where a group stands in its life (DOMAIN.md section 3: active, en léthargie, fusion, suppression)."""

    ACTIVE = "active"
    DORMANT = "dormant"
    MERGED = "merged"
    CLOSED = "closed"


class Sitting(StrEnum):
    """Which institutions sit in it, and so are called to its meetings.

    ``MEMBERS``: those that hold a mandate in it; ``COORDINATORS``: those that coordinate a group, one seat a group;
    ``PARTNERS``: every one of the PTF.
    """

    MEMBERS = "members"
    TROIKA = "troika"
    COORDINATORS = "coordinators"
    PARTNERS = "partners"


class Group(Base):
    """A group or body: its code (``EDU``, ``GEC``), names, kind, parent, rhythm, state, and who sits in it."""

    __tablename__ = "groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name_fr: Mapped[str]
    name_en: Mapped[str]
    kind: Mapped[str] = mapped_column(default=Kind.THEMATIC)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))
    rhythm: Mapped[str] = mapped_column(default=Rhythm.WEEKLY)
    state: Mapped[str] = mapped_column(default=State.ACTIVE)
    transversal: Mapped[bool] = mapped_column(default=False)
    periodicity: Mapped[str] = mapped_column(default="")
    created_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    sitting: Mapped[str] = mapped_column(default=Sitting.MEMBERS, server_default=Sitting.MEMBERS)

    def name(self, language: str) -> str:
        """The name in that language; the other one where it is not known."""
        return (self.name_en or self.name_fr) if language == "en" else (self.name_fr or self.name_en)

    @property
    def reports(self) -> bool:
        """Whether updates are given for it at all."""
        return self.kind != Kind.BODY and self.state in (State.ACTIVE, State.DORMANT)

    @property
    def owes(self) -> bool:
        """Whether an update is expected each period: never from a dormant group, nor from one on demand."""
        return self.reports and self.state == State.ACTIVE and self.rhythm != Rhythm.ON_DEMAND


_BY_CODE = select(Group).where(Group.code == bindparam("code"))


def everyone(session: Session) -> Sequence[Group]:
    """All groups and bodies, by code."""
    return session.scalars(select(Group).order_by(Group.code)).all()


def reporting(session: Session) -> Sequence[Group]:
    """The groups for which updates are given, by code."""
    return [group for group in everyone(session) if group.reports]


def by_code(session: Session, code: str) -> Group | None:
    """The group or body of that exact code."""
    return session.scalars(_BY_CODE, {"code": code}).one_or_none()


def by_id(session: Session, group_id: int) -> Group | None:
    """The group or body of that id."""
    return session.get(Group, group_id)


def by_ids(session: Session, ids: Collection[int]) -> Sequence[Group]:
    """The groups and bodies of those ids; what the session has read already is not read again."""
    if len(ids) == 1:
        return [group for number in ids if (group := session.get(Group, number)) is not None]
    return session.scalars(select(Group).where(Group.id.in_(ids)).order_by(Group.code)).all() if ids else []
