"""The ends and beginnings of a stretch: « fin mars », "end-April", « mi-décembre », "mid-2027", « début avril ».

« Fin »/"end" is the last day (of a week, its Friday). « Mi »/"mid" is the 15th of a month, the 30 June of a year.
« Début »/"early" is the 10th of a month, the last of its first ten days. Other middles and beginnings are not
understood: no one agrees on their day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from handlers.dates import stretches
from handlers.dates.asked import Asked
from storage import periods
from storage.periods import Period

_LAST = {kind: lambda period: period.last for kind in (periods.MONTH, periods.QUARTER, periods.HALF, periods.YEAR)}
_END: Mapping[str, Callable[[Period], date]] = _LAST | {periods.WEEK: lambda week: week.first + timedelta(days=4)}
_MIDDLE: Mapping[str, Callable[[Period], date]] = {
    periods.MONTH: lambda month: month.first.replace(day=15),
    periods.YEAR: lambda year: year.first.replace(month=6, day=30),
}
_EARLY: Mapping[str, Callable[[Period], date]] = {periods.MONTH: lambda month: month.first.replace(day=10)}

_EDGES = (
    (re.compile("(?:fin|end|dernier jour|last day) (?P<stretch>.+)"), _END),
    (re.compile("(?P<stretch>month|quarter|half|year) end"), _END),
    (re.compile("(?:mi|mid|milieu|middle) (?P<stretch>.+)"), _MIDDLE),
    (re.compile("(?:debut|early|beginning|start) (?P<stretch>.+)"), _EARLY),
)


def read(bare: str, asked: Asked) -> Period | None:
    """The day a bare text names as the edge of a stretch, None when it names none. Raises NotADate."""
    for shape, days in _EDGES:
        if found := shape.fullmatch(bare):
            return _edge(found["stretch"], days, asked)
    return None


def _edge(bare: str, days: Mapping[str, Callable[[Period], date]], asked: Asked) -> Period | None:
    stretch = stretches.read(bare, asked) or stretches.running(bare, asked)
    if stretch is None:
        return None
    day = days.get(stretch.whole(asked).kind)
    if day is None:
        return None
    return stretch.choose(asked, lambda period: periods.containing(periods.DAY, day(period)))
