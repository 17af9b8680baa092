"""Who is called to a meeting, and where they are told: in its channel, else each in direct messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

import storage.configuration
import storage.mandates
import storage.meetings
import storage.people
import storage.seats
from handlers import actors, rights
from handlers import meeting_names as naming
from handlers.actors import Actor
from handlers.context import Context
from handlers.language import Speaker
from storage.mandates import Mandate
from storage.meetings import COMING, Attendance, Meeting
from storage.people import Person, Standing
from storage.seats import Seat
from storage.visibility import Audience, Level, of_channel, sees

REACHED = (Standing.MEMBER, Standing.UNKNOWN)
"""Accounts that are written to; one whom nobody met yet counts as the member they are taken for."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a meeting is told: a channel or a person, in which language; ``person_id`` None for a channel."""

    slack_id: str
    speaker: Speaker
    person_id: int | None = None


def seats(session: Session, ctx: Context, meeting: Meeting) -> list[Seat]:
    """The seats at a meeting: of today while it is to come, of its day once it took place."""
    body = naming.body_of(session, meeting)
    if body is None:
        return []
    day = ctx.today if meeting.status in COMING or meeting.day_on is None else meeting.day_on
    return storage.seats.of(session, body, day)


def seat_of(seats: Sequence[Seat], actor: Actor) -> Seat | None:
    """The seat for which somebody answers: one they carry, else one of their institution."""
    carried = [each for each in seats if actor.id in each.carriers]
    own = [each for each in seats if each.institution_id == actor.institution_id]
    return next(iter([*carried, *own]), None)


def addresses(session: Session, ctx: Context, meeting: Meeting) -> list[Address]:
    """Where it is told: its channel, else who carries its seats and may read it, the Pool and who holds the pen."""
    if meeting.channel:
        channel = storage.configuration.channel(session, meeting.channel)
        return [Address(meeting.channel, Speaker(channel.language if channel else ctx.language, ctx.zone))]
    return [
        Address(actor.slack_id, actor.speaker, actor.id)
        for actor in _people(session, ctx, meeting)
        if sees(meeting, audience(actor))
    ]


def audience(actor: Actor) -> Audience | None:
    """What somebody may read; one whom nobody met yet counts as the member they are taken for."""
    unmet = actor.standing == Standing.UNKNOWN
    return (replace(actor, standing=Standing.MEMBER) if unmet else actor).audience


def unreached(session: Session, ctx: Context, meeting: Meeting) -> list[Seat]:
    """The seats of which nobody is told in direct messages: without anybody in Slack who may read it."""
    told = {each.person_id for each in addresses(session, ctx, meeting)}
    return [] if meeting.channel else [each for each in seats(session, ctx, meeting) if not told & set(each.carriers)]


def readable_in(session: Session, meeting: Meeting, channel_id: str) -> bool:
    """Whether it may stand in that channel; one that is none of the digest's was looked at when it was called there."""
    channel = storage.configuration.channel(session, channel_id)
    if channel is not None:
        return sees(meeting, channel.audience)
    return channel_id == meeting.channel or sees(meeting, of_channel(Level.ALL))


def _people(session: Session, ctx: Context, meeting: Meeting) -> list[Actor]:
    """Each person once: who carries a seat, who holds the pen, the Pool."""
    ids = [person for seat in seats(session, ctx, meeting) for person in seat.carriers]
    ids += [meeting.pen_id] if meeting.pen_id is not None else []
    held: dict[int, list[Mandate]] = {}
    for mandate in storage.mandates.of_people(session, ids, ctx.today) if ids else ():
        for carrier in mandate.carriers:
            held.setdefault(carrier, []).append(mandate)
    known = {person.id: person for person in storage.people.by_ids(session, set(ids)) if _reachable(person)}
    found = {each: actors.build(ctx, known[each], held.get(each, ())) for each in ids if each in known}
    for slack_id in rights.pool_ids(session, ctx):
        actor = actors.load(session, ctx, slack_id)
        if actor is not None:
            found.setdefault(actor.id, actor)
    return list(found.values())


def _reachable(person: Person) -> bool:
    return bool(person.slack_id) and person.standing in REACHED


def by_seat(session: Session, meeting: Meeting) -> dict[str, Attendance]:
    """Seat, by its key -> how it was or will be represented."""
    return storage.meetings.rolls(session, [meeting.id]).get(meeting.id, {})
