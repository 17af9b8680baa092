"""Minutes are adopted: at the next meeting, with or without amendment, or as nobody objected before the day set.

To adopt them is a decision of the body, an endorsement, numbered like its others (DOMAIN.md section 5).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.decisions
import storage.history
import storage.meetings
import storage.minutes
import storage.outbox
import storage.people
import storage.received
from handlers import actors, answers, cards, forms, meeting_names, places, records
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import NOT_OFFERED_ANY_MORE, FieldRefusal, Refusal, number
from handlers.forms import Form, Question, Sort
from handlers.kinds import listing
from handlers.language import Speaker, message, plural
from handlers.meetings import answering, invited, minuted
from handlers.meetings.invited import Address
from handlers.meetings.kind import KIND
from handlers.minutes import circulating, drafting
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage.decisions import Decision, Kind
from storage.decisions import Status as Standing
from storage.history import By, Origin
from storage.meetings import Adopted, Meeting, Minutes, Status

ADOPT_TITLE = message("Adopt minutes")
ADOPT_SUBMIT = message("Adopt")
HOW = message("How")
WITHOUT = message("Without amendment")
WITH = message("With amendments")
WORDS = message("The amendments")
WORDS_HINT = message("As the meeting decided them; they stand in the decision.")
ABOUT = message("The minutes of *{meeting}* are adopted at *{now}*. This is a decision of {body}, with its number.")
WHICH = message("What was amended?")
NOT_CIRCULATED = message("These minutes are adopted already, or not circulated yet; nothing was changed.")
UNAMENDED = message("The minutes of {meeting} are adopted without amendment.")
AMENDED = message("The minutes of {meeting} are adopted with these amendments: {words}")
SILENTLY = message("The minutes of {meeting} are adopted without amendment: nobody objected before {day}.")
SILENTLY_AMENDED = message(
    "The minutes of {meeting} are adopted with the comments taken into them: nobody else objected before {day}."
)
TOLD = message("✅ *{code}*: {text}")
SHOW_BUTTON = message("The whole")
OBJECTED = plural(
    "💬 Nobody else commented on the minutes of {meeting} before {day}; one comment is not taken into them. They are "
    "not adopted by silence: take it, circulate them again, or put them to the next meeting.",
    "💬 The day for comments on the minutes of {meeting}, {day}, is over; {count} comments are not taken into them. "
    "They are not adopted by silence: take them, circulate them again, or put them to the next meeting.",
)

FORM = Form(
    "minutes_adopt",
    ADOPT_TITLE,
    ADOPT_SUBMIT,
    (
        Question("how", HOW, Sort.CHOICE, required=True, choices={"without": WITHOUT, "with": WITH}),
        Question("words", WORDS, hint=WORDS_HINT),
    ),
)


def register(app: App) -> None:
    """Register the listeners."""
    app.action("minutes_adopt")(open_adoption)
    app.view(FORM.name)(keep_adoption)


def open_adoption(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form: without amendment, or with which."""
    earlier, _, now = str(body["actions"][0].get("value") or "").partition(":")
    with ctx.readings.begin() as session:
        meeting, sitting = _both(session, ctx, actor, number(earlier), number(now))
        group = meeting_names.body_of(session, meeting)
        speaker = actor.speaker
        told = speaker.say(
            ABOUT,
            meeting=literal(meeting_names.named(meeting, group, speaker)),
            now=literal(meeting_names.named(sitting, group, speaker)),
            body=literal(group.name(speaker.language) if group else ""),
        )
        amended = any(each.taken for each in storage.minutes.since_circulation(session, meeting))
    values = {"how": "with" if amended else "without"}
    context = {"id": meeting.id, "sitting": sitting.id, "place": places.of(body)}
    answers.lay(client, body, FORM.view(actor.speaker, values, {}, context, [blocks.section(told)]))
    ack()


