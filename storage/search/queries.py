"""What is looked for, as each database reads it, and the condition that a row of the index holds it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, Boolean, ColumnElement, String, bindparam, select, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

from storage.records import Record
from storage.search import index, terms
from storage.search.index import Searched
from storage.search.terms import Sought


class Query(TypeDecorator[Sought]):
    """What is looked for, as each database reads it."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Sought | None, dialect: Any) -> str | None:
        """As FTS5 or as PostgreSQL writes it."""
        if value is None:
            return None
        return for_postgresql(value) if dialect.name == "postgresql" else for_fts5(value)

    def process_literal_param(self, value: Sought | None, dialect: Any) -> str:
        """The same within the statement: its terms are letters and figures, and the string is quoted as any other."""
        return self.process_bind_param(value, dialect) or ""


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
    return Holds(bindparam(None, sought, Query, unique=True, literal_execute=True))


def given() -> BindParameter[Sought]:
    """What is looked for, told when the statement is run.

    It is written into the statement: PostgreSQL plans one that it has prepared for any words alike, the commonest too.
    """
    return bindparam("sought", type_=Query, literal_execute=True)


def for_fts5(sought: Sought) -> str:
    """``"revue" * AND "gec 2027 14"`` (sqlite.org/fts5.html, section 3)."""
    return (" AND " if sought.every else " OR ").join(
        f'"{" ".join(phrase)}"{" *" * sought.begins(phrase)}' for phrase in sought.phrases
    )


def for_postgresql(sought: Sought) -> str:
    """``('revue':*) & ('gec' <-> '2027' <-> '14')`` (postgresql.org/docs, "Text Search Types")."""
    told = [
        "(" + " <-> ".join(f"'{term}'" for term in phrase) + ":*" * sought.begins(phrase) + ")"
        for phrase in sought.phrases
    ]
    return (" & " if sought.every else " | ").join(told)
