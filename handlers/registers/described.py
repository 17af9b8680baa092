"""Any register that is described once (handlers.described): found again by version, code, or what tells a record apart.

One reader for all of them: `cells` reads the cells by the sorts of the fields, the kind's own rule checks the whole;
what it says no to is that row's refusal. A record that a row names, and that nobody knows, is entered where its name is
all it needs (`Kind.named`): the plan of a line, the axis it stands under.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

import storage.history
import storage.registered
from handlers import cards
from handlers.errors import FieldRefusal, Refusal
from handlers.kinds import forming, telling
from handlers.kinds.field import Field, Sort
from handlers.kinds.kind import Kind
from handlers.language import LANGUAGES, Speaker
from handlers.registers import cells, headings, returning
from handlers.registers import desk as desks
from handlers.registers.desk import Desk, Entry
from handlers.registers.headings import Columns, plain
from handlers.registers.outcome import Line, Verdict
from handlers.registers.sorts import Reading
from handlers.registers.vocabulary import Words
from storage.registered import Registered
from storage.words import folded

SHOWN = 60
OWN = ("code", "version", "visibility")
"""Fields that every register has, with their headings (handlers.registers.headings)."""
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The records of a kind while a file is brought in; ``alike`` are those that stand, by what tells them apart."""

    desk: Desk
    kind: Kind[Any]
    kinds: Mapping[type[Registered], Kind[Any]]
    words: Mapping[str, Words]
    seen: dict[str, int] = field(default_factory=dict)
    alike: dict[Key, int] = field(default_factory=dict)


def reads(kind: Kind[Any]) -> frozenset[str]:
    """The fields it reads."""
    return frozenset(("code", "version", *(each.name for each in cells.fields_of(kind))))


def columns(kind: Kind[Any], zone: ZoneInfo) -> Columns:
    """What the columns of its sheets are called: the labels in both languages, the lasting names, other names."""
    fields = cells.fields_of(kind)
    says = [Speaker(language, zone).say for language in LANGUAGES]
    named = [(plain(say(each.label)), each.name) for each in fields for say in says]
    named += [(plain(each.name), each.name) for each in fields]
    named += [(heading, name) for heading, name in headings.shared().items() if name in OWN]
    named += [(plain(heading), each.name) for each in fields for heading in each.headings]
    found: dict[str, str] = {}
    for heading, name in named:
        found.setdefault(heading, name)
    readers = next((each.name for each in fields if each.sort == Sort.LEVEL), None)
    found |= {heading: readers for heading, name in headings.shared().items() if readers and name == "visibility"}
    needed = frozenset(each.name for each in fields if cells.is_needed(each))
    return Columns(kind.table, found, needed, frozenset(plain(say(kind.labels.many)) for say in says))


def bring(kind: Kind[Any], kinds: Sequence[Kind[Any]], desk: Desk, entries: Sequence[Entry]) -> Iterator[Line]:
    """Keep the rows of the register of that kind; ``kinds`` are all of them."""
    shelf = Shelf(desk, kind, {other.model: other for other in kinds}, cells.words(kind, desk.ctx.zone))
    told = [getattr(kind.model, name) for name in _telling(kind)]
    chosen = select(kind.model.id, *told).where(kind.model.withdrawn_at.is_(None)).order_by(kind.model.id.desc())
    for number, *held in desk.session.execute(chosen):
        shelf.alike[_key(held)] = number
    return desks.each(desk, entries, partial(_what, kind), partial(_kept, shelf))


def _telling(kind: Kind[Any]) -> list[str]:
    """The columns by which a record is found again that brings neither version nor code."""
    return [kind.field(name).column for name in kind.telling or _needed(kind)]


def _needed(kind: Kind[Any]) -> list[str]:
    return [each.name for each in kind.fields if cells.is_needed(each)]


def _key(held: Sequence[Any]) -> Key:
    return tuple(folded(value) if isinstance(value, str) else value for value in held)


def _what(kind: Kind[Any], entry: Entry) -> str:
    """What a row that is not kept is about."""
    names = [name for name in kind.telling or _needed(kind) if name in entry.cells]
    return " ".join(" ".join([entry.text("code"), *map(entry.text, names)]).split())[:SHOWN]


def _kept(shelf: Shelf, entry: Entry) -> tuple[Verdict, str]:
    """Keep a row, or nothing of it: what it entered besides goes with it."""
    session, known = shelf.desk.session, shelf.desk.known
    size = known.size
    savepoint = session.begin_nested()
    try:
        kept = _keep(shelf, entry)
    except FieldRefusal as fault:
        savepoint.rollback()
        known.again(session, size)
        raise _at_field(shelf, fault) from None
    except Refusal:
        savepoint.rollback()
        known.again(session, size)
        raise
    savepoint.commit()
    return kept


def _at_field(shelf: Shelf, fault: FieldRefusal) -> Refusal:
    name, (sentence, given) = next(iter(fault.faults.items()))
    found = next((each for each in cells.fields_of(shelf.kind) if each.name == name), None)
    return cells.refusal(shelf.desk, found, sentence, given) if found is not None else Refusal(sentence, **given)


