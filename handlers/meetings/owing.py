"""What is owed of meetings, for the ladder of reminders: an answer to a call, a call, that one was held.

Each seat is asked who comes, and for points, a week before and once more; who answered is reminded on the day alone,
whoever is excused no more. Who holds the pen is asked to call a meeting in time, and the next working day what came of
it. Nobody above is told of any of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from sqlalchemy.orm import Session

import storage.groups
import storage.mandates
import storage.meetings
import storage.people
import storage.seats
from handlers import meeting_names, resting
from handlers.context import Context
from handlers.dues import Due
from handlers.language import Message, Speaker, message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage.groups import Group
from storage.mandates import POOL, Office
from storage.meetings import REPRESENTED, Attendance, Meeting, Presence, Status
from storage.seats import Seat
from storage.visibility import sees

COMES = message("📅 *{meeting}*, {when}{place}. Who comes? Is there a point for the agenda?")
TODAY = message("📅 *{meeting}*, {when}{place}: you said that you are represented.")
TO_CALL = message("📅 *{meeting}*, {when}: it is planned, and nobody was called to it yet.")
TO_NOTE = message("📝 *{meeting}*, {when}: did it take place? Who was there, and what was decided?")
AT = message(", {place}")
ANSWER_BUTTON = message("Say who comes")
SHOW_BUTTON = message("The whole")
CALL_BUTTON = message("Call it")
NOTE_BUTTON = message("Open the meeting")
SPOKEN = message("{label}: {meeting}")

BEFORE = timedelta(days=7)
"""How long before it a meeting is to be called."""
AROUND = timedelta(days=21)
"""How far the day of a due lies from that of its meeting."""


@dataclass(frozen=True, slots=True)
class Around:
    """The meetings in reach of a round, with all that says what is owed of them."""

    meetings: Sequence[Meeting]
    bodies: Mapping[int, Group]
    rows: Mapping[int, Mapping[str, Attendance]]
    seating: storage.seats.Seating
    pool: tuple[int, ...]
    off: frozenset[date]


def dues(session: Session, ctx: Context, first: date, last: date) -> Sequence[Due]:
    """What is owed of meetings by a day between two civil days, both included."""
    meetings = storage.meetings.around(session, first - AROUND, last + AROUND)
    if not meetings:
        return ()
    around = _read(session, ctx, meetings, first, last)
    found = [due for meeting in meetings for due in _of(ctx, around, meeting)]
    return [due for due in found if first <= due.day <= last]


def _read(session: Session, ctx: Context, meetings: Sequence[Meeting], first: date, last: date) -> Around:
    called = [each.id for each in meetings if each.status == Status.CALLED]
    pool = storage.mandates.of_offices(session, POOL, ctx.today)
    ranked = sorted(pool, key=lambda each: each.office != Office.POOL_ASSISTANT)
    return Around(
        meetings,
        {each.id: each for each in storage.groups.by_ids(session, {m.group_id for m in meetings if m.group_id})},
        storage.meetings.rolls(session, called),
        storage.seats.on(session, ctx.today),
        tuple(dict.fromkeys(person for mandate in ranked for person in mandate.carriers)),
        resting.days_off(session, {None}, first - AROUND, last + AROUND)[None],
    )


def _of(ctx: Context, around: Around, meeting: Meeting) -> list[Due]:
    """The dues of one meeting, as it stands now."""
    first, last = meeting.first_day, meeting.last_day
    body = around.bodies.get(meeting.group_id or 0)
    if first is None or last is None or body is None:
        return []
    keepers = tuple(dict.fromkeys([*([meeting.pen_id] if meeting.pen_id is not None else []), *around.pool]))
    if last < ctx.today or (meeting.ends_at is not None and meeting.ends_at <= ctx.now()):
        return [_due(meeting, body, "held", _working(last + timedelta(days=1), around.off), keepers, last)]
    if meeting.status == Status.PLANNED:
        return [_due(meeting, body, "call", first - BEFORE, keepers, None)]
    rows = around.rows.get(meeting.id, {})
    asked = [_asked(ctx, meeting, body, seat, rows.get(seat.key)) for seat in around.seating.of(body)]
    return [each for each in asked if each is not None]


def _asked(ctx: Context, meeting: Meeting, body: Group, seat: Seat, row: Attendance | None) -> Due | None:
    """What is asked of a seat: who comes; on the day alone once it is known; nothing of who is excused."""
    if meeting.first_day is None or (row is not None and row.presence not in REPRESENTED):
        return None
    carriers = seat.carriers
    if row is not None and row.presence == Presence.ALTERNATE:
        carriers = tuple(reversed(carriers))
    called = meeting.called_at.astimezone(ctx.zone).date() if meeting.called_at is not None else None
    sentence, button = (
        (COMES, (ANSWER_BUTTON, "meeting_answer")) if row is None else (TODAY, (SHOW_BUTTON, "meeting_show"))
    )
    return Due(
        key=f"meeting:{meeting.id}:{seat.key}",
        day=meeting.first_day,
        until=meeting.starts_at,
        group_id=None,
        institution_id=seat.institution_id,
        carriers=carriers,
        told=partial(_told, meeting, body, sentence, button),
        short=partial(_short, meeting, body, sentence),
        readable=partial(sees, meeting),
        quiet=row is not None,
        since=called,
        steps=(),
    )


_KEEPING = {
    "call": (TO_CALL, (CALL_BUTTON, "meeting_call")),
    "held": (TO_NOTE, (NOTE_BUTTON, "meeting_show")),
}


def _due(meeting: Meeting, body: Group, what: str, day: date, carriers: tuple[int, ...], since: date | None) -> Due:
    """What is owed by who keeps the meetings."""
    sentence, button = _KEEPING[what]
    return Due(
        key=f"meeting_{what}:{meeting.id}",
        day=day,
        until=None,
        group_id=None,
        institution_id=None,
        carriers=carriers,
        told=partial(_told, meeting, body, sentence, button),
        short=partial(_short, meeting, body, sentence),
        readable=partial(sees, meeting),
        since=since,
        steps=(),
    )


def _told(
    meeting: Meeting, body: Group, sentence: Message, button: tuple[Message, str], _: Session, speaker: Speaker
) -> tuple[str, blocks.Block]:
    text = _said(meeting, body, sentence, speaker)
    label, action_id = speaker.say(button[0]), button[1]
    spoken = speaker.say(SPOKEN, label=label, meeting=meeting_names.named(meeting, body, speaker))
    return text, blocks.section(text, blocks.button(label, action_id, str(meeting.id), spoken=spoken))


def _short(meeting: Meeting, body: Group, sentence: Message, _: Session, speaker: Speaker) -> str:
    return _said(meeting, body, sentence, speaker)


def _said(meeting: Meeting, body: Group, sentence: Message, speaker: Speaker) -> str:
    place = speaker.say(AT, place=literal(meeting.place)) if meeting.place else ""
    name = literal(meeting_names.named(meeting, body, speaker))
    return speaker.say(sentence, meeting=name, when=meeting_names.when(meeting, speaker), place=place)


def _working(day: date, off: frozenset[date]) -> date:
    """The first working day of the group from that one on."""
    while day.weekday() >= 5 or day in off:
        day += timedelta(days=1)
    return day
