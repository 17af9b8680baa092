"""What the sheet of a meeting shows of its minutes: where they stand, what was said of them, what can be done."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

import storage.meetings
import storage.minutes
import storage.partners
from handlers import meeting_names, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.language import Speaker, message, plural
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.rights import Right
from storage.decisions import Decision
from storage.meetings import COMING, Adopted, Meeting, Minutes, MinutesComment
from storage.visibility import Audience, visible

DRAFT_BUTTON = message("Draft of the minutes")
WORD_BUTTON = message("Minutes in Word")
SAID_BUTTON = message("What was said")
CIRCULATE_BUTTON = message("Circulate the minutes")
AGAIN_BUTTON = message("Circulate again")
COMMENT_BUTTON = message("Comment on the minutes")
ADOPT_BUTTON = message("Adopt: {meeting}")
TAKEN_BUTTON = message("Take it in")
NOT_TAKEN_BUTTON = message("Do not take it in")

DRAFTED = message("*Minutes*: draft")
UNTIL_SILENCE = message("*Minutes*: circulated; adopted without objection before the end of {day}.")
UNTIL_MEETING = message("*Minutes*: circulated; comments until {day}, adopted at the next meeting.")
OVER_SILENCE = message("*Minutes*: circulated; comments were open until {day}.")
CIRCULATED = message("*Minutes*: circulated.")
UNAMENDED = message("*Minutes*: adopted without amendment on {day}")
AMENDED = message("*Minutes*: adopted with amendments on {day}")
ADOPTED_THEN = message("*Minutes*: adopted on {day}")
ADOPTED = message("*Minutes*: adopted")
BY_DECISION = message("{adopted} ({code})")
COMMENTS = plural("*Comments on the minutes*: one", "*Comments on the minutes*: {count}")
COMMENT = message("*{who}*{state}\n{text}")
STATE = message(" – {state}")
TAKEN = message("taken")
NOT_TAKEN = message("not taken")
SOMEBODY = message("The Pool Technique")

SHOWN = 10
"""Comments shown on a sheet."""
LABEL = 70
"""Characters of a button's label."""


def state(session: Session, ctx: Context, meeting: Meeting, actor: Actor) -> str:
    """Where its minutes stand, in words ready for mrkdwn; "" before there are any."""
    say, day = actor.speaker.say, meeting.comments_until
    if meeting.minutes == Minutes.DRAFT:
        return say(DRAFTED)
    if meeting.minutes == Minutes.CIRCULATED:
        if day is None:
            return say(CIRCULATED)
        if day < ctx.today:
            return say(OVER_SILENCE, day=day)
        return say(UNTIL_SILENCE if meeting.adopted_how == Adopted.SILENCE else UNTIL_MEETING, day=day)
    if meeting.minutes != Minutes.ADOPTED:
        return ""
    decision = adopting(session, meeting, actor.audience)
    told = adopted(actor.speaker, meeting)
    return say(BY_DECISION, adopted=told, code=literal(decision.code)) if decision is not None else told


def adopted(speaker: Speaker, meeting: Meeting) -> str:
    """That they are adopted, with or without amendment, and when, as far as that is known."""
    if meeting.adopted_on is None:
        return speaker.say(ADOPTED)
    sentence = {None: ADOPTED_THEN, True: AMENDED, False: UNAMENDED}[meeting.amended]
    return speaker.say(sentence, day=meeting.adopted_on)


def adopting(session: Session, meeting: Meeting, audience: Audience | None) -> Decision | None:
    """The decision that adopted its minutes, if this audience may read it."""
    chosen = select(Decision).where(
        Decision.adopts_id == meeting.id, Decision.withdrawn_at.is_(None), visible(Decision, audience)
    )
    return session.scalars(chosen.order_by(Decision.id.desc()).limit(1)).first()


