"""When one may write to whom: the working time of people, each in their own zone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from handlers import actors
from handlers.calendar import WorkingTime
from handlers.context import Context
from storage.people import Person


def working_times(
    session: Session, ctx: Context, people: Sequence[Person], first: date, last: date
) -> dict[int, WorkingTime]:
    """Person id -> their working time, exact between those civil days (and a month around them)."""
    return {person.id: WorkingTime(actors.speaker_of(ctx, person).zone) for person in people}
