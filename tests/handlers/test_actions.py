"""Actions in conversation: born of decisions and following them; answered by who owes them; lists; the refusals."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import delete, select

import storage.actions
import storage.decisions
import storage.history
from bot import upkeep
from bot.rehearsal.model import Message
from storage.actions import Action
from storage.decisions import Decision
from storage.groups import Group
from storage.partners import Institution
from storage.people import Person
from tests.conversation import CHIEF, EDUCATION, GUEST, HEALTH, MEMBER, POOL, Bot
from tests.handlers.test_decisions import newest, silent

BANK, CANADA = "UBANQUE001", "UCANADA001"
"""Of BM (speaks English, of the troïka) and of CANADA."""
FAO, FOOD = "UFAOREP001", "UPAMPROG01"
"""Of FAO and of PAM, members of the group EAR and nothing else."""
TEXT = "Partager la note de cadrage avec les coordonnateurs."


def ids(bot: Bot, *codes: str) -> list[str]:
    """The ids of institutions, as a form's menu has them."""
    with bot.ctx.readings.begin() as session:
        found = {each.code: str(each.id) for each in session.scalars(select(Institution))}
    return [found[code] for code in codes]


def decided(bot: Bot, *codes: str, **answers: object) -> Decision:
    """A decision of the GEC for which those institutions are responsible."""
    pool = bot.be(POOL)
    pool.command("/ptf decision")
    with bot.ctx.readings.begin() as session:
        body = session.scalars(select(Group.id).where(Group.code == "GEC")).one()
    given = {"body": str(body), "text": TEXT, "institutions": ids(bot, *codes), "deadline": "31 mars 2027"}
    assert pool.submit(**(given | answers)).ok
    bot.deliver()
    return newest(bot)


def born(bot: Bot, decision: Decision) -> Sequence[Action]:
    """The actions of a decision as they stand."""
    with bot.ctx.readings.begin() as session:
        return storage.actions.of_decision(session, decision.id)


def status_of(bot: Bot, decision: Decision) -> str:
    """Where a decision stands now."""
    with bot.ctx.readings.begin() as session:
        return session.get_one(Decision, decision.id).status


def card(bot: Bot, who: str, code: str) -> Message:
    """The card of that code in somebody's direct messages."""
    return next(each for each in reversed(bot.told(who)) if each.plain.partition("\n")[0].split()[-1] == code)


def test_one_action_is_born_for_each_institution_and_the_decision_is_done_with_the_last(bot: Bot) -> None:
    decision = decided(bot, "FAO", "BM")
    bank, fao = born(bot, decision)
    assert [bank.code, fao.code] == [f"{decision.code}-1", f"{decision.code}-2"]
    assert {bank.deadline, fao.deadline} == {"2027-03-31"}
    assert (bank.asked_by_id, bank.status) == (decision.said_by_id, "open")
    assert "Your institution owes this action" in card(bot, BANK, bank.code).plain
    assert "0 sur 2" in card(bot, POOL, decision.code).plain
    for who, code, number in ((BANK, bank.code, "1"), (FAO, fao.code, "2")):
        person, shown = bot.be(who), card(bot, who, code)
        stale = shown.blocks
        person.click(shown, "action_done")
        assert not person.submit(evidence="").ok, "a word of evidence is needed"
        assert person.submit(evidence="Envoyée le 2 mars").ok
        bot.deliver()
        assert f"{number} sur 2" in card(bot, POOL, decision.code).plain
        assert f"{number} sur 2" in bot.be(POOL).command(f"/ptf décisions {decision.code}").text
        assert status_of(bot, decision) == {"1": "open", "2": "done"}[number]
        fresh, shown.blocks = shown.blocks, stale
        person.click(shown, "action_done")
        shown.blocks = fresh
        assert person.last is not None
        assert code in person.last.plain.partition("\n")[0], "the second click is told that it was done"
    assert "Envoyée le 2 mars" in card(bot, FAO, fao.code).plain
    pool = bot.be(POOL)
    pool.command(f"/ptf actions {fao.code}")
    pool.choose(pool.last, "action_menu", f"show:{fao.id}")
    pool.click(pool.view, "action_reopen")
    assert status_of(bot, decision) == "open"
    with bot.ctx.readings.begin() as session:
        changes = storage.history.of_record(session, "actions", fao.id)
    assert [change.action for change in changes] == ["created", "edited", "edited"]
    pool.click(pool.view, "action_withdraw")
    assert status_of(bot, decision) == "done", "all that is left of it is done"
    bot.deliver()
    pool.click(card(bot, POOL, fao.code), "action_restore")
    assert status_of(bot, decision) == "open"
    silent(bot)


