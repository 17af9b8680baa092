"""What a person owes today: the updates of the groups they coordinate, the decisions they or their institution carry.

Only what they may read is told; a decision that is due within `SOON` or overdue.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

import storage.decisions
import storage.groups
from handlers import awaited, dates
from handlers.actors import Actor
from handlers.awaited import Awaited
from handlers.context import Context
from handlers.dates import Deadline
from handlers.language import Speaker, message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage.decisions import Decision
from storage.groups import Group

WHAT_YOU_OWE = message("*What you owe*")
NOTHING_OWED = message("Nothing at the moment: no update is awaited from you, and no decision of yours is due.")
AWAITED = message("*{group}*: the update for {period} is awaited until {until}.")
AWAITED_LATE = message(
    "*{group}*: the update for {period} was awaited until {until}. It is still welcome; it will be marked late."
)
GIVE_BUTTON = message("Give the update")
GIVE_SPOKEN = message("Give the update of {group}")
DUE = message("*{code}*: due {deadline}. {text}")
OVERDUE = message("⚠️ *{code}*: overdue, it was due {deadline}. {text}")
MORE = message("There are more: the whole list is one click away.")
DECISIONS_BUTTON = message("All decisions")

SOON = timedelta(days=14)
SHOWN = 8
"""Decisions told here; all of them stand in the list."""
SHORT = 200
"""Characters of a decision's text; the whole stands in the list."""


def told(session: Session, ctx: Context, actor: Actor) -> tuple[list[str], list[blocks.Block]]:
    """What they owe: as lines of text, and as blocks with the buttons that answer it."""
    title = actor.speaker.say(WHAT_YOU_OWE)
    updates = [_awaited_told(ctx, actor.speaker, each) for each in awaited.among(session, ctx, _groups(session, actor))]
    decisions, further = _decisions(session, ctx, actor)
    pairs = [*updates, *decisions]
    if not pairs:
        nothing = actor.speaker.say(NOTHING_OWED)
        return [title, nothing], [blocks.section(f"{title}\n{nothing}")]
    return [title, *(text for text, _ in pairs)], [blocks.section(title), *(block for _, block in pairs), *further]


def _groups(session: Session, actor: Actor) -> list[Group]:
    """The groups they coordinate."""
    return [group for group in storage.groups.reporting(session) if group.id in actor.leads]


def _awaited_told(ctx: Context, speaker: Speaker, owed: Awaited) -> tuple[str, blocks.Block]:
    name = owed.group.name(speaker.language)
    sentence = AWAITED if owed.until > ctx.now() else AWAITED_LATE
    text = speaker.say(sentence, group=literal(name), period=owed.period, until=owed.until)
    button = blocks.button(
        speaker.say(GIVE_BUTTON),
        "update_open",
        str(owed.group.id),
        style="primary",
        spoken=speaker.say(GIVE_SPOKEN, group=name),
    )
    return text, blocks.section(text, button)


def _decisions(
    session: Session, ctx: Context, actor: Actor
) -> tuple[list[tuple[str, blocks.Block]], Sequence[blocks.Block]]:
    """The decisions they owe soon, and the way to all of them."""
    found = storage.decisions.owed_by(
        session, (actor.id, actor.institution_id), ctx.today + SOON, actor.audience, SHOWN + 1
    )
    told = [_decision_told(ctx, actor.speaker, decision) for decision in found[:SHOWN]]
    if not told:
        return [], ()
    more = [blocks.context(actor.speaker.say(MORE))] if len(found) > SHOWN else []
    return told, [*more, blocks.actions(blocks.button(actor.speaker.say(DECISIONS_BUTTON), "decisions_open"))]


def _decision_told(ctx: Context, speaker: Speaker, decision: Decision) -> tuple[str, blocks.Block]:
    overdue = decision.due_on is not None and decision.due_on < ctx.today
    text = speaker.say(
        OVERDUE if overdue else DUE,
        code=literal(decision.code),
        deadline=dates.in_words(Deadline(decision.deadline, decision.due_on), speaker),
        text=literal(blocks.clip(decision.text, SHORT)),
    )
    return text, blocks.section(text)
