"""What is read, on which day, and which way a date without its year looks: a deadline ahead, a meeting around today."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.dates import refusals
from handlers.dates.refusals import NotADate
from handlers.language import Message
from storage import periods

Choice = Callable[[Sequence[date], date], date]
"""Chooses among days in order, which reach from before today to after it."""

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""What lies outside is taken for a mistake."""


def first_from(days: Sequence[date], today: date) -> date:
    """The first one to come, today included."""
    return next(day for day in days if day >= today)


def week_not_over(days: Sequence[date], today: date) -> date:
    """The first one whose week is not over."""
    return next(day for day in days if periods.containing(periods.WEEK, day).last >= today)


def last_until(days: Sequence[date], today: date) -> date:
    """The last one that was, today included."""
    return max(day for day in days if day <= today)


def nearest(days: Sequence[date], today: date) -> date:
    """The one nearest to today; of two, the past one."""
    return min(days, key=lambda day: (abs(day - today), day))


@dataclass(frozen=True, slots=True)
class Asked:
    """A text to read on a given day; how a year left out is chosen, and (for weekdays, days of the month) a week."""

    said: str
    today: date
    years: Choice = first_from
    weeks: Choice = first_from

    def refuse(self, sentence: Message, **values: object) -> NotADate:
        """The refusal with that reason, to be raised."""
        return NotADate(sentence, said=self.said, **values)

    def full_year(self, digits: str | None) -> int | None:
        """``27`` and ``2027`` are 2027; None stays None."""
        if digits is None:
            return None
        return int(digits) + (2000 if len(digits) == 2 else 0)

    def in_month(self, year: int | None, month: int, number: int) -> date:
        """That day of that month, in the chosen year when none is given; refuses a day the month does not have."""
        years = (self.today.year - 1, self.today.year, self.today.year + 1) if year is None else (year,)
        days = [shortened(each, month, number) for each in years]
        return self.exactly(self.years(days, self.today) if year is None else days[0], number)

    def of_month(self, number: int) -> date:
        """That day of the month: of this one, the one before or the next ("le 30")."""
        this = periods.containing(periods.MONTH, self.today)
        months = [this.previous().first, this.first, this.next().first]
        days = [shortened(first.year, first.month, number) for first in months]
        return self.exactly(self.weeks(days, self.today), number)

    def exactly(self, day: date, number: int) -> date:
        """The day, if its month did not have to be shortened to hold that number."""
        if day.day == number:
            return day
        month = periods.containing(periods.MONTH, day)
        raise self.refuse(refusals.NO_SUCH_DAY, month=month, days=month.last.day)


def shortened(year: int, month: int, number: int) -> date:
    """That day of the month, or the month's last or first when there is no such day."""
    return date(year, month, max(1, min(number, monthrange(year, month)[1])))
