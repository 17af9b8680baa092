"""The question whether another date will do: put to who asked for the action, with two buttons, until it is answered.

It goes to who asked (the noter of its decision), else to the Pool. Its messages are found again by what they are about,
so that they lose their buttons once anyone answered, or nothing is left to answer.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

import storage.outbox
import storage.people
from handlers import actors, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.followup import action_cards, questions
from handlers.language import Message, Speaker, message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.rights import Right
from storage.actions import Action
from storage.people import Person
from storage.visibility import sees

ASKED = message("{name} asks for another date for *{code}*: {proposed} instead of {deadline}.")
ITS_TEXT = message("To be done: {text}")
REASON = message("Why: {text}")
ACCEPTED = message("The date of *{code}* was moved: {deadline}.")
KEPT = message("The date of *{code}* stays: {deadline}.")
NOTHING_TO_ANSWER = message("*{code}*: there is no date to be answered any more.")
SOMEBODY = message("Somebody")

SHORT = 700
"""Characters of a text that are quoted; the whole is on the card."""


def ask(session: Session, ctx: Context, proposer: Actor, action: Action) -> None:
    """Put the date which now stands proposed to who asked for the action."""
    for asker in _askers(session, ctx, proposer, action):
        told = _question(asker.speaker, proposer.name, action)
        buttons = action_cards.buttons(asker, action, only=action_cards.ANSWERS)
        questions.put(session, ctx, _about(action), asker, (told, buttons))


def over(session: Session, ctx: Context, action: Action, told: Message = NOTHING_TO_ANSWER) -> int | None:
    """Nothing is proposed any more: who was asked reads that instead of the question. Returns who had proposed."""
    if action.proposed is None:
        return None
    proposer = action.proposed_by_id
    action.proposed = action.proposed_on = action.proposed_by_id = None
    action.proposed_why = ""
    questions.close(session, ctx, _about(action), lambda speaker: said(speaker, action, told))
    return proposer


def tell(session: Session, ctx: Context, person_id: int, action: Action, told: Message) -> None:
    """Tell who proposed a date what became of it, if they may still read the action."""
    proposer = actors.describe(session, ctx, session.get_one(Person, person_id))
    if not proposer.slack_id or not sees(action, proposer.audience):
        return
    text = said(proposer.speaker, action, told)
    payload = {"text": text, "blocks": [blocks.section(text)]}
    storage.outbox.put(session, f"{_about(action)}:answered", proposer.slack_id, payload, ctx.now())


def said(speaker: Speaker, action: Action, told: Message) -> str:
    """One of the sentences above, with the deadline as it stands now."""
    if told == NOTHING_TO_ANSWER:
        return speaker.say(told, code=action.code)
    return speaker.say(told, code=action.code, deadline=action_cards.deadline_words(action, speaker))


def _about(action: Action) -> str:
    """What the messages of its latest proposal are about."""
    return f"proposal:{action.id}:{action.proposals}"


def _askers(session: Session, ctx: Context, proposer: Actor, action: Action) -> list[Actor]:
    """Who asked for it, if they are here, may read it and are not who proposes; else the Pool."""
    people = storage.people.by_ids(session, [action.asked_by_id]) if action.asked_by_id else []
    asked = [actors.describe(session, ctx, person) for person in people if person.id != proposer.id]
    able = [each for each in asked if each.slack_id and rights.may(each, Right.CHANGE_ACTION, record=action)]
    if able and sees(action, able[0].audience):
        return able
    pool = (actors.load(session, ctx, slack_id) for slack_id in rights.pool_ids(session, ctx))
    return [each for each in pool if each is not None and each.is_member and each.id != proposer.id]


def _question(speaker: Speaker, name: str, action: Action) -> str:
    lines = [
        speaker.say(
            ASKED,
            name=literal(name or speaker.say(SOMEBODY)),
            code=action.code,
            proposed=action_cards.proposed_words(action, speaker),
            deadline=action_cards.deadline_words(action, speaker),
        ),
        speaker.say(ITS_TEXT, text=literal(blocks.clip(action.text, SHORT))),
    ]
    if action.proposed_why:
        lines.append(speaker.say(REASON, text=literal(blocks.clip(action.proposed_why, SHORT))))
    return "\n".join(lines)
