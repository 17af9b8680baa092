"""Who may do what: it follows from the mandates of that day, and to say no is to say who can.

`table` is the one table (right × part), `parts` says what somebody is to a matter and who else has that part; here
stand the question (`may`) and the refusal that names who can (`require`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

import storage.groups
import storage.mandates
import storage.people
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import Refusal
from handlers.language import Message, Speaker, message
from handlers.rights import parts
from handlers.rights.table import MAY, PARTS, RIGHTS, Part, Right
from storage.decisions import Decision
from storage.groups import Group
from storage.mandates import Mandate, Office
from storage.people import Person, Standing
from storage.records import Record
from storage.updates import Update

__all__ = ["MAY", "PARTS", "RIGHTS", "Part", "Right"]

NOT_YOUR_GROUP = message("The update of {what} is given by {people}. You can ask them to record it.")
NOT_YOUR_BODY = message("A decision of {what} is noted by {people}.")
NOT_YOURS = message("{what} can be changed by {people}.")
NOT_YOURS_TO_ASK = message("An action of {what} is asked for by {people}.")
NOT_YOURS_TO_ANSWER = message("{what} can be answered by the institution that owes it, and by {people}.")
NOT_YOURS_TO_REPORT = message("{what} is reported on by the responsible institutions, and by {people}.")
POOL_ONLY = message("This is for the Pool Technique: {people} can do it.")
FOR_OTHERS = message("This is for {people}.")
NAMED = message("{name} ({part})")
NOBODY_IN_POOL = message("nobody yet (see PTF_COORDINATORS in the settings)")

REFUSALS: Mapping[Right, Message] = {
    Right.UPDATE: NOT_YOUR_GROUP,
    Right.DECIDE: NOT_YOUR_BODY,
    Right.CHANGE_DECISION: NOT_YOURS,
    Right.ASK_ACTION: NOT_YOURS_TO_ASK,
    Right.ANSWER_ACTION: NOT_YOURS_TO_ANSWER,
    Right.CHANGE_ACTION: NOT_YOURS,
    Right.REPORT_LINE: NOT_YOURS_TO_REPORT,
}
"""Right -> how it is refused, where it has a sentence of its own."""


def may(actor: Actor, right: Right, group_id: int | None = None, record: Record | None = None) -> bool:
    """Whether they may do that today, concerning that group or record where the right is about one."""
    group_id = record.group_id if record is not None else group_id
    return not MAY[right].isdisjoint(parts.of(actor, group_id, record))


def require(session: Session, ctx: Context, actor: Actor, right: Right, about: Group | Record | None = None) -> None:
    """Raises Refusal, naming who can, unless they may do that to the group or the record it is about."""
    record = None if about is None or isinstance(about, Group) else about
    group_id = about.id if isinstance(about, Group) else None
    if may(actor, right, group_id, record):
        return
    alone = MAY[right] == {Part.POOL}
    sentence = REFUSALS.get(right, POOL_ONLY if alone else FOR_OTHERS)
    people = pool_names(session, ctx, actor.speaker) if alone else who_can(session, ctx, actor.speaker, right, about)
    raise Refusal(sentence, people=people, what=_what(session, actor.speaker, about))


def who_can(session: Session, ctx: Context, speaker: Speaker, right: Right, about: Group | Record | None = None) -> str:
    """Who may do that today, by name and by what they are, each once; whose account is closed cannot."""
    record = None if about is None or isinstance(about, Group) else about
    group_id = about.id if isinstance(about, Group) else record.group_id if record is not None else None
    named: dict[int, str] = {}
    for part in _ASKED_FIRST:
        for person in parts.holders(session, ctx, part, group_id, record) if part in MAY[right] else ():
            if person.name and person.standing != Standing.DEACTIVATED:
                named.setdefault(person.id, speaker.say(NAMED, name=person.name, part=speaker.say(PARTS[part])))
    return speaker.listing(named.values()) if named else speaker.say(NOBODY_IN_POOL)


_ASKED_FIRST = (Part.CARRIER, Part.ASKER, Part.COORDINATOR, Part.LEAD, Part.TROIKA, Part.POOL)
"""The parts that are told by name, the nearest to the matter first."""


def may_update(actor: Actor, group_id: int) -> bool:
    """Whether they may give the update of that group."""
    return may(actor, Right.UPDATE, group_id)


def may_change_update(actor: Actor, update: Update) -> bool:
    """Whether they may edit or withdraw it: who may give it."""
    return may(actor, Right.UPDATE, record=update)


def may_decide(actor: Actor, body_id: int) -> bool:
    """Whether they may note a decision there."""
    return may(actor, Right.DECIDE, body_id)


def may_change_decision(actor: Actor, decision: Decision) -> bool:
    """Whether they may edit it, mark it done or replace it."""
    return may(actor, Right.CHANGE_DECISION, record=decision)


def require_update(session: Session, ctx: Context, actor: Actor, group: Group) -> None:
    """Raises Refusal, naming who can, unless they may give the update of that group."""
    require(session, ctx, actor, Right.UPDATE, group)


def require_decision(session: Session, ctx: Context, actor: Actor, body: Group) -> None:
    """Raises Refusal, naming who can, unless they may note a decision of that body."""
    require(session, ctx, actor, Right.DECIDE, body)


def require_pool(session: Session, ctx: Context, actor: Actor) -> None:
    """Raises Refusal, naming the pool, unless they may change the settings."""
    require(session, ctx, actor, Right.SETTINGS)


def pool_ids(session: Session, ctx: Context) -> list[str]:
    """Slack user ids of those who must hear of trouble: the coordinators of the settings, then the pool coordinator."""
    mandates = storage.mandates.of_offices(session, [Office.POOL_COORDINATOR], ctx.today)
    carriers = storage.people.by_ids(session, [holder for m in mandates for holder in m.carriers[:1]])
    found = [*sorted(ctx.coordinators), *(person.slack_id for person in carriers if person.slack_id)]
    return list(dict.fromkeys(found))


def pool(session: Session, ctx: Context) -> list[Person]:
    """Who is of the Pool Technique that day, coordinator first; those of the settings where there is nobody."""
    return parts.holders(session, ctx, Part.POOL, None, None)


def pool_names(session: Session, ctx: Context, speaker: Speaker) -> str:
    """The pool by name, for a sentence that says who can."""
    names = _names(parts.holders(session, ctx, Part.POOL, None, None))
    return speaker.listing(names) if names else speaker.say(NOBODY_IN_POOL)


def told(session: Session, speaker: Speaker, mandates: Sequence[Mandate]) -> str:
    """Who carries those mandates, by name, each once, titulaires before suppléants."""
    return speaker.listing(_names(parts.carriers(session, mandates)))


def _names(people: Sequence[Person]) -> list[str]:
    return list(dict.fromkeys(person.name for person in people))


def _what(session: Session, speaker: Speaker, about: Group | Record | None) -> str:
    """What it is about, for the sentence: a record by its code, else the group by its name."""
    if about is None:
        return ""
    group = about if isinstance(about, Group) else storage.groups.by_id(session, about.group_id)
    name = group.name(speaker.language) if group is not None else ""
    return str(getattr(about, "code", name)) if isinstance(about, Record) else name
