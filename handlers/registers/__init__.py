"""Registers brought in from Excel and CSV: ``reading`` the file, ``headings`` that tell which register it is, then one
module a register, which finds or creates what each row tells; ``outcome`` is what came of it, ``telling`` the report.

Only the operator brings files in, at the command line. Running it twice changes nothing. Use this package by its name:
``registers.bring_in(session, ctx, path, dry_run)``, ``registers.told(outcome, speaker)``.
"""

from handlers.registers.bringing import bring_in
from handlers.registers.outcome import Line, Outcome, SheetOutcome, Verdict
from handlers.registers.reading import read
from handlers.registers.telling import told

__all__ = ["Line", "Outcome", "SheetOutcome", "Verdict", "bring_in", "read", "told"]
