"""When an update is due: a period is reported on at the last digest that falls to it.

A digest on Monday or Tuesday tells of the week before; on any other day of its own week. So each weekly period has one
digest, and a month or quarter is due at the last of its digests. All rules are pure; the settings are passed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage import periods
from storage.configuration import WEEKDAYS, Configuration
from storage.periods import Period, Rhythm


@dataclass(frozen=True, slots=True)
class DigestClock:
    """When the digest goes out: weekday (Monday 0), civil hour, zone."""

    weekday: int
    at: time
    zone: ZoneInfo

    def day_of(self, period: Period) -> date:
        """The civil day of the last digest that falls to the period."""
        end = period.last + self._shift
        return end - timedelta(days=(end.weekday() - self.weekday) % 7)

    def deadline(self, period: Period) -> datetime:
        """The UTC instant at which the period closes: that of its last digest."""
        return datetime.combine(self.day_of(period), self.at, self.zone).astimezone(UTC)

    def current(self, rhythm: Rhythm, now: datetime) -> Period:
        """The period for which a group of that rhythm reports at that instant."""
        return periods.reporting(rhythm, now.astimezone(self.zone).date() - self._shift)

    def week(self, instant: datetime) -> Period:
        """The week which a digest at that instant tells of."""
        return periods.containing(periods.WEEK, instant.astimezone(self.zone).date() - self._shift)

    def span(self, week: Period) -> tuple[datetime, datetime]:
        """The UTC instants from which on, and before which, a digest tells of that week (see `week`)."""
        first, last = week.first + self._shift, week.last + self._shift + timedelta(days=1)
        start, end = (datetime.combine(day, time(), self.zone).astimezone(UTC) for day in (first, last))
        return start, end

    def due(self, rhythm: Rhythm, week: Period) -> Period | None:
        """The period of that rhythm that is due at the digest of that week; None when none is."""
        period = periods.reporting(rhythm, self.day_of(week) - self._shift)
        return period if self.day_of(period) == self.day_of(week) else None

    @property
    def _shift(self) -> timedelta:
        return timedelta(days=2 if self.weekday < 2 else 0)


def clock(settings: Configuration) -> DigestClock:
    """The digest's clock as the settings have it."""
    return DigestClock(
        WEEKDAYS.index(settings.digest_weekday), time.fromisoformat(settings.digest_hour), ZoneInfo(settings.zone)
    )
