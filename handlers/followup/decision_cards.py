"""How a decision looks on the cards that show it, with what its reader can do with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

import storage.actions
from handlers import entries, held, rights, served
from handlers.actors import Actor
from handlers.cards import Shown
from handlers.context import Context
from handlers.language import Speaker, message
from handlers.readers import Reader
from handlers.reports import blocks
from handlers.reports.report import Entry
from storage.actions import Action
from storage.decisions import STANDING, Decision, Status
from storage.visibility import Level, sees
from storage.works import Work

NOTED = message("Decision noted: {code}")
SEEN_BY = message("Who may read it: {level}")
MADE_BY = message("made by {code}")
DONE_SO_FAR = message("actions done: {done} of {every}")
REVIEWED = message("to be looked at again on {day}")
DONE_BUTTON = message("Done")
EDIT_BUTTON = message("Edit")
REPLACE_BUTTON = message("Replace")
WITHDRAW_BUTTON = message("Withdraw")
KEEP_BUTTON = message("Keep it")
WITHDRAW_TITLE = message("Withdraw this decision?")
WITHDRAW_TEXT = message("Its number stays taken; it then shows nowhere but in the history. You can undo it.")


def entry(session: Session, ctx: Context, reader: Reader, decision: Decision) -> Entry:
    """The decision with what became of its actions, and the day on which it comes back."""
    replaced = entries.successors(session, [decision], reader.audience).get(decision.id)
    names = entries.names(session, [decision])
    told = entries.decision_entry(decision, names, reader.speaker, ctx.today, replaced)
    told = entries.with_message(told, decision, names, reader.speaker)
    actions = storage.actions.standing_of(session, [decision.id]).get(decision.id, [])
    then = held.then(session, reader.speaker, names.groups[decision.group_id], decision.decided_on, ctx.today)
    held_then = [then] if then else []
    work = session.get(Work, decision.work_id) if decision.work_id is not None else None
    made_by = [reader.speaker.say(MADE_BY, code=work.code)] if work is not None and sees(work, reader.audience) else []
    serves = served.facts(session, reader, decision.line_id)
    more = [*made_by, *serves, *held_then, *further(reader.speaker, decision, actions)]
    return replace(told, facts=[*told.facts, *more])


def further(speaker: Speaker, decision: Decision, actions: Sequence[Action]) -> list[str]:
    """How many of its actions are done, and the day of its review."""
    told = []
    if actions:
        done = sum(action.status == storage.actions.Status.DONE for action in actions)
        told.append(speaker.say(DONE_SO_FAR, done=done, every=len(actions)))
    if decision.review_on is not None and decision.status != Status.REPLACED:
        told.append(speaker.say(REVIEWED, day=speaker.day(decision.review_on)))
    return told


def _title(actor: Actor, decision: Decision) -> str:
    return actor.speaker.say(NOTED, code=decision.code)


def _notes(session: Session, ctx: Context, actor: Actor, decision: Decision) -> list[str]:
    level = actor.speaker.say(entries.LEVELS[Level(decision.visibility)])
    return [actor.speaker.say(SEEN_BY, level=level)]


def _buttons(session: Session, ctx: Context, actor: Actor, decision: Decision) -> list[blocks.Block]:
    """What they may still do with it."""
    if not rights.may_change_decision(actor, decision):
        return []
    say, value = actor.speaker.say, str(decision.id)
    sure = blocks.confirm(say(WITHDRAW_TITLE), say(WITHDRAW_TEXT), say(WITHDRAW_BUTTON), say(KEEP_BUTTON), danger=True)
    offered = [
        blocks.button(say(EDIT_BUTTON), "decision_edit", value),
        blocks.button(say(WITHDRAW_BUTTON), "decision_withdraw", value, confirm=sure),
    ]
    if decision.status == Status.REPLACED:
        return offered[:1]
    if decision.status in STANDING:
        offered.insert(0, blocks.button(say(DONE_BUTTON), "decision_done", value, style="primary"))
    offered.insert(-1, blocks.button(say(REPLACE_BUTTON), "decision_replace", value))
    return offered


SHOWN = Shown("decision", _title, entry, _notes, _buttons)
