"""A week of updates as one reader sees it: received, awaited, excused or not expected, a line a group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

import storage.groups
import storage.lives
import storage.mandates
import storage.reporting_periods
import storage.updates
from handlers import entries, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.language import message
from handlers.reports import blocks
from handlers.reports.report import Entry
from handlers.updates import standing
from handlers.updates.standing import Stand
from storage import periods
from storage.groups import Group, State
from storage.lives import Life
from storage.mandates import Mandate
from storage.periods import Period, Rhythm
from storage.reporting import DigestClock
from storage.reporting_periods import Key, ReportingPeriod
from storage.updates import Update

NOBODY = message("no coordinator at the moment")
FOR_OTHERS = message("received; it is not open to you")
ON_DEMAND = message("on demand")
DORMANT = message("dormant")
OTHER_RHYTHM = message("its {rhythm} update is due by {day}")
EXCUSED_FOR = message("excused for {period}")
EXCUSED_SINCE = message("excused for {period}: {reason}")

SHORT = 300
"""Characters of the reason of an excuse in the list."""
READ, RETURN, VALIDATE, REOPEN, EXCUSE, EXPECT = "read", "return", "validate", "reopen", "excuse", "expect"
"""What the pool can choose in the ⋯ menu of a line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A group in the list: the period it stands for, what is told of it, and what the pool can do there."""

    group: Group
    period: Period
    entry: Entry
    offered: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Week:
    """A week as a reader sees it.

    ``reported``: what was reported, whoever may read it; ``open``: what this reader may read; ``decided``: what the
    pool decided of its periods.
    """

    week: Period
    clock: DigestClock
    now: datetime
    reported: set[Key]
    open: Mapping[Key, Update]
    decided: Mapping[Key, ReportingPeriod]

    @property
    def day(self) -> date:
        """The civil day of its digest, on which the state of a group counts."""
        return self.clock.day_of(self.week)

    def period_of(self, group: Group) -> Period:
        """The period of that group which this week belongs to."""
        return periods.reporting(Rhythm(group.rhythm), min(self.day, self.week.last))

    def stand(self, group: Group) -> Stand:
        """How that group's reporting on it stands."""
        period = self.period_of(group)
        return Stand(self.decided.get((group.id, period.key)), self.clock.deadline(period), self.now)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a week by where their groups stand; those that nothing is expected of come last."""

    received: Sequence[Line]
    awaited: Sequence[Line]
    excused: Sequence[Line]


def read(session: Session, ctx: Context, actor: Actor, week: Period) -> Week:
    """The week as that person may see it."""
    clock = standing.clock(session)
    keys = {periods.reporting(rhythm, min(clock.day_of(week), week.last)).key for rhythm in Rhythm}
    found = storage.updates.of_periods(session, keys, actor.audience)
    return Week(
        week,
        clock,
        ctx.now(),
        storage.updates.reported(session, keys),
        {(update.group_id, update.period): update for update in found},
        storage.reporting_periods.of_periods(session, keys),
    )


def lines(session: Session, ctx: Context, actor: Actor, week: Week) -> Lines:
    """The groups, sorted by where their update of the week stands."""
    received: list[Line] = []
    awaited: list[Line] = []
    excused: list[Line] = []
    names = entries.names(session, week.open.values())
    coordination = storage.mandates.coordination(session, ctx.today)
    for life in storage.lives.of(session, storage.groups.everyone(session)).values():
        group = life.group
        if not life.reported(week.day):
            continue
        if (group.id, week.period_of(group).key) in week.reported:
            received.append(_received(actor, week, group, names))
        elif line := _excused(actor, week, life):
            excused.append(line)
        else:
            awaited.append(_awaited(session, actor, week, group, coordination.get(group.id, ())))
    return Lines(received, awaited, excused)


def to_validate(session: Session, week: Week) -> list[tuple[Group, Period]]:
    """What was received of the week, is over, not validated yet, and not on its way back."""
    return [
        (group, week.period_of(group))
        for group in storage.groups.reporting(session)
        if (group.id, week.period_of(group).key) in week.reported
        and week.stand(group).can_be_validated
        and not week.stand(group).awaited_back
    ]


def offered(stand: Stand) -> list[str]:
    """What the pool can do with what was received."""
    if stand.validated:
        return [READ, REOPEN]
    return [READ, RETURN, *([VALIDATE] if stand.can_be_validated and not stand.awaited_back else [])]


def is_inside(actor: Actor, group_id: int) -> bool:
    """Whether they hear why something was returned or excused: pool, troïka, who coordinates the group."""
    return actor.is_pool or actor.is_troika or group_id in actor.leads


def _received(actor: Actor, week: Week, group: Group, names: entries.Names) -> Line:
    stand, period = week.stand(group), week.period_of(group)
    told = standing.facts(actor.speaker, stand, inside=is_inside(actor, group.id))
    update = week.open.get((group.id, period.key))
    menu = offered(stand) if actor.is_pool else ()
    if update is None:
        return Line(group, period, Entry(name(actor, group), facts=[actor.speaker.say(FOR_OTHERS), *told]), menu)
    entry = entries.update_entry(update, names, actor.speaker)
    return Line(group, period, Entry(name(actor, group), entry.mark, [*entry.facts, *told]), menu)


def _excused(actor: Actor, week: Week, life: Life) -> Line | None:
    """The line of a group of which nothing is expected in this week; None when something is."""
    group = life.group
    period, stand = week.period_of(group), week.stand(group)
    due, owes, was = week.clock.day_of(period), life.owes(period, week.day), life.on(week.day)
    if owes and due <= week.day and not stand.excused:
        return None
    menu: tuple[str, ...] = ()
    if stand.excused and stand.decided is not None:
        menu = (EXPECT,)
        reason = _why(actor, group, stand.decided)
    elif owes:
        menu = (EXCUSE,)
        rhythm = actor.speaker.say(entries.RHYTHMS[Rhythm(group.rhythm)])
        reason = actor.speaker.say(OTHER_RHYTHM, rhythm=rhythm, day=due)
    else:
        reason = actor.speaker.say(DORMANT if was is not None and was.state == State.DORMANT else ON_DEMAND)
    return Line(group, period, Entry(name(actor, group), facts=[reason]), menu if actor.is_pool else ())


def _why(actor: Actor, group: Group, decided: ReportingPeriod) -> str:
    """That it is excused; the reason stays inside."""
    period = periods.parse(decided.period)
    if not is_inside(actor, group.id):
        return actor.speaker.say(EXCUSED_FOR, period=period)
    return actor.speaker.say(EXCUSED_SINCE, period=period, reason=blocks.clip(decided.excuse, SHORT))


def _awaited(session: Session, actor: Actor, week: Week, group: Group, mandates: Sequence[Mandate]) -> Line:
    """The line of a group that owes its update, with who can give it."""
    who = rights.told(session, actor.speaker, mandates) or actor.speaker.say(NOBODY)
    menu = (EXCUSE,) if actor.is_pool else ()
    return Line(group, week.period_of(group), Entry(name(actor, group), facts=[who]), menu)


def name(actor: Actor, group: Group) -> str:
    """The group as a line begins."""
    return f"{group.name(actor.speaker.language)} ({group.code})"
