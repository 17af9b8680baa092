"""What a person owes today: the updates of the groups they coordinate, the actions they or their institution carry,
dates that others ask them for, the decisions which nobody made actions of, and what the registers say is owed.

Only what they may read is told; what is due within `SOON` or overdue.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

import storage.actions
import storage.decisions
import storage.groups
import storage.reporting_periods
import storage.updates
from handlers import awaited, dates, described, entries
from handlers.actors import Actor
from handlers.awaited import Awaited
from handlers.context import Context
from handlers.dates import Deadline
from handlers.followup import lines
from handlers.language import Speaker, message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage import periods
from storage.decisions import Decision
from storage.groups import Group

WHAT_YOU_OWE = message("*What you owe*")
NOTHING_OWED = message("Nothing at the moment: no update is awaited from you, and nothing of yours is due.")
AWAITED = message("*{group}*: the update for {period} is awaited until {until}.")
AWAITED_LATE = message(
    "*{group}*: the update for {period} was awaited until {until}. It is still welcome; it will be marked late."
)
GIVE_BUTTON = message("Give the update")
GIVE_SPOKEN = message("Give the update of {group}")
RETURNED = message("↩️ *{group}*: the update for {period} came back to you. {reason}")
CHANGE_BUTTON = message("Change the update")
CHANGE_SPOKEN = message("Change the update of {group}")
DUE = message("*{code}*: due {deadline}. {text}")
OVERDUE = message("⚠️ *{code}*: overdue, it was due {deadline}. {text}")
MORE = message("There are more: the whole list is one click away.")
ACTIONS_BUTTON = message("All actions")
REGISTERS_BUTTON = message("Meetings, requests, plans")
OF_REGISTERS = message("*What waits for you in the registers*")
NOTHING_THERE = message("Nothing waits for you there at the moment.")
DECISIONS_BUTTON = message("All decisions")

SOON = timedelta(days=14)
LONG = timedelta(days=365)
"""How long what nobody did is told as overdue."""
SHOWN = 6
"""Actions, decisions, and things of the registers told here; all of them stand in their lists."""
MOST = 18
"""Lines in all, so that they and the guide are one message."""
SHORT = 200
"""Characters of a decision's text; the whole stands in the list."""

Told = tuple[str, blocks.Block]
"""A line of text, and the block that says it with its button."""


def told(session: Session, ctx: Context, actor: Actor) -> tuple[list[str], list[blocks.Block]]:
    """What they owe: as lines of text, and as blocks with the buttons that answer it."""
    title = actor.speaker.say(WHAT_YOU_OWE)
    groups = _groups(session, actor)
    updates = [
        *_returned(session, actor.speaker, groups),
        *(_awaited_told(ctx, actor.speaker, each) for each in awaited.among(session, ctx, groups)),
    ]
    actions, decisions = _actions(session, ctx, actor), _decisions(session, ctx, actor)
    pairs = [*updates, *of_registers(session, ctx, actor)[:SHOWN], *actions[:SHOWN], *decisions[:SHOWN]][:MOST]
    if not pairs:
        nothing = actor.speaker.say(NOTHING_OWED)
        return [title, nothing], [blocks.section(f"{title}\n{nothing}")]
    return [title, *(text for text, _ in pairs)], [
        blocks.section(title),
        *(block for _, block in pairs),
        *_further(actor, actions, decisions),
    ]


def of_registers(session: Session, ctx: Context, actor: Actor) -> list[Told]:
    """What the registers say is owed by them before all others, the soonest first: a meeting that waits for their
    answer, a request that nobody took. What they already spoke of is told on its day.
    """
    span = (ctx.today - LONG, ctx.today + SOON)
    found = [due for kind in described.KINDS if kind.dues is not None for due in kind.dues(session, ctx, *span)]
    mine = [due for due in found if due.carriers[:1] == (actor.id,) and due.readable(actor.audience)]
    owed = sorted((due for due in mine if not due.quiet or due.day <= ctx.today), key=lambda due: due.day)
    return [due.told(session, actor.speaker) for due in owed[:SHOWN]]


def _groups(session: Session, actor: Actor) -> list[Group]:
    """The groups they coordinate."""
    return [group for group in storage.groups.reporting(session) if group.id in actor.leads]


def _returned(session: Session, speaker: Speaker, groups: Sequence[Group]) -> list[Told]:
    """What was returned to those groups and has not come back, with the button that opens it."""
    named = {group.id: group.name(speaker.language) for group in groups}
    told = []
    for row in storage.reporting_periods.returned_to(session, named):
        name, reason = named[row.group_id], literal(blocks.clip(row.reason, SHORT))
        text = speaker.say(RETURNED, group=literal(name), period=periods.parse(row.period), reason=reason)
        said = storage.updates.of_group_and_period(session, row.group_id, row.period)
        spoken = speaker.say(CHANGE_SPOKEN, group=name)
        button = blocks.button(
            speaker.say(CHANGE_BUTTON), "update_edit", str(said[-1].id if said else 0), style="primary", spoken=spoken
        )
        told.append((text, blocks.section(text, button)))
    return told


def _awaited_told(ctx: Context, speaker: Speaker, owed: Awaited) -> Told:
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


def _actions(session: Session, ctx: Context, actor: Actor) -> list[Told]:
    """The dates others ask them for, and the actions they owe soon, one more than is shown."""
    asked = storage.actions.proposals_to(session, [actor.id], actor.audience)
    owner = (actor.id, actor.institution_id)
    owed = storage.actions.owed_by(session, owner, ctx.today + SOON, actor.audience, SHOWN + 1)
    every = [*asked, *(action for action in owed if action.proposed is None)]
    names = entries.names(session, every)
    return [lines.told(action, names, actor.speaker, ctx.today) for action in every[: SHOWN + 1]]


def _decisions(session: Session, ctx: Context, actor: Actor) -> list[Told]:
    """The decisions without actions which they owe soon, one more than is shown."""
    owner = (actor.id, actor.institution_id)
    found = storage.decisions.owed_by(session, owner, ctx.today + SOON, actor.audience, SHOWN + 1)
    return [_decision_told(ctx, actor.speaker, decision) for decision in found]


def _further(actor: Actor, actions: Sequence[Told], decisions: Sequence[Told]) -> list[blocks.Block]:
    """The way to all of them, and that there are more than are told."""
    lists = [(actions, ACTIONS_BUTTON, "actions_open"), (decisions, DECISIONS_BUTTON, "decisions_open")]
    say = actor.speaker.say
    buttons = [blocks.button(say(label), action_id) for told, label, action_id in lists if told]
    more = [blocks.context(say(MORE))] if any(len(told) > SHOWN for told, _, _ in lists) else []
    return [*more, blocks.actions(*buttons)] if buttons else []


def _decision_told(ctx: Context, speaker: Speaker, decision: Decision) -> Told:
    overdue = decision.due_on is not None and decision.due_on < ctx.today
    text = speaker.say(
        OVERDUE if overdue else DUE,
        code=literal(decision.code),
        deadline=dates.in_words(Deadline(decision.deadline, decision.due_on), speaker),
        text=literal(blocks.clip(decision.text, SHORT)),
    )
    return text, blocks.section(text)