def told(session: Session, ctx: Context, actor: Actor, meeting: Meeting) -> list[blocks.Block]:
    """Where they stand, and what was said of them, with the buttons that settle it."""
    found = storage.minutes.comments(session, meeting.id)
    words = state(session, ctx, meeting, actor)
    shown = [blocks.section(words)] if words else []
    if found:
        shown.append(blocks.section(actor.speaker.say(COMMENTS, count=len(found))))
    keeps = rights.may(actor, Right.KEEP_MEETINGS, record=meeting)
    known = storage.partners.by_ids(session, sorted({each.institution_id for each in found if each.institution_id}))
    names = {each.id: each.name(actor.speaker.language) for each in known}
    for comment in found[:SHOWN]:
        shown += blocks.paragraphs(line(actor.speaker, comment, names.get(comment.institution_id or 0, "")))
        if keeps and comment.taken is None and meeting.minutes == Minutes.CIRCULATED:
            shown.append(blocks.actions(*settling(actor.speaker, comment)))
    return shown


def settling(speaker: Speaker, comment: MinutesComment) -> list[blocks.Block]:
    """The buttons that say whether a comment is taken into the minutes."""
    value = str(comment.id)
    return [
        blocks.button(speaker.say(TAKEN_BUTTON), "minutes_comment_taken", value, style="primary"),
        blocks.button(speaker.say(NOT_TAKEN_BUTTON), "minutes_comment_left", value),
    ]


def line(speaker: Speaker, comment: MinutesComment, institution: str) -> str:
    """One comment: whose it is, whether it was taken, its words; ready for mrkdwn."""
    settled = {None: "", True: speaker.say(TAKEN), False: speaker.say(NOT_TAKEN)}[comment.taken]
    state = speaker.say(STATE, state=settled) if settled else ""
    return speaker.say(
        COMMENT, who=literal(institution or speaker.say(SOMEBODY)), state=state, text=literal(comment.text)
    )


def buttons(session: Session, ctx: Context, actor: Actor, meeting: Meeting, *, begun: bool) -> list[blocks.Block]:
    """Draft them, say what was said, circulate them, comment on them, adopt those of an earlier meeting."""
    say, value = actor.speaker.say, str(meeting.id)
    keeps = rights.may(actor, Right.KEEP_MEETINGS, record=meeting)
    offered = []
    if begun and meeting.minutes is not None:
        offered.append(blocks.button(say(WORD_BUTTON), "minutes_word", value))
    if begun and keeps and meeting.minutes != Minutes.ADOPTED:
        if meeting.minutes is None:
            offered.append(blocks.button(say(DRAFT_BUTTON), "minutes_word", value))
        offered.append(blocks.button(say(SAID_BUTTON), "minutes_said", value))
        if meeting.status not in COMING:
            again = meeting.minutes == Minutes.CIRCULATED
            offered.append(blocks.button(say(AGAIN_BUTTON if again else CIRCULATE_BUTTON), "minutes_circulate", value))
    if may_comment(ctx, meeting) and rights.may(actor, Right.ANSWER_CALL, record=meeting):
        offered.append(blocks.button(say(COMMENT_BUTTON), "minutes_comment", value))
    if keeps and begun:
        earlier = storage.minutes.to_adopt(session, meeting, actor.audience)
        offered += [_adopt(session, actor, meeting, each) for each in earlier[:3]]
    return offered


def may_comment(ctx: Context, meeting: Meeting) -> bool:
    """Whether its minutes may still be commented on today."""
    return meeting.minutes == Minutes.CIRCULATED and (
        meeting.comments_until is None or ctx.today <= meeting.comments_until
    )


def _adopt(session: Session, actor: Actor, meeting: Meeting, earlier: Meeting) -> blocks.Block:
    speaker = actor.speaker
    name = meeting_names.named(earlier, meeting_names.body_of(session, earlier), speaker)
    label = blocks.clip(speaker.say(ADOPT_BUTTON, meeting=name), LABEL)
    return blocks.button(label, "minutes_adopt", f"{earlier.id}:{meeting.id}")
