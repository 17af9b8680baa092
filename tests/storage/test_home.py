"""What the Home tab reads, on both databases: each duty under one heading only, and what nobody wrote is nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import storage.home
from storage.actions import Action
from storage.configuration import Configuration
from storage.database import Database
from storage.decisions import Decision
from storage.groups import Group
from storage.home import Part, Reader
from storage.partners import Institution
from storage.people import Person
from storage.updates import Update
from storage.visibility import Audience

TODAY = date(2027, 3, 2)
NOW = datetime(2027, 3, 2, 9, tzinfo=UTC)


def reader(person_id: int, institution_id: int | None) -> Reader:
    """One of the PTF."""
    audience = Audience(partner=True, person_id=person_id)
    return Reader(person_id, institution_id, frozenset(), audience, "fr", TODAY, timedelta(days=14))


def decision(number: int, days: int, **more: object) -> Decision:
    """A decision due so many days from today."""
    due = TODAY + timedelta(days=days)
    return Decision(
        group_id=1, code=f"GEC-2027-{number:03}", year=2027, number=number, decided="2027", decided_on=date(2027, 1, 1),
        text="Faire", deadline=due.isoformat(), due_on=due, said_at=NOW, **{"institutions": [], **more},
    )  # fmt: skip


def action(number: int, parent: Decision | None, due: date, **more: object) -> Action:
    """An action, born of that decision or alone."""
    code = f"{parent.code}-{number}" if parent else f"GEC-2027-A{number}"
    return Action(
        group_id=1, code=code, year=2027, number=number, decision_id=parent.id if parent else None, text="Faire",
        due_on=due, said_at=NOW, **{"deadline": due.isoformat(), **more},
    )  # fmt: skip


def test_each_duty_stands_under_one_heading_the_most_urgent_first(database: Database) -> None:
    with database.sessions.begin() as session:
        session.add(Configuration(id=1, zone="Africa/Bamako"))
        session.add_all(
            [
                Group(id=1, code="GEC", name_fr="GEC", name_en="GEC"),
                Institution(id=1, code="UE", name_fr="UE", name_en="EU"),
            ]
        )
        session.add_all([Person(id=1, name="A", institution_id=1), Person(id=2, name="B")])
        session.flush()
        shared = list(session.query(Institution))
        session.add_all(
            [
                decision(1, 3, carrier_id=1, institutions=shared),
                decision(2, 2, institutions=shared),
                decision(3, -1, carrier_id=2),
                decision(4, 14, carrier_id=2),
                decision(5, 15, carrier_id=1),
                decision(6, -2, carrier_id=2, visibility="troika"),
                decision(7, -5, carrier_id=1),
                Update(group_id=1, period="2027-W09", said_at=NOW, progress="…"),
            ]
        )
    with database.readings.begin() as session:
        found = storage.home.owed(session, reader(1, 1), 1)
        told = {part: [due.code[-3:] for due in found.of(part)] for part in Part if found.of(part)}
        assert told == {Part.MINE: ["007"], Part.INSTITUTION: ["002"], Part.OVERDUE: ["003"], Part.SOON: ["004"]}
        assert found.count(Part.MINE) == 2
        assert found.of(Part.INSTITUTION)[0].owes == "UE"
        assert found.of(Part.OVERDUE)[0].owes == "B"
        (seen,) = storage.home.groups(session, reader(1, 1), {"weekly": "2027-W09", "monthly": "2027-03"})
        assert (seen.given, seen.excused, seen.heard, seen.coordinated) == (True, False, NOW, False)
        frame = storage.home.frame(session, reader(1, 1))
        assert frame.institution is not None
        assert (frame.institution.code, frame.digest, frame.channels, frame.troubles) == ("UE", None, 0, 0)
        assert storage.home.frame(session, reader(2, None)).institution is None


def test_what_others_owe_of_one_decision_is_told_once_and_ones_own_share_alone(database: Database) -> None:
    with database.sessions.begin() as session:
        session.add(Group(id=1, code="GEC", name_fr="GEC", name_en="GEC"))
        codes = ("BM", "DDC", "UE")
        session.add_all(Institution(id=n, code=code, name_fr=code, name_en=code) for n, code in enumerate(codes, 1))
        session.add(Person(id=1, name="A", institution_id=3))
        session.flush()
        parent = decision(1, -1)
        session.add(parent)
        session.flush()
        session.add_all([action(n, parent, TODAY - timedelta(days=1), institution_id=n) for n in (1, 2, 3)])
        session.add(action(4, None, TODAY, carrier_id=1, deadline="continuous"))
    with database.readings.begin() as session:
        found = storage.home.owed(session, reader(1, 3), 6)
    (others,) = found.of(Part.OVERDUE)
    assert (others.sort, others.code, set(others.owes.split(", "))) == ("decisions", "GEC-2027-001", {"BM", "DDC"})
    assert [(due.sort, due.code) for due in found.of(Part.INSTITUTION)] == [("actions", "GEC-2027-001-3")]
    assert [due.code for due in found.of(Part.MINE)] == ["GEC-2027-A4"]
    assert found.count(Part.OVERDUE) == 1
