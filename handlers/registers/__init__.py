"""Registers brought in from Excel and CSV: ``reading`` the file, ``headings`` that tell which register it is, then one
module a register, which finds or creates what each row tells; those that are described once share `described`.
``outcome`` is what came of it, ``telling`` the report.

The operator brings files in at the command line, the pool in Slack (handlers.importing). Running it twice changes
nothing. Use this package by its name: ``registers.bring_in(session, ctx, path, dry_run)``.
"""

from handlers.registers.bringing import How, bring, bring_in, columns_of, every, guessed, layouts
from handlers.registers.headings import Layout
from handlers.registers.outcome import Line, Outcome, SheetOutcome, Verdict
from handlers.registers.reading import read, understood
from handlers.registers.rows import Sheet
from handlers.registers.telling import told

__all__ = [
    "How",
    "Layout",
    "Line",
    "Outcome",
    "Sheet",
    "SheetOutcome",
    "Verdict",
    "bring",
    "bring_in",
    "columns_of",
    "every",
    "guessed",
    "layouts",
    "read",
    "told",
    "understood",
]
