"""The time of the rehearsed workspace: it stands still until told to move, or runs beside the real one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

MORNING = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)
"""Where a clock begins when nothing else is said: a Wednesday, nine o'clock in Bamako (UTC all year round)."""


class Clock:
    """An aware UTC clock. `running` lets it advance with real time from the instant it was last set to."""

    def __init__(self, start: datetime | None = None, *, running: bool = False) -> None:
        self.running = running
        self.set(start or MORNING)

    def now(self) -> datetime:
        """The instant of the workspace, in UTC."""
        if self.running:
            return self._at + (datetime.now(UTC) - self._set_at)
        return self._at

    def set(self, instant: datetime) -> None:
        """Put the clock at an instant, which must be aware; raises ValueError otherwise."""
        if instant.tzinfo is None:
            raise ValueError("The clock needs an instant with its time zone.")
        self._at = instant.astimezone(UTC)
        self._set_at = datetime.now(UTC)

    def advance(self, span: timedelta) -> None:
        """Move the clock on by a span (or back, when it is negative)."""
        self.set(self.now() + span)
