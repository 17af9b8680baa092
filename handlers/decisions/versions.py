"""A decision brought back to what it was: the answers of its form that make it so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

import storage.partners
from handlers.changes import answering
from storage import periods
from storage.decisions import Decision, Status


def answers_of(session: Session, decision: Decision, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the form would be answered for it to hold those facts again.

    What took its place, or gave it back, is no answer of its form: a status that says so stays as it is. So does a
    meeting of which only the month or the year is known.
    """
    said = answering.plain(facts, "kind", "addressee", "text", "visibility")
    if "institutions" in facts:
        found = (storage.partners.by_code(session, code) for code in facts["institutions"])
        said["institutions"] = [str(each.id) for each in found if each is not None]
    if facts.get("decided") and periods.parse(facts["decided"]).kind == periods.DAY:
        said["decided"] = facts["decided"]
    if facts.get("status", Status.REPLACED) != Status.REPLACED:
        done_on = facts.get("done_on")
        said |= {"status": facts["status"], "done_on": date.fromisoformat(done_on) if done_on else None}
    if "review_on" in facts:
        said["review"] = facts["review_on"] or ""
    return said | answering.line(facts) | answering.deadline(facts) | answering.carrier(session, facts)
