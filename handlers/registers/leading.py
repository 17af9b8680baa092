"""Who coordinates a group, as a register of groups tells it: an institution's name, with words around it.

Only the latest dated row is entered as a mandate. When an earlier one began and ended is not told, so it stands in the
group's note and no history is invented.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

import storage.mandates
from handlers.registers import sentences
from handlers.registers.clusters import moment_of
from handlers.registers.desk import Desk, Entry
from handlers.registers.names import BRACKETS
from storage.groups import Group
from storage.mandates import Mandate, Office

_NOBODY = re.compile(r"(?:aucune?|none|vacant\w*|n/?a|neant|néant|[-–—])?", re.IGNORECASE)


def named(said: str) -> str:
    """The institution in a cell: what stands before a semicolon, without brackets; empty when there is none."""
    bare = BRACKETS.sub("", said).split(";")[0].strip()
    return "" if _NOBODY.fullmatch(bare) else bare


def leader(entries: Sequence[Entry]) -> Entry | None:
    """Of rows in the order of time, the last that names an institution; the others are remarked on."""
    last = next((entry for entry in reversed(entries) if named(entry.text("lead"))), None)
    for entry in entries:
        said = entry.text("lead")
        if said and not named(said):
            entry.remark(sentences.NAMES_NO_INSTITUTION, said=said)
        elif said and entry is not last:
            entry.remark(sentences.EARLIER_LEAD, said=said)
    return last


def coordinate(desk: Desk, group: Group, entry: Entry) -> bool:
    """Enter the institution of that row as the group's coordinator; whether anything changed."""
    said = entry.text("lead")
    institution = desk.institution(named(said), entry)
    moment = moment_of(entry, desk.ctx.today)
    starts = moment.period.first if moment else desk.ctx.today
    standing = _standing(desk, group)
    if _entered(desk, group, institution.id, starts) or (standing and standing.institution_id == institution.id):
        return False
    if standing is not None and standing.starts > starts:
        entry.remark(sentences.EARLIER_LEAD, said=said)
        return False
    _remark(entry, said, named(said), None if moment and moment.period.first == moment.period.last else starts)
    if standing is not None and standing.starts == starts:
        return desk.settle(standing, {"institution_id": institution.id, "holder_id": None, "alternate_id": None})
    if standing is not None:
        desk.settle(standing, {"ends": starts - timedelta(days=1)})
    desk.keep(Mandate(office=Office.COORDINATOR, institution_id=institution.id, group_id=group.id, starts=starts))
    return True


def compare(desk: Desk, group: Group, entry: Entry) -> None:
    """Remark where the row of an exported workbook tells of another coordinator: mandates have a sheet of their own."""
    said, standing = entry.text("lead"), _standing(desk, group)
    told = desk.known.institution(named(said)) if said else None
    if said and (standing is None or told is None or told.id != standing.institution_id):
        entry.remark(sentences.COORDINATOR_STAYS, said=said)


def _standing(desk: Desk, group: Group) -> Mandate | None:
    """The coordinator's mandate of today."""
    found = storage.mandates.of_group(desk.session, group.id, desk.ctx.today)
    return next((mandate for mandate in found if mandate.office == Office.COORDINATOR), None)


def _entered(desk: Desk, group: Group, institution_id: int, starts: date) -> bool:
    """Whether that very mandate was entered before, even if it ended since."""
    found = storage.mandates.of_office(desk.session, Office.COORDINATOR, institution_id, group.id)
    return any(mandate.starts == starts for mandate in found)


def _remark(entry: Entry, said: str, name: str, since: date | None) -> None:
    if name != said.strip():
        entry.remark(sentences.LEAD_SHORTENED, said=said, institution=name)
    if since is not None:
        entry.remark(sentences.LEAD_SINCE, institution=name, day=since)
