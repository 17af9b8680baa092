"""*Call it*: the meeting is told to those invited, in a channel or in their direct messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy.orm import Session

import storage.configuration
import storage.history
import storage.meetings
import storage.received
from handlers import answers, exposure, forms, meeting_names, places, records
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import FieldRefusal, Refusal
from handlers.forms import Form, Question, Sort
from handlers.kinds import forming, listing, telling
from handlers.language import Message, message, plural
from handlers.meetings import calls, invited, showing
from handlers.meetings.kind import KIND
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage.history import Origin
from storage.meetings import Meeting, Status
from storage.visibility import sees

CALL_TITLE = message("Call a meeting")
CALL_SUBMIT = message("Call")
CHANNEL = message("Channel in which it is called")
CHANNEL_HINT = message("Empty: each of those invited is told in direct messages. I must be in the channel.")
SAID = message("What the call says besides")
SAID_HINT = message("How to join, what to read before, whom to tell.")
ABOUT = message("*{meeting}*\n{when}")
INVITED = plural("One seat: {names}", "{count} seats: {names}")
UNREACHED = message("⚠️ Not reached in direct messages (nobody of them is known in Slack): {names}")
OVER = message("It begins on {day}, which is over: nobody can be called to it.")
CALLED_BEFORE = message("It was called already.")
NOT_PLANNED = message("Only a meeting that is planned can be called.")
NOT_THERE = message("I am not in that channel: invite me there with /invite, then call it again.")
NOT_A_CHANNEL = message("A meeting is called in a channel, not in a direct message.")
TOO_OPEN = message("Those who read that channel may not read this meeting: choose another channel, or a wider level.")
TOLD = plural("✅ *{meeting}* is called: one person is told.", "✅ *{meeting}* is called: {count} people are told.")
TOLD_IN = message("✅ *{meeting}* is called in {channel}.")

FORM = Form(
    "meeting_call",
    CALL_TITLE,
    CALL_SUBMIT,
    (
        Question("channel", CHANNEL, Sort.CHANNEL, hint=CHANNEL_HINT),
        Question("said", SAID, hint=SAID_HINT),
    ),
)
_NOT_FOUND = ("channel_not_found", "not_in_channel")
_REASONS: Mapping[str, Message] = {exposure.Reason.ABSENT: NOT_THERE}
RECORD = forming.record_kind(KIND)


def register(app: App) -> None:
    """Register the listeners."""
    app.action("meeting_call")(open_call)
    app.view(FORM.name)(keep_call)


def open_call(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form, with who is invited above it."""
    with ctx.readings.begin() as session:
        meeting = records.changeable(session, ctx, actor, RECORD, records.id_of(body))
        _require_planned(ctx, meeting)
        values = {"channel": _usual(session, meeting), "said": meeting.said}
        context = {"id": meeting.id, "place": places.of(body)}
        view = FORM.view(actor.speaker, values, {}, context, _above(session, ctx, actor, meeting))
    answers.lay(client, body, view)
    ack()


def keep_call(ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], client: WebClient, delivery: str) -> None:
    """The form submitted: called once, and everybody told."""
    given, context = FORM.answers(view), forms.context_of(view)
    channel = given.get("channel") or ""
    found = _asked(client, channel) if channel else None
    with ctx.sessions.begin() as session:
        meeting = records.changeable(session, ctx, actor, RECORD, int(context["id"]))
        if storage.received.first(session, delivery, ctx.now()):
            _require_planned(ctx, meeting)
            if found is not None:
                _require_fitting(session, meeting, found)
            told = call(session, ctx, actor, meeting, channel, given.get("said", ""))
            _confirm(session, ctx, actor, meeting, told)
        sheet = listing.whole(session, ctx, actor, KIND, meeting)
    ack()
    ctx.wake()
    if "sheet" in context["place"]:
        places.redraw(client, context["place"], "", sheet["blocks"])


