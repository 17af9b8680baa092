"""One cell of a record, read by the sort of its field: what was understood, as columns of it, or why it was not.

Text in the cell of a figure, dates of old papers, hours as people write them; institutions and groups by code or name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

from handlers import dates
from handlers.dates import Deadline, NotADate
from handlers.errors import FieldRefusal
from handlers.forms import LONGEST, TOO_LONG
from handlers.kinds import figures, values
from handlers.kinds.field import Field, Sort
from handlers.kinds.figures import Lack
from handlers.kinds.kind import Kind
from handlers.kinds.values import Put
from handlers.language import Message, Plural
from handlers.registers import names, owing, sentences, vocabulary
from handlers.registers.desk import Desk, Entry
from handlers.registers.headings import plain
from handlers.registers.vocabulary import Words
from storage import groups, periods
from storage.groups import Group
from storage.registered import Registered

LINE = 200
"""Characters in a field of one line (see `handlers.forms`)."""
FIGURES = (Sort.NUMBER, Sort.YEAR, Sort.PERCENT, Sort.MONEY)
CURRENCY = "currency"
"""The WORD field of a kind that says in which currency its amounts are."""
MAKING = (Sort.INSTITUTION, Sort.INSTITUTIONS, Sort.PERSON, Sort.GROUP, Sort.RECORD)
"""Sorts that may enter what a row names; they are read once the row is known to be complete."""
MISSING = frozenset({"?", "-", "–", "—", "…", "...", "nd", "n.d.", "nc", "tbd", "inconnu", "inconnue", "unknown"})
"""What says that nothing is known."""
_HALF_DAY = re.compile(r"(1[0-2]|0?[1-9])(?:[:.h]([0-5][0-9]))? ?([ap])\.?m\.?(?:\b.*)?", re.IGNORECASE)
_FIRST_HOUR = re.compile(r"([0-9]{1,2} ?[:hH][0-9]{0,2})\s*(?:[-–—à]|to|au)\s*[0-9].*")

_LETTERS = re.compile(r"[^\W\d_]+|[€$£]")
_SIGNS = {"€": "euro", "$": "dollar", "£": "pound"}

Find = Callable[[Field, str, Mapping[str, Any]], int | None]
"""Finds the id of the record that a RECORD field names, given the columns told so far."""


class NotRead(Exception):  # noqa: N818 - it is an answer, not a fault
    """A cell that is not understood: the sentence, with its values."""

    def __init__(self, sentence: Message | Plural, **given: object) -> None:
        super().__init__(sentence)
        self.sentence, self.given = sentence, given


@dataclass(frozen=True, slots=True)
class Reading:
    """A row being read: for which record (None: a new one, or not known yet), how records it names are found, and
    field -> its values as people write them.
    """

    desk: Desk
    entry: Entry
    kind: Kind[Any]
    record: Registered | None
    find: Find
    words: Mapping[str, Words]


def put(reading: Reading, field: Field, answer: Any) -> dict[str, Any]:
    """The columns into which the form's own reading puts an answer."""
    blank = SimpleNamespace(not_applicable="")
    try:
        values.put(Put(reading.desk.session, reading.desk.ctx, cast(Registered, blank)), field, answer)
    except FieldRefusal as fault:
        raise NotRead(fault.sentence, **fault.values) from None
    columns = dict(vars(blank))
    return columns if field.sort in FIGURES else {name: columns[name] for name in columns if name != "not_applicable"}


def money(reading: Reading, field: Field, said: str, found: Mapping[str, Any]) -> dict[str, Any]:
    """An amount; a currency that its cell names is that of the record, where nothing else says another."""
    known = reading.words.get(CURRENCY, {})
    letters = [_SIGNS.get(word, word) for word in _LETTERS.findall(said)]
    times = [word for word in letters if plain(word) in figures.UNITS]
    named = [word for word in letters if word not in times and plain(word) not in ("de", "d", "of")]
    currency = vocabulary.understood(" ".join(named), known) if named else None
    if currency is None:
        return put(reading, field, figure(reading, field, said))
    told = reading.entry.text(CURRENCY)
    other = vocabulary.understood(told, known) if told else found.get(CURRENCY)
    if other not in (None, currency):
        raise NotRead(sentences.OTHER_CURRENCY, said=said, currency=other)
    amount = " ".join([_LETTERS.sub(" ", said).strip(), *times])
    return put(reading, field, amount) | {CURRENCY: currency}


def figure(reading: Reading, field: Field, said: str) -> str:
    """A figure as its form takes it; one that was a number in its cell is never taken for another."""
    cell = reading.entry.cells[field.name]
    if isinstance(cell, float):
        said = f"{cell:.4f}".replace(".", ",")
    if field.sort != Sort.PERCENT:
        return said
    try:
        found = figures.read(said)
    except figures.NotAFigure:
        return said
    return said if isinstance(found, Lack) else str(round(found))


