"""Writes a demo world into an empty database, as if the bot had been there all the year.

What was said is written in the order in which it was said, each with its line of history; nothing is put into the
outbox, since all of it has long been delivered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

import storage.births
import storage.configuration
import storage.decisions
import storage.groups
import storage.history
import storage.lives
import storage.models  # whoever writes knows all tables, since they refer to each other
import storage.registered
import storage.reporting
import storage.reporting_periods
from bot import seed_actions, seed_plans, seed_registers
from bot import seed_rows as rows
from bot.rehearsal.world import shapes
from bot.rehearsal.world.shapes import World
from storage import periods
from storage.absences import Absence
from storage.decisions import Decision, Status
from storage.groups import Group, State
from storage.history import By, Origin
from storage.lives import GroupState
from storage.mandates import Mandate
from storage.partners import Institution
from storage.people import Person
from storage.periods import Rhythm
from storage.reporting import DigestClock
from storage.reporting_periods import Return
from storage.updates import Update
from storage.works import Work

ZONE = "Africa/Bamako"
"""The zone of the settings when there are none yet."""

_SETTLED_AT = time(17, 0, tzinfo=UTC)
"""The hour at which something is noted as done, of which the world tells only the day."""

Event = tuple[datetime, Callable[[], None]]
"""Something that was said: when, and what it does to the database."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the events lean on: rows by their code or Slack id, and what was written so far."""

    session: Session
    clock: DigestClock
    institutions: Mapping[str, Institution]
    groups: Mapping[str, Group]
    people: Mapping[str, Person]
    updates: dict[tuple[str, str], Update] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)

    def by(self, slack_id: str, at: datetime, origin: Origin) -> By:
        """That person, at that instant; who has spoken needs no welcome any more."""
        person = self.people[slack_id]
        person.welcomed_at = person.welcomed_at or at
        return By(person.id, at, origin)


def seed(session: Session, world: World, team_id: str) -> None:
    """Write the world; ``team_id`` is the workspace that auth.test tells. Raises ValueError unless it is empty."""
    if storage.groups.everyone(session):
        raise ValueError("The database already has groups: a demo world is written into an empty one only.")
    storage.configuration.prepare(session, ZONE, None, "fr")
    session.flush()
    known = _structure(session, world, team_id)
    events = [
        *_updates(known, world),
        *_decisions(known, world),
        *seed_actions.events(known, world),
        *seed_registers.events(known, world, team_id),
        *seed_plans.events(known, world),
        *_decided(known, world),
        *_absences(known, world),
    ]
    said = sorted(events, key=lambda event: event[0])
    _brought_in(known, said[0][0] - timedelta(days=1) if said else world.today)
    for _, happen in said:
        happen()
    session.flush()


def _structure(session: Session, world: World, team_id: str) -> _Known:
    """Institutions, groups, people, mandates and digest channels."""
    institutions = {told.code: rows.institution(told) for told in world.institutions}
    session.add_all(institutions.values())
    session.flush()
    if world.un_voice is not None:
        storage.configuration.current(session).un_voice_id = institutions[world.un_voice].id
    groups: dict[str, Group] = {}
    for told in world.groups:
        groups[told.code] = rows.group(told, groups.get(told.parent or ""))
        session.add(groups[told.code])
        session.flush()
        _live(session, groups, told)
    people = {told.slack_id: rows.person(told, institutions, team_id, world.today) for told in world.people}
    session.add_all(people.values())
    session.flush()
    clock = storage.reporting.clock(storage.configuration.current(session))
    known = _Known(session, clock, institutions, groups, people)
    session.add_all([_mandate(known, told) for told in world.mandates])
    session.add_all([rows.channel(told) for told in world.channels if told.digest_language])
    session.flush()
    return known


def _brought_in(known: _Known, at: datetime) -> None:
    """The registers as an import leaves them: each row with its line of history."""
    mandates = known.session.scalars(select(Mandate).order_by(Mandate.id)).all()
    for row in (*known.institutions.values(), *known.groups.values(), *known.people.values(), *mandates):
        storage.history.registered(known.session, row, None, By(None, at, Origin.IMPORT))


def _live(session: Session, groups: Mapping[str, Group], told: shapes.Group) -> None:
    """A group is what it is from its creation on, or was active until the day it changed."""
    group = groups[told.code]
    first = storage.lives.begin(session, group, told.created)
    if told.since is not None:
        first.state = State.ACTIVE
        later = GroupState(group_id=group.id, from_day=told.since, **storage.lives.bearing(group))
        later.successor_id = groups[told.successor].id if told.successor else None
        session.add(later)


def _mandate(known: _Known, told: shapes.Mandate) -> Mandate:
    return Mandate(
        office=told.office,
        institution_id=known.institutions[told.institution].id,
        group_id=known.groups[told.group].id if told.group else None,
        starts=told.starts,
        ends=told.ends,
        holder_id=known.people[told.holder].id,
        alternate_id=known.people[told.alternate].id if told.alternate else None,
    )


def _updates(known: _Known, world: World) -> Iterator[Event]:
    for told in world.updates:
        yield told.given_at, partial(_give, known, told)
        if told.edited_at is not None:
            yield told.edited_at, partial(_edit, known, told, told.edited_at)


