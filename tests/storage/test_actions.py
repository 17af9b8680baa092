"""Actions on both databases: numbered, found by who owes them, counted by group, for those who may read them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import storage.actions
import storage.births
import storage.decisions
import storage.search
from handlers.searching import ACTIONS
from storage.actions import Action, Filter, Status
from storage.database import Database
from storage.decisions import Decision
from storage.groups import Group
from storage.history import By, Origin
from storage.partners import Institution
from storage.people import Person
from storage.visibility import Audience, Level

NOW, TODAY = datetime(2027, 3, 3, 9, tzinfo=UTC), date(2027, 3, 3)
EVERYTHING, PARTNER = Audience(troika=True, partner=True), Audience(partner=True)


def test_what_is_owed_is_found_by_owner_institution_group_words_and_day(database: Database) -> None:
    with database.sessions.begin() as session:
        group = Group(code="EDU", name_fr="Éducation", name_en="Education")
        bank, fao = (Institution(code=code, name_fr=code, name_en=code) for code in ("BM", "FAO"))
        session.add_all([group, bank, fao])
        session.flush()
        person = Person(name="Awa", institution_id=fao.id)
        session.add(person)
        session.flush()
        decision = Decision(
            group_id=group.id,
            decided="2027-03-01",
            decided_on=date(2027, 3, 1),
            text="Décidé à 100 %",
            deadline="2027-03-02",
            due_on=date(2027, 3, 2),
            visibility=Level.TROIKA,
            said_at=NOW,
            institutions=[bank, fao],
        )
        storage.decisions.keep(session, decision, "EDU")
        by = By(None, NOW, Origin.IMPORT)
        born = storage.births.follow(session, decision, storage.births.said(decision), by).born
        alone = Action(group_id=group.id, text="Plus tard", carrier_id=person.id, said_at=NOW)
        storage.actions.keep(session, alone, "EDU", TODAY)
        assert [each.code for each in (*born, alone)] == ["EDU-2027-001-1", "EDU-2027-001-2", "EDU-2027-A01"]

        storage.search.sweep(session, (ACTIONS,))

        def codes(audience: Audience | None, **wanted: object) -> list[str]:
            return [each.code[-2:] for each in storage.actions.matching(session, Filter(**wanted), audience, 10)]  # type: ignore[arg-type]

        assert codes(EVERYTHING, words="decide 100 %") == ["-2", "-1"]
        assert codes(EVERYTHING, words="edu-2027-a") == ["01"]
        assert codes(EVERYTHING, owner=(person.id, fao.id)) == ["-2", "01"]
        assert codes(PARTNER) == codes(PARTNER, group_id=group.id) == ["01"], "the others are for the troïka"
        assert codes(None) == []
        assert [each.code for each in storage.actions.of_institution(session, bank.id, EVERYTHING, 10)] == [
            born[0].code
        ]
        assert storage.actions.overdue_by_group(session, TODAY) == {group.id: 2}
        assert [each.code for each in storage.actions.due_between(session, TODAY, TODAY)] == []
        born[0].status = Status.DONE
        assert storage.actions.overdue_by_group(session, TODAY) == {group.id: 1}
        assert storage.actions.count(session, Filter(statuses=storage.actions.STANDING), EVERYTHING) == 2
        decision.status = storage.decisions.Status.REPLACED
        storage.births.follow(session, decision, storage.births.said(decision), by)
        assert [born[0].status, born[1].status, alone.status] == ["done", "dropped", "open"]
