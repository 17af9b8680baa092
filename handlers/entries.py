"""How one update and one decision are told: as neutral entries, alike in digest, lists, cards and documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy.orm import Session

import storage.decisions
import storage.groups
import storage.partners
import storage.people
import storage.sources
from handlers import dates, erased, remembered, vocabulary
from handlers.context import Context
from handlers.dates import Deadline
from handlers.language import Message, Speaker, message
from handlers.reports.report import Entry, Mark, Paragraph, Tone
from storage import periods
from storage.decisions import STANDING, Decision, Status
from storage.groups import Group
from storage.partners import Institution
from storage.people import Person
from storage.records import Record
from storage.sources import Source
from storage.updates import Update
from storage.visibility import Audience, sees

PROGRESS = message("Progress")
DIFFICULTIES = message("Difficulties")
NEXT_STEPS = message("Next steps")
SUPPORT = message("Support asked of the chef de file or the troïka")
NOT_SAID = message("status not said yet")
LATE = message("late")
EDITED = message("edited on {day}")
CHANGED_AFTER_CLOSING = message("modified after closing on {day}")
GIVEN_BY = message("{name} ({institution})")
TAKEN = message("{kind} of {body}, {day}")
ADDRESSED_TO = message("addressed to: {addressee}")
RESPONSIBLE = message("responsible: {institutions}")
CARRIED_BY = message("carried by {name}")
DUE = message("deadline: {deadline}")
SETTLED_ON = message("settled on {day}")
OVERDUE = message("{status}, overdue")
REPLACED_BY = message("replaced by {code}")
NAMED = message("{name} ({code})")
SAID_BY = message("said by {name}")
RECORDED_BY = message("recorded by {name}")
ORIGINAL = message("The message")
NOT_KNOWN_WHERE = message("of {at}")
MESSAGE_DELETED = message("{message}, deleted in Slack on {day}")

UPDATE_STATUSES: Mapping[str, Message] = {status: label[0] for status, label in vocabulary.UPDATE_STATUS.items()}
DECISION_STATUSES: Mapping[str, Message] = {status: label[0] for status, label in vocabulary.DECISION_STATUS.items()}
DECISION_KINDS: Mapping[str, Message] = vocabulary.DECISION_KIND
ADDRESSEES: Mapping[str, Message] = vocabulary.ADDRESSEE
LEVELS: Mapping[str, Message] = vocabulary.LEVEL
RHYTHMS: Mapping[str, Message] = vocabulary.RHYTHM
GROUP_STATES: Mapping[str, Message] = {state: label[0] for state, label in vocabulary.GROUP_STATE.items()}


_PEOPLE = ("said_by_id", "carrier_id", "asked_by_id", "proposed_by_id")
"""The columns of records that point at people."""


@dataclass(frozen=True, slots=True)
class Names:
    """What records point at, by id."""

    groups: Mapping[int, Group]
    institutions: Mapping[int, Institution]
    people: Mapping[int, Person]
    sources: Mapping[int, Source] = field(default_factory=dict)

    def group(self, group_id: int, speaker: Speaker) -> str:
        """A group or body as it is told: ``Éducation et formation professionnelle (EDU)``."""
        group = self.groups[group_id]
        return speaker.say(NAMED, name=group.name(speaker.language), code=group.code)


def names(session: Session, records: Iterable[Record]) -> Names:
    """What these records point at."""
    every = list(records)
    people = {id for record in every for name in _PEOPLE if (id := getattr(record, name, None))}
    sources = storage.sources.by_ids(session, {record.source_id for record in every if record.source_id})
    people |= {source.author_id for source in sources if source.author_id}
    institutions = {id for record in every if (id := getattr(record, "institution_id", None))}
    return Names(
        {group.id: group for group in storage.groups.by_ids(session, {record.group_id for record in every})},
        {each.id: each for each in storage.partners.by_ids(session, sorted(institutions))} if institutions else {},
        {person.id: person for person in storage.people.by_ids(session, people)} if people else {},
        {source.id: source for source in sources},
    )


def known_names(session: Session, ctx: Context, record: Record) -> Names:
    """The same for one record, from what is remembered of the registers."""
    source = session.get(Source, record.source_id) if record.source_id is not None else None
    people = (record.said_by_id, getattr(record, "carrier_id", None), source.author_id if source else None)
    return Names(
        remembered.rows(session, ctx, Group, [record.group_id]),
        remembered.rows(session, ctx, Institution, filter(None, [getattr(record, "institution_id", None)])),
        remembered.rows(session, ctx, Person, filter(None, people)),
        {source.id: source} if source is not None else {},
    )


def successors(session: Session, decisions: Sequence[Decision], audience: Audience | None) -> dict[int, str]:
    """Decision id -> code of what took its place, where this audience may know of that (DESIGN.md rule 7)."""
    replaced = [decision.id for decision in decisions if decision.status == Status.REPLACED]
    codes = storage.decisions.replaced_by(session, replaced)
    successor = {code: storage.decisions.by_code(session, code) for code in codes.values()}
    return {old: code for old, code in codes.items() if (new := successor[code]) is not None and sees(new, audience)}


def update_status(speaker: Speaker, status: str | None) -> Mark:
    """Where a group's work stands, in words with its tone."""
    if status is None:
        return Mark(speaker.say(NOT_SAID))
    label, tone = vocabulary.UPDATE_STATUS[status]
    return Mark(speaker.say(label), tone)


