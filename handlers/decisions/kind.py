"""The description of a decision: how answers are checked and kept, how its cards look."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

import storage.births
import storage.decisions
import storage.groups
import storage.history
import storage.partners
import storage.people
from handlers import actors, dates, entries, records, rights, served
from handlers.actors import Actor
from handlers.context import Context
from handlers.dates import Deadline
from handlers.decisions import filling, reviews, versions
from handlers.decisions.questions import FORM
from handlers.errors import FieldRefusal, Refusal
from handlers.followup import births
from handlers.followup.decision_cards import SHOWN
from handlers.language import message
from handlers.records import RecordKind
from storage.births import Said
from storage.decisions import STANDING, Decision, Kind, Status
from storage.groups import Group
from storage.history import By, Origin
from storage.visibility import Level, sees

NO_SUCH_BODY = message("This body does not exist any more.")
NOT_YET = message("The meeting of {day} has not taken place yet.")
OTHER_YEAR = message("{code} keeps its number, so the meeting stays in {year}.")
BEFORE_MEETING = message("The deadline is understood as {day}, which is before the meeting of {meeting}.")
CARRIER_CANNOT_READ = message("{name} may not read this: choose another level below, or somebody else.")
ALREADY_REPLACED = message("{code} was replaced already by {by}.")


def make(
    session: Session, ctx: Context, actor: Actor, answers: Mapping[str, Any], context: Mapping[str, Any]
) -> Decision:
    """Number and keep what a form says. Raises refusals."""
    body = storage.groups.by_id(session, int(answers["body"]))
    if body is None:
        raise Refusal(NO_SUCH_BODY)
    rights.require_decision(session, ctx, actor, body)
    decision = new(ctx, actor, body)
    decision.source_id = context.get("source_id")
    replaced = _replaced(session, ctx, actor, context.get("replaces") or answers.get("replaces"))
    decision.meeting_id = context.get("meeting")
    if replaced is not None:
        decision.replaces_id, decision.work_id = replaced.id, replaced.work_id
    if context.get("work"):
        decision.kind, decision.work_id = Kind.RECOMMENDATION, filling.work_of(session, actor, context["work"]).id
    _write(session, ctx, decision, answers)
    storage.decisions.keep(session, decision, body.code)
    if replaced is not None:
        set_status(session, ctx, actor, replaced, Status.REPLACED, Origin.FORM)
    _follow(session, ctx, actor, decision, storage.births.said(decision))
    return decision


def new(ctx: Context, actor: Actor, body: Group) -> Decision:
    """A decision of that body, taken today, still without words or number."""
    return Decision(
        group_id=body.id,
        kind=Kind.DECISION,
        decided=ctx.today.isoformat(),
        decided_on=ctx.today,
        status=Status.OPEN,
        visibility=Level.ALL,
        language=actor.speaker.language,
        said_at=ctx.now(),
        said_by_id=actor.id,
        version=1,
        institutions=[],
    )


def apply(session: Session, ctx: Context, actor: Actor, decision: Decision, answers: Mapping[str, Any]) -> None:
    """Change it to what the form says; its body, year and number stay, its actions follow."""
    was = storage.births.said(decision)
    if answers.get("decided") and date.fromisoformat(answers["decided"]).year != decision.year:
        raise FieldRefusal({"decided": (OTHER_YEAR, {"code": decision.code, "year": decision.year})})
    _write(session, ctx, decision, answers)
    served.put(session, decision, answers, actor.audience)
    if "status" in answers and decision.status != Status.REPLACED:
        _settle(ctx, decision, Status(answers["status"]))
        decision.done_on = answers.get("done_on", decision.done_on)
    _follow(session, ctx, actor, decision, was)


def require_change(session: Session, ctx: Context, actor: Actor, decision: Decision) -> None:
    """Raises Refusal to who may not change it."""
    rights.require(session, ctx, actor, rights.Right.CHANGE_DECISION, decision)


def set_status(
    session: Session,
    ctx: Context,
    actor: Actor,
    decision: Decision,
    status: Status,
    origin: Origin = Origin.BUTTON,
) -> None:
    """Let it stand there from today, with its history, its cards and its actions."""
    before = storage.history.facts(decision)
    _settle(ctx, decision, status)
    if status == Status.REPLACED:
        reviews.over(session, ctx, decision)
    records.touched(session, ctx, actor, SHOWN, decision, before, origin)
    _follow(session, ctx, actor, decision, storage.births.said(decision), origin)


def require_standing(session: Session, actor: Actor, decision: Decision) -> None:
    """Raises Refusal when another decision took its place."""
    if decision.status == Status.REPLACED:
        by = entries.successors(session, [decision], actor.audience).get(decision.id, "–")
        raise Refusal(ALREADY_REPLACED, code=decision.code, by=by)


def after_withdrawal(session: Session, ctx: Context, actor: Actor, decision: Decision) -> None:
    """Its actions go and come with it; what it replaced stands again meanwhile."""
    _follow(session, ctx, actor, decision, storage.births.said(decision), Origin.BUTTON)
    replaced = storage.decisions.by_id(session, decision.replaces_id) if decision.replaces_id else None
    if replaced is not None:
        set_status(session, ctx, actor, replaced, Status.OPEN if decision.withdrawn else Status.REPLACED)


def understood(given: str | Deadline, decided_on: date, today: date) -> Deadline:
    """The deadline a person wrote, or that stood once. Raises FieldRefusal: not a date, or before the meeting."""
    try:
        found = given if isinstance(given, Deadline) else _read(given, today)
    except dates.NotADate as no:
        raise FieldRefusal({"deadline": (no.sentence, no.values)}) from None
    if found.due is not None and found.due < decided_on:
        raise FieldRefusal({"deadline": (BEFORE_MEETING, {"day": found.due, "meeting": decided_on})})
    return found


def _read(text: str, today: date) -> Deadline:
    return dates.deadline(text, today) if text.strip() else Deadline(None, None)


def _follow(
    session: Session, ctx: Context, actor: Actor, decision: Decision, was: Said, origin: Origin = Origin.FORM
) -> None:
    """Let its actions follow it, and tell those who carry one from now on."""
    born = births.follow(session, ctx, decision, was, By(actor.id, ctx.now(), origin))
    births.tell(session, ctx, born, but=actor.id)


def _replaced(session: Session, ctx: Context, actor: Actor, decision_id: Any) -> Decision | None:
    """The decision that a new one replaces, if this person may replace it and it still stands."""
    if not decision_id:
        return None
    decision = records.standing(session, actor, KIND, int(decision_id))
    rights.require(session, ctx, actor, rights.Right.CHANGE_DECISION, decision)
    require_standing(session, actor, decision)
    return decision


def _write(session: Session, ctx: Context, decision: Decision, answers: Mapping[str, Any]) -> None:
    if "kind" in answers:
        decision.kind = Kind(answers["kind"])
    if decision.kind != Kind.RECOMMENDATION:
        decision.addressee = None
    elif "addressee" in answers:
        decision.addressee = answers["addressee"]
    if "visibility" in answers:
        decision.visibility = Level(answers["visibility"])
    if answers.get("decided"):
        decision.decided, decision.decided_on = answers["decided"], date.fromisoformat(answers["decided"])
        if decision.decided_on > ctx.today:
            raise FieldRefusal({"decided": (NOT_YET, {"day": decision.decided_on})})
    if "text" in answers:
        storage.decisions.reword(decision, answers["text"])
    if "deadline" in answers:
        found = understood(answers["deadline"], decision.decided_on, ctx.today)
        decision.deadline, decision.due_on = found.key, found.due
    if "review" in answers:
        _review(session, ctx, decision, answers["review"])
    if "institutions" in answers:
        chosen = [int(institution) for institution in answers["institutions"]]
        decision.institutions = list(storage.partners.by_ids(session, chosen))
    if "carrier" in answers:
        decision.carrier_id = _carrier(session, ctx, decision, answers["carrier"])


def _review(session: Session, ctx: Context, decision: Decision, text: str) -> None:
    """The day on which it comes back; whoever was told of another one is not asked any more."""
    day = reviews.understood(text, ctx.today, decision.review_on)
    if day != decision.review_on:
        reviews.over(session, ctx, decision, day)
        decision.review_on = day


def _carrier(session: Session, ctx: Context, decision: Decision, slack_id: str | None) -> int | None:
    """The id of who carries it; somebody who may not read it cannot."""
    if not slack_id:
        return None
    person = storage.people.meet(session, ctx.team_id, slack_id)
    if not sees(decision, actors.describe(session, ctx, person).audience):
        raise FieldRefusal({"carrier": (CARRIER_CANNOT_READ, {"name": person.name})})
    return person.id


def _settle(ctx: Context, decision: Decision, status: Status) -> None:
    settled = status not in STANDING and status != Status.REPLACED
    if status != decision.status:
        decision.done_on = ctx.today if settled else None
    decision.status = status


KIND = RecordKind(
    "decision",
    Decision,
    FORM,
    filling.fill,
    make,
    apply,
    require_change,
    SHOWN,
    after_withdrawal=after_withdrawal,
    answers_of=versions.answers_of,
    words="text",
)
