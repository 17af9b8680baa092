"""Asking the index: the records that hold the words, that stand, and that this audience may read, the best first.

The newest `CANDIDATES` rows that hold the words are weighed: so what a word costs that stands in every second record is
bounded, and of what is so common the newest are meant. What is called so weighs more than what is said; of those that
weigh about the same, the newer stands first. The index only chooses what is looked at: who may read a record, and
whether it stands, is asked of the record itself, in the same transaction (storage.visibility).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeAlias, cast

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    Select,
    String,
    Text,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
    true,
    union_all,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

from storage.records import Record
from storage.search import index, terms
from storage.search.index import Place, Searched
from storage.search.source import Source
from storage.search.terms import Sought
from storage.visibility import Audience, visible

CANDIDATES = 500
"""Rows that are weighed, and so found, at most."""
ABOUT = 1.25
"""What weighs less than so many times as much weighs about the same."""
HEADING, TEXT = 4.0, 1.0
"""How much a word counts in what a record is called, and in what it says."""
Rows: TypeAlias = "Select[*tuple[Any, ...]]"
"""A choice of rows of the index."""
Models: TypeAlias = Mapping[str, type[Record]]
"""Table -> its records."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; None, "" and () narrow nothing.

    ``kinds`` are tables. ``standing``: whether something is still open. ``first`` and ``last`` are civil days, both
    included, of which one at least must lie in what the record is about.
    """

    words: str = ""
    kinds: tuple[str, ...] = ()
    group_id: int | None = None
    institution_id: int | None = None
    status: str = ""
    standing: bool | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Some of what was found, the best first.

    ``count`` is how many there are in all, at most `CANDIDATES`. ``sought`` is what they hold: where no record holds
    all of the words, those that hold one of them are found.
    """

    records: Sequence[Record] = ()
    count: int = 0
    sought: Sought = terms.NOTHING


class Query(TypeDecorator[Sought]):
    """What is looked for, as each database reads it."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Sought | None, dialect: Any) -> str | None:
        """As FTS5 or as PostgreSQL writes it."""
        if value is None:
            return None
        return _for_postgresql(value) if dialect.name == "postgresql" else _for_fts5(value)


class Holds(FunctionElement[bool]):
    """The condition that a row of the index holds what is looked for."""

    name = "holds"
    type = Boolean()
    inherit_cache = True


@compiles(Holds)
def _holds(element: Holds, compiler: Any, **more: Any) -> str:
    query = compiler.process(element.clauses, **more)
    return f"searched.id IN (SELECT rowid FROM {index.BY_HAND} WHERE {index.BY_HAND} MATCH {query})"  # noqa: S608


@compiles(Holds, "postgresql")
def _holds_postgresql(element: Holds, compiler: Any, **more: Any) -> str:
    return f"searched.words @@ CAST({compiler.process(element.clauses, **more)} AS TSQUERY)"


class AsQuery(FunctionElement[str]):
    """What is looked for, as PostgreSQL's own type."""

    name = "as_query"
    inherit_cache = True


@compiles(AsQuery, "postgresql")
def _as_query(element: AsQuery, compiler: Any, **more: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **more)} AS TSQUERY)"


def matching(model: type[Record], words: str) -> ColumnElement[bool]:
    """The condition that keeps the records of a kind which hold the words; all of them where there is no word.

    It knows what the index knows: catch up before (storage.search.following).
    """
    sought = terms.sought(words)
    if not sought:
        return true()
    rows = select(Searched.record_id).where(Searched.kind == model.__tablename__, holding(sought))
    return model.id.in_(rows)


def holding(sought: Sought) -> ColumnElement[bool]:
    """The same as a condition on the rows of the index."""
    return Holds(literal(sought, Query))


def find(
    session: Session, sources: Collection[Source], wanted: Wanted, audience: Audience | None, span: tuple[int, int]
) -> Found:
    """What this audience may read of what is wanted; ``span`` is the first one (from 0) and how many."""
    kinds = {source.kind: source.model for source in sources if not wanted.kinds or source.kind in wanted.kinds}
    sought = terms.sought(wanted.words)
    if audience is None or not kinds:
        return Found(sought=sought)
    best = _best(session, kinds, wanted, audience, sought)
    if not best and len(sought.phrases) > 1:
        sought = replace(sought, every=False)
        best = _best(session, kinds, wanted, audience, sought)
    first, limit = span
    return Found(_records(session, kinds, best[first : first + limit]), len(best), sought)


def _best(session: Session, kinds: Models, wanted: Wanted, audience: Audience, sought: Sought) -> list[Any]:
    """The rows of what stands and is open to this audience, the best first; what bears that very code before all."""
    chosen = _candidates(session.get_bind().dialect.name, sought, _narrowed(wanted, kinds, audience))
    rows = session.execute(chosen).all()
    codes = _open(session, kinds, rows, audience)
    best = [row for row in rows if (row.kind, row.record_id) in codes]
    heaviest = max((row.weight for row in best), default=0)

    def order(row: Any) -> tuple[bool, int, int]:
        code = codes[row.kind, row.record_id]
        return (tuple(terms.terms(code)) not in sought.phrases, _lighter(row.weight, heaviest), -row.id)

    return sorted(best, key=order)


