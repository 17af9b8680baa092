"""The description of a meeting: what its form asks, what is checked, what follows when it is moved or cancelled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.orm import Session

import storage.configuration
import storage.meetings
from handlers import meeting_names, resting
from handlers.actors import Actor
from handlers.commands import Command
from handlers.context import Context
from handlers.errors import FieldRefusal
from handlers.kinds.field import Field, Sort
from handlers.kinds.kind import Kind, Labels
from handlers.kinds.naming import Names
from handlers.language import Message, Speaker, message
from handlers.meetings import following, offered, old_papers, planning, points, showing, words
from handlers.rights import Right
from storage import periods
from storage.meetings import COMING, PAST, Meeting, Status
from storage.visibility import Level, sees

MEETING_FORM_TITLE = message("Meeting")
MEETINGS = message("Meetings")
ADD_BUTTON = message("Plan a meeting")
NOTE = message("The meetings of bodies and groups: when, where, who chaired, and where their minutes stand.")
SUMMARY = message("The meetings of bodies: to come and past; plan one, call it, note who came")
USAGE = message("[body, state or words]")
BODY = message("Body or group that meets")
DAY = message("Day")
DAY_HINT = message("As you write it: “11 March”, “next Thursday”; of old meetings a month or a year will do.")
HOUR = message("Hour")
HOUR_HINT = message("Such as 10:00; leave it empty if it is not known yet.")
ZONE = message("Time zone")
ZONE_HINT = message("Such as Africa/Bamako or Europe/Brussels.")
DURATION = message("Duration in minutes")
UNTIL = message("Last day, if it takes several")
PLACE = message("Place")
PLACE_HINT = message("A room, an address, or the link of an online meeting.")
CHAIR = message("Institution that chairs")
CHAIRED_BY = message("Who chairs, in words")
PEN = message("Who writes the minutes")
SUBJECT = message("Name of its own")
SUBJECT_HINT = message(
    "Only if it has one, such as “Annual retreat 2027”; else it is called by its number in the year."
)
ORDINAL = message("Number in the year")
EXTRAORDINARY = message("Extraordinary")
SEATS = message("How many are to be represented")
SEATS_HINT = message("Only if it is not those who sit in the body: the 10 in “9/10”.")
SAID = message("What the call says besides")
OUTLINE = message("Agenda in one text")
STATUS = message("Where it stands")
MINUTES = message("Minutes")
COMMENTS_UNTIL = message("Comments on the minutes until")
ADOPTED_ON = message("Minutes adopted on")
ADOPTED_HOW = message("Minutes adopted how")
AMENDED = message("Minutes amended")

NO_DAY = message("Please say when it is.")
WHICH_DAY = message("An hour needs a day: “{day}” is longer than one.")
ENDS_BEFORE = message("It would end on {until}, before it begins.")
NO_ZONE = message("“{zone}” is no time zone that I know.")
TO_COME = message("It is still to come, on {day}: it cannot have been held.")
CALL_IT = message("A meeting is called with the button “Call it”, which tells those invited.")
REST_DAY = message("{day} is a day of rest.")
ANOTHER = message("There is another meeting of {body} on that day: {code}.")


def rule(session: Session, ctx: Context, actor: Actor | None, meeting: Meeting, before: Mapping[str, Any]) -> None:
    """When it is must hold together, and so must where it stands. Raises FieldRefusal."""
    meeting.zone = meeting.zone or storage.configuration.current(session).zone
    first = meeting.first_day
    if first is None:
        raise FieldRefusal({"day": (NO_DAY, {})})
    if meeting.hour and meeting.day is not None and periods.parse(meeting.day).kind != periods.DAY:
        raise FieldRefusal({"hour": (WHICH_DAY, {"day": periods.parse(meeting.day)})})
    if meeting.until is not None and meeting.until < first:
        raise FieldRefusal({"until": (ENDS_BEFORE, {"until": meeting.until})})
    try:
        ZoneInfo(meeting.zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise FieldRefusal({"zone": (NO_ZONE, {"zone": meeting.zone})}) from None
    if meeting.status in PAST and first > ctx.today:
        raise FieldRefusal({"status": (TO_COME, {"day": periods.parse(meeting.day or "")})})
    is_called = meeting.status == Status.CALLED and before.get("status") != Status.CALLED
    if is_called and meeting.called_at is None and actor is not None:
        raise FieldRefusal({"status": (CALL_IT, {})})
    meeting.until = None if meeting.until == first else meeting.until
    storage.meetings.settle(meeting)


def begins(session: Session, ctx: Context, actor: Actor, hints: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the form of a new one opens with: where and when its body meets, by the last time and how often it does."""
    return {"status": Status.PLANNED.value, **planning.opening(session, ctx, actor.speaker, hints.get("group"))}


def warnings(
    session: Session, ctx: Context, actor: Actor, meeting: Meeting
) -> Sequence[tuple[Message, Mapping[str, object]]]:
    """A day of rest, and another meeting of the body on that day; neither blocks."""
    found: list[tuple[Message, Mapping[str, object]]] = []
    day = date.fromisoformat(meeting.day) if meeting.starts_at is not None and meeting.day else None
    if meeting.status not in COMING or day is None or meeting.group_id is None:
        return found
    week = timedelta(days=7)
    if day in resting.days_off(session, {None}, day - week, day + week)[None]:
        found.append((REST_DAY, {"day": day}))
    for other in storage.meetings.of_body(session, meeting.group_id):
        if other.id != meeting.id and other.day == meeting.day and sees(other, actor.audience):
            body = meeting_names.body_of(session, meeting)
            found.append((ANOTHER, {"body": body.code if body else "", "code": other.code}))
    return found


