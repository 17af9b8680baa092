"""What is told of a returned period: to the group's lead that it is returned and why, to the pool that it came back.

Each goes to one person in their language, as a row of the outbox under a key that makes it happen once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

import storage.absences
import storage.mandates
import storage.outbox
import storage.people
import storage.reporting_periods
from handlers import actors, entries, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.language import Message, Speaker, message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.updates import standing
from handlers.updates.spots import APART, Spot
from storage import periods
from storage.groups import Group
from storage.history import By, Origin
from storage.people import Person, Standing
from storage.reporting_periods import ReportingPeriod
from storage.updates import Update

RETURNED_TO_YOU = message(
    "*{group}*, {period}: {who} returns the update to you. It can be changed until {until}. The reason:"
)
REOPENED_TO_YOU = message("*{group}*, {period}: {who} opened the update again. It can be changed until {until}.")
OPEN_BUTTON = message("Open the update")
CAME_BACK = message("*{group}*, {period}: the update that was returned came back, changed by {who}.")
VALIDATE_BUTTON = message("Validate")
RETURN_BUTTON = message("Return…")
LIST_BUTTON = message("All updates")

UNABLE = (Standing.DEACTIVATED, Standing.GUEST, Standing.EXTERNAL)
"""Who would be told in vain: they have left, or may not write."""


def lead_of(session: Session, ctx: Context, update: Update) -> Person | None:
    """Who is to change it: who gave it if they still coordinate the group, else its coordinator or stand-in.

    Whoever is away comes last.
    """
    mandates = storage.mandates.of_group(session, update.group_id, ctx.today)
    ids = [carrier for mandate in mandates for carrier in mandate.carriers]
    if update.said_by_id in ids:
        ids = [update.said_by_id, *ids]
    found = {person.id: person for person in storage.people.by_ids(session, ids)}
    away = storage.absences.away_on(session, ctx.today, ids)
    able = [found[each] for each in sorted(ids, key=lambda each: each in away) if each in found]
    return next((person for person in able if person.slack_id and person.standing not in UNABLE), None)


def returned(session: Session, ctx: Context, actor: Actor, update: Update, row: ReportingPeriod) -> Person | None:
    """Tell the lead why it is returned, as written, with the button that opens the form; who is told, if anyone."""
    return _to_lead(session, ctx, actor, update, row, RETURNED_TO_YOU)


def reopened(session: Session, ctx: Context, actor: Actor, update: Update, row: ReportingPeriod) -> Person | None:
    """Tell the lead that it may be changed again."""
    return _to_lead(session, ctx, actor, update, row, REOPENED_TO_YOU)


def came_back(session: Session, ctx: Context, update: Update, person_id: int | None) -> None:
    """Note that what was returned has been changed, once, and tell the pool; nothing for what was not returned."""
    row = storage.reporting_periods.of(session, update.group_id, update.period)
    if row is None or not row.awaited_back:
        return
    storage.reporting_periods.came_back(session, row, By(person_id, ctx.now(), Origin.FORM))
    group = session.get_one(Group, update.group_id)
    found = storage.people.by_ids(session, [person_id]) if person_id else ()
    for slack_id in _pool(session, ctx, row):
        if slack_id in {person.slack_id for person in found}:
            continue
        reader = actors.load(session, ctx, slack_id)
        speaker = reader.speaker if reader else ctx.speaker
        text = _said(speaker, CAME_BACK, group, row, who=literal(standing.name(session, speaker, person_id)))
        told = [blocks.section(text), _answers(speaker, row)]
        _put(session, ctx, _key("back", group, row, row.returned_at), slack_id, text, told)


def _answers(speaker: Speaker, row: ReportingPeriod) -> blocks.Block:
    """What the pool can do with what came back."""
    value = Spot(row.group_id, periods.parse(row.period), APART).value
    return blocks.actions(
        blocks.button(speaker.say(VALIDATE_BUTTON), "updates_validate", value, style="primary"),
        blocks.button(speaker.say(RETURN_BUTTON), "updates_return", value),
        blocks.button(speaker.say(LIST_BUTTON), "updates_open"),
    )


def _to_lead(
    session: Session, ctx: Context, actor: Actor, update: Update, row: ReportingPeriod, sentence: Message
) -> Person | None:
    person = lead_of(session, ctx, update)
    if person is None or person.slack_id is None:
        return None
    group, speaker = session.get_one(Group, update.group_id), actors.speaker_of(ctx, person)
    text = _said(speaker, sentence, group, row, who=literal(actor.name), until=row.until)
    reason = row.reason if sentence is RETURNED_TO_YOU else ""
    button = blocks.button(speaker.say(OPEN_BUTTON), "update_edit", str(update.id), style="primary")
    told = [blocks.section(text), *blocks.said(reason), blocks.actions(button)]
    whole = f"{text}\n{literal(reason)}" if reason else text
    _put(session, ctx, _key("returned", group, row, ctx.now()), person.slack_id, whole, told)
    return person


def _said(speaker: Speaker, sentence: Message, group: Group, row: ReportingPeriod, **values: object) -> str:
    named = speaker.say(entries.NAMED, name=group.name(speaker.language), code=group.code)
    return speaker.say(sentence, group=literal(named), period=periods.parse(row.period), **values)


def _pool(session: Session, ctx: Context, row: ReportingPeriod) -> list[str]:
    """Who returned it, and who hears of everything."""
    by = storage.people.by_ids(session, [row.returned_by_id]) if row.returned_by_id else ()
    found = [*(person.slack_id for person in by if person.slack_id), *rights.pool_ids(session, ctx)]
    return list(dict.fromkeys(found))


def _key(what: str, group: Group, row: ReportingPeriod, at: datetime | None) -> str:
    return f"{what}:{group.code}:{row.period}:{at.isoformat() if at else ''}"


def _put(session: Session, ctx: Context, key: str, slack_id: str, text: str, told: Sequence[dict[str, Any]]) -> None:
    payload = {"text": text, "blocks": list(told)}
    storage.outbox.put(session, f"{key}:{slack_id}", slack_id, payload, ctx.now())
