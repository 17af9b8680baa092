"""What history kept of a record, as the answers of its form: the way back to an earlier version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

import storage.people
from handlers.dates import Deadline
from storage import periods

Facts = Mapping[str, Any]
"""Columns of a record as history tells them (see `storage.history.facts`)."""


def plain(facts: Facts, *names: str) -> dict[str, Any]:
    """The answers that are kept as they are given; what was not said then is no answer."""
    return {name: facts[name] for name in names if facts.get(name) is not None}


def deadline(facts: Facts) -> dict[str, Any]:
    """The deadline that stood; none is an answer too."""
    if "deadline" not in facts:
        return {}
    key = facts["deadline"]
    due: date | None = None if key in (None, periods.CONTINUOUS) else periods.parse(str(key)).last
    return {"deadline": Deadline(key, due)}


def line(facts: Facts) -> dict[str, Any]:
    """The line of a plan it served, or that it served none."""
    return {"line": str(facts["line_id"] or 0)} if "line_id" in facts else {}


def carrier(session: Session, facts: Facts) -> dict[str, Any]:
    """Who carried it, nobody included; somebody whom Slack does not know is no answer of a form."""
    if "carrier_id" not in facts:
        return {}
    people = storage.people.by_ids(session, [facts["carrier_id"]]) if facts["carrier_id"] else []
    slack_id = people[0].slack_id if people else None
    return {"carrier": slack_id} if slack_id or not people else {}