def keep_adoption(ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], client: WebClient, delivery: str) -> None:
    """The form submitted: adopted once, by a decision of the body."""
    given, context = FORM.answers(view), forms.context_of(view)
    amended = given["how"] == "with"
    if amended and not given["words"]:
        raise FieldRefusal({"words": (WHICH, {})})
    with ctx.sessions.begin() as session:
        if storage.received.first(session, delivery, ctx.now()):
            meeting, sitting = _both(session, ctx, actor, int(context["id"]), int(context["sitting"]))
            group = meeting_names.body_of(session, meeting)
            name = meeting_names.named(meeting, group, actor.speaker)
            text = actor.speaker.say(AMENDED if amended else UNAMENDED, meeting=name, words=given["words"])
            adoption = Adoption(_day(ctx, sitting), text, actor.speaker.language, Adopted.MEETING, amended, sitting.id)
            decision = adopt(session, ctx, meeting, adoption, By(actor.id, ctx.now(), Origin.FORM))
            cards.receipt(session, ctx, actor, decision)
        else:
            sitting = records.standing(session, actor, drafting.RECORD, int(context["sitting"]))
        sheet = listing.whole(session, ctx, actor, KIND, sitting)
    ack()
    ctx.wake()
    if "sheet" in context["place"]:
        places.redraw(client, context["place"], "", sheet["blocks"])


@dataclass(frozen=True, slots=True)
class Adoption:
    """That minutes are adopted: on which civil day, in which words and language, how, at which meeting if at one."""

    day: date
    text: str
    language: str
    how: Adopted
    amended: bool
    sitting_id: int | None = None


def adopt(session: Session, ctx: Context, meeting: Meeting, adoption: Adoption, by: By) -> Decision:
    """Adopt them by a decision of the body, told where the meeting was told."""
    before = storage.history.facts(meeting)
    meeting.status, meeting.minutes = Status.ADOPTED, Minutes.ADOPTED
    meeting.adopted_on, meeting.adopted_how = adoption.day, adoption.how
    meeting.adopted_in_id, meeting.amended = adoption.sitting_id, adoption.amended
    drafting.note(session, ctx, meeting, before, by)
    decision = _decision(session, ctx, meeting, adoption, by)
    circulating.refresh(session, ctx, meeting)
    for address in invited.addresses(session, ctx, meeting):
        _tell(session, ctx, meeting, decision, address)
    return decision


def settle(session: Session, ctx: Context, due: datetime) -> None:
    """Adopt by silence what nobody objected to until yesterday; what was objected to is put to who keeps it, once."""
    for meeting in storage.minutes.circulated(session, last=ctx.today - timedelta(days=1)):
        comments = storage.minutes.since_circulation(session, meeting)
        standing = [each for each in comments if not each.taken]
        if meeting.adopted_how != Adopted.SILENCE or meeting.comments_until is None:
            continue
        if standing:
            _objected(session, ctx, meeting, len(standing))
            continue
        speaker = _speaker(session, ctx, meeting)
        name = meeting_names.named(meeting, meeting_names.body_of(session, meeting), speaker)
        sentence = SILENTLY_AMENDED if comments else SILENTLY
        text = speaker.say(sentence, meeting=name, day=meeting.comments_until)
        adoption = Adoption(meeting.comments_until, text, speaker.language, Adopted.SILENCE, bool(comments))
        adopt(session, ctx, meeting, adoption, By(None, ctx.now(), Origin.CLOCK))


def _both(session: Session, ctx: Context, actor: Actor, meeting_id: int, sitting_id: int) -> tuple[Meeting, Meeting]:
    """The meeting whose minutes are adopted, and the one at which they are. Raises Refusal."""
    meeting = records.changeable(session, ctx, actor, drafting.RECORD, meeting_id)
    sitting = records.changeable(session, ctx, actor, drafting.RECORD, sitting_id)
    if meeting.minutes != Minutes.CIRCULATED:
        raise Refusal(NOT_CIRCULATED)
    if meeting.group_id != sitting.group_id or meeting.group_id is None:
        raise Refusal(NOT_OFFERED_ANY_MORE)
    return meeting, sitting


