"""Decisions in conversation: numbered, carried, settled, replaced; the register and its filters; the refusals."""

from __future__ import annotations

import contextlib
import threading
from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import select

import storage.decisions
import storage.history
from handlers import decisions
from handlers.decisions import said
from storage.database import Database
from storage.decisions import Decision
from storage.groups import Group
from tests.conversation import CHIEF, EDUCATION, HEALTH, MEMBER, POOL, Bot

TEXT = "Le calendrier des missions est partagé chaque lundi."


def newest(bot: Bot) -> Decision:
    """The decision noted last."""
    with bot.ctx.readings.begin() as session:
        found = session.scalars(select(Decision).order_by(Decision.id.desc()).limit(1)).one()
        assert found.institutions is not None
        return found


def count(bot: Bot) -> int:
    """How many decisions there are."""
    with bot.ctx.readings.begin() as session:
        return len(session.scalars(select(Decision.id)).all())


def silent(bot: Bot) -> None:
    """Slack found nothing to complain of in what the bot sent."""
    assert bot.standin.workspace.warnings == []
    assert bot.standin.workspace.refusals == []


def body_id(bot: Bot, code: str) -> str:
    """The id of a body, as the form's menu has it."""
    with bot.ctx.readings.begin() as session:
        return str(session.scalars(select(Group.id).where(Group.code == code)).one())


def noted(bot: Bot, who: str = POOL, text: str = TEXT) -> Decision:
    """A decision of the GEC, noted at once."""
    bot.be(who).command(f"/ptf decision GEC {text}")
    bot.deliver()
    return newest(bot)


def test_words_after_the_command_are_numbered_at_once_and_the_rest_is_offered(bot: Bot) -> None:
    with bot.ctx.readings.begin() as session:
        last = max(session.scalars(select(Decision.number).where(Decision.code.like("GEC-2027-%"))).all())
    pool = bot.be(POOL)
    reply = pool.command(f"/ptf décision GEC {TEXT}", "pool-troika")
    code = f"GEC-2027-{last + 1:03}"
    assert code in reply.text
    assert reply.ephemeral
    assert (newest(bot).code, newest(bot).text, newest(bot).status) == (code, TEXT, "open")
    pool.click(reply.message, "decision_deadline")
    assert pool.submit(deadline="fin mars").ok
    assert (newest(bot).deadline, newest(bot).due_on) == ("2027-03-31", date(2027, 3, 31))
    pool.click(reply.message, "decision_responsible")
    with bot.ctx.readings.begin() as session:
        bank = next(each for each in storage.partners.everyone(session) if each.code == "BM")
    assert pool.submit(institutions=[str(bank.id)], carrier="UBANQUE001").ok
    assert [institution.code for institution in newest(bot).institutions] == ["BM"]
    assert newest(bot).deadline == "2027-03-31", "what was not asked stays"
    bot.deliver()
    assert "31 mars 2027" in bot.told(POOL)[-1].plain
    assert "You carry this action" in bot.told("UBANQUE001")[-1].plain
    silent(bot)


WRITTEN = {
    "vendredi prochain": "2027-03-05",
    "T2 2027": "2027-Q2",
    "mi-décembre": "2027-12-15",
    "continu": "continuous",
    "next Friday": "2027-03-05",
    "in two weeks": "2027-03-17",
    "": None,
}


@pytest.mark.parametrize(("written", "key"), WRITTEN.items())
def test_the_form_understands_dates_as_people_write_them(bot: Bot, written: str, key: str | None) -> None:
    pool = bot.be(POOL)
    pool.command("/ptf decision")
    assert pool.submit(body=body_id(bot, "GEC"), text=TEXT, deadline=written).ok
    assert newest(bot).deadline == key
    bot.deliver()
    silent(bot)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("31 février", "n’existe pas"),
        ("bientôt", "ne dit pas quand"),
        ("2 mars 2027", "avant la réunion"),
        ("avant mars", ""),
    ],
)
def test_a_date_that_cannot_be_is_refused_at_its_field_and_nothing_is_kept(bot: Bot, written: str, words: str) -> None:
    pool, before = bot.be(POOL), count(bot)
    pool.command("/ptf decision")
    answer = pool.submit(body=body_id(bot, "GEC"), text=TEXT, deadline=written)
    assert set(answer.errors) == {"deadline"}
    assert words in answer.errors["deadline"]
    assert count(bot) == before
    assert pool.view is not None


