"""The updates that are owed, for the ladder of reminders: of each group and period, by the deadline of the period.

A group that is dormant or on demand owes none, nor one that is excused, nor one that did not exist yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from sqlalchemy.orm import Session

import storage.configuration
import storage.groups
import storage.lives
import storage.mandates
import storage.reporting
import storage.reporting_periods
import storage.updates
from handlers import entries
from handlers.awaited import Awaited
from handlers.context import Context
from handlers.dues import Due
from handlers.language import Message, Speaker, message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage.lives import Life
from storage.mandates import Mandate
from storage.periods import Period, Rhythm
from storage.reporting import DigestClock

OWED = message("*{group}*: the update for {period}, by {deadline}")
OWED_LATE = message(
    "*{group}*: the update for {period} was awaited until {deadline}. It is still welcome; it will be marked late."
)
OWED_SHORT = message("*{group}*: the update for {period}, awaited by {deadline}")
OWED_SHORT_LATE = message("*{group}*: the update for {period}, awaited until {deadline}")
GIVE_BUTTON = message("Give the update")
GIVE_SPOKEN = message("Give the update of {group}")


def dues(session: Session, ctx: Context, first: date, last: date) -> Sequence[Due]:
    """The updates not given whose period closes between two civil days, both included, by group and period."""
    clock = storage.reporting.clock(storage.configuration.current(session))
    lives = storage.lives.of(session, storage.groups.reporting(session)).values()
    closing = {each: _closing(clock, each, (first, last), ctx.now()) for each in {life.group.rhythm for life in lives}}
    keys = {period.key for periods in closing.values() for period in periods}
    settled = storage.updates.reported(session, keys) | storage.reporting_periods.excused(session, keys)
    coordination = storage.mandates.coordination(session, ctx.today)
    return [
        _due(ctx, clock, Awaited(life.group, period, clock.deadline(period)), coordination.get(life.group.id, ()))
        for life in lives
        for period in closing[life.group.rhythm]
        if (life.group.id, period.key) not in settled and _owes(ctx, clock, life, period)
    ]


def _closing(clock: DigestClock, rhythm: str, between: tuple[date, date], now: datetime) -> list[Period]:
    """The periods of that rhythm which close on one of these days."""
    first, last = between
    period = clock.current(Rhythm(rhythm), now)
    while clock.day_of(period.previous()) >= first:
        period = period.previous()
    while clock.day_of(period) < first:
        period = period.next()
    found = []
    while clock.day_of(period) <= last:
        found.append(period)
        period = period.next()
    return found


def _owes(ctx: Context, clock: DigestClock, life: Life, period: Period) -> bool:
    """Whether it is asked for today; once the period is over, whether it was while it lasted."""
    over = clock.deadline(period) <= ctx.now()
    return life.owes(period, ctx.today) and (not over or life.owed(period.first, clock.day_of(period)))


def _due(ctx: Context, clock: DigestClock, owed: Awaited, mandates: Sequence[Mandate]) -> Due:
    return Due(
        key=f"update:{owed.group.code}:{owed.period.key}",
        day=clock.day_of(owed.period),
        until=owed.until,
        group_id=owed.group.id,
        institution_id=None,
        carriers=tuple(dict.fromkeys(person for mandate in mandates for person in mandate.carriers)),
        told=partial(_told, ctx, owed),
        short=partial(_short, ctx, owed),
        since=clock.day_of(owed.period.previous()),
    )


def _told(ctx: Context, owed: Awaited, _: Session, speaker: Speaker) -> tuple[str, blocks.Block]:
    """Its line, and its section with the button that opens the form on that period."""
    text = _said(speaker, OWED if ctx.now() < owed.until else OWED_LATE, owed)
    button = blocks.button(
        speaker.say(GIVE_BUTTON),
        "update_open",
        f"{owed.group.id}/{owed.period.key}",
        style="primary",
        spoken=speaker.say(GIVE_SPOKEN, group=owed.group.name(speaker.language)),
    )
    return text, blocks.section(text, button)


def _short(ctx: Context, owed: Awaited, _: Session, speaker: Speaker) -> str:
    return _said(speaker, OWED_SHORT if ctx.now() < owed.until else OWED_SHORT_LATE, owed)


def _said(speaker: Speaker, sentence: Message, owed: Awaited) -> str:
    name = speaker.say(entries.NAMED, name=owed.group.name(speaker.language), code=owed.group.code)
    return speaker.say(sentence, group=literal(name), period=owed.period, deadline=owed.until)
