"""When a line of a plan is due, as plans write it: a day, « fin avril », "Q3", several, "each meeting", continu.

What the text says is understood within the years of the plan; the last of several dates is the one it is due.
"""

from __future__ import annotations

import re
from datetime import date

from handlers import dates
from handlers.dates import Deadline, refusals
from handlers.dates.refusals import NotADate
from handlers.language import Speaker, message
from storage.plans.rows import RECURRING, Plan

UNDERSTOOD = message("{said} (until {day})")

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SEVERAL = re.compile(r"\s*[;,/]\s*|\s+(?:et|and|puis|then)\s+", re.IGNORECASE)


def base(plan: Plan, today: date) -> date:
    """The day as of which a plan's dates are read: the first of its year; of several years, no earlier than now."""
    if plan.starts is None:
        return today
    first = date(plan.starts, 1, 1)
    return max(first, today) if plan.ends is not None and plan.ends > plan.starts else first


def understood(text: str, since: date) -> Deadline:
    """What a timing says; its key is `RECURRING` for what comes back. Raises NotADate."""
    if not text.strip():
        return Deadline(None, None)
    try:
        return dates.deadline(text, since)
    except NotADate as no:
        if no.sentence == refusals.RECURRING:
            return Deadline(RECURRING, None)
        if no.sentence != refusals.SEVERAL:
            raise
    parts = [dates.deadline(part, since) for part in _SEVERAL.split(text) if part.strip()]
    return max((each for each in parts if each.due is not None), key=lambda each: each.due or since)


def said(text: str, due_on: date | None, speaker: Speaker) -> str:
    """A timing as it was written, with the day understood; a day that a file wrote is told as a day."""
    if not text or due_on is None:
        return text
    if _DAY.fullmatch(text.strip()):
        return speaker.day(due_on)
    return speaker.say(UNDERSTOOD, said=text, day=speaker.day(due_on))
