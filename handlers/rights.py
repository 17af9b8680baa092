"""Who may do what: it follows from the mandates of that day, and to say no is to say who can."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

import storage.mandates
import storage.people
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import Refusal
from handlers.language import Speaker, message
from storage.decisions import Decision
from storage.groups import Group
from storage.mandates import POOL, Mandate, Office
from storage.updates import Update

NOT_YOUR_GROUP = message(
    "The update of {group} is given by {people}. You can ask them, or the Pool Technique, to record it."
)
NO_COORDINATOR = message("{group} has no coordinator at the moment: its update is recorded by the Pool Technique.")
NOT_YOUR_DECISION = message(
    "A decision of {body} is noted by the Pool Technique, the chef de file, or the coordinator of that group."
)
POOL_ONLY = message("This is for the Pool Technique: {people} can do it.")
NOBODY_IN_POOL = message("nobody yet (see PTF_COORDINATORS in the settings)")


def may_update(actor: Actor, group_id: int) -> bool:
    """Whether they may give the update of that group: its coordinator or stand-in, or the pool."""
    return actor.is_pool or (actor.is_member and group_id in actor.leads)


def may_change_update(actor: Actor, update: Update) -> bool:
    """Whether they may edit or withdraw it: who may give it."""
    return may_update(actor, update.group_id)


def may_decide(actor: Actor, body_id: int) -> bool:
    """Whether they may note a decision there: the pool, the chef de file, or who coordinates that group."""
    return actor.is_pool or (actor.is_member and (actor.carries([Office.LEAD]) or body_id in actor.leads))


def may_change_decision(actor: Actor, decision: Decision) -> bool:
    """Whether they may edit it, mark it done or replace it: who may note it, and who carries it."""
    return may_decide(actor, decision.group_id) or (actor.is_member and decision.carrier_id == actor.id)


def require_update(session: Session, ctx: Context, actor: Actor, group: Group) -> None:
    """Raises Refusal, naming who can, unless they may give the update of that group."""
    if may_update(actor, group.id):
        return
    name = group.name(actor.speaker.language)
    mandates = storage.mandates.of_group(session, group.id, ctx.today)
    if not mandates:
        raise Refusal(NO_COORDINATOR, group=name)
    raise Refusal(NOT_YOUR_GROUP, group=name, people=told(session, actor.speaker, mandates))


def require_decision(actor: Actor, body: Group) -> None:
    """Raises Refusal unless they may note a decision of that body."""
    if not may_decide(actor, body.id):
        raise Refusal(NOT_YOUR_DECISION, body=body.name(actor.speaker.language))


def require_pool(session: Session, ctx: Context, actor: Actor) -> None:
    """Raises Refusal, naming the pool, unless they belong to it."""
    if not actor.is_pool:
        raise Refusal(POOL_ONLY, people=pool_names(session, ctx, actor.speaker))


def pool_ids(session: Session, ctx: Context) -> list[str]:
    """Slack user ids of those who must hear of trouble: the coordinators of the settings, then the pool coordinator."""
    mandates = storage.mandates.of_offices(session, [Office.POOL_COORDINATOR], ctx.today)
    carriers = storage.people.by_ids(session, [holder for m in mandates for holder in m.carriers[:1]])
    found = [*sorted(ctx.coordinators), *(person.slack_id for person in carriers if person.slack_id)]
    return list(dict.fromkeys(found))


def pool_names(session: Session, ctx: Context, speaker: Speaker) -> str:
    """The pool by name, for a sentence that says who can."""
    mandates = storage.mandates.of_offices(session, POOL, ctx.today)
    names = told(session, speaker, mandates)
    if names:
        return names
    known = storage.people.names(session, ctx.coordinators)
    return speaker.listing(sorted(known.values())) if known else speaker.say(NOBODY_IN_POOL)


def told(session: Session, speaker: Speaker, mandates: Sequence[Mandate]) -> str:
    """Who carries those mandates, by name, each once, titulaires before suppléants."""
    ids = [person for mandate in mandates for person in mandate.carriers]
    names = {person.id: person.name for person in storage.people.by_ids(session, ids)}
    return speaker.listing(dict.fromkeys(names[person] for person in ids if names.get(person)))
