"""The index: which record stands in which row, what narrows a search, and its words as each database keeps them.

SQLite keeps the words in a table of FTS5 of its own, PostgreSQL in a column with a GIN index; both are made by hand in
the migration, since no model describes them. The words are those of storage.search.terms on both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Dialect, Text, UniqueConstraint, delete, insert, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

from storage.database import Base
from storage.search import terms
from storage.search.source import Source

BY_HAND = "searched_words"
"""How the names begin of what no model describes: FTS5's tables, and the index over PostgreSQL's column."""
LAST_PLACE = 16_383
"""The last place in a text that PostgreSQL tells apart."""


class _Vector(UserDefinedType[str]):
    """PostgreSQL's ``tsvector``; its own class lies in a dialect that takes its time to import."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Its name."""
        return "TSVECTOR"


class Vector(TypeDecorator[str]):
    """The words of a row where the database keeps them in a column."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """A ``tsvector`` where there is such a thing."""
        return dialect.type_descriptor(_Vector() if dialect.name == "postgresql" else Text())


class Searched(Base):
    """One record in the index.

    ``change_id`` is the last change of its history that was read, ``version`` the record's version then, 0 when it is
    to be read again, ``made_by`` the print of its source. ``group_id``, ``visibility`` and ``said_by_id`` choose what
    is looked at closer: who may read a record says the record itself. ``institutions`` are ids between blanks.
    ``first_on`` and ``last_on`` are the civil days it is about. ``words`` is None where FTS5 keeps them.
    """

    __tablename__ = "searched"
    __table_args__ = (UniqueConstraint("kind", "record_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    record_id: Mapped[int]
    change_id: Mapped[int]
    version: Mapped[int]
    made_by: Mapped[str]
    visibility: Mapped[str]
    group_id: Mapped[int | None]
    said_by_id: Mapped[int | None]
    withdrawn: Mapped[bool]
    standing: Mapped[bool]
    status: Mapped[str]
    institutions: Mapped[str]
    first_on: Mapped[date]
    last_on: Mapped[date]
    words: Mapped[str | None] = mapped_column(Vector)


class Progress(Base):
    """How far the history is read; one row (see storage.search.following)."""

    __tablename__ = "search_progress"

    id: Mapped[int] = mapped_column(primary_key=True)
    safe: Mapped[int]
    seen: Mapped[int]
    horizon: Mapped[int] = mapped_column(BigInteger)


@dataclass(frozen=True, slots=True)
class Due:
    """A record that is to be read: its source, its id, the last change that is known of it."""

    source: Source
    record_id: int
    change_id: int


Place = tuple[str, int]
"""A table and a record's id."""


def write(session: Session, dues: Sequence[Due]) -> None:
    """Read these records and write their rows, in that order; a record that is no more loses its row."""
    found: dict[Place, dict[str, Any]] = {}
    said: dict[Place, tuple[list[str], list[str]]] = {}
    for source, ids in _by_source(dues).items():
        for record in session.scalars(select(source.model).where(source.model.id.in_(ids))):
            found[source.kind, record.id] = _row(source, record)
            said[source.kind, record.id] = _words(source, record)
    wanted = {(each.source.kind, each.record_id): each.change_id for each in dues}
    held = _held(session, wanted)
    new = [found[place] | {"change_id": wanted[place]} for place in wanted if place in found and place not in held]
    if new:
        session.execute(insert(Searched), new)
        held |= _held(session, [(row["kind"], row["record_id"]) for row in new])
    old = {held[place]: found[place] | {"change_id": wanted[place]} for place in held if place in found}
    if old:
        session.execute(update(Searched), [{"id": number, **row} for number, row in old.items()])
    gone = [number for place, number in held.items() if place not in found]
    keep(session, {held[place]: words for place, words in said.items()}, gone)
    if gone:
        session.execute(delete(Searched).where(Searched.id.in_(gone)))


def keep(session: Session, said: Mapping[int, tuple[list[str], list[str]]], gone: Sequence[int] = ()) -> None:
    """Write the words of rows, those of the heading and those of the texts; of those that are ``gone``, none."""
    if session.get_bind().dialect.name == "postgresql":
        rows = [{"id": number, "words": vector(*words)} for number, words in said.items()]
        rows += [{"id": number, "words": None} for number in gone]
        if rows:
            session.execute(update(Searched), rows)
        return
    numbers = [{"id": number} for number in (*said, *gone)]
    if numbers:
        session.execute(text(f"DELETE FROM {BY_HAND} WHERE rowid = :id"), numbers)  # noqa: S608 - our own name
    kept = [
        {"id": number, "heading": " ".join(heading), "words": " ".join(words)}
        for number, (heading, words) in said.items()
    ]
    if kept:
        session.execute(
            text(f"INSERT INTO {BY_HAND} (rowid, heading, words) VALUES (:id, :heading, :words)"),  # noqa: S608
            kept,
        )


def vector(heading: Sequence[str], words: Sequence[str]) -> str:
    """The same as PostgreSQL writes it: ``'revue':4,9 'gec':1A``; what is called so weighs more than what is said."""
    places: dict[str, list[str]] = {}
    for place, term in enumerate(heading, 1):
        places.setdefault(term, []).append(f"{min(place, LAST_PLACE)}A")
    for place, term in enumerate(words, len(heading) + 2):
        if place <= LAST_PLACE or term not in places:
            places.setdefault(term, []).append(str(min(place, LAST_PLACE)))
    return " ".join(f"'{term}':{','.join(each[:255])}" for term, each in places.items())


def _row(source: Source, record: Any) -> dict[str, Any]:
    first, last = source.span(record)
    status = (getattr(record, source.status) if source.status else None) or ""
    return {
        "kind": source.kind,
        "record_id": record.id,
        "version": record.version,
        "made_by": source.print,
        "visibility": record.visibility,
        "group_id": record.group_id,
        "said_by_id": record.said_by_id,
        "withdrawn": record.withdrawn,
        "standing": status in source.standing,
        "status": status,
        "institutions": f" {' '.join(map(str, sorted(source.institutions(record))))} ",
        "first_on": first,
        "last_on": last,
    }


def _words(source: Source, record: Any) -> tuple[list[str], list[str]]:
    if record.withdrawn:
        return [], []
    said = [*source.said(record), *source.further(record)]
    return terms.terms(source.heading(record)), [term for text in said for term in terms.terms(text)]


def _by_source(dues: Iterable[Due]) -> dict[Source, list[int]]:
    found: dict[Source, list[int]] = {}
    for each in dues:
        found.setdefault(each.source, []).append(each.record_id)
    return found


def _held(session: Session, places: Iterable[Place]) -> dict[Place, int]:
    """Place -> the row that it has."""
    by_kind: dict[str, list[int]] = {}
    for kind, record_id in places:
        by_kind.setdefault(kind, []).append(record_id)
    found: dict[Place, int] = {}
    for kind, ids in by_kind.items():
        chosen = select(Searched.record_id, Searched.id).where(Searched.kind == kind, Searched.record_id.in_(ids))
        found |= {(kind, record_id): number for record_id, number in session.execute(chosen)}
    return found
