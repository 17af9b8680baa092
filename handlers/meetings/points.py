"""The points of an agenda, who came, what was said of the minutes: the kinds of which a meeting has many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

import storage.groups
import storage.meetings
import storage.registered
from handlers import meeting_names
from handlers.actors import Actor
from handlers.context import Context
from handlers.kinds.field import Field, Sort
from handlers.kinds.kind import Kind, Labels
from handlers.language import message
from handlers.meetings import calls, words
from handlers.rights import Right
from storage.meetings import AgendaItem, Attendance, Meeting, MinutesComment, Place

POINT_FORM_TITLE = message("Point of the agenda")
POINTS = message("Agenda")
ADD_POINT = message("Add a point")
POINTS_NOTE = message("The points of the agendas: their minutes, what the meeting was asked to decide, what was said.")
MEETING = message("Meeting")
POSITION = message("Place on the agenda")
POSITION_HINT = message("1 for the first; empty for the last.")
SUBJECT = message("What it is about")
TIME = message("Time in minutes")
ASKS = message("What the meeting is asked to decide")
ASKS_HINT = message("Such as: “endorse the work programme”, “take note”, “choose a date”.")
PROPOSER = message("Institution that asks for it")
PLACE = message("Where it stands")
DISCUSSED = message("What was said, for the minutes")

ATTENDANCE_TITLE = message("Who came")
ATTENDANCES = message("Attendance")
ADD_ATTENDANCE = message("Note who came")
ATTENDANCES_NOTE = message("Who was represented at the meetings, by the principal or the alternate; who was excused.")
INSTITUTION = message("Institution")
SEAT = message("Group for which it came")
PRESENCE = message("Represented by")
NAME = message("Name")

COMMENT_TITLE = message("Comment on minutes")
COMMENTS = message("Comments on minutes")
ADD_COMMENT = message("Note a comment")
COMMENTS_NOTE = message("What institutions said of the minutes before they were adopted, and whether it was taken.")
WORDS = message("Comment")
TAKEN = message("Taken into the minutes")

OFFERED = 100
"""Meetings offered in a menu, the newest."""


def rule(session: Session, ctx: Context, actor: Actor | None, item: AgendaItem, before: Mapping[str, Any]) -> None:
    """A point on the agenda has its place, the last one unless told otherwise; one that is not has none."""
    if item.place != Place.AGENDA:
        item.position = None
    elif item.position is None:
        others = storage.meetings.agenda(session, item.meeting_id)
        item.position = max((each.position or 0 for each in others if each.id != item.id), default=0) + 1


def follow(session: Session, ctx: Context, actor: Actor | None, item: AgendaItem, before: Mapping[str, Any]) -> None:
    """The others make room, and the call shows the agenda as it is."""
    meeting = session.get_one(Meeting, item.meeting_id)
    if item.place == Place.AGENDA and before.get("position") != item.position:
        _make_room(session, ctx, actor, item)
    calls.refresh(session, ctx, meeting, f"point:{item.id}:{before.get('version', 0)}")


def _make_room(session: Session, ctx: Context, actor: Actor | None, item: AgendaItem) -> None:
    """Give the others the places around it, in the order in which they stand."""
    others = [each for each in storage.meetings.agenda(session, item.meeting_id) if each.id != item.id]
    item.position = max(1, min(item.position or 1, len(others) + 1))
    others.insert(item.position - 1, item)
    for number, each in enumerate(others, 1):
        if each.id != item.id and each.position != number:
            storage.meetings.move(session, each, number, calls.by(ctx, actor))
        else:
            each.position = number


def choices(
    session: Session, ctx: Context, actor: Actor, record: Any, hints: Mapping[str, Any]
) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Once its meeting is known only that one is offered, as the reader calls it; else the newest."""
    known = record.meeting_id if record is not None else int(hints.get("meeting") or 0)
    chosen = (Meeting.id == known,) if known else ()
    found = storage.registered.newest(session, Meeting, actor.audience, OFFERED, *chosen)
    bodies = {each.id: each for each in storage.groups.by_ids(session, {each.group_id or 0 for each in found})}

    def name(meeting: Meeting) -> str:
        called = meeting_names.named(meeting, bodies.get(meeting.group_id or 0), actor.speaker)
        return f"{meeting.code} – {called}, {meeting_names.when(meeting, actor.speaker)}"

    return {"meeting": [(str(each.id), name(each)) for each in found]}


