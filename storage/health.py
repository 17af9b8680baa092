"""How the groups work, in a few facts each: updates given of those due, last meeting, overdue actions, coordination.

The Pool Technique tables such a note before each quarterly meeting of coordinators (DOMAIN.md section 2). A fixed
number of queries, whatever the number of groups. A period counts only if the group was there and active from its first
day until it closed, and was not excused; nothing was owed before the registers began. There is no score and no rank.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

import storage.actions
import storage.groups
import storage.lives
import storage.reporting_periods
from storage.decisions import Decision
from storage.groups import Group, State
from storage.history import Change
from storage.lives import Life
from storage.mandates import COORDINATION, Mandate
from storage.periods import Period, Rhythm
from storage.reporting import DigestClock
from storage.reporting_periods import Key
from storage.updates import Update
from storage.visibility import Audience, visible

SPANS: Mapping[Rhythm, int] = {Rhythm.WEEKLY: 12, Rhythm.MONTHLY: 6, Rhythm.QUARTERLY: 4}
"""How many periods that are over are looked at, by rhythm."""


@dataclass(frozen=True, slots=True)
class Reporting:
    """Of the last periods that are over: for how many an update was due, given, given late; for how many excused."""

    due: int = 0
    given: int = 0
    late: int = 0
    excused: int = 0

    @property
    def counted(self) -> int:
        """The periods in which the group was there and active."""
        return self.due + self.excused


@dataclass(frozen=True, slots=True)
class Coordination:
    """Who coordinates on that day: whether an institution does, whether it has named somebody; else since when not.

    ``vacant_since`` None: nobody is known to have coordinated it before.
    """

    held: bool
    carried: bool = False
    vacant_since: date | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """The facts of one group.

    ``state`` is what it is today and ``since`` from which day on (None: always, as far as known). ``met`` is the date
    of the last meeting that left a decision which the reader may know of (a key of storage.periods), ``overdue`` the
    number of its overdue actions.
    """

    group: Group
    state: State
    since: date | None
    reporting: Reporting
    met: str | None
    overdue: int
    coordination: Coordination

    @property
    def span(self) -> int:
        """How many periods were looked at; 0 for a group on demand."""
        return SPANS.get(Rhythm(self.group.rhythm), 0)


def of(
    session: Session, times: DigestClock, now: datetime, audience: Audience | None, only: Collection[int] | None = None
) -> list[Health]:
    """The facts of every group that gives updates today, by code; of those ids only, None: of all."""
    today = now.astimezone(times.zone).date()
    lives = storage.lives.of(session, storage.groups.everyone(session))
    wanted = [life for life in lives.values() if life.reported(today) and (only is None or life.group.id in only)]
    looked_at = _looked_at(wanted, times, now, _beginning(session, times))
    reporting = _reporting(session, looked_at)
    met, overdue = _met(session, audience, today), storage.actions.overdue_by_group(session, today)
    coordination = _coordination(session, today)
    return [
        Health(
            group=life.group,
            state=_state(life, today),
            since=_since(life, today),
            reporting=reporting[life.group.id],
            met=met.get(life.group.id),
            overdue=overdue.get(life.group.id, 0),
            coordination=coordination.get(life.group.id, Coordination(held=False)),
        )
        for life in sorted(wanted, key=lambda each: each.group.code)
    ]


def _looked_at(lives: Sequence[Life], times: DigestClock, now: datetime, beginning: date) -> dict[int, list[Period]]:
    """Group id -> the last periods that are over and in which an update was expected of it."""
    found = {}
    for life in lives:
        rhythm = Rhythm(life.group.rhythm)
        period = times.current(rhythm, now)
        over: list[Period] = []
        while len(over) < SPANS.get(rhythm, 0):
            if times.deadline(period) <= now:
                over.append(period)
            period = period.previous()
        found[life.group.id] = [
            each for each in over if each.last >= beginning and life.owed(each.first, times.day_of(each))
        ]
    return found


def _reporting(session: Session, looked_at: Mapping[int, Sequence[Period]]) -> dict[int, Reporting]:
    keys = {period.key for over in looked_at.values() for period in over}
    late, excused = _given(session, keys), storage.reporting_periods.excused(session, keys)
    found = {}
    for group_id, over in looked_at.items():
        pairs = [(group_id, period.key) for period in over]
        free = [pair for pair in pairs if pair in excused and pair not in late]
        given = [late[pair] for pair in pairs if pair in late]
        found[group_id] = Reporting(len(pairs) - len(free), len(given), sum(given), len(free))
    return found


def _given(session: Session, keys: Collection[str]) -> dict[Key, bool]:
    """(group id, period key) -> whether all that was given for it came late."""
    if not keys:
        return {}
    chosen = (
        select(Update.group_id, Update.period, Update.late)
        .where(Update.period.in_(keys), Update.withdrawn_at.is_(None))
        .distinct()
    )
    found: dict[Key, bool] = {}
    for group_id, period, late in session.execute(chosen):
        found[group_id, period] = late and found.get((group_id, period), True)
    return found


def _met(session: Session, audience: Audience | None, today: date) -> dict[int, str]:
    """Group id -> when its last meeting was, as exactly as its decisions tell."""
    precision = func.length(Decision.decided)
    chosen = (
        select(Decision.group_id, Decision.decided, Decision.decided_on, precision)
        .where(Decision.withdrawn_at.is_(None), Decision.decided_on <= today, visible(Decision, audience))
        .distinct()
        .order_by(Decision.decided_on, precision)
    )
    return {row.group_id: row.decided for row in session.execute(chosen)}


def _coordination(session: Session, today: date) -> dict[int, Coordination]:
    """Group id -> who coordinates it on that day, of those that ever had a coordinator."""
    chosen = select(Mandate).where(Mandate.office.in_(COORDINATION), Mandate.starts <= today)
    held: dict[int, list[Mandate]] = {}
    for mandate in session.scalars(chosen):
        held.setdefault(mandate.group_id or 0, []).append(mandate)
    return {group_id: _coordinated(mandates, today) for group_id, mandates in held.items()}


def _coordinated(mandates: Sequence[Mandate], today: date) -> Coordination:
    in_force = [each for each in mandates if each.ends is None or each.ends >= today]
    if in_force:
        return Coordination(held=True, carried=any(each.carriers for each in in_force))
    last = max(each.ends for each in mandates if each.ends is not None)
    return Coordination(held=False, vacant_since=last + timedelta(days=1))


def _beginning(session: Session, times: DigestClock) -> date:
    """The civil day on which the registers began: with the first update, or the first change of anything."""
    first = select(func.min(Update.said_at), select(func.min(Change.at)).scalar_subquery())
    found = [at for at in session.execute(first).one() if at is not None]
    return min((at.astimezone(times.zone).date() for at in found), default=date.max)


def _state(life: Life, today: date) -> State:
    now = life.on(today)
    return State(now.state if now is not None else life.group.state)


def _since(life: Life, today: date) -> date | None:
    """From which day on it has been in the state of today."""
    since = None
    for row in life.states:
        if row.from_day is not None and row.from_day > today:
            break
        before = life.on(row.from_day - timedelta(days=1)) if row.from_day else None
        since = row.from_day if before is None or before.state != row.state else since
    return since
