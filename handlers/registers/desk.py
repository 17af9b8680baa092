"""What each register leans on while a file is brought in: a row with its remarks, and the desk where rows are kept.

Every row written gets its line of history, as brought in from a file and by nobody in particular.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

import storage.history
import storage.lives
from handlers import erased
from handlers.context import Context
from handlers.errors import Refusal
from handlers.language import LANGUAGES, Message, Plural, Speaker
from handlers.registers import moments, names, sentences
from handlers.registers.known import Known
from handlers.registers.moments import Moment
from handlers.registers.outcome import Line, Verdict
from handlers.registers.rows import Cell
from handlers.registers.vocabulary import Words, understood
from storage.database import Base
from storage.groups import Group
from storage.history import By
from storage.partners import Institution
from storage.people import Person

SLACK_ID = re.compile("[UW][A-Z0-9]{5,}")


class Conflict(Refusal):
    """No: the row says something else than what was changed here meanwhile."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a register: its number in the file, its fields that hold something, and what is remarked of it.

    ``emptied`` are the fields whose column is there and whose cell is empty.
    """

    number: int
    cells: Mapping[str, Cell]
    remarks: list[tuple[Message | Plural, Mapping[str, object]]] = field(default_factory=list)
    emptied: frozenset[str] = frozenset()

    def text(self, *fields: str) -> str:
        """The first of those fields that holds something, as text; a date as ``2014-04-02``."""
        return next((str(self.cells[name]) for name in fields if name in self.cells), "")

    def remark(self, sentence: Message | Plural, **values: object) -> None:
        """Have something said of this row."""
        self.remarks.append((sentence, values))

    def word(self, name: str, words: Words, unknown: Message) -> str | None:
        """The value of a word people write; remarked with ``unknown`` when it is not understood."""
        said = self.text(name)
        value = understood(said, words)
        if said and value is None:
            self.remark(unknown, said=said)
        return value

    def moment(self, name: str, today: date) -> Moment | None:
        """The date of a field; remarked when it cannot be read, and when it was not understood word by word."""
        said = self.text(name)
        found = moments.moment(self.cells.get(name, ""), today)
        if said and found is None:
            self.remark(sentences.DATE_LEFT_OUT, said=said)
        elif found is not None and not found.exactly:
            self.remark(sentences.READ_AS, said=said, moment=found.period)
        return found


@dataclass(frozen=True, slots=True)
class Desk:
    """Where rows are found and kept, in the caller's transaction; ``speaker`` tells what came of it."""

    session: Session
    ctx: Context
    by: By
    known: Known
    speaker: Speaker

    def keep(self, row: Base) -> None:
        """Keep a new row that is no record, with its history."""
        self.session.add(row)
        self.session.flush()
        storage.history.registered(self.session, row, None, self.by)

    def settle(self, row: Base, values: Mapping[str, object], since: date | None = None) -> bool:
        """Give a row those values; whether anything changed, which is then in its history.

        What a group is counts from today, or ``since`` another day; to what it belongs, if that was not known, always.
        """
        before = {name: getattr(row, name) for name in values}
        if before == dict(values):
            return False
        if isinstance(row, Group):
            self._live(row, values, since or self.ctx.today)
        for name, value in values.items():
            setattr(row, name, value)
        storage.history.registered(self.session, row, before, self.by)
        return True

    def _live(self, group: Group, values: Mapping[str, object], day: date) -> None:
        lasting = {name: values[name] for name in storage.lives.BEARING if name in values}
        if group.parent_id is None and lasting.get("parent_id") is not None:
            parent_id = lasting.pop("parent_id")
            for row in storage.lives.of_group(self.session, group).states:
                row.parent_id = parent_id  # type: ignore[assignment]
            self.session.flush()
        if lasting != {name: getattr(group, name) for name in lasting}:
            storage.lives.change(self.session, storage.lives.of_group(self.session, group), day, lasting)

    def group(self, group: Group) -> Group:
        """Keep a new group or body; it lives from the day it was created on, or for as long as is known."""
        self.keep(group)
        storage.lives.begin(self.session, group, group.created_on)
        self.known.learn_group(group)
        return group

    def institution(self, text: str, entry: Entry) -> Institution:
        """The institution of that name or code, entered when it is new."""
        found = self.known.institution(text)
        if found is not None:
            return found
        kind = understood(text, {"government": ("gouvernement", "government", "ministere", "ministry")}) or "other"
        code = names.institution_code(text, self.known.institution_codes)
        institution = Institution(code=code, name_fr=text, name_en="", kind=kind)
        self.keep(institution)
        self.known.learn_institution(institution)
        entry.remark(sentences.NEW_INSTITUTION, name=text, code=code)
        return institution

    def person(self, text: str, entry: Entry) -> Person:
        """The person of that name or Slack id, entered when new; check with `certain` first."""
        found = self.known.people_called(text)
        if found:
            return found[0]
        is_id = SLACK_ID.fullmatch(text) is not None
        person = Person(name="" if is_id else text, slack_id=text if is_id else None)
        self.keep(person)
        self.known.people.append(person)
        entry.remark(sentences.NEW_PERSON, name=text)
        return person

    def carrier(self, entry: Entry, current_id: int | None = None, name: str = "carrier") -> int | None:
        """The id of whom that field names, entered when new; who stands there is known by the name they are told under.

        Raises Refusal when several people have that name.
        """
        said = entry.text(name)
        if not said:
            return None
        current = next((person for person in self.known.people if person.id == current_id), None)
        if current is not None and said in _told_names(self.ctx, current):
            return current.id
        self.certain(said)
        return self.person(said, entry).id

    def certain(self, *texts: str) -> None:
        """Check before anything is kept. Raises Refusal when several people have one of those names."""
        for text in texts:
            if len(self.known.people_called(text)) > 1:
                raise Refusal(sentences.SEVERAL_PEOPLE, name=text)

    def line(self, entry: Entry, verdict: Verdict, what: str) -> Line:
        """What is told of a row that was read."""
        speaker = self.speaker
        said = (speaker.say(sentence, **values) for sentence, values in entry.remarks)
        return Line(entry.number, verdict, what, tuple(dict.fromkeys(said)))

    def refused(self, entry: Entry, what: str, refusal: Refusal) -> Line:
        """What is told of a row that was refused, or is in conflict: the reason first."""
        verdict = Verdict.CONFLICT if isinstance(refusal, Conflict) else Verdict.REFUSED
        line = self.line(entry, verdict, what)
        return Line(line.number, verdict, what, (refusal.said(self.speaker), *line.remarks))


def _told_names(ctx: Context, person: Person) -> set[str]:
    """How a workbook tells a person, in either language."""
    return {erased.name(Speaker(language, ctx.zone), person) for language in LANGUAGES}


def each(
    desk: Desk, entries: Iterable[Entry], what: Callable[[Entry], str], keep: Callable[[Entry], tuple[Verdict, str]]
) -> Iterator[Line]:
    """Keep row after row; one that is refused does not stop the others. ``keep`` checks before it writes."""
    for entry in entries:
        try:
            verdict, name = keep(entry)
        except Refusal as refusal:
            yield desk.refused(entry, what(entry), refusal)
        else:
            yield desk.line(entry, verdict, name)
