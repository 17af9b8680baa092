"""Who has said that they are away: leaves of the coming summer, one with a stand-in and one without."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.rehearsal.world.shapes import Absence

ABSENCES = (
    Absence(
        "UEAULEAD01", date(2027, 7, 12), date(2027, 8, 6), "Congé annuel", datetime(2027, 3, 1, 10, 20, tzinfo=UTC)
    ),
    Absence("UEARLEAD01", date(2027, 8, 2), date(2027, 8, 13), "", datetime(2027, 3, 2, 8, 45, tzinfo=UTC)),
)
