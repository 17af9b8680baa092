"""Asking the index: the records that hold the words, that stand, and that this audience may read, the best first.

The newest `WEIGHED` rows that hold the words are weighed: so what a word costs that stands in every second record is
bounded, and of what is so common the newest are meant. What is called so weighs more than what is said; of those that
weigh about the same, the newer stands first. Where few records hold the very words, those that hold words which begin
so follow. The index only chooses what is looked at: who may read a record, and
whether it stands, is asked of the record itself, in the same transaction (storage.visibility).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias, cast

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    Text,
    bindparam,
    column,
    func,
    literal_column,
    select,
    table,
    union_all,
)
from sqlalchemy.orm import Session

from storage.records import Record
from storage.search import index, queries, terms
from storage.search.index import Place, Searched
from storage.search.source import Source
from storage.search.terms import Sought
from storage.visibility import Audience, visible

WEIGHED, MOST = 500, 200
"""The newest rows that are weighed, and the best of them that are found, at most."""
FEW = 8
"""Where fewer records hold the very words, those that hold words which begin so are found as well."""
ABOUT = 1.25
"""What weighs less than so many times as much weighs about the same."""
HEADING, TEXT = 4.0, 1.0
"""How much a word counts in what a record is called, and in what it says."""
Rows: TypeAlias = "Select[*tuple[Any, ...]]"
"""A choice of rows of the index."""
Models: TypeAlias = tuple[tuple[str, type[Record]], ...]
"""Tables with their records."""


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

    ``count`` is how many there are in all, at most `MOST`. ``sought`` is what they hold: where no record holds
    all of the words, those that hold one of them are found.
    """

    records: Sequence[Record] = ()
    count: int = 0
    sought: Sought = terms.NOTHING


def find(
    session: Session, sources: Collection[Source], wanted: Wanted, audience: Audience | None, span: tuple[int, int]
) -> Found:
    """What this audience may read of what is wanted; ``span`` is the first one (from 0) and how many."""
    models = tuple((each.kind, each.model) for each in sources if not wanted.kinds or each.kind in wanted.kinds)
    sought = terms.sought(wanted.words)
    if audience is None or not models:
        return Found(sought=sought)
    best = _best(session, models, wanted, audience, replace(sought, begun=False))
    if len(best) < FEW and any(map(sought.begins, sought.phrases)):
        held = {row.id for row in best}
        best += [row for row in _best(session, models, wanted, audience, sought) if row.id not in held]
    if not best and len(sought.phrases) > 1:
        sought = replace(sought, every=False)
        best = _best(session, models, wanted, audience, sought)
    first, limit = span
    return Found(_records(session, models, audience, best[first : first + limit]), len(best), sought)


def _best(session: Session, models: Models, wanted: Wanted, audience: Audience, sought: Sought) -> list[Any]:
    """The rows of what stands and is open to this audience, the best first; what bears that very code before all."""
    dialect = session.get_bind().dialect.name
    statement = _statement(dialect if sought else "", models, replace(wanted, words=""), audience)
    rows = session.execute(statement, {"sought": sought} if sought else {}).all()
    codes = _open(session, dict(models), rows, audience)
    held = [row for row in rows if (row.kind, row.record_id) in codes]
    heaviest = max((row.weight for row in held), default=0)
    coded = sought.phrases[0] if len(sought.phrases) == 1 and len(sought.phrases[0]) > 1 else None

    def order(row: Any) -> tuple[bool, int, int]:
        is_it = coded is not None and tuple(terms.terms(codes[row.kind, row.record_id])) == coded
        return (not is_it, _lighter(row.weight, heaviest), -row.id)

    return sorted(held, key=order)


def _lighter(weight: float, heaviest: float) -> int:
    """How much lighter it is than the heaviest, in steps: those on one step weigh about the same."""
    return int(math.log(heaviest / weight, ABOUT)) if weight > 0 else 0


@lru_cache(256)
def _statement(dialect: str, models: Models, wanted: Wanted, audience: Audience) -> Rows:
    """The best rows that hold the words and may be open to this audience, with how much each weighs.

    Made once: to make it takes longer than to run it. ``dialect`` is "" for whatever the words.
    """
    return {"": _newest, "postgresql": _by_vector}.get(dialect, _by_fts5)(_narrowed(wanted, models, audience))