def is_lack(said: str) -> bool:
    try:
        return isinstance(figures.read(said), Lack)
    except figures.NotAFigure:
        return False


def text(field: Field, said: str) -> str:
    text = " ".join(said.split()) if field.sort == Sort.LINE else said
    limit = LINE if field.sort == Sort.LINE else LONGEST
    if len(text) > limit:
        raise NotRead(TOO_LONG, length=len(text), limit=limit)
    return text


def word(reading: Reading, field: Field, said: str) -> dict[str, Any]:
    """The value of a word; what is none of them goes where its field says."""
    value = vocabulary.understood(said, reading.words[field.name])
    return {field.column: value} if value is not None else in_words(reading, field, said)


def in_words(reading: Reading, field: Field, said: str) -> dict[str, Any]:
    """What nobody knows, in words, where its field says. Raises NotRead where there is no room for it."""
    if not field.otherwise or reading.entry.text(field.otherwise):
        raise NotRead(sentences.LEFT_OUT, said=said)
    into = reading.kind.field(field.otherwise)
    reading.entry.remark(sentences.KEPT_IN_WORDS, said=said, field=reading.desk.speaker.say(into.label))
    return {into.column: text(into, said)}


def understood(said: str, known: Words) -> str:
    value = vocabulary.understood(said, known)
    if value is None:
        raise NotRead(sentences.LEFT_OUT, said=said)
    return value


def day(reading: Reading, field: Field, said: str) -> Any:
    found = reading.entry.moment(field.name, reading.desk.ctx.today)
    if found is None:
        reading.entry.remarks[:] = [each for each in reading.entry.remarks if each[1].get("said") != said]
        raise NotRead(sentences.NOT_A_DATE, said=said)
    if found.period.kind != periods.DAY:
        raise NotRead(sentences.NOT_A_DAY, said=said)
    return found.period.first


def span(reading: Reading, field: Field, said: str) -> dict[str, Any]:
    """A stretch of time: with its year, as old papers write it, else as a deadline is written."""
    entry, today = reading.entry, reading.desk.ctx.today
    remarks = list(entry.remarks)
    found = entry.moment(field.name, today)
    if found is not None and found.until is not None and field.until:
        entry.remarks[:] = remarks
        last = reading.kind.field(field.until).column
        return put(reading, field, Deadline(found.period.key, found.period.last)) | {last: found.until}
    if found is not None:
        return put(reading, field, Deadline(found.period.key, found.period.last))
    entry.remarks[:] = remarks
    try:
        return put(reading, field, dates.deadline(said, today))
    except (NotADate, ValueError, OverflowError):
        raise NotRead(sentences.NOT_A_DATE, said=said) from None


def hour(said: str) -> str:
    """An hour as the form takes it: "8:30AM", « 09h-11h » counts from its first."""
    if half := _HALF_DAY.fullmatch(said.strip()):
        hour = int(half[1]) % 12 + (12 if half[3].lower() == "p" else 0)
        return f"{hour:02}:{half[2] or '00'}"
    first = _FIRST_HOUR.fullmatch(said.strip())
    return first[1] if first else said


def yes(said: str) -> bool:
    value = vocabulary.yes(said)
    if value is None:
        raise NotRead(sentences.LEFT_OUT, said=said)
    return value


def group(reading: Reading, field: Field, said: str) -> Group:
    """The group or body of a name; one that a record cannot do without is entered when it is new."""
    desk, entry = reading.desk, reading.entry
    found = desk.known.group(said, desk.ctx.language, lambda group: True)
    if found is not None:
        group = found.group
        is_its_name = names.squashed(said) in map(names.squashed, (group.code, group.name_fr, group.name_en))
        if not found.exactly and not is_its_name:
            name, code = group.name(desk.speaker.language), group.code
            entry.remark(sentences.TAKEN_FOR, said=said, name=name, code=code)
        return found.group
    if not field.required:
        raise NotRead(sentences.UNKNOWN_GROUP, said=said)
    name = names.lasting(said)
    code = names.group_code(name, desk.known.group_codes)
    entry.remark(sentences.NEW_BODY, name=name, code=code)
    return desk.group(Group(code=code, name_fr=name, name_en="", kind=groups.Kind.BODY))


def institutions(reading: Reading, field: Field, said: str) -> dict[str, Any]:
    """The institutions a cell names; entered when they are new, where there is no room for words."""
    if field.otherwise and not reading.entry.text(field.otherwise):
        there = owing.known(reading.desk, said)
        if there is None or (field.sort == Sort.INSTITUTION and len(there) > 1):
            return in_words(reading, field, said)
    found = owing.institutions(reading.desk, reading.entry, field.name)
    if field.sort == Sort.INSTITUTIONS:
        return {field.column: found} if found else {}
    if len(found) > 1:
        raise NotRead(sentences.ONE_INSTITUTION, said=said)
    return {field.column: found[0].id} if found else {}
