"""What somebody owes on a certain day, whatever kind of record it comes from: the shape the reminder ladder works on.

A source (see handlers.reminders.sources) finds what is still owed with a deadline between two days; the ladder alone
decides when whom to ask, and when to tell those above.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from handlers.context import Context
from handlers.language import Speaker
from handlers.reports import blocks
from storage.visibility import Audience


class Step(StrEnum):
    """Who is told, one working day after the other, when the last reminder brought nothing."""

    GROUP = "group"
    """Who coordinates the group of the due."""
    POOL = "pool"
    """The coordinator of the Pool Technique."""
    LEAD = "lead"
    """The chef de file."""


def open_to_partners(audience: Audience | None) -> bool:
    """What any of the PTF may know: that a group owes its update."""
    return audience is not None and (audience.partner or audience.troika)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing still owed.

    ``key`` names it for good (``update:EDU:2027-W09``, ``action:12``); ``day`` is its civil deadline, ``until`` the
    instant (UTC) when one exists. ``carriers``: ids of the people in the order in which they are asked; the first who
    is able, here and not away is. ``told`` gives its line and its section with the button that answers it, ``short``
    one line for those above; both ready for mrkdwn. ``readable`` says which readers it may be told to at all.
    """

    key: str
    day: date
    until: datetime | None
    group_id: int | None
    institution_id: int | None
    carriers: tuple[int, ...]
    told: Callable[[Session, Speaker], tuple[str, blocks.Block]]
    short: Callable[[Session, Speaker], str]
    readable: Callable[[Audience | None], bool] = open_to_partners
    quiet: bool = False
    """Acknowledged: nobody is reminded before the day itself."""
    since: date | None = None
    """No reminder falls on that day or before: the deadline of the period before, the day an action was given."""
    steps: tuple[Step, ...] = (Step.POOL, Step.LEAD)
    """Whom it is told to after the last reminder, one step a working day, each once."""


Source = Callable[[Session, Context, date, date], Sequence[Due]]
"""``source(session, ctx, first, last)``: what is still owed with its deadline between two civil days, both included.

Its cost follows what is found, and the number of its queries is fixed; what `Due.told` and `Due.short` need is read
beforehand.
"""
