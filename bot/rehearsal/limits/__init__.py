"""What Slack accepts as blocks and views: the table of limits, and the inspectors that walk it.

`message_problems`, `view_problems` and `option_problems` return Slack's own kind of messages, with a JSON pointer each,
and an empty list when all is well.
"""

from __future__ import annotations

from bot.rehearsal.limits.surfaces import (
    message_problems,
    option_problems,
    rendered,
    view_problems,
    view_too_large,
)
from bot.rehearsal.limits.table import ELSEWHERE, NOT_APPLICABLE, highest, rows

__all__ = [
    "ELSEWHERE",
    "NOT_APPLICABLE",
    "highest",
    "message_problems",
    "option_problems",
    "rendered",
    "rows",
    "view_problems",
    "view_too_large",
]
