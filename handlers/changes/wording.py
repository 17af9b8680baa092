"""What telling a change leans on: the reader's language, and what the ids in a change are called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

import storage.groups
import storage.partners
import storage.people
from handlers import erased
from handlers.changes import described
from handlers.changes.naming import Naming, Row
from handlers.kinds.field import Sort
from handlers.kinds.naming import codes_of
from handlers.language import Message, Speaker
from storage.decisions import Decision
from storage.groups import Group
from storage.partners import Institution
from storage.plans.rows import Line
from storage.updates import Update
from storage.visibility import Audience, visible

PEOPLE_FIELDS = frozenset({"carrier_id", "holder_id", "alternate_id", "person_id", "asked_by_id", "proposed_by_id"})
"""Fields that hold a person's id."""
DECISIONS_FIELDS = frozenset({"replaces_id", "decision_id"})
"""Fields that hold a decision's id."""
SERVED = "line_id"
"""The field of decisions, actions and updates that holds the id of the line of a plan which they serve."""


class Changed(Protocol):
    """A row of history, or what a query read of one."""

    kind: Any
    record_id: Any
    person_id: Any
    action: Any
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Wording:
    """How ids read for one reader.

    ``people``: person id -> name. ``codes``: decision id -> code, of those the reader may read; ``records`` the same of
    described kinds, by table and id. ``rows``: what the rows
    without a code are called (see `naming`). ``left_out``: what was left out of a digest (``updates:12``) -> how it is
    called. ``word`` and ``deadline`` say a sentence and a key once for many lines.
    """

    speaker: Speaker
    groups: Mapping[int, Group]
    institutions: Mapping[int, Institution]
    people: Mapping[int, str]
    codes: Mapping[int, str]
    records: Mapping[Row, str]
    rows: Mapping[Row, str]
    left_out: Mapping[str, str]
    word: Callable[[Message], str]
    deadline: Callable[[str], str]

    def group(self, group_id: Any) -> str:
        """The code of a group."""
        return self.groups[group_id].code if group_id in self.groups else ""

    def institution(self, institution_id: Any) -> str:
        """The code of an institution."""
        return self.institutions[institution_id].code if institution_id in self.institutions else ""


def load(session: Session, speaker: Speaker, audience: Audience | None, found: Iterable[Changed]) -> Wording:
    """What these changes need, and no more of people than they name."""
    every = list(found)
    groups = {group.id: group for group in storage.groups.everyone(session)}
    held = [value for change in every for held in (change.before, change.after) for value in held.items()]
    people = {value for name, value in held if name in PEOPLE_FIELDS and isinstance(value, int)}
    people |= described.held(every, Sort.PERSON)
    people |= {change.person_id for change in every if change.person_id is not None}
    people |= {change.record_id for change in every if change.kind == storage.people.Person.__tablename__}
    wanted: dict[str, set[int]] = {}
    for change in every:
        wanted.setdefault(change.kind, set()).add(change.record_id)
    return Wording(
        speaker=speaker,
        groups=groups,
        institutions={each.id: each for each in storage.partners.everyone(session)},
        people={each.id: erased.name(speaker, each) for each in storage.people.by_ids(session, people)},
        codes=codes(session, audience, {value for name, value in held if name in DECISIONS_FIELDS and value}),
        records=described.records(session, audience, every) | lines(session, audience, held),
        rows=Naming(session, speaker, groups).all(wanted),
        left_out=left_out(session, speaker, groups, (value for name, value in held if name == "left_out")),
        word=cache(speaker.say),
        deadline=cache(speaker.deadline),
    )


def codes(session: Session, audience: Audience | None, ids: Iterable[int] | None = None) -> dict[int, str]:
    """Decision id -> code, of those (None: all) that this audience may read."""
    chosen = select(Decision.id, Decision.code).where(visible(Decision, audience))
    rows = session.execute(chosen if ids is None else chosen.where(Decision.id.in_(list(ids))))
    return {row.id: row.code for row in rows}


def lines(session: Session, audience: Audience | None, held: Iterable[tuple[str, Any]]) -> dict[Row, str]:
    """(table, id) -> code, of the lines of plans that changes name and this audience may read."""
    ids = {value for name, value in held if name == SERVED and value}
    return codes_of(session, Line, ids, audience) if ids else {}


def left_out(
    session: Session, speaker: Speaker, groups: Mapping[int, Group], held: Iterable[Sequence[str]]
) -> dict[str, str]:
    """What digests left out (``updates:12``) -> its code, or its group and period; for who may read everything."""
    named: dict[str, set[int]] = {Update.__tablename__: set(), Decision.__tablename__: set()}
    for kind, _, number in (name.partition(":") for names in held for name in names):
        named[kind].add(int(number))
    updates = select(Update.id, Update.group_id, Update.period).where(Update.id.in_(named[Update.__tablename__]))
    noted = select(Decision.id, Decision.code).where(Decision.id.in_(named[Decision.__tablename__]))
    said = {
        f"{Update.__tablename__}:{number}": f"{groups[group].code} – {speaker.deadline(period)}"
        for number, group, period in (session.execute(updates) if named[Update.__tablename__] else ())
    }
    decided = session.execute(noted) if named[Decision.__tablename__] else ()
    return said | {f"{Decision.__tablename__}:{number}": code for number, code in decided}
