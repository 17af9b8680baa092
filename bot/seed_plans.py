"""Writes what happened to the plans of a demo world: periods that were validated, records that serve a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

import storage.actions
import storage.decisions
import storage.groups
import storage.history
import storage.plans.frozen
import storage.registered
import storage.updates
from bot.rehearsal.world import shapes
from bot.rehearsal.world.shapes import World
from bot.seed_actions import Known
from storage.actions import Action
from storage.decisions import Decision
from storage.history import Origin
from storage.plans.rows import Line, Plan
from storage.updates import Update


def events(known: Known, world: World) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """Each validation and each record that serves a line: when, and what it does to the database."""
    for told in world.validated:
        yield told.at, partial(_validate, known, told)
    for served in world.serving:
        yield served.at, partial(_serve, known, served)


def _validate(known: Known, told: shapes.Validated) -> None:
    """A period of a plan, frozen as its lines stood then."""
    plan = storage.registered.by_code(known.session, Plan, told.plan)
    if plan is None:
        raise ValueError(f"{told.plan} is no plan of the world yet.")
    by = known.by(told.by, told.at, Origin.BUTTON)
    before = storage.history.facts(plan)
    storage.plans.frozen.freeze(known.session, plan, told.period, told.at, by.person_id)
    storage.history.changed(known.session, plan, before, by)
    plan.version += 1


def _serve(known: Known, told: shapes.Served) -> None:
    """A record serves a line of a plan from then on."""
    line = storage.registered.by_code(known.session, Line, told.line)
    record = _record(known, told)
    if line is None or record is None:
        raise ValueError(f"{told.code} or {told.line} is not in the world yet.")
    before = storage.history.facts(record)
    record.line_id = line.id
    known.session.flush()
    storage.history.changed(known.session, record, before, known.by(told.by, told.at, Origin.FORM))
    record.version += 1


def _record(known: Known, told: shapes.Served) -> Decision | Action | Update | None:
    if told.kind == Decision.__tablename__:
        return storage.decisions.by_code(known.session, told.code)
    if told.kind == Action.__tablename__:
        return storage.actions.by_code(known.session, told.code)
    group, _, period = told.code.partition(" ")
    found = storage.updates.of_group_and_period(known.session, known.groups[group].id, period)
    return found[-1] if found else None
