"""A file written for one test, brought in at the command line's own level: session, context, path."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import storage.configuration
from handlers import registers
from handlers.context import Context
from handlers.registers import Line, Outcome, SheetOutcome, Verdict
from storage.database import Database

NOW = datetime(2027, 3, 5, 10, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Operator:
    """Who brings files in: text as a CSV file, or a file that lies somewhere."""

    ctx: Context
    folder: Path

    def brings(self, text: str, dry_run: bool = False, name: str = "file.csv") -> SheetOutcome:
        """What came of the one sheet of a CSV file of that text."""
        path = self.folder / name
        path.write_text(text, "utf-8")
        (sheet,) = self.brings_file(path, dry_run).sheets
        return sheet

    def brings_file(self, path: Path, dry_run: bool = False) -> Outcome:
        """What came of a file."""
        with self.ctx.sessions.begin() as session:
            return registers.bring_in(session, self.ctx, path, dry_run)


def operator_of(database: Database, folder: Path, language: str = "en") -> Operator:
    """Somebody who brings files into that database on 5 March 2027, its settings written as the first start does."""
    with database.sessions.begin() as session:
        storage.configuration.prepare(session, "Africa/Bamako", None, language)
    return Operator(Context(database, lambda: NOW, ZoneInfo("Africa/Bamako"), language, "T1"), folder)


@pytest.fixture
def operator(sqlite: Database, tmp_path: Path) -> Operator:
    """Somebody who brings files in, reading English."""
    return operator_of(sqlite, tmp_path)


def verdicts(sheet: SheetOutcome) -> list[str]:
    """The verdicts of a sheet's rows, in their order."""
    return [str(line.verdict) for line in sheet.lines]


def only(sheet: SheetOutcome) -> Line:
    """The one row of a sheet."""
    (line,) = sheet.lines
    return line


def unchanged(sheet: SheetOutcome) -> bool:
    """Whether every row of a sheet was found as it is."""
    return all(line.verdict == Verdict.UNCHANGED for line in sheet.lines)
