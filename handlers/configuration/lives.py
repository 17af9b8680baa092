"""What a group is, changed from a day on: its state, its kind, where it belongs, what it goes on in or comes out of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

import storage.history
import storage.lives
from handlers import changing
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import FieldRefusal
from handlers.language import message
from storage.groups import Group, Kind, State
from storage.lives import GroupState

MERGED_INTO = message("Please say into which group it is merged.")
NOT_ITSELF = message("A group goes on in another one, and comes out of another one.")
NOT_YET_THERE = message("The group is there since {day}: choose that day or a later one.")

LIVED = (*storage.lives.BEARING, "successor_id", "predecessor_id")
"""The columns of a group's life."""


def change(session: Session, ctx: Context, actor: Actor, group: Group, values: Mapping[str, Any], day: date) -> None:
    """The group with its new names and rhythm at once; what it is, from that day on."""
    life = storage.lives.of_group(session, group)
    was = life.on(day)
    if was is None:
        raise FieldRefusal({"from_day": (NOT_YET_THERE, {"day": life.states[0].from_day})})
    lasting = {name: values[name] for name in LIVED}
    if _raised(was, lasting):
        lasting["parent_id"] = None
    before = {name: getattr(was, name) for name in LIVED}
    differing = [name for name in LIVED if lasting[name] != before[name]]
    now: dict[str, Any] = {}
    if differing:
        storage.lives.change(session, life, day, {name: lasting[name] for name in differing})
        today = storage.lives.of_group(session, group).on(ctx.today)
        now = storage.lives.bearing(today) if today is not None else {}
        _note(session, ctx, actor, group, before, lasting, differing, day)
    changing.keep(session, ctx, actor, group, {name: values[name] for name in values if name not in LIVED} | now)


def _note(
    session: Session,
    ctx: Context,
    actor: Actor,
    group: Group,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    differing: Sequence[str],
    day: date,
) -> None:
    """The line of history of what a change of the group itself does not tell: another day, and what it goes on in."""
    told = differing if day != ctx.today else [name for name in differing if name not in storage.lives.BEARING]
    if told:
        old, new = ({name: each[name] for name in told} for each in (before, after))
        storage.history.noted(session, group, old, new | {"from_day": day}, changing.by(ctx, actor))


def _raised(was: GroupState, lasting: Mapping[str, Any]) -> bool:
    """Whether a sub-group becomes a group: it then belongs to the one above it no longer."""
    raised = was.kind == Kind.SUBGROUP and lasting["kind"] not in (Kind.SUBGROUP, was.kind)
    return raised and lasting["parent_id"] == was.parent_id


def ties(answers: Mapping[str, Any], group: Group | None) -> dict[str, int | None]:
    """What it goes on in and comes out of. Raises FieldRefusal."""
    for name in ("successor", "predecessor"):
        if group is not None and answers.get(name) == str(group.id):
            raise FieldRefusal({name: (NOT_ITSELF, {})})
    if answers["state"] == State.MERGED and not answers.get("successor"):
        raise FieldRefusal({"successor" if "successor" in answers else "state": (MERGED_INTO, {})})
    ids = {f"{name}_id": answers.get(name) for name in ("successor", "predecessor")}
    return {name: int(chosen) if chosen else None for name, chosen in ids.items()}
