"""Absences kept: noted, joined where they overlap, ended when somebody comes back, withdrawn; each with its history."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

import storage.absences
import storage.history
from handlers.dates.spans import Span
from handlers.errors import Refusal
from handlers.language import message
from handlers.reports.mrkdwn import legible
from storage.absences import Absence
from storage.history import By
from storage.people import Person

NOT_AWAY = message("No absence is noted that could end: nothing was changed.")
GONE = message("This absence is over or was cancelled: nothing was changed.")

_DAY = timedelta(days=1)
_WORD = 200
"""Characters of the word that may go with an absence."""


def note(session: Session, person: Person, span: Span, word: str, by: By) -> tuple[Absence, bool]:
    """Note that they are away; what overlaps becomes one absence. Returns it, and whether anything is new."""
    word = legible(" ".join(word.split()))[:_WORD]
    standing = storage.absences.of_person(session, person.id, span.first, span.last)
    if not standing:
        return _added(session, person, span, word, by), True
    kept = standing[0]
    whole = Span(min(span.first, kept.first), max(span.last, *(each.last for each in standing)))
    for other in standing[1:]:
        withdraw(session, other, by)
    changed = _changed(session, kept, by, first=whole.first, last=whole.last, word=word or kept.word)
    return kept, changed or len(standing) > 1


def come_back(session: Session, person: Person, today: date, day: date, by: By) -> Absence:
    """They are here again on that day: what runs then ends the day before, or is withdrawn where it had not begun.

    Whoever is here until today and says when they come back is away until then. Raises Refusal where nothing can end.
    """
    runs = storage.absences.of_person(session, person.id, today, max(day - _DAY, today))
    if not runs and day <= today:
        raise Refusal(NOT_AWAY)
    if not runs:
        return _added(session, person, Span(today, day - _DAY), "", by)
    for later in runs[1:]:
        withdraw(session, later, by)
    return end(session, runs[0], day, by)


def end(session: Session, absence: Absence, day: date, by: By) -> Absence:
    """End it so that they are here on that day; one that would never have begun is withdrawn."""
    if absence.first >= day:
        return withdraw(session, absence, by)
    _changed(session, absence, by, last=day - _DAY)
    return absence


def withdraw(session: Session, absence: Absence, by: By) -> Absence:
    """Cancel it."""
    _changed(session, absence, by, withdrawn_at=by.at)
    return absence


def standing(session: Session, absence_id: int, today: date) -> Absence:
    """The absence of that id, locked. Raises Refusal when it is over or cancelled."""
    absence = storage.absences.by_id(session, absence_id)
    if absence is not None:
        session.refresh(absence, with_for_update=True)
    if absence is None or absence.withdrawn_at is not None or absence.last < today:
        raise Refusal(GONE)
    return absence


def _added(session: Session, person: Person, span: Span, word: str, by: By) -> Absence:
    absence = Absence(
        person_id=person.id, first=span.first, last=span.last, word=word, said_by_id=by.person_id, said_at=by.at
    )
    session.add(absence)
    session.flush()
    storage.history.registered(session, absence, None, by)
    return absence


def _changed(session: Session, absence: Absence, by: By, **values: object) -> bool:
    before = {name: getattr(absence, name) for name in values}
    for name, value in values.items():
        setattr(absence, name, value)
    session.flush()
    return storage.history.registered(session, absence, before, by) is not None
