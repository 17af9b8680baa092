"""What a line of a plan led to, on its sheet: the decisions that serve it, their actions, the updates, the digests that
told them; and its past: how it stood at each validation, what it goes on from and in what it goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

import storage.drafts
import storage.plans.carrying
import storage.plans.frozen
import storage.plans.rows
import storage.plans.serving
from handlers import entries, pages, remembered
from handlers.actors import Actor
from handlers.context import Context
from handlers.followup import action_cards
from handlers.language import Message, Speaker, message
from handlers.plans import telling
from handlers.reports import blocks
from handlers.reports.cells import EMOJI, marked
from handlers.reports.mrkdwn import literal
from handlers.reports.report import Mark
from storage import periods
from storage.actions import Action
from storage.decisions import Decision
from storage.plans.frozen import Frozen
from storage.plans.rows import Line
from storage.updates import Update
from storage.visibility import sees

STANDS_UNDER = message("*Stands under*")
CHAIN = message("*What serves it*")
NOTHING_SERVES = message("No decision, action or update serves it yet.")
DECIDED = message("*{code}* {status} {text}")
ASKED = message("*{code}* {status} {text} ({owing})")
SAID = message("*{group}*, {period} {status} {text}")
TOLD_IN = message("told in the digest of {week}")
TO_BE_TOLD = message("for the digest of {week}")
LEFT_OUT = message("left out of the digest of {week}")
BEFORE = message("*As it was validated*")
THEN = message("{period}: {status}")
THEN_PERCENT = message("{period}: {status}, {percent}%")
NOTHING_SAID = message("nothing said")
GOES_ON_FROM = message("Goes on from {code} ({plan}).")
GOES_ON_IN = message("Goes on in {code} ({plan}).")

SHORT = 160
"""Characters of a record's text in the chain; the whole is on its card."""


def further(session: Session, ctx: Context, actor: Actor, line: Line) -> list[blocks.Block]:
    """The chain of a line, read downwards, and its past."""
    say = actor.speaker.say
    above = _above(session, actor.speaker, line)
    chain = _chain(session, ctx, actor, line) or [say(NOTHING_SERVES)]
    before = _before(actor.speaker, storage.plans.frozen.of_line(session, line.id).values())
    told = [
        *([say(STANDS_UNDER), *above] if above else []),
        say(CHAIN),
        *chain,
        *([say(BEFORE), *before] if before else []),
        *_past(session, actor, line),
    ]
    return [blocks.section(text) for text in pages.fitted(told) if text]


def _above(session: Session, speaker: Speaker, line: Line) -> list[str]:
    """The result and the axis it stands under, the axis first."""
    found: list[str] = []
    each = storage.plans.rows.line_by_id(session, line.above_id) if line.above_id is not None else None
    while each is not None:
        found.insert(0, literal(blocks.clip(each.numbered, SHORT)))
        each = storage.plans.rows.line_by_id(session, each.above_id) if each.above_id is not None else None
    return found


def _chain(session: Session, ctx: Context, actor: Actor, line: Line) -> list[str]:
    """Decisions with what was born of them, actions asked for alone, updates with the digest that told them."""
    serving, audience = storage.plans.serving, actor.audience
    decisions = serving.of_line(session, Decision, line.id, audience)
    born = serving.born(session, decisions, audience)
    theirs = {action.id for actions in born.values() for action in actions}
    alone = [each for each in serving.of_line(session, Action, line.id, audience) if each.id not in theirs]
    updates = serving.of_line(session, Update, line.id, audience)
    names = entries.names(session, [*decisions, *alone, *(each for found in born.values() for each in found), *updates])
    told: list[str] = []
    for decision in decisions:
        told.append(_decision(session, ctx, actor, decision))
        told += [f"{telling.INDENT}↳ {_action(ctx, actor, each, names)}" for each in born.get(decision.id, ())]
    told += [_action(ctx, actor, each, names) for each in alone]
    return told + [_update(session, ctx, actor, each, names) for each in updates]


def _decision(session: Session, ctx: Context, actor: Actor, decision: Decision) -> str:
    replaced = entries.successors(session, [decision], actor.audience).get(decision.id)
    mark = entries.decision_status(actor.speaker, decision, ctx.today, replaced)
    return _said(actor.speaker, DECIDED, mark, decision.text, code=decision.code)


def _action(ctx: Context, actor: Actor, action: Action, names: entries.Names) -> str:
    owing = literal(action_cards.owing(action, names, actor.speaker))
    mark = action_cards.status_mark(action, actor.speaker, ctx.today)
    return _said(actor.speaker, ASKED, mark, action.text, code=action.code, owing=owing)


def _update(session: Session, ctx: Context, actor: Actor, update: Update, names: entries.Names) -> str:
    group = literal(names.groups[update.group_id].code)
    mark, period = entries.update_status(actor.speaker, update.status), periods.parse(update.period)
    said = _said(actor.speaker, SAID, mark, update.progress, group=group, period=period)
    return f"{said}\n{telling.INDENT}↳ {_report(session, ctx, actor.speaker, update)}"


def _report(session: Session, ctx: Context, speaker: Speaker, update: Update) -> str:
    """The digest that told an update, or will."""
    clock = remembered.clock(session, ctx)
    week = clock.week(update.said_at)
    draft = storage.drafts.of_week(session, week.key)
    if draft is not None and f"{Update.__tablename__}:{update.id}" in draft.left_out:
        return speaker.say(LEFT_OUT, week=week)
    return speaker.say(TOLD_IN if clock.deadline(week) <= ctx.now() else TO_BE_TOLD, week=week)


def _said(speaker: Speaker, sentence: Message, mark: Mark, text: str, **values: object) -> str:
    words = literal(blocks.clip(" ".join(text.split()), SHORT))
    return speaker.say(sentence, status=literal(marked(mark, EMOJI)), text=words, **values)


def _before(speaker: Speaker, rows: Iterable[Frozen]) -> list[str]:
    """How it stood at each validation, the newest first."""
    told: list[str] = []
    for row in rows:
        mark = telling.mark(speaker, row.status, overdue=False)
        status = marked(mark, EMOJI) if mark is not None else speaker.say(NOTHING_SAID)
        sentence = THEN if row.percent is None else THEN_PERCENT
        words = speaker.say(sentence, period=periods.parse(row.period), status=status, percent=row.percent)
        reason = [literal(blocks.clip(row.reason, SHORT))] if row.reason else []
        told.insert(0, " – ".join([literal(words), *reason]))
    return told


def _past(session: Session, actor: Actor, line: Line) -> list[str]:
    """What it goes on from, and in what it goes on, as far as that person may read it."""
    rows = storage.plans.rows
    earlier = rows.line_by_id(session, line.carried_from_id) if line.carried_from_id is not None else None
    later = storage.plans.carrying.successor(session, line)
    pairs: Sequence[tuple[Message, Line | None]] = ((GOES_ON_FROM, earlier), (GOES_ON_IN, later))
    told: list[str] = []
    for sentence, other in pairs:
        plan = rows.by_id(session, other.plan_id) if other is not None else None
        if other is not None and plan is not None and sees(other, actor.audience):
            told.append(actor.speaker.say(sentence, code=other.code, plan=literal(plan.name)))
    return told
