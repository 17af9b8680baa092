"""Who is asked while somebody is away: whoever carries the same mandates, told once when the absence begins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

import storage.absences
import storage.groups
import storage.mandates
import storage.outbox
import storage.people
from handlers import actors, rights
from handlers.calendar import WorkingTime
from handlers.calendar_of import working_times
from handlers.context import Context
from handlers.language import Speaker, message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.vocabulary import OFFICE
from storage.absences import Absence
from storage.groups import Group
from storage.mandates import COORDINATION, Mandate, Office
from storage.outbox import State
from storage.people import Person, Standing

ON_DAY = message("on {day}")
FROM_TO = message("from {first} to {last}, both included")
MEANWHILE = message("Meanwhile {person} is asked for {what}.")
AWAY_TOO = message("{person} is away too {days}.")
NOBODY = message(
    "⚠️ Meanwhile nobody is asked for {what}: there is no stand-in who can be reached here. {people} can name one."
)
YOU_STAND_IN = message("{person} is away {days}. Meanwhile you are asked for {what}.")
NO_LONGER = message("{person} is back: you are no longer asked for {what} in their place.")
DUE_BUTTON = message("What is due")

ASKED_NOTHING = (Office.MEMBER, Office.OBSERVER)
_CANNOT = (Standing.DEACTIVATED, Standing.GUEST, Standing.EXTERNAL)


@dataclass(frozen=True, slots=True)
class Seat:
    """What somebody is asked for: a group's update, an office; ``carriers``: ids in the order they are asked in."""

    office: str
    group: Group | None
    carriers: tuple[int, ...]

    def name(self, speaker: Speaker) -> str:
        """The group's name, else the office's; ready for mrkdwn."""
        return literal(self.group.name(speaker.language) if self.group else speaker.say(OFFICE[self.office]))


@dataclass(frozen=True, slots=True)
class Replacement:
    """Who is asked for a seat meanwhile (None: nobody), and when they are away themselves."""

    seat: Seat
    person: Person | None
    away: Absence | None = None


def days(speaker: Speaker, absence: Absence) -> str:
    """The days of an absence, in words inside a sentence."""
    if absence.first == absence.last:
        return speaker.say(ON_DAY, day=absence.first)
    return speaker.say(FROM_TO, first=absence.first, last=absence.last)


def replacements(session: Session, ctx: Context, absence: Absence) -> list[Replacement]:
    """For each thing that would be asked of them: who is asked instead. Whoever stands in for others is not missed."""
    seats = _seats(session, absence.person_id, max(absence.first, ctx.today))
    people = {
        each.id: each
        for each in storage.people.by_ids(session, {carrier for seat in seats for carrier in seat.carriers})
    }
    others = storage.absences.between(session, absence.first, absence.last) if seats else []
    away: dict[int, list[Absence]] = defaultdict(list)
    for each in others:
        away[each.person_id].append(each)
    found = []
    for seat in seats:
        able = [people[each] for each in seat.carriers if each in people and _able(people[each])]
        first = next((each for each in able if each.id == absence.person_id or not away[each.id]), None)
        if first is None or first.id == absence.person_id:
            found.append(_replaced(seat, [each for each in able if each.id != absence.person_id], away))
    return found


def told(session: Session, ctx: Context, speaker: Speaker, absence: Absence) -> list[str]:
    """Sentences for whoever noted an absence: who is asked meanwhile, and for what nobody is; ready for mrkdwn."""
    found = replacements(session, ctx, absence)
    lines = []
    for person, seats in _by_person(found):
        what = speaker.listing(seat.name(speaker) for seat in seats)
        lines.append(speaker.say(MEANWHILE, person=literal(person.name), what=what))
    away_too = {each.away.id: (each.person, each.away) for each in found if each.person and each.away}
    for person, absence_too in away_too.values():
        lines.append(speaker.say(AWAY_TOO, person=literal(person.name), days=days(speaker, absence_too)))
    missed = [each.seat.name(speaker) for each in found if each.person is None]
    if missed:
        people = literal(rights.pool_names(session, ctx, speaker))
        lines.append(speaker.say(NOBODY, what=speaker.listing(missed), people=people))
    return lines


