"""When one may write to whom: the working time of people, each in their own zone and with their own rest days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from handlers import actors, resting
from handlers.calendar import WorkingTime
from handlers.context import Context
from storage.people import Person

AROUND = timedelta(days=31)
"""How far beyond the days asked for rest days are known: no run of them is longer."""


def working_times(
    session: Session, ctx: Context, people: Sequence[Person], first: date, last: date
) -> dict[int, WorkingTime]:
    """Person id -> their working time, exact between those days and a month around; three queries for any number."""
    off = resting.days_off(session, {person.institution_id for person in people}, first - AROUND, last + AROUND)
    return {
        person.id: WorkingTime(actors.speaker_of(ctx, person).zone, rest=off.get(person.institution_id, off[None]))
        for person in people
    }