def test_an_action_follows_its_decision_until_it_has_a_word_of_its_own(bot: Bot) -> None:
    decision = decided(bot, "FAO", "PAM", "BM")
    bank, fao, pam = born(bot, decision)
    pool = bot.be(POOL)
    pool.command(f"/ptf actions {fao.code}")
    pool.choose(pool.last, "action_menu", f"edit:{fao.id}")
    assert pool.submit(deadline="15 avril 2027").ok
    pool.click(card(bot, POOL, decision.code), "decision_edit")
    changed = {"text": "Autrement dit.", "deadline": "T2 2027", "institutions": ids(bot, "FAO", "PAM")}
    assert pool.submit(**changed).ok
    told = {each.code: (each.text, each.deadline, each.status) for each in born(bot, decision)}
    assert told[fao.code] == ("Autrement dit.", "2027-04-15", "open")
    assert told[pam.code] == ("Autrement dit.", "2027-Q2", "open")
    assert told[bank.code][2] == "dropped", "its institution is responsible no more"
    bot.deliver()
    for button, state in (("decision_withdraw", True), ("decision_restore", False)):
        pool.click(card(bot, POOL, decision.code), button)
        bot.deliver()
        assert {each.withdrawn for each in born(bot, decision)} == {state}
    assert [each.status for each in born(bot, decision)] == ["dropped", "open", "open"]
    pool.click(card(bot, POOL, decision.code), "decision_done")
    assert [each.status for each in born(bot, decision)] == ["dropped", "done", "done"]
    bot.deliver()
    pool.click(card(bot, POOL, decision.code), "decision_edit")
    assert pool.submit(status="open", institutions=ids(bot, "FAO", "PAM", "BM")).ok
    assert [each.status for each in born(bot, decision)] == ["open", "open", "open"]
    silent(bot)


def test_a_carrier_alone_carries_one_action_and_acknowledges_it_once(bot: Bot) -> None:
    decision = decided(bot, carrier=EDUCATION)
    (action,) = born(bot, decision)
    lead = bot.be(EDUCATION)
    shown = card(bot, EDUCATION, action.code)
    assert "Vous êtes chargé de cette action" in shown.plain
    stale = shown.blocks
    lead.click(shown, "action_acknowledge")
    bot.deliver()
    assert "Prise en charge" in shown.plain
    shown.blocks = stale
    lead.click(shown, "action_acknowledge")
    assert lead.last is not None
    assert "déjà prise en charge" in lead.last.plain
    assert [each.status for each in born(bot, decision)] == ["acknowledged"]
    silent(bot)


@pytest.mark.parametrize(
    ("button", "day", "said"), [("accept", "2027-04-30", "was moved"), ("keep", "2027-03-31", "stays")]
)
def test_another_date_goes_to_who_asked_is_answered_once_and_told(bot: Bot, button: str, day: str, said: str) -> None:
    decision = decided(bot, "FAO")
    (action,) = born(bot, decision)
    with bot.ctx.sessions.begin() as session:
        session.scalars(select(Person).where(Person.slack_id == FAO)).one().language = "en"
    fao, pool = bot.be(FAO), bot.be(POOL)
    fao.click(card(bot, FAO, action.code), "action_propose")
    assert set(fao.submit(deadline="hier").errors) == {"deadline"}
    assert set(fao.submit(deadline="31 March 2027").errors) == {"deadline"}, "the date it has already"
    assert fao.submit(deadline="fin avril", why="Le siège relit.").ok
    bot.deliver()
    asked = bot.told(POOL)[-1]
    assert "30 avril 2027" in asked.plain
    assert "Le siège relit." in asked.plain
    assert "another date is asked for" in card(bot, FAO, action.code).plain
    stale = asked.blocks
    pool.click(asked, f"action_{button}")
    bot.deliver()
    (answered,) = born(bot, decision)
    assert (answered.deadline, answered.proposed) == (day, None)
    assert said in bot.told(FAO)[-1].plain
    assert stale != asked.blocks, "the question lost its buttons"
    asked.blocks = stale
    pool.click(asked, "action_accept")
    assert pool.last is not None
    assert "déjà été répondu" in pool.last.plain
    assert born(bot, decision)[0].deadline == day
    silent(bot)


