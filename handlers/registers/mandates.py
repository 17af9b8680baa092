"""The register of mandates: an office of an institution, over a group or the collective, and who carries it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import storage.mandates
from handlers.errors import Refusal
from handlers.registers import returning, sentences
from handlers.registers.desk import Desk, Entry, each
from handlers.registers.outcome import Line, Verdict
from handlers.registers.vocabulary import OFFICES, understood
from storage import periods
from storage.groups import Group, Kind
from storage.mandates import SINGLE, Mandate

FIELDS = ("office", "institution", "group", "starts", "ends", "holder", "name", "alternate", "version")
EMPTIED: Mapping[str, Mapping[str, object]] = {
    "holder": {"holder_id": None},
    "alternate": {"alternate_id": None},
    "ends": {"ends": None},
}
"""Field -> what its column holds when it is emptied."""


@dataclass(frozen=True, slots=True)
class Term:
    """From when to when; a start that is not told is today's for a mandate that is new."""

    starts: date | None
    ends: date | None


def bring(desk: Desk, entries: Sequence[Entry]) -> Iterator[Line]:
    """Keep the rows of a register of mandates."""
    return each(desk, entries, _title, partial(_keep, desk, {}))


def _title(entry: Entry) -> str:
    parts = (entry.text(name) for name in ("office", "institution", "group", "holder", "name"))
    return " · ".join(part for part in parts if part)


def _keep(desk: Desk, seen: dict[str, int], entry: Entry) -> tuple[Verdict, str]:
    returning.once(entry, seen)
    came_back = _come_back(desk, entry)
    if came_back is not None:
        return came_back, _title(entry)
    office, group, term = _office(entry), _group(desk, entry), _term(desk, entry)
    if not entry.text("institution", "holder", "name"):
        raise Refusal(sentences.NOBODYS_MANDATE)
    desk.certain(entry.text("holder", "name"), entry.text("alternate"))
    carriers: dict[str, object] = {
        field: desk.person(said, entry).id
        for field, said in (("holder_id", entry.text("holder", "name")), ("alternate_id", entry.text("alternate")))
        if said
    }
    institution = entry.text("institution")
    owner = desk.institution(institution, entry).id if institution else None
    ends: dict[str, object] = {"ends": term.ends} if term.ends else {}
    for mandate in storage.mandates.of_office(desk.session, office, owner, group.id if group else None):
        if term.starts in (None, mandate.starts):
            changed = desk.settle(mandate, carriers | ends)
            return (Verdict.CHANGED if changed else Verdict.UNCHANGED), _title(entry)
    starts = term.starts or desk.ctx.today
    if term.starts is None:
        entry.remark(sentences.FROM_DAY, day=starts)
    group_id = group.id if group else None
    mandate = Mandate(office=office, institution_id=owner, group_id=group_id, starts=starts, **carriers, **ends)
    if office in SINGLE:
        _make_room(desk, entry, mandate)
    desk.keep(mandate)
    return Verdict.CREATED, _title(entry)


def _come_back(desk: Desk, entry: Entry) -> Verdict | None:
    """The row of an exported workbook; None for any other. Raises Conflict where the mandate was changed here since,
    Refusal where the row makes it another one.
    """
    if not entry.text("version"):
        return None
    office, group, term = _office(entry), _group(desk, entry), _term(desk, entry)
    institution = desk.known.institution(entry.text("institution")) if entry.text("institution") else None
    group_id, owner = group.id if group else None, institution.id if institution else None
    left = returning.record(desk.session, entry, Mandate)
    there = storage.mandates.of_office(desk.session, office, owner, group_id)
    mandate = next((each for each in [left, *there] if each and _is(each, office, owner, group_id, term.starts)), None)
    if mandate is None and left is not None and (left.office, left.group_id) == (office, group_id):
        raise Refusal(sentences.MANDATE_STAYS)
    if mandate is None:
        return None
    told: dict[str, object] = {"ends": term.ends} if term.ends else {}
    for name, current in (("holder", mandate.holder_id), ("alternate", mandate.alternate_id)):
        number = desk.carrier(entry, current, name)
        told |= {f"{name}_id": number} if number else {}
    told |= returning.emptied(desk, entry, mandate, EMPTIED, {})
    changed = desk.settle(mandate, returning.differing(desk, entry, mandate, told))
    return Verdict.CHANGED if changed else Verdict.UNCHANGED


def _is(mandate: Mandate, *facts: object) -> bool:
    """Whether it is that of the office, the institution, the group and the first day."""
    return (mandate.office, mandate.institution_id, mandate.group_id, mandate.starts) == facts


def _make_room(desk: Desk, entry: Entry, mandate: Mandate) -> None:
    """Of an office that one institution holds at a time, an earlier mandate without an end ends on the eve.

    Raises Refusal when another one is in its way otherwise.
    """
    for other in storage.mandates.overlapping(desk.session, mandate):
        if other.ends is not None or other.starts >= mandate.starts:
            raise Refusal(sentences.HELD_THEN, day=other.starts)
        eve = mandate.starts - timedelta(days=1)
        desk.settle(other, {"ends": eve})
        entry.remark(sentences.EARLIER_ENDS, day=eve)


def _office(entry: Entry) -> str:
    said = entry.text("office")
    office = understood(said, OFFICES)
    if office is None:
        raise Refusal(sentences.UNKNOWN_OFFICE, said=said) if said else Refusal(sentences.NO_OFFICE)
    return office


def _group(desk: Desk, entry: Entry) -> Group | None:
    said = entry.text("group")
    if not said:
        return None
    found = desk.known.group(said, desk.ctx.language, lambda group: group.kind != Kind.BODY)
    if found is None:
        raise Refusal(sentences.UNKNOWN_GROUP, said=said)
    if not found.exactly:
        entry.remark(
            sentences.TAKEN_FOR, said=said, name=found.group.name(desk.speaker.language), code=found.group.code
        )
    return found.group


def _term(desk: Desk, entry: Entry) -> Term:
    """From the first day of what is written to the last; a month or year is told with the day it makes."""
    starts, ends = entry.moment("starts", desk.ctx.today), entry.moment("ends", desk.ctx.today)
    if starts and starts.period.kind != periods.DAY:
        entry.remark(sentences.FROM_DAY, day=starts.period.first)
    if ends and ends.period.kind != periods.DAY:
        entry.remark(sentences.UNTIL_DAY, day=ends.period.last)
    if starts and ends and ends.period.last < starts.period.first:
        raise Refusal(sentences.ENDS_BEFORE)
    return Term(starts.period.first if starts else None, ends.period.last if ends else None)
