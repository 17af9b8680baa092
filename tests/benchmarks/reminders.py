"""One round of the reminders: its cost follows what is due, not everybody.

    uv run --group bench python -m tests.benchmarks.reminders [rounds]

Half of what is due are weekly updates of groups, each coordinated by somebody of its own; the other half actions, owed
by institutions. Whoever else there is belongs to an institution, one for every 25 people, and is a member of a group.
A round is taken at the hour at which all are asked, in a transaction that is not kept, and at one at which nothing is
new; SQLite files, each round in turn on all of them.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import event, func, insert, select
from sqlalchemy.orm import Session

from handlers import reminders
from handlers.context import Context
from storage import configuration, migrations
from storage.actions import Action, Status
from storage.database import Database, connect
from storage.groups import Group
from storage.mandates import Mandate, Office
from storage.partners import Institution
from storage.people import Person, Standing
from storage.reminding import Asked
from storage.visibility import Level

ZONES = ("Africa/Bamako", "Europe/Paris", "America/Toronto", "Africa/Abidjan")
WEDNESDAY = datetime(2027, 3, 3, 15, tzinfo=UTC)
"""Two days before the deadlines, within working hours in all of these zones."""
TUESDAY = datetime(2027, 3, 2, 15, tzinfo=UTC)
FEW, MANY, EVERYBODY, SHARED = 100, 10_000, 10_000, 25


@dataclass(frozen=True, slots=True)
class Taken:
    """What one round took: seconds, statements, people asked."""

    seconds: float
    statements: int
    asked: int


def filled(path: Path, people: int, dues: int) -> Database:
    """A database of so many people, in which so many groups owe an update."""
    database = connect(f"sqlite:///{path}")
    migrations.upgrade(database.engine)
    with database.sessions.begin() as session:
        configuration.prepare(session, "Africa/Bamako", "C0DIGEST01", "fr")
        session.execute(insert(Institution), [institution(number) for number in range(1, people // SHARED + 1)])
        session.execute(insert(Person), [person(number) for number in range(1, people + 1)])
        session.execute(insert(Group), [group(number) for number in range(1, dues // 2 + 1)])
        session.execute(insert(Mandate), [mandate(number, dues // 2) for number in range(1, people + 1)])
        session.execute(insert(Action), [action(number, dues // 2) for number in range(1, dues // 2 + 1)])
    database.close()
    return connect(f"sqlite:///{path}")


def person(number: int) -> dict[str, object]:
    """A member of the workspace, in one of the zones."""
    return {
        "id": number,
        "team_id": "T1",
        "slack_id": f"U{number:08}",
        "name": f"Partenaire {number}",
        "zone": ZONES[number % len(ZONES)],
        "standing": Standing.MEMBER,
        "institution_id": (number - 1) // SHARED + 1,
    }


def institution(number: int) -> dict[str, object]:
    """An institution of so many people."""
    return {"id": number, "code": f"I{number}", "name_fr": f"Institution {number}", "name_en": f"Institution {number}"}


def action(number: int, groups: int) -> dict[str, object]:
    """Something to be done by Friday, carried by somebody of the institution that owes it."""
    return {
        "code": f"G{number:05}-2027-A01",
        "year": 2027,
        "number": 1,
        "group_id": number,
        "institution_id": (groups + number - 1) // SHARED + 1,
        "carrier_id": groups + number,
        "text": "Transmettre les observations sur la matrice au secrétariat.",
        "folded": "",
        "deadline": "2027-03-05",
        "due_on": date(2027, 3, 5),
        "status": Status.OPEN,
        "said_by_id": 1,
        "said_at": datetime(2027, 2, 26, tzinfo=UTC),
        "visibility": Level.ALL,
        "language": "fr",
        "version": 1,
    }


def group(number: int) -> dict[str, object]:
    """A group that reports each week."""
    return {"id": number, "code": f"G{number:05}", "name_fr": f"Groupe {number}", "name_en": f"Group {number}"}


def mandate(number: int, dues: int) -> dict[str, object]:
    """The first people coordinate a group each; everybody else is a member of one."""
    office = Office.COORDINATOR if number <= dues else Office.MEMBER
    return {
        "office": office,
        "group_id": (number - 1) % dues + 1,
        "institution_id": (number - 1) // SHARED + 1,
        "holder_id": number,
        "starts": date(2026, 1, 1),
    }


def taken(database: Database, now: datetime) -> Taken:
    """One round at that instant, of which nothing is kept."""
    ctx = Context(database, lambda: now, ZoneInfo("Africa/Bamako"), "fr", "T1")
    counted: list[str] = []
    with database.sessions() as session:
        event.listen(session.connection(), "before_cursor_execute", lambda *told: counted.append(told[2]))
        start = time.perf_counter()
        reminders.remind(session, ctx, now)
        session.flush()
        seconds = time.perf_counter() - start
        found = Taken(seconds, len(counted), asked(session))
        session.rollback()
    return found


def asked(session: Session) -> int:
    """How many were asked for something."""
    return session.scalar(select(func.count(Asked.person_id.distinct()))) or 0


def main(rounds: int) -> None:
    """Take the rounds and print what they took, and how they compare."""
    with tempfile.TemporaryDirectory() as folder:
        print(f"A round of the reminders, load {os.getloadavg()[0]:.1f}")
        sizes = {"few of few": (FEW, FEW), "few of all": (EVERYBODY, FEW), "all of all": (EVERYBODY, MANY)}
        databases = {
            name: filled(Path(folder) / f"{number}.sqlite3", *size) for number, (name, size) in enumerate(sizes.items())
        }
        for title, now in (("all are asked", WEDNESDAY), ("nothing is new", TUESDAY)):
            times: dict[str, list[Taken]] = {name: [] for name in databases}
            for _ in range(rounds + 1):
                for name, database in databases.items():
                    times[name].append(taken(database, now))
            told(title, sizes, {name: each[1:] for name, each in times.items()})
        for database in databases.values():
            database.close()


def told(title: str, sizes: dict[str, tuple[int, int]], times: dict[str, list[Taken]]) -> None:
    """The middle of each, and the ratios that are promised."""
    middle = {name: statistics.median(each.seconds for each in every) for name, every in times.items()}
    print(f" {title}:")
    for name, (people, dues) in sizes.items():
        last = times[name][-1]
        seconds = f"{middle[name] * 1000:8.1f} ms, {middle[name] / dues * 1e6:6.0f} µs a due"
        print(f"  {people:6} people, {dues:6} dues: {seconds}, {last.statements} statements, {last.asked} asked")
    everybody, due = middle["few of all"] / middle["few of few"], middle["all of all"] / middle["few of all"]
    print(f"  a hundred times the people, the same dues: {everybody:.2f} times as long (about 1)")
    print(f"  a hundred times the dues, the same people: {due:.0f} times as long (at most about 100)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 5)
