"""*Who was there*: attendance by institution, entered at once in one form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.history
import storage.meetings
import storage.partners
import storage.received
import storage.registered
from handlers import answers, forms, meeting_names, places, records
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import FieldRefusal
from handlers.forms import Form, Question, Sort
from handlers.kinds import forming, listing
from handlers.language import Speaker, message
from handlers.meetings import invited
from handlers.meetings.kind import KIND
from handlers.meetings.points import ATTENDANCE
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage.history import By, Origin
from storage.meetings import COMING, Attendance, Meeting, Presence, Status
from storage.partners import Institution
from storage.words import folded

ATTENDANCE_TITLE = message("Who was there")
SAVE_SUBMIT = message("Save")
PRINCIPAL = message("Represented by the principal")
ALTERNATE = message("Represented by the alternate")
EXCUSED = message("Who is excused")
EXCUSED_HINT = message("Who sits in the body and is in none of the three lists was absent.")
NAMES = message("Names")
NAMES_HINT = message("One institution a line: “BM: A. Diallo”. Only those you want in the minutes.")
ABOUT = message("*{meeting}*, {when}")
TWICE = message("{institution} is in two of the lists.")
WHO_IS_THAT = message("“{line}”: begin the line with an institution of the lists, then “:” and the name.")
SEAT = message("{seat} – {institution}")

FORM = Form(
    "meeting_attendance",
    ATTENDANCE_TITLE,
    SAVE_SUBMIT,
    (
        Question("principal", PRINCIPAL, Sort.CHOICES),
        Question("alternate", ALTERNATE, Sort.CHOICES),
        Question("excused", EXCUSED, Sort.CHOICES, hint=EXCUSED_HINT),
        Question("names", NAMES, hint=NAMES_HINT),
    ),
)
_LISTS = (Presence.PRINCIPAL, Presence.ALTERNATE, Presence.EXCUSED)
RECORD = forming.record_kind(KIND)


def register(app: App) -> None:
    """Register the listeners."""
    app.action("meeting_attendance")(open_attendance)
    app.view(FORM.name)(keep_attendance)


def open_attendance(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form, filled with who said that they come."""
    with ctx.readings.begin() as session:
        meeting = records.changeable(session, ctx, actor, RECORD, records.id_of(body))
        rows = invited.by_seat(session, meeting)
        seats = _seats(session, ctx, meeting)
        values: dict[str, Any] = {
            each.value: [seat for seat, row in rows.items() if row.presence == each] for each in _LISTS
        }
        values["names"] = "\n".join(_written(session, row) for row in rows.values() if row.name)
        menu = _menu(session, seats, actor.speaker)
        name = literal(meeting_names.named(meeting, meeting_names.body_of(session, meeting), actor.speaker))
        above = blocks.section(actor.speaker.say(ABOUT, meeting=name, when=meeting_names.when(meeting, actor.speaker)))
        context = {"id": meeting.id, "place": places.of(body)}
        view = FORM.view(actor.speaker, values, {each.value: menu for each in _LISTS}, context, [above])
    answers.lay(client, body, view)
    ack()


def keep_attendance(
    ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], client: WebClient, delivery: str
) -> None:
    """The form submitted: each seat as it was said, the others absent; the meeting was then held."""
    given, context = FORM.answers(view), forms.context_of(view)
    with ctx.sessions.begin() as session:
        meeting = records.changeable(session, ctx, actor, RECORD, int(context["id"]))
        if storage.received.first(session, delivery, ctx.now()):
            note(session, ctx, actor, meeting, given)
        sheet = listing.whole(session, ctx, actor, KIND, meeting)
    ack()
    ctx.wake()
    if "sheet" in context["place"]:
        places.redraw(client, context["place"], "", sheet["blocks"])


def note(session: Session, ctx: Context, actor: Actor, meeting: Meeting, given: Mapping[str, Any]) -> None:
    """Keep who was there. Raises FieldRefusal."""
    chosen = _chosen(session, given)
    names = _names(session, given.get("names") or "", chosen)
    roll = Roll.of(session, ctx, actor, meeting)
    for seat in dict.fromkeys([*chosen, *_of_the_body(session, ctx, meeting), *roll.rows]):
        roll.note(session, seat, chosen.get(seat, Presence.ABSENT), names.get(seat, ""))
    if meeting.status in COMING and meeting.first_day is not None and meeting.first_day <= ctx.today:
        records.change(session, ctx, actor, RECORD, meeting, {"status": Status.HELD.value}, Origin.FORM)


