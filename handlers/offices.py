"""Mandates in words: the office, the group, the institution that holds it and who carries it, from when to when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

import storage.groups
import storage.partners
import storage.people
from handlers.language import Speaker, message
from handlers.reports.mrkdwn import literal
from handlers.vocabulary import OFFICE
from storage.groups import Group
from storage.mandates import Mandate
from storage.partners import Institution

WHO_STANDS_IN = message("{who}; stand-in: {stand_in}")
INSTITUTION_ALONE = message("{institution}, person not named yet")
NOBODY_NAMED = message("nobody is named")
OF_GROUP = message("{office} of {group}")
FROM_ON = message("{mandate}, since {first}")
FROM_THEN = message("{mandate}, from {first} on")
FROM_TO = message("{mandate}, from {first} to {last}")


@dataclass(frozen=True, slots=True)
class Names:
    """The groups and institutions by id, and the names of who carries the mandates it was made for."""

    groups: Mapping[int, Group]
    institutions: Mapping[int, Institution]
    people: Mapping[int, str]

    def institution(self, mandate: Mandate, language: str) -> str:
        """The name of the institution that holds it; "" where none is named."""
        held = self.institutions.get(mandate.institution_id or 0)
        return held.name(language) if held else ""


def names(session: Session, mandates: Sequence[Mandate]) -> Names:
    """The names in which these mandates are told."""
    carriers = {person for mandate in mandates for person in mandate.carriers}
    return Names(
        {group.id: group for group in storage.groups.everyone(session)},
        {each.id: each for each in storage.partners.everyone(session)},
        {person.id: person.name for person in storage.people.by_ids(session, carriers)} if carriers else {},
    )


def words(known: Names, speaker: Speaker, mandate: Mandate) -> str:
    """A mandate in a few words: ``Coordinator – EDU – CANADA – Canada – Éducation``."""
    group = known.groups.get(mandate.group_id or 0)
    institution = known.institutions.get(mandate.institution_id or 0)
    parts = [
        speaker.say(OFFICE[mandate.office]),
        group.code if group else "",
        institution.code if institution else "",
        *(known.people.get(person, "") for person in mandate.carriers),
    ]
    return " – ".join(part for part in parts if part)


def told(session: Session, speaker: Speaker, mandate: Mandate) -> str:
    """The same with its days, the weekday included."""
    said = words(names(session, [mandate]), speaker, mandate)
    if mandate.ends is None:
        return speaker.say(FROM_ON, mandate=said, first=mandate.starts)
    return speaker.say(FROM_TO, mandate=said, first=mandate.starts, last=mandate.ends)


def office(known: Names, speaker: Speaker, mandate: Mandate) -> str:
    """The office alone: ``Chef de file``, ``Coordinator of EDU``; ready for mrkdwn."""
    group = known.groups.get(mandate.group_id or 0)
    held = speaker.say(OFFICE[mandate.office])
    return speaker.say(OF_GROUP, office=held, group=literal(group.code)) if group else held


def who(speaker: Speaker, institution: str, people: Sequence[str]) -> str:
    """Who carries a mandate, for which institution (a code or ""), and who stands in; ready for mrkdwn."""
    named = [literal(name) for name in people if name]
    if not named:
        alone = speaker.say(INSTITUTION_ALONE, institution=literal(institution))
        return alone if institution else speaker.say(NOBODY_NAMED)
    first = f"{named[0]} ({literal(institution)})" if institution else named[0]
    if len(named) == 1:
        return first
    return speaker.say(WHO_STANDS_IN, who=first, stand_in=named[1])


def carried(known: Names, speaker: Speaker, mandate: Mandate) -> str:
    """Who carries it, for which institution; ready for mrkdwn."""
    institution = known.institutions.get(mandate.institution_id or 0)
    people = [known.people.get(person, "") for person in mandate.carriers]
    return who(speaker, institution.code if institution else "", people)


def with_days(speaker: Speaker, said: str, mandate: Mandate, *, began: bool = True) -> str:
    """What was said of a mandate, with its days without the weekday; ``began``: it is in force or over."""
    first = speaker.day(mandate.starts)
    if mandate.ends is not None:
        return speaker.say(FROM_TO, mandate=said, first=first, last=speaker.day(mandate.ends))
    return speaker.say(FROM_ON if began else FROM_THEN, mandate=said, first=first)
