"""The person who speaks, with what follows from who they are that day: language, zone, offices, what they may read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.orm import Session

import storage.mandates
import storage.people
from handlers.context import Context
from handlers.language import Speaker, from_slack
from storage.mandates import COORDINATION, POOL, TROIKA, Mandate, Office
from storage.people import Person, Standing
from storage.visibility import Audience


@dataclass(frozen=True)
class Actor:
    """A person at one moment; ``offices`` are the (office, group id) they carry that day, None for the collective.

    What follows from them is found once: it is asked with whatever they do.
    """

    id: int
    slack_id: str
    name: str
    speaker: Speaker
    standing: str
    institution_id: int | None
    offices: frozenset[tuple[str, int | None]]
    may_everything: bool
    known_at: datetime | None
    welcomed: bool = True
    quiet: bool = False

    @property
    def is_member(self) -> bool:
        """A full member of the workspace; guests, strangers, deactivated and unknown people are not."""
        return self.standing == Standing.MEMBER

    @cached_property
    def is_pool(self) -> bool:
        """Of the Pool Technique, or named as coordinator in the settings: may do everything."""
        return self.is_member and (self.may_everything or self.carries(POOL))

    @cached_property
    def is_troika(self) -> bool:
        """Chef de file, entrant or sortant."""
        return self.is_member and self.carries(TROIKA)

    @cached_property
    def is_partner(self) -> bool:
        """A member who is one of the PTF; whoever only observes is not."""
        return self.is_member and not self._only_observes

    @cached_property
    def leads(self) -> frozenset[int]:
        """Ids of the groups they coordinate, as titulaire or suppléant."""
        return frozenset(group for office, group in self.offices if office in COORDINATION and group is not None)

    @cached_property
    def audience(self) -> Audience | None:
        """What they may read; None (nothing) for anyone who is not a member of the workspace."""
        if not self.is_member:
            return None
        groups = frozenset(group for office, group in self.offices if office != Office.OBSERVER and group is not None)
        return Audience(
            troika=self.is_pool or self.is_troika,
            groups=groups,
            partner=self.is_partner,
            person_id=self.id,
        )

    def carries(self, offices: Sequence[Office]) -> bool:
        """Whether they carry one of those offices that day."""
        return any(office in offices for office, _ in self.offices)

    @property
    def _only_observes(self) -> bool:
        return bool(self.offices) and all(office == Office.OBSERVER for office, _ in self.offices)


def load(session: Session, ctx: Context, slack_id: str) -> Actor | None:
    """The person of that Slack user id as they stand today; None when nobody met them yet."""
    person, mandates = storage.mandates.of_slack_id(session, ctx.team_id, slack_id, ctx.today)
    return None if person is None else build(ctx, person, mandates)


def describe(session: Session, ctx: Context, person: Person) -> Actor:
    """That person as they stand today."""
    return build(ctx, person, storage.mandates.of_person(session, person.id, ctx.today))


def build(ctx: Context, person: Person, mandates: Sequence[Mandate]) -> Actor:
    """That person with the mandates they carry."""
    return Actor(
        id=person.id,
        slack_id=person.slack_id or "",
        name=person.name,
        speaker=speaker_of(ctx, person),
        standing=person.standing,
        institution_id=person.institution_id,
        offices=frozenset((mandate.office, mandate.group_id) for mandate in mandates),
        may_everything=person.slack_id in ctx.coordinators,
        known_at=person.seen_at,
        welcomed=person.welcomed_at is not None,
        quiet=person.quiet,
    )


def speaker_of(ctx: Context, person: Person) -> Speaker:
    """Who speaks their language, in their zone: their own choice, else what Slack tells, else the group's."""
    language = person.language or from_slack(person.slack_language, ctx.language)
    return Speaker(language, _zone(person.zone) or ctx.zone)


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
