"""Writes the actions of a demo world that were asked for alone, and what was answered to those born of decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import partial
from typing import Protocol

from sqlalchemy.orm import Session

import storage.actions
import storage.history
from bot.rehearsal.world import shapes
from bot.rehearsal.world.shapes import World
from storage import periods
from storage.actions import Action, Status
from storage.groups import Group
from storage.history import By, Origin
from storage.partners import Institution
from storage.people import Person


class Known(Protocol):
    """What the events lean on (see bot.seed)."""

    @property
    def session(self) -> Session:
        """The transaction in which the world is written."""

    @property
    def institutions(self) -> Mapping[str, Institution]:
        """By code."""

    @property
    def groups(self) -> Mapping[str, Group]:
        """By code."""

    @property
    def people(self) -> Mapping[str, Person]:
        """By Slack id."""

    def by(self, slack_id: str, at: datetime, origin: Origin) -> By:
        """That person, at that instant."""


def events(known: Known, world: World) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """The actions asked for alone, and what was answered to all of them: when, and what it does to the database."""
    for told in world.actions:
        yield told.asked_at, partial(_ask, known, told)
    for answer in world.answers:
        yield answer.at, partial(_answer, known, answer)


def _ask(known: Known, told: shapes.Action) -> None:
    """An action asked for alone; the register draws its number, which must be the one the world tells."""
    code, author = told.code.split("-")[0], known.people[told.asked_by]
    action = Action(
        group_id=known.groups[code].id,
        text=told.text,
        institution_id=known.institutions[told.institution].id,
        carrier_id=known.people[told.carrier].id if told.carrier else None,
        deadline=told.deadline_key,
        due_on=last_day(told.deadline_key),
        asked_by_id=author.id,
        visibility=told.visibility,
        language=author.slack_language,
        said_by_id=author.id,
        said_at=told.asked_at,
    )
    storage.actions.keep(known.session, action, code, told.asked_at.date())
    if action.code != told.code:
        raise ValueError(f"{told.code} became {action.code}: the actions of the world are out of order.")
    storage.history.created(known.session, action, known.by(told.asked_by, told.asked_at, Origin.COMMAND))


def _answer(known: Known, told: shapes.Answer) -> None:
    """What somebody answered to an action. Raises ValueError where there is none."""
    action = storage.actions.by_code(known.session, told.action)
    if action is None:
        raise ValueError(f"{told.action} is no action of the world.")
    before, by = storage.history.facts(action), known.by(told.by, told.at, Origin.BUTTON)
    if told.what == "proposed":
        action.proposed, action.proposed_on = told.deadline_key, last_day(told.deadline_key)
        action.proposed_by_id, action.proposed_why, action.proposals = by.person_id, told.words, 1
    elif told.what == "done":
        action.status, action.done_on, action.evidence = Status.DONE, told.at.date(), told.words
    else:
        action.status, action.acknowledged_at = Status.ACKNOWLEDGED, told.at
    action.version += 1
    action.edited_at = told.at
    storage.history.changed(known.session, action, before, by)


def last_day(key: str | None) -> date | None:
    """The last civil day of a deadline; None where it never falls due."""
    return None if key in (None, periods.CONTINUOUS) else periods.parse(str(key)).last
