"""*Comment on the minutes*: what an institution says of them until the day set, and whether it is taken into them."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.history
import storage.meetings
import storage.minutes
import storage.partners
import storage.received
import storage.registered
from handlers import answers, cards, forms, meeting_names, places, records, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import Refusal
from handlers.followup import births, questions
from handlers.forms import Form, Question
from handlers.kinds import forming, listing, telling
from handlers.language import Speaker, message
from handlers.meetings import answering, invited, minuted
from handlers.meetings.kind import KIND
from handlers.meetings.points import COMMENT
from handlers.minutes import drafting
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.rights import Right
from storage.history import By, Origin
from storage.meetings import Meeting, Minutes, MinutesComment

COMMENT_TITLE = message("Comment on the minutes")
SEND_SUBMIT = message("Send")
WORDS = message("What is to be changed, and where")
ABOUT = message("*{meeting}*: comments until {day}. Those who keep its minutes read them.")
TOO_LATE = message("Comments on these minutes were open until {day}; nothing was recorded.")
NOT_OPEN = message("These minutes are not open to comments.")
NO_SEAT = message("Comments on these minutes are for those who sit in {body}, and for the Pool Technique.")
ASKED = message("💬 A comment on the minutes of {meeting}\n{comment}")
SETTLED_BEFORE = message("The minutes are adopted: their comments are settled.")

FORM = Form("minutes_comment_say", COMMENT_TITLE, SEND_SUBMIT, (Question("text", WORDS, required=True),))
RECORD = forming.record_kind(COMMENT)


def register(app: App) -> None:
    """Register the listeners."""
    app.action("minutes_comment")(open_comment)
    app.view(FORM.name)(keep_comment)
    app.action("minutes_comment_taken")(take)
    app.action("minutes_comment_left")(leave)


def open_comment(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form, with what their institution said before."""
    with ctx.readings.begin() as session:
        meeting = _open(session, ctx, actor, records.id_of(body))
        row = _own(session, actor, meeting)
        name = literal(meeting_names.named(meeting, meeting_names.body_of(session, meeting), actor.speaker))
        above = [blocks.section(actor.speaker.say(ABOUT, meeting=name, day=meeting.comments_until))]
        context = {"id": meeting.id, "place": places.of(body)}
        view = FORM.view(actor.speaker, {"text": row.text if row else ""}, {}, context, above)
    answers.lay(client, body, view)
    ack()


def keep_comment(ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], client: WebClient, delivery: str) -> None:
    """The form submitted: kept, and put to those who keep the minutes."""
    given, context = FORM.answers(view), forms.context_of(view)
    with ctx.sessions.begin() as session:
        meeting = _open(session, ctx, actor, int(context["id"]))
        if storage.received.first(session, delivery, ctx.now()):
            comment = _keep(session, ctx, actor, meeting, given["text"])
            for keeper in answering.keepers(session, ctx, meeting):
                if keeper.id != actor.id:
                    questions.put(session, ctx, _about(comment), keeper, _question(session, keeper, meeting, comment))
        sheet = listing.whole(session, ctx, actor, KIND, meeting)
    ack()
    ctx.wake()
    if "sheet" in context["place"]:
        places.redraw(client, context["place"], "", sheet["blocks"])


