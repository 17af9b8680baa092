"""The rotation of the troïka: entrant, then chef de file, then sortant, a year each (DOMAIN.md section 1).

What a year would bring is proposed from the mandates of the year before; nothing is blocked. Two rules warn: since May
2011 the troïka is two bilaterals and one multilateral, and the United Nations count as one voice, that of the agency
which coordinates them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

import storage.configuration
import storage.mandates
import storage.partners
from handlers.language import Speaker, message
from handlers.reports.mrkdwn import literal
from storage.mandates import TROIKA, Mandate, Office
from storage.partners import Institution

UN = "un"
BILATERAL = "bilateral"
MULTILATERAL = ("multilateral", UN)
"""Kinds of institutions; the United Nations are a multilateral."""
BILATERALS, MEMBERS = 2, 3

COMPOSITION = message(
    "⚠️ On {day}, bilaterals in the troïka: {bilaterals}; multilaterals: {multilaterals}. Since May 2011 it is two "
    "bilaterals and one multilateral."
)
KIND_UNKNOWN = message("⚠️ Whether {institutions} count as bilateral or multilateral is not known.")
SEVERAL_UN = message("⚠️ The United Nations count as one voice: {institutions} would be several.")
OTHER_UN = message(
    "⚠️ In the troïka the United Nations are represented by the agency that coordinates them, {voice}, not by "
    "{institutions}."
)
VOICE_UNKNOWN = message(
    "⚠️ In the troïka the United Nations are represented by the agency that coordinates them; which one that is has not "
    "been said. Is it {institutions}?"
)
TWICE = message("⚠️ {institutions} would hold more than one office of the troïka.")


@dataclass(frozen=True, slots=True)
class Rotation:
    """What a year's first of January brings.

    ``held`` are the troïka's mandates of the eve, ``prepared`` those entered already for that year; ``lead`` and
    ``outgoing`` are what follows from those held, None where nothing does or where it is prepared.
    """

    year: int
    held: Sequence[Mandate]
    prepared: Sequence[Mandate]
    lead: Mandate | None
    outgoing: Mandate | None

    @property
    def first(self) -> date:
        """The first of January."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """The last day of the year."""
        return date(self.year, 12, 31)

    @property
    def is_prepared(self) -> bool:
        """Whether nothing is left to do."""
        return not self.missing

    @property
    def missing(self) -> list[Office]:
        """The offices of the troïka that nobody holds in that year yet."""
        there = {mandate.office for mandate in self.prepared}
        return [office for office in TROIKA if office not in there]


def year_to_prepare(today: date, troika: Iterable[Mandate]) -> int:
    """The year whose rotation comes next: this one while it has no chef de file, else the next."""
    has_lead = any(mandate.office == Office.LEAD and covers(mandate, today) for mandate in troika)
    return today.year + 1 if has_lead else today.year


def proposed(year: int, troika: Sequence[Mandate]) -> Rotation:
    """What follows for that year from the troïka's mandates, past and coming."""
    first, eve = date(year, 1, 1), date(year - 1, 12, 31)
    prepared = [mandate for mandate in troika if mandate.starts.year == year]
    held = [mandate for mandate in troika if covers(mandate, eve) and mandate.starts < first]
    there = {mandate.office for mandate in prepared}

    def follows(office: Office, before: Office) -> Mandate | None:
        if office in there:
            return None
        return next((mandate for mandate in held if mandate.office == before), None)

    lead, outgoing = follows(Office.LEAD, Office.INCOMING), follows(Office.OUTGOING, Office.LEAD)
    return Rotation(year, held, prepared, lead, outgoing)


def covers(mandate: Mandate, day: date) -> bool:
    """Whether it is in force on that day."""
    return mandate.starts <= day and (mandate.ends is None or mandate.ends >= day)


def warnings(speaker: Speaker, members: Sequence[Institution], voice: Institution | None, day: date) -> list[str]:
    """What is unusual about a troïka of those institutions on that day, ready for mrkdwn; nothing of it forbids."""
    distinct = list({each.code: each for each in members}.values())
    agencies = [each for each in distinct if each.kind == UN]
    told = []
    if len(distinct) < len(members):
        twice = [each for each in distinct if [other.code for other in members].count(each.code) > 1]
        told.append(speaker.say(TWICE, institutions=_listed(speaker, twice)))
    if len(agencies) > 1:
        told.append(speaker.say(SEVERAL_UN, institutions=_listed(speaker, agencies)))
    others = [each for each in agencies if voice is not None and each.code != voice.code]
    if others and voice is not None:
        named = literal(voice.name(speaker.language))
        told.append(speaker.say(OTHER_UN, voice=named, institutions=_listed(speaker, others)))
    if agencies and voice is None:
        told.append(speaker.say(VOICE_UNKNOWN, institutions=_listed(speaker, agencies)))
    return [*told, *_composition(speaker, members, day)]


def of_day(session: Session, speaker: Speaker, day: date) -> list[str]:
    """What is unusual about the troïka of that day."""
    held = storage.mandates.of_offices(session, TROIKA, day)
    known = {each.id: each for each in storage.partners.everyone(session)}
    members = [known[mandate.institution_id] for mandate in held if mandate.institution_id in known]
    return warnings(speaker, members, known.get(_voice_id(session) or 0), day)


def warned(session: Session, speaker: Speaker, mandate: Mandate) -> list[str]:
    """What is unusual about the troïka which a mandate now gives; nothing for an office outside it."""
    return of_day(session, speaker, mandate.starts) if mandate.office in TROIKA else []


def eve(day: date) -> date:
    """The day before."""
    return day - timedelta(days=1)


def _composition(speaker: Speaker, members: Sequence[Institution], day: date) -> list[str]:
    """Only of a whole troïka whose kinds are known something can be said."""
    unknown = [each for each in members if each.kind != BILATERAL and each.kind not in MULTILATERAL]
    if unknown:
        return [speaker.say(KIND_UNKNOWN, institutions=_listed(speaker, unknown))]
    bilaterals = sum(each.kind == BILATERAL for each in members)
    if len(members) != MEMBERS or bilaterals == BILATERALS:
        return []
    multilaterals = len(members) - bilaterals
    return [speaker.say(COMPOSITION, day=day, bilaterals=bilaterals, multilaterals=multilaterals)]


def _listed(speaker: Speaker, institutions: Sequence[Institution]) -> str:
    return literal(speaker.listing([each.name(speaker.language) for each in institutions]))


def _voice_id(session: Session) -> int | None:
    return storage.configuration.current(session).un_voice_id
