"""What came of bringing a file in: a value that tells of each sheet and each of its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What became of a row."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    CONFLICT = "conflict"
    """It was changed here since the workbook was exported, and otherwise in the workbook: nothing was overwritten."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file: its number there, what it was about, and what is to be said of it, in the reader's language.

    The first remark of a refused row is why it was refused.
    """

    number: int
    verdict: Verdict
    what: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetOutcome:
    """A sheet: the register it was taken for (None with the reason in ``refusal``), and the headings not understood.

    ``note`` is said instead of a reason where nothing was expected of it; ``headings`` are all of its columns'.
    """

    name: str
    register: str | None
    lines: tuple[Line, ...] = ()
    ignored: tuple[str, ...] = ()
    refusal: str = ""
    note: str = ""
    headings: tuple[str, ...] = ()

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many rows each verdict has."""
        return Counter(line.verdict for line in self.lines)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A file: its sheets in their order, or why nothing of it could be read. ``dry_run``: nothing was kept."""

    file: str
    dry_run: bool
    sheets: tuple[SheetOutcome, ...] = ()
    refusal: str = ""

    @property
    def refused(self) -> bool:
        """Whether anything was not brought in: the file, a sheet or a row."""
        return bool(self.refusal) or any(
            sheet.refusal or sheet.counts.get(Verdict.REFUSED, 0) or sheet.counts.get(Verdict.CONFLICT, 0)
            for sheet in self.sheets
        )
