"""The actions that are owed, for the ladder of reminders: by their last day, to who carries them.

Who acknowledged one hears no more before its day. While another date waits for its answer, who owes it is left in
peace; the question is owed by who asked for the action.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from sqlalchemy.orm import Session

import storage.actions
import storage.mandates
from handlers import entries
from handlers.context import Context
from handlers.dues import Due, Step
from handlers.entries import Names
from handlers.followup import carriers, lines
from handlers.language import Speaker
from handlers.reports import blocks
from storage.actions import Action, Status
from storage.mandates import Mandate
from storage.visibility import sees


def dues(session: Session, ctx: Context, first: date, last: date) -> Sequence[Due]:
    """What is still owed with its last day between two civil days, both included, the soonest first."""
    found = storage.actions.due_between(session, first, last)
    if not found:
        return ()
    names, mandates = entries.names(session, found), _mandates(session, ctx, found)
    return [
        _due(ctx, action, names, mandates.get(action.institution_id, ()))
        for action in found
        if action.due_on is not None
    ]


def _mandates(session: Session, ctx: Context, found: Sequence[Action]) -> dict[int | None, list[Mandate]]:
    """Institution id -> what it holds today, of those that owe something."""
    owing = {action.institution_id for action in found if action.institution_id is not None}
    held: dict[int | None, list[Mandate]] = {}
    for mandate in storage.mandates.of_institutions(session, owing, ctx.today) if owing else ():
        held.setdefault(mandate.institution_id, []).append(mandate)
    return held


def _due(ctx: Context, action: Action, names: Names, mandates: Sequence[Mandate]) -> Due:
    asked = action.proposed is not None
    return Due(
        key=f"proposal:{action.id}:{action.proposals}" if asked else f"action:{action.id}",
        day=action.due_on or date.max,
        until=None,
        group_id=action.group_id,
        institution_id=action.institution_id,
        carriers=_askers(action) if asked else carriers.of(action, mandates),
        told=partial(_told, ctx, action, names),
        short=partial(_short, ctx, action, names),
        readable=partial(sees, action),
        quiet=action.status == Status.ACKNOWLEDGED and not asked,
        since=action.said_at.astimezone(ctx.zone).date(),
        steps=(Step.POOL, Step.LEAD) if asked else (Step.GROUP, Step.POOL, Step.LEAD),
    )


def _askers(action: Action) -> tuple[int, ...]:
    """Who answers a proposal, unless it is theirs; nobody leaves it to the Pool."""
    return (action.asked_by_id,) if action.asked_by_id not in (None, action.proposed_by_id) else ()


def _told(ctx: Context, action: Action, names: Names, _: Session, speaker: Speaker) -> tuple[str, blocks.Block]:
    return lines.told(action, names, speaker, ctx.today)


def _short(ctx: Context, action: Action, names: Names, _: Session, speaker: Speaker) -> str:
    return lines.line(action, names, speaker, ctx.today)
