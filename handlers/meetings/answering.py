"""*Who comes, a point…*: what an institution answers to a call, and the points it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.history
import storage.meetings
import storage.outbox
import storage.partners
import storage.people
import storage.received
from handlers import actors, answers, cards, forms, meeting_names, records, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import FieldRefusal, Refusal
from handlers.followup import questions
from handlers.forms import Form, Question, Sort
from handlers.kinds import forming
from handlers.language import Speaker, message
from handlers.meetings import calls, invited, points, showing, words
from handlers.meetings.attending import Roll
from handlers.meetings.kind import KIND
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.rights import Right
from storage.history import By, Origin
from storage.meetings import COMING, AgendaItem, Meeting, Place, Presence
from storage.seats import Seat

ANSWER_TITLE = message("Answer a call")
SEND_SUBMIT = message("Send")
PRESENCE = message("Who comes")
NAME = message("Name")
SUBJECT = message("A point for the agenda")
SUBJECT_HINT = message("What it is about, in a few words. The Pool Technique puts it on the agenda.")
ABOUT = message("*{meeting}*\n{when}\nFor {seat}")
ABOUT_NO_SEAT = message("*{meeting}*\n{when}\nYour institution has no seat there: you can propose a point.")
NOTHING = message("Say who comes, or propose a point.")
WHICH_POINT = message("What is the point about?")
OVER = message("It is not to come any more: it was held, or cancelled.")
ASKS_FOR = message("❓ {institution} asks for a point on the agenda of *{meeting}*, {when}:\n{point}")
ON_AGENDA_BUTTON = message("Put it on the agenda")
LEAVE_OUT_BUTTON = message("Leave it out")
ON_AGENDA = message("✅ On the agenda of {meeting}: {subject}")
LEFT_OUT = message("Left out of the agenda of {meeting}: {subject}")
SETTLED_BEFORE = message("This point was settled already.")

FORM = Form(
    "meeting_answer",
    ANSWER_TITLE,
    SEND_SUBMIT,
    (
        Question(
            "presence",
            PRESENCE,
            Sort.CHOICE,
            choices={
                each: words.PRESENCES[each].label for each in (Presence.PRINCIPAL, Presence.ALTERNATE, Presence.EXCUSED)
            },
        ),
        Question("name", NAME, Sort.LINE),
        Question("subject", SUBJECT, Sort.LINE, hint=SUBJECT_HINT),
        Question("minutes", points.TIME, Sort.LINE),
        Question("asks", points.ASKS, hint=points.ASKS_HINT),
    ),
)
RECORD = forming.record_kind(KIND)
POINT = forming.record_kind(points.KIND)


def register(app: App) -> None:
    """Register the listeners."""
    app.action("meeting_answer")(open_answer)
    app.view(FORM.name)(keep_answer)
    app.action("agenda_item_accept")(accept)
    app.action("agenda_item_leave")(leave_out)


def open_answer(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form, with what their institution answered before."""
    with ctx.readings.begin() as session:
        meeting = _to_come(session, ctx, actor, records.id_of(body))
        seat = invited.seat_of(invited.seats(session, ctx, meeting), actor)
        row = invited.by_seat(session, meeting).get(seat.key) if seat is not None else None
        asked = [each.name for each in FORM.questions if seat is not None or each.name not in ("presence", "name")]
        values = {"presence": row.presence, "name": row.name or actor.name} if row else {"name": actor.name}
        above = [blocks.section(_about(session, actor, meeting, seat))]
        view = FORM.only(*asked).view(actor.speaker, values, {}, {"id": meeting.id}, above)
    answers.lay(client, body, view)
    ack()


def keep_answer(ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], delivery: str) -> None:
    """The form submitted: who comes, and the point asked for."""
    given, context = FORM.answers(view), forms.context_of(view)
    if not given.get("presence") and not given["subject"]:
        if given["asks"] or given["minutes"]:
            raise FieldRefusal({"subject": (WHICH_POINT, {})})
        raise FieldRefusal({"presence" if "presence" in given else "subject": (NOTHING, {})})
    with ctx.sessions.begin() as session:
        meeting = _to_come(session, ctx, actor, int(context["id"]))
        if storage.received.first(session, delivery, ctx.now()):
            seat = invited.seat_of(invited.seats(session, ctx, meeting), actor)
            if seat is not None and given.get("presence"):
                _come(session, ctx, actor, meeting, seat, given)
            if given["subject"]:
                _propose(session, ctx, actor, meeting, given)
    ack()
    ctx.wake()


def accept(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], delivery: str) -> None:
    """A point proposed goes on the agenda, last."""
    _settle(ctx, actor, records.id_of(body), delivery, Place.AGENDA)
    ack()


def leave_out(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], delivery: str) -> None:
    """A point proposed stays out of it."""
    _settle(ctx, actor, records.id_of(body), delivery, Place.LEFT_OUT)
    ack()


def _to_come(session: Session, ctx: Context, actor: Actor, meeting_id: int) -> Meeting:
    """The meeting, if it may still be answered by them. Raises Refusal."""
    meeting: Meeting = records.standing(session, actor, RECORD, meeting_id)
    rights.require(session, ctx, actor, Right.ANSWER_CALL, meeting)
    if meeting.withdrawn or meeting.status not in COMING:
        raise Refusal(OVER)
    return meeting


