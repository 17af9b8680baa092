"""The ladder, as a table: when each reminder of a due may be told, in the person's own zone and working time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from handlers.calendar import WorkingTime
from handlers.dues import Due
from handlers.reminders import ladder
from handlers.reminders.ladder import Manners

LADDER = (-7, -2, 0, 2)
ZONES = {
    "Bamako": "Africa/Bamako",
    "Paris": "Europe/Paris",
    "Montréal": "America/Toronto",
    "Auckland": "Pacific/Auckland",
}
FEAST = frozenset({date(2027, 3, 9), date(2027, 3, 10), date(2027, 3, 11)})
"""Tuesday to Thursday: Korité, and the days taken with it."""


def due(day: str, *, since: str | None = None, until: str | None = None, quiet: bool = False) -> Due:
    """Something owed on a civil day."""
    return Due(
        key="action:1",
        day=date.fromisoformat(day),
        until=datetime.fromisoformat(until).replace(tzinfo=UTC) if until else None,
        group_id=None,
        institution_id=None,
        carriers=(),
        told=lambda *_: ("", {}),
        short=lambda *_: "",
        since=date.fromisoformat(since) if since else None,
        quiet=quiet,
    )


def told(
    owed: Due, city: str = "Bamako", hour: str = "09:00", rest: frozenset[date] = frozenset()
) -> tuple[str, set[str]]:
    """When it is told, on that city's clocks: each rung with its day, ``-2 Wed 03-03``; the hours."""
    zone = ZoneInfo(ZONES[city])
    found = ladder.rungs(owed, Manners(LADDER, time.fromisoformat(hour)), WorkingTime(zone, rest=rest))
    local = [(each.days, each.at.astimezone(zone)) for each in found]
    return ", ".join(f"{days} {at:%a %m-%d}" for days, at in local), {f"{at:%H:%M}" for _, at in local}


@pytest.mark.parametrize(
    ("owed", "city", "rungs"),
    [
        # a monthly update due on Wednesday 31 March: clocks go forward in Paris on the 28th
        (due("2027-03-31"), "Bamako", "-7 Wed 03-24, -2 Mon 03-29, 0 Wed 03-31, 2 Fri 04-02"),
        (due("2027-03-31"), "Paris", "-7 Wed 03-24, -2 Mon 03-29, 0 Wed 03-31, 2 Fri 04-02"),
        # and in Montréal on the 14th, a Sunday; J-2 is a Saturday
        (due("2027-03-15"), "Montréal", "-7 Mon 03-08, -2 Fri 03-12, 0 Mon 03-15, 2 Wed 03-17"),
        # back again: Paris on Sunday 31 October, Montréal on Sunday 7 November
        (due("2027-11-01"), "Paris", "-7 Mon 10-25, -2 Fri 10-29, 0 Mon 11-01, 2 Wed 11-03"),
        (due("2027-11-08"), "Montréal", "-7 Mon 11-01, -2 Fri 11-05, 0 Mon 11-08, 2 Wed 11-10"),
        # a leap day
        (due("2028-02-29"), "Bamako", "-7 Tue 02-22, -2 Fri 02-25, 0 Tue 02-29, 2 Thu 03-02"),
        # a deadline on a Saturday: the day itself is told on Friday, two days after on Monday
        (due("2027-03-06"), "Bamako", "-7 Fri 02-26, -2 Thu 03-04, 0 Fri 03-05, 2 Mon 03-08"),
        # a weekly update: a week before it was the deadline before
        (due("2027-03-05", since="2027-02-26"), "Bamako", "-2 Wed 03-03, 0 Fri 03-05, 2 Mon 03-08"),
        # given on Friday for Monday: nothing before the day itself
        (due("2027-03-08", since="2027-03-05"), "Bamako", "0 Mon 03-08, 2 Wed 03-10"),
        # acknowledged
        (due("2027-03-05", quiet=True), "Bamako", "0 Fri 03-05, 2 Mon 03-08"),
        # due on Friday at 16:00 in Bamako, which is Saturday 05:00 in Auckland, Friday 11:00 in Montréal
        (
            due("2027-03-05", until="2027-03-05T16:00"),
            "Montréal",
            "-7 Fri 02-26, -2 Wed 03-03, 0 Fri 03-05, 2 Mon 03-08",
        ),
        (
            due("2027-03-05", until="2027-03-05T16:00"),
            "Auckland",
            "-7 Fri 02-26, -2 Wed 03-03, 0 Fri 03-05, 2 Mon 03-08",
        ),
        # due on Friday at 13:00 in Bamako, 08:00 in Montréal: there the last day to act is Thursday
        (
            due("2027-03-05", until="2027-03-05T13:00"),
            "Montréal",
            "-7 Fri 02-26, -2 Wed 03-03, 0 Thu 03-04, 2 Mon 03-08",
        ),
    ],
)
def test_each_rung_falls_on_a_working_day_at_the_hour_of_the_persons_own_clock(
    owed: Due, city: str, rungs: str
) -> None:
    assert told(owed, city) == (rungs, {"09:00"})


def test_rest_days_move_what_comes_before_the_deadline_back_and_what_comes_after_on() -> None:
    assert told(due("2027-03-10"), rest=FEAST)[0] == "-7 Wed 03-03, -2 Mon 03-08, 0 Mon 03-08, 2 Fri 03-12"
    assert told(due("2027-03-08"), rest=FEAST)[0].endswith("2 Fri 03-12")


@pytest.mark.parametrize(
    ("hour", "moment"),
    [("06:00", "08:00"), ("08:30", "08:30"), ("16:59", "16:59"), ("17:00", "08:00"), ("22:00", "08:00")],
)
def test_an_hour_outside_working_hours_is_the_first_of_these_on_the_same_day(hour: str, moment: str) -> None:
    days, hours = told(due("2027-03-05"), hour=hour)
    assert days == "-7 Fri 02-26, -2 Wed 03-03, 0 Fri 03-05, 2 Mon 03-08"
    assert hours == {moment}


def test_after_an_outage_only_the_newest_rung_counts() -> None:
    found = ladder.rungs(due("2027-03-05"), Manners(LADDER, time(9)), WorkingTime(ZoneInfo("Africa/Bamako")))
    days = [
        newest.days if (newest := ladder.newest(found, datetime.fromisoformat(f"2027-{at}:00+00:00"))) else None
        for at in ("02-26 08:59", "02-26 09:00", "03-05 08:00", "03-05 23:00", "03-20 12:00")
    ]
    assert days == [None, -7, -2, 0, 2]


def test_what_is_put_off_until_a_day_of_rest_wakes_on_the_next_working_day() -> None:
    paris = WorkingTime(ZoneInfo("Europe/Paris"), rest=frozenset({date(2027, 3, 29)}))  # Easter Monday; clocks changed
    assert ladder.waking(date(2027, 3, 27), time(9), paris) == datetime(2027, 3, 30, 7, tzinfo=UTC)
