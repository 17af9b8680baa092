"""What the form of an update opens with: the group chosen, the period, the words of the last time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

import storage.configuration
import storage.groups
import storage.reporting
import storage.updates
from handlers import rights, served
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import Refusal, number
from handlers.language import message
from handlers.records import Filled
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.updates import standing, terms
from storage import periods
from storage.groups import Group
from storage.reporting import DigestClock
from storage.updates import Update
from storage.visibility import Level

NO_UPDATES_HERE = message("No update is given for that: it is not a group, or is not active any more.")
NO_GROUP = message(
    "You coordinate no group at the moment: updates are given by a group’s coordinator or stand-in, and by the Pool "
    "Technique ({people})."
)
LATE_PERIOD = message("{period}, late")
AGAIN = message("You already gave the update for {period} on {day}: this changes it.")
FROM_LAST = message("Filled in from the update for {period}. Change what moved.")
FIRST = message("The first update of this group.")
FOR_GROUP = message("*{group}*")

TEXTS = ("progress", "difficulties", "next_steps", "support")


def fill(session: Session, ctx: Context, actor: Actor, update: Update | None, hints: Mapping[str, Any]) -> Filled:
    """The form for an existing update, or a new one; ``hints``: group_id, period, text, status. Raises."""
    if update is not None:
        return _editing(session, actor, update, hints)
    groups = groups_of(session, actor)
    if hints.get("group_id"):
        group = _hinted(session, ctx, actor, number(hints["group_id"], NO_UPDATES_HERE))
    elif not groups:
        raise Refusal(NO_GROUP, people=rights.pool_names(session, ctx, actor.speaker))
    else:
        group = _first_awaited(session, ctx, groups)
    return _asking(session, ctx, actor, group, groups, hints)


def groups_of(session: Session, actor: Actor) -> list[Group]:
    """The groups for which they may give the update, by code."""
    return [group for group in storage.groups.reporting(session) if rights.may_update(actor, group.id)]


def _hinted(session: Session, ctx: Context, actor: Actor, group_id: int) -> Group:
    group = storage.groups.by_id(session, group_id)
    if group is None or not group.reports:
        raise Refusal(NO_UPDATES_HERE)
    rights.require_update(session, ctx, actor, group)
    return group


def _first_awaited(session: Session, ctx: Context, groups: Sequence[Group]) -> Group:
    """The group to begin with: the first that owes an update and has not given it, else the first."""
    clock = _clock(session)
    current = {group.id: clock.current(periods.Rhythm(group.rhythm), ctx.now()).key for group in groups}
    reported = storage.updates.reported(session, set(current.values()))
    awaited = [group for group in groups if group.owes and (group.id, current[group.id]) not in reported]
    return (awaited or list(groups))[0]


def _asking(
    session: Session, ctx: Context, actor: Actor, group: Group, groups: Sequence[Group], hints: Mapping[str, Any]
) -> Filled:
    clock, text = _clock(session), str(hints.get("text") or "")
    choices = terms.choices(clock, group, ctx.now())
    locked = standing.locked(session, actor, group, choices)
    choices = [period for period in choices if period.key not in locked] or choices
    reported = storage.updates.reported(session, {period.key for period in choices}) | {
        (group.id, key) for key in locked
    }
    hinted = {each.key: each for each in choices}.get(str(hints.get("period") or ""))
    period = hinted or terms.usual(clock, group, ctx.now(), reported)
    last = storage.updates.last_of_group(session, group.id, actor.audience)
    if (
        last is not None
        and last.period == period.key
        and not text
        and period.key not in locked
        and terms.open_until(clock, last, period) > ctx.now()
    ):
        return _editing(session, actor, last, {}, groups)
    values: dict[str, Any] = _words(last) | {"group": str(group.id), "period": period.key}
    if text:
        values["progress"] = text
    note = _from_last(actor, last)
    return Filled(
        values,
        {"group": _menu(actor, groups), "period": _period_menu(actor, clock, ctx, choices)},
        {"group_id": group.id},
        [*_named(actor, group, groups), blocks.context(note)],
        filling=str(group.id) if len(groups) > 1 else "",
        questions=_questions(groups, "period"),
    )


def _editing(
    session: Session, actor: Actor, update: Update, hints: Mapping[str, Any], groups: Sequence[Group] = ()
) -> Filled:
    """The form of an update that stands; its group and period cannot change."""
    group = session.get_one(Group, update.group_id)
    period = periods.parse(update.period)
    day = actor.speaker.day(update.said_at.astimezone(actor.speaker.zone).date())
    note = actor.speaker.say(AGAIN, period=actor.speaker.period(period), day=day)
    values = _words(update) | {"group": str(group.id), "line": served.value(update.line_id)}
    lines = served.options(session, actor.speaker, actor.audience, update.line_id)
    return Filled(
        values | {name: hints[name] for name in ("status",) if hints.get(name)},
        {"group": _menu(actor, groups), **lines},
        {"id": update.id, "version": update.version, "group_id": group.id},
        [*_named(actor, group, groups), blocks.context(note)],
        filling=str(group.id) if len(groups) > 1 else "",
        questions=_questions(groups),
    )


def _questions(groups: Sequence[Group], *more: str) -> tuple[str, ...]:
    asked = ("group",) if len(groups) > 1 else ()
    return (*asked, *more, "status", *TEXTS, "visibility", "line")


def _words(update: Update | None) -> dict[str, Any]:
    """What the last update said, to begin from."""
    if update is None:
        return {"visibility": Level.ALL.value}
    return {name: getattr(update, name) for name in ("status", *TEXTS, "visibility")}


def _from_last(actor: Actor, last: Update | None) -> str:
    if last is None:
        return actor.speaker.say(FIRST)
    return actor.speaker.say(FROM_LAST, period=periods.parse(last.period))


def _named(actor: Actor, group: Group, groups: Sequence[Group]) -> list[blocks.Block]:
    """The group in words, where it is not asked."""
    if len(groups) > 1:
        return []
    name = f"{group.name(actor.speaker.language)} ({group.code})"
    return [blocks.section(actor.speaker.say(FOR_GROUP, group=literal(name)))]


def _menu(actor: Actor, groups: Sequence[Group]) -> list[tuple[str, str]]:
    return [(str(group.id), f"{group.code} – {group.name(actor.speaker.language)}") for group in groups]


def _period_menu(
    actor: Actor, clock: DigestClock, ctx: Context, choices: Sequence[periods.Period]
) -> list[tuple[str, str]]:
    told = []
    for period in terms.sorted_newest(choices):
        words = actor.speaker.period(period)
        late = terms.is_late(clock, period, ctx.now())
        told.append((period.key, actor.speaker.say(LATE_PERIOD, period=words) if late else words))
    return told


def _clock(session: Session) -> DigestClock:
    return storage.reporting.clock(storage.configuration.current(session))