def _come(session: Session, ctx: Context, actor: Actor, meeting: Meeting, seat: Seat, given: Mapping[str, Any]) -> None:
    """Who comes for that seat; an excuse needs no name."""
    presence = Presence(given["presence"])
    name = given.get("name", "") if presence != Presence.EXCUSED else ""
    Roll.of(session, ctx, actor, meeting).note(session, seat.key, presence, name)


def _propose(session: Session, ctx: Context, actor: Actor, meeting: Meeting, given: Mapping[str, Any]) -> None:
    """A point of theirs: on the agenda at once where they keep it, else put to who does."""
    keeps = rights.may(actor, Right.KEEP_MEETINGS, record=meeting)
    item = AgendaItem(
        visibility=meeting.visibility,
        group_id=meeting.group_id,
        language=actor.speaker.language,
        said_at=ctx.now(),
        said_by_id=actor.id,
        version=1,
        not_applicable="",
        discussed="",
        place=Place.AGENDA if keeps else Place.PROPOSED,
        proposer_id=None if keeps else actor.institution_id,
    )
    answered = {"meeting": str(meeting.id), **{name: given[name] for name in ("subject", "minutes", "asks")}}
    with session.no_autoflush:
        forming.fill_in(session, ctx, points.KIND, item, answered)
        forming.settle(session, ctx, actor, points.KIND, item, {})
    storage.history.created(session, item, By(actor.id, ctx.now(), Origin.FORM))
    cards.receipt(session, ctx, actor, item)
    if not keeps:
        for keeper in keepers(session, ctx, meeting):
            if not questions.was_put(session, _asked(item), keeper):
                questions.put(session, ctx, _asked(item), keeper, _question(session, keeper, meeting, item))


def _settle(ctx: Context, actor: Actor, item_id: int, delivery: str, place: Place) -> None:
    with ctx.sessions.begin() as session:
        item = records.changeable(session, ctx, actor, POINT, item_id)
        if not storage.received.first(session, delivery, ctx.now()):
            return
        if item.place != Place.PROPOSED:
            raise Refusal(SETTLED_BEFORE)
        records.change(session, ctx, actor, POINT, item, {"place": place.value})
        over(session, ctx, item)
    ctx.wake()


def over(session: Session, ctx: Context, item: AgendaItem) -> None:
    """Whoever was asked about a point reads what became of it."""
    meeting = session.get_one(Meeting, item.meeting_id)
    sentence = ON_AGENDA if item.place == Place.AGENDA else LEFT_OUT

    def answer(speaker: Speaker) -> str:
        name = meeting_names.named(meeting, meeting_names.body_of(session, meeting), speaker)
        return speaker.say(sentence, meeting=literal(name), subject=literal(item.subject))

    questions.close(session, ctx, _asked(item), answer)


def _asked(item: AgendaItem) -> str:
    return f"point:{item.id}"


def keepers(session: Session, ctx: Context, meeting: Meeting) -> list[Actor]:
    """Who holds the pen, and the Pool, each once."""
    pen = storage.people.by_ids(session, [meeting.pen_id]) if meeting.pen_id is not None else []
    pool = (actors.load(session, ctx, slack_id) for slack_id in rights.pool_ids(session, ctx))
    every = [*(actors.describe(session, ctx, each) for each in pen), *(each for each in pool if each is not None)]
    able = [each for each in every if each.slack_id and rights.may(each, Right.KEEP_MEETINGS, record=meeting)]
    return list({each.id: each for each in able}.values())


def _question(session: Session, keeper: Actor, meeting: Meeting, item: AgendaItem) -> tuple[str, list[blocks.Block]]:
    speaker, value = keeper.speaker, str(item.id)
    found = storage.partners.by_ids(session, [item.proposer_id]) if item.proposer_id is not None else ()
    text = speaker.say(
        ASKS_FOR,
        institution=literal(found[0].name(speaker.language) if found else "–"),
        meeting=literal(meeting_names.named(meeting, meeting_names.body_of(session, meeting), speaker)),
        when=meeting_names.when(meeting, speaker),
        point="\n".join(calls.points(session, [item], speaker)),
    )
    return text, [
        blocks.button(speaker.say(ON_AGENDA_BUTTON), "agenda_item_accept", value, style="primary"),
        blocks.button(speaker.say(LEAVE_OUT_BUTTON), "agenda_item_leave", value),
    ]


def _about(session: Session, actor: Actor, meeting: Meeting, seat: Seat | None) -> str:
    speaker = actor.speaker
    name = literal(meeting_names.named(meeting, meeting_names.body_of(session, meeting), speaker))
    when = meeting_names.when(meeting, speaker)
    if seat is None:
        return speaker.say(ABOUT_NO_SEAT, meeting=name, when=when)
    row = storage.meetings.Attendance(institution_id=seat.institution_id, seat=seat.group, name="")
    return speaker.say(ABOUT, meeting=name, when=when, seat=literal(showing.names(session, [row], speaker)[0]))
