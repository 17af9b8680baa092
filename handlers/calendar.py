"""When one may write to a person: their working days and hours, in their own zone. Pure: no database, no clock.

A civil day is a date in the person's zone; instants come and go in UTC. Clocks that go forward or back between two
instants change nothing of it: hours are compared as the person's own clock shows them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SATURDAY, SUNDAY = 5, 6
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """A person's working time: from ``first`` until before ``last`` on days that are no weekend and not in ``rest``.

    ``rest`` holds civil days, ``weekend`` weekdays (Monday is 0). Raises ValueError where no day or hour is left.
    """

    zone: ZoneInfo
    first: time = time(8)
    last: time = time(17)
    rest: frozenset[date] = frozenset()
    weekend: tuple[int, ...] = (SATURDAY, SUNDAY)

    def __post_init__(self) -> None:
        """Refuse a week without a working day, and hours that end before they begin."""
        if set(range(7)) <= set(self.weekend) or self.first >= self.last:
            raise ValueError("working time needs a weekday, and an hour to begin before it ends")

    def is_working(self, day: date) -> bool:
        """Whether they work on that civil day."""
        return day.weekday() not in self.weekend and day not in self.rest

    def on_or_before(self, day: date) -> date:
        """The last working day up to that one."""
        while not self.is_working(day):
            day -= _DAY
        return day

    def on_or_after(self, day: date) -> date:
        """The first working day from that one on."""
        while not self.is_working(day):
            day += _DAY
        return day

    def may_be_told(self, instant: datetime) -> bool:
        """Whether one may write to them at that instant."""
        local = instant.astimezone(self.zone)
        return self.is_working(local.date()) and self.first <= local.time() < self.last

    def next_telling(self, instant: datetime) -> datetime:
        """The first instant from that one on at which one may write to them."""
        if self.may_be_told(instant):
            return instant.astimezone(UTC)
        day = self.on_or_after(instant.astimezone(self.zone).date())
        while (begins := self._begins(day, instant)) is None:
            day = self.on_or_after(day + _DAY)
        return begins

    def _begins(self, day: date, after: datetime) -> datetime | None:
        """When they begin on that day, from that instant on; None when the hour is past, or clocks leap over it."""
        for fold in (0, 1):
            begins = datetime.combine(day, self.first, self.zone).replace(fold=fold).astimezone(UTC)
            if begins >= after and self.may_be_told(begins):
                return begins
        return None
