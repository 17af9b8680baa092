"""How a meeting is called and when it is, for one reader: "GEC, meeting 3 of 2027", Thursday 11 March 2027 at 10:00."""

from __future__ import annotations

from sqlalchemy.orm import Session

import storage.groups
from handlers.language import Speaker, message, plural
from storage import periods
from storage.groups import Group
from storage.meetings import Meeting

NUMBERED = plural("{body}, first meeting of {year}", "{body}, meeting {count} of {year}")
EXTRAORDINARY = message("{body}, extraordinary meeting of {day}")
OF_DAY = message("{body}, meeting of {day}")
WITHOUT_DAY = message("{body}, meeting without a date")
OWN_NAME = message("{body}, {subject}")
NO_DAY = message("no date yet")
FROM_TO = message("from {first} to {last}")
AT = message("{when}, {hour}")


def body_of(session: Session, meeting: Meeting) -> Group | None:
    """The body that meets."""
    return storage.groups.by_id(session, meeting.group_id) if meeting.group_id is not None else None


def named(meeting: Meeting, body: Group | None, speaker: Speaker) -> str:
    """What it is called: its own name, else its number in the year, else its day. As written, to be escaped."""
    code = body.code if body is not None else "–"
    if meeting.subject:
        return speaker.say(OWN_NAME, body=code, subject=meeting.subject)
    if meeting.day is None or meeting.year is None:
        return speaker.say(WITHOUT_DAY, body=code)
    day = speaker.period(periods.parse(meeting.day))
    if meeting.extraordinary:
        return speaker.say(EXTRAORDINARY, body=code, day=day)
    if meeting.ordinal is None:
        return speaker.say(OF_DAY, body=code, day=day)
    return speaker.say(NUMBERED, body=code, count=meeting.ordinal, year=meeting.year)


def when(meeting: Meeting, speaker: Speaker) -> str:
    """When it is, as the reader's clock shows it; as much as is known."""
    if meeting.day is None:
        return speaker.say(NO_DAY)
    if meeting.starts_at is not None and meeting.until is None:
        return speaker.instant(meeting.starts_at)
    period = periods.parse(meeting.day)
    told = speaker.weekday(period.first) if period.kind == periods.DAY else speaker.period(period)
    if meeting.until is not None:
        told = speaker.say(FROM_TO, first=told, last=speaker.weekday(meeting.until))
    return speaker.say(AT, when=told, hour=meeting.hour) if meeting.hour else told
