"""Plans: their tree, what institutions report, validated periods, the chain, the budget, the next year."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

import storage.history
import storage.plans.carrying
import storage.plans.money
import storage.plans.rows
import storage.plans.serving
import storage.registered
from handlers.plans import carrying, owing, timing
from handlers.plans.plan import years
from storage.decisions import Decision
from storage.history import By, Origin
from storage.plans.money import Budget
from storage.plans.rows import RECURRING, Line, Plan
from storage.visibility import Audience
from tests.conversation import EDUCATION, MEMBER, POOL, Bot, answer
from tests.handlers.test_actions import BANK, card, decided


def plan(bot: Bot, code: str) -> Plan:
    """The plan of that code as it stands."""
    with bot.ctx.readings.begin() as session:
        found = storage.registered.by_code(session, Plan, code)
        assert found is not None
        return found


def line(bot: Bot, code: str) -> Line:
    """The line of that code as it stands."""
    with bot.ctx.readings.begin() as session:
        found = storage.registered.by_code(session, Line, code)
        assert found is not None
        return found


def tree(bot: Bot, who: str, code: str) -> str:
    """What the sheet of a plan shows, opened from its list."""
    person = bot.be(who)
    person.command(f"/ptf plan {code}")
    person.choose(None, "plan_menu", f"show:{plan(bot, code).id}")
    assert person.view is not None
    return person.view.plain


def test_a_plan_is_begun_and_its_lines_find_their_place_in_the_tree(bot: Bot) -> None:
    pool = bot.be(POOL)
    pool.command("/ptf feuille-de-route")
    pool.click(None, "plan_add")
    assert answer(pool, name="Plan d’action 2028", kind="harmonisation", starts="2028").ok
    begun = plan(bot, "PLAN-2028-001")
    assert begun.state == "running"
    tree(bot, POOL, begun.code)
    for text in ("Premier axe", "Deuxième axe"):
        pool.click(pool.view, "plan_line_add")
        assert answer(pool, text=text, rank="axis").ok
    axis = line(bot, "LIN-2027-016")
    assert (axis.number, axis.rank, axis.status, axis.visibility) == ("1", "axis", None, "all")
    pool.close(everything=True)
    tree(bot, POOL, begun.code)
    pool.choose(pool.view, "plan_tree_menu", f"beneath:{axis.id}")
    late = {"text": "Former les points focaux", "timing": "fin avril ; T3", "status": "behind"}
    refused = answer(pool, **late)
    assert "pourquoi elle est en retard" in str(refused.errors["reason"])
    assert answer(pool, **late, reason="La salle n’est pas libre.").ok
    child = line(bot, "LIN-2027-018")
    assert (child.number, child.above_id, child.due_on) == ("1.1", axis.id, date(2028, 9, 30))
    pool.choose(pool.view, "plan_tree_menu", f"edit:{axis.id}")
    assert answer(pool, number="7").ok
    assert line(bot, child.code).path == "00007/00001.00001", "what stands under it moves along"
    shown = tree(bot, POOL, begun.code)
    assert shown.index("Deuxième axe") < shown.index("Premier axe") < shown.index("La salle n’est pas libre")


def test_who_answers_for_a_line_reports_on_it_and_a_validated_quarter_stays_as_it_was(bot: Bot) -> None:
    pool, bank, member = bot.be(POOL), bot.be(BANK), bot.be(MEMBER)
    roadmap, late = plan(bot, "PLAN-2027-001"), line(bot, "LIN-2027-009")
    tree(bot, POOL, roadmap.code)
    pool.click(pool.view, "plan_freeze")
    assert answer(pool, period="2027-Q1").ok
    assert pool.view is not None
    assert "9 lignes sont validées" in pool.view.plain
    shown = tree(bot, BANK, roadmap.code)
    assert "Agree on one format" in shown
    bank.choose(bank.view, "plan_tree_menu", f"report:{late.id}")
    assert answer(bank, status="behind").errors
    assert answer(bank, status="behind", percent="20", reason="Two agencies ask for annexes.").ok
    tree(bot, BANK, roadmap.code)
    assert bank.view is not None
    assert "Two agencies ask for annexes" in bank.view.plain
    bank.choose(bank.view, "plan_tree_period", "2027-Q1")
    assert "as it was validated for the first quarter of 2027" in bank.view.plain
    assert "Two agencies" not in bank.view.plain
    assert "report:" not in str(bank.view.blocks), "what was validated is only read"
    bank.close(everything=True)
    assert f"show:{late.id}" in str(tree(bot, MEMBER, roadmap.code) and member.view and member.view.blocks)
    assert f"report:{late.id}" not in str(member.view and member.view.blocks)
    with bot.ctx.readings.begin() as session:
        changes = storage.history.of_record(session, "plan_lines", late.id)
        kept = storage.history.of_record(session, "plans", roadmap.id)[-1]
    assert changes[-1].after == {"percent": 20, "reason": "Two agencies ask for annexes.", "status": "behind"}
    assert kept.after == {"frozen": "2027-Q1"}
    bot.deliver()
    history = bot.be(EDUCATION).command(f"/ptf historique {late.code}").text
    assert "En retard" in history


def test_a_value_is_measured_with_its_source_and_the_tree_shows_it_against_its_target(bot: Bot) -> None:
    pool, measured = bot.be(POOL), line(bot, "LIN-2027-005")
    tree(bot, POOL, "PLAN-2027-001")
    pool.choose(pool.view, "plan_tree_menu", f"report:{measured.id}")
    given = {"status": "on_track", "value": "74,5", "measured_on": "2027-03-01", "source": "Décompte du Pool"}
    assert answer(pool, **(given | {"measured_on": "2027-03-09"})).errors, "nothing is measured before its day"
    assert answer(pool, **given).ok
    pool.close(everything=True)
    assert "74,5 % au 1er mars 2027, cible\xa0: 85 %" in tree(bot, POOL, "PLAN-2027-001")


def test_the_chain_is_read_from_the_line_and_from_what_serves_it(bot: Bot) -> None:
    pool, served, other = bot.be(POOL), line(bot, "LIN-2027-003"), decided(bot, "BM")
    tree(bot, POOL, "PLAN-2027-001")
    pool.choose(pool.view, "plan_tree_menu", f"show:{served.id}")
    assert pool.view is not None
    told = pool.view.plain
    first, born, said = (told.index(each) for each in ("*GEC-2027-005*", "*GEC-2027-005-1*", "*EDU*"))
    assert first < born < said < told.index("publiée dans le digest de la semaine 5 de 2027")
    pool.click(pool.view, "plan_line_serves")
    assert answer(pool, decisions=[str(other.id)]).ok
    bot.deliver()
    assert "sert Feuille de route des PTF 2027, ligne 1.2 Tenir" in card(bot, POOL, other.code).plain
    bot.be(BANK).click(card(bot, BANK, f"{other.code}-1"), "action_acknowledge")
    bot.deliver()
    assert f"through {other.code}" in card(bot, BANK, f"{other.code}-1").plain
    pool.close(everything=True)
    pool.click(card(bot, POOL, other.code), "decision_edit")
    assert answer(pool, line=str(line(bot, "LIN-2027-008").id)).ok
    bot.deliver()
    assert "ligne 3.1 Arrêter ensemble" in card(bot, POOL, other.code).plain
    with bot.ctx.readings.begin() as session:
        changes = storage.history.of_record(session, "decisions", other.id)
        serving = storage.plans.serving.of_line(session, Decision, served.id, Audience(troika=True))
    assert [change.after.get("line_id") for change in changes[-2:]] == [served.id, line(bot, "LIN-2027-008").id]
    assert serving == [], "what was taken out of the form serves it no more"


def test_a_long_plan_is_paged_and_narrowed(bot: Bot) -> None:
    pool, roadmap = bot.be(POOL), plan(bot, "PLAN-2027-001")
    with bot.ctx.sessions.begin() as session:
        pattern = storage.history.facts(line(bot, "LIN-2027-009")) | {"institutions": []}
        for number in range(3, 23):
            own = {"id": None, "code": f"X-{number}", "number": f"3.{number}", "path": f"00003/00003.{number:05}"}
            session.add(Line(**(pattern | own | {"said_at": bot.ctx.now(), "due_on": None, "carried_from_id": None})))
    assert "Lignes 1 à 15 sur 29" in tree(bot, POOL, roadmap.code)
    pool.click(pool.view, "plan_tree_next")
    assert pool.view is not None
    assert "Lignes 16 à 29 sur 29" in pool.view.plain
    pool.choose(pool.view, "plan_tree_state", "late")
    assert "2.1.1 Trouver qui coordonne" in pool.view.plain
    assert "Une ligne." in pool.view.plain


def test_a_budget_sums_by_axis_and_tells_what_is_missing_what_is_zero_and_what_does_not_apply(bot: Bot) -> None:
    pool = bot.be(POOL)
    tree(bot, POOL, "PLAN-2027-002")
    pool.click(pool.view, "plan_budget")
    assert pool.view is not None
    told = pool.view.plain.replace("\u202f", " ").replace("\xa0", " ")
    assert "Prévu : 12 403 613 · Engagé : 9 451 806 · Dépensé : 7 937 148" in told
    assert "Prévu : 31 608 000 · Engagé : non connu (un manquant, un sans objet) · Dépensé : 0 (un sans objet)" in told
    assert "⚠️ BUD-2027-001 Salle et animation de la retraite : 7 150 000 XOF dépensés, plus que les 6 500 000" in told
    pool.click(pool.view, "exchange_rate_add")
    assert answer(pool, currency="EUR", year="2027", value="655.957").errors, "once a year"
    assert "PLAN-2027-002" not in bot.be(MEMBER).command("/ptf plan pool").text, "it is for the troïka and the pool"
    unrated = storage.plans.money.sums(
        [Budget(currency="USD", year=2027, planned=Decimal(10), not_applicable="spent")], {("EUR", 2027): Decimal(1)}
    )
    assert unrated.unrated == {("USD", 2027)}
    assert (unrated.planned.known, unrated.committed.missing, unrated.spent.not_applicable) == (None, 1, 1)


def test_open_lines_go_on_once_in_the_next_year_and_the_pool_is_asked_in_january(bot: Bot) -> None:
    bot.at(datetime(2028, 1, 10, 9, tzinfo=UTC))
    for _ in range(2):
        with bot.ctx.sessions.begin() as session:
            carrying.offer(session, bot.ctx, bot.ctx.now())
    bot.deliver()
    offers = [each for each in bot.told(POOL) if "Feuille de route des PTF 2027* est échu" in each.plain]
    assert len(offers) == 1
    pool = bot.be(POOL)
    pool.click(offers[0], "plan_carry")
    following = plan(bot, "PLAN-2028-001")
    assert (following.name, following.starts) == ("Feuille de route des PTF 2028", 2028)
    with bot.ctx.readings.begin() as session:
        lines = storage.plans.rows.lines(session, following.id)
        origins = [storage.plans.rows.line_by_id(session, each.carried_from_id or 0) for each in lines]
    assert [each.number for each in lines] == ["1", "1.1", "1.2", "2", "2.1", "2.1.1", "3", "3.1", "3.2"]
    assert [each and each.text for each in origins] == [each.text for each in lines]
    assert {each.timing for each in lines} == {"", "chaque trimestre"}, "a date of the old year does not go on"
    tree(bot, POOL, "PLAN-2027-001")
    assert "plan_carry" not in str(pool.view and pool.view.blocks), "nothing is left to go on"
    with bot.ctx.sessions.begin() as session:
        old = session.get_one(Plan, following.carried_from_id)
        _, again = storage.plans.carrying.carry(session, old, By(None, bot.ctx.now(), Origin.BUTTON))
    assert again == []


def test_a_line_that_falls_due_is_asked_of_who_speaks_for_its_institution(bot: Bot) -> None:
    with bot.ctx.readings.begin() as session:
        (due,) = owing.dues(session, bot.ctx, date(2027, 6, 30), date(2027, 6, 30))[:1]
        text, block = due.told(session, bot.ctx.speaker)
    assert due.quiet
    assert (due.day, due.steps) == (date(2027, 6, 30), ())
    assert "Où en est-elle" in text
    assert block["accessory"]["action_id"] == "plan_line_report"


@pytest.mark.parametrize(
    ("said", "key", "due"),
    [
        ("End-April; End-May; Q3", "2009-Q3", date(2009, 9, 30)),
        ("fin avril", "2009-04-30", date(2009, 4, 30)),
        ("chaque réunion", RECURRING, None),
        ("Each GDCC", RECURRING, None),
        ("continu", "continuous", None),
        ("", None, None),
    ],
)
def test_a_timing_is_read_within_the_year_of_its_plan(said: str, key: str | None, due: date | None) -> None:
    found = timing.understood(said, timing.base(Plan(starts=2009), date(2027, 3, 3)))
    assert (found.key, found.due) == (key, due)


def test_the_years_of_a_plan_are_in_its_name() -> None:
    assert years("PNGA – plan d’actions 2019-2022") == (2019, 2022)
    assert years("P&H TWG 2009 Annual Work Plan") == (2009, None)
    assert years("Tâches du Pool Technique") == (None, None)
