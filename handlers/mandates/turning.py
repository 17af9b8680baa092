"""The morning on which a mandate begins or has ended: those concerned are told, once a mandate and day.

Who takes an office up gets a handover in their language; who lays it down hears it; the pool (and, for a member or
observer, who coordinates the group) hears of all. Rights and reminders need nothing from here: they are computed from
the mandates of the day. What was entered late, or missed while the bot stood still, is told when it is found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

import storage.groups
import storage.history
import storage.lives
import storage.mandates
import storage.outbox
import storage.people
import storage.schedule
from handlers import actors, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.language import message
from handlers.mandates import handover, news, rotation
from handlers.mandates.news import News, Turn
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage.history import By, Origin
from storage.mandates import TROIKA, Office
from storage.people import Person, Standing

CHANGES = message("*Offices that change hands*")
NOT_REACHED = message("I could not tell {people}: I do not know them in Slack, or not as full members.")

NAME = "mandates"
"""Of the clock's job."""
LATE = timedelta(days=7)
"""How long a mandate that begins or ends is news, when it was entered late."""
OF_A_GROUP = (Office.MEMBER, Office.OBSERVER)
"""Offices of which who coordinates the group hears too."""


def turn(session: Session, ctx: Context, due: datetime) -> None:
    """The clock's job in the morning: what turned since the last run is told."""
    last = storage.schedule.last_run(session, NAME)
    tell(session, ctx, last.due_at.astimezone(ctx.zone).date() if last else None)


def keep_in_step(session: Session, ctx: Context, due: datetime) -> None:
    """The clock's job at midnight: every group becomes what its life says it is today."""
    for group, row in storage.lives.out_of_step(session, storage.groups.everyone(session), ctx.today):
        before = storage.history.values(group)
        for name, value in storage.lives.bearing(row).items():
            setattr(group, name, value)
        storage.history.registered(session, group, before, By(None, ctx.now(), Origin.CLOCK))


def tell(session: Session, ctx: Context, since: date | None = None) -> None:
    """Tell what turned in the last days, or since that day, and was not told yet."""
    session.flush()
    found = news.gathered(session, min(since or ctx.today, ctx.today - LATE), ctx.today)
    if not found.turns:
        return
    carriers = {person for turn in found.turns for person in turn.mandate.carriers}
    unreached: dict[int, str] = {}
    for person in storage.people.by_ids(session, carriers):
        if _reachable(person):
            _tell_carrier(session, ctx, found, actors.describe(session, ctx, person))
        else:
            unreached[person.id] = person.name
    for slack_id, turns in _watchers(session, ctx, found).items():
        _tell_watcher(session, ctx, found, slack_id, found.new(turns, f"all:{slack_id}"), unreached)


def _reachable(person: Person) -> bool:
    return bool(person.slack_id) and person.standing in (Standing.MEMBER, Standing.UNKNOWN)


def _tell_carrier(session: Session, ctx: Context, found: News, actor: Actor) -> None:
    """One message with all that begins and ends for a person, and the handover of what they take up."""
    turns = found.new(found.of_person(actor.id), actor.slack_id)
    told: list[tuple[str, blocks.Block]] = []
    for turn in sorted(turns, key=lambda each: (not each.begins, each.day)):
        said = (
            news.taken_up(found, actor.speaker, turn, actor.id)
            if turn.begins
            else news.laid_down(found, actor.speaker, turn)
        )
        told.append((said, blocks.section(said)))
        if turn.begins:
            told += handover.told(session, ctx, actor, turn.mandate)
    if told:
        payload = {"text": "\n".join(text for text, _ in told if text), "blocks": [block for _, block in told]}
        _put(session, ctx, actor.slack_id, [f"{turn.key}:{actor.slack_id}" for turn in turns], payload)


def _watchers(session: Session, ctx: Context, found: News) -> Mapping[str, list[Turn]]:
    """Slack id of who keeps watch -> what they hear of: the pool of all, who coordinates a group of its members."""
    watchers = {slack_id: list(found.turns) for slack_id in rights.pool_ids(session, ctx)}
    of_groups = [turn for turn in found.turns if turn.mandate.office in OF_A_GROUP]
    for group_id in {turn.mandate.group_id for turn in of_groups}:
        held = storage.mandates.of_group(session, group_id, ctx.today) if group_id else []
        for person in storage.people.by_ids(session, {each for mandate in held for each in mandate.carriers}):
            if _reachable(person) and person.slack_id and person.slack_id not in watchers:
                watchers[person.slack_id] = [turn for turn in of_groups if turn.mandate.group_id == group_id]
    return watchers


def _tell_watcher(
    session: Session, ctx: Context, found: News, slack_id: str, turns: Sequence[Turn], unreached: Mapping[int, str]
) -> None:
    """Who keeps watch hears of each office once, with who could not be told and what is unusual about the troïka."""
    actor = actors.load(session, ctx, slack_id)
    speaker = actor.speaker if actor else ctx.speaker
    lines = [line for turn in turns if (line := news.watched(found, speaker, turn))]
    if not lines:
        return
    people = {person for turn in turns for person in turn.mandate.carriers if person in unreached}
    if people:
        named = literal(speaker.listing(unreached[each] for each in sorted(people)))
        lines.append(speaker.say(NOT_REACHED, people=named))
    for day in sorted({turn.day for turn in turns if turn.mandate.office in TROIKA}):
        lines += rotation.of_day(session, speaker, day)
    text = "\n".join([speaker.say(CHANGES), *lines])
    keys = [f"{turn.key}:all:{slack_id}" for turn in turns]
    _put(session, ctx, slack_id, keys, {"text": text, "blocks": blocks.paragraphs(text)})


def _put(session: Session, ctx: Context, slack_id: str, keys: Sequence[str], payload: Mapping[str, object]) -> None:
    """One message, which names itself by the first of what it tells and all of it in ``about``."""
    storage.outbox.put(session, keys[0], slack_id, payload, ctx.now(), about=f"|{'|'.join(keys)}|")
