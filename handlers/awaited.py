"""The updates that are awaited: of which groups, for which period, until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

import storage.configuration
import storage.reporting
import storage.reporting_periods
import storage.updates
from handlers.context import Context
from storage.groups import Group
from storage.periods import Period, Rhythm


@dataclass(frozen=True, slots=True)
class Awaited:
    """An update that is owed: of which group, for which period, until which instant (UTC)."""

    group: Group
    period: Period
    until: datetime


def among(session: Session, ctx: Context, groups: Iterable[Group]) -> list[Awaited]:
    """What these groups owe for their current period and have not given, the soonest due first; it may be over.

    Who is excused for that period owes nothing.
    """
    clock = storage.reporting.clock(storage.configuration.current(session))
    current = [(group, clock.current(Rhythm(group.rhythm), ctx.now())) for group in groups if group.owes]
    keys = {period.key for _, period in current}
    settled = storage.updates.reported(session, keys) | storage.reporting_periods.excused(session, keys)
    owed = [
        Awaited(group, period, clock.deadline(period))
        for group, period in current
        if (group.id, period.key) not in settled
    ]
    return sorted(owed, key=lambda each: (each.until, each.group.code))
