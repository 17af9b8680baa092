"""Periods: their keys, their days, what follows what; keys that are none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import periods
from storage.periods import Rhythm

KINDS = (periods.DAY, periods.WEEK, periods.MONTH, periods.QUARTER, periods.HALF, periods.YEAR)
DAYS = st.dates(date(1900, 1, 8), date(2199, 12, 20))


@pytest.mark.parametrize(
    ("key", "kind", "first", "last"),
    [
        ("2027-03-05", periods.DAY, date(2027, 3, 5), date(2027, 3, 5)),
        ("2027-W09", periods.WEEK, date(2027, 3, 1), date(2027, 3, 7)),
        ("2026-W53", periods.WEEK, date(2026, 12, 28), date(2027, 1, 3)),
        ("2028-02", periods.MONTH, date(2028, 2, 1), date(2028, 2, 29)),
        ("2027-Q1", periods.QUARTER, date(2027, 1, 1), date(2027, 3, 31)),
        ("2027-Q4", periods.QUARTER, date(2027, 10, 1), date(2027, 12, 31)),
        ("2027-H1", periods.HALF, date(2027, 1, 1), date(2027, 6, 30)),
        ("2027-H2", periods.HALF, date(2027, 7, 1), date(2027, 12, 31)),
        ("2027", periods.YEAR, date(2027, 1, 1), date(2027, 12, 31)),
    ],
)
def test_a_key_names_its_first_and_last_day(key: str, kind: str, first: date, last: date) -> None:
    period = periods.parse(key)
    assert (period.kind, period.first, period.last, period.key) == (kind, first, last, key)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "continuous",
        "2027-02-29",
        "2027-13",
        "2027-00",
        "2027-W00",
        "2027-W53",
        "2027-Q5",
        "2027-Q0",
        "2027-H3",
        "0000",
        "9999-W52",
        "27",
        "2027-3",
        "2027-03-05 ",
        "2027-03\n",
        "٢٠٢٧",
    ],
)
def test_what_is_no_key_is_a_value_error(key: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        periods.parse(key)


@given(DAYS, st.sampled_from(KINDS))
def test_every_day_lies_in_one_period_of_each_kind(day: date, kind: str) -> None:
    period = periods.containing(kind, day)
    assert day in period
    assert period.first - timedelta(days=1) not in period
    assert period.last + timedelta(days=1) not in period
    assert periods.parse(period.key) == period


@given(DAYS, st.sampled_from(KINDS))
def test_periods_follow_each_other_without_gap(day: date, kind: str) -> None:
    period = periods.containing(kind, day)
    assert period.next().first == period.last + timedelta(days=1)
    assert period.next().previous() == period
    assert period.previous().key < period.key < period.next().key


@pytest.mark.parametrize(
    ("rhythm", "key"),
    [
        (Rhythm.WEEKLY, "2027-W09"),
        (Rhythm.MONTHLY, "2027-03"),
        (Rhythm.QUARTERLY, "2027-Q1"),
        (Rhythm.ON_DEMAND, "2027-W09"),
    ],
)
def test_a_rhythm_says_for_which_period_a_group_reports(rhythm: Rhythm, key: str) -> None:
    assert periods.reporting(rhythm, date(2027, 3, 5)).key == key
