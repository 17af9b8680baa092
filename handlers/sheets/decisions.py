"""The sheet of decisions: of each body, the newest meeting first, with what became of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

import storage.mandates
import storage.people
from handlers import held
from handlers.language import message
from handlers.reports.report import Mark, Tone
from handlers.reports.sheets import Value
from handlers.sheets import said
from handlers.sheets.register import Column, Register, version
from handlers.sheets.scope import BATCH, Scope
from handlers.vocabulary import ADDRESSEE, DECISION_KIND, DECISION_STATUS, LEVEL
from storage.decisions import STANDING, Decision, Owed, Status
from storage.mandates import Mandate
from storage.partners import Institution
from storage.sources import Source
from storage.visibility import visible
from storage.works import Work

REPLACED_BY = message("Replaced by {code}")
OVERDUE = message("{status}, overdue")


@dataclass(frozen=True, slots=True)
class Told:
    """A decision with what stands in other rows: institutions that owe it, what it replaces and is replaced by.

    ``held_by`` is the institution that was chef de file, or coordinated the group, when it was decided; ``noted_for``
    that of whoever noted it, then.
    """

    row: Any
    institutions: str
    replaces: str | None
    replaced_by: str | None
    work: str | None
    held_by: str | None
    noted_for: str | None


def rows(scope: Scope) -> Iterator[Told]:
    """The decisions this reader may read, the withdrawn left out; of others not even the code is told."""
    chosen = select(*Decision.__table__.c, *said.READ).outerjoin(Source, Source.id == Decision.source_id)
    chosen = chosen.where(Decision.withdrawn_at.is_(None), visible(Decision, scope.audience))
    if scope.span is not None:
        chosen = chosen.where(Decision.decided_on.between(scope.span.first, scope.span.last))
    chosen = chosen.order_by(Decision.decided_on.desc(), Decision.code.desc())
    mandates = storage.mandates.everyone(scope.session)
    belong = {person.id: person.institution_id for person in storage.people.everyone(scope.session)}
    found = scope.session.execute(chosen.execution_options(yield_per=BATCH))
    for batch in found.partitions():
        ids = [row.id for row in batch]
        owed = _institutions(scope, ids)
        earlier = _codes(scope, [row.replaces_id for row in batch if row.replaces_id])
        later = _replacing(scope, ids)
        works = _codes(scope, [row.work_id for row in batch if row.work_id], Work)
        for row in batch:
            yield Told(
                row,
                ", ".join(owed.get(row.id, ())),
                earlier.get(row.replaces_id),
                later.get(row.id),
                works.get(row.work_id),
                _code(scope, _held_by(scope, mandates, row)),
                _code(scope, _noted_for(scope, mandates, belong, row)),
            )


def _held_by(scope: Scope, mandates: Sequence[Mandate], row: Any) -> int | None:
    mandate = held.among(mandates, scope.groups[row.group_id], row.decided_on)
    return mandate.institution_id if mandate else None


def _noted_for(scope: Scope, mandates: Sequence[Mandate], belong: Mapping[int, int | None], row: Any) -> int | None:
    """The institution under whose mandate it was noted: of that group first; else the one the person belongs to."""
    day = row.said_at.astimezone(scope.zone).date()
    carried = [
        mandate
        for mandate in mandates
        if mandate.carried_by(row.said_by_id or 0)
        and mandate.starts <= day
        and (mandate.ends is None or mandate.ends >= day)
    ]
    carried.sort(key=lambda mandate: (mandate.group_id != row.group_id, mandate.group_id is not None))
    return carried[0].institution_id if carried else belong.get(row.said_by_id or 0)


def _code(scope: Scope, institution_id: int | None) -> str | None:
    institution = scope.institutions.get(institution_id or 0)
    return institution.code if institution else None


def is_overdue(row: Any, today: date) -> bool:
    """Whether it is still owed after its last day."""
    return row.status in STANDING and row.due_on is not None and row.due_on < today


def _institutions(scope: Scope, ids: Collection[int]) -> Mapping[int, list[str]]:
    chosen = select(Owed.decision_id, Institution.code).join(Institution, Institution.id == Owed.institution_id)
    found: dict[int, list[str]] = {}
    for decision, code in scope.session.execute(chosen.where(Owed.decision_id.in_(ids)).order_by(Institution.code)):
        found.setdefault(decision, []).append(code)
    return found


def _codes(scope: Scope, ids: Collection[int], of: type[Decision | Work] = Decision) -> Mapping[int, str]:
    chosen = select(of.id, of.code).where(of.id.in_(ids), visible(of, scope.audience))
    return {row.id: row.code for row in scope.session.execute(chosen)}


def _replacing(scope: Scope, ids: Collection[int]) -> Mapping[int, str]:
    chosen = select(Decision.replaces_id, Decision.code).where(
        Decision.replaces_id.in_(ids), Decision.withdrawn_at.is_(None), visible(Decision, scope.audience)
    )
    return {number: code for number, code in scope.session.execute(chosen.order_by(Decision.id)) if number}


def _addressee(told: Told, scope: Scope) -> Value:
    return scope.word(ADDRESSEE[told.row.addressee]) if told.row.addressee else None


def _status(told: Told, scope: Scope) -> Mark:
    mark = scope.mark(DECISION_STATUS[told.row.status])
    if told.row.status == Status.REPLACED and told.replaced_by:
        return Mark(scope.reader.speaker.say(REPLACED_BY, code=told.replaced_by), mark.tone)
    if is_overdue(told.row, scope.today):
        return Mark(scope.reader.speaker.say(OVERDUE, status=mark.text), Tone.BAD)
    return mark


DECISIONS = Register(
    name="decisions",
    title=message("Decisions"),
    note=message("What the bodies and groups decided, the newest meeting first, with who owes it and where it stands."),
    columns=(
        Column("code", message("Code"), "code", 18, lambda told, _: told.row.code),
        Column("body", message("Body"), "code", 10, lambda told, scope: scope.groups[told.row.group_id].code),
        Column("kind", message("Kind"), "text", 16, lambda told, scope: scope.word(DECISION_KIND[told.row.kind])),
        Column("addressee", message("Addressed to"), "text", 16, _addressee),
        Column("date", message("Meeting date"), "date", 14, lambda told, scope: scope.dated(told.row.decided)),
        Column("text", message("Text"), "text", 64, lambda told, _: told.row.text),
        Column("responsible", message("Responsible institutions"), "text", 24, lambda told, _: told.institutions),
        Column("carrier", message("Carried by"), "text", 30, lambda told, scope: scope.people.get(told.row.carrier_id)),
        Column("deadline", message("Deadline"), "date", 22, lambda told, scope: scope.dated(told.row.deadline)),
        Column("due_on", message("Last day"), "date", 14, lambda told, _: told.row.due_on),
        Column("status", message("Status"), "mark", 18, _status),
        Column("done_on", message("Done on"), "date", 14, lambda told, _: told.row.done_on),
        Column("review_on", message("Comes back on"), "date", 14, lambda told, _: told.row.review_on),
        Column("replaces", message("Replaces"), "code", 18, lambda told, _: told.replaces),
        Column("replaced_by", message("Replaced by"), "code", 18, lambda told, _: told.replaced_by),
        Column("work", message("Made by"), "code", 16, lambda told, _: told.work),
        Column("said_by", said.SAID_BY, "text", 24, lambda told, scope: said.said_by(told.row, scope)),
        Column("message", said.MESSAGE, "text", 24, lambda told, _: told.row.link),
        Column("noted_by", message("Noted by"), "text", 32, lambda told, scope: scope.people.get(told.row.said_by_id)),
        Column("noted_for", message("Noted for"), "code", 16, lambda told, _: told.noted_for),
        Column("held_by", message("Chef de file or coordinator then"), "code", 20, lambda told, _: told.held_by),
        Column("said_at", message("Noted on"), "instant", 18, lambda told, _: told.row.said_at),
        Column(
            "visibility", message("Visible to"), "text", 20, lambda told, scope: scope.word(LEVEL[told.row.visibility])
        ),
        version(lambda told: told.row),
    ),
    rows=rows,
)
