"""What somebody is to a matter that day, and who has a part in it by name: both from the mandates of that day."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

import storage.mandates
import storage.people
from handlers.actors import Actor
from handlers.context import Context
from handlers.rights.table import Part
from storage.actions import Action
from storage.mandates import COORDINATION, POOL, Mandate, Office
from storage.people import Person, Standing
from storage.plans.rows import Line
from storage.records import Record

_OUTSIDE = {Standing.GUEST: Part.GUEST, Standing.EXTERNAL: Part.EXTERNAL, Standing.DEACTIVATED: Part.CLOSED}
_OFFICES = {
    Part.LEAD: (Office.LEAD,),
    Part.TROIKA: (Office.INCOMING, Office.OUTGOING),
    Part.POOL: POOL,
}

_POINTED_AT = {Part.CARRIER: "carrier_id", Part.ASKER: "asked_by_id"}
"""Part -> the column of a record that names who has it."""


def of(actor: Actor, group_id: int | None, record: Record | None) -> frozenset[Part]:
    """The parts of that person in a matter: of that group, and of that record where there is one."""
    if not actor.is_member:
        return frozenset({_OUTSIDE[Standing(actor.standing)]} if actor.standing in _OUTSIDE else ())
    has = {
        Part.POOL: actor.is_pool,
        Part.LEAD: actor.carries(_OFFICES[Part.LEAD]),
        Part.TROIKA: actor.carries(_OFFICES[Part.TROIKA]),
        Part.COORDINATOR: group_id in actor.leads,
        Part.OTHER_COORDINATOR: bool(actor.leads - {group_id}),
        Part.GROUP_MEMBER: group_id is not None and (Office.MEMBER, group_id) in actor.offices,
        Part.CARRIER: record is not None and getattr(record, "carrier_id", None) == actor.id,
        Part.OWING: record is not None and _owes(actor, record),
        Part.ASKER: record is not None and getattr(record, "asked_by_id", None) == actor.id,
        Part.PARTNER: actor.is_partner,
        Part.OBSERVER: actor.carries((Office.OBSERVER,)),
    }
    return frozenset(part for part, holds in has.items() if holds)


def _owes(actor: Actor, record: Record) -> bool:
    """Whether they hold any mandate, and are of an institution that owes it (an action, a line of a plan; of others
    none owes).
    """
    if actor.institution_id is None or not actor.offices:
        return False
    if isinstance(record, Line):
        return any(each.id == actor.institution_id for each in record.institutions)
    return isinstance(record, Action) and record.institution_id == actor.institution_id


def holders(session: Session, ctx: Context, part: Part, group_id: int | None, record: Record | None) -> list[Person]:
    """Who has that part, titulaires before suppléants; nobody for a part that is not told by name."""
    if part in _POINTED_AT:
        person = getattr(record, _POINTED_AT[part], None)
        return list(storage.people.by_ids(session, [person])) if person else []
    if part == Part.COORDINATOR and group_id is not None:
        mandates = storage.mandates.of_group(session, group_id, ctx.today)
        return carriers(session, [mandate for mandate in mandates if mandate.office in COORDINATION])
    if part not in _OFFICES:
        return []
    found = carriers(session, storage.mandates.of_offices(session, _OFFICES[part], ctx.today))
    return found or (_named_in_settings(session, ctx) if part == Part.POOL else [])


def carriers(session: Session, mandates: Sequence[Mandate]) -> list[Person]:
    """Who carries those mandates, each once, titulaires first, those without a name left out."""
    ids = list(dict.fromkeys(person for mandate in mandates for person in mandate.carriers))
    people = {person.id: person for person in storage.people.by_ids(session, ids)}
    return [people[id] for id in ids if id in people and people[id].name]


def _named_in_settings(session: Session, ctx: Context) -> list[Person]:
    found = (storage.people.by_slack_id(session, ctx.team_id, slack_id) for slack_id in sorted(ctx.coordinators))
    return [person for person in found if person is not None and person.name]