def decision_status(speaker: Speaker, decision: Decision, today: date, replaced_by: str | None) -> Mark:
    """Where a decision stands on that civil day.

    ``replaced_by`` is the code of what took its place, if the reader may know of it (see `successors`).
    """
    if replaced_by is not None and decision.status == Status.REPLACED:
        return Mark(speaker.say(REPLACED_BY, code=replaced_by), Tone.QUIET)
    label, tone = vocabulary.DECISION_STATUS[decision.status]
    if decision.status in STANDING and decision.due_on is not None and decision.due_on < today:
        return Mark(speaker.say(OVERDUE, status=speaker.say(label)), Tone.BAD)
    return Mark(speaker.say(label), tone)


def update_entry(update: Update, names: Names, speaker: Speaker) -> Entry:
    """What a group said of one period."""
    facts = [speaker.period(periods.parse(update.period)), *_giver(update, names, speaker)]
    if update.late:
        facts.append(speaker.say(LATE))
    if update.changed_after_closing is not None:
        day = update.changed_after_closing.astimezone(speaker.zone).date()
        facts.append(speaker.say(CHANGED_AFTER_CLOSING, day=speaker.day(day)))
    elif update.edited_at is not None:
        facts.append(speaker.say(EDITED, day=speaker.day(update.edited_at.astimezone(speaker.zone).date())))
    texts = (
        (PROGRESS, update.progress),
        (DIFFICULTIES, update.difficulties),
        (NEXT_STEPS, update.next_steps),
        (SUPPORT, update.support),
    )
    said = [Paragraph(text, speaker.say(label), said=True) for label, text in texts if text]
    mark = update_status(speaker, update.status)
    return Entry(names.group(update.group_id, speaker), mark, facts, said, f"updates:{update.id}")


def decision_entry(
    decision: Decision, names: Names, speaker: Speaker, today: date, replaced_by: str | None = None
) -> Entry:
    """One conclusion of a meeting, with who owes it and by when."""
    kind = speaker.say(vocabulary.DECISION_KIND[decision.kind])
    day = speaker.period(periods.parse(decision.decided))
    body = names.groups[decision.group_id].name(speaker.language)
    facts = [speaker.say(TAKEN, kind=kind, body=body, day=day)]
    if decision.addressee is not None:
        facts.append(speaker.say(ADDRESSED_TO, addressee=speaker.say(ADDRESSEES[decision.addressee])))
    if decision.institutions:
        owing = speaker.listing(institution.name(speaker.language) for institution in decision.institutions)
        facts.append(speaker.say(RESPONSIBLE, institutions=owing))
    carrier = names.people.get(decision.carrier_id or 0)
    if carrier is not None and (name := erased.name(speaker, carrier)):
        facts.append(speaker.say(CARRIED_BY, name=name))
    if decision.deadline is not None:
        deadline = dates.in_words(Deadline(decision.deadline, decision.due_on), speaker)
        facts.append(speaker.say(DUE, deadline=deadline))
    if decision.done_on is not None:
        facts.append(speaker.say(SETTLED_ON, day=speaker.day(decision.done_on)))
    facts += _said_by(decision, names, speaker)
    mark = decision_status(speaker, decision, today, replaced_by)
    said = [Paragraph(decision.text, said=True)]
    return Entry(decision.code, mark, facts, said, f"decisions:{decision.id}")


def with_message(entry: Entry, record: Record, names: Names, speaker: Speaker) -> Entry:
    """The same with the way to the message whose words it keeps, where there is one."""
    source = names.sources.get(record.source_id or 0)
    if source is None:
        return entry
    told = source.link or speaker.say(NOT_KNOWN_WHERE, at=source.written_at)
    if source.deleted_at is not None:
        day = source.deleted_at.astimezone(speaker.zone).date()
        told = speaker.say(MESSAGE_DELETED, message=told, day=speaker.day(day))
    return replace(entry, paragraphs=[*entry.paragraphs, Paragraph(told, speaker.say(ORIGINAL))])


def _giver(update: Update, names: Names, speaker: Speaker) -> list[str]:
    """Who gave it, and for which institution; the words of somebody else stay theirs."""
    institution = names.institutions.get(update.institution_id or 0)
    where = institution.name(speaker.language) if institution else ""
    if said := _said_by(update, names, speaker, where):
        return said
    name = _name(update.said_by_id, names, speaker)
    if not name:
        return [where] if where else []
    return [speaker.say(GIVEN_BY, name=name, institution=where) if where else name]


def _said_by(record: Record, names: Names, speaker: Speaker, institution: str = "") -> list[str]:
    """Whose words a record keeps and who recorded them, where that is somebody else."""
    source = names.sources.get(record.source_id or 0)
    if source is None or source.author_id == record.said_by_id:
        return []
    name = _name(source.author_id, names, speaker) or source.author
    if not name:
        return []
    said = speaker.say(GIVEN_BY, name=name, institution=institution) if institution else name
    recorder = _name(record.said_by_id, names, speaker)
    recorded = [speaker.say(RECORDED_BY, name=recorder)] if recorder else []
    return [speaker.say(SAID_BY, name=said), *recorded]


def _name(person_id: int | None, names: Names, speaker: Speaker) -> str:
    """How somebody is called; "" where nobody knows."""
    person = names.people.get(person_id or 0)
    return erased.name(speaker, person) if person is not None else ""
