"""The registers as sheets: one module a sheet, each described once and filled row by row from the database.

What a reader may not read is never asked of the database. Nothing here knows openpyxl (see handlers.reports.sheets) or
Slack. `SHEETS` is the order of the workbook.
"""

from __future__ import annotations

from handlers import described
from handlers.kinds import sheet as kinds
from handlers.sheets.actions import ACTIONS
from handlers.sheets.decisions import DECISIONS
from handlers.sheets.division import DIVISION
from handlers.sheets.functioning import FUNCTIONING
from handlers.sheets.groups import GROUPS
from handlers.sheets.history import HISTORY
from handlers.sheets.mandates import MANDATES
from handlers.sheets.missing import MISSING
from handlers.sheets.register import Register, sheet
from handlers.sheets.scope import Scope, scope
from handlers.sheets.updates import UPDATES
from handlers.sheets.weeks import WEEKLY

__all__ = ["SHEETS", "Register", "Scope", "scope", "sheet"]

SHEETS: tuple[Register, ...] = (
    UPDATES,
    MISSING,
    WEEKLY,
    DECISIONS,
    ACTIONS,
    *(kinds.register(kind) for kind in described.KINDS),
    DIVISION,
    GROUPS,
    MANDATES,
    FUNCTIONING,
    HISTORY,
)
"""The sheets after the first one, which tells what the workbook is."""