def _give(known: _Known, told: shapes.Update) -> None:
    """An update, as it was first given: one that was edited later had no next steps yet."""
    group, author = known.groups[told.group], known.people[told.author]
    deadline = known.clock.deadline(periods.parse(told.period))
    update = Update(
        group_id=group.id,
        period=told.period,
        status=told.status,
        progress=told.progress,
        difficulties=told.difficulties,
        next_steps="" if told.edited_at else told.next_steps,
        support=told.support,
        visibility=told.visibility,
        language=told.language,
        said_by_id=author.id,
        said_at=told.given_at,
        late=group.rhythm != Rhythm.ON_DEMAND and told.given_at > deadline,
        institution_id=author.institution_id,
    )
    known.session.add(update)
    known.session.flush()
    known.updates[told.group, told.period] = update
    storage.history.created(known.session, update, known.by(told.author, told.given_at, Origin.FORM))


def _edit(known: _Known, told: shapes.Update, at: datetime) -> None:
    """The update as it stands since its author changed it."""
    update = known.updates[told.group, told.period]
    before = storage.history.facts(update)
    update.next_steps, update.edited_at = told.next_steps, at
    update.version += 1
    if at > known.clock.deadline(periods.parse(told.period)):
        update.changed_after_closing = at
    by = known.by(told.author, at, Origin.FORM)
    storage.history.changed(known.session, update, before, by)
    row = storage.reporting_periods.of_periods(known.session, {told.period}).get((update.group_id, told.period))
    if row is not None and row.awaited_back:
        storage.reporting_periods.came_back(known.session, row, by)
        known.session.flush()


def _decided(known: _Known, world: World) -> Iterator[Event]:
    for told in world.decided:
        yield told.at, partial(_decide, known, told)


def _decide(known: _Known, told: shapes.Decided) -> None:
    """A period returned, validated, or a group excused for it."""
    row = storage.reporting_periods.entered(known.session, known.groups[told.group].id, told.period)
    by = known.by(told.by, told.at, Origin.BUTTON)
    if told.what == "excused":
        storage.reporting_periods.excuse(known.session, row, told.reason, by)
    elif told.until is not None:
        storage.reporting_periods.send_back(known.session, row, Return(told.reason, told.until), by)
    else:
        storage.reporting_periods.validate(known.session, row, by)
    known.session.flush()


def _absences(known: _Known, world: World) -> Iterator[Event]:
    for told in world.absences:
        yield told.said_at, partial(_be_away, known, told)


def _be_away(known: _Known, told: shapes.Absence) -> None:
    """An absence, as the person said it with the command."""
    by = known.by(told.person, told.said_at, Origin.COMMAND)
    absence = Absence(
        person_id=known.people[told.person].id,
        first=told.first,
        last=told.last,
        word=told.word,
        said_by_id=by.person_id,
        said_at=by.at,
    )
    known.session.add(absence)
    known.session.flush()
    storage.history.registered(known.session, absence, None, by)


def _decisions(known: _Known, world: World) -> Iterator[Event]:
    replaced = {told.replaced_by: told.number for told in world.decisions if told.replaced_by}
    for told in world.decisions:
        yield told.noted_at, partial(_note, known, told, replaced.get(told.number))
        if told.settled_on is not None and told.settled_on > told.day:
            at = min(datetime.combine(told.settled_on, _SETTLED_AT), world.today)
            yield at, partial(_settle, known, told, at)


def _note(known: _Known, told: shapes.Decision, replaces: str | None) -> None:
    """A decision, as it was noted; the register draws its number, which must be the one the world tells."""
    decision = _first(known, told)
    decision.replaces_id = known.decisions[replaces].id if replaces else None
    storage.decisions.keep(known.session, decision, told.body)
    if decision.code != told.number:
        raise ValueError(f"{told.number} became {decision.code}: the decisions of the world are out of order.")
    known.decisions[told.number] = decision
    by = known.by(told.noted_by, told.noted_at, Origin.FORM)
    storage.history.created(known.session, decision, by)
    storage.births.follow(known.session, decision, storage.births.said(decision), by)
    if replaces:
        _change(known, known.decisions[replaces], Status.REPLACED, by)


def _first(known: _Known, told: shapes.Decision) -> Decision:
    """The decision as it stood on its first day."""
    later = told.status == Status.REPLACED or (told.settled_on is not None and told.settled_on > told.day)
    author = known.people[told.noted_by]
    return Decision(
        group_id=known.groups[told.body].id,
        kind=told.kind,
        decided=told.day.isoformat(),
        decided_on=told.day,
        text=told.text,
        deadline=told.deadline_key,
        due_on=seed_actions.last_day(told.deadline_key),
        status=Status.OPEN if later else told.status,
        done_on=None if later else told.settled_on,
        carrier_id=known.people[told.carrier].id if told.carrier else None,
        review_on=told.review_on,
        addressee=told.addressee,
        work_id=_work(known, told.work),
        institutions=[known.institutions[code] for code in told.responsible],
        visibility=told.visibility,
        language=author.slack_language,
        said_by_id=author.id,
        said_at=told.noted_at,
    )


def _work(known: _Known, code: str | None) -> int | None:
    """The work of that code, which was noted before."""
    work = storage.registered.by_code(known.session, Work, code) if code else None
    return work.id if work is not None else None


def _settle(known: _Known, told: shapes.Decision, at: datetime) -> None:
    """Noted as done, or as not done, by whoever carries it."""
    by = known.by(told.carrier or told.noted_by, at, Origin.BUTTON)
    _change(known, known.decisions[told.number], Status(told.status), by)


def _change(known: _Known, decision: Decision, status: Status, by: By) -> None:
    before = storage.history.facts(decision)
    decision.status = status
    decision.done_on = by.at.date() if status in (Status.DONE, Status.NOT_DONE) else None
    decision.version += 1
    storage.history.changed(known.session, decision, before, by)
    storage.births.follow(known.session, decision, storage.births.said(decision), by)
