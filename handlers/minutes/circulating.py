"""*Circulate the minutes*: a summary and the Word file to the body, with a day until which comments are taken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.conclusions
import storage.configuration
import storage.history
import storage.meetings
import storage.outbox
import storage.received
from handlers import answers, dates, entries, forms, meeting_names, places, records, resting
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import FieldRefusal, Refusal
from handlers.forms import Form, Question
from handlers.forms import Sort as Asked
from handlers.kinds import listing
from handlers.language import message
from handlers.meetings import invited, minuted, open_points, showing
from handlers.meetings.invited import Address
from handlers.meetings.kind import KIND
from handlers.minutes import drafting
from handlers.readers import Reader
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage.history import By, Origin
from storage.meetings import PAST, Adopted, Meeting, Minutes, Status
from storage.outbox import Sort

CIRCULATE_TITLE = message("Circulate the minutes")
SEND_SUBMIT = message("Send")
UNTIL = message("Comments until")
UNTIL_HINT = message("As you write it: “in ten days”, “19 March”, “next Friday”.")
HOW = message("How they are adopted")
BY_SILENCE = message("Without objection before that day")
AT_MEETING = message("At the next meeting")
WORDS = message("A word of yours")
ABOUT_DIRECT = message("*{meeting}*: a summary and the Word file, in direct messages to those who sit in it.")
ABOUT_CHANNEL = message("*{meeting}*: a summary and the Word file, in {channel}.")
NOT_HELD = message("It has not taken place yet: there are no minutes to circulate.")
ADOPTED_BEFORE = message("These minutes are adopted already; nothing was sent.")
NOBODY = message("There is nobody who could be told of these minutes here: nothing was sent.")
NOT_A_DAY = message("Please give a day: “{said}” is none.")
OVER = message("This day is understood as {day}; it must still be to come.")
HEAD = message("📝 *Minutes of {meeting}*, {when}")
AGAIN = message("📝 *Minutes of {meeting}*, {when}: circulated again")
ADOPTED_HEAD = message("✅ *Minutes of {meeting}*, {when}: {adopted}")
SILENCE = message("*Without objection before the end of {day}, they are adopted.*")
COMMENTS = message("*Comments until {day}*; they are put to adoption at the next meeting.")
QUORUM = message("{there}/{seats} were represented.")
IN_THREAD = message("The Word file is in the thread.")
FOLLOWS = message("The Word file follows.")
FILE = message("The minutes in Word.")
SENT = message("The minutes of {meeting} are circulated, with comments until {day}.")
SHOW_BUTTON = message("The whole")

FORM = Form(
    "minutes_circulate",
    CIRCULATE_TITLE,
    SEND_SUBMIT,
    (
        Question("until", UNTIL, Asked.LINE, required=True, hint=UNTIL_HINT),
        Question(
            "how",
            HOW,
            Asked.CHOICE,
            required=True,
            choices={Adopted.SILENCE: BY_SILENCE, Adopted.MEETING: AT_MEETING},
        ),
        Question("words", WORDS),
    ),
)
USUALLY = timedelta(days=10)
"""How long comments are taken, unless somebody says otherwise."""
SATURDAY = 5
LISTED = 8
"""Conclusions told in the summary; the file has them all."""


def register(app: App) -> None:
    """Register the listeners."""
    app.action("minutes_circulate")(open_circulation)
    app.view(FORM.name)(keep_circulation)


def open_circulation(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form: until when, how they are adopted, a word."""
    with ctx.readings.begin() as session:
        meeting = records.changeable(session, ctx, actor, drafting.RECORD, records.id_of(body))
        _require_held(meeting)
        name = literal(meeting_names.named(meeting, meeting_names.body_of(session, meeting), actor.speaker))
        sentence = ABOUT_CHANNEL if meeting.channel else ABOUT_DIRECT
        above = [blocks.section(actor.speaker.say(sentence, meeting=name, channel=f"<#{meeting.channel}>"))]
        until = meeting.comments_until if meeting.comments_until and meeting.comments_until > ctx.today else None
        values = {
            "until": actor.speaker.day(until or _usual(session, ctx)),
            "how": meeting.adopted_how or Adopted.SILENCE,
        }
        context = {"id": meeting.id, "place": places.of(body)}
        view = FORM.view(actor.speaker, values, {}, context, above)
    answers.lay(client, body, view)
    ack()


