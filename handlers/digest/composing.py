"""The digest as a neutral report: the whole at a glance, then each group's words, whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy.orm import Session

import storage.groups
import storage.mandates
from handlers import entries, meeting_names, rights
from handlers.context import Context
from handlers.digest import gathering
from handlers.digest.gathering import LISTED, Gathered
from handlers.entries import Names
from handlers.kinds import news
from handlers.language import Message, Speaker, message
from handlers.readers import Reader
from handlers.reports import blocks
from handlers.reports.report import Cell, Column, Entry, Mark, Paragraph, Report, Section, Table, Tone
from storage import periods
from storage.decisions import Decision
from storage.groups import Group
from storage.periods import Period

TITLE = message("Digest of {week}")
RECEIVED = message("Updates received: {received} of {due}.")
NONE_DUE = message("No update is due this week.")
EXCUSED = message("Excused: {groups}.")
EMPTY = message("Nothing to report this week: no update, no decision, no deadline in the next 14 days.")
LATE = message(
    "This digest was due on {due}; the bot was not running then. It goes out late and tells all that was said since."
)
INTRODUCTION = message("A word from the Pool Technique")
STATUSES = message("Where the groups stand")
GROUP = message("Group")
STATUS = message("Status")
PERIOD = message("Period")
THIS_WEEK = message("this week")
SUPPORT = message("Support")
ASKED = message("asked")
FOR_OTHERS = message("received, for other readers")
AWAITED = message("Awaited")
NOBODY = message("Without a coordinator: {groups}")
AWAITED_OF = message("{group}: {people}")
CAME_LATE = message("Came in late")
IN_THREAD = message("{group}, {period}: in the thread of its own digest")
DECISIONS = message("Decisions of the week")
UPCOMING = message("Deadlines of the next 14 days")
OVERDUE = message("Overdue")
MEETINGS = message("Meetings of the next 14 days")
MEETING = message("{meeting}: {when}")
MEETING_AT = message("{meeting}: {when}, {place}")
MORE = message("And more: `/ptf decisions` has them all.")
WINDOW = message("Said between {start} and {end}.")
FOR_TROIKA = message("For the troïka and the Pool Technique: everything is told.")
FOR_GROUP = message("For all PTF, with what is for your own groups.")
FOR_ALL = message("For all PTF.")
FOR_GOVERNMENT = message("Open to the Government.")

SHORT = 240
"""Characters of a decision's text where only its deadline is told; the whole stands in the register."""


def compose(
    session: Session,
    ctx: Context,
    week: Period,
    reader: Reader,
    *,
    until: datetime | None = None,
    late: datetime | None = None,
) -> Report:
    """The digest of a week for one reader.

    ``until``: the UTC instant up to which it tells (None: its own digest, or that week's deadline, or now).
    ``late``: when it was due, if it goes out late.
    """
    end = until or min(ctx.now(), gathering.clock(session).deadline(week))
    found = gathering.gather(session, ctx, week, reader.audience, end)
    speaker, names = reader.speaker, _names(session, found)
    title = speaker.say(TITLE, week=week)
    footer = [speaker.say(WINDOW, start=found.window.start, end=found.window.end), *_for_whom(reader)]
    lead = [speaker.say(LATE, due=late)] if late else []
    if _is_partner(reader):
        lead.insert(0, count(speaker, found))
    if found.is_empty and not (found.hidden and _is_partner(reader)):
        lead = [speaker.say(EMPTY), *lead]
    glance = [
        *_introduction(reader, found),
        *_statuses(speaker, week, found, names, found.hidden if _is_partner(reader) else ()),
        *(_awaited(session, ctx, speaker, found) if _is_partner(reader) else ()),
        *_late(speaker, found, names),
        *_decisions(session, reader, names, found),
        *_meetings(session, speaker, found),
        *news.section(session, found.news, reader),
    ]
    return Report(title, speaker.language, " ".join(lead), glance, _words(speaker, found, names), footer)


def _introduction(reader: Reader, found: Gathered) -> Iterable[Section]:
    """What the Pool says before everything else, as it wrote it."""
    said = found.draft.introduction(reader.speaker.language) if found.draft and reader.audience is not None else ""
    if said:
        yield Section(reader.speaker.say(INTRODUCTION), [Paragraph(said, said=True)])


def _is_partner(reader: Reader) -> bool:
    """Whether the reader is of the PTF: who else reads hears no count, and of nobody who is awaited."""
    return reader.audience is not None and (reader.audience.partner or reader.audience.troika)


def _for_whom(reader: Reader) -> list[str]:
    """For whom this digest is, so that who passes it on knows; nothing for a reader who sees nothing."""
    audience = reader.audience
    if audience is None:
        return []
    if audience.troika:
        return [reader.speaker.say(FOR_TROIKA)]
    if not audience.partner:
        return [reader.speaker.say(FOR_GOVERNMENT)]
    return [reader.speaker.say(FOR_GROUP if audience.groups else FOR_ALL)]


def _names(session: Session, found: Gathered) -> Names:
    return entries.names(session, [*found.told, *found.threaded, *found.decisions, *found.upcoming, *found.overdue])


def count(speaker: Speaker, found: Gathered) -> str:
    """How many updates of those due came in, and who is excused."""
    received = speaker.say(RECEIVED, received=len(found.due) - len(found.awaited), due=len(found.due))
    told = [received if found.due else speaker.say(NONE_DUE)]
    if found.excused:
        groups = speaker.listing(_name(speaker, group) for group in found.excused)
        told.append(speaker.say(EXCUSED, groups=groups))
    return " ".join(told)


