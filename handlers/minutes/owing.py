"""What is owed of minutes, for the ladder of reminders: a comment, of each seat that said nothing, until the day set.

Nobody owes a comment: silence is consent. They are reminded once, two working days before, and nobody above is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from sqlalchemy.orm import Session

import storage.groups
import storage.meetings
import storage.minutes
import storage.seats
from handlers import meeting_names
from handlers.context import Context
from handlers.dues import Due
from handlers.language import Speaker, message
from handlers.meetings import minuted
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage.groups import Group
from storage.meetings import Adopted, Meeting
from storage.seats import Seat
from storage.visibility import sees

SILENCE = message("📝 *Minutes of {meeting}*: without objection before the end of {day}, they are adopted.")
COMMENTS = message("📝 *Minutes of {meeting}*: comments are open until {day}.")

LAST_DAYS = timedelta(days=6)
"""No reminder falls earlier before the day: the first of the ladder would come as soon as they are circulated."""
_DAY = timedelta(days=1)


def dues(session: Session, ctx: Context, first: date, last: date) -> Sequence[Due]:
    """The minutes on which somebody may still comment until a day between two civil days, both included."""
    meetings = storage.minutes.circulated(session, max(first, ctx.today + _DAY), last)
    if not meetings:
        return ()
    seating = storage.seats.on(session, ctx.today)
    ids = {each.group_id for each in meetings if each.group_id is not None}
    bodies = {each.id: each for each in storage.groups.by_ids(session, ids)}
    said = storage.minutes.commented(session, [each.id for each in meetings])
    return [
        _due(ctx, meeting, bodies[meeting.group_id], seat)
        for meeting in meetings
        if meeting.group_id in bodies
        for seat in seating.of(bodies[meeting.group_id])
        if (meeting.id, seat.institution_id) not in said
    ]


def _due(ctx: Context, meeting: Meeting, body: Group, seat: Seat) -> Due:
    assert meeting.comments_until is not None
    circulated = meeting.circulated_at.astimezone(ctx.zone).date() if meeting.circulated_at is not None else date.min
    return Due(
        key=f"minutes:{meeting.id}:{meeting.comments_until}:{seat.key}",
        day=meeting.comments_until,
        until=None,
        group_id=None,
        institution_id=seat.institution_id,
        carriers=seat.carriers,
        told=partial(_told, meeting, body),
        short=partial(_line, meeting, body),
        readable=partial(sees, meeting),
        since=max(circulated, meeting.comments_until - LAST_DAYS),
        steps=(),
    )


def _told(meeting: Meeting, body: Group, session: Session, speaker: Speaker) -> tuple[str, blocks.Block]:
    line = _line(meeting, body, session, speaker)
    return line, blocks.section(
        line, blocks.button(speaker.say(minuted.COMMENT_BUTTON), "minutes_comment", str(meeting.id))
    )


def _line(meeting: Meeting, body: Group, session: Session, speaker: Speaker) -> str:
    name = literal(meeting_names.named(meeting, body, speaker))
    sentence = SILENCE if meeting.adopted_how == Adopted.SILENCE else COMMENTS
    return speaker.say(sentence, meeting=name, day=meeting.comments_until)
