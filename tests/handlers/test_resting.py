"""Rest days: a country's, with lunar feasts that can be moved; an institution's own; what was typed in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

import storage.configuration
from handlers import feasts, resting
from handlers.calendar_of import working_times
from handlers.context import Context
from storage.database import Database
from storage.partners import Institution
from storage.people import Person
from storage.rest_days import RestDay

TABASKI, NAME = date(2027, 5, 16), "Journée de la Tabaski"
YEAR = date(2027, 1, 1), date(2027, 12, 31)


def moved(day: date | None, feast_on: date = TABASKI, name: str = NAME) -> RestDay:
    """A correction of that feast."""
    return RestDay(id=99, calendar="ML", name=name, feast_on=feast_on, day=day)


def test_mali_has_its_feasts_those_of_the_moon_marked_as_estimated() -> None:
    found = {feast.day: feast for feast in feasts.of_year("ML", 2027)}
    assert (found[TABASKI].names, found[TABASKI].estimated) == ({"fr": NAME, "en": "Eid al-Adha"}, True)
    assert (found[date(2027, 9, 22)].names["en"], found[date(2027, 9, 22)].estimated) == (
        "National Day of the Republic of Mali",
        False,
    )
    assert not any(feast.estimated for feast in feasts.of_year("ML", 2024))
    assert feasts.of_year("XX", 2027) == ()


def test_two_feasts_on_one_day_are_two() -> None:
    (observed, monday) = [feast for feast in feasts.of_year("SN", 2027) if feast.day == date(2027, 5, 17)]
    assert (observed.estimated, monday.estimated) == (True, False)
    assert monday.names == {"fr": "Lundi de Pentecôte", "en": "Pentecost Monday"}


@pytest.mark.parametrize(
    ("rows", "off", "estimated"),
    [
        ([], {TABASKI}, True),
        ([moved(date(2027, 5, 17))], {date(2027, 5, 17)}, False),
        ([moved(date(2027, 5, 17), feast_on=date(2027, 5, 15))], {date(2027, 5, 17)}, False),  # an older package
        ([moved(None)], set(), False),
        ([moved(date(2027, 5, 18), name="Tabaski")], {TABASKI, date(2027, 5, 18)}, True),  # called otherwise since
    ],
)
def test_a_feast_falls_where_the_coordinator_put_it(rows: list[RestDay], off: set[date], estimated: bool) -> None:
    found = resting.of_calendar("ML", rows, date(2027, 5, 10), date(2027, 5, 20))
    assert {each.day for each in found if each.counts} == off
    assert any(each.estimated for each in found) == estimated


def test_people_rest_on_the_collectives_days_and_on_their_institutions_own(sqlite: Database) -> None:
    ctx = Context(sqlite, lambda: datetime(2027, 3, 1, tzinfo=UTC), ZoneInfo("Africa/Bamako"), "fr", "T1")
    queries: list[str] = []
    with sqlite.sessions.begin() as session:
        storage.configuration.prepare(session, "Africa/Bamako", None, "fr")
        france = Institution(code="FRANCE", name_fr="France", name_en="France", calendar="FR")
        un = Institution(code="ONU", name_fr="ONU", name_en="UN")
        session.add_all([france, un])
        session.flush()
        people = [
            Person(name="A", zone="Europe/Paris", institution_id=france.id),
            Person(name="B", zone="America/Montreal", institution_id=un.id),
            Person(name="C"),
        ]
        session.add_all(
            [
                *people,
                RestDay(institution_id=un.id, day=date(2027, 10, 25), name="Journée des Nations Unies"),
                RestDay(day=date(2027, 10, 26), name="Élections", withdrawn_at=ctx.now()),
                RestDay(day=date(2027, 10, 27), name="Élections"),
                moved(date(2027, 5, 17)),
            ]
        )
        session.flush()
        event.listen(session.connection(), "before_cursor_execute", lambda *told: queries.append(told[2]))
        found = [each for _, each in sorted(working_times(session, ctx, people, *YEAR).items())]
    assert len(queries) == 3
    assert [each.zone.key for each in found] == ["Europe/Paris", "America/Montreal", "Africa/Bamako"]
    days = (date(2027, 7, 14), date(2027, 10, 25), date(2027, 10, 26), date(2027, 10, 27), date(2027, 9, 22))
    assert [[each.is_working(day) for day in days] for each in found] == [
        [False, True, True, False, False],
        [True, False, True, False, False],
        [True, True, True, False, False],
    ]
    assert [each.is_working(date(2027, 5, 17)) for each in found] == [False, False, False]
