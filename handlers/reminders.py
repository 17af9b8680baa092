"""Reminders: to who owes an update and has not given it, and to the Pool who is missing. Nothing to those who have.

A reminder is due when the deadline is near and none was sent yet for that group and period, whatever missed its hour
before. One message a person and day lists all their groups.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

import storage.configuration
import storage.groups
import storage.mandates
import storage.outbox
import storage.people
import storage.reporting
from handlers import actors, awaited, entries, rights
from handlers.actors import Actor
from handlers.awaited import Awaited
from handlers.context import Context
from handlers.language import Speaker, message, plural
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage.groups import Group
from storage.people import Person, Standing
from storage.periods import Period

ASKING = plural("Hello. One update is awaited from you:", "Hello. {count} updates are awaited from you:")
OWED = message("*{group}*, {period}: by {deadline}")
GIVE_BUTTON = message("Give the update")
GIVE_SPOKEN = message("Give the update of {group}")
MISSING = plural("One update is still awaited for {week}:", "{count} updates are still awaited for {week}:")
MISSING_OF = message("{group}: {people}")
NOBODY = message("no coordinator, nobody was asked")
UNREACHABLE = message("{people}, who could not be asked here")
ALL_IN = message("Every update due for {week} has been received.")

CANNOT_GIVE = (Standing.DEACTIVATED, Standing.GUEST, Standing.EXTERNAL)
"""Who is asked in vain: they have left, or may not write."""


def remind(session: Session, ctx: Context, due: datetime) -> None:
    """Ask those whose update is due within the days of the settings, each group and period once."""
    settings = storage.configuration.current(session)
    if not settings.reminders:
        return
    last_day = (ctx.now().astimezone(ctx.zone) + timedelta(days=settings.reminder_days)).date()
    near = [each for each in open_now(session, ctx) if each.until.astimezone(ctx.zone).date() <= last_day]
    asked: dict[int, list[Awaited]] = defaultdict(list)
    for each in near:
        person = _to_ask(session, ctx, each.group)
        if person is not None and not _was_asked(session, each, person):
            asked[person.id].append(each)
    for person in storage.people.by_ids(session, asked):
        _ask(session, ctx, actors.describe(session, ctx, person), asked[person.id])


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


def _to_ask(session: Session, ctx: Context, group: Group) -> Person | None:
    """The coordinator's titulaire, else the stand-in, else who coordinates beside them; nobody who cannot give it."""
    mandates = storage.mandates.of_group(session, group.id, ctx.today)
    ids = [carrier for mandate in mandates for carrier in mandate.carriers]
    people = {person.id: person for person in storage.people.by_ids(session, ids)}
    able = (people[each] for each in ids if each in people)
    return next((person for person in able if person.slack_id and person.standing not in CANNOT_GIVE), None)


def _key(each: Awaited, person: Person) -> str:
    return f"reminder:{each.period.key}:{each.group.code}:{person.id}"


def _was_asked(session: Session, each: Awaited, person: Person) -> bool:
    """Whether a message already lists it: one names itself by its first group, and all of them in ``about``."""
    return storage.outbox.mentions(session, _listed(_key(each, person)))


def _listed(*keys: str) -> str:
    """Keys in one text, each between bars, so that none is found as the beginning of another."""
    return f"|{'|'.join(keys)}|"


def _ask(session: Session, ctx: Context, actor: Actor, owed: Sequence[Awaited]) -> None:
    """One message that lists all groups of a person, with a button each."""
    speaker = actor.speaker
    person = session.get_one(Person, actor.id)
    lines = [_line(speaker, each) for each in owed]
    head = speaker.say(ASKING, count=len(owed))
    told = [blocks.section(head)]
    for each, line in zip(owed, lines, strict=True):
        spoken = speaker.say(GIVE_SPOKEN, group=each.group.name(speaker.language))
        button = blocks.button(
            speaker.say(GIVE_BUTTON), "update_open", str(each.group.id), style="primary", spoken=spoken
        )
        told.append(blocks.section(line, button))
    payload = {"text": "\n".join([head, *lines]), "blocks": told}
    keys = [_key(each, person) for each in owed]
    storage.outbox.put(session, keys[0], actor.slack_id, payload, ctx.now(), about=_listed(*keys))


def _line(speaker: Speaker, each: Awaited) -> str:
    name = literal(_name(speaker, each.group))
    return speaker.say(OWED, group=name, period=each.period, deadline=each.until)


def _missing(session: Session, ctx: Context, speaker: Speaker, week: Period, missing: Sequence[Awaited]) -> str:
    if not missing:
        return speaker.say(ALL_IN, week=week)
    lines = [speaker.say(MISSING, count=len(missing), week=week)]
    for each in missing:
        people = _people(session, ctx, speaker, each.group)
        lines.append(literal(speaker.say(MISSING_OF, group=_name(speaker, each.group), people=people)))
    return "\n".join(lines)


def _people(session: Session, ctx: Context, speaker: Speaker, group: Group) -> str:
    """Who coordinates it, by name; says so where nobody could be asked."""
    people = rights.told(session, speaker, storage.mandates.of_group(session, group.id, ctx.today))
    if not people:
        return speaker.say(NOBODY)
    return people if _to_ask(session, ctx, group) else speaker.say(UNREACHABLE, people=people)


def _name(speaker: Speaker, group: Group) -> str:
    return speaker.say(entries.NAMED, name=group.name(speaker.language), code=group.code)