def _day(ctx: Context, sitting: Meeting) -> date:
    """The day of that meeting, not after today."""
    return min(sitting.first_day or ctx.today, ctx.today)


def _decision(session: Session, ctx: Context, meeting: Meeting, adoption: Adoption, by: By) -> Decision:
    """The endorsement, numbered; it owes nobody anything."""
    decision = Decision(
        group_id=meeting.group_id,
        kind=Kind.ENDORSEMENT,
        decided=adoption.day.isoformat(),
        decided_on=adoption.day,
        status=Standing.DONE,
        done_on=adoption.day,
        visibility=meeting.visibility,
        language=adoption.language,
        said_at=ctx.now(),
        said_by_id=by.person_id,
        meeting_id=adoption.sitting_id,
        adopts_id=meeting.id,
        version=1,
        institutions=[],
    )
    storage.decisions.reword(decision, adoption.text)
    body = meeting_names.body_of(session, meeting)
    storage.decisions.keep(session, decision, body.code if body is not None else "")
    storage.history.created(session, decision, by)
    return decision


def _tell(session: Session, ctx: Context, meeting: Meeting, decision: Decision, address: Address) -> None:
    """That they are adopted, with the number of the decision, to those who were told of the meeting."""
    reader = drafting.reader_at(session, ctx, meeting, address.slack_id)
    if reader is None:
        return
    speaker, value = reader.speaker, str(meeting.id)
    text = speaker.say(TOLD, code=literal(decision.code), text=literal(_words(session, meeting, decision, speaker)))
    word = blocks.button(speaker.say(minuted.WORD_BUTTON), "minutes_word", value)
    show = blocks.button(speaker.say(SHOW_BUTTON), "meeting_show", value)
    told = {"text": text, "blocks": [*blocks.paragraphs(text), blocks.actions(word, show)]}
    payload = circulating.addressed(session, address.slack_id, told)
    key = f"adopted:{meeting.id}:{decision.id}:{address.slack_id}"
    storage.outbox.put(session, key, address.slack_id, payload, ctx.now())


def _words(session: Session, meeting: Meeting, decision: Decision, speaker: Speaker) -> str:
    """The decision in the reader's language where the bot worded it; what people wrote stays as they wrote it."""
    name = meeting_names.named(meeting, meeting_names.body_of(session, meeting), speaker)
    if meeting.adopted_how == Adopted.SILENCE:
        sentence = SILENTLY_AMENDED if meeting.amended else SILENTLY
        return speaker.say(sentence, meeting=name, day=meeting.adopted_on)
    return decision.text if meeting.amended else speaker.say(UNAMENDED, meeting=name)


def _objected(session: Session, ctx: Context, meeting: Meeting, count: int) -> None:
    """Put it to who keeps them, once a day set."""
    for keeper in answering.keepers(session, ctx, meeting):
        name = literal(meeting_names.named(meeting, meeting_names.body_of(session, meeting), keeper.speaker))
        text = keeper.speaker.say(OBJECTED, meeting=name, day=meeting.comments_until, count=count)
        show = blocks.button(keeper.speaker.say(SHOW_BUTTON), "meeting_show", str(meeting.id))
        payload = {"text": text, "blocks": [blocks.section(text), blocks.actions(show)]}
        key = f"objected:{meeting.id}:{meeting.comments_until}:{keeper.slack_id}"
        storage.outbox.put(session, key, keeper.slack_id, payload, ctx.now())


def _speaker(session: Session, ctx: Context, meeting: Meeting) -> Speaker:
    """The language in which the clock words a decision: that of who writes the minutes, else the group's."""
    pen = storage.people.by_ids(session, [meeting.pen_id]) if meeting.pen_id is not None else []
    return actors.speaker_of(ctx, pen[0]) if pen else ctx.speaker