def _statuses(
    speaker: Speaker, week: Period, found: Gathered, names: Names, hidden: Sequence[Group]
) -> Iterable[Section]:
    """A line a group that has said something: its last status, of which period, and whether it asks for support."""
    last = {update.group_id: update for update in found.told}
    rows: list[list[Cell]] = [
        [
            names.group(update.group_id, speaker),
            entries.update_status(speaker, update.status),
            speaker.say(THIS_WEEK) if update.period == week.key else speaker.period(periods.parse(update.period)),
            Mark(speaker.say(ASKED), Tone.WARNING) if update.support else "",
        ]
        for update in sorted(last.values(), key=lambda update: names.groups[update.group_id].code)
    ]
    rows += [
        [_name(speaker, group), Mark(speaker.say(FOR_OTHERS), Tone.QUIET), "", ""]
        for group in hidden
        if group.id not in last
    ]
    if rows:
        columns = [Column(speaker.say(heading)) for heading in (GROUP, STATUS, PERIOD, SUPPORT)]
        yield Section(speaker.say(STATUSES), table=Table(columns, rows))


def _awaited(session: Session, ctx: Context, speaker: Speaker, found: Gathered) -> Iterable[Section]:
    """Who is awaited, with whom to ask; those without a coordinator in one line."""
    lines, alone = [], []
    coordination = storage.mandates.coordination(session, ctx.today) if found.awaited else {}
    for group in found.awaited:
        people = rights.told(session, speaker, coordination.get(group.id, ()))
        if people:
            lines.append(speaker.say(AWAITED_OF, group=_name(speaker, group), people=people))
        else:
            alone.append(_name(speaker, group))
    if alone:
        lines.append(speaker.say(NOBODY, groups=speaker.listing(alone)))
    if lines:
        yield Section(speaker.say(AWAITED), [Paragraph("\n".join(lines))])


def _late(speaker: Speaker, found: Gathered, names: Names) -> Iterable[Section]:
    lines = [
        speaker.say(IN_THREAD, group=names.group(update.group_id, speaker), period=periods.parse(update.period))
        for update in found.threaded
    ]
    if lines:
        yield Section(speaker.say(CAME_LATE), [Paragraph("\n".join(lines))])


def _decisions(session: Session, reader: Reader, names: Names, found: Gathered) -> Iterable[Section]:
    """What was decided, what falls due, what is overdue."""
    speaker = reader.speaker
    replaced = entries.successors(session, [*found.decisions, *found.upcoming, *found.overdue], reader.audience)

    def told(decision: Decision) -> Entry:
        return entries.decision_entry(decision, names, speaker, found.day, replaced.get(decision.id))

    if found.decisions:
        yield Section(speaker.say(DECISIONS), entries=[told(decision) for decision in found.decisions])
    new = {decision.id for decision in found.decisions}
    upcoming = [decision for decision in found.upcoming if decision.id not in new]
    for title, owed in ((UPCOMING, upcoming), (OVERDUE, found.overdue)):
        if owed:
            yield _owed(speaker, title, [told(decision) for decision in owed])


def _meetings(session: Session, speaker: Speaker, found: Gathered) -> Iterable[Section]:
    """The meetings to come, a line each."""
    ids = {each.group_id for each in found.meetings if each.group_id is not None}
    bodies = {body.id: body for body in storage.groups.by_ids(session, ids)} if ids else {}
    lines = [
        speaker.say(
            MEETING_AT if each.place else MEETING,
            meeting=meeting_names.named(each, bodies.get(each.group_id or 0), speaker),
            when=meeting_names.when(each, speaker),
            place=each.place,
        )
        for each in found.meetings
    ]
    if lines:
        yield Section(speaker.say(MEETINGS), [Paragraph("\n".join(lines))])


def _owed(speaker: Speaker, title: Message, told: Sequence[Entry]) -> Section:
    """Decisions that are owed, shortly: by whom and until when, without where they were taken."""
    shown = [
        Entry(entry.title, entry.mark, entry.facts[1:], [_shortly(each) for each in entry.paragraphs], entry.source)
        for entry in told[:LISTED]
    ]
    more = [Paragraph(speaker.say(MORE))] if len(told) > LISTED else []
    return Section(speaker.say(title), more, entries=shown)


def _shortly(paragraph: Paragraph) -> Paragraph:
    return Paragraph(blocks.clip(paragraph.text, SHORT), paragraph.label, paragraph.said)


def _words(speaker: Speaker, found: Gathered, names: Names) -> list[Section]:
    """Each group's words, whole, under its name."""
    ordered = sorted(found.told, key=lambda update: (names.groups[update.group_id].code, update.said_at, update.id))
    sections = []
    for group_id, updates in groupby(ordered, key=lambda update: update.group_id):
        told = [entries.update_entry(update, names, speaker) for update in updates]
        own = [Entry(each.facts[0], each.mark, each.facts[1:], each.paragraphs, each.source) for each in told]
        sections.append(Section(names.group(group_id, speaker), entries=own))
    return sections


def _name(speaker: Speaker, group: Group) -> str:
    return speaker.say(entries.NAMED, name=group.name(speaker.language), code=group.code)
