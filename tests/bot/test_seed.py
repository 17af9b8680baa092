"""The demo world in the database: everything the world tells, under its own codes, with its history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import storage.configuration
import storage.decisions
import storage.groups
import storage.history
import storage.mandates
import storage.people
from bot.rehearsal.world import WORLD
from bot.seed import seed
from handlers.described import KINDS
from storage.database import Base, Database
from storage.decisions import Decision, Status
from storage.groups import Group, Kind
from storage.history import Action, Change, Origin
from storage.mandates import Mandate, Office
from storage.outbox import Message
from storage.partners import Institution
from storage.people import Person, Standing
from storage.periods import CONTINUOUS, Rhythm
from storage.updates import Update
from tests import databases

TEAM = "T0PTF000001"


@pytest.fixture
def session(seeded_url: str) -> Iterator[Session]:
    """A session on a database of either kind that holds the demo world."""
    with databases.opened(seeded_url) as database, database.readings.begin() as reading:
        yield reading


@pytest.fixture(scope="module")
def year(seeded_template: Path, place: Path) -> Iterator[Session]:
    """The same, once for all that is only looked at."""
    url = databases.laid(seeded_template, place / "year")
    with databases.opened(url) as database, database.readings.begin() as reading:
        yield reading


def count(session: Session, table: type[Base]) -> int:
    """How many rows there are."""
    return session.execute(select(func.count()).select_from(table)).scalar_one()


def decision(session: Session, code: str) -> Decision:
    """The decision of that code."""
    found = storage.decisions.by_code(session, code)
    assert found is not None
    return found


def update(session: Session, group: str, period: str) -> Update:
    """The update of that group on that period."""
    of_group = select(Update).join(Group, Group.id == Update.group_id).where(Group.code == group)
    return session.scalars(of_group.where(Update.period == period)).one()


def test_all_that_the_world_tells_is_in_the_database_and_nothing_waits_to_be_sent(session: Session) -> None:
    assert count(session, Institution) == len(WORLD.institutions)
    assert count(session, Group) == len(WORLD.groups)
    assert count(session, Person) == len(WORLD.people)
    assert count(session, Mandate) == len(WORLD.mandates)
    assert count(session, Update) == len(WORLD.updates)
    assert count(session, Decision) == len(WORLD.decisions)
    assert sum(count(session, kind.model) for kind in KINDS) == len(WORLD.kept)
    assert count(session, Message) == 0


def test_a_database_that_already_has_groups_is_refused_and_left_as_it_is(database: Database) -> None:
    with database.sessions.begin() as writing:
        writing.add(Group(code="EDU", name_fr="Éducation", name_en="Education"))
    with pytest.raises(ValueError, match="already has groups"), database.sessions.begin() as writing:
        seed(writing, WORLD, TEAM)
    with database.readings.begin() as reading:
        assert count(reading, Group) == 1
        assert count(reading, Person) == 0


def test_decisions_get_the_codes_the_world_tells_and_counting_goes_on_after_them(session: Session) -> None:
    codes = session.scalars(select(Decision.code).order_by(Decision.id)).all()
    assert list(codes) == [told.number for told in WORLD.decisions]
    numbers = [int(code[-3:]) for code in codes if code.startswith("GEC-2027-")]
    gec = storage.groups.by_code(session, "GEC")
    assert gec is not None
    counter = session.get_one(storage.decisions.Counter, (gec.id, 2027))
    assert counter.last == max(numbers)


def test_groups_keep_their_kind_parent_rhythm_and_state(year: Session) -> None:
    groups = {group.code: group for group in storage.groups.everyone(year)}
    assert Counter(group.kind for group in groups.values()) == {
        Kind.THEMATIC: 12,
        Kind.BODY: 7,
        Kind.SUBGROUP: 8,
        Kind.AD_HOC: 1,
    }
    assert groups["FPT"].parent_id == groups["EDU"].id
    assert groups["RSS"].rhythm == Rhythm.QUARTERLY
    assert groups["GEN"].transversal
    assert groups["GEC"].periodicity == "mensuelle"
    assert not groups["GEC"].reports
    assert groups["EDU"].owes
    assert not groups["PAST"].owes
    assert not groups["SCAP"].owes


def test_people_are_those_of_the_workspace_with_their_language_and_standing(year: Session) -> None:
    people = {told.slack_id: storage.people.by_slack_id(year, TEAM, told.slack_id) for told in WORLD.people}
    lead, health = people["UEDULEAD01"], people["USANLEAD01"]
    assert lead is not None
    assert health is not None
    assert (lead.name, lead.title) == ("Canada – Éducation", "Coordonnatrice du GT Éducation")
    assert (health.slack_language, health.title) == ("en", "Health group coordinator")
    assert (lead.language, lead.zone, lead.seen_at) == (None, "Africa/Bamako", WORLD.today)
    standings = Counter(person.standing for person in people.values() if person is not None)
    assert set(standings) == {Standing.MEMBER, Standing.GUEST, Standing.EXTERNAL, Standing.DEACTIVATED}


def test_mandates_change_hands_on_the_first_of_january(year: Session) -> None:
    def lead(day: date) -> str:
        [mandate] = storage.mandates.of_offices(year, [Office.LEAD], day)
        assert mandate.institution_id is not None
        return year.get_one(Institution, mandate.institution_id).code

    assert (lead(date(2026, 12, 31)), lead(date(2027, 1, 1))) == ("CANADA", "DDC")
    health = storage.groups.by_code(year, "SAN")
    assert health is not None
    [coordination] = storage.mandates.of_group(year, health.id, WORLD.today.date())
    assert len(coordination.carriers) == 2


def test_digest_channels_have_their_language_and_level(year: Session) -> None:
    channels = {channel.name: (channel.language, channel.level) for channel in storage.configuration.channels(year)}
    assert channels == {
        "ptf-general": ("fr", "all"),
        "ptf-digest-en": ("en", "all"),
        "pool-troika": ("fr", "troika"),
        "espace-gouvernement": ("fr", "government"),
    }
    settings = storage.configuration.current(year)
    assert (settings.zone, settings.digest_weekday, settings.digest_hour) == ("Africa/Bamako", "fri", "16:00")


def test_records_of_every_visibility_are_there_in_both_languages(year: Session) -> None:
    levels = set(year.scalars(select(Update.visibility))) | set(year.scalars(select(Decision.visibility)))
    assert levels == {"troika", "group", "all", "government"}
    assert set(year.scalars(select(Update.language))) == {"fr", "en"}


def test_an_update_is_late_when_it_came_after_its_digest(year: Session) -> None:
    for told in WORLD.updates:
        kept = update(year, told.group, told.period)
        assert (kept.said_at, kept.edited_at) == (told.given_at, told.edited_at)
        assert (kept.progress, kept.next_steps) == (told.progress, told.next_steps)
    late = year.scalars(select(Update).where(Update.late)).all()
    groups = {group.id: group for group in storage.groups.everyone(year)}
    assert len(late) >= 8
    assert not [each for each in late if groups[each.group_id].rhythm == Rhythm.ON_DEMAND]
    weekly = [told for told in WORLD.updates if "-W" in told.period and told.given_at.weekday() == 3]
    assert not any(update(year, told.group, told.period).late for told in weekly[:20])


def test_an_update_is_of_the_institution_of_its_author(year: Session) -> None:
    told = next(told for told in WORLD.updates if told.group == "EDU")
    kept = update(year, told.group, told.period)
    assert kept.said_by_id is not None
    assert kept.institution_id == year.get_one(Person, kept.said_by_id).institution_id


def test_a_decision_keeps_its_deadline_institutions_and_carrier(year: Session) -> None:
    dates = decision(year, "GEC-2027-005")
    assert (dates.decided_on, dates.deadline, dates.due_on) == (date(2027, 2, 11), "2027-03-05", date(2027, 3, 5))
    assert [institution.code for institution in dates.institutions] == ["CANADA", "DDC"]
    assert dates.carrier_id is not None
    assert year.get_one(Person, dates.carrier_id).slack_id == "UEDULEAD01"
    assert dates.status == Status.IN_PROGRESS
    assert dates.folded.startswith("obtenir la confirmation ecrite")
    lasting = decision(year, "GEC-2027-001")
    assert (lasting.deadline, lasting.due_on) == (CONTINUOUS, None)


def test_a_decision_done_later_tells_when_and_who_noted_it(year: Session) -> None:
    done = decision(year, "GEC-2027-006")
    assert (done.status, done.done_on, done.version) == (Status.DONE, date(2027, 2, 25), 2)
    created, settled = storage.history.of_record(year, "decisions", done.id)
    assert (created.after["status"], settled.before["status"], settled.after["status"]) == ("open", "open", "done")
    assert (settled.at, settled.origin) == (datetime(2027, 2, 25, 17, tzinfo=UTC), Origin.BUTTON)


def test_a_replaced_decision_and_the_one_that_replaces_it_know_each_other(year: Session) -> None:
    for told in WORLD.decisions:
        old = decision(year, told.number)
        assert old.status == told.status
        if told.replaced_by is not None:
            new = decision(year, told.replaced_by)
            assert new.replaces_id == old.id
            assert storage.decisions.replaced_by(year, [old.id]) == {old.id: new.code}
            assert storage.history.of_record(year, "decisions", old.id)[-1].at == new.said_at


def test_the_history_is_written_in_the_order_in_which_things_were_said(session: Session) -> None:
    changes = list(storage.history.everything(session))
    assert [change.at for change in changes] == sorted(change.at for change in changes)
    actions = Counter((change.kind, change.action) for change in changes)
    assert actions["updates", Action.CREATED] == len(WORLD.updates)
    assert actions["decisions", Action.CREATED] == len(WORLD.decisions)
    edited = [told for told in WORLD.updates if told.edited_at is not None]
    served = [told for told in WORLD.serving if told.kind == "updates"]
    assert actions["updates", Action.EDITED] == len(edited) + len(served)
    assert max(change.at for change in changes) <= WORLD.today
    without = select(Change.origin).where(Change.person_id.is_(None)).distinct()
    assert session.scalars(without).all() == [Origin.IMPORT], "only what the registers brought in is nobody's"