def keep_circulation(
    ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], client: WebClient, delivery: str
) -> None:
    """The form submitted: sent once to the body."""
    given, context = FORM.answers(view), forms.context_of(view)
    until = understood(given["until"], ctx.today)
    with ctx.sessions.begin() as session:
        meeting = records.changeable(session, ctx, actor, drafting.RECORD, int(context["id"]))
        if storage.received.first(session, delivery, ctx.now()):
            _require_held(meeting)
            circulate(session, ctx, actor, meeting, {**given, "until": until})
            _confirm(session, ctx, actor, meeting)
        sheet = listing.whole(session, ctx, actor, KIND, meeting)
    ack()
    ctx.wake()
    if "sheet" in context["place"]:
        places.redraw(client, context["place"], "", sheet["blocks"])


def circulate(session: Session, ctx: Context, actor: Actor, meeting: Meeting, given: Mapping[str, Any]) -> None:
    """Let the minutes be out, and tell the body."""
    before, again = storage.history.facts(meeting), meeting.minutes == Minutes.CIRCULATED
    meeting.status, meeting.minutes = Status.MINUTED, Minutes.CIRCULATED
    meeting.circulated_at, meeting.comments_until = ctx.now(), given["until"]
    meeting.adopted_how = given["how"]
    drafting.note(session, ctx, meeting, before, By(actor.id, ctx.now(), Origin.FORM))
    reached = [
        _send(session, ctx, meeting, address, given["words"], again=again)
        for address in invited.addresses(session, ctx, meeting)
    ]
    if not any(reached):
        raise Refusal(NOBODY)


def _usual(session: Session, ctx: Context) -> date:
    """The day proposed: ten days from now, or the first day of work after."""
    day = ctx.today + USUALLY
    off = resting.days_off(session, {None}, day, day + 2 * USUALLY)[None]
    while day in off or day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day


def about(meeting: Meeting) -> str:
    """By which the outbox finds the messages that circulate a meeting's minutes."""
    return f"minutes:{meeting.id}"


def addressed(session: Session, address: str, payload: dict[str, Any]) -> dict[str, Any]:
    """The same with for whom it was written, where its channel is one of the digest's."""
    channel = storage.configuration.channel(session, address)
    return payload if channel is None else payload | {"for": channel.shown_to}


def refresh(session: Session, ctx: Context, meeting: Meeting) -> None:
    """Let each message that circulates them show that they are adopted: nothing more is to be commented on."""
    for sent in storage.outbox.cards(session, about(meeting)):
        reader = drafting.reader_at(session, ctx, meeting, sent.address)
        if reader is None:
            continue
        name = literal(meeting_names.named(meeting, meeting_names.body_of(session, meeting), reader.speaker))
        adopted = minuted.adopted(reader.speaker, meeting)
        when = meeting_names.when(meeting, reader.speaker)
        text = reader.speaker.say(ADOPTED_HEAD, meeting=name, when=when, adopted=adopted)
        show = blocks.button(reader.speaker.say(SHOW_BUTTON), "meeting_show", str(meeting.id))
        told = {"text": text, "blocks": [blocks.section(text), blocks.actions(show)]}
        payload = addressed(session, sent.address, told)
        key = f"edit:{sent.key}:{meeting.version}"
        storage.outbox.put(session, key, sent.address, payload, ctx.now(), sort=Sort.EDIT, under=sent.key)


def understood(text: str, today: date) -> date:
    """The day a person wrote. Raises FieldRefusal: no day, or not to come."""
    try:
        found = dates.deadline(text, today)
    except dates.NotADate as no:
        raise FieldRefusal({"until": (no.sentence, no.values)}) from None
    if found.due is None:
        raise FieldRefusal({"until": (NOT_A_DAY, {"said": text})})
    if found.due <= today:
        raise FieldRefusal({"until": (OVER, {"day": found.due})})
    return found.due


