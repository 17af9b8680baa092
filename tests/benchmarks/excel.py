"""The Excel of 100,000 updates and their history against the bare minimum and pandas, each in a process of its own.

    uv run --group bench python -m tests.benchmarks.excel [rows]

``ours`` composes the workbook from a SQLite file and writes it; ``bare`` is a write-only openpyxl loop over the same
cells, ``pandas`` is ``DataFrame.to_excel`` of them, both from a pickle that is read before the clock starts. Memory is
the highest resident size of each process, in megabytes; Linux counts that of the process that started it as well, which
is why this one stays small and lets others prepare. With pandas installed, openpyxl loads numpy in each of them.
"""

from __future__ import annotations

import pickle
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from handlers import export, readers, sheets
from handlers.context import Context
from handlers.reports.report import Mark
from handlers.reports.sheets import write
from storage import configuration, migrations, periods
from storage.database import connect
from storage.groups import Group
from storage.history import Change
from storage.people import Person
from storage.updates import Status, Update
from storage.visibility import Audience

ZONE = ZoneInfo("Africa/Bamako")
NOW = datetime(2027, 3, 3, 9, tzinfo=UTC)
ROUNDS = 3
WORDS = (
    "La revue conjointe a été préparée avec le ministère, les deux notes sont partagées avec les membres du groupe.",
    "Field visits to Mopti and Gao are confirmed; the baseline of 42 schools is complete and checked.",
    "= trois points restent ouverts : financement, calendrier, données.",
    "Rien de nouveau depuis la réunion.",
)


def fill(folder: Path, rows: int) -> None:
    """A database with so many updates of twelve groups."""
    database = connect(url(folder))
    migrations.upgrade(database.engine)
    with database.sessions.begin() as session:
        configuration.prepare(session, ZONE.key, None, "fr")
        session.add_all(Group(id=n, code=f"G{n:02}", name_fr=f"Groupe {n}", name_en=f"Group {n}") for n in range(1, 13))
        session.add_all(Person(id=n, name=f"Partenaire – Fonction {n}") for n in range(1, 31))
        session.flush()
        for start in range(0, rows, 10_000):
            numbers = range(start, min(start + 10_000, rows))
            session.execute(insert(Update), [update(n) for n in numbers])
            session.execute(insert(Change), [change(n) for n in numbers])
    database.close()


def update(number: int) -> dict[str, Any]:
    """The n-th update, further back in time the smaller its number."""
    said = NOW - timedelta(minutes=number * 50)
    return {
        "group_id": number % 12 + 1,
        "said_by_id": number % 30 + 1,
        "period": periods.containing(periods.WEEK, said.date()).key,
        "status": list(Status)[number % 4],
        "progress": f"{WORDS[number % 4]} {WORDS[(number + 1) % 4]} ({number})",
        "difficulties": WORDS[number % 3] if number % 2 else "",
        "next_steps": WORDS[(number + 2) % 4],
        "support": "",
        "late": number % 9 == 0,
        "said_at": said,
        "visibility": "all",
        "language": "fr",
        "version": 1,
    }


def change(number: int) -> dict[str, Any]:
    """The line of history with which the n-th update was given."""
    told = update(number)
    return {
        "at": told["said_at"],
        "person_id": told["said_by_id"],
        "origin": "form",
        "kind": "updates",
        "record_id": number + 1,
        "action": "created",
        "before": {},
        "after": {name: value for name, value in told.items() if name not in ("said_at", "said_by_id", "version")},
    }


def url(folder: Path) -> str:
    """Where the database lies."""
    return f"sqlite:///{folder / 'bench.sqlite3'}"


def context(folder: Path) -> Context:
    """The bot's context over it."""
    return Context(connect(url(folder)), lambda: NOW, ZONE, "fr", "T1", files=folder)


def ours(folder: Path) -> Callable[[], None]:
    """The export as the worker makes it."""
    ctx = context(folder)

    def run() -> None:
        with ctx.readings.begin() as session:
            reader = readers.of_document(ctx, "fr", Audience(troika=True, partner=True))
            write(export.workbook(session, ctx, reader), folder / "ours.xlsx")

    return run


