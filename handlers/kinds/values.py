"""What each sort of field means: what its form asks, what an answer puts into a record, how it reads in words.

A fault in an answer is a FieldRefusal at its question. Nothing is guessed in silence: a date or a figure that is not
understood is refused, and the card shows what was understood.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

import storage.partners
import storage.people
from handlers import dates, vocabulary
from handlers.context import Context
from handlers.dates import Deadline
from handlers.errors import FieldRefusal
from handlers.forms import Question
from handlers.forms import Sort as Asked
from handlers.kinds import figures
from handlers.kinds.field import Field, Sort
from handlers.kinds.figures import Lack
from handlers.kinds.naming import Names
from handlers.language import Message, Speaker, message
from handlers.reports.report import Mark
from storage import periods
from storage.groups import Group
from storage.registered import Registered
from storage.visibility import Level

NOT_APPLICABLE = message("not applicable")
NOT_KNOWN = message("not known")
NOT_A_FIGURE = message(
    "“{said}” is not understood as a figure: write “12 000 000”, “n/a” where none applies, or nothing."
)
NOT_A_NUMBER = message("“{said}” is not understood as a number: write it in figures, such as “12”.")
NOT_A_WHOLE = message("“{said}” is not a whole number.")
NOT_A_YEAR = message("“{said}” is not a year: write it with four figures, such as 2027.")
NOT_A_PERCENTAGE = message("A percentage lies between 0 and 100.")
TOO_LARGE = message("This figure is too large.")
NEGATIVE_FIGURE = message("This figure cannot be negative.")
NOT_AN_HOUR = message("“{said}” is not an hour: write “14:30” or “14h30”.")
GONE_CHOICE = message("That choice does not exist any more.")
YES_NO = {"yes": vocabulary.YES, "no": vocabulary.NO}

LARGEST = Decimal("1e15")
_YEARS = range(1900, 2101)
_FIGURES = (Sort.NUMBER, Sort.YEAR, Sort.PERCENT, Sort.MONEY)
_ASKED = {
    Sort.TEXT: Asked.TEXT,
    Sort.LINKS: Asked.TEXT,
    Sort.WORD: Asked.CHOICE,
    Sort.DAY: Asked.DAY,
    Sort.YES: Asked.CHOICE,
    Sort.INSTITUTION: Asked.CHOICE,
    Sort.INSTITUTIONS: Asked.CHOICES,
    Sort.PERSON: Asked.PERSON,
    Sort.GROUP: Asked.CHOICE,
    Sort.RECORD: Asked.CHOICE,
    Sort.LEVEL: Asked.CHOICE,
}
"""Sort -> how its question is answered; a line of text where it is not here."""
_HOUR = re.compile(r"([01]?[0-9]|2[0-3]) ?[:hH] ?([0-5][0-9])?")


@dataclass(frozen=True, slots=True)
class Put:
    """Into what answers are put: the record, and what reading them needs."""

    session: Session
    ctx: Context
    record: Registered


def question(field: Field) -> Question:
    """The question of a field."""
    choices: dict[str, Message] = {value: word.label for value, word in field.words.items()}
    if field.sort == Sort.YES:
        choices = dict(YES_NO)
    elif field.sort == Sort.LEVEL:
        choices = dict(vocabulary.LEVEL)
    return Question(field.name, field.label, _ASKED.get(field.sort, Asked.LINE), field.hint, field.required, choices)


def put(to: Put, field: Field, answer: Any) -> None:
    """Put an answer into the record: what a form gives, or what history held. Raises FieldRefusal."""
    value = _understood(to, field, answer)
    if field.sort in _FIGURES:
        others = [name for name in to.record.not_applicable.split() if name != field.name]
        to.record.not_applicable = " ".join([*others, *([field.name] if value is Lack.NOT_APPLICABLE else [])])
        value = None if isinstance(value, Lack) else value
    if field.sort == Sort.SPAN:
        setattr(to.record, f"{field.name}_on", value.due)
        value = value.key
    setattr(to.record, field.column, value)


def _understood(to: Put, field: Field, answer: Any) -> Any:
    match field.sort:
        case Sort.SPAN:
            return _span(field, answer, to.ctx.today)
        case Sort.DAY:
            return date.fromisoformat(answer) if answer else None
        case Sort.HOUR:
            return _hour(field, answer or "")
        case Sort.NUMBER | Sort.YEAR | Sort.PERCENT | Sort.MONEY:
            return figure(field, str(answer if answer is not None else ""))
        case Sort.YES:
            return answer in ("yes", True)
        case Sort.INSTITUTION | Sort.RECORD | Sort.GROUP:
            return _pointed(to.session, field, answer)
        case Sort.INSTITUTIONS:
            return list(storage.partners.by_ids(to.session, [int(each) for each in answer or ()]))
        case Sort.PERSON:
            return storage.people.meet(to.session, to.ctx.team_id, answer).id if answer else None
        case Sort.LEVEL:
            return Level(answer)
        case Sort.WORD:
            return answer or None
    return answer or ""


def figure(field: Field, text: str) -> Decimal | int | Lack:
    """The figure of a field. Raises FieldRefusal for what is none, or none of its sort."""
    try:
        found = figures.read(text, field.decimals)
    except figures.NotAFigure:
        no = NOT_A_FIGURE if field.sort == Sort.MONEY else NOT_A_YEAR if field.sort == Sort.YEAR else NOT_A_NUMBER
        raise FieldRefusal({field.name: (no, {"said": text})}) from None
    if isinstance(found, Lack):
        return found
    if found < 0:
        raise FieldRefusal({field.name: (NEGATIVE_FIGURE, {})})
    if field.sort == Sort.YEAR and found not in _YEARS:
        raise FieldRefusal({field.name: (NOT_A_YEAR, {"said": text})})
    if found >= LARGEST or (field.sort == Sort.NUMBER and found >= 2**31):
        raise FieldRefusal({field.name: (TOO_LARGE, {})})
    if field.sort == Sort.PERCENT and found > 100:
        raise FieldRefusal({field.name: (NOT_A_PERCENTAGE, {})})
    if field.sort == Sort.MONEY:
        return round(found, field.decimals)
    if found != found.to_integral_value():
        raise FieldRefusal({field.name: (NOT_A_WHOLE, {"said": text})})
    return int(found)


def _span(field: Field, given: Any, today: date) -> Deadline:
    if isinstance(given, Deadline):
        return given
    if not (given or "").strip():
        return Deadline(None, None)
    try:
        return dates.deadline(given, today)
    except dates.NotADate as no:
        raise FieldRefusal({field.name: (no.sentence, no.values)}) from None


def _hour(field: Field, text: str) -> str:
    if not text.strip():
        return ""
    found = _HOUR.fullmatch(text.strip())
    if found is None:
        raise FieldRefusal({field.name: (NOT_AN_HOUR, {"said": text})})
    return f"{int(found[1]):02}:{found[2] or '00'}"


def _pointed(session: Session, field: Field, answer: Any) -> int | None:
    """The id of an institution, a group, a record; one that is not there any more is refused."""
    if not answer:
        return None
    model = {Sort.INSTITUTION: storage.partners.Institution, Sort.GROUP: Group}.get(field.sort, field.of)
    assert model is not None
    if session.get(model, int(answer)) is None:
        raise FieldRefusal({field.name: (GONE_CHOICE, {})})
    return int(answer)


def form_value(session: Session, field: Field, record: Registered, speaker: Speaker) -> Any:
    """What the question of a field opens with for a record."""
    value = getattr(record, field.column)
    match field.sort:
        case Sort.SPAN:
            return dates.as_written(value, speaker)
        case Sort.NUMBER | Sort.YEAR | Sort.PERCENT | Sort.MONEY:
            return _written(field, record, speaker)
        case Sort.YES:
            return "yes" if value else "no"
        case Sort.INSTITUTION | Sort.RECORD | Sort.GROUP:
            return str(value) if value is not None else None
        case Sort.INSTITUTIONS:
            return [str(each.id) for each in value]
        case Sort.PERSON:
            found = storage.people.by_ids(session, [value]) if value is not None else []
            return found[0].slack_id if found else None
    return value


def _written(field: Field, record: Registered, speaker: Speaker) -> str:
    """A figure as it is typed again."""
    value = getattr(record, field.column)
    if value is None:
        return speaker.say(NOT_APPLICABLE) if field.name in record.not_applicable.split() else ""
    return str(value) if field.sort == Sort.YEAR else speaker.number(value)


def answered(field: Field, facts: Mapping[str, Any]) -> Any:
    """What history kept of a field, as an answer; `put` takes it. Raises KeyError where history does not tell it."""
    held = facts[field.column]
    match field.sort:
        case Sort.SPAN:
            due = None if held in (None, periods.CONTINUOUS) else periods.parse(str(held)).last
            return Deadline(held, due)
        case Sort.NUMBER | Sort.YEAR | Sort.PERCENT | Sort.MONEY:
            lacks = field.name in str(facts.get("not_applicable", "")).split()
            return NOT_APPLICABLE.text if held is None and lacks else held
    return held


def told(field: Field, record: Any, names: Names, speaker: Speaker) -> str:
    """A field of a record in words, "" where nothing is known; ``record`` may be what a query read of one."""
    value = getattr(record, field.column)
    if field.sort in _FIGURES and value is None and field.name in record.not_applicable.split():
        return speaker.say(NOT_APPLICABLE)
    if value is None and field.always:
        return speaker.say(NOT_KNOWN)
    if field.sort == Sort.INSTITUTIONS:
        return speaker.listing(each.name(speaker.language) for each in value)
    return in_words(field, value, names, speaker)


def brief(field: Field, record: Any, names: Names, speaker: Speaker) -> str:
    """The same in one line of many, where a group is told by its code."""
    return names.group(record.group_id) if field.sort == Sort.GROUP else told(field, record, names, speaker)


def in_words(field: Field, value: Any, names: Names, speaker: Speaker) -> str:
    """A value of a field in words, "" for nothing."""
    if value in (None, "", []):
        return ""
    match field.sort:
        case Sort.WORD:
            return speaker.say(field.words[value].label) if value in field.words else str(value)
        case Sort.DAY:
            return speaker.day(value if isinstance(value, date) else date.fromisoformat(value))
        case Sort.SPAN:
            return speaker.deadline(value)
        case Sort.SPANS:
            return ", ".join(speaker.deadline(key) for key in value.split())
        case Sort.NUMBER | Sort.PERCENT | Sort.MONEY:
            figure = speaker.number(Decimal(str(value)))
            return f"{figure} %" if field.sort == Sort.PERCENT else figure
        case Sort.YES:
            return speaker.say(YES_NO["yes" if value else "no"])
        case Sort.INSTITUTION:
            return names.institution(value, speaker.language)
        case Sort.PERSON:
            return names.people.get(value) or ""
        case Sort.GROUP:
            return names.group_name(value, speaker.language)
        case Sort.RECORD:
            assert field.of is not None
            return names.codes.get((str(field.of.__tablename__), value), "")
        case Sort.LEVEL:
            return speaker.say(vocabulary.LEVEL[value])
        case Sort.INSTITUTIONS:
            return ", ".join(map(str, value))
    return str(value)


def mark(field: Field, record: Any, speaker: Speaker) -> Mark | None:
    """A WORD field as a state with its tone; None where nothing is said."""
    word = field.words.get(getattr(record, field.column) or "")
    return Mark(speaker.say(word.label), word.tone) if word is not None else None
