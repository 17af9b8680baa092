"""How a group's reporting on a period stands, and what one may still do about it: read here, decided in `deciding`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NoReturn

from sqlalchemy.orm import Session

import storage.configuration
import storage.people
import storage.reporting
import storage.reporting_periods
from handlers import remembered, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import Refusal
from handlers.language import Speaker, message
from handlers.updates import terms
from storage import periods
from storage.groups import Group
from storage.periods import Period
from storage.reporting import DigestClock
from storage.reporting_periods import ReportingPeriod, Standing
from storage.updates import Update

VALIDATED = message(
    "The update of {group} for {period} was validated on {day}: only the Pool Technique ({people}) changes it now, or "
    "reopens it."
)
VALIDATED_ON = message("validated on {day}")
RETURNED_ON = message("returned on {day}, awaited back by {until}")
NOT_BACK = message("returned on {day}, did not come back by {until}")
BACK_ON = message("returned, came back on {day}")
REOPENED = message("open again until {until}")
VALIDATED_NOTE = message("Validated on {day} by {who}: from now on only the Pool Technique changes it.")
RETURNED_NOTE = message("Returned on {day} by {who}: {reason}")
THE_POOL = message("the Pool Technique")

TERM = timedelta(days=7)
"""How long what is returned or reopened may be changed, when no other day is given."""


@dataclass(frozen=True, slots=True)
class Stand:
    """What was decided about a group and a period (None: nothing), when it closes by itself, and what time it is."""

    decided: ReportingPeriod | None
    closes: datetime
    now: datetime

    @property
    def standing(self) -> Standing:
        """Open, closed, returned or validated."""
        return storage.reporting_periods.standing(self.decided, self.closes, self.now)

    @property
    def validated(self) -> bool:
        """Whether only the pool changes it."""
        return self.standing == Standing.VALIDATED

    @property
    def can_be_validated(self) -> bool:
        """Whether what was received can be validated: its period is over, and that was not done yet."""
        return self.now > self.closes and not self.validated

    @property
    def awaited_back(self) -> bool:
        """Whether it was returned, is not back, and can still come back."""
        return self.decided is not None and self.decided.awaited_back and self.standing == Standing.RETURNED

    @property
    def excused(self) -> bool:
        """Whether the group was excused."""
        return self.decided is not None and self.decided.excused


def clock(session: Session) -> DigestClock:
    """The digest's clock as the settings have it."""
    return storage.reporting.clock(storage.configuration.current(session))


def open_until(clock: DigestClock, update: Update, decided: ReportingPeriod | None) -> datetime:
    """The UTC instant until which its group may change it: the usual end, or the term it was given again."""
    usual = closes(clock, update)
    return usual if decided is None or decided.until is None else max(usual, decided.until)


def closes(clock: DigestClock, update: Update) -> datetime:
    """The UTC instant at which it closes by itself (see `terms.open_until`)."""
    return terms.open_until(clock, update, periods.parse(update.period))


def end_of(ctx: Context, day: date) -> datetime:
    """The last minute of a civil day in the group's zone, as a UTC instant."""
    return datetime.combine(day, time(23, 59), ctx.zone)


def require_open(session: Session, ctx: Context, actor: Actor, group: Group, period: Period) -> None:
    """Raises Refusal, naming who can, where the period is validated and the person is not of the pool."""
    if actor.is_pool or ctx.now() <= remembered.clock(session, ctx).deadline(period):
        return  # only what is over can be validated
    decided = storage.reporting_periods.of(session, group.id, period.key)
    if decided is not None and decided.validated:
        refuse_validated(session, ctx, actor, group, decided)


def refuse_validated(session: Session, ctx: Context, actor: Actor, group: Group, decided: ReportingPeriod) -> NoReturn:
    """Say that it is validated, and who can change it."""
    raise Refusal(
        VALIDATED,
        group=group.name(actor.speaker.language),
        period=periods.parse(decided.period),
        day=day_of(actor.speaker, decided.validated_at),
        people=rights.pool_names(session, ctx, actor.speaker),
    )


def locked(session: Session, actor: Actor, group: Group, choices: Iterable[Period]) -> set[str]:
    """The keys of those periods which this person may not report on, since they are validated."""
    if actor.is_pool:
        return set()
    found = storage.reporting_periods.of_periods(session, {period.key for period in choices})
    return {key for (group_id, key), row in found.items() if group_id == group.id and row.validated}


def facts(speaker: Speaker, stand: Stand, *, inside: bool) -> list[str]:
    """How it stands, for a line of a list; that it was returned is told inside the group and the pool only."""
    decided = stand.decided
    if decided is None:
        return []
    if decided.validated:
        return [speaker.say(VALIDATED_ON, day=day_of(speaker, decided.validated_at))]
    if not inside:
        return []
    if decided.state == Standing.RETURNED:
        sentence = BACK_ON if decided.back_at else RETURNED_ON if stand.standing == Standing.RETURNED else NOT_BACK
        day = day_of(speaker, decided.back_at or decided.returned_at)
        return [speaker.say(sentence, day=day, until=day_of(speaker, decided.until))]
    again = decided.until is not None and stand.now <= decided.until
    return [speaker.say(REOPENED, until=day_of(speaker, decided.until))] if again else []


def notes(session: Session, speaker: Speaker, decided: ReportingPeriod | None) -> list[str]:
    """The small lines of a card: that it is validated, or why it was returned."""
    if decided is None:
        return []
    if decided.validated:
        who = name(session, speaker, decided.validated_by_id)
        return [speaker.say(VALIDATED_NOTE, day=day_of(speaker, decided.validated_at), who=who)]
    if decided.awaited_back:
        told = {"day": day_of(speaker, decided.returned_at), "reason": decided.reason}
        return [speaker.say(RETURNED_NOTE, who=name(session, speaker, decided.returned_by_id), **told)]
    return []


def name(session: Session, speaker: Speaker, person_id: int | None) -> str:
    """Who decided it, by name."""
    found = storage.people.by_ids(session, [person_id]) if person_id else ()
    return found[0].name if found and found[0].name else speaker.say(THE_POOL)


def day_of(speaker: Speaker, instant: datetime | None) -> str:
    """The civil day of an instant in the reader's zone, in words; empty for none."""
    return speaker.day(instant.astimezone(speaker.zone).date()) if instant else ""
