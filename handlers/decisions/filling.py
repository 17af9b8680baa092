"""What the form of a decision opens with: the body, today's meeting, or what stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

import storage.decisions
import storage.groups
import storage.partners
import storage.people
from handlers import dates, rights, served
from handlers.actors import Actor
from handlers.context import Context
from handlers.decisions.questions import CHANGED, NEW
from handlers.errors import Refusal
from handlers.language import Speaker, message
from handlers.records import Filled
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage.decisions import STANDING, Addressee, Decision, Filter, Kind, Status
from storage.groups import Group
from storage.meetings import Meeting
from storage.visibility import Level, sees
from storage.works import Work

NO_BODY = message(
    "A decision is noted by the Pool Technique, the chef de file, or the coordinator of the group that took it; you "
    "coordinate none at the moment."
)
WHICH = message("*{code}* of {body}")
OF_WORK = message("Recommendation of *{code}* – {name}")
NO_SUCH_WORK = message("This work does not exist any more.")
REPLACING = message("It replaces *{code}*, which then shows as replaced everywhere.")


def fill(session: Session, ctx: Context, actor: Actor, decision: Decision | None, hints: Mapping[str, Any]) -> Filled:
    """The form for an existing decision, or a new one.

    ``hints``: body_id, text, replaces, work_id, meeting, questions.
    """
    if decision is not None:
        return _editing(session, actor, decision, hints)
    bodies = bodies_of(session, actor)
    if not bodies:
        raise Refusal(NO_BODY)
    replaced = storage.decisions.by_id(session, int(hints["replaces"])) if hints.get("replaces") else None
    body_id = replaced.group_id if replaced else hints.get("body_id") or _usual(bodies).id
    values: dict[str, Any] = {
        "kind": Kind.DECISION.value,
        "body": str(body_id),
        "decided": ctx.today,
        "text": hints.get("text", ""),
        "visibility": Level.ALL.value,
    }
    options = {"body": body_menu(actor.speaker, bodies), "institutions": _institutions(session, actor.speaker)}
    if replaced is not None:
        values |= _stands(session, replaced) | {"decided": ctx.today}
        above = [blocks.section(actor.speaker.say(REPLACING, code=replaced.code))]
        asked = [name for name in NEW if name != "replaces"]
        return Filled(values, options, {"replaces": replaced.id}, above, questions=asked)
    options["replaces"] = _replaceable(session, actor)
    if hints.get("work_id"):
        return _recommending(session, ctx, actor, Filled(values, options), int(hints["work_id"]))
    if hints.get("meeting"):
        return _meeting(ctx, Filled(values, options), hints["meeting"])
    return Filled(values, options, questions=NEW)


def _meeting(ctx: Context, filled: Filled, meeting: Meeting) -> Filled:
    """The form as it opens for a decision of that meeting: of its body, on its day, read by who reads it."""
    day = min(max(meeting.first_day or ctx.today, ctx.today), meeting.last_day or ctx.today, ctx.today)
    values = {**filled.values, "body": str(meeting.group_id), "decided": day, "visibility": meeting.visibility}
    return Filled(values, filled.options, {"meeting": meeting.id}, questions=NEW)


def _recommending(session: Session, ctx: Context, actor: Actor, filled: Filled, work_id: int) -> Filled:
    """The form as it opens for a recommendation of that work: made on its last day, by its group if they may say so."""
    work = work_of(session, actor, work_id)
    offered = [value for value, _ in filled.options["body"]]
    values = {**filled.values, "kind": Kind.RECOMMENDATION.value, "addressee": Addressee.GOVERNMENT.value}
    values |= {"visibility": work.visibility, "decided": min(work.last or ctx.today, ctx.today)}
    if str(work.group_id) in offered:
        values["body"] = str(work.group_id)
    above = [blocks.section(actor.speaker.say(OF_WORK, code=work.code, name=literal(work.name)))]
    asked = [name for name in NEW if name not in ("kind", "replaces")]
    return Filled(values, filled.options, {"work": work.id}, above, questions=asked)


def work_of(session: Session, actor: Actor, work_id: int) -> Work:
    """The work of that id. Raises Refusal unless it stands and they may read it."""
    work = session.get(Work, work_id)
    if work is None or work.withdrawn or not sees(work, actor.audience):
        raise Refusal(NO_SUCH_WORK)
    return work


def bodies_of(session: Session, actor: Actor) -> list[Group]:
    """The bodies and groups for which they may note a decision, bodies first."""
    found = [group for group in storage.groups.everyone(session) if rights.may_decide(actor, group.id)]
    living = [group for group in found if group.state in (storage.groups.State.ACTIVE, storage.groups.State.DORMANT)]
    return sorted(living, key=lambda group: group.kind != storage.groups.Kind.BODY)


def body_menu(speaker: Speaker, bodies: Sequence[Group]) -> list[tuple[str, str]]:
    """A menu of bodies and groups."""
    return [(str(body.id), f"{body.code} – {body.name(speaker.language)}") for body in bodies]


def _usual(bodies: Sequence[Group]) -> Group:
    """The body to begin with: the one that meets every month if it is there."""
    return next((body for body in bodies if body.code == "GEC"), bodies[0])


def _institutions(session: Session, speaker: Speaker) -> list[tuple[str, str]]:
    return [
        (str(institution.id), institution.choice(speaker.language))
        for institution in storage.partners.everyone(session)
    ]


def _replaceable(session: Session, actor: Actor) -> list[tuple[str, str]]:
    """The decisions that stand and that they may replace, as many as a menu holds."""
    wanted = Filter(statuses=STANDING)
    found = storage.decisions.matching(session, wanted, actor.audience, blocks.OPTIONS)
    mine = [decision for decision in found if rights.may_change_decision(actor, decision)]
    return [(str(decision.id), f"{decision.code} – {decision.text}") for decision in mine]


def _editing(session: Session, actor: Actor, decision: Decision, hints: Mapping[str, Any]) -> Filled:
    body = session.get_one(Group, decision.group_id)
    name = literal(body.name(actor.speaker.language))
    asked = hints.get("questions") or [
        name
        for name in CHANGED
        if (name != "status" or decision.status != Status.REPLACED)
        and (name != "addressee" or decision.kind == Kind.RECOMMENDATION)
    ]
    return Filled(
        _stands(session, decision)
        | {
            "decided": decision.decided_on,
            "deadline": dates.as_written(decision.deadline, actor.speaker),
            "review": actor.speaker.day(decision.review_on) if decision.review_on else "",
            "line": served.value(decision.line_id),
        },
        {
            "institutions": _institutions(session, actor.speaker),
            **served.options(session, actor.speaker, actor.audience, decision.line_id),
        },
        {"id": decision.id, "version": decision.version},
        [blocks.section(actor.speaker.say(WHICH, code=decision.code, body=name))],
        questions=asked,
    )


def _stands(session: Session, decision: Decision) -> dict[str, Any]:
    """What a decision says, as the form's answers; the carrier only if Slack knows them."""
    carrier = storage.people.by_ids(session, [decision.carrier_id]) if decision.carrier_id else []
    return {
        "kind": decision.kind,
        "addressee": decision.addressee,
        "text": decision.text,
        "institutions": [str(institution.id) for institution in decision.institutions],
        "carrier": carrier[0].slack_id if carrier else None,
        "visibility": decision.visibility,
        "status": decision.status,
    }
