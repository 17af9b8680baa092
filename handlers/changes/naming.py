"""What the rows of the registers are called that have no code: a mandate, a period, a digest, an absence, a day off."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from handlers.language import Speaker
from handlers.vocabulary import OFFICE
from storage.absences import Absence
from storage.drafts import Draft
from storage.groups import Group
from storage.lives import GroupState
from storage.mandates import Mandate
from storage.people import Person
from storage.reporting_periods import ReportingPeriod
from storage.rest_days import RestDay

S = TypeVar("S", bound=Select[*tuple[Any, ...]])

Row = tuple[str, int]
"""A table and an id."""
Ids = Collection[int] | None
"""Of which rows; None: of all."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Names rows for one reader."""

    session: Session
    speaker: Speaker
    groups: Mapping[int, Group]

    def all(self, wanted: Mapping[str, Ids]) -> dict[Row, str]:
        """(table, id) -> its name, for the tables and ids wanted; other tables are left out."""
        found: dict[Row, str] = {}
        for table, ids in wanted.items():
            if table in NAMERS and (ids is None or ids):
                found |= {(table, number): name for number, name in NAMERS[table](self, ids).items()}
        return found

    def mandates(self, ids: Ids) -> dict[int, str]:
        """Its office, with the group it is over: ``Coordinator – EDU``."""
        chosen = _of(select(Mandate.id, Mandate.office, Mandate.group_id), Mandate, ids)
        return {
            number: " – ".join([self.speaker.say(OFFICE[office]), *self._code(group_id)])
            for number, office, group_id in self.session.execute(chosen)
        }

    def periods(self, ids: Ids) -> dict[int, str]:
        """Its group and period: ``EDU – week 9 of 2027 …``."""
        columns = select(ReportingPeriod.id, ReportingPeriod.group_id, ReportingPeriod.period)
        rows = self.session.execute(_of(columns, ReportingPeriod, ids))
        return {number: " – ".join([*self._code(group), self.speaker.deadline(key)]) for number, group, key in rows}

    def digests(self, ids: Ids) -> dict[int, str]:
        """Its week."""
        rows = self.session.execute(_of(select(Draft.id, Draft.week), Draft, ids))
        return {number: self.speaker.deadline(week) for number, week in rows}

    def absences(self, ids: Ids) -> dict[int, str]:
        """Who is away."""
        chosen = select(Absence.id, Person.name).join(Person, Person.id == Absence.person_id)
        return {number: name for number, name in self.session.execute(_of(chosen, Absence, ids)) if name}

    def rest_days(self, ids: Ids) -> dict[int, str]:
        """Its name, as it was typed or as the calendar has it."""
        rows = self.session.execute(_of(select(RestDay.id, RestDay.name), RestDay, ids))
        return {number: name for number, name in rows if name}

    def lives(self, ids: Ids) -> dict[int, str]:
        """Its group, with the day from which it is so."""
        rows = self.session.execute(
            _of(select(GroupState.id, GroupState.group_id, GroupState.from_day), GroupState, ids)
        )
        return {
            number: " – ".join([*self._code(group), *([self.speaker.day(day)] if day else [])])
            for number, group, day in rows
        }

    def _code(self, group_id: int | None) -> list[str]:
        group = self.groups.get(group_id or 0)
        return [group.code] if group is not None else []


def _of(chosen: S, model: Any, ids: Ids) -> S:
    return chosen if ids is None else chosen.where(model.id.in_(list(ids)))


NAMERS: Mapping[str, Callable[[Naming, Ids], dict[int, str]]] = {
    Mandate.__tablename__: Naming.mandates,
    ReportingPeriod.__tablename__: Naming.periods,
    Draft.__tablename__: Naming.digests,
    Absence.__tablename__: Naming.absences,
    RestDay.__tablename__: Naming.rest_days,
    GroupState.__tablename__: Naming.lives,
}
"""Table -> how its rows are named."""
