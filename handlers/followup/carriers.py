"""Who is asked for an action: who carries it, then those who hold a mandate of the institution that owes it."""

from __future__ import annotations

from collections.abc import Sequence

from storage.actions import Action
from storage.mandates import COORDINATION, TROIKA, Mandate, Office

_CLOSE = (*COORDINATION, Office.MEMBER)
"""The offices of a group that its actions concern first."""


def of(action: Action, mandates: Sequence[Mandate]) -> tuple[int, ...]:
    """Ids of the people to ask, the first one first: its carrier; then of the institution, among all mandates of that
    day, titulaires before suppléants: who sits in that very group, then who speaks for the institution as a whole,
    then anyone else.
    """
    own = [each for each in mandates if action.institution_id and each.institution_id == action.institution_id]
    ranked = sorted(own, key=lambda each: (_distance(action, each), each.id))
    people = [person for mandate in ranked for person in mandate.carriers]
    return tuple(dict.fromkeys([*([action.carrier_id] if action.carrier_id else []), *people]))


def _distance(action: Action, mandate: Mandate) -> int:
    if mandate.group_id == action.group_id and mandate.office in _CLOSE:
        return 0
    if mandate.group_id is None:
        return 1 if mandate.office in TROIKA else 3
    return 2 if mandate.office in _CLOSE else 4
