"""For whom a workbook is made and what its rows lean on: the reader, the span, names by id, words said once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

import storage.configuration
import storage.groups
import storage.partners
import storage.people
import storage.reporting
from handlers import erased
from handlers.context import Context
from handlers.language import Message
from handlers.readers import Reader
from handlers.reports.report import Mark
from handlers.reports.sheets import Value
from handlers.vocabulary import Label
from storage import periods
from storage.groups import Group
from storage.partners import Institution
from storage.periods import Period
from storage.reporting import DigestClock
from storage.visibility import Audience

NARROWER = (periods.DAY, periods.WEEK, periods.MONTH, periods.QUARTER, periods.HALF, periods.YEAR)
BATCH = 1_000
"""Rows fetched from the database at a time."""


@dataclass(frozen=True, slots=True)
class Scope:
    """One workbook in the making.

    ``span`` narrows what it holds, None is everything. ``word`` says a sentence without values, ``mark`` a state,
    ``deadline`` a period's or deadline's key; each is put together once and used for every row.
    """

    session: Session
    reader: Reader
    now: datetime
    zone: ZoneInfo
    span: Period | None
    clock: DigestClock
    groups: Mapping[int, Group]
    people: Mapping[int, str]
    institutions: Mapping[int, Institution]
    word: Callable[[Message], str]
    mark: Callable[[Label], Mark]
    deadline: Callable[[str], str]

    @property
    def audience(self) -> Audience | None:
        """What the reader may see."""
        return self.reader.audience

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.reader.speaker.language

    @property
    def today(self) -> date:
        """The civil day in the group's zone."""
        return self.now.astimezone(self.zone).date()

    @property
    def is_partner(self) -> bool:
        """Whether the reader is one of the PTF, for whom the group's own affairs are."""
        return self.audience is not None and (self.audience.partner or self.audience.troika)

    def dated(self, key: str | None) -> Value:
        """A period's or deadline's key as it stands in a cell: a day as a date, a longer stretch in words."""
        if key is None or key == periods.CONTINUOUS:
            return self.deadline(key) if key else None
        period = periods.parse(key)
        return period.first if period.kind == periods.DAY else self.deadline(key)

    def instants(self) -> tuple[datetime, datetime] | None:
        """The span as UTC instants, the second one not included."""
        if self.span is None:
            return None
        first, after = self.span.first, self.span.last + timedelta(days=1)
        return tuple(datetime.combine(day, time(), self.zone).astimezone(UTC) for day in (first, after))  # type: ignore[return-value]

    def period_keys(self) -> set[str] | None:
        """The keys of all periods that end within the span: a week that reaches over New Year belongs to the new."""
        if self.span is None:
            return None
        days = [self.span.first + timedelta(days=n) for n in range((self.span.last - self.span.first).days + 1)]
        found = {periods.containing(kind, day) for kind in NARROWER for day in days}
        return {period.key for period in found if period.last in self.span} | {self.span.key}


def scope(session: Session, ctx: Context, reader: Reader, span: Period | None) -> Scope:
    """What a workbook for that reader leans on."""
    speaker = reader.speaker
    settings = storage.configuration.current(session)

    def mark(label: Label) -> Mark:
        return Mark(speaker.say(label[0]), label[1])

    return Scope(
        session=session,
        reader=reader,
        now=ctx.now(),
        zone=ctx.zone,
        span=span,
        clock=storage.reporting.clock(settings),
        groups={group.id: group for group in storage.groups.everyone(session)},
        people={each.id: erased.name(speaker, each) for each in storage.people.everyone(session)},
        institutions={each.id: each for each in storage.partners.everyone(session)},
        word=cache(speaker.say),
        mark=cache(mark),
        deadline=cache(speaker.deadline),
    )
