"""The sheet of what was not received: a row for each group and period that is over and of which nothing stands.

Only who owed is told: a group that was there and active from the first day of the period until it closed, and gives
updates by the week, month or quarter. No time as dormant, merged or not yet created is held against a group; nothing
was owed before the registers began.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select

import storage.lives
import storage.reporting_periods
import storage.updates
from handlers.language import message
from handlers.reports.sheets import Value
from handlers.sheets.register import Column, Register
from handlers.sheets.scope import Scope
from storage.groups import Group
from storage.history import Change
from storage.lives import Life
from storage.mandates import COORDINATION, Mandate, Office
from storage.periods import Period, Rhythm
from storage.reporting_periods import ReportingPeriod
from storage.updates import Update

YEAR = timedelta(days=365)

NOTHING_CAME = message("No update was given.")
NO_COORDINATOR = message("The group had no coordinator.")
TAKEN_BACK = message("An update was given, then withdrawn.")
EXCUSED = message("The group was excused.")
EXCUSED_FOR = message("The group was excused: {reason}")


@dataclass(frozen=True, slots=True)
class Missing:
    """A period of which a group said nothing: when it closed, who coordinated the group then, whether it was taken
    back; ``decided`` says whether it was excused, and why."""

    group: Group
    period: Period
    deadline: datetime
    coordinator: Mandate | None
    taken_back: bool
    decided: ReportingPeriod | None


def rows(scope: Scope) -> Iterator[Missing]:
    """The newest periods first, within one by group."""
    start = max(scope.span.first if scope.span else scope.today - YEAR, _beginning(scope))
    lives = storage.lives.of(scope.session, scope.groups.values())
    wanted = [(life.group, period) for life in lives.values() for period in owed(scope, life, start)]
    keys = {period.key for _, period in wanted}
    there = storage.updates.reported(scope.session, keys)
    taken_back = _taken_back(scope, keys)
    decided = storage.reporting_periods.of_periods(scope.session, keys)
    mandates = _coordinators(scope, start)
    for group, period in sorted(wanted, key=lambda each: (-each[1].last.toordinal(), each[0].code)):
        key = (group.id, period.key)
        if key not in there:
            day = scope.clock.day_of(period)
            carried = _on(mandates.get(group.id, ()), day)
            yield Missing(group, period, scope.clock.deadline(period), carried, key in taken_back, decided.get(key))


def owed(scope: Scope, life: Life, start: date) -> Iterator[Period]:
    """The periods that group owed from that day on, the newest first; one still open is not owed yet."""
    period = scope.clock.current(Rhythm(life.group.rhythm), scope.now)
    while period.last >= start:
        asked = scope.span is None or period.last <= scope.span.last
        if asked and scope.clock.deadline(period) <= scope.now and life.owed(period.first, scope.clock.day_of(period)):
            yield period
        period = period.previous()


def _taken_back(scope: Scope, keys: set[str]) -> set[tuple[int, str]]:
    found = scope.session.execute(
        select(Update.group_id, Update.period).where(Update.period.in_(keys), Update.withdrawn_at.is_not(None))
    )
    return {(group_id, period) for group_id, period in found}


def _beginning(scope: Scope) -> date:
    """The civil day on which the registers began: with the first update, or the first change of anything."""
    found = [scope.session.scalar(select(func.min(each))) for each in (Update.said_at, Change.at)]
    return min((at.astimezone(scope.zone).date() for at in found if at is not None), default=scope.today)


def _coordinators(scope: Scope, start: date) -> Mapping[int, Sequence[Mandate]]:
    """Group id -> the mandates over it in force since that day, the coordinator's before the co-coordinator's."""
    found: dict[int, list[Mandate]] = {}
    chosen = select(Mandate).where(Mandate.office.in_(COORDINATION), or_(Mandate.ends.is_(None), Mandate.ends >= start))
    for mandate in scope.session.scalars(chosen.order_by(Mandate.id)):
        found.setdefault(mandate.group_id or 0, []).append(mandate)
    return {
        group: sorted(all_of, key=lambda each: each.office != Office.COORDINATOR) for group, all_of in found.items()
    }


def _on(mandates: Sequence[Mandate], day: date) -> Mandate | None:
    return next((each for each in mandates if each.starts <= day and (each.ends is None or each.ends >= day)), None)


def _institution(row: Missing, scope: Scope) -> Value:
    mandate = row.coordinator
    return scope.institutions[mandate.institution_id].code if mandate and mandate.institution_id else None


def _people(row: Missing, scope: Scope) -> Value:
    carriers = row.coordinator.carriers if row.coordinator else ()
    return ", ".join(scope.people.get(person) or "" for person in carriers) or None


def _reason(row: Missing, scope: Scope) -> str:
    if row.decided is not None and row.decided.excused:
        return _excused(row.decided, scope)
    if row.taken_back:
        return scope.word(TAKEN_BACK)
    return scope.word(NOTHING_CAME if row.coordinator else NO_COORDINATOR)


def _excused(decided: ReportingPeriod, scope: Scope) -> str:
    """That it was excused; why, to the troïka and the pool alone."""
    if scope.audience is None or not scope.audience.troika:
        return scope.word(EXCUSED)
    return scope.reader.speaker.say(EXCUSED_FOR, reason=decided.excuse)


MISSING = Register(
    name="missing",
    title=message("Not received"),
    note=message(
        "Each period of the last year, or of the span asked for, of which a group that owed an update gave none. "
        "Groups that were dormant or merged then, report on demand, or did not exist yet never stand here; who was "
        "excused stands here as excused."
    ),
    columns=(
        Column("group", message("Group"), "code", 12, lambda row, _: row.group.code),
        Column(
            "group_name", message("Name of the group"), "text", 42, lambda row, scope: row.group.name(scope.language)
        ),
        Column("period", message("Period"), "text", 42, lambda row, scope: scope.deadline(row.period.key)),
        Column("closed", message("Closed on"), "instant", 20, lambda row, _: row.deadline),
        Column("reason", message("Reason"), "text", 36, _reason),
        Column("coordinator", message("Coordinating institution then"), "code", 20, _institution),
        Column("people", message("Coordinator and stand-in then"), "text", 44, _people),
    ),
    rows=rows,
    is_for=lambda scope: scope.is_partner,
)