def take(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """It is taken into the minutes."""
    _settle(ctx, actor, body, client, delivery, taken=True)
    ack()


def leave(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """It is not."""
    _settle(ctx, actor, body, client, delivery, taken=False)
    ack()


def _open(session: Session, ctx: Context, actor: Actor, meeting_id: int) -> Meeting:
    """The meeting, if that person may comment on its minutes today. Raises Refusal."""
    meeting: Meeting = records.standing(session, actor, drafting.RECORD, meeting_id)
    rights.require(session, ctx, actor, Right.ANSWER_CALL, meeting)
    if meeting.withdrawn or meeting.minutes != Minutes.CIRCULATED:
        raise Refusal(NOT_OPEN)
    if not minuted.may_comment(ctx, meeting):
        raise Refusal(TOO_LATE, day=meeting.comments_until)
    has_seat = invited.seat_of(invited.seats(session, ctx, meeting), actor) is not None
    if not has_seat and not rights.may(actor, Right.KEEP_MEETINGS, record=meeting):
        body = meeting_names.body_of(session, meeting)
        raise Refusal(NO_SEAT, body=body.name(actor.speaker.language) if body else "")
    return meeting


def _own(session: Session, actor: Actor, meeting: Meeting) -> MinutesComment | None:
    """What their institution said of them; of who has none, what they said themselves."""
    for row in storage.minutes.comments(session, meeting.id):
        mine = row.institution_id is None and row.said_by_id == actor.id
        if mine or (actor.institution_id is not None and row.institution_id == actor.institution_id):
            return row
    return None


def _keep(session: Session, ctx: Context, actor: Actor, meeting: Meeting, text: str) -> MinutesComment:
    """One comment an institution: its words, or its words anew, which nobody decided on yet."""
    by = By(actor.id, ctx.now(), Origin.FORM)
    row = _own(session, actor, meeting)
    if row is not None:
        if row.text != text:
            before = storage.history.facts(row)
            row.text, row.taken = text, None
            births.written(session, ctx, telling.shown(COMMENT), row, before, by)
        return row
    row = MinutesComment(
        meeting_id=meeting.id,
        institution_id=actor.institution_id,
        text=text,
        group_id=meeting.group_id,
        visibility=meeting.visibility,
        language=actor.speaker.language,
        said_at=ctx.now(),
        said_by_id=actor.id,
        version=1,
        not_applicable="",
    )
    storage.registered.number(session, row, COMMENT.prefix, ctx.today.year)
    session.add(row)
    session.flush()
    storage.history.created(session, row, by)
    cards.receipt(session, ctx, actor, row)
    return row


def _settle(ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str, *, taken: bool) -> None:
    with ctx.sessions.begin() as session:
        comment = records.changeable(session, ctx, actor, RECORD, records.id_of(body))
        meeting = session.get_one(Meeting, comment.meeting_id)
        if meeting.minutes == Minutes.ADOPTED:
            raise Refusal(SETTLED_BEFORE)
        if storage.received.first(session, delivery, ctx.now()):
            before = storage.history.facts(comment)
            comment.taken = taken
            births.written(
                session, ctx, telling.shown(COMMENT), comment, before, By(actor.id, ctx.now(), Origin.BUTTON)
            )
            _over(session, ctx, meeting, comment)
        sheet = listing.whole(session, ctx, actor, KIND, meeting)
    ctx.wake()
    place = places.of(body)
    if "sheet" in place:
        places.redraw(client, place, "", sheet["blocks"])


def _about(comment: MinutesComment) -> str:
    """By which the outbox finds those who were asked about these words."""
    return f"comment:{comment.id}:{comment.version}"


def _question(
    session: Session, keeper: Actor, meeting: Meeting, comment: MinutesComment
) -> tuple[str, list[blocks.Block]]:
    return _told(session, keeper.speaker, meeting, comment), minuted.settling(keeper.speaker, comment)


def _told(session: Session, speaker: Speaker, meeting: Meeting, comment: MinutesComment) -> str:
    name = literal(meeting_names.named(meeting, meeting_names.body_of(session, meeting), speaker))
    found = storage.partners.by_ids(session, [comment.institution_id]) if comment.institution_id is not None else ()
    line = minuted.line(speaker, comment, found[0].name(speaker.language) if found else "")
    return speaker.say(ASKED, meeting=name, comment=line)


def _over(session: Session, ctx: Context, meeting: Meeting, comment: MinutesComment) -> None:
    """Whoever was asked reads what became of it, whichever of its versions they were asked about."""
    for version in range(1, comment.version + 1):
        questions.close(
            session,
            ctx,
            f"comment:{comment.id}:{version}",
            lambda speaker: _told(session, speaker, meeting, comment),
        )
