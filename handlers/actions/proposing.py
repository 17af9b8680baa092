"""*Propose another date*, and *Accept the date* or *Keep the date* by who asked; who may change it sets it at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.history
import storage.received
from handlers import records, rights
from handlers.actions import kind, proposals
from handlers.actions.kind import KIND
from handlers.actions.questions import PROPOSE_FORM
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import FieldRefusal, Refusal, number
from handlers.followup import action_cards, births
from handlers.followup.action_cards import SHOWN
from handlers.language import message
from handlers.rights import Right
from storage.actions import STANDING, Action, Status
from storage.history import By, Origin

SAME_DATE = message("That is the date it has already.")
WAITING_ALREADY = message("{code}: another date was asked for already ({deadline}), and is not answered yet.")
ANSWERED_BEFORE = message("{code}: this was answered already. Its deadline: {deadline}.")


def register(app: App) -> None:
    """Register the listeners."""
    app.action("action_propose")(opened)
    records.submits(app, PROPOSE)
    app.action("action_accept")(accepted)
    app.action("action_keep")(kept)


def opened(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """Ask which date, and why."""
    open_form(ctx, actor, client, body, records.id_of(body))
    ack()


def open_form(ctx: Context, actor: Actor, client: WebClient, body: Mapping[str, Any], action_id: int) -> None:
    """Open the form. Raises Refusal when nothing is owed any more, or a date waits for its answer."""
    records.open_form(ctx, actor, client, body, PROPOSE, record_id=action_id)


def propose(session: Session, ctx: Context, actor: Actor, action: Action, answers: Mapping[str, Any]) -> None:
    """Keep the date that is asked for and ask; who may change the action has no one to ask."""
    found = kind.understood(answers["deadline"], ctx.today)
    if found.key == action.deadline:
        raise FieldRefusal({"deadline": (SAME_DATE, {})})
    if rights.may(actor, Right.CHANGE_ACTION, record=action):
        action.deadline, action.due_on = found.key, found.due
        return
    action.proposed, action.proposed_on, action.proposed_why = found.key, found.due, answers.get("why", "")
    action.proposed_by_id = actor.id
    action.proposals += 1
    proposals.ask(session, ctx, actor, action)


def require_proposable(session: Session, ctx: Context, actor: Actor, action: Action) -> None:
    """Raises Refusal to who may not ask, when nothing is owed, and while a date waits for its answer."""
    kind.require_answer(session, ctx, actor, action)
    if action.proposed is not None:
        deadline = action_cards.proposed_words(action, actor.speaker)
        raise Refusal(WAITING_ALREADY, code=action.code, deadline=deadline)


def accepted(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], delivery: str) -> None:
    """The date proposed holds from now on."""
    _answer(ctx, actor, _asked(body), delivery, accept=True)
    ack()


def kept(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], delivery: str) -> None:
    """The date stays as it is."""
    _answer(ctx, actor, _asked(body), delivery, accept=False)
    ack()


def _asked(body: Mapping[str, Any]) -> tuple[int, int]:
    """The action a button is about, and which of its proposals stood when it was drawn."""
    action_id, _, proposal = str(body["actions"][0].get("value")).partition(":")
    return number(action_id, records.GONE), number(proposal or 0, records.GONE)


def _answer(ctx: Context, actor: Actor, about: tuple[int, int], delivery: str, *, accept: bool) -> None:
    action_id, proposal = about
    with ctx.sessions.begin() as session:
        action = records.changeable(session, ctx, actor, KIND, action_id)
        if storage.received.first(session, delivery, ctx.now()):
            if action.proposed is None or action.proposals != proposal or action.status not in STANDING:
                deadline = action_cards.deadline_words(action, actor.speaker)
                raise Refusal(ANSWERED_BEFORE, code=action.code, deadline=deadline)
            before = storage.history.facts(action)
            if accept:
                action.deadline, action.due_on = action.proposed, action.proposed_on
                if action.status == Status.OPEN:
                    action.status, action.acknowledged_at = Status.ACKNOWLEDGED, ctx.now()
            told = proposals.ACCEPTED if accept else proposals.KEPT
            proposer = proposals.over(session, ctx, action, told)
            births.written(session, ctx, SHOWN, action, before, By(actor.id, ctx.now(), Origin.BUTTON))
            if proposer is not None:
                proposals.tell(session, ctx, proposer, action, told)
    ctx.wake()


PROPOSE = kind.partial("action_propose", PROPOSE_FORM, propose, require_proposable)
