"""Rows of an exported workbook that come back: what was changed in them, and what has changed here since the export.

Their column "Version" says which record a row is and at which version it left. What the record held then is known from
its history; so a cell that was left alone never takes back a change made here, a cell that was changed does unless the
same field was changed here too, which is a conflict. An emptied cell empties the field where nothing was changed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

import storage.history
import storage.people
from handlers import sheets
from handlers.changes import fields, lines, wording
from handlers.errors import Refusal
from handlers.language import LANGUAGES, Speaker
from handlers.records import WITHDRAWN
from handlers.registers import sentences
from handlers.registers.desk import Conflict, Desk, Entry
from handlers.registers.rows import kept
from handlers.reports.sheets.rows import CONTINUED, harmless
from handlers.reports.sheets.writing import ABOUT
from handlers.reports.splitting import split
from storage.database import Base
from storage.history import Action, Change
from storage.records import Record
from storage.visibility import Audience

R = TypeVar("R", bound=Base)
Told = Mapping[str, Any]
"""Column -> what a row tells of it; a relationship as the list of its rows."""

NOTHING: tuple[Any, ...] = (None, "", [])
"""What an empty field holds."""
COMING_BACK = ("groups", "mandates")
"""Sheets that are registers though their rows have no version."""
SHOWN = 200
"""Characters of a value that are shown of a conflict."""
_EVERYTHING = Audience(troika=True)
"""Whoever brings files in reads every record."""
_NEVER = object()
"""What a column held of which history tells nothing."""
_VERSION = re.compile(r"([1-9][0-9]{0,17})-v([1-9][0-9]{0,8})")


@dataclass(frozen=True, slots=True)
class Left:
    """Which record left in a workbook, and at which version."""

    record_id: int
    version: int


def left(entry: Entry) -> Left | None:
    """What its column "Version" says; None when it says nothing. Raises Refusal for what is no version."""
    said = entry.text("version")
    found = _VERSION.fullmatch(said)
    if said and found is None:
        raise Refusal(sentences.NO_VERSION, said=said)
    return Left(int(found[1]), int(found[2])) if found else None


def record(session: Session, entry: Entry, model: type[R]) -> R | None:
    """The record that left in this row, where its column "Version" names one."""
    version = left(entry)
    return session.get(model, version.record_id) if version is not None else None


def joined(desk: Desk, entries: Iterable[Entry]) -> list[Entry]:
    """The rows, those that only go on with the long texts of the row before them put together with it."""
    begins = [Speaker(language, desk.ctx.zone).say(CONTINUED, text="") for language in LANGUAGES]
    whole: list[Entry] = []
    for entry in entries:
        further = {name: _further(cell, begins) for name, cell in entry.cells.items() if isinstance(cell, str)}
        if whole and entry.text("version") == whole[-1].text("version") and any(further.values()):
            before = whole[-1].cells
            added = {name: f"{before.get(name, '')}{text}" for name, text in further.items() if text}
            whole[-1] = replace(whole[-1], cells={**before, **added})
        else:
            whole.append(entry)
    return whole


def once(entry: Entry, seen: dict[str, int]) -> None:
    """Raises Refusal for a second row of the same version: a copied row is a new record only without it."""
    said = entry.text("version")
    if not said:
        return
    first = seen.setdefault(said, entry.number)
    if first != entry.number:
        raise Refusal(sentences.SAME_VERSION, number=first)


def emptied(
    desk: Desk, entry: Entry, row: Any, columns: Mapping[str, Told], needed: Mapping[str, str]
) -> dict[str, Any]:
    """The columns that a returned row empties; ``columns`` says field -> columns and what they hold when empty.

    What holds something and cannot be empty (``needed``: field -> column) is remarked on.
    """
    if not entry.text("version"):
        return {}
    names = fields.names(row.__tablename__)
    for name in needed.keys() & entry.emptied:
        if getattr(row, needed[name]) not in NOTHING:
            entry.remark(sentences.STAYS_FILLED, field=desk.speaker.say(names[needed[name]]))
    return {column: value for name in columns if name in entry.emptied for column, value in columns[name].items()}


def differing(desk: Desk, entry: Entry, row: Any, told: Told) -> Told:
    """Of what a row tells, what is to be changed in its record. Raises Conflict, with both values as remarks."""
    version = left(entry)
    if version is None or not _differing(row, told):
        return _differing(row, told)
    desk.session.refresh(row, with_for_update=True)
    new = _differing(row, told)
    if isinstance(row, Record) and row.withdrawn:
        raise Refusal(WITHDRAWN, at=row.withdrawn_at)
    if _made_here(desk, row):
        return new
    held = _held(desk, row, version)
    if held is not None and not held:
        return new
    touched = {name: value for name, value in new.items() if held is None or not _alike(held.get(name, _NEVER), value)}
    clashing = {name for name, value in touched.items() if held is None or name in held or value in NOTHING}
    if clashing:
        _tell(desk, entry, row, {name: new[name] for name in clashing})
        raise _conflict(desk, row)
    if touched:
        entry.remark(sentences.BOTH_CHANGED)
    return touched


def _held(desk: Desk, row: Any, version: Left) -> dict[str, Any] | None:
    """What it held at that version of what was changed since; None when that cannot be told."""
    if row.id != version.record_id:
        return None
    if isinstance(row, Record):
        return storage.history.held_then(desk.session, row, version.version)
    changes = storage.history.of_record(desk.session, row.__tablename__, row.id)
    if len(changes) < version.version - 1:
        return None
    return {name: value for change in reversed(changes[version.version - 1 :]) for name, value in change.before.items()}


def _now(row: Any) -> dict[str, Any]:
    """Its columns as history tells them."""
    if isinstance(row, Record):
        return storage.history.facts(row)
    return {name: storage.history.plain(value) for name, value in storage.history.values(row).items()}


def _made_here(desk: Desk, row: Any) -> bool:
    """Whether the file itself made the record, as where a workbook comes into another database than it left."""
    changes = storage.history.of_record(desk.session, row.__tablename__, row.id)
    return any(change.action == Action.CREATED and change.at == desk.by.at for change in changes)


def _differing(row: Any, told: Told) -> dict[str, Any]:
    now = _now(row)
    return {name: value for name, value in told.items() if not _alike(now.get(name), value)}


def _alike(held: Any, told: Any) -> bool:
    """Whether what a record holds is what a cell tells: texts as a workbook can hold them, institutions by code."""
    if isinstance(told, list):
        return bool(_codes(told) == held)
    told = storage.history.plain(told)
    if isinstance(held, str) and isinstance(told, str):
        return kept(harmless(held)) == kept(harmless(told))
    return bool(held == told) or (held in NOTHING and told in NOTHING)


def _codes(institutions: Sequence[Any]) -> list[str]:
    return sorted(institution.code for institution in institutions)


def _conflict(desk: Desk, row: Any) -> Conflict:
    """Who changed it here last, and when."""
    changes = storage.history.of_record(desk.session, row.__tablename__, row.id)
    if not changes:
        return Conflict(sentences.LEFT_ELSEWHERE)
    last = changes[-1]
    people = storage.people.by_ids(desk.session, [last.person_id] if last.person_id else [])
    who = people[0].name if people else desk.speaker.say(sentences.SOMEBODY)
    return Conflict(sentences.CONFLICT, who=who, at=last.at)


def _tell(desk: Desk, entry: Entry, row: Any, told: Told) -> None:
    """Both values of each field in conflict."""
    now = _now(row)
    after = {
        name: _codes(value) if isinstance(value, list) else storage.history.plain(value) for name, value in told.items()
    }
    change = Change(
        kind=row.__tablename__,
        record_id=row.id,
        action=Action.EDITED,
        before={name: now.get(name) for name in told},
        after=after,
    )
    words = wording.load(desk.session, desk.speaker, _EVERYTHING, [change])
    nothing = desk.speaker.say(sentences.NOTHING)
    for field in lines.differing(change, words):
        here, there = _shown(field.before) or nothing, _shown(field.after) or nothing
        entry.remark(sentences.BOTH_VALUES, field=field.name, here=here, there=there)


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return split(line, SHOWN)[0] + "…" if len(line) > SHOWN else line


def _further(text: str, begins: Sequence[str]) -> str:
    """What a continued cell goes on with; "" for any other."""
    return next((text.removeprefix(each) for each in begins if text.startswith(each)), "")


def only_to_read(names: Sequence[str], zone: ZoneInfo) -> frozenset[str]:
    """Of the sheets of a workbook that the bot wrote, those that are no register: they show what others hold."""
    found: set[str] = set()
    for language in LANGUAGES:
        say = Speaker(language, zone).say
        if names and names[0] == say(ABOUT):
            titles = [say(each.title) for each in sheets.SHEETS if not _comes_back(each)]
            found |= {name for name in names if name == names[0] or name.startswith(tuple(titles))}
    return frozenset(found)


def _comes_back(register: sheets.Register) -> bool:
    return register.name in COMING_BACK or any(column.name == "version" for column in register.columns)
