"""The sheet of groups: the tree, who coordinates, how each stands, and when it was last heard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

import storage.history
import storage.mandates
from handlers.language import message
from handlers.reports.report import Mark, Tone
from handlers.reports.sheets import Value
from handlers.sheets.register import Column, Register, Versioned, version
from handlers.sheets.scope import Scope
from handlers.vocabulary import GROUP_KIND, GROUP_STATE, NO, RHYTHM, YES
from storage.groups import Group, Kind, State
from storage.mandates import Mandate, Office
from storage.updates import Update
from storage.visibility import visible

WITHOUT_COORDINATOR = message("Active, without coordinator")


@dataclass(frozen=True, slots=True)
class Told:
    """A group with its coordinators today (the coordinator first) and when it last gave an update."""

    group: Group
    coordination: Sequence[Mandate]
    heard: datetime | None
    version: Versioned

    @property
    def coordinator(self) -> Mandate | None:
        """Who coordinates; the co-coordinator where there is nobody else."""
        return self.coordination[0] if self.coordination else None


def rows(scope: Scope) -> Iterator[Told]:
    """Every group under the one it belongs to, then the bodies."""
    heard, changes = _heard(scope), storage.history.counts(scope.session, Group.__tablename__)
    coordination: dict[int, list[Mandate]] = {}
    for mandate in storage.mandates.of_offices(scope.session, storage.mandates.COORDINATION, scope.today):
        coordination.setdefault(mandate.group_id or 0, []).append(mandate)
    for group in tree(list(scope.groups.values())):
        carried = sorted(coordination.get(group.id, ()), key=lambda mandate: mandate.office != Office.COORDINATOR)
        yield Told(group, carried, heard.get(group.id), Versioned(group.id, 1 + changes.get(group.id, 0)))


def _heard(scope: Scope) -> Mapping[int, datetime]:
    """Group id -> when the newest update was given that this reader may read."""
    newest = select(Update.group_id, func.max(Update.said_at).label("at")).group_by(Update.group_id)
    found = scope.session.execute(newest.where(Update.withdrawn_at.is_(None), visible(Update, scope.audience)))
    return {row.group_id: row.at for row in found}


def tree(groups: Sequence[Group]) -> Iterator[Group]:
    """Groups by code, each followed by its sub-groups; the bodies after them."""
    known = {group.id for group in groups}
    roots = [group for group in groups if group.parent_id not in known]

    def below(group: Group) -> Iterator[Group]:
        yield group
        for each in groups:
            if each.parent_id == group.id:
                yield from below(each)

    for root in sorted(roots, key=lambda group: (group.kind == Kind.BODY, group.code)):
        yield from below(root)


def _state(told: Told, scope: Scope) -> Mark:
    if told.group.state == State.ACTIVE and told.group.kind != Kind.BODY and told.coordinator is None:
        return Mark(scope.word(WITHOUT_COORDINATOR), Tone.WARNING)
    return scope.mark(GROUP_STATE[told.group.state])


def _lead(told: Told, scope: Scope) -> Value:
    mandate = told.coordinator
    return scope.institutions[mandate.institution_id].code if mandate and mandate.institution_id else None


def _holder(told: Told, scope: Scope) -> Value:
    return scope.people.get(told.coordinator.holder_id or 0) if told.coordinator else None


def _alternate(told: Told, scope: Scope) -> Value:
    return scope.people.get(told.coordinator.alternate_id or 0) if told.coordinator else None


def _others(told: Told, scope: Scope) -> Value:
    """Further institutions that coordinate with the first, with their people."""
    named = [
        " – ".join(
            [
                *([scope.institutions[each.institution_id].code] if each.institution_id else []),
                *([", ".join(scope.people.get(person) or "" for person in each.carriers)] if each.carriers else []),
            ]
        )
        for each in told.coordination[1:]
    ]
    return "; ".join(named) or None


def _rhythm(told: Told, scope: Scope) -> Value:
    return None if told.group.kind == Kind.BODY else scope.word(RHYTHM[told.group.rhythm])


def _parent(told: Told, scope: Scope) -> Value:
    parent = scope.groups.get(told.group.parent_id or 0)
    return parent.code if parent else None


GROUPS = Register(
    name="groups",
    title=message("Groups"),
    note=message("The groups, each with its sub-groups under it, then the bodies: who coordinates them today."),
    columns=(
        Column("code", message("Code"), "code", 12, lambda told, _: told.group.code),
        Column("name_fr", message("French name"), "text", 40, lambda told, _: told.group.name_fr),
        Column("name_en", message("English name"), "text", 40, lambda told, _: told.group.name_en),
        Column("kind", message("Kind"), "text", 18, lambda told, scope: scope.word(GROUP_KIND[told.group.kind])),
        Column("parent", message("Parent group"), "code", 14, _parent),
        Column("state", message("State"), "mark", 20, _state),
        Column("lead", message("Lead agency"), "code", 16, _lead),
        Column("holder", message("Coordinator"), "text", 28, _holder),
        Column("alternate", message("Stand-in"), "text", 28, _alternate),
        Column("others", message("Co-coordination"), "text", 24, _others),
        Column("rhythm", message("Rhythm"), "text", 14, _rhythm),
        Column(
            "transversal",
            message("Transversal"),
            "text",
            12,
            lambda told, scope: scope.word(YES if told.group.transversal else NO),
        ),
        Column("periodicity", message("How often it meets"), "text", 20, lambda told, _: told.group.periodicity),
        Column("created", message("Created on"), "date", 14, lambda told, _: told.group.created_on),
        Column("heard", message("Last word heard"), "instant", 20, lambda told, _: told.heard),
        version(lambda told: told.version),
        Column("note", message("Note"), "text", 24, lambda told, _: told.group.note),
    ),
    rows=rows,
)
