"""One look at all that is owed within a stretch of days: what was asked, put off and told before, and whom it concerns.

Everything is read at once, by a number of queries that follows neither people nor dues, so that the cost of a round
follows what is due.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import TypeVar

from sqlalchemy.orm import Session

import storage.absences
import storage.configuration
import storage.mandates
import storage.people
import storage.reminding
from handlers import actors, calendar_of
from handlers.actors import Actor
from handlers.calendar import WorkingTime
from handlers.context import Context
from handlers.dues import Due, Step
from handlers.reminders import ladder, sources
from handlers.reminders.ladder import Manners
from storage.mandates import COORDINATION, POOL, Mandate, Office
from storage.outbox import State
from storage.people import Person, Standing
from storage.reminding import Asked, Escalation, Pause
from storage.visibility import Audience

CANNOT_ANSWER = (Standing.DEACTIVATED, Standing.GUEST, Standing.EXTERNAL)
"""Who is asked in vain: they have left, or may not write."""
UNSEEN = (State.REFUSED, State.DROPPED)
"""How a reminder ends that nobody has seen."""
ASKED_FIRST = 8
"""How many carriers of one due are looked at; when none of them can answer, those above are told."""
_PART = 5000
"""As many ids as one query takes on every database."""
_MARGIN = timedelta(days=14)
"""How far rest days can move a reminder."""

Row = TypeVar("Row", Asked, Escalation)
Name = tuple[str, date]
"""What tells a due from all others: its key and its deadline."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person, when one may write to them, and whether they could answer now: neither gone, nor guest, nor away."""

    actor: Actor
    working: WorkingTime
    able: bool

    @property
    def audience(self) -> Audience | None:
        """What they may read; one whom nobody met yet counts as the member they are taken for."""
        unmet = self.actor.standing == Standing.UNKNOWN
        return (replace(self.actor, standing=Standing.MEMBER) if unmet else self.actor).audience

    def today(self, now: datetime) -> date:
        """The civil day in their zone."""
        return now.astimezone(self.working.zone).date()


@dataclass(frozen=True, slots=True)
class Round:
    """What is owed, and all that is known about it.

    ``unreached``: the due and the id of the person whom Slack would not give its reminder.
    ``letters`` are the (person id, civil day) on which somebody was written to; ``above`` is who is told at a step, by
    step and group (None but for `Step.GROUP`); ``house`` the working time of nobody in particular.
    """

    now: datetime
    manners: Manners
    dues: Sequence[Due]
    asked: Mapping[Name, Sequence[Asked]]
    pauses: Mapping[tuple[Name, int], Pause]
    told: Mapping[Name, Sequence[Escalation]]
    unreached: Collection[tuple[Name, int]]
    letters: Collection[tuple[int, date]]
    people: Mapping[int, Somebody]
    above: Mapping[tuple[Step, int | None], Sequence[int]]
    house: WorkingTime

    def first_able(self, due: Due, ids: Iterable[int]) -> Somebody | None:
        """The first of these who could answer now, may read it, and can be reached."""
        found = (self.people[each] for each in ids if each in self.people and (name(due), each) not in self.unreached)
        return next((each for each in found if each.able and due.readable(each.audience)), None)


def name(due: Due) -> Name:
    """What tells it from all others."""
    return due.key, due.day


def span(manners: Manners, today: date) -> tuple[date, date]:
    """The deadlines that can matter on that day: before them the first rung, after them the last and what follows."""
    before, after = max(0, -manners.rungs[0]), max(0, manners.rungs[-1])
    return today - timedelta(days=after) - _MARGIN, today + timedelta(days=before) + _MARGIN


