"""A page of history as blocks: the newest changes first, a section a change; the whole of one change on a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

import storage.history
from handlers import erased, rights
from handlers.actors import Actor
from handlers.changes import fields, lines, opening, wording
from handlers.changes import kinds as readable
from handlers.changes.lines import Field
from handlers.changes.wording import Wording
from handlers.context import Context
from handlers.errors import Refusal
from handlers.history import subjects
from handlers.history.kinds import KINDS
from handlers.history.subjects import Subject
from handlers.language import Speaker, message, plural
from handlers.records import NOT_FOR_YOU
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.reports.report import Entry, Paragraph, Report, Section
from handlers.rights import Right
from handlers.vocabulary import ORIGIN
from storage import periods
from storage.groups import Group
from storage.history import SETTINGS, Action, Change
from storage.mandates import Mandate
from storage.partners import Institution
from storage.people import Person
from storage.records import Record
from storage.updates import Update

LATEST = message("The latest changes of what you may read")
HISTORY_OF = message("History of {what}")
OF_PERIOD = message("{group}, {period}")
OF_SETTINGS = message("the settings")
OF_MANDATES = message("the mandates")
NOTHING = message("Nothing has been changed since the records begin.")
BY_SOMEBODY = message("*{at}* · {who} · {origin}")
BY_ITSELF = message("*{at}* · {origin}")
WHAT_WAS_DONE = message("{action}: {what}")
FROM_TO = message("{field}: {before} → {after}")
MORE_FIELDS = plural("…and one more field", "…and {count} more fields")
CLOSED_TO_YOU = message("What was written before it was opened to you is not told.")
WITHDRAWN = message("It is withdrawn since {at}.")
BEFORE = message("{field}, before")
AFTER = message("{field}, after")
SHOW_OPTION = message("Show the whole")
BACK_OPTION = message("Restore this version")
RESTORE_BUTTON = message("Restore")
OLDER_BUTTON = message("Older changes")
NEWER_BUTTON = message("Newer changes")
SETTINGS_BUTTON = message("History of the settings")
MANDATES_BUTTON = message("History of the mandates")

PAGE = 8
VALUE = 160
"""Characters of a value told in a page; the whole stands on the sheet of that change."""
FIELDS = 1_000
"""Characters of the fields of one change, so that a page stays within what Slack takes (SLACK.md 2.1)."""
AMONG_OTHERS = 300
"""The same where changes of everything stand together."""
NOTHING_THERE = "–"


@dataclass(frozen=True, slots=True)
class Found:
    """A page of changes that this reader may read, with whether some are not told, and whether there are older ones."""

    changes: Sequence[Change]
    hides: bool
    goes_on: bool


def drawn(
    session: Session, ctx: Context, actor: Actor, subject: Subject, first: int = 0
) -> tuple[str, list[blocks.Block]]:
    """The text and the blocks of a page. Raises Refusal to who may not read it."""
    record = subjects.require(session, ctx, actor, subject)
    found = _found(session, actor, subject, first)
    known = wording.load(session, actor.speaker, actor.audience, found.changes)
    records = readable.records(session, found.changes)
    say, head = actor.speaker.say, f"*{literal(_title(session, actor.speaker, subject, record))}*"
    room = AMONG_OTHERS if subject.kind == subjects.ALL else FIELDS
    told = [_section(actor, each, records.get((each.kind, each.record_id)), known, room) for each in found.changes]
    shown = [blocks.section(head), *_withdrawn(actor, record), *(block for _, block in told)]
    if not told:
        shown.append(blocks.section(say(NOTHING)))
    if found.hides:
        shown.append(blocks.context(say(CLOSED_TO_YOU)))
    turning = _turning(actor, subject, first, found)
    return "\n".join([head, *(text for text, _ in told)]), [*shown, *([blocks.actions(*turning)] if turning else [])]


def whole(session: Session, actor: Actor, change: Change) -> list[blocks.Block]:
    """Everything of one change, in as many blocks as it needs."""
    speaker = actor.speaker
    known = wording.load(session, speaker, actor.audience, [change])
    record = readable.records(session, [change]).get((change.kind, change.record_id))
    paragraphs = [
        Paragraph(text, speaker.say(label, field=field.name), said=True)
        for field in lines.told(change, known)
        for label, text in ((BEFORE, field.before), (AFTER, field.after))
        if text
    ]
    facts = [_when(change, known).replace("*", "")]
    entry = Entry(_what(change, record, known), None, facts, paragraphs)
    report = Report("", speaker.language, glance=[Section("", entries=[entry])])
    return [block for page in blocks.messages(report, speaker) for block in page.blocks]


def one(session: Session, actor: Actor, change_id: int) -> Change:
    """That change. Raises Refusal where this reader may not read it."""
    found = storage.history.page(session, readable.told_to(actor.audience) & (Change.id == change_id), 1, 0)
    shown = _open(session, actor, found)
    if not shown:
        raise Refusal(NOT_FOR_YOU)
    return shown[0]


def _found(session: Session, actor: Actor, subject: Subject, first: int) -> Found:
    condition = subjects.condition(subject) & readable.told_to(actor.audience)
    found = storage.history.page(session, condition, PAGE + 1, first)
    shown = _open(session, actor, found[:PAGE])
    return Found(shown, len(shown) < len(found[:PAGE]), len(found) > PAGE)


def _open(session: Session, actor: Actor, found: Sequence[Change]) -> list[Change]:
    """Those of them that were not made while their record was closed to this reader."""
    hidden = readable.narrower_until(session, actor.audience, {(each.kind, each.record_id) for each in found})
    return [each for each in found if each.id > hidden.get((each.kind, each.record_id), 0)]


def _title(session: Session, speaker: Speaker, subject: Subject, record: Record | None) -> str:
    if subject.kind == subjects.ALL:
        return speaker.say(LATEST)
    return speaker.say(HISTORY_OF, what=_called(session, speaker, subject, record))


def _called(session: Session, speaker: Speaker, subject: Subject, record: Record | None) -> str:
    """What the history is of, by its name."""
    if subject.kind in (SETTINGS, Mandate.__tablename__):
        return speaker.say(OF_SETTINGS if subject.kind == SETTINGS else OF_MANDATES)
    if subject.kind == Person.__tablename__:
        return erased.name(speaker, session.get_one(Person, subject.id))
    if subject.kind == Institution.__tablename__:
        return session.get_one(Institution, subject.id).name(speaker.language)
    if record is not None and hasattr(record, "code"):
        return str(record.code)
    group = session.get_one(Group, record.group_id if record is not None else subject.id)
    named = f"{group.name(speaker.language)} ({group.code})"
    period = record.period if isinstance(record, Update) else subject.period
    return speaker.say(OF_PERIOD, group=named, period=periods.parse(period)) if period else named


def _withdrawn(actor: Actor, record: Record | None) -> list[blocks.Block]:
    """That the record is withdrawn, with the way back for who may change it."""
    if record is None or not record.withdrawn:
        return []
    say, known = actor.speaker.say, KINDS.get(record.__tablename__)
    may = known is not None and rights.may(actor, known[1], record=record)
    restore = blocks.button(say(RESTORE_BUTTON), "history_restore", opening.of(record), style="primary")
    return [blocks.section(say(WITHDRAWN, at=record.withdrawn_at), restore if may else None)]


def _section(
    actor: Actor, change: Change, record: Record | None, known: Wording, room: int
) -> tuple[str, blocks.Block]:
    """One change: as plain text, and as a block with its ⋯ menu."""
    text = "\n".join([_when(change, known), literal(_what(change, record, known)), *_told(change, known, room)])
    offered = [(SHOW_OPTION, "show"), *([(BACK_OPTION, "back")] if _may_go_back(actor, change, record) else [])]
    options = [blocks.option(actor.speaker.say(label), f"{what}:{change.id}") for label, what in offered]
    return text, blocks.section(text, blocks.overflow("history_menu", options))


def _may_go_back(actor: Actor, change: Change, record: Record | None) -> bool:
    """Whether *Restore this version* is offered; whether it can be done is looked at when it is clicked."""
    if record is None or record.withdrawn or change.kind not in KINDS:
        return False
    return change.action in (Action.CREATED, Action.EDITED) and rights.may(actor, KINDS[change.kind][1], record=record)


def _when(change: Change, known: Wording) -> str:
    """When, who and through what."""
    who = known.people.get(change.person_id) if change.person_id is not None else ""
    at, origin = known.speaker.instant(change.at), known.word(ORIGIN[change.origin])
    if not who:
        return known.speaker.say(BY_ITSELF, at=at, origin=origin)
    return known.speaker.say(BY_SOMEBODY, at=at, who=literal(who), origin=origin)


def _what(change: Change, record: Record | None, known: Wording) -> str:
    """What was done to what."""
    named = readable.name(change, record, known)
    kind = known.word(fields.kind(change.kind))
    what = f"{kind} {named}".strip()
    return known.speaker.say(WHAT_WAS_DONE, action=known.word(lines.action(change)), what=what)


def _told(change: Change, known: Wording, room: int) -> list[str]:
    """The fields of one change in short, ready for mrkdwn, as many as fit into so many characters."""
    told: list[str] = []
    every = [_short(field, change, known) for field in lines.told(change, known)]
    for number, text in enumerate(every):
        if sum(map(len, told)) + len(text) > room:
            return [*told, known.speaker.say(MORE_FIELDS, count=len(every) - number)]
        told.append(text)
    return told


def _short(field: Field, change: Change, known: Wording) -> str:
    before, after = _clipped(field.before), _clipped(field.after)
    if change.action == Action.CREATED:
        return known.speaker.say(lines.FIELD_BEFORE_VALUE, field=field.name, value=after)
    return known.speaker.say(FROM_TO, field=field.name, before=before, after=after)


def _clipped(text: str) -> str:
    """A value on one line, in short, ready for mrkdwn."""
    return literal(blocks.clip(" ".join(text.split()), VALUE)) or NOTHING_THERE


def _turning(actor: Actor, subject: Subject, first: int, found: Found) -> list[blocks.Block]:
    """The buttons to newer and older changes; from the latest ones, for the Pool, to what no list leads to."""
    say, turning = actor.speaker.say, []
    if first:
        turning.append(blocks.button(say(NEWER_BUTTON), "history_newer", f"{max(first - PAGE, 0)}:{subject.value}"))
    if found.goes_on:
        turning.append(blocks.button(say(OLDER_BUTTON), "history_older", f"{first + PAGE}:{subject.value}"))
    if subject.kind == subjects.ALL and rights.may(actor, Right.SETTINGS):
        turning.append(blocks.button(say(SETTINGS_BUTTON), "history_settings", SETTINGS))
        turning.append(blocks.button(say(MANDATES_BUTTON), "history_mandates", Mandate.__tablename__))
    return turning
