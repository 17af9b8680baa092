"""A decision that comes back: put to who noted it and to the Pool on its day, once, until anyone answers."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

import storage.decisions
import storage.groups
import storage.people
from handlers import actors, dates, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import FieldRefusal
from handlers.followup import questions
from handlers.language import Message, Speaker, message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage.decisions import Decision
from storage.visibility import sees

COMES_BACK = message("*{code}* of {body} was to be looked at again on {day}. Is it still right?\n{text}")
STILL_RIGHT_BUTTON = message("Still right")
EDIT_BUTTON = message("Edit")
REPLACE_BUTTON = message("Replace")
ANOTHER_DATE_BUTTON = message("Another date")
LOOKED_AT = message("*{code}* was looked at again.")
LATER = message("*{code}* comes back on {day}.")
NOT_A_DAY = message("Please give a day: “{said}” is none.")
OVER = message("This day is understood as {day}; it must still be to come.")

SHORT = 1500
"""Characters of the decision that are quoted; the whole is on its card."""


def remind(session: Session, ctx: Context, due: datetime) -> None:
    """Put each decision that comes back today, or came back while nobody looked, to those who can answer."""
    for decision in storage.decisions.to_review(session, ctx.today):
        for asked in _asked(session, ctx, decision):
            if not questions.was_put(session, _about(decision), asked):
                questions.put(session, ctx, _about(decision), asked, _question(session, asked, decision))


def over(session: Session, ctx: Context, decision: Decision, until: date | None = None) -> None:
    """Whoever was asked reads that it was looked at, or when it comes back, in the place of the question."""

    def answer(speaker: Speaker) -> str:
        sentence: Message = LOOKED_AT if until is None else LATER
        return speaker.say(sentence, code=decision.code, **({} if until is None else {"day": until}))

    questions.close(session, ctx, _about(decision), answer)


def understood(text: str, today: date, stands: date | None) -> date | None:
    """The day a person wrote, None for none. Raises FieldRefusal: no day, or not to come; the one that stands may."""
    if not text.strip():
        return None
    try:
        found = dates.deadline(text, today)
    except dates.NotADate as no:
        raise FieldRefusal({"review": (no.sentence, no.values)}) from None
    if found.due is None and found.key is not None:
        raise FieldRefusal({"review": (NOT_A_DAY, {"said": text})})
    if found.due is not None and found.due <= today and found.due != stands:
        raise FieldRefusal({"review": (OVER, {"day": found.due})})
    return found.due


def _about(decision: Decision) -> str:
    return f"review:{decision.id}:{decision.review_on}"


def _asked(session: Session, ctx: Context, decision: Decision) -> list[Actor]:
    """Who noted it, and the Pool, each once; those who are here and may change it."""
    noter = storage.people.by_ids(session, [decision.said_by_id]) if decision.said_by_id else []
    pool = (actors.load(session, ctx, slack_id) for slack_id in rights.pool_ids(session, ctx))
    every = [*(actors.describe(session, ctx, person) for person in noter), *(each for each in pool if each is not None)]
    able = [each for each in every if each.slack_id and rights.may_change_decision(each, decision)]
    return [each for each in {each.id: each for each in able}.values() if sees(decision, each.audience)]


def _question(session: Session, asked: Actor, decision: Decision) -> tuple[str, list[blocks.Block]]:
    say, value = asked.speaker.say, str(decision.id)
    body = storage.groups.by_id(session, decision.group_id)
    text = say(
        COMES_BACK,
        code=literal(decision.code),
        body=literal(body.name(asked.speaker.language) if body else ""),
        day=decision.review_on,
        text=literal(blocks.clip(decision.text, SHORT)),
    )
    return text, [
        blocks.button(say(STILL_RIGHT_BUTTON), "decision_still", value, style="primary"),
        blocks.button(say(EDIT_BUTTON), "decision_edit", value),
        blocks.button(say(REPLACE_BUTTON), "decision_replace", value),
        blocks.button(say(ANOTHER_DATE_BUTTON), "decision_review", value),
    ]
