"""What was returned and has not come back, for the ladder of reminders: awaited by the end of its term.

Why it was returned is told to who may change it alone; those above hear that it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import partial

from sqlalchemy.orm import Session

import storage.groups
import storage.mandates
import storage.reporting_periods
import storage.updates
from handlers import entries
from handlers.context import Context
from handlers.dues import Due
from handlers.language import Message, Speaker, message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage import periods
from storage.groups import Group
from storage.reporting_periods import ReportingPeriod
from storage.updates import Update
from storage.visibility import Audience

RETURNED = message("*{group}*: the update for {period} was returned to you, to be changed by {until}: {reason}")
RETURNED_LATE = message(
    "*{group}*: the update for {period} was returned to you, to be changed by {until}. The Pool Technique can "
    "give more time."
)
RETURNED_SHORT = message("*{group}*: the update for {period} was returned, to be changed by {until}")
CHANGE_BUTTON = message("Open the update")
CHANGE_SPOKEN = message("Open the update of {group}")

SHORT = 300
"""Characters of the reason; the whole stands in the message that told of the return."""


def dues(session: Session, ctx: Context, first: date, last: date) -> Sequence[Due]:
    """What is awaited back between two civil days, both included."""
    start = datetime.combine(first, time(), ctx.zone)
    end = datetime.combine(last, time(), ctx.zone) + timedelta(days=1)
    rows = storage.reporting_periods.awaited_back(session, start, end)
    if not rows:
        return []
    groups = {group.id: group for group in storage.groups.by_ids(session, {row.group_id for row in rows})}
    found = storage.updates.of_periods(session, {row.period for row in rows}, Audience(troika=True))
    newest = {(update.group_id, update.period): update for update in found}
    coordination = storage.mandates.coordination(session, ctx.today)
    told = []
    for row in rows:
        update, mandates = newest.get((row.group_id, row.period)), coordination.get(row.group_id, ())
        if update is not None and row.until is not None:
            carriers = [person for mandate in mandates for person in mandate.carriers]
            told.append(_due(ctx, row, groups[row.group_id], update, _asked(update, carriers)))
    return told


def _asked(update: Update, carriers: Sequence[int]) -> tuple[int, ...]:
    """Who is asked first: who gave it, if they still coordinate the group."""
    return tuple(sorted(dict.fromkeys(carriers), key=lambda person: person != update.said_by_id))


def _due(ctx: Context, row: ReportingPeriod, group: Group, update: Update, carriers: tuple[int, ...]) -> Due:
    since, until = row.returned_at or ctx.now(), row.until or ctx.now()
    return Due(
        key=f"returned:{group.code}:{row.period}:{int(since.timestamp())}",
        day=until.astimezone(ctx.zone).date(),
        until=until,
        group_id=group.id,
        institution_id=None,
        carriers=carriers,
        told=partial(_told, ctx, row, group, update),
        short=partial(_short, row, group),
        readable=partial(_inside, group.id),
        since=since.astimezone(ctx.zone).date(),
    )


def _inside(group_id: int, audience: Audience | None) -> bool:
    """Whether a reader may know that it was returned: of the group, the troïka, the pool."""
    return audience is not None and (audience.troika or group_id in audience.groups)


def _told(
    ctx: Context, row: ReportingPeriod, group: Group, update: Update, _: Session, speaker: Speaker
) -> tuple[str, blocks.Block]:
    """Its line, and its section with the button that opens the form; once its term is over nothing can be changed."""
    is_over = row.until is not None and row.until < ctx.now()
    if is_over:
        text = _said(speaker, RETURNED_LATE, row, group)
        return text, blocks.section(text)
    text = _said(speaker, RETURNED, row, group, reason=literal(blocks.clip(row.reason, SHORT)))
    spoken = speaker.say(CHANGE_SPOKEN, group=group.name(speaker.language))
    button = blocks.button(speaker.say(CHANGE_BUTTON), "update_edit", str(update.id), style="primary", spoken=spoken)
    return text, blocks.section(text, button)


def _short(row: ReportingPeriod, group: Group, _: Session, speaker: Speaker) -> str:
    return _said(speaker, RETURNED_SHORT, row, group)


def _said(speaker: Speaker, sentence: Message, row: ReportingPeriod, group: Group, **more: object) -> str:
    name = speaker.say(entries.NAMED, name=group.name(speaker.language), code=group.code)
    period = periods.parse(row.period)
    return speaker.say(sentence, group=literal(name), period=period, until=row.until, **more)
