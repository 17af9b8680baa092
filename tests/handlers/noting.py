"""Decisions as they may stand in the register, for tests that need more of them than the demo world has."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import select

import storage.decisions
import storage.history
from storage.decisions import Decision, Kind, Status
from storage.groups import Group
from storage.history import By, Origin
from storage.visibility import Level
from tests.conversation import Bot

SAID_AT = datetime(2027, 3, 2, 12, 0, tzinfo=UTC)


def note(bot: Bot, **facts: object) -> Decision:
    """A decision of the GEC of 2 March 2027, noted that day; detached, its columns can be read."""
    kept = {
        "kind": Kind.DECISION,
        "decided": "2027-03-02",
        "decided_on": date(2027, 3, 2),
        "text": "Un texte décidé.",
        "deadline": None,
        "due_on": None,
        "status": Status.OPEN,
        "visibility": Level.ALL,
        "language": "fr",
        "said_at": SAID_AT,
    }
    with bot.ctx.sessions(expire_on_commit=False) as session, session.begin():
        body = session.scalars(select(Group).where(Group.code == "GEC")).one()
        decision = storage.decisions.keep(session, Decision(group_id=body.id, **(kept | facts)), body.code)
        storage.history.created(session, decision, By(decision.said_by_id, SAID_AT, Origin.COMMAND))
        return decision
