"""The description of an action: how answers are checked and kept, and what follows from a change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NoReturn, TypeAlias

from sqlalchemy.orm import Session

import storage.actions
import storage.groups
import storage.people
import storage.registered
from handlers import actors, cards, dates, rights, served
from handlers.actions import filling, proposals
from handlers.actions.questions import FORM
from handlers.actors import Actor
from handlers.changes import answering
from handlers.context import Context
from handlers.dates import Deadline
from handlers.errors import FieldRefusal, Refusal
from handlers.followup import births
from handlers.followup.action_cards import SHOWN
from handlers.forms import Form
from handlers.language import message
from handlers.records import GONE, NOT_FOR_YOU, RecordKind
from handlers.rights import Right
from storage.actions import STANDING, Action, Status
from storage.groups import Group
from storage.history import By, Origin
from storage.people import Person
from storage.registered import Registered
from storage.visibility import Level, sees

NO_SUCH_GROUP = message("This group does not exist any more.")
PAST = message("The deadline is understood as {day}, which is over.")
CARRIER_CANNOT_READ = message("{name} may not read this and cannot carry it.")
DONE_BEFORE = message("{code} was done already on {day}.")
NOT_EXPECTED = message("{code}: nobody expects this any more.")
WITH_ITS_DECISION = message("{code} was withdrawn with its decision, and comes back with it.")

Apply: TypeAlias = Callable[[Session, Context, Actor, Action, Mapping[str, Any]], None]
Require: TypeAlias = Callable[[Session, Context, Actor, Action], None]


def make(
    session: Session, ctx: Context, actor: Actor, answers: Mapping[str, Any], context: Mapping[str, Any]
) -> Action:
    """Number and keep what a form says. Raises refusals."""
    group = storage.groups.by_id(session, int(answers["group"]))
    if group is None:
        raise Refusal(NO_SUCH_GROUP)
    rights.require(session, ctx, actor, Right.ASK_ACTION, group)
    action = new(ctx, actor, group)
    _write(session, ctx, action, answers)
    if "about" in context:
        action.about = cards.about(followed(session, actor, str(context["about"])))
    storage.actions.keep(session, action, group.code, ctx.today)
    births.tell(session, ctx, [action], but=actor.id)
    return action


def followed(session: Session, actor: Actor, about: str) -> Registered:
    """The record from which an action is to follow. Raises Refusal when there is none that they may read."""
    record = storage.registered.named(session, about)
    if record is None:
        raise Refusal(GONE)
    if not sees(record, actor.audience):
        raise Refusal(NOT_FOR_YOU)
    return record


def new(ctx: Context, actor: Actor, group: Group) -> Action:
    """An action asked for in that group, still without words, number, or anybody who owes it."""
    return Action(
        group_id=group.id,
        text="",
        deadline=None,
        due_on=None,
        status=Status.OPEN,
        evidence="",
        proposed_why="",
        proposals=0,
        asked_by_id=actor.id,
        visibility=Level.ALL,
        language=actor.speaker.language,
        said_at=ctx.now(),
        said_by_id=actor.id,
        version=1,
    )


def apply(session: Session, ctx: Context, actor: Actor, action: Action, answers: Mapping[str, Any]) -> None:
    """Change it to what the form says; its group and number stay. Whom it is asked of from now on is told."""
    deadline, owed = action.deadline, (action.institution_id, action.carrier_id)
    _write(session, ctx, action, answers)
    served.put(session, action, answers, actor.audience)
    if action.deadline != deadline:
        proposals.over(session, ctx, action)
    if (action.institution_id, action.carrier_id) != owed:
        births.tell(session, ctx, [action], but=actor.id)


def require_change(session: Session, ctx: Context, actor: Actor, action: Action) -> None:
    """Raises Refusal to who may not change it, and to everyone when its decision took it along."""
    rights.require(session, ctx, actor, Right.CHANGE_ACTION, action)
    if action.withdrawn and action.before is not None:
        raise Refusal(WITH_ITS_DECISION, code=action.code)


def require_answer(session: Session, ctx: Context, actor: Actor, action: Action) -> None:
    """Raises Refusal to who may not answer it, and when it is owed no more."""
    rights.require(session, ctx, actor, Right.ANSWER_ACTION, action)
    if action.status == Status.DONE:
        raise Refusal(DONE_BEFORE, code=action.code, day=action.done_on)
    if action.status not in STANDING:
        raise Refusal(NOT_EXPECTED, code=action.code)


def after_withdrawal(session: Session, ctx: Context, actor: Actor, action: Action) -> None:
    """Its decision may be done without it, and open again with it."""
    births.settle(session, ctx, action, By(actor.id, ctx.now(), Origin.BUTTON))


def understood(given: str | Deadline, today: date, stands: str | None = None) -> Deadline:
    """The deadline a person wrote, or that stood once.

    Raises FieldRefusal: not a date, or over, unless it is the one that stands.
    """
    try:
        found = given if isinstance(given, Deadline) else _read(given, today)
    except dates.NotADate as no:
        raise FieldRefusal({"deadline": (no.sentence, no.values)}) from None
    if found.past and found.key != stands:
        raise FieldRefusal({"deadline": (PAST, {"day": found.due})})
    return found


def _read(text: str, today: date) -> Deadline:
    return dates.deadline(text, today) if text.strip() else Deadline(None, None)


def carrier(session: Session, ctx: Context, action: Action, slack_id: str | None) -> Person | None:
    """Who carries it; somebody who may not read it cannot (FieldRefusal)."""
    if not slack_id:
        return None
    person = storage.people.meet(session, ctx.team_id, slack_id)
    if not sees(action, actors.describe(session, ctx, person).audience):
        raise FieldRefusal({"carrier": (CARRIER_CANNOT_READ, {"name": person.name})})
    return person


def _write(session: Session, ctx: Context, action: Action, answers: Mapping[str, Any]) -> None:
    if "text" in answers:
        storage.actions.reword(action, answers["text"])
    if "visibility" in answers and action.decision_id is None:
        action.visibility = Level(answers["visibility"])
    if "deadline" in answers:
        found = understood(answers["deadline"], ctx.today, action.deadline)
        action.deadline, action.due_on = found.key, found.due
    if "institution" in answers:
        action.institution_id = int(answers["institution"]) if answers["institution"] else None
    if "carrier" in answers:
        person = carrier(session, ctx, action, answers["carrier"])
        action.carrier_id = person.id if person is not None else None
        if person is not None and action.institution_id is None:
            action.institution_id = person.institution_id


def partial(name: str, form: Form, apply: Apply, require: Require = require_answer) -> RecordKind[Action]:
    """A form that asks one thing of an action which is owed, by those who may answer it."""
    return RecordKind(name, Action, form, filling.answering, _never, apply, require, SHOWN)


def _never(session: Session, ctx: Context, actor: Actor, *_: Any) -> NoReturn:
    """Such a form makes no action."""
    raise Refusal(GONE)


def answers_of(session: Session, action: Action, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the form would be answered for it to hold those facts again; what was answered to it stays."""
    said = answering.plain(facts, "text", "visibility")
    if "institution_id" in facts:
        said["institution"] = str(facts["institution_id"] or "")
    return said | answering.line(facts) | answering.deadline(facts) | answering.carrier(session, facts)


KIND = RecordKind(
    "action",
    Action,
    FORM,
    filling.fill,
    make,
    apply,
    require_change,
    SHOWN,
    after_withdrawal=after_withdrawal,
    answers_of=answers_of,
)
