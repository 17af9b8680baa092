"""Search: one function over SQLite's FTS5 and PostgreSQL's full text, for every kind of record.

`terms` says what of a word is compared, `source` what of a record can be found, `index` how it is kept, `following` how
the index keeps up with the history, `queries` what is looked for as each database reads it, `asking` who finds what.
"""

from __future__ import annotations

from storage.search.asking import MOST, Found, Wanted, find
from storage.search.following import AT_ONCE, behind, catch_up, catch_up_with, forget, sweep
from storage.search.index import Progress, Searched
from storage.search.queries import holding, matching
from storage.search.source import Source
from storage.search.terms import Sought, sought, words

__all__ = [
    "AT_ONCE",
    "MOST",
    "Found",
    "Progress",
    "Searched",
    "Sought",
    "Source",
    "Wanted",
    "behind",
    "catch_up",
    "catch_up_with",
    "find",
    "forget",
    "holding",
    "matching",
    "sought",
    "sweep",
    "words",
]
