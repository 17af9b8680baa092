"""The buttons of a meeting: what its reader can do with it, as it stands."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from handlers import cards, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.language import message
from handlers.meetings import minuted
from handlers.reports import blocks
from handlers.rights import Right
from storage.meetings import COMING, PAST, Meeting, Status

CALL_BUTTON = message("Call it")
ANSWER_BUTTON = message("Who comes, a point…")
ATTENDANCE_BUTTON = message("Who was there")
HELD_BUTTON = message("It took place")
POINTS_BUTTON = message("Several points")
DECISION_BUTTON = message("Note a decision")
ACTION_BUTTON = message("Ask for an action")
FILE_BUTTON = message("Calendar file")
CANCEL_BUTTON = message("Cancel the meeting")
CANCEL_TITLE = message("Cancel this meeting?")
CANCEL_TEXT = message("Those invited are told at once. It stays in the register as cancelled.")
CANCEL_TEXT_QUIET = message("Nobody was called to it yet. It stays in the register as cancelled.")
KEEP_BUTTON = message("Keep the meeting")


def buttons(session: Session, ctx: Context, actor: Actor, meeting: Meeting) -> Sequence[blocks.Block]:
    """Call it; answer its call; note who was there, what was decided; its minutes; cancel it."""
    say, value = actor.speaker.say, str(meeting.id)
    keeps = rights.may(actor, Right.KEEP_MEETINGS, record=meeting)
    begun = meeting.first_day is not None and meeting.first_day <= ctx.today
    offered = []
    if keeps and meeting.status == Status.PLANNED:
        offered.append(blocks.button(say(CALL_BUTTON), "meeting_call", value, style="primary"))
    if meeting.status in COMING and rights.may(actor, Right.ANSWER_CALL, record=meeting):
        offered.append(blocks.button(say(ANSWER_BUTTON), "meeting_answer", value))
    if meeting.status in PAST or (meeting.status in COMING and begun):
        offered += _at_the_meeting(actor, meeting, keeps=keeps)
        offered += minuted.buttons(session, ctx, actor, meeting, begun=begun)
    if meeting.first_day is not None and meeting.status in COMING:
        offered.append(blocks.button(say(FILE_BUTTON), "meeting_ics", value))
    if keeps and meeting.status in COMING:
        text = CANCEL_TEXT if meeting.called_at is not None else CANCEL_TEXT_QUIET
        sure = blocks.confirm(say(CANCEL_TITLE), say(text), say(CANCEL_BUTTON), say(KEEP_BUTTON), danger=True)
        offered.append(blocks.button(say(POINTS_BUTTON), "meeting_points", value))
        offered.append(blocks.button(say(CANCEL_BUTTON), "meeting_cancel", value, confirm=sure))
    return offered


def _at_the_meeting(actor: Actor, meeting: Meeting, *, keeps: bool) -> list[blocks.Block]:
    """What is noted while it sits, and after."""
    say, value = actor.speaker.say, str(meeting.id)
    offered = []
    if keeps:
        offered.append(blocks.button(say(ATTENDANCE_BUTTON), "meeting_attendance", value))
    if keeps and meeting.status in COMING:
        offered.append(blocks.button(say(HELD_BUTTON), "meeting_held", value))
    if rights.may(actor, Right.DECIDE, meeting.group_id):
        offered.append(blocks.button(say(DECISION_BUTTON), "decision_of_meeting", value))
    if rights.may(actor, Right.ASK_ACTION, meeting.group_id):
        offered.append(blocks.button(say(ACTION_BUTTON), "action_about", cards.about(meeting)))
    return offered
