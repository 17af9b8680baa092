"""The minutes of a meeting as one report, for one reader: all that is known of it, in the order of real minutes.

DOMAIN.md sections 5 and 6: who presided and who was represented ("9/10"), the agenda, the state of execution of earlier
conclusions with a heading of its own for what was not done, the conclusions, what was said of each point.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

import storage.conclusions
import storage.decisions
import storage.meetings
import storage.partners
import storage.people
from handlers import dates, entries, erased, meeting_names, vocabulary
from handlers.context import Context
from handlers.entries import Names
from handlers.followup import action_cards
from handlers.language import Speaker, message
from handlers.meetings import calls, minuted, open_points, showing
from handlers.meetings.open_points import Point
from handlers.readers import Reader
from handlers.reports.report import Cell, Column, Entry, Mark, Paragraph, Report, Section, Table
from storage.decisions import Decision
from storage.meetings import REPRESENTED, AgendaItem, Attendance, Meeting, Minutes, Presence
from storage.visibility import sees

TITLE = message("Minutes: {meeting}")
FACT = message("{label}: {value}")
WHEN = message("Date")
PLACE = message("Place")
CHAIR = message("Chair")
PEN = message("Minutes by")
DRAFT = message("Draft, not circulated yet")
CIRCULATED = message("Circulated; without objection before the end of {day}, these minutes are adopted")
CIRCULATED_TO_ADOPT = message("Circulated; comments until {day}, adoption at the next meeting")
BY_DECISION = message("{adopted} (decision {code})")
ADOPTED = message("Minutes adopted")
ADOPTED_THEN = message("Minutes adopted on {day}")
UNAMENDED = message("Minutes adopted without amendment on {day}")
AMENDED = message("Minutes adopted with amendments on {day}")
ATTENDANCE = message("Who was represented")
QUORUM = message("{there}/{seats} represented.")
EXCUSED = message("Apologies")
ABSENT = message("Not represented")
INSTITUTION = message("Institution")
GROUP = message("Group")
REPRESENTED_BY = message("Represented by")
NAME = message("Name")
PRINCIPAL = message("Principal")
ALTERNATE = message("Alternate")
AGENDA = message("Agenda")
POINT = message("{number}. {subject}")
POINT_TIMED = message("{number}. {subject} ({minutes}\u00a0min)")
ASKED_BY = message("asked for by {institution}")
EXECUTION = message("State of execution of earlier conclusions")
AS_OF = message("As the registers stand on {day}.")
NOT_DONE = message("NOT DONE")
OF_LAST = message("Conclusions of {meeting}")
STILL_OPEN = message("Still open from earlier meetings")
CONCLUSIONS = message("Conclusions of the meeting")
DECISIONS = message("Decisions")
ACTIONS = message("Action points")
NUMBER = message("No.")
WHAT = message("Text")
RESPONSIBLE = message("Responsible")
DUE = message("Deadline")
STATE = message("State")
DISCUSSED = message("What was said")
TO_DECIDE = message("To be decided")
NEXT = message("Next meeting")
DISTRIBUTED = message("Distribution: those who sit in {body}, the Pool Technique.")


def compose(session: Session, ctx: Context, reader: Reader, meeting: Meeting) -> Report:
    """The whole, in the reader's language, as far as they may read what it tells of."""
    speaker = reader.speaker
    body = meeting_names.body_of(session, meeting)
    name = meeting_names.named(meeting, body, speaker)
    found = (
        *_attendance(session, ctx, meeting, speaker),
        *_agenda(session, meeting, speaker),
        *_execution(session, ctx, reader, meeting),
        *_conclusions(session, ctx, reader, meeting),
        *_discussed(session, meeting, speaker),
        *_next(session, reader, meeting),
    )
    footer = [speaker.say(DISTRIBUTED, body=body.name(speaker.language))] if body is not None else []
    lead = "\n".join([*_head(session, meeting, speaker), _standing(session, reader, meeting)])
    return Report(speaker.say(TITLE, meeting=name), speaker.language, lead, details=found, footer=footer)