def _keep(shelf: Shelf, entry: Entry) -> tuple[Verdict, str]:
    desk, kind = shelf.desk, shelf.kind
    returning.once(entry, shelf.seen)
    code = entry.text("code")
    record = (
        storage.registered.by_code(desk.session, kind.model, code)
        if code
        else returning.record(desk.session, entry, kind.model)
    )
    columns = cells.told(Reading(desk, entry, kind, record, partial(_find, shelf), shelf.words))
    if record is None:
        number = shelf.alike.get(_key([columns.get(name) or _nothing(kind, name) for name in _telling(kind)]))
        record = desk.session.get(kind.model, number) if number is not None else None
    columns = dict(kind.understood(desk.ctx, columns, record))
    if record is not None:
        return _changed(shelf, entry, record, columns), _shown(record)
    made = _made(shelf, columns, code)
    return Verdict.CREATED, _shown(made)


def _nothing(kind: Kind[Any], column: str) -> Any:
    """What a column holds that is not told."""
    found = kind.model.__table__.c[column]
    if found.default is not None and found.default.is_scalar:
        return found.default.arg
    return None if found.nullable else ""


def _shown(record: Registered) -> str:
    return f"{record.code} {' '.join(record.title.split())}".strip()[:SHOWN]


def _made(shelf: Shelf, columns: Mapping[str, Any], code: str = "") -> Any:
    """A new record that holds those columns, its kind's defaults else, with its line of history."""
    desk, kind = shelf.desk, shelf.kind
    record = kind.model(
        visibility=kind.level,
        language=desk.ctx.language,
        said_at=_said_at(desk, kind, columns),
        said_by_id=desk.by.person_id,
        version=1,
        not_applicable="",
    )
    for column in kind.model.__table__.c:
        if column.default is not None and column.default.is_scalar and getattr(record, column.name) is None:
            setattr(record, column.name, column.default.arg)
    several: dict[str, Any] = {each.column: [] for each in kind.fields if each.sort == Sort.INSTITUTIONS}
    for name, value in {**several, **columns}.items():
        setattr(record, name, value)
    with desk.session.no_autoflush:
        forming.settle(desk.session, desk.ctx, None, kind, record, {}, code)
    storage.history.created(desk.session, record, desk.by)
    shelf.alike[_key([getattr(record, name) for name in _telling(kind)])] = record.id
    return record


def _said_at(desk: Desk, kind: Kind[Any], columns: Mapping[str, Any]) -> datetime:
    """Noon of the day a needed date tells, so that old papers are no news of this week; now where there is none."""
    days = [
        columns.get(each.column if each.sort == Sort.DAY else f"{each.name}_on")
        for each in kind.fields
        if each.required and each.sort in (Sort.DAY, Sort.SPAN)
    ]
    day = next((day for day in days if isinstance(day, date)), None)
    return desk.by.at if day is None else min(desk.by.at, datetime.combine(day, time(12), desk.ctx.zone))


def _changed(shelf: Shelf, entry: Entry, record: Any, columns: Mapping[str, Any]) -> Verdict:
    """Give a record what a row tells of it. Raises Conflict where it was changed here since its export."""
    desk, kind = shelf.desk, shelf.kind
    needed = {each.name: each.column for each in cells.fields_of(kind) if not _can_be_empty(each)}
    emptied = returning.emptied(desk, entry, record, _emptied(kind), needed)
    values = returning.differing(desk, entry, record, {**columns, **emptied})
    if not values:
        return Verdict.UNCHANGED
    before = storage.history.facts(record)
    for name, value in values.items():
        setattr(record, name, value)
    forming.settle(desk.session, desk.ctx, None, kind, record, before)
    if storage.history.changed(desk.session, record, before, desk.by):
        record.version += 1
        record.edited_at = desk.by.at
        desk.session.flush()
        cards.refresh(desk.session, desk.ctx, telling.shown(kind), record)
    return Verdict.CHANGED


def _can_be_empty(field: Field) -> bool:
    return not field.required and field.sort != Sort.LEVEL


def _emptied(kind: Kind[Any]) -> dict[str, Mapping[str, object]]:
    """Field -> what its columns hold when its cell is emptied."""
    found: dict[str, Mapping[str, object]] = {}
    for each in filter(_can_be_empty, cells.fields_of(kind)):
        nothing: Any = [] if each.sort == Sort.INSTITUTIONS else _nothing(kind, each.column)
        found[each.name] = {each.column: nothing} | ({f"{each.name}_on": None} if each.sort == Sort.SPAN else {})
    return found


def _find(shelf: Shelf, field: Field, said: str, columns: Mapping[str, Any]) -> int | None:
    """The record that a row names: by its code, by what it is called, else entered where its name is all it needs."""
    assert field.of is not None
    session = shelf.desk.session
    found = storage.registered.by_code(session, field.of, said.split(" – ")[0].strip())
    if found is not None:
        return int(found.id)
    kind = shelf.kinds.get(field.of)
    if kind is None or kind.named is None:
        return None
    named = dict(kind.named(said))
    naming = next(iter(named))
    shared = {each.column for each in kind.fields if each.sort == Sort.RECORD and each.required}
    named |= {name: columns[name] for name in shared if name in columns}
    if not shared <= named.keys():
        return None
    model = kind.model
    chosen = select(model.id, getattr(model, naming)).where(model.withdrawn_at.is_(None))
    for name in shared:
        chosen = chosen.where(getattr(model, name) == named[name])
    wanted = folded(str(named[naming]))
    number = next((number for number, called in session.execute(chosen) if folded(called) == wanted), None)
    if number is None:
        own = shelf if kind is shelf.kind else Shelf(shelf.desk, kind, shelf.kinds, {})
        number = int(_made(own, named).id)
    return number
