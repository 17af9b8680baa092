"""Working time: days and hours in a person’s own zone, over clock changes, a leap day and a run of rest days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.calendar import WorkingTime

BAMAKO, PARIS, MONTREAL = (ZoneInfo(name) for name in ("Africa/Bamako", "Europe/Paris", "America/Montreal"))
CHANGES = (date(2027, 3, 28), date(2027, 10, 31), date(2027, 3, 14), date(2027, 11, 7), date(2028, 2, 29))
"""Clocks go forward and back in Paris, then in Montréal; a leap day."""
TABASKI = frozenset({date(2027, 5, 17), date(2027, 5, 18)})


def at(text: str) -> datetime:
    """A UTC instant."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "instant", "told"),
    [
        (BAMAKO, "2027-03-05T08:00", "2027-03-05T08:00"),
        (BAMAKO, "2027-03-05T16:59", "2027-03-05T16:59"),
        (BAMAKO, "2027-03-05T17:00", "2027-03-08T08:00"),
        (PARIS, "2027-03-26T15:59", "2027-03-26T15:59"),
        (PARIS, "2027-03-26T16:00", "2027-03-29T06:00"),  # clocks went forward on Sunday
        (PARIS, "2027-10-29T15:00", "2027-11-01T07:00"),  # and back
        (MONTREAL, "2027-03-12T22:00", "2027-03-15T12:00"),
        (MONTREAL, "2027-11-05T21:00", "2027-11-08T13:00"),
        (MONTREAL, "2027-07-01T02:00", "2027-07-01T12:00"),  # still the evening before, over there
        (BAMAKO, "2028-02-28T18:00", "2028-02-29T08:00"),
        (PARIS, "2028-02-29T17:00", "2028-03-01T07:00"),
    ],
)
def test_one_writes_in_their_own_working_hours(zone: ZoneInfo, instant: str, told: str) -> None:
    assert WorkingTime(zone).next_telling(at(instant)) == at(told)


def test_a_run_of_rest_days_is_passed_over_both_ways() -> None:
    working = WorkingTime(BAMAKO, rest=TABASKI)
    assert working.on_or_after(date(2027, 5, 15)) == date(2027, 5, 19)
    assert working.on_or_before(date(2027, 5, 18)) == date(2027, 5, 14)
    assert working.on_or_before(date(2027, 5, 19)) == working.on_or_after(date(2027, 5, 19)) == date(2027, 5, 19)
    assert working.next_telling(at("2027-05-14T17:00")) == at("2027-05-19T08:00")
    assert not working.may_be_told(at("2027-05-17T10:00"))


def test_an_hour_that_comes_twice_or_never_is_no_trap() -> None:
    nights = WorkingTime(PARIS, time(2, 10), time(2, 50), weekend=())
    assert nights.next_telling(at("2027-03-28T00:00")) == at("2027-03-29T00:10")  # no such hour that night
    assert nights.next_telling(at("2027-10-31T00:55")) == at("2027-10-31T01:10")  # it comes again


@pytest.mark.parametrize("of", [{"weekend": tuple(range(7))}, {"first": time(17), "last": time(8)}])
def test_working_time_without_a_day_or_an_hour_is_none(of: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="working time"):
        WorkingTime(BAMAKO, **of)  # type: ignore[arg-type]


@given(
    zone=st.sampled_from([BAMAKO, PARIS, MONTREAL]),
    around=st.sampled_from(CHANGES),
    minutes=st.integers(-4 * 24 * 60, 4 * 24 * 60),
    rest=st.frozensets(st.integers(-4, 4), max_size=4),
)
def test_the_next_instant_to_write_is_the_first_there_is(
    zone: ZoneInfo, around: date, minutes: int, rest: frozenset[int]
) -> None:
    working = WorkingTime(zone, rest=frozenset(around + timedelta(days=each) for each in rest))
    instant = datetime.combine(around, time(12), UTC) + timedelta(minutes=minutes)
    told = working.next_telling(instant)
    assert told >= instant
    assert working.may_be_told(told)
    between = range(0, int((told - instant).total_seconds() // 60), 7)
    assert not any(working.may_be_told(instant + timedelta(minutes=each)) for each in between)
