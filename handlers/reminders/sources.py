"""Where dues come from: each source finds what is still owed with its deadline between two days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from handlers.actions import owing as actions
from handlers.context import Context
from handlers.described import KINDS
from handlers.dues import Due, Source
from handlers.minutes import owing as minutes
from handlers.updates import owing as updates
from handlers.updates import returned

SOURCES: tuple[Source, ...] = (
    updates.dues,
    returned.dues,
    actions.dues,
    *(kind.dues for kind in KINDS if kind.dues is not None),
    minutes.dues,
)
"""The sources, in the order in which a reminder lists what they find."""


def owed(session: Session, ctx: Context, first: date, last: date, sources: Sequence[Source] = SOURCES) -> list[Due]:
    """All that is still owed with its deadline between two civil days, both included."""
    return [due for source in sources for due in source(session, ctx, first, last)]
