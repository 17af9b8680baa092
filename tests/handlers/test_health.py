"""Group health: the wording (a table), the facts of the demo world, who may hear of what, in how many queries."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, event, select

import storage.configuration
import storage.health
import storage.lives
import storage.reporting
import storage.reporting_periods
from handlers import export, functioning, readers
from handlers.language import Speaker
from storage.groups import Group, State
from storage.health import Coordination, Health, Reporting
from storage.history import By, Origin
from storage.mandates import COORDINATION, Mandate
from storage.updates import Update
from storage.visibility import Audience
from tests.conversation import CHIEF, EDUCATION, GUEST, MEMBER, POOL, Bot

FRENCH, ENGLISH = (Speaker(language, ZoneInfo("Africa/Bamako")) for language in ("fr", "en"))
GROUP = Group(id=1, code="EDU", name_fr="Éducation", name_en="Education", rhythm="weekly")
HELD = Coordination(held=True, carried=True)
WELL = Health(GROUP, State.ACTIVE, None, Reporting(12, 12), "2027-02-24", 0, HELD)


def rhythm(health: Health, named: str) -> Health:
    """The same of a group of another rhythm."""
    return replace(health, group=Group(id=1, code="EDU", rhythm=named))


@pytest.mark.parametrize(
    ("health", "french", "english"),
    [
        (
            WELL,
            [
                "Sur les 12 dernières semaines, les 12 mises à jour attendues ont toutes été données.",
                "Sa dernière réunion connue\u00a0: 24 février 2027.",
                "Aucune action n’est en retard.",
            ],
            [
                "Over the last 12 weeks, all 12 updates due were given.",
                "Its last known meeting: 24 February 2027.",
                "No action is overdue.",
            ],
        ),
        (
            replace(WELL, reporting=Reporting(11, 9, 2, 1), overdue=1),
            [
                "Sur les 12 dernières semaines, 9 mises à jour sur les 11 attendues ont été données.",
                "2 d’entre elles sont arrivées après leur échéance.",
                "Le groupe a été dispensé une fois.",
                "Sa dernière réunion connue\u00a0: 24 février 2027.",
                "Une action est en retard.",
            ],
            [
                "Over the last 12 weeks, 9 of the 11 updates due were given.",
                "2 of them came after their deadline.",
                "The group was excused once.",
                "Its last known meeting: 24 February 2027.",
                "One action is overdue.",
            ],
        ),
        (
            replace(rhythm(WELL, "quarterly"), reporting=Reporting(1, 1, 1), met=None, overdue=3),
            [
                "Sur les 4 derniers trimestres, une mise à jour était attendue, et elle a été donnée.",
                "Elle est arrivée après son échéance.",
                "Seule compte la période où le groupe était actif et les registres tenus.",
                "Aucune de ses réunions n’est encore connue.",
                "3 actions sont en retard.",
            ],
            [
                "Over the last 4 quarters, one update was due, and it was given.",
                "It came after its deadline.",
                "Only the one period in which the group was active and the registers were kept is counted.",
                "No meeting of it is known yet.",
                "3 actions are overdue.",
            ],
        ),
        (
            replace(rhythm(WELL, "monthly"), reporting=Reporting(6, 0), coordination=Coordination(held=False)),
            [
                "Sur les 6 derniers mois, aucune des 6 mises à jour attendues n’a été donnée.",
                "Sa dernière réunion connue\u00a0: 24 février 2027.",
                "Aucune action n’est en retard.",
                "Il n’a pas de coordonnateur, et on n’en connaît aucun d’avant.",
            ],
            [
                "Over the last 6 months, none of the 6 updates due was given.",
                "Its last known meeting: 24 February 2027.",
                "No action is overdue.",
                "It has no coordinator, and none is known from before.",
            ],
        ),
        (
            replace(WELL, state=State.DORMANT, since=date(2027, 1, 1), reporting=Reporting(5, 1), met="2025"),
            [
                "Le groupe est en léthargie depuis le 1er janvier 2027\u00a0: aucune mise à jour n’est attendue.",
                "Sa dernière réunion connue\u00a0: 2025.",
                "Aucune action n’est en retard.",
            ],
            [
                "The group has been dormant since 1 January 2027: no update is awaited.",
                "Its last known meeting: 2025.",
                "No action is overdue.",
            ],
        ),
        (
            replace(rhythm(WELL, "on_demand"), coordination=Coordination(held=False, vacant_since=date(2027, 2, 1))),
            [
                "Le groupe donne ses mises à jour à la demande\u00a0: aucune n’est comptée comme manquante.",
                "Sa dernière réunion connue\u00a0: 24 février 2027.",
                "Aucune action n’est en retard.",
                "Il n’a plus de coordonnateur depuis le 1er février 2027.",
            ],
            [
                "The group gives its updates on demand: none is counted as missing.",
                "Its last known meeting: 24 February 2027.",
                "No action is overdue.",
                "It has had no coordinator since 1 February 2027.",
            ],
        ),
        (
            replace(WELL, reporting=Reporting(0, 0, 0, 12), coordination=Coordination(held=True)),
            [
                "Sur les 12 dernières semaines, aucune mise à jour n’était attendue.",
                "Le groupe a été dispensé 12 fois.",
                "Sa dernière réunion connue\u00a0: 24 février 2027.",
                "Aucune action n’est en retard.",
                "L’institution qui le coordonne n’a pas encore désigné de personne.",
            ],
            [
                "Over the last 12 weeks, no update was due.",
                "The group was excused 12 times.",
                "Its last known meeting: 24 February 2027.",
                "No action is overdue.",
                "The institution that coordinates it has not named a person yet.",
            ],
        ),
    ],
)
def test_what_is_said_of_a_group_can_be_read_aloud_in_both_languages(
    health: Health, french: list[str], english: list[str]
) -> None:
    assert functioning.sentences(FRENCH, health) == french
    assert functioning.sentences(ENGLISH, health) == english


def facts(bot: Bot) -> dict[str, Health]:
    """The facts of every group, by code, for one who reads everything."""
    with bot.ctx.readings.begin() as session:
        times = storage.reporting.clock(storage.configuration.current(session))
        found = storage.health.of(session, times, bot.ctx.now(), Audience(troika=True))
    assert [each.group.code for each in found] == sorted(each.group.code for each in found)
    return {each.group.code: each for each in found}


def test_sleep_excuses_and_vacancies_are_nobodys_fault(bot: Bot) -> None:
    before = facts(bot)["EDU"].reporting
    assert before.due == 12
    assert facts(bot)["PAST"].reporting.due == 0, "a dormant group owes nothing"
    with bot.ctx.sessions.begin() as session:
        group = session.scalars(select(Group).where(Group.code == "EDU")).one()
        session.execute(delete(Update).where(Update.group_id == group.id, Update.period == "2027-W08"))
        row = storage.reporting_periods.entered(session, group.id, "2027-W08")
        storage.reporting_periods.excuse(session, row, "Congés.", By(None, bot.ctx.now(), Origin.FORM))
        life = storage.lives.of_group(session, group)
        storage.lives.change(session, life, date(2027, 1, 4), {"state": State.DORMANT})
        storage.lives.change(session, storage.lives.of_group(session, group), date(2027, 2, 1), {"state": "active"})
        for mandate in session.scalars(select(Mandate).where(Mandate.group_id == group.id)):
            if mandate.office in COORDINATION:
                mandate.ends = date(2027, 2, 20)
    after = facts(bot)["EDU"]
    assert (after.reporting.due, after.reporting.excused) == (7, 1), "four weeks of sleep and one excused do not count"
    assert after.coordination == Coordination(held=False, vacant_since=date(2027, 2, 21))


def test_the_pool_and_the_troika_hear_of_all_a_coordinator_of_their_own_and_others_who_can_tell(bot: Bot) -> None:
    told = bot.be(POOL).command("/ptf santé").text
    assert told.index("(EAU)") < told.index("(ECO)") < told.index("(EDU)")
    assert "(EDU)" in bot.be(CHIEF).command("/ptf health").text
    own = bot.be(EDUCATION).command("/ptf santé").text
    assert "(EDU)" in own
    assert "(SAN)" not in own
    assert "troïka" in bot.be(EDUCATION).command("/ptf santé SAN").text
    refused = bot.be(MEMBER).command("/ptf health").text
    assert "Pool Technique – Coordination (Pool Technique)" in refused
    assert "(EDU)" not in refused
    assert "(EDU)" not in bot.be(GUEST).command("/ptf health").text
    assert "/ptf health" not in bot.be(MEMBER).command("/ptf help").text
    assert bot.standin.workspace.warnings == []


def test_many_groups_come_in_pages_within_slacks_limits_for_as_many_queries_as_a_few(bot: Bot) -> None:
    few = counted(bot)
    with bot.ctx.sessions.begin() as session:
        session.add_all(Group(code=f"X{n:03}", name_fr=f"Groupe {n}", name_en="", rhythm="weekly") for n in range(60))
    assert counted(bot) == few
    pool = bot.be(POOL)
    reply = pool.command("/ptf health")
    reply = pool.click(reply.message, "health_more")
    assert pool.last is not None
    assert "(X0" in pool.last.plain
    assert bot.standin.workspace.warnings == []
    assert bot.standin.workspace.refusals == []


def counted(bot: Bot) -> int:
    """How many statements the facts take."""
    sent: list[Any] = []

    def note_down(*statement: Any) -> None:
        sent.append(statement)

    event.listen(bot.ctx.database.engine, "before_cursor_execute", note_down)
    facts(bot)
    event.remove(bot.ctx.database.engine, "before_cursor_execute", note_down)
    return len(sent)


def test_the_sheet_functioning_is_for_the_pool_and_the_troika_alone(bot: Bot) -> None:
    bot.at(datetime(2027, 3, 5, 20, 0, tzinfo=UTC))
    with bot.ctx.readings.begin() as session:
        for audience, there in ((Audience(troika=True), True), (Audience(partner=True), False)):
            book = export.workbook(session, bot.ctx, readers.Reader(FRENCH, audience))
            rows = [list(sheet.rows) for sheet in book.sheets if sheet.title == "Fonctionnement"]
            assert bool(rows) is there
            if there:
                told = {row[0]: row for row in rows[0]}
                assert told["EDU"][3] == 12
                assert told["PAST"][3] is None
                assert str(told["EDU"][-1]).startswith("Sur les 12 dernières semaines")