def called(meeting: Meeting, names: Names, speaker: Speaker) -> str:
    """What it is called in lists: with its body, by its number or its name, and when it is."""
    body = names.groups.get(meeting.group_id or 0)
    name = meeting_names.named(meeting, body, speaker)
    return speaker.say(meeting_names.AT, when=name, hour=meeting_names.when(meeting, speaker)) if meeting.day else name


FIELDS = (
    Field(
        "group", BODY, Sort.GROUP, required=True, told=False, headings=("body", "instance", "organe", "cadre", "bodies")
    ),
    Field(
        "day",
        DAY,
        Sort.SPAN,
        required=True,
        hint=DAY_HINT,
        told=False,
        headings=("date", "jour", "date de la reunion"),
        width=12,
        until="until",
    ),
    Field("hour", HOUR, Sort.HOUR, hint=HOUR_HINT, told=False, headings=("heure", "time", "hour"), width=8),
    Field("place", PLACE, Sort.LINE, hint=PLACE_HINT, headings=("lieu", "location", "venue"), brief=True, width=30),
    Field("duration", DURATION, Sort.NUMBER, headings=("duree", "duree (min)", "duration"), width=10),
    Field("until", UNTIL, Sort.DAY, told=False, headings=("fin", "date de fin", "end"), width=12),
    Field(
        "chair",
        CHAIR,
        Sort.INSTITUTION,
        headings=("institution presidente",),
        brief=True,
        width=14,
        otherwise="chaired_by",
    ),
    Field("chaired_by", CHAIRED_BY, Sort.LINE, headings=("president", "presidence", "chair", "presidee par"), width=24),
    Field("pen", PEN, Sort.PERSON, headings=("redacteur", "secretaire", "rapporteur", "minutes by"), width=20),
    Field(
        "subject",
        SUBJECT,
        Sort.LINE,
        hint=SUBJECT_HINT,
        told=False,
        headings=("titre", "title", "intitule", "objet"),
        width=40,
    ),
    Field("ordinal", ORDINAL, Sort.NUMBER, told=False, headings=("numero", "n", "no", "ordinal"), asked=False, width=8),
    Field("extraordinary", EXTRAORDINARY, Sort.YES, told=False, headings=("extraordinaire",), width=8),
    Field("seats", SEATS, Sort.NUMBER, hint=SEATS_HINT, headings=("attendus", "sieges", "expected"), width=10),
    Field(
        "zone", ZONE, Sort.LINE, hint=ZONE_HINT, told=False, headings=("fuseau", "fuseau horaire", "timezone"), width=16
    ),
    Field("said", SAID, headings=("message", "note", "remarques", "remarks"), width=40),
    Field("outline", OUTLINE, headings=("ordre du jour", "agenda", "odj"), asked=False, width=50),
    Field(
        "status",
        STATUS,
        Sort.WORD,
        required=True,
        words=words.STATUSES,
        headings=("etat", "statut", "status", "state"),
        width=16,
    ),
    Field(
        "minutes",
        MINUTES,
        Sort.WORD,
        words=words.MINUTES,
        headings=("cr", "compte rendu", "pv"),
        told=False,
        asked=False,
    ),
    Field(
        "comments_until",
        COMMENTS_UNTIL,
        Sort.DAY,
        headings=("observations jusqu'au",),
        told=False,
        asked=False,
        width=12,
    ),
    Field("adopted_on", ADOPTED_ON, Sort.DAY, headings=("adopte le", "adopted"), told=False, asked=False, width=12),
    Field(
        "adopted_how",
        ADOPTED_HOW,
        Sort.WORD,
        words=words.ADOPTED,
        headings=("mode d'adoption",),
        told=False,
        asked=False,
    ),
    Field("amended", AMENDED, Sort.YES, headings=("amende", "avec amendement"), told=False, asked=False, width=8),
    Field("visibility", message("Who may read it"), Sort.LEVEL, required=True),
)

COMMAND = Command(("meeting", "réunion", "meetings", "réunions"), SUMMARY, USAGE)

KIND = Kind(
    "meeting",
    Meeting,
    "REU",
    Labels(MEETING_FORM_TITLE, MEETINGS, ADD_BUTTON, NOTE),
    FIELDS,
    Right.KEEP_MEETINGS,
    status="status",
    standing=COMING,
    level=Level.ALL,
    command=COMMAND,
    parts=(points.KIND, points.ATTENDANCE, points.COMMENT),
    rule=rule,
    follows=following.follow,
    warnings=warnings,
    buttons=offered.buttons,
    order=("coming_on", "-day_on", "-hour"),
    year=lambda meeting: meeting.year,
    telling=("group", "day", "subject"),
    understood=old_papers.understood,
    begins=begins,
    called=called,
    marked=words.marked,
    further=showing.further,
    beside=planning.beside,
)