def _send(session: Session, ctx: Context, meeting: Meeting, address: Address, words: str, *, again: bool) -> bool:
    """The summary, and the file after it: in a channel in its thread; False where it may not be read there."""
    reader = drafting.reader_at(session, ctx, meeting, address.slack_id)
    if reader is None:
        return False
    key = f"minutes:{meeting.id}:{meeting.version}:{address.slack_id}"
    text, told = summary(session, ctx, meeting, reader, words, again=again, threaded=address.person_id is None)
    payload = addressed(session, address.slack_id, {"text": text, "blocks": told})
    storage.outbox.put(session, key, address.slack_id, payload, ctx.now(), about=about(meeting))
    file = addressed(session, address.slack_id, {"meeting": meeting.id, "text": reader.speaker.say(FILE)})
    under = key if address.person_id is None else None
    storage.outbox.put(session, f"minutes_file:{key}", address.slack_id, file, ctx.now(), sort=Sort.FILE, under=under)
    return True


def summary(
    session: Session, ctx: Context, meeting: Meeting, reader: Reader, words: str, *, again: bool, threaded: bool
) -> tuple[str, list[blocks.Block]]:
    """What the minutes hold, in short, and until when they may be commented on."""
    speaker = reader.speaker
    name = literal(meeting_names.named(meeting, meeting_names.body_of(session, meeting), speaker))
    head = speaker.say(AGAIN if again else HEAD, meeting=name, when=meeting_names.when(meeting, speaker))
    text = "\n".join([head, *_conclusions(session, ctx, meeting, reader)])
    day = meeting.comments_until
    closing = speaker.say(SILENCE if meeting.adopted_how == Adopted.SILENCE else COMMENTS, day=day)
    closing += f" {speaker.say(IN_THREAD if threaded else FOLLOWS)}"
    value = str(meeting.id)
    comment = blocks.button(speaker.say(minuted.COMMENT_BUTTON), "minutes_comment", value, style="primary")
    show = blocks.button(speaker.say(SHOW_BUTTON), "meeting_show", value)
    told = [*blocks.paragraphs(text), *(blocks.said(words) if words else ()), blocks.section(closing)]
    plain = "\n".join(filter(None, [text, literal(words), closing]))
    return plain, [*told, blocks.actions(comment, show)]


def _conclusions(session: Session, ctx: Context, meeting: Meeting, reader: Reader) -> list[str]:
    """How many were there, what was decided and asked for."""
    speaker, lines = reader.speaker, []
    rows = storage.meetings.attendances(session, meeting.id)
    if rows:
        there, seats = showing.quorum(session, ctx, meeting, rows)
        lines.append(speaker.say(QUORUM, there=there, seats=seats))
    left = storage.conclusions.of(session, meeting, reader.audience)
    names = entries.names(session, [*left.decisions, *left.actions])
    for title, found in ((showing.DECIDED, left.decisions), (showing.ASKED, left.actions)):
        if found:
            lines.append(speaker.say(title, count=len(found)))
            lines += [open_points.line(speaker, each, names, ctx.today) for each in found[:LISTED]]
    return lines


def _confirm(session: Session, ctx: Context, actor: Actor, meeting: Meeting) -> None:
    """One line to who sent them, who need not be among those told."""
    name = literal(meeting_names.named(meeting, meeting_names.body_of(session, meeting), actor.speaker))
    text = actor.speaker.say(SENT, meeting=name, day=meeting.comments_until)
    payload = {"text": text, "blocks": [blocks.section(text)]}
    key = f"circulated:{meeting.id}:{meeting.version}:{actor.slack_id}"
    storage.outbox.put(session, key, actor.slack_id, payload, ctx.now())


def _require_held(meeting: Meeting) -> None:
    """Raises Refusal for one that has not taken place, or whose minutes are adopted."""
    if meeting.status not in PAST:
        raise Refusal(NOT_HELD)
    if meeting.minutes == Minutes.ADOPTED:
        raise Refusal(ADOPTED_BEFORE)
