"""A field of a described kind of record: one question of its form, one column of its sheet, one word of its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from handlers.language import Message
from handlers.reports.report import Tone
from storage.registered import Registered


class Sort(StrEnum):
    """What a field holds, and so how it is asked, shown, written to a cell, read from one.

    In the model: TEXT, LINE, LINKS and WORD are ``str`` ("" or None for nothing); DAY a civil date; HOUR a text
    ``14:30`` ("" for none); SPAN a key of storage.periods (or CONTINUOUS, None) in the column of its name and its last
    civil day in ``<name>_on``; SPANS keys with spaces between, derived: neither asked nor read; NUMBER, YEAR (1900 to
    2100, said without separators) and PERCENT (0 to 100) integers; MONEY a Decimal; YES a bool; INSTITUTION, PERSON and
    RECORD an id in ``<name>_id``; GROUP is always ``group_id``; INSTITUTIONS a relationship over
    `storage.registered.between`.
    """

    TEXT = "text"
    LINE = "line"
    LINKS = "links"
    WORD = "word"
    DAY = "day"
    HOUR = "hour"
    SPAN = "span"
    SPANS = "spans"
    NUMBER = "number"
    YEAR = "year"
    PERCENT = "percent"
    MONEY = "money"
    YES = "yes"
    INSTITUTION = "institution"
    INSTITUTIONS = "institutions"
    PERSON = "person"
    GROUP = "group"
    RECORD = "record"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Word:
    """One value of a WORD field: its label, its tone, and how people write it in files (folded, both languages)."""

    label: Message
    tone: Tone = Tone.PLAIN
    written: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind of record.

    ``name`` is lasting: block id, column of the sheet, of history and of files. ``headings`` are other names of the
    column in files (folded, both languages); the label in both languages is one always. ``of`` is the model a RECORD
    points at, ``whole`` that it is a part of that one, whose group and readers it shares. ``brief``: told in the one
    line of a list, ``always`` even where nothing is known. ``told``: told of one shown whole, unless its title
    says it. ``asked``: part of the form. ``width`` in characters. ``decimals`` are those of a MONEY, of a rate more
    than two; then a lone point or comma is that of the decimals.
    """

    name: str
    label: Message
    sort: Sort = Sort.TEXT
    required: bool = False
    hint: Message | None = None
    words: Mapping[str, Word] = field(default_factory=dict)
    headings: Sequence[str] = ()
    of: type[Registered] | None = None
    whole: bool = False
    brief: bool = False
    always: bool = False
    told: bool = True
    asked: bool = True
    width: int = 20
    otherwise: str = ""
    """Of a WORD or institutions: the field of text that keeps what a file says there and nobody knows."""
    until: str = ""
    """Of a SPAN: the DAY field of its last day, where a file tells several days (« 2014-12-04/05 »)."""
    decimals: int = 2

    @property
    def column(self) -> str:
        """The model's attribute that holds it."""
        return _COLUMNS[self.sort].format(name=self.name)


_COLUMNS = dict.fromkeys(Sort, "{name}") | {
    Sort.INSTITUTION: "{name}_id",
    Sort.PERSON: "{name}_id",
    Sort.RECORD: "{name}_id",
    Sort.GROUP: "group_id",
    Sort.LEVEL: "visibility",
}
