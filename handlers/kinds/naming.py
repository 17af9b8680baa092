"""What the ids in records of described kinds are called, found in a fixed number of queries for many records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

import storage.groups
import storage.partners
import storage.people
from handlers import erased
from handlers.kinds.field import Field, Sort
from handlers.language import Speaker
from storage.groups import Group
from storage.partners import Institution
from storage.registered import Registered
from storage.visibility import Audience, visible


@dataclass(frozen=True, slots=True)
class Names:
    """What records point at, by id; ``codes``: (table, id) -> code, of those the reader may read."""

    groups: Mapping[int, Group]
    institutions: Mapping[int, Institution]
    people: Mapping[int, str]
    codes: Mapping[tuple[str, int], str] = field(default_factory=dict)

    def group(self, group_id: Any) -> str:
        """The code of a group, "" for none."""
        return self.groups[group_id].code if group_id in self.groups else ""

    def group_name(self, group_id: Any, language: str) -> str:
        """The name of a group in a language, "" for none."""
        return self.groups[group_id].name(language) if group_id in self.groups else ""

    def institution(self, institution_id: Any, language: str) -> str:
        """The name of an institution in a language, "" for none."""
        return self.institutions[institution_id].name(language) if institution_id in self.institutions else ""


def names(
    session: Session,
    fields: Sequence[Field],
    records: Iterable[Registered],
    speaker: Speaker,
    audience: Audience | None,
) -> Names:
    """What these records point at, as that reader may know it."""
    every = list(records)

    def held(*sorts: Sort) -> set[int]:
        columns = [each.column for each in fields if each.sort in sorts]
        return {value for record in every for column in columns if (value := getattr(record, column)) is not None}

    groups, institutions, people = held(Sort.GROUP), held(Sort.INSTITUTION), held(Sort.PERSON)
    codes: dict[tuple[str, int], str] = {}
    for each in fields:
        if each.of is not None:
            wanted = {value for record in every if (value := getattr(record, each.column)) is not None}
            codes |= codes_of(session, each.of, wanted, audience) if wanted else {}
    return Names(
        {group.id: group for group in storage.groups.by_ids(session, groups)} if groups else {},
        {each.id: each for each in storage.partners.by_ids(session, sorted(institutions))} if institutions else {},
        {each.id: erased.name(speaker, each) for each in storage.people.by_ids(session, people)} if people else {},
        codes,
    )


def codes_of(
    session: Session, model: type[Registered], ids: Iterable[int] | None, audience: Audience | None
) -> dict[tuple[str, int], str]:
    """(table, id) -> code, of those (None: all) that this audience may read."""
    chosen = select(model.id, model.code).where(visible(model, audience))
    rows = session.execute(chosen if ids is None else chosen.where(model.id.in_(list(ids))))
    return {(str(model.__tablename__), row.id): row.code for row in rows}
