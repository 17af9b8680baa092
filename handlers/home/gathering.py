"""What a Home tab shows, for one reader at one instant: three queries, whatever there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

import storage.home
import storage.reporting
from handlers.actors import Actor
from handlers.awaited import Awaited
from handlers.context import Context
from storage.home import Dues, Frame, Reader, Seen
from storage.periods import Period, Rhythm
from storage.reporting import DigestClock

SOON = timedelta(days=14)
MOST = 6
"""So many of each kind of duty are told; the lists have them all."""


@dataclass(frozen=True, slots=True)
class Found:
    """All that a Home tab tells; ``periods``: rhythm -> the period that is reported on now (UTC ``now``)."""

    now: datetime
    frame: Frame
    clock: DigestClock
    periods: Mapping[str, Period]
    groups: Sequence[Seen]
    dues: Dues

    def awaited(self) -> list[Awaited]:
        """The updates that are owed and not given, the soonest due first; their time may be over."""
        owed = [
            Awaited(seen.group, self.period_of(seen), self.until(seen))
            for seen in self.groups
            if seen.group.owes and not seen.given and not seen.excused
        ]
        return sorted(owed, key=lambda each: (each.until, each.group.code))

    def period_of(self, seen: Seen) -> Period:
        """The period for which a group reports now."""
        return self.periods[seen.group.rhythm]

    def until(self, seen: Seen) -> datetime:
        """Until when its update is awaited (UTC)."""
        return self.clock.deadline(self.period_of(seen))


def gather(session: Session, ctx: Context, actor: Actor) -> Found:
    """What there is to tell that person."""
    reader = Reader(
        actor.id, actor.institution_id, actor.leads, actor.audience, actor.speaker.language, ctx.today, SOON
    )
    frame = storage.home.frame(session, reader)
    clock = storage.reporting.clock(frame.settings)
    current = {rhythm.value: clock.current(rhythm, ctx.now()) for rhythm in Rhythm}
    groups = storage.home.groups(session, reader, {rhythm: period.key for rhythm, period in current.items()})
    return Found(ctx.now(), frame, clock, current, groups, storage.home.owed(session, reader, MOST))
