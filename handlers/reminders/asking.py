"""The clock's round: who is asked for what, and who above is told; at most one message a day for each person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

import storage.configuration
import storage.schedule
from handlers.context import Context
from handlers.dues import Due, Step
from handlers.reminders import choosing, ladder, letters, rounds
from handlers.reminders.choosing import Case
from handlers.reminders.letters import Letter
from handlers.reminders.rounds import Round

NAME = "remind"
"""The job of the timetable."""


def remind(session: Session, ctx: Context, due: datetime) -> None:
    """Ask for what is due, tell those above of what was asked in vain; what was missed is made up for once, late."""
    settings = storage.configuration.current(session)
    if not settings.reminders or not settings.rungs:
        return
    round = _round(session, ctx)
    letters.write(session, round, _letters(round))


def quiet_until(session: Session, ctx: Context, instant: datetime) -> datetime:
    """The first instant from that one on at which a round may find something, where nobody does anything before."""
    round = _round(session, ctx)
    moments = (
        ladder.next_moment(instant, round.manners.hour, each.working) for each in round.people.values() if each.able
    )
    return min(moments, default=instant)


def _round(session: Session, ctx: Context) -> Round:
    """What matters today; nothing that was due before the clock first reminded."""
    first, last = rounds.span(ladder.manners(storage.configuration.current(session)), ctx.today)
    begun = storage.schedule.first_run(session, NAME)
    began = (begun.due_at if begun else ctx.now()).astimezone(ctx.zone).date()
    return rounds.gather(session, ctx, max(first, began), last)


def _letters(round: Round) -> list[Letter]:
    """The letters of this moment, one a person."""
    cases = [choosing.case(round, due) for due in round.dues]
    asks = _asks(round, cases)
    reports: dict[int, list[tuple[Due, Step]]] = defaultdict(list)
    for case in cases:
        if found := choosing.above(round, case):
            step, somebody = found
            reports[somebody.actor.id].append((case.due, step))
    return [
        Letter(round.people[person], asks.get(person, ()), reports.get(person, ()))
        for person in dict.fromkeys([*asks, *reports])
    ]


def _asks(round: Round, cases: Sequence[Case]) -> dict[int, list[tuple[Due, int]]]:
    """Person id -> all that they owe at present, each with its rung; of those to whom something of it is new."""
    listed: dict[int, list[Case]] = defaultdict(list)
    for case in cases:
        if case.somebody is not None and case.is_listed:
            listed[case.somebody.actor.id].append(case)
    return {
        person: [(case.due, case.reached.days) for case in owed if case.reached is not None]
        for person, owed in listed.items()
        if any(case.is_new for case in owed) and choosing.may_be_written_to(round, round.people[person])
    }
