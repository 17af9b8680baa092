"""Rows of the demo world that need nothing but what the world tells: institutions, groups, people, channels."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.rehearsal.world import shapes
from storage.configuration import Channel
from storage.groups import Group, Kind
from storage.partners import Institution
from storage.people import Person
from storage.periods import Rhythm

_KINDS = {"group": Kind.THEMATIC, "subgroup": Kind.SUBGROUP, "ad_hoc": Kind.AD_HOC, "body": Kind.BODY}


def institution(told: shapes.Institution) -> Institution:
    """An institution, with the public holidays of its country."""
    return Institution(
        code=told.code, name_fr=told.name_fr, name_en=told.name_en, kind=told.kind, calendar=told.calendar
    )


def group(told: shapes.Group, parent: Group | None) -> Group:
    """A group or body as it is today."""
    return Group(
        code=told.code,
        name_fr=told.name_fr,
        name_en=told.name_en,
        kind=_KINDS[told.kind],
        parent_id=parent.id if parent is not None else None,
        rhythm=told.rhythm or Rhythm.ON_DEMAND,
        state=told.state,
        transversal=told.transversal,
        periodicity=told.periodicity_fr,
        created_on=told.created,
        sitting=told.sitting,
    )


def person(told: shapes.Person, institutions: Mapping[str, Institution], team_id: str, seen_at: datetime) -> Person:
    """Somebody as users.info tells them; known under the team of the bot wherever they come from."""
    return Person(
        team_id=team_id,
        slack_id=told.slack_id,
        name=told.name,
        title=told.title_en if told.language == "en" else told.title_fr,
        slack_language=told.language,
        zone=told.zone,
        standing=told.kind,
        institution_id=institutions[told.institution].id,
        seen_at=seen_at,
    )


def channel(told: shapes.Channel) -> Channel:
    """A channel of the digest."""
    return Channel(id=told.slack_id, name=told.name, language=told.digest_language, level=told.digest_visibility)