@dataclass(frozen=True, slots=True)
class Roll:
    """The roll of a meeting: how each seat was noted so far, by its key; who notes it, and when."""

    meeting: Meeting
    rows: Mapping[str, Attendance]
    by: By
    language: str

    @classmethod
    def of(cls, session: Session, ctx: Context, actor: Actor, meeting: Meeting) -> Roll:
        """The roll as it stands, to be gone on with by that person."""
        by = By(actor.id, ctx.now(), Origin.FORM)
        return cls(meeting, invited.by_seat(session, meeting), by, actor.speaker.language)

    def note(self, session: Session, seat: str, presence: Presence, name: str) -> None:
        """One seat as it is represented, with its line of history."""
        row = self.rows.get(seat)
        if row is None:
            row = self._new(seat, presence, name)
            year = self.meeting.year or self.by.at.year
            storage.registered.number(session, row, ATTENDANCE.prefix, year)
            session.add(row)
            session.flush()
            storage.history.created(session, row, self.by)
            return
        before = storage.history.facts(row)
        row.presence, row.name = presence, name
        if storage.history.changed(session, row, before, self.by):
            row.version, row.edited_at = row.version + 1, self.by.at
            session.flush()

    def _new(self, seat: str, presence: Presence, name: str) -> Attendance:
        institution_id, _, group = seat.partition(":")
        return Attendance(
            meeting_id=self.meeting.id,
            institution_id=int(institution_id),
            seat=group,
            presence=presence,
            name=name,
            group_id=self.meeting.group_id,
            visibility=self.meeting.visibility,
            language=self.language,
            said_at=self.by.at,
            said_by_id=self.by.person_id,
            version=1,
        )


def _chosen(session: Session, given: Mapping[str, Any]) -> dict[str, Presence]:
    """Seat -> how it was represented. Raises FieldRefusal for one that is in two lists."""
    found: dict[str, Presence] = {}
    for presence in _LISTS:
        for seat in given.get(presence.value) or ():
            if seat in found:
                institution = session.get_one(Institution, int(seat.partition(":")[0]))
                raise FieldRefusal({presence.value: (TWICE, {"institution": institution.code})})
            found[seat] = presence
    return found


def _names(session: Session, text: str, chosen: Mapping[str, Presence]) -> dict[str, str]:
    """Seat -> who came for it. Raises FieldRefusal for a line that is about none that was chosen."""
    known = {each.id: each for each in storage.partners.everyone(session)}
    words: dict[str, str] = {}
    for seat in chosen:
        institution_id, _, group = seat.partition(":")
        institution = known[int(institution_id)]
        called = (institution.code, institution.name_fr, institution.name_en, group)
        words |= {folded(each): seat for each in called if each}
    found = {}
    for line in filter(None, (each.strip() for each in text.splitlines())):
        who, _, name = line.partition(":")
        seat_said = words.get(folded(who.strip()))
        if seat_said is None or not name.strip():
            raise FieldRefusal({"names": (WHO_IS_THAT, {"line": blocks.clip(line, 60)})})
        found[seat_said] = name.strip()
    return found


def _written(session: Session, row: Attendance) -> str:
    """A name as it is typed again."""
    institution = session.get(Institution, row.institution_id or 0)
    return f"{row.seat or (institution.code if institution else '')}: {row.name}"


def _of_the_body(session: Session, ctx: Context, meeting: Meeting) -> list[str]:
    return [each.key for each in invited.seats(session, ctx, meeting)]


def _seats(session: Session, ctx: Context, meeting: Meeting) -> list[str]:
    """Who sits in the body, who is noted already, then every other institution."""
    others = [str(each.id) for each in storage.partners.everyone(session)]
    own = _of_the_body(session, ctx, meeting)
    listed = list(dict.fromkeys([*own, *invited.by_seat(session, meeting)]))
    seated = {each.partition(":")[0] for each in listed}
    return [*listed, *(each for each in others if each not in seated)]


def _menu(session: Session, seats: Sequence[str], speaker: Speaker) -> list[tuple[str, str]]:
    known = {each.id: each for each in storage.partners.everyone(session)}
    menu = []
    for seat in seats:
        institution_id, _, group = seat.partition(":")
        name = known[int(institution_id)].name(speaker.language)
        menu.append((seat, speaker.say(SEAT, seat=group, institution=name) if group else name))
    return menu
