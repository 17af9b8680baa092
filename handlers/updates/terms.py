"""For which period a group gives its update, when it is late, and until when it may be changed. Pure rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from storage.groups import Group
from storage.periods import Period, Rhythm
from storage.reporting import DigestClock
from storage.updates import Update

BACK = 3
"""How many periods back a late update may still be given from the form."""


def choices(clock: DigestClock, group: Group, now: datetime) -> list[Period]:
    """The periods one may report on at that instant, the usual one first, then the next, then those before."""
    current = clock.current(Rhythm(group.rhythm), now)
    following = [current.next()] if now > clock.deadline(current) else []
    earlier = [current]
    for _ in range(BACK):
        earlier.append(earlier[-1].previous())
    return [current, *following, *earlier[1:]]


def usual(clock: DigestClock, group: Group, now: datetime, reported: set[tuple[int, str]]) -> Period:
    """The period meant when none is said: the current one; the next when it is over and was reported on."""
    current = clock.current(Rhythm(group.rhythm), now)
    over = now > clock.deadline(current)
    return current.next() if over and (group.id, current.key) in reported else current


def is_late(clock: DigestClock, period: Period, now: datetime) -> bool:
    """Whether the period was over, its digest due, when it was said."""
    return now > clock.deadline(period)


def open_until(clock: DigestClock, update: Update, period: Period) -> datetime:
    """The UTC instant until which it may be changed: its period's end, and for what came late the next digest."""
    week = clock.week(update.said_at)
    upcoming = clock.deadline(week if update.said_at <= clock.deadline(week) else week.next())
    return max(clock.deadline(period), upcoming)


def sorted_newest(periods: Sequence[Period]) -> list[Period]:
    """The periods for a menu, the latest first."""
    return sorted(periods, key=lambda period: period.first, reverse=True)
