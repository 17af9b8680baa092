"""Reporting periods and group health on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

import storage.configuration
import storage.health
import storage.reporting
import storage.reporting_periods
from storage.database import Database
from storage.groups import Group
from storage.history import By, Change, Origin
from storage.reporting_periods import ReportingPeriod, Return
from storage.updates import Update
from storage.visibility import Audience

NOW = datetime(2027, 3, 6, 9, 0, tzinfo=UTC)
BY = By(None, NOW, Origin.BUTTON)


def test_what_is_decided_of_a_period_is_one_row_with_its_history(database: Database) -> None:
    with database.sessions.begin() as session:
        storage.configuration.prepare(session, "Africa/Bamako", None, "fr")
        session.add_all(Group(id=n, code=f"G{n}", name_fr=f"Groupe {n}", name_en="") for n in (1, 2))
        session.flush()
        session.add(Update(group_id=1, period="2027-W09", status=None, said_at=NOW - timedelta(days=2), progress="x"))
    for _ in range(2):
        with database.sessions.begin() as session:
            row = storage.reporting_periods.entered(session, 1, "2027-W09")
            storage.reporting_periods.send_back(session, row, Return("Précisez.", NOW + timedelta(days=7)), BY)
    with database.sessions.begin() as session:
        excused = storage.reporting_periods.entered(session, 2, "2027-W09")
        storage.reporting_periods.excuse(session, excused, "Congés.", BY)
    with database.readings.begin() as session:
        assert session.scalar(select(func.count()).select_from(ReportingPeriod)) == 2
        assert storage.reporting_periods.excused(session, {"2027-W09", "2027-03"}) == {(2, "2027-W09")}
        (back,) = storage.reporting_periods.awaited_back(session, NOW, NOW + timedelta(days=7))
        assert (back.group_id, back.reason) == (1, "Précisez.")
        assert session.scalar(select(func.count()).where(Change.kind == "reporting_periods")) == 2, (
            "the second changed nothing"
        )
        times = storage.reporting.clock(storage.configuration.current(session))
        first, second = storage.health.of(session, times, NOW, Audience(troika=True))
        assert (first.reporting.due, first.reporting.given, second.reporting.due) == (1, 1, 0)
        assert (second.reporting.excused, second.coordination.held, second.met) == (1, False, None)