def test_it_is_handed_to_a_colleague_and_to_another_institution_by_the_pool_alone(bot: Bot) -> None:
    (action,) = born(bot, decided(bot, "BM"))
    bank, pool = bot.be(BANK), bot.be(POOL)
    bank.click(card(bot, BANK, action.code), "action_acknowledge")
    bot.deliver()
    bank.click(card(bot, BANK, action.code), "action_handover")
    assert bank.view is not None
    assert "institution" not in {block["block_id"] for block in bank.view.blocks if "block_id" in block}
    assert "Pool Technique" in bank.submit(carrier=FAO).errors["carrier"]
    assert bank.submit(carrier="UBANQUE002").ok
    bot.deliver()
    assert action.code in card(bot, "UBANQUE002", action.code).plain
    pool.command(f"/ptf actions {action.code}")
    pool.choose(pool.last, "action_menu", f"handover:{action.id}")
    assert pool.submit(institution=ids(bot, "FAO")[0], carrier=FAO).ok
    bot.deliver()
    with bot.ctx.readings.begin() as session:
        moved = session.get_one(Action, action.id)
        assert (str(moved.institution_id), moved.status) == (ids(bot, "FAO")[0], "open")
    assert action.code in card(bot, FAO, action.code).plain
    silent(bot)


def test_decisions_noted_before_there_were_actions_get_theirs_at_night(bot: Bot) -> None:
    decision = decided(bot, "FAO", "BM")
    with bot.ctx.sessions.begin() as session:
        session.execute(delete(Action).where(Action.decision_id == decision.id))
        upkeep.clean(session, bot.ctx, bot.ctx.now())
    assert [each.code for each in born(bot, decision)] == [f"{decision.code}-1", f"{decision.code}-2"]


def test_an_action_alone_is_asked_for_at_once_and_completed(bot: Bot) -> None:
    lead = bot.be(EDUCATION)
    reply = lead.command("/ptf action EDU Réunir les points focaux.")
    assert "EDU-2027-A02" in reply.text
    lead.click(reply.message, "action_owed")
    assert lead.submit(institution=ids(bot, "JAPON")[0]).ok
    lead.click(reply.message, "action_deadline")
    assert set(lead.submit(deadline="hier").errors) == {"deadline"}
    assert lead.submit(deadline="continu").ok
    bot.deliver()
    assert "owed by Japan (JICA)" in card(bot, MEMBER, "EDU-2027-A02").plain
    assert "EDU-2027-A02" in bot.be(MEMBER).command("/ptf actions").text, "what my institution owes"
    assert "EDU-2027-A02" not in bot.be(FAO).command("/ptf actions").text
    lead.command("/ptf action")
    assert lead.submit(text="Deuxième.", carrier=MEMBER, deadline="T2 2027").ok
    assert "EDU-2027-A03" in bot.be(HEALTH).command("/ptf actions EDU").text
    silent(bot)


def test_who_may_not_is_told_who_can_and_who_may_not_read_is_told_nothing(bot: Bot) -> None:
    (action,) = born(bot, decided(bot, "FAO"))
    reply = bot.be(MEMBER).command(f"/ptf action EDU {TEXT}")
    assert "Canada – Éducation" in reply.text
    assert TEXT in str(reply.blocks)
    other, pool = bot.be(FOOD), bot.be(POOL)
    other.command(f"/ptf actions {action.code}")
    assert other.last is not None
    (menu,) = [block["accessory"] for block in other.last.blocks if block.get("accessory")]
    assert [option["value"] for option in menu["options"]] == [f"show:{action.id}"]
    menu["options"].append(menu["options"][0] | {"value": f"done:{action.id}"})
    other.choose(other.last, "action_menu", f"done:{action.id}")
    assert "l’institution qui la doit" in other.last.plain
    assert TEXT not in bot.be(GUEST).command(f"/ptf actions {action.code}").text
    pool.click(card(bot, POOL, action.code.removesuffix("-1")), "decision_edit")
    assert pool.submit(visibility="troika").ok
    bot.deliver()
    assert all(TEXT not in message.plain for message in bot.told(FAO)), "not on the card either"
    for reader, reads in ((FOOD, False), (FAO, False), (CHIEF, True)):
        assert (TEXT in bot.be(reader).command(f"/ptf actions {action.code}").text) is reads
    silent(bot)


def test_the_list_is_narrowed_by_state_institution_group_and_menus_in_both_languages(bot: Bot) -> None:
    decision = decided(bot, "FAO", "BM")
    chief = bot.be(CHIEF)
    assert f"{decision.code}-2" in chief.command("/ptf actions FAO").text
    assert "en retard" in chief.command("/ptf actions en retard GEC").text
    assert "open" in bot.be(HEALTH).command("/ptf actions BM").text
    reply = chief.command("/ptf actions")
    chief.choose(reply.message, "actions_whose", ids(bot, "FAO")[0])
    assert chief.last is not None
    assert "FAO" in chief.last.plain
    chief.choose(chief.last, "actions_state", "done")
    assert "faites" in chief.last.plain
    silent(bot)
