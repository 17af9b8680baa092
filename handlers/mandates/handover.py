"""The handover: what somebody who takes up an office finds, in their language, of what they may read.

Of a group: the open actions and decisions, what is due, the last three updates. Of the collective: the open decisions
and actions of all, how many are overdue, which groups nobody coordinates.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

import storage.actions
import storage.decisions
import storage.groups
import storage.mandates
import storage.updates
from handlers import awaited, dates, entries
from handlers.actors import Actor
from handlers.context import Context
from handlers.dates import Deadline
from handlers.language import Speaker, message, plural
from handlers.reports import blocks
from handlers.reports.cells import EMOJI, marked
from handlers.reports.mrkdwn import literal
from storage import periods
from storage.actions import STANDING as STANDING_ACTIONS
from storage.decisions import STANDING, Decision
from storage.groups import Group, Kind, State
from storage.mandates import COORDINATION, Mandate
from storage.updates import Update

OPEN_OF_GROUP = plural("*Open in {group}*: one", "*Open in {group}*: {count}")
OPEN_OF_ALL = plural("*Open in all bodies and groups*: one", "*Open in all bodies and groups*: {count}")
NOTHING_OPEN = message("Nothing is open in {group}.")
NOTHING_OPEN_AT_ALL = message("Nothing is open in any body or group.")
OPEN_LINE = message("• *{code}*, {deadline}: {text}")
OVERDUE_LINE = message("• ⚠️ *{code}*, was due {deadline}: {text}")
OVERDUE = plural("⚠️ One of them is overdue.", "⚠️ {count} of them are overdue.")
AWAITED = message("*Due*: the update for {period}, by {until}")
LAST_UPDATES = message("*The last updates of {group}*")
UPDATE_LINE = message("• {period}: {status}. {text}")
NO_UPDATE = message("No update of {group} yet that you may read.")
VACANT = message("Without a coordinator: {groups}")
GIVE_BUTTON = message("Give the update")
UPDATES_BUTTON = message("Updates")
DECISIONS_BUTTON = message("All decisions")
GROUPS_BUTTON = message("All groups")

SHOWN = 5
"""Open decisions and actions told here; the registers have them all."""
LAST = 3
SHORT = 200
"""Characters of a text told here."""
COUNTED = 500

Line = tuple[str, blocks.Block]


def told(session: Session, ctx: Context, actor: Actor, mandate: Mandate) -> list[Line]:
    """The handover of that office to that person, as lines of text with their blocks."""
    group = storage.groups.by_id(session, mandate.group_id) if mandate.group_id else None
    texts = _of_group(session, ctx, actor, group, mandate) if group else _of_all(session, ctx, actor)
    row = [
        *_give(actor.speaker, mandate),
        blocks.button(actor.speaker.say(UPDATES_BUTTON), "updates_open"),
        blocks.button(actor.speaker.say(DECISIONS_BUTTON), "decisions_open"),
        blocks.button(actor.speaker.say(GROUPS_BUTTON), "groups_open"),
    ]
    return [*((text, blocks.section(text)) for text in texts if text), ("", blocks.actions(*row))]


def _give(speaker: Speaker, mandate: Mandate) -> list[blocks.Block]:
    if mandate.office not in COORDINATION:
        return []
    return [blocks.button(speaker.say(GIVE_BUTTON), "update_open", str(mandate.group_id), style="primary")]


def _of_group(session: Session, ctx: Context, actor: Actor, group: Group, mandate: Mandate) -> list[str]:
    speaker, name = actor.speaker, literal(group.name(actor.speaker.language))
    due = awaited.among(session, ctx, [group]) if mandate.office in COORDINATION else []
    open_lines, count, overdue = _open(session, ctx, actor, group.id)
    title = speaker.say(OPEN_OF_GROUP, group=name, count=count) if count else speaker.say(NOTHING_OPEN, group=name)
    return [
        *(speaker.say(AWAITED, period=each.period, until=each.until) for each in due),
        _listed(speaker, title, open_lines, overdue),
        _last_updates(session, actor, group, name),
    ]


def _of_all(session: Session, ctx: Context, actor: Actor) -> list[str]:
    speaker = actor.speaker
    open_lines, count, overdue = _open(session, ctx, actor, None)
    title = speaker.say(OPEN_OF_ALL, count=count) if count else speaker.say(NOTHING_OPEN_AT_ALL)
    held = storage.mandates.coordination(session, ctx.today)
    vacant = [
        literal(group.code)
        for group in storage.groups.everyone(session)
        if group.kind != Kind.BODY and group.state == State.ACTIVE and group.id not in held
    ]
    alone = speaker.say(VACANT, groups=speaker.listing(vacant)) if vacant else ""
    return [_listed(speaker, title, open_lines, overdue), alone]


def _listed(speaker: Speaker, title: str, lines: Sequence[str], overdue: int) -> str:
    late = [speaker.say(OVERDUE, count=overdue)] if overdue else []
    return "\n".join([title, *late, *lines])


def _open(session: Session, ctx: Context, actor: Actor, group_id: int | None) -> tuple[list[str], int, int]:
    """The actions and decisions that are open, the soonest due first: some lines, how many, how many overdue.

    A decision whose actions stand is told through them.
    """
    actions = storage.actions.open_of(session, group_id, actor.audience, COUNTED)
    narrow = storage.decisions.Filter(statuses=STANDING, body_id=group_id)
    found = storage.decisions.matching(session, narrow, actor.audience, COUNTED)
    through = storage.actions.standing_of(session, [decision.id for decision in found])
    decisions = [decision for decision in found if not _has_open(through.get(decision.id, ()))]
    together: list[Decision | storage.actions.Action] = [*actions, *decisions]
    every = sorted(together, key=lambda each: (each.due_on or date.max, each.code))
    overdue = sum(each.due_on is not None and each.due_on < ctx.today for each in every)
    return [_line(ctx, actor.speaker, each) for each in every[:SHOWN]], len(every), overdue


def _has_open(actions: Sequence[storage.actions.Action]) -> bool:
    return any(action.status in STANDING_ACTIONS for action in actions)


def _line(ctx: Context, speaker: Speaker, owed: Decision | storage.actions.Action) -> str:
    late = owed.due_on is not None and owed.due_on < ctx.today
    return speaker.say(
        OVERDUE_LINE if late else OPEN_LINE,
        code=literal(owed.code),
        deadline=dates.in_words(Deadline(owed.deadline, owed.due_on), speaker),
        text=literal(blocks.clip(owed.text, SHORT)),
    )


def _last_updates(session: Session, actor: Actor, group: Group, name: str) -> str:
    speaker = actor.speaker
    found = storage.updates.of_group(session, group.id, actor.audience, LAST)
    if not found:
        return speaker.say(NO_UPDATE, group=name)
    return "\n".join([speaker.say(LAST_UPDATES, group=name), *(_update(speaker, update) for update in found)])


def _update(speaker: Speaker, update: Update) -> str:
    status = marked(entries.update_status(speaker, update.status), EMOJI)
    text = literal(blocks.clip(update.progress or update.difficulties or update.next_steps, SHORT))
    return speaker.say(UPDATE_LINE, period=periods.parse(update.period), status=literal(status), text=text)