KIND = Kind(
    "agenda_item",
    AgendaItem,
    "ODJ",
    Labels(POINT_FORM_TITLE, POINTS, ADD_POINT, POINTS_NOTE),
    (
        Field("meeting", MEETING, Sort.RECORD, required=True, of=Meeting, whole=True, headings=("reunion",), width=14),
        Field("subject", SUBJECT, Sort.LINE, required=True, headings=("point", "objet", "sujet", "item"), width=40),
        Field("minutes", TIME, Sort.NUMBER, headings=("duree", "temps", "min", "minutes"), brief=True, width=9),
        Field(
            "asks",
            ASKS,
            hint=ASKS_HINT,
            headings=("decision attendue", "a decider", "actions required"),
            brief=True,
            width=40,
        ),
        Field(
            "proposer", PROPOSER, Sort.INSTITUTION, headings=("demande par", "propose par", "proposed by"), brief=True
        ),
        Field(
            "position",
            POSITION,
            Sort.NUMBER,
            hint=POSITION_HINT,
            told=False,
            headings=("ordre", "rang", "position"),
            width=9,
        ),
        Field("place", PLACE, Sort.WORD, required=True, words=words.PLACES, headings=("etat", "statut"), width=16),
        Field("discussed", DISCUSSED, headings=("discussion", "debats", "compte rendu"), width=60),
    ),
    Right.KEEP_MEETINGS,
    status="place",
    standing=(Place.PROPOSED, Place.AGENDA),
    rule=rule,
    follows=follow,
    order=("-meeting_id", "position"),
    begins=lambda session, ctx, actor, hints: {"place": Place.AGENDA.value},
    options=choices,
    called=lambda item, names, speaker: f"{item.position}. {item.subject}" if item.position else item.subject,
)

ATTENDANCE = Kind(
    "attendance",
    Attendance,
    "PRE",
    Labels(ATTENDANCE_TITLE, ATTENDANCES, ADD_ATTENDANCE, ATTENDANCES_NOTE),
    (
        Field("meeting", MEETING, Sort.RECORD, required=True, of=Meeting, whole=True, headings=("reunion",), width=14),
        Field("institution", INSTITUTION, Sort.INSTITUTION, required=True, headings=("ptf", "partenaire"), width=14),
        Field("seat", SEAT, Sort.LINE, headings=("groupe", "gt", "group"), brief=True, width=18),
        Field(
            "presence", PRESENCE, Sort.WORD, required=True, words=words.PRESENCES, headings=("presence",), brief=True
        ),
        Field("name", NAME, Sort.LINE, headings=("nom", "participant", "representant"), brief=True, width=30),
    ),
    Right.KEEP_MEETINGS,
    status="presence",
    apart=True,
    options=choices,
    called=lambda row, names, speaker: names.institution(row.institution_id, speaker.language),
)

COMMENT = Kind(
    "minutes_comment",
    MinutesComment,
    "OBS",
    Labels(COMMENT_TITLE, COMMENTS, ADD_COMMENT, COMMENTS_NOTE),
    (
        Field("meeting", MEETING, Sort.RECORD, required=True, of=Meeting, whole=True, headings=("reunion",), width=14),
        Field("institution", INSTITUTION, Sort.INSTITUTION, headings=("ptf", "partenaire"), brief=True, width=14),
        Field("text", WORDS, required=True, headings=("observation", "observations", "comment"), width=60),
        Field("taken", TAKEN, Sort.YES, headings=("pris en compte", "retenu"), brief=True, width=10),
    ),
    Right.KEEP_MEETINGS,
    apart=True,
    options=choices,
)
