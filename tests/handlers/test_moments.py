"""A day and an hour as people write them: right or refused, in both languages, in their zone."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from handlers import dates
from handlers.dates import moments

MOMENTS = {
    "05 13:45": "in 45 minutes|dans 45 min",
    "05 15:00": """dans 2 heures|in 2 hours|15h|15 h|15:00|3 pm|at 3pm|à 15 heures|aujourd’hui à 15h|today 15:00
        |ce vendredi 15h""",
    "05 12:00": "midi|noon|à midi",
    "06 09:30": "demain 9:30|demain à 9 h 30|tomorrow at 9:30|9h30 demain|6 mars, 9h30|06/03/2027 09:30",
    "06 16:00": "demain|tomorrow|Saturday",
    "08 10:00": """lundi 10h|lundi à 10|lundi à 10 heures|Monday at 10|Monday, 10 am|10:00 Monday|8 mars à 10h|8/3 10:00
        |2027-03-08 10:00|March 8, 10am|lundi 8 mars 2027 à 10 h|lundi prochain, 10h""",
    "08 12:30": "12:30 p.m. Monday|lundi 12h30",
    "08 12:00": "lundi midi|noon on Monday",
}


@pytest.mark.parametrize(
    ("told", "typed"), [(told, typed) for told, many in MOMENTS.items() for typed in many.split("|")]
)
def test_a_day_and_an_hour_are_read_as_people_write_them(told: str, typed: str) -> None:
    now = datetime(2027, 3, 5, 13, 0, tzinfo=UTC)
    assert f"{moments.moment(typed.strip(), now, ZoneInfo('Africa/Bamako'), time(16)):%d %H:%M}" == told


@pytest.mark.parametrize(
    "typed", ["", "25h", "lundi 10h 11h", "mars", "n/a", "continu", "lundi 10h61", "13 pm", "bientôt", "0 am", "x" * 80]
)
def test_what_is_no_day_and_hour_is_refused(typed: str) -> None:
    with pytest.raises(dates.NotADate):
        moments.moment(typed, datetime(2027, 3, 5, 13, 0, tzinfo=UTC), ZoneInfo("Africa/Bamako"), time(16))


def test_an_hour_is_that_of_the_zone_in_summer_too() -> None:
    now, brussels = datetime(2027, 3, 26, 13, 0, tzinfo=UTC), ZoneInfo("Europe/Brussels")
    assert moments.moment("lundi 10h", now, brussels, time(16)) == datetime(2027, 3, 29, 8, 0, tzinfo=UTC)