def gather(session: Session, ctx: Context, first: date, last: date, readers: Iterable[int] = ()) -> Round:
    """All that is owed with its deadline between two civil days, what is known about it, and these people besides."""
    dues = sources.owed(session, ctx, first, last)
    asked = storage.reminding.asked_between(session, first, last) if dues else []
    told = storage.reminding.escalated_between(session, first, last) if dues else ()
    above = _above(session, ctx, dues)
    concerned = {
        *(person for due in dues for person in due.carriers[:ASKED_FIRST]),
        *(person for ids in above.values() for person in ids),
        *(each.person_id for each, _ in asked),
        *readers,
    }
    pauses = storage.reminding.pauses_between(session, first, last) if asked else ()
    return Round(
        now=ctx.now(),
        manners=ladder.manners(storage.configuration.current(session)),
        dues=dues,
        asked=_by_due(each for each, state in asked if state not in UNSEEN),
        pauses={((each.due, each.due_day), each.person_id): each for each in pauses},
        told=_by_due(told),
        unreached={((each.due, each.due_day), each.person_id) for each, state in asked if state == State.REFUSED},
        letters={(each.person_id, each.asked_on) for each, _ in asked} | {(e.person_id, e.told_on) for e in told},
        people=_people(session, ctx, concerned, (first, last)),
        above=above,
        house=WorkingTime(ctx.zone),
    )


def who(session: Session, ctx: Context, ids: Collection[int]) -> Mapping[int, Somebody]:
    """Those people, as reminders see them today."""
    return _people(session, ctx, ids, (ctx.today, ctx.today))


def _above(session: Session, ctx: Context, dues: Sequence[Due]) -> dict[tuple[Step, int | None], list[int]]:
    """Whom each step tells: the pool coordinator before the assistant, then who is named in the environment."""
    if not dues:
        return {}
    groups = {due.group_id for due in dues if Step.GROUP in due.steps}
    offices = (*(COORDINATION if groups else ()), *POOL, Office.LEAD)
    found: dict[tuple[Step, int | None], list[int]] = defaultdict(list)
    for mandate in sorted(storage.mandates.of_offices(session, offices, ctx.today), key=_rank):
        step, group = _step(mandate)
        if group is None or group in groups:
            found[step, group].extend(mandate.carriers)
    named = (storage.people.by_slack_id(session, ctx.team_id, each) for each in sorted(ctx.coordinators))
    found[Step.POOL, None].extend(person.id for person in named if person is not None)
    return dict(found)


def _step(mandate: Mandate) -> tuple[Step, int | None]:
    if mandate.office in COORDINATION:
        return Step.GROUP, mandate.group_id
    return (Step.LEAD if mandate.office == Office.LEAD else Step.POOL), None


def _rank(mandate: Mandate) -> int:
    """Coordinators and titulaires before co-coordinators and assistants."""
    return list(Office).index(Office(mandate.office))


def _people(session: Session, ctx: Context, ids: Collection[int], span: tuple[date, date]) -> dict[int, Somebody]:
    people: list[Person] = []
    mandates: dict[int, list[Mandate]] = defaultdict(list)
    for part in _parts(sorted(ids)):
        people += storage.people.by_ids(session, part)
        for mandate in storage.mandates.of_people(session, part, ctx.today):
            for carrier in mandate.carriers:
                mandates[carrier].append(mandate)
    working = calendar_of.working_times(session, ctx, people, *span)
    days = {_today(ctx, each) for each in working.values()}
    away = {day: storage.absences.away_on(session, day, ids) for day in days}
    return {
        person.id: Somebody(
            actors.build(ctx, person, mandates[person.id]),
            working[person.id],
            able=_can_answer(person) and person.id not in away[_today(ctx, working[person.id])],
        )
        for person in people
    }


def _today(ctx: Context, working: WorkingTime) -> date:
    return ctx.now().astimezone(working.zone).date()


def _can_answer(person: Person) -> bool:
    """Whether they have an account that may answer, and want to be written to."""
    return bool(person.slack_id) and person.standing not in CANNOT_ANSWER and not person.quiet


def _by_due(rows: Iterable[Row]) -> dict[Name, list[Row]]:
    found: dict[Name, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.due, row.due_day].append(row)
    return dict(found)


def _parts(ids: Sequence[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while part := list(islice(rest, _PART)):
        yield part
