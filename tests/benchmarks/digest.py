"""The digest of one week, with ten years of history behind it against one year.

    uv run --group bench python -m tests.benchmarks.digest [rounds]

Thirty weekly groups report each week, each body decides each week, and what was decided is done, but for the last
weeks. Both histories lie in SQLite files, and the digest of the same week is composed from both in turn.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from handlers import digest, readers
from handlers.context import Context
from handlers.digest import gathering
from handlers.reports import blocks
from storage import configuration, migrations, periods
from storage.configuration import Channel
from storage.database import Database, connect
from storage.decisions import Decision, Status
from storage.groups import Group
from storage.history import Change
from storage.mandates import Mandate, Office
from storage.partners import Institution
from storage.people import Person
from storage.schedule import Run
from storage.updates import Status as State
from storage.updates import Update
from storage.visibility import Level

ZONE = ZoneInfo("Africa/Bamako")
NOW = datetime(2027, 3, 5, 16, tzinfo=UTC)
GROUPS, WEEKS_OF_A_YEAR = 30, 52
OPEN_FOR = 12
"""Weeks after which what was decided is done."""
WORDS = "La revue conjointe a été préparée avec le ministère ; les deux notes sont partagées avec les membres. "


def weeks(years: int) -> Iterator[datetime]:
    """The Fridays at 16:00 of so many years, the last one now."""
    for number in reversed(range(years * WEEKS_OF_A_YEAR)):
        yield NOW - timedelta(weeks=number)


def filled(path: Path, years: int) -> Database:
    """A database with so many years of history."""
    database = connect(f"sqlite:///{path}")
    migrations.upgrade(database.engine)
    with database.sessions.begin() as session:
        configuration.prepare(session, ZONE.key, "C0DIGEST01", "fr")
        session.add_all(Institution(id=n, code=f"I{n}", name_fr=f"Institution {n}", name_en="") for n in range(1, 21))
        session.add_all(Person(id=n, slack_id=f"U{n}", name=f"Partenaire {n}") for n in range(1, GROUPS + 1))
        session.add_all(Group(id=n, code=f"G{n:02}", name_fr=f"Groupe {n}", name_en="") for n in range(1, GROUPS + 1))
        session.flush()
        session.add_all(
            Mandate(office=Office.COORDINATOR, group_id=n, holder_id=n, starts=date(2015, 1, 1))
            for n in range(1, GROUPS + 1)
        )
        session.flush()
        numbers = dict.fromkeys(range(1, GROUPS + 1), 0)
        for friday in weeks(years):
            said = [update(friday, group) for group in numbers if group % 7 or friday != NOW]
            decided = [decision(friday, group, numbers) for group in list(numbers)[::3]]
            session.execute(insert(Update), said)
            session.execute(insert(Decision), decided)
            session.execute(insert(Change), [change(row, number) for number, row in enumerate([*said, *decided])])
            if friday != NOW:
                session.execute(insert(Run), {"name": gathering.NAME, "due_at": friday, "ran_at": friday})
    database.close()
    return connect(f"sqlite:///{path}")


def update(friday: datetime, group: int) -> dict[str, Any]:
    """What a group said that week."""
    return {
        "group_id": group,
        "said_by_id": group,
        "institution_id": group % 20 + 1,
        "period": periods.containing(periods.WEEK, friday.date()).key,
        "status": list(State)[group % 4],
        "progress": WORDS * 3,
        "difficulties": WORDS,
        "next_steps": WORDS,
        "support": "",
        "late": False,
        "said_at": friday - timedelta(hours=group),
        "visibility": Level.ALL,
        "language": "fr",
        "version": 1,
    }


def decision(friday: datetime, group: int, numbers: dict[int, int]) -> dict[str, Any]:
    """What a group decided that week."""
    numbers[group] += 1
    day = friday.date() - timedelta(days=1)
    done = NOW - friday > timedelta(weeks=OPEN_FOR)
    return {
        "group_id": group,
        "year": day.year,
        "number": numbers[group],
        "code": f"G{group:02}-{day.year}-{numbers[group]:04}",
        "kind": "decision",
        "decided": day.isoformat(),
        "decided_on": day,
        "text": WORDS,
        "folded": WORDS.lower(),
        "deadline": (day + timedelta(days=40)).isoformat(),
        "due_on": day + timedelta(days=40),
        "status": Status.DONE if done else Status.OPEN,
        "said_by_id": group,
        "said_at": friday - timedelta(hours=5),
        "visibility": Level.ALL,
        "language": "fr",
        "version": 1,
    }


def change(row: dict[str, Any], number: int) -> dict[str, Any]:
    """Its line of history."""
    return {
        "at": row["said_at"],
        "person_id": row["said_by_id"],
        "origin": "form",
        "kind": "updates" if "progress" in row else "decisions",
        "record_id": number,
        "action": "created",
        "before": {},
        "after": {"text": row.get("progress") or row["text"]},
    }


def composing(database: Database, folder: Path) -> Callable[[], tuple[float, int]]:
    """Compose and render this week's digest for its channel: seconds, and how many characters it has."""
    ctx = Context(database, lambda: NOW, ZONE, "fr", "T1", files=folder)

    def run() -> tuple[float, int]:
        start = time.perf_counter()
        with ctx.readings.begin() as session:
            reader = readers.of_channel(ctx, session.get_one(Channel, "C0DIGEST01"))
            week = gathering.clock(session).week(NOW)
            report = digest.compose(session, ctx, week, reader, until=NOW)
            pages = blocks.messages(report, reader.speaker)
        return time.perf_counter() - start, sum(len(page.text) for page in pages)

    return run


def main(rounds: int) -> None:
    """Measure both in turn, and print medians and their ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        databases = {years: filled(folder / f"{years}.sqlite3", years) for years in (1, 10)}
        ways = {years: composing(database, folder) for years, database in databases.items()}
        sizes = {years: way()[1] for years, way in ways.items()}
        assert len(set(sizes.values())) == 1, sizes
        times: dict[int, list[float]] = {years: [] for years in ways}
        for _ in range(rounds):
            for years, way in ways.items():
                times[years].append(way()[0])
        one, ten = (statistics.median(times[years]) for years in (1, 10))
        print(f"Digest of a week, {sizes[1]:,} characters, load {os.getloadavg()[0]:.1f}, {rounds} rounds")
        print(f"  one year {one * 1000:.1f} ms, ten years {ten * 1000:.1f} ms")
        print(f"  ten years / one year {ten / one:.2f} (at most 1.2)")
        for database in databases.values():
            database.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 41)
