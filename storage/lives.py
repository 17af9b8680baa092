"""The lives of groups: from which civil day on each was active, dormant, merged or closed, and of which kind.

DOMAIN.md section 3: a group sleeps, wakes, is merged, suppressed, raised from sub-group to group. Rows are dated and
never deleted, so that every figure can use the state of that time. That a group is vacant follows from mandates, not
from here. A group of which nothing is written has always been what it is today.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.database import Base
from storage.groups import Group, Kind, State
from storage.periods import Period, Rhythm


class GroupState(Base):
    """What a group is from a civil day on (None: as long as is known), until the next row.

    ``successor_id`` is the group in which a merged or closed one goes on, ``predecessor_id`` the one it comes out of.
    """

    __tablename__ = "group_states"
    __table_args__ = (UniqueConstraint("group_id", "from_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    from_day: Mapped[date | None]
    state: Mapped[str]
    kind: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"), index=True)
    predecessor_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"), index=True)


BEARING = ("state", "kind", "parent_id")
"""The columns which a group has too, as they are today."""


@dataclass(frozen=True, slots=True)
class Life:
    """A group and what it was, the earliest first."""

    group: Group
    states: Sequence[GroupState] = ()

    def on(self, day: date) -> GroupState | None:
        """What it was on that day; None before it was there."""
        if not self.states:
            return _as_today(self.group)
        found = [each for each in self.states if each.from_day is None or each.from_day <= day]
        return found[-1] if found else None

    def within(self, first: date, last: date) -> list[GroupState | None]:
        """All that it was on the days from one to another, both included; with None if it was not yet there."""
        later = [each for each in self.states if each.from_day is not None and first < each.from_day <= last]
        return [self.on(first), *later]

    def owed(self, first: date, last: date) -> bool:
        """Whether an update for those days was expected of it: it was there and active on each of them.

        Its rhythm is today's. A body owes none, nor does a group on demand.
        """
        if self.group.rhythm == Rhythm.ON_DEMAND or not _created(self.group, first):
            return False
        return all(
            each is not None and each.state == State.ACTIVE and each.kind != Kind.BODY
            for each in self.within(first, last)
        )

    def reported(self, day: date) -> bool:
        """Whether updates were given for it on that day at all."""
        now = self.on(day)
        return now is not None and now.kind != Kind.BODY and now.state in (State.ACTIVE, State.DORMANT)

    def owes(self, period: Period, day: date) -> bool:
        """Whether an update for that period is asked of it on that day: active then, there before the period ends."""
        now = self.on(day)
        if now is None or self.group.rhythm == Rhythm.ON_DEMAND or not _created(self.group, period.last):
            return False
        return now.state == State.ACTIVE and now.kind != Kind.BODY


def of(session: Session, groups: Iterable[Group]) -> dict[int, Life]:
    """Group id -> its life, of all those groups, in one query."""
    known = {group.id: group for group in groups}
    found: dict[int, list[GroupState]] = {}
    chosen = select(GroupState).where(GroupState.group_id.in_(known)) if known else None
    rows = session.scalars(chosen).all() if chosen is not None else []
    for row in sorted(rows, key=lambda each: each.from_day or date.min):
        found.setdefault(row.group_id, []).append(row)
    return {group_id: Life(group, found.get(group_id, ())) for group_id, group in known.items()}


def of_group(session: Session, group: Group) -> Life:
    """The life of one group."""
    return of(session, [group])[group.id]


def begin(session: Session, group: Group, day: date | None, predecessor_id: int | None = None) -> GroupState:
    """Write down what a new group, which must have its id, is from that day on."""
    row = GroupState(group_id=group.id, from_day=day, predecessor_id=predecessor_id, **bearing(group))
    session.add(row)
    return row


def change(session: Session, life: Life, day: date, values: Mapping[str, object]) -> GroupState:
    """Let a group be something else from that day on, until the next row; what is not in ``values`` stays as it was."""
    if not life.states:
        session.add(GroupState(group_id=life.group.id, from_day=None, **bearing(life.group)))
    row = next((each for each in life.states if each.from_day == day), None)
    if row is None:
        before = life.on(day) or life.states[0]
        row = GroupState(group_id=life.group.id, from_day=day, **{name: getattr(before, name) for name in BEARING})
        session.add(row)
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()
    return row


def bearing(row: Group | GroupState) -> dict[str, object]:
    """The columns which a group and a row of its life have in common."""
    return {name: getattr(row, name) for name in BEARING}


def out_of_step(session: Session, groups: Iterable[Group], day: date) -> list[tuple[Group, GroupState]]:
    """The groups which are not what their life says they are on that day, with what they are."""
    found = [(life.group, life.on(day)) for life in of(session, groups).values() if life.states]
    return [(group, row) for group, row in found if row is not None and bearing(row) != bearing(group)]


def _as_today(group: Group) -> GroupState:
    return GroupState(group_id=group.id, from_day=None, **bearing(group))


def _created(group: Group, day: date) -> bool:
    return group.created_on is None or group.created_on <= day