def test_done_shows_on_every_card_and_a_second_click_says_so(bot: Bot) -> None:
    decision = noted(bot)
    pool = bot.be(POOL)
    card = bot.told(POOL)[-1]
    pool.click(card, "decision_done")
    bot.deliver()
    assert (newest(bot).status, newest(bot).done_on) == ("done", date(2027, 3, 3))
    assert "✅" in bot.told(POOL)[-1].plain or "faite" in bot.told(POOL)[-1].plain
    with bot.ctx.readings.begin() as session:
        changes = storage.history.of_record(session, "decisions", decision.id)
    assert changes[-1].after["status"] == "done"
    silent(bot)


def test_a_replaced_decision_looks_it_and_stands_again_when_its_successor_is_withdrawn(bot: Bot) -> None:
    old = noted(bot)
    pool = bot.be(POOL)
    card = bot.told(POOL)[-1]
    pool.click(card, "decision_replace")
    assert pool.view is not None
    assert old.code in pool.view.plain
    assert pool.submit(text="Le calendrier est partagé chaque mardi.").ok
    bot.deliver()
    new = newest(bot)
    assert new.replaces_id == old.id
    shown = next(message for message in bot.told(POOL) if old.code in message.plain.partition("\n")[0])
    assert f"remplacée par {new.code}" in shown.plain
    assert f"remplacée par {new.code}" in bot.be(CHIEF).command(f"/ptf décisions {old.code}").text
    successor = next(message for message in bot.told(POOL) if new.code in message.plain.partition("\n")[0])
    pool.click(successor, "decision_withdraw")
    with bot.ctx.readings.begin() as session:
        assert session.get_one(Decision, old.id).status == "open"
    silent(bot)


@pytest.mark.parametrize("who", [MEMBER, EDUCATION])
def test_who_may_not_note_is_told_who_can_and_gets_the_words_back(bot: Bot, who: str) -> None:
    before = count(bot)
    reply = bot.be(who).command(f"/ptf decision GEC {TEXT}")
    assert "Pool Technique" in reply.text
    assert TEXT in str(reply.blocks)
    assert count(bot) == before


def test_a_lead_notes_for_their_own_group_and_the_chief_for_all(bot: Bot) -> None:
    bot.be(EDUCATION).command(f"/ptf decision EDU {TEXT}")
    assert newest(bot).code.startswith("EDU-2027-")
    assert noted(bot, CHIEF).code.startswith("GEC-2027-")


def test_an_unknown_body_is_asked_back(bot: Bot) -> None:
    reply = bot.be(POOL).command(f"/ptf decision GECC {TEXT}")
    assert "GEC" in reply.text
    assert TEXT in str(reply.blocks)


def test_the_register_is_narrowed_by_state_body_institution_and_words(bot: Bot) -> None:
    chief = bot.be(CHIEF)
    assert "ouvertes" in chief.command("/ptf decisions").text
    assert "en retard" in chief.command("/ptf décisions en retard").text
    only = chief.command("/ptf decisions GEC done").text
    assert "GEC-" in only
    assert "RM-" not in only
    noted(bot, POOL, "Un mot rarissime : zygomatique.")
    assert "zygomatique" in chief.command("/ptf decisions ZYGOMATIQUE").text
    assert "Aucune décision" in chief.command("/ptf decisions zzzz").text
    silent(bot)


def test_the_menus_of_the_register_narrow_it_and_pages_go_on(bot: Bot) -> None:
    chief = bot.be(CHIEF)
    reply = chief.command("/ptf decisions")
    chief.choose(reply.message, "decisions_state", "all")
    assert chief.last is not None
    assert "toutes" in chief.last.plain
    before = chief.last.plain
    chief.click(chief.last, "decisions_more")
    assert chief.last is not None
    assert chief.last.plain != before
    silent(bot)


def test_the_register_in_english_and_the_whole_on_a_sheet(bot: Bot) -> None:
    health = bot.be(HEALTH)
    reply = health.command("/ptf decisions all GEC")
    assert "Decisions: all of them" in reply.text
    menu = next(block["accessory"] for block in reply.blocks if block.get("accessory"))
    health.choose(reply.message, "decision_menu", menu["options"][0]["value"])
    assert health.view is not None
    assert "GEC-" in health.view.plain
    silent(bot)