def _head(session: Session, meeting: Meeting, speaker: Speaker) -> list[str]:
    """When, where, who presided, who wrote it."""
    pen = storage.people.by_ids(session, [meeting.pen_id]) if meeting.pen_id is not None else []
    told = (
        (WHEN, meeting_names.when(meeting, speaker)),
        (PLACE, meeting.place),
        (CHAIR, calls.chaired(session, meeting, speaker)),
        (PEN, erased.name(speaker, pen[0]) if pen else ""),
    )
    return [speaker.say(FACT, label=speaker.say(label), value=value) for label, value in told if value]


def _standing(session: Session, reader: Reader, meeting: Meeting) -> str:
    """Whether it is a draft, was circulated, was adopted and how."""
    speaker, day = reader.speaker, meeting.comments_until
    if meeting.minutes == Minutes.CIRCULATED and day is not None:
        silent = meeting.adopted_how == storage.meetings.Adopted.SILENCE
        return speaker.say(CIRCULATED if silent else CIRCULATED_TO_ADOPT, day=day)
    if meeting.minutes != Minutes.ADOPTED:
        return speaker.say(DRAFT)
    if meeting.adopted_on is None:
        return speaker.say(ADOPTED)
    sentence = {None: ADOPTED_THEN, True: AMENDED, False: UNAMENDED}[meeting.amended]
    told = speaker.say(sentence, day=meeting.adopted_on)
    decision = minuted.adopting(session, meeting, reader.audience)
    return speaker.say(BY_DECISION, adopted=told, code=decision.code) if decision is not None else told


def _attendance(session: Session, ctx: Context, meeting: Meeting, speaker: Speaker) -> list[Section]:
    """How many of how many, who came for whom, who was excused."""
    rows = storage.meetings.attendances(session, meeting.id)
    if not rows:
        return []
    there, seats = showing.quorum(session, ctx, meeting, rows)
    told = [Paragraph(speaker.say(QUORUM, there=there, seats=seats))]
    for presence, label in ((Presence.EXCUSED, EXCUSED), (Presence.ABSENT, ABSENT)):
        names = showing.names(session, [each for each in rows if each.presence == presence], speaker)
        if names:
            told.append(Paragraph(speaker.listing(names), speaker.say(label)))
    present = [each for each in rows if each.presence in REPRESENTED]
    return [Section(speaker.say(ATTENDANCE), told, _present(session, present, speaker))]


def _present(session: Session, rows: Sequence[Attendance], speaker: Speaker) -> Table | None:
    """Who was represented; a column of groups or of names only where there are any."""
    if not rows:
        return None
    known = storage.partners.by_ids(session, sorted({each.institution_id for each in rows if each.institution_id}))
    names = {each.id: each.name(speaker.language) for each in known}
    words = {Presence.PRINCIPAL: PRINCIPAL, Presence.ALTERNATE: ALTERNATE}
    cells = [
        (each.seat, names.get(each.institution_id or 0), speaker.say(words[Presence(each.presence)]), each.name)
        for each in rows
    ]
    heads = (GROUP, INSTITUTION, REPRESENTED_BY, NAME)
    kept = [place for place in range(4) if place in (1, 2) or any(row[place] for row in cells)]
    columns = [Column(speaker.say(heads[place])) for place in kept]
    return Table(columns, [[row[place] for place in kept] for row in cells])


def _agenda(session: Session, meeting: Meeting, speaker: Speaker) -> list[Section]:
    """The points in their order, with their time."""
    items = storage.meetings.agenda(session, meeting.id)
    lines = [point(number, item, speaker) for number, item in enumerate(items, 1)]
    text = "\n".join(lines) or meeting.outline
    return [Section(speaker.say(AGENDA), [Paragraph(text, said=True)])] if text else []


def point(number: int, item: AgendaItem, speaker: Speaker) -> str:
    """A point as a heading."""
    sentence = POINT_TIMED if item.minutes else POINT
    return speaker.say(sentence, number=number, subject=item.subject, minutes=item.minutes)


