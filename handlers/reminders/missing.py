"""Who is missing for the digest to come, told to the Pool once; once that is due, it tells so itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

import storage.configuration
import storage.groups
import storage.mandates
import storage.outbox
import storage.reporting
from handlers import actors, awaited, entries, rights
from handlers.awaited import Awaited
from handlers.context import Context
from handlers.language import Speaker, message, plural
from handlers.reminders import rounds
from handlers.reminders.rounds import Somebody
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage.groups import Group
from storage.mandates import Mandate
from storage.periods import Period

MISSING = plural("One update is still awaited for {week}:", "{count} updates are still awaited for {week}:")
MISSING_OF = message("{group}: {people}")
NOBODY = message("no coordinator, nobody was asked")
UNREACHABLE = message("{people}, who could not be asked here")
ALL_IN = message("Every update due for {week} has been received.")


def nudge(session: Session, ctx: Context, due: datetime) -> None:
    """Tell the Pool who is missing for the digest to come; once that is due, it tells so itself."""
    settings = storage.configuration.current(session)
    clock = storage.reporting.clock(settings)
    week = clock.week(due)
    if not settings.reminders or ctx.now() >= clock.deadline(week):
        return
    missing = [each for each in open_now(session, ctx) if clock.day_of(each.period) == clock.day_of(week)]
    for slack_id in rights.pool_ids(session, ctx):
        actor = actors.load(session, ctx, slack_id)
        speaker = actor.speaker if actor else ctx.speaker
        text = _missing(session, ctx, speaker, week, missing)
        payload = {"text": text, "blocks": blocks.paragraphs(text)}
        storage.outbox.put(session, f"nudge:{week.key}:{slack_id}", slack_id, payload, ctx.now())


def open_now(session: Session, ctx: Context) -> list[Awaited]:
    """What every group owes for its current period, while that is not over."""
    return [each for each in awaited.among(session, ctx, storage.groups.reporting(session)) if ctx.now() < each.until]


def _missing(session: Session, ctx: Context, speaker: Speaker, week: Period, missing: Sequence[Awaited]) -> str:
    if not missing:
        return speaker.say(ALL_IN, week=week)
    coordination = storage.mandates.coordination(session, ctx.today)
    carriers = {
        person for each in missing for mandate in coordination.get(each.group.id, ()) for person in mandate.carriers
    }
    people = rounds.who(session, ctx, carriers)
    lines = [speaker.say(MISSING, count=len(missing), week=week)]
    for each in missing:
        told = _people(speaker, coordination.get(each.group.id, ()), people)
        lines.append(literal(speaker.say(MISSING_OF, group=_name(speaker, each.group), people=told)))
    return "\n".join(lines)


def _people(speaker: Speaker, mandates: Sequence[Mandate], people: Mapping[int, Somebody]) -> str:
    """Who coordinates it, by name; says so where nobody could be asked."""
    carriers = [people[person] for mandate in mandates for person in mandate.carriers]
    if not carriers:
        return speaker.say(NOBODY)
    told = speaker.listing(dict.fromkeys(each.actor.name for each in carriers if each.actor.name))
    return told if any(each.able for each in carriers) else speaker.say(UNREACHABLE, people=told)


def _name(speaker: Speaker, group: Group) -> str:
    return speaker.say(entries.NAMED, name=group.name(speaker.language), code=group.code)