def _newest(narrowed: Sequence[ColumnElement[bool]]) -> Rows:
    """The newest rows, whatever their words."""
    rows: Rows = select(Searched.id, Searched.kind, Searched.record_id, literal_column("0.0").label("weight"))
    return rows.where(*narrowed).order_by(Searched.id.desc()).limit(MOST)


def _by_vector(narrowed: Sequence[ColumnElement[bool]]) -> Rows:
    """The heaviest of the newest rows that hold the words, on PostgreSQL."""
    held = select(Searched.id, Searched.kind, Searched.record_id, Searched.words)
    held = held.where(queries.Holds(queries.given()), *narrowed).order_by(Searched.id.desc()).limit(WEIGHED)
    rows = held.subquery()
    weight = func.ts_rank(rows.c.words, queries.AsQuery(queries.given()), 1)
    best = select(rows.c.id, rows.c.kind, rows.c.record_id, weight.label("weight"))
    return best.order_by(weight.desc(), rows.c.id.desc()).limit(MOST)


def _by_fts5(narrowed: Sequence[ColumnElement[bool]]) -> Rows:
    """The same on SQLite."""
    words, whole = table(index.BY_HAND, column("rowid", Integer)), literal_column(index.BY_HAND, Text)
    weight = -func.bm25(whole, HEADING, TEXT)
    held = select(Searched.id, Searched.kind, Searched.record_id, weight.label("weight"))
    held = held.select_from(words.join(Searched.__table__, Searched.id == words.c.rowid))
    held = held.where(whole.op("MATCH")(queries.given()), *narrowed).order_by(words.c.rowid.desc()).limit(WEIGHED)
    rows = held.subquery()
    return select(rows).order_by(rows.c.weight.desc(), rows.c.id.desc()).limit(MOST)


def _narrowed(wanted: Wanted, models: Models, audience: Audience) -> list[ColumnElement[bool]]:
    """What is wanted besides words, and what may be open to this audience, as conditions on the rows."""
    found = [~Searched.withdrawn, visible(cast(type[Record], Searched), audience)]
    if wanted.kinds:
        found.append(Searched.kind.in_([kind for kind, _ in models]))
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


def _open(session: Session, models: Mapping[str, type[Record]], rows: Any, audience: Audience) -> dict[Place, str]:
    """The places of those records which stand and which this audience may read, with their codes: asked of them."""
    ids: dict[str, list[int]] = {}
    for row in rows:
        ids.setdefault(row.kind, []).append(row.record_id)
    if not ids:
        return {}
    asked = _standing(tuple((kind, models[kind]) for kind in sorted(ids)), audience)
    return {(kind, record_id): code for kind, record_id, code in session.execute(asked, ids)}


@lru_cache(1024)
def _standing(models: Models, audience: Audience) -> CompoundSelect[*tuple[Any, ...]]:
    """The records that stand and are open to this audience, of the ids told under the name of their table."""
    parts: list[Rows] = []
    for kind, model in models:
        ids: BindParameter[int] = bindparam(kind, expanding=True, literal_execute=True)
        rows = select(literal_column(f"'{kind}'").label("kind"), model.id, getattr(model, "code", literal_column("''")))
        parts.append(rows.where(model.id.in_(ids), model.withdrawn_at.is_(None), visible(model, audience)))
    return union_all(*parts)


def _records(session: Session, models: Models, audience: Audience, best: Sequence[Any]) -> list[Record]:
    """The records of those rows, in their order; one that was closed meanwhile is left out."""
    found: dict[Place, Record] = {}
    for kind, model in models:
        if ids := [row.record_id for row in best if row.kind == kind]:
            chosen = select(model).where(model.id.in_(ids), model.withdrawn_at.is_(None), visible(model, audience))
            found |= {(kind, record.id): record for record in session.scalars(chosen)}
    return [found[place] for row in best if (place := (row.kind, row.record_id)) in found]