def cells(folder: Path) -> Iterator[tuple[str, list[str], list[list[Any]]]]:
    """Title, headings and values of each of our sheets, as plain values that openpyxl and pandas take."""
    ctx = context(folder)
    with ctx.readings.begin() as session:
        scope = sheets.scope(session, ctx, readers.of_document(ctx, "fr", Audience(troika=True, partner=True)), None)
        for register in sheets.SHEETS:
            sheet = sheets.sheet(register, scope)
            yield sheet.title, [column.title for column in sheet.columns], [list(map(plain, row)) for row in sheet.rows]


def prepare(folder: Path, rows: int) -> None:
    """The database, and the cells for those who write nothing else."""
    fill(folder, rows)
    (folder / "cells.pickle").write_bytes(pickle.dumps(list(cells(folder))))


def plain(value: Any) -> Any:
    """A value without what is ours."""
    if isinstance(value, Mark):
        return value.text
    if isinstance(value, datetime):
        return value.astimezone(ZONE).replace(tzinfo=None)
    if isinstance(value, str) and value.startswith("="):
        return f" {value}"  # else the others would write a formula
    return value or None if isinstance(value, str | date | None) else value


def bare(folder: Path) -> Callable[[], None]:
    """A loop that does nothing but write."""
    import openpyxl

    book = load(folder)

    def run() -> None:
        file = openpyxl.Workbook(write_only=True)
        for title, headings, rows in book:
            sheet = file.create_sheet(title)
            sheet.append(headings)
            for row in rows:
                sheet.append(row)
        file.save(folder / "bare.xlsx")

    return run


def pandas(folder: Path) -> Callable[[], None]:
    """``to_excel`` of frames that are there already."""
    import pandas as pd

    frames = [(title, pd.DataFrame(rows, columns=headings)) for title, headings, rows in load(folder)]

    def run() -> None:
        with pd.ExcelWriter(folder / "pandas.xlsx", engine="openpyxl") as writer:
            for title, frame in frames:
                frame.to_excel(writer, sheet_name=title, index=False)

    return run


def load(folder: Path) -> list[tuple[str, list[str], list[list[Any]]]]:
    """The same cells."""
    found: list[tuple[str, list[str], list[list[Any]]]] = pickle.loads((folder / "cells.pickle").read_bytes())
    return found


WAYS = {"ours": ours, "bare": bare, "pandas": pandas}


def measure(way: str, folder: Path) -> tuple[float, float]:
    """Seconds and megabytes of one way, in a process of its own."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.excel", way, str(folder)], check=True, capture_output=True, text=True
    )
    seconds, megabytes = map(float, told.stdout.split())
    return seconds, megabytes


def main(rows: int) -> None:
    """Measure all, each in turn, and print medians and ratios."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, "-m", "tests.benchmarks.excel", "prepare", name, str(rows)], check=True)
        found: dict[str, list[tuple[float, float]]] = {way: [] for way in WAYS}
        for _ in range(ROUNDS):
            for way in WAYS:
                found[way].append(measure(way, folder))
        seconds = {way: statistics.median(each[0] for each in all_of) for way, all_of in found.items()}
        for way, all_of in found.items():
            times = ", ".join(f"{each[0]:.1f}" for each in all_of)
            print(f"{way:8} {seconds[way]:6.2f} s  ({times})  peak {max(each[1] for each in all_of):4.0f} MB")
        print(f"{rows:,} updates: ours / bare {seconds['ours'] / seconds['bare']:.2f} (at most 1.25)")
        print(f"{rows:,} updates: ours / pandas {seconds['ours'] / seconds['pandas']:.2f} (less than 1)")


def one(way: str, folder: Path) -> None:
    """Run one way and print its seconds and megabytes."""
    run = WAYS[way](folder)
    start = time.perf_counter()
    run()
    print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in WAYS:
        one(sys.argv[1], Path(sys.argv[2]))
    elif sys.argv[1:2] == ["prepare"]:
        prepare(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 100_000)
