"""The ladder: on which days, and when on that day, somebody is reminded of what they owe. Pure rules.

A rung is a number of days after the deadline (-7, -2, 0, 2). It falls on a working day of the person: up to the
deadline on the last one before, after it on the next one, so that nobody is reminded too late to act. It is told at the
hour of the settings on their own clock, within their working hours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from handlers.calendar import WorkingTime
from handlers.dues import Due
from storage.configuration import Configuration

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Manners:
    """What the settings say of reminders: the rungs, the earliest first, and the civil hour."""

    rungs: tuple[int, ...]
    hour: time


@dataclass(frozen=True, slots=True, order=True)
class Rung:
    """One reminder: from which instant on (UTC) it may be told, and which rung of the ladder it is."""

    at: datetime
    days: int


def manners(settings: Configuration) -> Manners:
    """The rungs and the hour of the settings."""
    return Manners(settings.rungs, time.fromisoformat(settings.reminder_hour))


def rungs(due: Due, manners: Manners, working: WorkingTime) -> list[Rung]:
    """When that person is reminded of that due, the earliest first."""
    days = [days for days in manners.rungs if days >= 0 or not due.quiet]
    found = [Rung(at, each) for each in days if (at := _when(due, each, manners.hour, working)) is not None]
    return sorted(found)


def newest(rungs: Sequence[Rung], now: datetime) -> Rung | None:
    """The last one whose time has come; what was missed before it is not made up for."""
    return max((rung for rung in rungs if rung.at <= now), default=None)


def telling(day: date, hour: time, working: WorkingTime) -> datetime:
    """The instant (UTC) from which on one may write to that person on a working day of theirs, asked for at that hour.

    An hour outside their working hours means the first of these.
    """
    wanted = hour if working.first <= hour < working.last else working.first
    return working.next_telling(datetime.combine(day, wanted, working.zone).astimezone(UTC))


def next_moment(instant: datetime, hour: time, working: WorkingTime) -> datetime:
    """The first instant from that one on at which something becomes due of itself: that hour, or their first one."""
    day = working.on_or_after(instant.astimezone(working.zone).date())
    days = (day, working.on_or_after(day + _DAY))
    return min(
        at for each in days for wanted in (hour, working.first) if (at := telling(each, wanted, working)) >= instant
    )


def waking(day: date, hour: time, working: WorkingTime) -> datetime:
    """The instant from which on one may ask again what was put off until that civil day."""
    return telling(working.on_or_after(day), hour, working)


def _when(due: Due, days: int, hour: time, working: WorkingTime) -> datetime | None:
    """When that rung may be told; None when it would fall before the due could be owed."""
    wanted = due.day + days * _DAY
    if days > 0:
        return telling(working.on_or_after(wanted), hour, working)
    day = working.on_or_before(wanted)
    if due.until is not None and telling(day, hour, working) >= due.until:
        day = working.on_or_before(day - _DAY)
    return None if due.since is not None and day <= due.since else telling(day, hour, working)