def _execution(session: Session, ctx: Context, reader: Reader, meeting: Meeting) -> list[Section]:
    """What became of earlier conclusions: what was not done first, then those of the last meeting, then the others."""
    speaker = reader.speaker
    found = storage.conclusions.before(session, meeting, reader.audience)
    unmet, rest = open_points.split(found, ctx.today)
    shown = {each.code for each in unmet}
    last: list[Point] = [*found.left.decisions, *found.left.actions]
    last = [each for each in last if each.code not in shown]
    names = entries.names(session, [*unmet, *last, *rest])
    titled = [(speaker.say(NOT_DONE), unmet)]
    if found.previous is not None:
        name = meeting_names.named(found.previous, meeting_names.body_of(session, found.previous), speaker)
        titled.append((speaker.say(OF_LAST, meeting=name), last))
    titled.append((speaker.say(STILL_OPEN), rest))
    tables = [_table(ctx, speaker, points, names, title) for title, points in titled if points]
    if not tables:
        return []
    head = Section(speaker.say(EXECUTION), [Paragraph(speaker.say(AS_OF, day=ctx.today))], tables[0])
    return [head, *(Section("", table=table) for table in tables[1:])]


def _conclusions(session: Session, ctx: Context, reader: Reader, meeting: Meeting) -> list[Section]:
    """What the meeting decided, and the actions it asked for."""
    left = storage.conclusions.of(session, meeting, reader.audience)
    names = entries.names(session, [*left.decisions, *left.actions])
    tables = []
    if left.decisions:
        tables.append(_table(ctx, reader.speaker, left.decisions, names, reader.speaker.say(DECISIONS)))
    if left.actions:
        tables.append(_table(ctx, reader.speaker, left.actions, names, reader.speaker.say(ACTIONS)))
    title = reader.speaker.say(CONCLUSIONS)
    return [Section("" if place else title, table=table) for place, table in enumerate(tables)]


def _table(ctx: Context, speaker: Speaker, points: Sequence[Point], names: Names, caption: str) -> Table:
    """Decisions and actions, a row each: number and kind, text, who owes it, by when, where it stands."""
    heads = (NUMBER, WHAT, RESPONSIBLE, DUE, STATE)
    rows: list[list[Cell]] = [
        [
            _numbered(each, speaker),
            each.text,
            _owing(each, names, speaker),
            dates.as_written(each.deadline, speaker),
            _state(ctx, each, speaker),
        ]
        for each in points
    ]
    return Table([Column(speaker.say(head)) for head in heads], rows, caption)


def _numbered(each: Point, speaker: Speaker) -> str:
    """Its number, and under it what sort of conclusion it is."""
    return (
        f"{each.code}\n{speaker.say(vocabulary.DECISION_KIND[each.kind])}" if isinstance(each, Decision) else each.code
    )


def _owing(each: Point, names: Names, speaker: Speaker) -> str:
    """The institutions that owe it."""
    if isinstance(each, Decision):
        return speaker.listing(owing.name(speaker.language) for owing in each.institutions)
    institution = names.institutions.get(each.institution_id or 0)
    return institution.name(speaker.language) if institution is not None else ""


def _state(ctx: Context, each: Point, speaker: Speaker) -> Mark:
    if isinstance(each, Decision):
        return entries.decision_status(speaker, each, ctx.today, None)
    return action_cards.status_mark(each, speaker, ctx.today)


def _discussed(session: Session, meeting: Meeting, speaker: Speaker) -> list[Section]:
    """Each point with what it was put for and what was said of it; nothing where nothing was written yet."""
    items = storage.meetings.agenda(session, meeting.id)
    if not any(each.discussed for each in items):
        return []
    known = storage.partners.by_ids(session, sorted({each.proposer_id for each in items if each.proposer_id}))
    names = {each.id: each.name(speaker.language) for each in known}
    told = []
    for number, item in enumerate(items, 1):
        facts = [speaker.say(ASKED_BY, institution=names[item.proposer_id])] if item.proposer_id in names else []
        words = [Paragraph(item.asks, speaker.say(TO_DECIDE), said=True)] if item.asks else []
        words += [Paragraph(item.discussed, said=True)] if item.discussed else []
        told.append(Entry(point(number, item, speaker), None, facts, words, f"agenda_items:{item.id}"))
    return [Section(speaker.say(DISCUSSED), entries=told)]


def _next(session: Session, reader: Reader, meeting: Meeting) -> list[Section]:
    """When its body meets again, where that is known."""
    following = storage.meetings.after(session, meeting) if meeting.day_on is not None else None
    if following is None or not sees(following, reader.audience):
        return []
    told = meeting_names.when(following, reader.speaker)
    line = reader.speaker.say(meeting_names.AT, when=told, hour=following.place) if following.place else told
    return [Section(reader.speaker.say(NEXT), [Paragraph(line)])]
