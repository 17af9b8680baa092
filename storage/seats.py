"""Who sits in a body on a day: one seat an institution, or a group it coordinates, carried by two people at most.

Who is called to its meetings, and by whom it is quorate, follows from the mandates of that day (DOMAIN.md section 2: at
the GEC each is represented by its titulaire, seconded by one; at the quarterly meeting of coordinators groups count).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

import storage.groups
import storage.lives
import storage.mandates
import storage.partners
from storage.database import once
from storage.groups import Group, Sitting
from storage.lives import Life
from storage.mandates import COORDINATION, TROIKA, Mandate, Office
from storage.partners import Institution

PTF = ("bilateral", "multilateral", "un")
"""The kinds of institutions that are partners."""

_OF_THE_BODY = (Office.MEMBER, *COORDINATION)
_RANK: Mapping[str, int] = {
    office: rank for rank, office in enumerate((*TROIKA, *_OF_THE_BODY, Office.POOL_COORDINATOR))
}
"""Whose word counts first for an institution, where all of the PTF sit."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat: the institution, the code of the group for which it comes ("": for itself), who carries it, by id.

    ``carriers`` are the titulaire and the suppléant, the titulaire first.
    """

    institution_id: int
    group: str
    carriers: tuple[int, ...]

    @property
    def key(self) -> str:
        """Its name in a form: ``12`` or, for a group, ``12:EDU``."""
        return f"{self.institution_id}:{self.group}" if self.group else f"{self.institution_id}"


@dataclass(frozen=True, slots=True)
class Seating:
    """All that says who sits where on a day, read by a number of queries that follows no body."""

    day: date
    mandates: Sequence[Mandate]
    lives: Mapping[int, Life]
    partners: Sequence[Institution]

    def of(self, body: Group) -> list[Seat]:
        """The seats of a body; where nobody holds a mandate in it, all of the PTF sit there."""
        if body.sitting == Sitting.TROIKA:
            return _by_institution(each for each in self.mandates if each.office in TROIKA)
        if body.sitting == Sitting.COORDINATORS:
            return self._by_group()
        own = [each for each in self.mandates if each.group_id == body.id and each.office in _OF_THE_BODY]
        if own and body.sitting == Sitting.MEMBERS:
            return _by_institution(sorted(own, key=lambda each: each.office != Office.COORDINATOR))
        return self._of_the_ptf()

    def _by_group(self) -> list[Seat]:
        """One seat a group that works on that day and is coordinated, by code of the group."""
        by_group: dict[int | None, list[Mandate]] = {}
        for mandate in self.mandates:
            if mandate.office in COORDINATION:
                by_group.setdefault(mandate.group_id, []).append(mandate)
        seats = []
        for group_id, life in self.lives.items():
            held = sorted(by_group.get(group_id, ()), key=lambda each: each.office != Office.COORDINATOR)
            if held and held[0].institution_id is not None and life.reported(self.day):
                seats.append(Seat(held[0].institution_id, life.group.code, held[0].carriers[:2]))
        return seats

    def _of_the_ptf(self) -> list[Seat]:
        """Every institution of the PTF, carried by whoever steers for it, else coordinates, else holds a mandate."""
        ranked = sorted(self.mandates, key=lambda each: _RANK.get(each.office, len(_RANK)))
        carried = {seat.institution_id: seat for seat in _by_institution(ranked)}
        return [carried.get(each.id, Seat(each.id, "", ())) for each in self.partners if each.kind in PTF]


def on(session: Session, day: date) -> Seating:
    """Who sits where on that civil day, read once a session."""
    return once(
        session,
        (Seating, day),
        lambda: Seating(
            day,
            storage.mandates.on(session, day),
            storage.lives.of(session, storage.groups.everyone(session)),
            storage.partners.everyone(session),
        ),
    )


def of(session: Session, body: Group, day: date) -> list[Seat]:
    """The seats of a body on that civil day."""
    return on(session, day).of(body)


def _by_institution(mandates: Iterable[Mandate]) -> list[Seat]:
    """One seat an institution; the first of its mandates says who carries it."""
    found: dict[int, Seat] = {}
    for mandate in mandates:
        if mandate.institution_id is not None:
            found.setdefault(mandate.institution_id, Seat(mandate.institution_id, "", mandate.carriers[:2]))
    return list(found.values())
