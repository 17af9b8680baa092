"""How one update and one decision are told: complete, in the reader's words, what was said untouched."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from handlers import entries
from handlers.language import Speaker
from handlers.reports.report import Mark, Tone
from storage.decisions import Decision, Status
from storage.groups import Group
from storage.partners import Institution
from storage.people import Person
from storage.updates import Update
from storage.visibility import Level, of_channel
from tests.conversation import Bot
from tests.handlers.noting import note

BAMAKO = ZoneInfo("Africa/Bamako")
FRENCH, ENGLISH = Speaker("fr", BAMAKO), Speaker("en", BAMAKO)
TODAY = date(2027, 3, 5)
NAMES = entries.Names(
    {1: Group(id=1, code="EDU", name_fr="Éducation", name_en="Education")},
    {1: Institution(id=1, code="CANADA", name_fr="Canada", name_en="Canada")},
    {1: Person(id=1, name="Canada – Éducation")},
)


def update(**facts: object) -> Update:
    """An update of the education group."""
    given = {"period": "2027-W09", "status": "on_track", "progress": "Tout *avance* <ici>.", "late": False} | facts
    return Update(id=12, group_id=1, said_by_id=1, institution_id=1, **given)


def decision(**facts: object) -> Decision:
    """A decision of the education group."""
    kept = {"kind": "decision", "decided": "2027-03-02", "text": "Fixer les dates.", "status": Status.OPEN} | facts
    return Decision(id=7, code="EDU-2027-001", group_id=1, **kept)


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """The statements that are sent to the database meanwhile."""
    sent: list[str] = []

    def note_down(connection: object, cursor: object, statement: str, *rest: object) -> None:
        sent.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note_down)
    yield sent
    event.remove(engine, "before_cursor_execute", note_down)


@pytest.mark.parametrize(
    ("status", "french", "english", "tone"),
    [
        ("on_track", "En bonne voie", "On track", Tone.GOOD),
        ("at_risk", "À risque", "At risk", Tone.WARNING),
        ("off_track", "En difficulté", "Off track", Tone.BAD),
        ("nothing", "Rien à signaler", "Nothing to report", Tone.QUIET),
        (None, "état pas encore dit", "status not said yet", Tone.PLAIN),
    ],
)
def test_a_status_is_told_in_words_with_its_tone(status: str | None, french: str, english: str, tone: Tone) -> None:
    assert entries.update_status(FRENCH, status) == Mark(french, tone)
    assert entries.update_status(ENGLISH, status) == Mark(english, tone)


def test_an_update_is_told_whole_and_as_it_was_written() -> None:
    said = update(difficulties="Peu.", next_steps="Suite.", support="Un appui.")
    entry = entries.update_entry(said, NAMES, FRENCH)
    assert entry.title == "Éducation (EDU)"
    assert entry.facts == ["semaine 9 de 2027 (du 1er mars au 7 mars)", "Canada – Éducation (Canada)"]
    assert [paragraph.text for paragraph in entry.paragraphs] == ["Tout *avance* <ici>.", "Peu.", "Suite.", "Un appui."]
    assert all(paragraph.said for paragraph in entry.paragraphs)
    assert entry.paragraphs[3].label == "Appui demandé au chef de file ou à la troïka"
    assert entry.source == "updates:12"


def test_what_was_not_said_has_no_heading() -> None:
    assert [each.label for each in entries.update_entry(update(), NAMES, ENGLISH).paragraphs] == ["Progress"]


def test_late_and_edited_are_told_the_day_in_the_readers_zone() -> None:
    said = update(late=True, edited_at=datetime(2027, 3, 5, 23, 30, tzinfo=UTC))
    assert entries.update_entry(said, NAMES, FRENCH).facts[2:] == ["en retard", "modifiée le 5 mars 2027"]
    there = Speaker("en", ZoneInfo("Asia/Tokyo"))
    assert entries.update_entry(said, NAMES, there).facts[2:] == ["late", "edited on 6 March 2027"]


def test_an_update_of_somebody_whose_name_is_not_known_names_the_institution() -> None:
    said = update()
    said.said_by_id = None
    assert entries.update_entry(said, NAMES, FRENCH).facts[1:] == ["Canada"]
    said.institution_id = None
    assert entries.update_entry(said, NAMES, FRENCH).facts[1:] == []


def test_a_decision_tells_who_owes_it_and_until_when() -> None:
    kept = decision(deadline="2027-03", due_on=date(2027, 3, 31), carrier_id=1)
    kept.institutions = [NAMES.institutions[1]]
    entry = entries.decision_entry(kept, NAMES, FRENCH, TODAY)
    assert (entry.title, entry.source) == ("EDU-2027-001", "decisions:7")
    assert entry.facts[:3] == [
        "Décision, Éducation, 2 mars 2027",
        "responsable\u00a0: Canada",
        "suivi\u00a0: Canada – Éducation",
    ]
    assert "mercredi 31 mars 2027" in entry.facts[3]
    assert [(each.text, each.said) for each in entry.paragraphs] == [("Fixer les dates.", True)]
    english = entries.decision_entry(kept, NAMES, ENGLISH, TODAY)
    assert english.facts[0] == "Decision of Education, 2 March 2027"


def test_a_decision_without_deadline_says_nothing_of_one_and_an_ongoing_one_says_so() -> None:
    assert len(entries.decision_entry(decision(), NAMES, FRENCH, TODAY).facts) == 1
    ongoing = entries.decision_entry(decision(deadline="continuous"), NAMES, ENGLISH, TODAY)
    assert ongoing.facts[1:] == ["deadline: ongoing"]


@pytest.mark.parametrize(
    ("status", "days", "replaced_by", "told"),
    [
        (Status.OPEN, 0, None, Mark("Open")),
        (Status.OPEN, -1, None, Mark("Open, overdue", Tone.BAD)),
        (Status.IN_PROGRESS, -1, None, Mark("In progress, overdue", Tone.BAD)),
        (Status.DONE, -1, None, Mark("Done", Tone.GOOD)),
        (Status.NOT_DONE, -1, None, Mark("Not done", Tone.BAD)),
        (Status.REPLACED, -1, "GEC-2027-014", Mark("replaced by GEC-2027-014", Tone.QUIET)),
        (Status.REPLACED, -1, None, Mark("Replaced", Tone.QUIET)),
    ],
)
def test_a_decision_is_overdue_only_while_something_is_owed(
    status: Status, days: int, replaced_by: str | None, told: Mark
) -> None:
    kept = decision(status=status, due_on=TODAY + timedelta(days=days))
    assert entries.decision_status(ENGLISH, kept, TODAY, replaced_by) == told


def test_the_code_of_a_successor_is_told_to_those_who_may_read_it(bot: Bot) -> None:
    old = note(bot, visibility=Level.GOVERNMENT, status=Status.REPLACED)
    new = note(bot, visibility=Level.TROIKA, replaces_id=old.id)
    with bot.ctx.readings.begin() as session:
        kept = session.get_one(Decision, old.id)
        assert entries.successors(session, [kept], of_channel(Level.TROIKA)) == {old.id: new.code}
        assert entries.successors(session, [kept], of_channel(Level.ALL)) == {}
        assert entries.successors(session, [kept], None) == {}


def test_the_names_of_many_records_are_read_at_once(bot: Bot) -> None:
    with bot.ctx.readings.begin() as session:
        records = session.query(Update).limit(40).all()
        with counted(session) as sent:
            found = entries.names(session, records)
        assert len(sent) <= 3
        assert {record.group_id for record in records} == set(found.groups)
        assert all(found.people[record.said_by_id].name for record in records if record.said_by_id)


def test_no_record_asks_for_no_name(bot: Bot) -> None:
    with bot.ctx.readings.begin() as session, counted(session) as sent:
        entries.names(session, [])
    assert sent == []
