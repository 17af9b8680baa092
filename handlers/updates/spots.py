"""What a button or ⋯ menu of `/ptf updates` is about: a group, a period, and the list it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

import storage.groups
from handlers.errors import NOT_OFFERED_ANY_MORE, Refusal, number
from storage import periods
from storage.groups import Group
from storage.periods import Period

OF_GROUP = "group"
"""Shown in the list of one group's last updates."""
APART = "-"
"""Shown in no list: a message of its own."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A group's period and where it is shown: the key of the week on show, `OF_GROUP` or `APART`."""

    group_id: int
    period: Period
    shown: str

    @property
    def value(self) -> str:
        """As a button carries it: ``12:2027-W09:2027-W10``."""
        return f"{self.group_id}:{self.period.key}:{self.shown}"

    @property
    def week(self) -> Period | None:
        """The week of the list it stands in; None where it stands in another."""
        return None if self.shown in (OF_GROUP, APART) else parsed(self.shown)

    def group(self, session: Session) -> Group:
        """Its group. Raises Refusal when it is gone."""
        found = storage.groups.by_id(session, self.group_id)
        if found is None:
            raise Refusal(NOT_OFFERED_ANY_MORE)
        return found

    @classmethod
    def read(cls, value: str) -> Spot:
        """The spot of a value. Raises Refusal for what is none."""
        group_id, _, rest = value.partition(":")
        key, _, shown = rest.partition(":")
        return cls(number(group_id), parsed(key), shown)

    @classmethod
    def of(cls, action: Mapping[str, Any]) -> Spot:
        """The spot of what was clicked: a button, or a choice ``what:spot`` of a ⋯ menu. Raises Refusal."""
        chosen = action.get("selected_option")
        return cls.read(str(chosen["value"]).partition(":")[2] if chosen else str(action.get("value")))


def parsed(key: str) -> Period:
    """The period of a key that a button or menu carries. Raises Refusal for what is none."""
    try:
        return periods.parse(key)
    except ValueError:
        raise Refusal(NOT_OFFERED_ANY_MORE) from None
