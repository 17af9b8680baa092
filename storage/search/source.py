"""What of a kind of record can be found: its words, and what a search is narrowed by."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any

from storage.records import Record

EDITION = 1
"""Rises when words are compared otherwise (storage.search.terms): then all are read again."""


def _none(record: Any) -> Collection[Any]:
    """Nothing."""
    return ()


def _said(record: Any) -> tuple[date, date]:
    """The civil day on which it was said."""
    return (record.said_at.date(), record.said_at.date())


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of record that can be found.

    ``texts`` are the columns whose words are looked for; its code and what it is called (``title``) always are.
    ``status`` is the column of where it stands, ``standing`` the values that are still open. ``span`` tells the first
    and last civil day it is about, ``institutions`` the ids of those it names, ``further`` words that it does not say
    itself, such as what its kind is called in each language.
    """

    model: type[Record]
    texts: tuple[str, ...]
    status: str = ""
    standing: tuple[str, ...] = ()
    span: Callable[[Any], tuple[date, date]] = _said
    institutions: Callable[[Any], Collection[int]] = _none
    further: Callable[[Any], Collection[str]] = _none

    @property
    def kind(self) -> str:
        """The table of its records."""
        return str(self.model.__tablename__)

    @property
    def print(self) -> str:
        """Tells one description from another: what was read by another one is read again."""
        told = repr((EDITION, self.texts, self.status, self.standing))
        return blake2b(told.encode(), digest_size=4).hexdigest()

    def heading(self, record: Any) -> str:
        """Its code and what it is called."""
        return " ".join(filter(None, (getattr(record, "code", ""), getattr(record, "title", ""))))

    def said(self, record: Any) -> list[str]:
        """Its texts that are not empty."""
        return [text for name in self.texts if (text := getattr(record, name))]
