"""Search on both databases: what of a word counts, the best first, and an index that follows whatever is changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.orm import Session

import storage.history
import storage.search
from handlers.searching import DECISIONS
from storage.database import Database, connect
from storage.decisions import Decision
from storage.groups import Group
from storage.history import By, Origin
from storage.partners import Institution
from storage.people import Person
from storage.search import Progress, Searched, Wanted, terms
from storage.visibility import Audience, Level

NOW = datetime(2027, 3, 5, 16, tzinfo=UTC)
ME = By(None, NOW, Origin.FORM)
PTF = Audience(partner=True)
POOL = Audience(troika=True)
SOURCES = (DECISIONS,)
TEXTS = (
    "Les stratégies régionales de décentralisation sont validées par l’éducation.",
    "La stratégie nationale : travaux du groupe, mise en œuvre en 2027.",
    "The sector strategy is adopted; programmes follow (see GEC-2027-001).",
    "Réserver la salle de réunion; l'eau et l'assainissement d'abord.",
)


@pytest.mark.parametrize(
    "alike",
    [
        "validé validée validés validées valider",
        "national nationale nationaux nationales",
        "stratégie stratégies strategy strategies STRATÉGIES strate\u0301gie",
        "programme programmes program programs",
        "travail travaux",
        "bureau bureaux",
        "annuel annuelle annuelles",
        "premier première premiers",
        "œuvre oeuvre l’œuvre d'œuvres",
        "014 14 0014",
        "Mali Mali’s",
    ],
)
def test_words_that_differ_by_accent_elision_number_or_gender_are_one(alike: str) -> None:
    assert len({term for each in alike.split() for term in terms.terms(each)}) == 1


def test_what_is_asked_for_is_read_as_words_and_phrases() -> None:
    assert terms.sought("la revue de l’éducation").phrases == (("revue",), ("education",))
    assert terms.sought("« chef de file » GEC-2027-014").phrases == (("chef", "de", "file"), ("gec", "2027", "14"))
    assert terms.sought("de la").phrases == (("de",), ("la",)), "common words alone are looked for"
    assert not terms.sought(" ?! ")


@pytest.fixture
def written(database: Database) -> Database:
    """A database in which four decisions were noted, and read into the index."""
    with database.sessions.begin() as session:
        session.add_all(
            [
                Group(id=1, code="GEC", name_fr="GEC", name_en=""),
                Group(id=2, code="EDU", name_fr="Éducation", name_en=""),
            ]
        )
        session.add(Institution(id=7, code="BM", name_fr="Banque mondiale", name_en="World Bank"))
        session.add(Person(id=5, slack_id="U5"))
        for said in TEXTS:
            note(session, said)
    follow(database)
    return database


def note(session: Session, said: str, body: str = "GEC", **more: object) -> Decision:
    """A decision with its line of history."""
    common = {"group_id": 1, "decided": "2027-03", "decided_on": date(2027, 3, 1), "said_at": NOW, "language": "fr"}
    decision = Decision(**{"text": said, "visibility": Level.ALL, "status": "open", **common, **more})
    storage.decisions.keep(session, decision, body)
    storage.history.created(session, decision, ME)
    return decision


def follow(database: Database) -> bool:
    """Let the index know what was changed."""
    with database.sessions.begin() as session:
        return storage.search.catch_up(session, SOURCES)


def is_safe(database: Database) -> bool:
    """Whether everything is read for good after one more look."""
    follow(database)
    with database.readings.begin() as session:
        progress = session.get_one(Progress, 1)
        return progress.safe == progress.seen > 0


def found(database: Database, words: str, audience: Audience | None = PTF, **more: object) -> list[int]:
    """The numbers of the decisions found, the best first."""
    with database.readings.begin() as session:
        wanted = replace(Wanted(words), **more)  # type: ignore[arg-type]
        told = storage.search.find(session, SOURCES, wanted, audience, (0, 9))
        numbers = [record.number for record in told.records if isinstance(record, Decision)]
        in_list = session.scalars(select(Decision.number).where(storage.search.matching(Decision, words))).all()
        assert not told.sought.every or set(numbers) <= set(in_list)
        return numbers


def test_both_databases_find_the_same(written: Database) -> None:
    queries = {
        "STRATEGIE": [3, 2, 1],
        "stratégies nationaux": [2],
        "decentral": [1],
        "edu": [],
        "education": [1],
        "eau": [4],
        "travail": [2],
        "“mise en oeuvre”": [2],
        "“oeuvre en mise”": [],
        "gec-2027-1": [1, 3],
        "GEC-2027-001": [1, 3],
        "salle de la stratégie": [4, 3, 2, 1],
        "": [4, 3, 2, 1],
        "a\" OR (*) ' & | ! :* <-> NEAR( \\": [],
        "xylophone": [],
    }
    assert {words: found(written, words) for words in queries} == queries
    assert found(written, "stratégie", None) == found(written, "stratégie", Audience()) == []


def test_what_narrows_narrows(written: Database) -> None:
    with written.sessions.begin() as session:
        bank = session.get_one(Institution, 7)
        more = {"group_id": 2, "status": "done", "decided": "2026-Q4", "decided_on": date(2026, 10, 1)}
        note(session, "Une stratégie de plus.", "EDU", institutions=[bank], **more)
    follow(written)
    for narrowed in (
        {"group_id": 2},
        {"institution_id": 7},
        {"status": "done"},
        {"standing": False},
        {"first": date(2026, 12, 31), "last": date(2027, 1, 31)},
    ):
        assert found(written, "stratégie", **narrowed) == [1], narrowed
    assert found(written, "stratégie", institution_id=70) == []
    assert found(written, "stratégie", kinds=("updates",)) == []
    assert found(written, "stratégie", standing=True) == [3, 2, 1]


def test_who_may_read_a_record_says_the_record_and_not_the_index(written: Database) -> None:
    with written.sessions.begin() as session:
        first, second = session.scalars(select(Decision).where(Decision.number <= 2).order_by(Decision.number))
        first.visibility, second.withdrawn_at = Level.TROIKA, NOW
    assert found(written, "stratégie") == [3], "the index knows nothing of it yet"
    assert found(written, "stratégie", POOL) == [3, 1]


def test_the_index_follows_each_change_once(written: Database) -> None:
    with written.readings.begin() as session:
        assert not storage.search.behind(session, SOURCES)
    with written.sessions.begin() as session:
        decision = session.scalars(select(Decision).where(Decision.number == 4)).one()
        before = storage.history.facts(decision)
        storage.decisions.reword(decision, "Autre chose : un xylophone.")
        decision.version += 1
        storage.history.changed(session, decision, before, ME)
        note(session, "Jamais dit.")
        session.flush()
    with written.sessions() as session:
        note(session, "Repris aussitôt.")
        session.rollback()
    with written.readings.begin() as session:
        assert storage.search.behind(session, SOURCES)
    assert not follow(written)
    assert (found(written, "xylophone"), found(written, "salle"), found(written, "repris")) == ([4], [], [])
    statements: list[str] = []
    event.listen(written.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    follow(written)
    assert not any("searched " in each and not each.startswith("SELECT") for each in statements), statements


@pytest.mark.postgresql
def test_what_is_committed_late_under_a_lower_number_is_found(postgresql_url: str) -> None:
    database = connect(postgresql_url)
    with database.sessions.begin() as session:
        session.add_all(
            [
                Group(id=1, code="GEC", name_fr="GEC", name_en=""),
                Group(id=2, code="EDU", name_fr="Éducation", name_en=""),
            ]
        )
    slow = database.sessions()
    note(slow, "Une revue lente.")
    with database.sessions.begin() as session:
        note(session, "Une revue rapide.", "EDU", group_id=2)
    for _ in range(3):
        follow(database)
        assert [found(database, word) for word in ("rapide", "lente")] == [[1], []]
    with database.readings.begin() as session:
        assert session.get_one(Progress, 1).safe == 0, "the slow one may still come below"
    slow.commit()
    follow(database)
    assert found(database, "lente") == [1]
    assert any(is_safe(database) for _ in range(200)), "once all that was under way has ended, also what tidies up"
    database.close()


def test_a_sweep_fills_and_mends_the_index_and_a_word_can_be_forgotten(written: Database) -> None:
    with written.sessions.begin() as session:
        session.execute(text("DELETE FROM searched WHERE record_id = 1"))
        row = session.scalars(select(Searched).where(Searched.record_id == 2)).one()
        row.made_by = "otherwise"
        note(session, "Vu avec U0LEAD1.")
    with written.sessions.begin() as session:
        assert storage.search.sweep(session, SOURCES, 2)
    with written.sessions.begin() as session:
        assert not storage.search.sweep(session, SOURCES, 2)
        assert not storage.search.sweep(session, SOURCES)
    assert sorted(found(written, "stratégie")) == [1, 2, 3]
    assert found(written, "U0LEAD1") == [5]
    with written.sessions.begin() as session:
        session.scalars(select(Decision).where(Decision.number == 5)).one().text = "Vu avec personne."
        storage.search.forget(session, "U0LEAD1")
    assert (found(written, "U0LEAD1"), found(written, "personne")) == ([], [])
    with written.sessions.begin() as session:
        storage.search.sweep(session, SOURCES)
    assert found(written, "personne") == [5]
