"""The sheet "Status by week": how many updates said what in each of 26 weeks, with the chart drawn from it.

An update counts for the week it tells of; that of a month or quarter for the week whose digest told it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select

from handlers.language import message
from handlers.reports.report import Tone
from handlers.sheets.register import Chart, Column, Register
from handlers.sheets.scope import BATCH, Scope
from handlers.vocabulary import UPDATE_STATUS
from storage import periods
from storage.periods import Period
from storage.updates import Status, Update
from storage.visibility import visible

WEEKS = 26


@dataclass(frozen=True, slots=True)
class Week:
    """A week and how many updates said each status (a `Status`, or "" where none was said yet)."""

    week: Period
    counts: Counter[str]


def rows(scope: Scope) -> Iterator[Week]:
    """The last 26 weeks, oldest first, up to this week or the end of the span."""
    last = scope.clock.week(scope.now)
    if scope.span is not None and scope.span.last < last.last:
        last = periods.containing(periods.WEEK, scope.span.last)
    first = periods.containing(periods.WEEK, last.first - timedelta(weeks=WEEKS - 1))
    counts = _counts(scope, first, last)
    week = first
    while week.first <= last.first:
        yield Week(week, counts.get(week.key, Counter()))
        week = week.next()


def _counts(scope: Scope, first: Period, last: Period) -> dict[str, Counter[str]]:
    """Week -> how often each status was said. An update of a week is given after the week began."""
    start = datetime.combine(first.first, time(), scope.zone).astimezone(UTC)
    chosen = select(Update.period, Update.status, Update.said_at).where(
        Update.said_at >= start, Update.withdrawn_at.is_(None), visible(Update, scope.audience)
    )
    counts: dict[str, Counter[str]] = {}
    for key, status, said_at in scope.session.execute(chosen.execution_options(yield_per=BATCH)):
        week = key if "-W" in key else scope.clock.week(said_at).key
        counts.setdefault(week, Counter())[status or ""] += 1
    return counts


WEEKLY = Register(
    name="weeks",
    title=message("Status by week"),
    note=message(
        "How many updates said what in each of the last 26 weeks. An update of a month or a quarter counts for the "
        "week in which it was given."
    ),
    columns=(
        Column("week", message("Week"), "code", 12, lambda row, _: row.week.key),
        Column("first", message("Monday"), "date", 14, lambda row, _: row.week.first),
        Column("on_track", UPDATE_STATUS[Status.ON_TRACK][0], "number", 12, lambda row, _: row.counts[Status.ON_TRACK]),
        Column("at_risk", UPDATE_STATUS[Status.AT_RISK][0], "number", 12, lambda row, _: row.counts[Status.AT_RISK]),
        Column(
            "off_track", UPDATE_STATUS[Status.OFF_TRACK][0], "number", 12, lambda row, _: row.counts[Status.OFF_TRACK]
        ),
        Column("nothing", UPDATE_STATUS[Status.NOTHING][0], "number", 14, lambda row, _: row.counts[Status.NOTHING]),
        Column("unsaid", message("Status not said"), "number", 12, lambda row, _: row.counts[""]),
    ),
    rows=rows,
    chart=Chart(
        title=message("Status by week"),
        upright=message("Number of updates"),
        category="week",
        series=(
            ("on_track", Tone.GOOD),
            ("at_risk", Tone.WARNING),
            ("off_track", Tone.BAD),
            ("nothing", Tone.QUIET),
        ),
    ),
)
