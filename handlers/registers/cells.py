"""What a row tells of a record of a described kind: each cell read by the sort of its field, as its columns hold it.

What is missing tells nothing, what does not apply is told apart, and zero is zero. A cell that is not understood is
remarked on and left out, unless its field is needed: then the row is refused, with the reason at its field.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from handlers.errors import Refusal
from handlers.kinds.field import Field, Sort
from handlers.kinds.forming import VISIBILITY
from handlers.kinds.kind import Kind
from handlers.language import LANGUAGES, Message, Plural, Speaker
from handlers.registers import sentences, sorts
from handlers.registers.desk import Desk
from handlers.registers.headings import plain
from handlers.registers.sorts import FIGURES, MAKING, MISSING, NotRead, Reading
from handlers.registers.vocabulary import LEVELS, Words


def fields_of(kind: Kind[Any]) -> list[Field]:
    """The fields of a kind, and who may read it, which a part takes from its whole."""
    if any(each.whole for each in kind.fields):
        return [each for each in kind.fields if each.sort != Sort.LEVEL]
    has_readers = any(each.sort == Sort.LEVEL for each in kind.fields)
    return [*kind.fields, *(() if has_readers else (VISIBILITY,))]


def is_needed(field: Field) -> bool:
    """Whether no record can do without it; of words and levels there is a usual one."""
    return field.required and field.sort not in (Sort.WORD, Sort.LEVEL, Sort.YES)


def told(reading: Reading) -> dict[str, Any]:
    """Column -> what the row tells, in the order of the fields. Raises Refusal for what is needed and cannot be had."""
    found: dict[str, Any] = {}
    lacking: dict[str, bool] = {}
    _require(reading)
    for field in sorted(fields_of(reading.kind), key=lambda field: field.sort in MAKING):
        try:
            columns = _columns(reading, field, found)
        except NotRead as fault:
            if field.required and reading.record is None:
                raise refusal(reading.desk, field, fault.sentence, fault.given) from None
            reading.entry.remark(fault.sentence, **fault.given)
            continue
        if "not_applicable" in columns:
            lacking[field.name] = bool(columns.pop("not_applicable"))
        found |= columns
    lacking |= {name: False for name in _emptied(reading) if name not in lacking}
    held = reading.record.not_applicable.split() if reading.record is not None else []
    now = [name for name in held if name not in lacking] + [name for name, lacks in lacking.items() if lacks]
    return found if sorted(now) == sorted(held) else found | {"not_applicable": " ".join(now)}


def _emptied(reading: Reading) -> list[str]:
    """The figures whose cell was emptied in a workbook that comes back: nothing is known, nor that none applies."""
    if not reading.entry.text("version"):
        return []
    return [each.name for each in reading.kind.fields if each.sort in FIGURES and each.name in reading.entry.emptied]


def refusal(desk: Desk, field: Field, sentence: Message | Plural, given: Mapping[str, object]) -> Refusal:
    """No, at a field of the row."""
    return Refusal(sentences.AT_FIELD, field=desk.speaker.say(field.label), reason=desk.speaker.say(sentence, **given))


def words(kind: Kind[Any], zone: ZoneInfo) -> dict[str, Words]:
    """WORD field -> its values as people write them: their labels in both languages, and what else is written."""
    says = [Speaker(language, zone).say for language in LANGUAGES]
    return {
        field.name: {
            value: (*(plain(say(word.label)) for say in says), *map(plain, word.written))
            for value, word in field.words.items()
        }
        for field in kind.fields
    }


def _require(reading: Reading) -> None:
    """Raises Refusal for a new record that lacks what every one has."""
    if reading.record is not None:
        return
    for field in reading.kind.fields:
        if is_needed(field) and _said(reading, field) is None:
            raise Refusal(sentences.FIELD_MISSING, field=reading.desk.speaker.say(field.label))


def _said(reading: Reading, field: Field) -> str | None:
    """What the cell of a field says; None for an empty one, and for one that says that nothing is known."""
    said = reading.entry.text(field.name)
    return said if said and said.strip().casefold() not in MISSING else None


def _columns(reading: Reading, field: Field, found: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of one field, {} when the row says nothing of it. Raises NotRead."""
    said = _said(reading, field)
    if said is None or field.sort == Sort.SPANS:
        return {}
    if field.sort == Sort.MONEY:
        return sorts.money(reading, field, said, found)
    if field.sort in FIGURES:
        return sorts.put(reading, field, sorts.figure(reading, field, said))
    if sorts.is_lack(said):
        return {}
    match field.sort:
        case Sort.TEXT | Sort.LINKS | Sort.LINE:
            return {field.column: sorts.text(field, said)}
        case Sort.WORD:
            return sorts.word(reading, field, said)
        case Sort.DAY:
            return {field.column: sorts.day(reading, field, said)}
        case Sort.SPAN:
            return sorts.span(reading, field, said)
        case Sort.HOUR:
            return sorts.put(reading, field, sorts.hour(said))
        case Sort.YES:
            return {field.column: sorts.yes(said)}
        case Sort.LEVEL:
            return {field.column: sorts.understood(said, LEVELS)}
        case Sort.GROUP:
            return {field.column: sorts.group(reading, field, said).id}
        case Sort.PERSON:
            current = getattr(reading.record, field.column) if reading.record is not None else None
            return {field.column: reading.desk.carrier(reading.entry, current, field.name)}
        case Sort.RECORD:
            number = reading.find(field, said, found)
            if number is None:
                raise NotRead(sentences.NO_SUCH_RECORD, said=said)
            return {field.column: number}
        case Sort.INSTITUTION | Sort.INSTITUTIONS:
            return sorts.institutions(reading, field, said)
    return sorts.put(reading, field, said)