def begin(session: Session, ctx: Context, absence: Absence) -> None:
    """Tell whoever stands in what they are asked meanwhile: once, at their next working hour, while it lasts."""
    absence.begun_at = ctx.now()
    (person,) = storage.people.by_ids(session, [absence.person_id])
    asked = _by_person(replacements(session, ctx, absence))
    times = working_times(session, ctx, [each for each, _ in asked], ctx.today, absence.last) if asked else {}
    for stand_in, seats in asked:
        own = storage.absences.of_person(session, stand_in.id, ctx.today, absence.last)
        working = times[stand_in.id]
        told_at = replace(working, rest=working.rest | _all_days(own)).next_telling(ctx.now())
        if told_at.astimezone(ctx.zone).date() > absence.last:
            continue
        speaker = actors.speaker_of(ctx, stand_in)
        payload = _payload(speaker, _stands_in(speaker, person, absence, seats))
        storage.outbox.put(
            session,
            f"standin:{absence.id}:{stand_in.id}",
            str(stand_in.slack_id),
            payload,
            ctx.now(),
            about=_about(absence),
            not_before=told_at,
        )


def over(session: Session, ctx: Context, absence: Absence, before: Sequence[Replacement]) -> None:
    """It ended early: what was not sent yet is dropped, and who was told hears that they are no longer asked."""
    (person,) = storage.people.by_ids(session, [absence.person_id])
    asked = {stand_in.slack_id: (stand_in, seats) for stand_in, seats in _by_person(before)}
    for card in storage.outbox.cards(session, _about(absence)):
        if card.state == State.WAITING:
            storage.outbox.dropped(card, storage.outbox.SUPERSEDED)
        elif card.address in asked:
            stand_in, seats = asked[card.address]
            speaker = actors.speaker_of(ctx, stand_in)
            what = speaker.listing(seat.name(speaker) for seat in seats)
            words = speaker.say(NO_LONGER, person=literal(person.name), what=what)
            key = f"standin-over:{absence.id}:{stand_in.id}"
            storage.outbox.put(
                session, key, card.address, _payload(speaker, words), ctx.now(), not_before=next_hour(ctx, speaker)
            )


def next_hour(ctx: Context, speaker: Speaker) -> datetime:
    """Their next working hour, for what follows at once from what somebody did: rest days do not hold it back."""
    return WorkingTime(speaker.zone).next_telling(ctx.now())


def _seats(session: Session, person_id: int, day: date) -> list[Seat]:
    """What that person would be asked for on that day, first or after others."""
    mandates = storage.mandates.of_person(session, person_id, day)
    groups = {each.id: each for each in storage.groups.everyone(session)} if mandates else {}
    led = {each.group_id: each for each in mandates if each.office in COORDINATION and each.group_id is not None}
    coordinated = storage.mandates.coordination(session, day) if led else {}
    offices = [each for each in mandates if each.office not in (*COORDINATION, *ASKED_NOTHING)]
    return [
        *(Seat(Office.COORDINATOR, groups[each], _carriers(coordinated[each])) for each in led if groups[each].reports),
        *(Seat(each.office, None, each.carriers) for each in offices),
    ]


def _carriers(mandates: Sequence[Mandate]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(carrier for mandate in mandates for carrier in mandate.carriers))


def _able(person: Person) -> bool:
    """Whether the bot may write to them, and they may answer."""
    return bool(person.slack_id) and person.standing not in _CANNOT and not person.quiet


def _replaced(seat: Seat, others: Sequence[Person], away: Mapping[int, Sequence[Absence]]) -> Replacement:
    free = next((each for each in others if not away.get(each.id)), None)
    person = free or next(iter(others), None)
    return Replacement(seat, person, away[person.id][0] if person is not None and person is not free else None)


def _by_person(found: Sequence[Replacement]) -> list[tuple[Person, list[Seat]]]:
    people: dict[int, tuple[Person, list[Seat]]] = {}
    for each in found:
        if each.person is not None:
            people.setdefault(each.person.id, (each.person, []))[1].append(each.seat)
    return list(people.values())


def _all_days(absences: Sequence[Absence]) -> frozenset[date]:
    return frozenset(
        each.first + timedelta(days=number) for each in absences for number in range((each.last - each.first).days + 1)
    )


def _stands_in(speaker: Speaker, person: Person, absence: Absence, seats: Sequence[Seat]) -> str:
    what = speaker.listing(seat.name(speaker) for seat in seats)
    return speaker.say(YOU_STAND_IN, person=literal(person.name), days=days(speaker, absence), what=what)


def _payload(speaker: Speaker, words: str) -> dict[str, Any]:
    button = blocks.button(speaker.say(DUE_BUTTON), "help_open")
    return {"text": words, "blocks": [*blocks.paragraphs(words), blocks.actions(button)]}


def _about(absence: Absence) -> str:
    return f"absences:{absence.id}"
