"""What there is to tell of a week, for one reader: from storage, before anyone says it.

The window begins where the last digest ended and goes until this one runs, so that nothing is told twice and nothing
falls between two digests, whatever was late. What is said after its own digest ran stands in that digest's thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlalchemy.orm import Session

import storage.configuration
import storage.decisions
import storage.drafts
import storage.groups
import storage.lives
import storage.meetings
import storage.reporting
import storage.reporting_periods
import storage.schedule
import storage.updates
from handlers import cards, described
from handlers.context import Context
from handlers.kinds import news
from handlers.kinds.news import News
from storage import periods
from storage.decisions import Decision
from storage.drafts import Draft
from storage.groups import Group
from storage.meetings import Meeting
from storage.periods import Period, Rhythm
from storage.records import Record
from storage.reporting import DigestClock
from storage.updates import Update
from storage.visibility import Audience

R = TypeVar("R", bound=Record)

NAME = "digest"
"""Of the digest's schedule and runs."""
SOON = timedelta(days=14)
LISTED = 12
"""Deadlines and overdue decisions told in a digest; the register has them all."""


@dataclass(frozen=True, slots=True)
class Window:
    """From one UTC instant (not included) until another."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a reader may be told of a week.

    ``told`` are the updates said in the window, ``threaded`` those that stand in an earlier digest's thread. ``due``
    are the groups of which an update is due now, ``awaited`` those that gave none, ``excused`` those of which none was
    due after all; ``hidden`` gave one that is not for this reader. ``meetings`` are those of the next days; ``news`` is
    what else was recorded. ``day`` is the civil day of the telling. ``draft`` is what the Pool decided about it; what
    it leaves out is in none of these.
    """

    window: Window
    day: date
    told: Sequence[Update]
    threaded: Sequence[Update]
    due: Sequence[Group]
    awaited: Sequence[Group]
    excused: Sequence[Group]
    hidden: Sequence[Group]
    decisions: Sequence[Decision]
    upcoming: Sequence[Decision]
    overdue: Sequence[Decision]
    meetings: Sequence[Meeting]
    news: Sequence[News]
    draft: Draft | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell but of whose update there is no word for this reader."""
        owed = self.upcoming or self.overdue
        return not (self.told or self.threaded or self.decisions or owed or self.meetings or self.news)


def clock(session: Session) -> DigestClock:
    """The digest's clock as the settings have it."""
    return storage.reporting.clock(storage.configuration.current(session))


def window(session: Session, week: Period, until: datetime) -> Window:
    """The window of a week's digest; it ends when its digest ran, else at ``until``."""
    times = clock(session)
    before = storage.schedule.run_before(session, NAME, times.span(week)[0])
    begun = before.ran_at if before else times.deadline(_first(session, week).previous())
    return Window(begun, max(begun, went_out(session, week) or until))


def _first(session: Session, week: Period) -> Period:
    """The first week of whose digest anything is known, where none went out before that week."""
    known = storage.drafts.first(session)
    return periods.parse(min(known, week.key)) if known else week


def went_out(session: Session, week: Period) -> datetime | None:
    """The UTC instant at which the digest of that week ran; None when it has not yet."""
    run = storage.schedule.run_within(session, NAME, *clock(session).span(week))
    return run.ran_at if run else None


def gather(session: Session, ctx: Context, week: Period, audience: Audience | None, until: datetime) -> Gathered:
    """Everything this audience may be told of the week."""
    times, span = clock(session), window(session, week, until)
    day = min(until, span.end).astimezone(times.zone).date()
    draft = storage.drafts.of_week(session, week.key)
    left_out = frozenset(draft.left_out if draft else ())
    said = _without(storage.updates.said_between(session, span.start, span.end, audience), left_out)
    noted = storage.decisions.said_between(session, span.start, span.end, audience)
    soon = storage.decisions.owed_until(session, day - timedelta(days=1), day + SOON, audience, LISTED + 1)
    over = storage.decisions.owed_until(session, None, day - timedelta(days=1), audience, LISTED + 1)
    threaded = [update for update in said if _is_threaded(session, times, week, update)]
    due = _due(session, times, week)
    keys = {period.key for period in due.values()}
    reported = storage.updates.reported(session, keys)
    free = storage.reporting_periods.excused(session, keys) - reported
    given = [group for group, period in due.items() if (group.id, period.key) in reported]
    excused = [group for group, period in due.items() if (group.id, period.key) in free]
    seen = {(update.group_id, update.period) for update in storage.updates.of_periods(session, keys, audience)}
    return Gathered(
        window=span,
        day=day,
        told=[update for update in said if update not in threaded],
        threaded=threaded,
        due=[group for group in due if group not in excused],
        awaited=[group for group in due if group not in given and group not in excused],
        excused=excused,
        hidden=[group for group in given if (group.id, due[group].key) not in seen],
        decisions=_without(noted, left_out),
        upcoming=_without(soon, left_out),
        overdue=_without(over, left_out),
        meetings=storage.meetings.coming(session, audience, day, day + SOON),
        news=news.gather(session, described.KINDS, audience, span.start, span.end),
        draft=draft,
    )


def said(session: Session, week: Period, audience: Audience | None, until: datetime) -> Sequence[Update | Decision]:
    """The updates and decisions of the week that this audience may read, those left out of its digest too."""
    span = window(session, week, until)
    updates = storage.updates.said_between(session, span.start, span.end, audience)
    return [*updates, *storage.decisions.said_between(session, span.start, span.end, audience)]


def _without(records: Sequence[R], left_out: frozenset[str]) -> list[R]:
    return [record for record in records if cards.about(record) not in left_out]


def _due(session: Session, times: DigestClock, week: Period) -> dict[Group, Period]:
    """The groups of which an update is due at this digest, with the period it is for."""
    found: dict[Group, Period] = {}
    for life in storage.lives.of(session, storage.groups.everyone(session)).values():
        period = times.due(Rhythm(life.group.rhythm), week)
        if period is not None and life.owes(period, times.day_of(week)):
            found[life.group] = period
    return found


def _is_threaded(session: Session, times: DigestClock, week: Period, update: Update) -> bool:
    """Whether its own digest, an earlier one, had run when it was said."""
    own = times.week(times.deadline(periods.parse(update.period)))
    if own.first >= week.first:
        return False
    out = went_out(session, own)
    return out is not None and update.said_at > out