def _lighter(weight: float, heaviest: float) -> int:
    """How much lighter it is than the heaviest, in steps: those on one step weigh about the same."""
    return int(math.log(heaviest / weight, ABOUT)) if weight > 0 else 0


def _candidates(dialect: str, sought: Sought, narrowed: Sequence[ColumnElement[bool]]) -> Rows:
    """The newest rows that hold the words and may be open to this audience, with how much each weighs."""
    if not sought:
        newest: Rows = select(Searched.id, Searched.kind, Searched.record_id, literal_column("0.0").label("weight"))
        return newest.where(*narrowed).order_by(Searched.id.desc()).limit(CANDIDATES)
    if dialect == "postgresql":
        chosen = select(Searched.id, Searched.kind, Searched.record_id, Searched.words)
        rows = chosen.where(holding(sought), *narrowed).order_by(Searched.id.desc()).limit(CANDIDATES).subquery()
        ranked = func.ts_rank(rows.c.words, AsQuery(literal(sought, Query)), 1)
        return select(rows.c.id, rows.c.kind, rows.c.record_id, ranked.label("weight"))
    words, whole = table(index.BY_HAND, column("rowid", Integer)), literal_column(index.BY_HAND, Text)
    weight = -func.bm25(whole, HEADING, TEXT)
    return (
        select(Searched.id, Searched.kind, Searched.record_id, weight.label("weight"))
        .select_from(words.join(Searched.__table__, Searched.id == words.c.rowid))
        .where(whole.op("MATCH")(literal(sought, Query)), *narrowed)
        .order_by(words.c.rowid.desc())
        .limit(CANDIDATES)
    )


def _narrowed(wanted: Wanted, kinds: Collection[str], audience: Audience) -> list[ColumnElement[bool]]:
    """What is wanted besides words, and what may be open to this audience, as conditions on the rows."""
    found = [~Searched.withdrawn, visible(cast(type[Record], Searched), audience)]
    if wanted.kinds:
        found.append(Searched.kind.in_(sorted(kinds)))
    if wanted.group_id is not None:
        found.append(Searched.group_id == wanted.group_id)
    if wanted.institution_id is not None:
        found.append(Searched.institutions.contains(f" {wanted.institution_id} "))
    if wanted.status:
        found.append(Searched.status == wanted.status)
    if wanted.standing is not None:
        found.append(Searched.standing.is_(wanted.standing))
    if wanted.first is not None:
        found.append(Searched.last_on >= wanted.first)
    if wanted.last is not None:
        found.append(Searched.first_on <= wanted.last)
    return found


def _open(session: Session, kinds: Models, rows: Iterable[Any], audience: Audience) -> dict[Place, str]:
    """The places, with their codes, of those records which stand and which this audience may read.

    Asked of the records.
    """
    ids: dict[str, list[int]] = {}
    for row in rows:
        ids.setdefault(row.kind, []).append(row.record_id)
    asked = [
        select(
            literal(kind).label("kind"), kinds[kind].id, getattr(kinds[kind], "code", literal("")).label("code")
        ).where(kinds[kind].id.in_(each), kinds[kind].withdrawn_at.is_(None), visible(kinds[kind], audience))
        for kind, each in ids.items()
        if kind in kinds
    ]
    if not asked:
        return {}
    return {(kind, record_id): code for kind, record_id, code in session.execute(union_all(*asked))}


def _records(session: Session, kinds: Models, best: Sequence[Any]) -> list[Record]:
    """The records of those rows, in their order."""
    found: dict[Place, Record] = {}
    for kind in dict.fromkeys(row.kind for row in best):
        ids = [row.record_id for row in best if row.kind == kind]
        found |= {(kind, each.id): each for each in session.scalars(select(kinds[kind]).where(kinds[kind].id.in_(ids)))}
    return [found[row.kind, row.record_id] for row in best]


def _for_fts5(sought: Sought) -> str:
    """``"revue" * AND "gec 2027 14"`` (sqlite.org/fts5.html, section 3)."""
    return (" AND " if sought.every else " OR ").join(
        f'"{" ".join(phrase)}"{" *" * terms.begins(phrase[-1])}' for phrase in sought.phrases
    )


def _for_postgresql(sought: Sought) -> str:
    """``('revue':*) & ('gec' <-> '2027' <-> '14')`` (postgresql.org/docs, "Text Search Types")."""
    told = [
        "(" + " <-> ".join(f"'{term}'" for term in phrase) + ":*" * terms.begins(phrase[-1]) + ")"
        for phrase in sought.phrases
    ]
    return (" & " if sought.every else " | ").join(told)
