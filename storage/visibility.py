"""Who may read a record: four levels, and the one filter through which every way out passes (DESIGN.md rule 7).

Levels from the narrowest: troïka and pool; the group; all PTF; open to the government. A reader is described by an
`Audience`, whether it is a person, a channel or a document.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, false, or_, true

if TYPE_CHECKING:
    from storage.records import Record


class Level(StrEnum):
    """Who a record is for."""

    TROIKA = "troika"
    GROUP = "group"
    ALL = "all"
    GOVERNMENT = "government"


@dataclass(frozen=True, slots=True)
class Audience:
    """What a reader may see.

    ``troika``: troïka or pool, sees everything. ``groups``: ids of the groups whose own records are for it.
    ``partner``: one of the PTF. ``person_id``: sees what they said themselves. An audience with nothing sees what is
    open to government.
    """

    troika: bool = False
    groups: frozenset[int] = frozenset()
    partner: bool = False
    person_id: int | None = None


NOBODY: Audience | None = None
"""The reader of whom nothing good is known: sees nothing, not even what is open."""


def of_channel(level: str, group_id: int | None = None) -> Audience:
    """What a channel of that level may show: a group's channel also shows what is for all PTF."""
    return Audience(
        troika=level == Level.TROIKA,
        groups=frozenset({group_id}) if level == Level.GROUP and group_id is not None else frozenset(),
        partner=level in (Level.ALL, Level.GROUP),
    )


def visible(record: type[Record], audience: Audience | None) -> ColumnElement[bool]:
    """The condition that keeps the records this audience may read."""
    if audience is None:
        return false()
    if audience.troika:
        return true()
    allowed: list[ColumnElement[bool]] = [record.visibility == Level.GOVERNMENT]
    if audience.partner:
        allowed.append(record.visibility == Level.ALL)
    if audience.groups:
        allowed.append((record.visibility == Level.GROUP) & record.group_id.in_(audience.groups))
    if audience.person_id is not None:
        allowed.append(record.said_by_id == audience.person_id)
    return or_(*allowed)


def sees(record: Record, audience: Audience | None) -> bool:
    """The same rule for one record in hand."""
    if audience is None:
        return False
    if audience.troika or record.visibility == Level.GOVERNMENT:
        return True
    if audience.person_id is not None and record.said_by_id == audience.person_id:
        return True
    if record.visibility == Level.ALL:
        return audience.partner
    return record.visibility == Level.GROUP and record.group_id in audience.groups