def test_the_register_holds_back_what_is_not_for_the_reader(bot: Bot) -> None:
    with bot.ctx.readings.begin() as session:
        hidden = session.scalars(select(Decision).where(Decision.visibility == "troika")).all()
    assert hidden
    for decision in hidden:
        assert decision.text not in bot.be(MEMBER).command(f"/ptf decisions {decision.code}").text
        assert decision.code in bot.be(POOL).command(f"/ptf decisions {decision.code}").text


def test_who_may_not_read_it_cannot_carry_it(bot: Bot) -> None:
    pool, before = bot.be(POOL), count(bot)
    pool.command("/ptf decision")
    answer = pool.submit(body=body_id(bot, "TROIKA"), text=TEXT, carrier=MEMBER, visibility="troika")
    assert set(answer.errors) == {"carrier"}
    assert count(bot) == before


def test_numbers_have_no_gaps_and_no_doubles_when_many_note_at_once(database: Database) -> None:
    with database.sessions.begin() as session:
        body = Group(code="GEC", name_fr="GEC", name_en="GEC", kind="body")
        session.add(body)

    def note(number: int) -> None:
        with contextlib.suppress(LookupError), database.sessions.begin() as session:
            drawn = storage.decisions.draw_number(session, body.id, 2027)
            if number % 3 == 0:
                raise LookupError(drawn)  # a transaction that fails gives its number back

    threads = [threading.Thread(target=note, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.sessions.begin() as session:
        assert storage.decisions.draw_number(session, body.id, 2027) == 9


def test_the_command_reads_its_body_with_or_without_a_colon() -> None:
    assert said.COMMAND.words == ("decision", "décision")


def test_the_menu_of_a_message_opens_the_form_with_its_words(bot: Bot) -> None:
    pool = bot.be(POOL)
    written = bot.be(CHIEF).say("Nous retenons le 12 juin.", "ptf-general")
    pool.message_shortcut("message_to_decision", written)
    assert pool.submit(body=body_id(bot, "GEC"), deadline="12 juin 2027").ok
    assert newest(bot).text == "Nous retenons le 12 juin."
    silent(bot)


def test_a_decision_comes_back_once_on_its_day_to_its_noter_and_the_pool_until_anyone_answers(bot: Bot) -> None:
    def come_back(on: date) -> None:
        bot.at(datetime.combine(on, time(8), UTC))
        with bot.ctx.sessions.begin() as session:
            decisions.remind(session, bot.ctx, bot.ctx.now())
        bot.deliver()

    chief, pool = bot.be(CHIEF), bot.be(POOL)
    chief.command("/ptf decision")
    given = {"body": body_id(bot, "GEC"), "text": TEXT}
    assert set(chief.submit(review="continu", **given).errors) == {"review"}
    assert set(chief.submit(review="2 mars 2027", **given).errors) == {"review"}
    assert chief.submit(review="1er avril 2027", **given).ok
    decision = newest(bot)
    come_back(date(2027, 3, 31))
    assert all("Convient-elle encore" not in each.plain or decision.code not in each.plain for each in bot.told(POOL))
    come_back(date(2027, 4, 2))
    come_back(date(2027, 4, 3))
    asked = {who: [each for each in bot.told(who) if "decision_still" in str(each.blocks)] for who in (CHIEF, POOL)}
    (mine,), (theirs,) = ([each for each in told if decision.code in each.plain] for told in asked.values())
    stale = mine.blocks
    pool.click(theirs, "decision_review")
    assert pool.submit(review="T2 2027").ok
    bot.deliver()
    assert "reviendra le mercredi 30 juin 2027" in mine.plain
    come_back(date(2027, 6, 30))
    again = bot.told(CHIEF)[-1]
    chief.click(again, "decision_still")
    bot.deliver()
    assert (newest(bot).review_on, newest(bot).text) == (None, TEXT)
    assert "a été revue" in bot.told(POOL)[-1].plain
    mine.blocks = stale
    chief.click(mine, "decision_still")
    assert chief.last is not None
    assert "déjà répondu" in chief.last.plain
    silent(bot)
