"""Who sits in a body on a day: one seat an institution, or a group it coordinates, carried by two people at most.

Who is called to its meetings, and by whom it is quorate, follows from the mandates of that day (DOMAIN.md section 2: at
the GEC each is represented by its titulaire, seconded by one; at the quarterly meeting of coordinators groups count).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

import storage.groups
import storage.lives
import storage.mandates
import storage.partners
from storage.groups import Group, Sitting
from storage.mandates import COORDINATION, TROIKA, Mandate, Office

PTF = ("bilateral", "multilateral", "un")
"""The kinds of institutions that are partners."""

_OF_THE_BODY = (Office.MEMBER, *COORDINATION)


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat: the institution, the group for which it comes (None: for itself), the people who carry it, by id.

    ``carriers`` are the titulaire and the suppléant, the titulaire first.
    """

    institution_id: int
    group_id: int | None
    carriers: tuple[int, ...]

    @property
    def key(self) -> str:
        """Its name in a form: ``12`` or, for a group, ``12:3``."""
        return f"{self.institution_id}" if self.group_id is None else f"{self.institution_id}:{self.group_id}"


def of(session: Session, body: Group, day: date) -> list[Seat]:
    """The seats of a body on that civil day; where nobody holds a mandate in it, all of the PTF sit there."""
    if body.sitting == Sitting.TROIKA:
        return _by_institution(storage.mandates.of_offices(session, TROIKA, day))
    if body.sitting == Sitting.COORDINATORS:
        return _by_group(session, day)
    mandates = [each for each in storage.mandates.on(session, day) if each.office in _OF_THE_BODY]
    own = [each for each in mandates if each.group_id == body.id]
    if own and body.sitting == Sitting.MEMBERS:
        return _by_institution(own)
    return _partners(session, day)


def _by_institution(mandates: Iterable[Mandate]) -> list[Seat]:
    """One seat an institution; the first of its mandates says who carries it."""
    found: dict[int, Seat] = {}
    for mandate in mandates:
        if mandate.institution_id is not None:
            found.setdefault(mandate.institution_id, Seat(mandate.institution_id, None, mandate.carriers[:2]))
    return list(found.values())


def _by_group(session: Session, day: date) -> list[Seat]:
    """One seat a group that works on that day and is coordinated, by code of the group."""
    by_group: dict[int | None, list[Mandate]] = {}
    for mandate in storage.mandates.of_offices(session, COORDINATION, day):
        by_group.setdefault(mandate.group_id, []).append(mandate)
    lives = storage.lives.of(session, storage.groups.everyone(session))
    seats = []
    for group_id, life in lives.items():
        held = sorted(by_group.get(group_id, ()), key=lambda each: each.office != Office.COORDINATOR)
        if held and held[0].institution_id is not None and life.reported(day):
            seats.append(Seat(held[0].institution_id, group_id, held[0].carriers[:2]))
    return seats


def _partners(session: Session, day: date) -> list[Seat]:
    """Every institution of the PTF, carried by whoever steers for it, else coordinates for it, else holds a mandate."""
    mandates = sorted(storage.mandates.on(session, day), key=lambda each: _RANK.get(each.office, len(_RANK)))
    carried = {seat.institution_id: seat for seat in _by_institution(mandates)}
    found: Sequence[storage.partners.Institution] = storage.partners.everyone(session)
    return [carried.get(each.id, Seat(each.id, None, ())) for each in found if each.kind in PTF]


_RANK: dict[str, int] = {office: rank for rank, office in enumerate((*TROIKA, *_OF_THE_BODY, Office.POOL_COORDINATOR))}