def call(session: Session, ctx: Context, actor: Actor, meeting: Meeting, channel: str, said: str) -> int:
    """Call it; how many are told."""
    before = storage.history.facts(meeting)
    meeting.channel, meeting.said = channel, said
    meeting.status, meeting.called_at = Status.CALLED, ctx.now()
    records.touched(session, ctx, actor, telling.shown(KIND), meeting, before, Origin.FORM)
    return len(calls.post(session, ctx, meeting))


def _confirm(session: Session, ctx: Context, actor: Actor, meeting: Meeting, told: int) -> None:
    """One line to who called it: where, and who could not be reached."""
    speaker = actor.speaker
    name = literal(meeting_names.named(meeting, meeting_names.body_of(session, meeting), speaker))
    if meeting.channel:
        text = speaker.say(TOLD_IN, meeting=name, channel=f"<#{meeting.channel}>")
    else:
        text = speaker.say(TOLD, meeting=name, count=told)
    missing = invited.unreached(session, ctx, meeting)
    if missing:
        text += "\n" + speaker.say(UNREACHED, names=literal(_seats(session, actor, missing)))
    payload = {"text": text, "blocks": [blocks.section(text)]}
    storage.outbox.put(
        session, f"called:{meeting.id}:{meeting.version}:{actor.slack_id}", actor.slack_id, payload, ctx.now()
    )


def _above(session: Session, ctx: Context, actor: Actor, meeting: Meeting) -> list[blocks.Block]:
    """What is called, and who is invited."""
    speaker = actor.speaker
    name = literal(meeting_names.named(meeting, meeting_names.body_of(session, meeting), speaker))
    seats = invited.seats(session, ctx, meeting)
    told = [speaker.say(ABOUT, meeting=name, when=meeting_names.when(meeting, speaker))]
    if seats:
        told.append(speaker.say(INVITED, count=len(seats), names=literal(_seats(session, actor, seats))))
    return blocks.paragraphs("\n".join(told))


def _seats(session: Session, actor: Actor, seats: list[storage.seats.Seat]) -> str:
    rows = [storage.meetings.Attendance(institution_id=each.institution_id, seat=each.group, name="") for each in seats]
    return actor.speaker.listing(showing.names(session, rows, actor.speaker))


def _usual(session: Session, meeting: Meeting) -> str:
    """The channel in which its body was called last, else the body's own digest channel."""
    last = storage.meetings.before(session, meeting)
    if last is not None and last.channel:
        return last.channel
    own = (each.id for each in storage.configuration.channels(session) if each.group_id == meeting.group_id)
    return next(own, "") if meeting.group_id is not None else ""


def _require_planned(ctx: Context, meeting: Meeting) -> None:
    """Raises Refusal for one that cannot be called any more."""
    if meeting.status == Status.CALLED:
        raise Refusal(CALLED_BEFORE)
    if meeting.status != Status.PLANNED:
        raise Refusal(NOT_PLANNED)
    if meeting.last_day is not None and meeting.last_day < ctx.today:
        raise Refusal(OVER, day=meeting.first_day)


def _asked(client: WebClient, channel: str) -> Mapping[str, Any]:
    """What Slack says of the channel. Raises FieldRefusal where the bot cannot write."""
    try:
        found: Mapping[str, Any] = client.conversations_info(channel=channel)["channel"]
    except SlackApiError as error:
        if error.response["error"] in _NOT_FOUND:
            raise FieldRefusal({"channel": (NOT_THERE, {})}) from None
        raise
    if found.get("is_im") or found.get("is_mpim"):
        raise FieldRefusal({"channel": (NOT_A_CHANNEL, {})})
    return found


def _require_fitting(session: Session, meeting: Meeting, found: Mapping[str, Any]) -> None:
    """Raises FieldRefusal for a channel in which others read it."""
    reason = exposure.allowed(meeting.visibility, exposure.facts(found))
    if reason is not None:
        raise FieldRefusal({"channel": (_REASONS.get(reason, TOO_OPEN), {})})
    channel = storage.configuration.channel(session, str(found["id"]))
    if channel is not None and not sees(meeting, channel.audience):
        raise FieldRefusal({"channel": (TOO_OPEN, {})})
