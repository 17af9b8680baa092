"""Changes of described kinds in words: their fields' labels and values follow from the description."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from handlers.described import BY_TABLE
from handlers.kinds import naming, values
from handlers.kinds.field import Field, Sort
from handlers.kinds.figures import Lack
from handlers.kinds.naming import Names
from handlers.language import Message
from storage.visibility import Audience

if TYPE_CHECKING:
    from handlers.changes.wording import Changed, Wording


ALSO: Mapping[str, Mapping[str, str]] = {"decisions": {"work_id": "works"}}
"""Table of another kind of record -> its columns that point at records of described kinds -> their table."""


_LACKING = "not_applicable"


def labels(table: str) -> Mapping[str, Message]:
    """Column -> label, of a described kind's fields."""
    return {each.column: each.label for each in BY_TABLE[table].fields}


def sides(change: Changed) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What a change of a described kind held before and after; that a figure does not apply is told at the figure."""
    sides = (dict(change.before), dict(change.after))
    lacking = [set(str(side.get(_LACKING) or "").split()) for side in sides]
    for name in set.union(*lacking) & set(_fields(change.kind)):
        for side, lacks in zip(sides, lacking, strict=True):
            side[name] = Lack.NOT_APPLICABLE if name in lacks else side.get(name)
    return sides


def told(table: str, column: str, value: Any, wording: Wording) -> str:
    """A value of a column as its field reads; "" for a column that is no field."""
    if value is Lack.NOT_APPLICABLE:
        return wording.word(values.NOT_APPLICABLE)
    field = _fields(table).get(column)
    known = Names(wording.groups, wording.institutions, wording.people, wording.records)
    return values.in_words(field, value, known, wording.speaker) if field is not None else ""


def held(changes: Iterable[Changed], sort: Sort) -> set[int]:
    """The ids that the changes of described kinds hold in fields of that sort."""
    found: set[int] = set()
    for change in changes:
        for name, each in _fields(change.kind).items() if change.kind in BY_TABLE else ():
            if each.sort == sort:
                found |= {side[name] for side in (change.before, change.after) if side.get(name)}
    return found


def records(session: Session, audience: Audience | None, changes: Iterable[Changed]) -> dict[tuple[str, int], str]:
    """(table, id) -> code, of the records those changes point at and this audience may read."""
    wanted: dict[str, set[int]] = {}
    for change in changes:
        for name, table in _pointing(change.kind).items():
            ids = {side[name] for side in (change.before, change.after) if side.get(name)}
            wanted.setdefault(table, set()).update(ids)
    found: dict[tuple[str, int], str] = {}
    for table, ids in wanted.items():
        found |= naming.codes_of(session, BY_TABLE[table].model, ids, audience) if ids else {}
    return found


def all_records(session: Session, audience: Audience | None) -> dict[tuple[str, int], str]:
    """The same of every record of every described kind."""
    found: dict[tuple[str, int], str] = {}
    for kind in BY_TABLE.values():
        found |= naming.codes_of(session, kind.model, None, audience)
    return found


def _pointing(table: str) -> Mapping[str, str]:
    """The columns of a table that point at records of described kinds, with their tables."""
    if table not in BY_TABLE:
        return ALSO.get(table, {})
    return {name: str(each.of.__tablename__) for name, each in _fields(table).items() if each.of is not None}


def _fields(table: str) -> dict[str, Field]:
    return {each.column: each for each in BY_TABLE[table].fields}
