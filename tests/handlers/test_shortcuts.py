"""A message saved as an update or a decision: whose words, confirmed first; a later edit is offered, never taken."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

import storage.history
from bot.rehearsal.model import Message
from handlers import readers
from handlers.sheets import scope as read
from handlers.sheets.decisions import DECISIONS
from handlers.sheets.register import Register
from handlers.sheets.updates import UPDATES
from storage.decisions import Decision
from storage.sources import Source
from storage.updates import Update
from storage.visibility import Audience
from tests.conversation import CHIEF, EDUCATION, GUEST, HEALTH, POOL, Bot, answer

WORDS = "Les manuels & cahiers arrivent le 12 mars, dit @canada-education !"
NEWER = "Les manuels arrivent le 19 mars."


def newest(bot: Bot, model: Any) -> Any:
    """The record kept last."""
    with bot.ctx.readings.begin() as session:
        return session.scalars(select(model).order_by(model.id.desc()).limit(1)).one()


def saved(bot: Bot, who: str, text: str = WORDS, author: str = EDUCATION) -> Message:
    """A message which that author wrote and that person saved as a decision of the GEC."""
    message = bot.be(author).say(text, "ptf-general")
    person = bot.be(who)
    assert person.message_shortcut("message_to_decision", message).failure is None
    assert answer(person).ok
    bot.deliver()
    return message


def in_excel(bot: Bot, register: Register, record_id: int | None) -> tuple[Any, Any]:
    """Who said it and the message, as the sheet has them of that record, or of its first row."""
    with bot.ctx.readings.begin() as session:
        scope = read(session, bot.ctx, readers.of_document(bot.ctx, "fr", Audience(troika=True)), None)
        rows = list(register.rows(scope))
        row = next(row for row in rows if record_id is None or row.row.id == record_id)
        told = {column.name: column.value(row, scope) for column in register.columns}
    return told["said_by"], told["message"]


@pytest.mark.parametrize(
    ("who", "whose", "said"),
    [
        (POOL, "Mots de Canada – Éducation", "dit par Canada – Éducation"),
        (HEALTH, "Words of Canada – Éducation", "said by Canada – Éducation (Canada)"),
    ],
)
def test_the_form_tells_whose_words_they_are_and_the_record_keeps_them_as_theirs(
    bot: Bot, who: str, whose: str, said: str
) -> None:
    message = bot.be(EDUCATION).say(WORDS, "gt-sante" if who == HEALTH else "ptf-general")
    person = bot.be(who)
    kind, model = ("message_to_update", Update) if who == HEALTH else ("message_to_decision", Decision)
    before = newest(bot, model).id
    person.message_shortcut(kind, message)
    assert person.view is not None
    link = f"https://ptf-mali.slack.com/archives/{message.channel}/p{message.ts.replace('.', '')}"
    assert whose in person.view.plain
    assert link in person.view.plain
    assert newest(bot, model).id == before, "nothing is kept before it is confirmed"
    field = "progress" if who == HEALTH else "text"
    assert answer(person, **({"status": "on_track"} if who == HEALTH else {})).ok
    bot.deliver()
    record, source = newest(bot, model), newest(bot, Source)
    assert getattr(record, field) == "Les manuels & cahiers arrivent le 12 mars, dit @Canada – Éducation !"
    assert (record.source_id, source.stamp, source.link) == (source.id, message.ts, link)
    card = bot.told(who)[-1].plain
    assert said in card
    assert ("enregistré par" if who == POOL else "recorded by") in card
    assert link in card
    register = UPDATES if who == HEALTH else DECISIONS
    assert in_excel(bot, register, record.id if who == POOL else None) == ("Canada – Éducation", link)


def test_ones_own_words_are_told_as_given_and_a_message_saved_twice_says_so(bot: Bot) -> None:
    message = saved(bot, POOL, author=POOL)
    assert "dit par" not in bot.told(POOL)[-1].plain
    chief = bot.be(CHIEF)
    chief.message_shortcut("message_to_decision", message)
    assert chief.view is not None
    assert "a déjà enregistré ce message" in chief.view.plain


def test_a_group_changed_in_the_form_does_not_forget_the_message(bot: Bot) -> None:
    message = bot.be(EDUCATION).say(WORDS, "ptf-general")
    pool = bot.be(POOL)
    pool.message_shortcut("message_to_update", message)
    assert pool.view is not None
    place = next(block["block_id"] for block in pool.view.blocks if block.get("block_id", "").startswith("group"))
    menu = next(block["element"] for block in pool.view.blocks if block.get("block_id") == place)
    pool.choose(pool.view, "group", menu["options"][-1]["value"])
    assert "Mots de Canada – Éducation" in pool.view.plain
    assert answer(pool, status="on_track").ok
    assert newest(bot, Update).source_id == newest(bot, Source).id


def test_a_later_edit_is_offered_to_who_recorded_it_and_taken_only_by_a_click(bot: Bot) -> None:
    message = saved(bot, POOL)
    code = newest(bot, Decision).code
    bot.standin.twice = True
    bot.be(EDUCATION).rewrite(message, NEWER)
    bot.standin.twice = False
    bot.deliver()
    offers = [each for each in bot.told(POOL) if "Reprendre le nouveau texte" in each.plain]
    assert [code in each.plain and NEWER in each.plain for each in offers] == [True]
    assert "12 mars" in newest(bot, Decision).text, "never silently"
    assert [each for each in bot.told(EDUCATION) if code in each.plain] == []
    bot.be(EDUCATION).rewrite(message, "Encore autre chose.")
    bot.deliver()
    assert "Encore autre chose." in offers[0].plain, "the question follows, nobody is asked a second time"
    bot.be(POOL).click(offers[0], "Le reprendre")
    bot.deliver()
    assert newest(bot, Decision).text == "Encore autre chose."
    assert "Repris" in offers[0].plain
    assert not any(block["type"] == "actions" for block in offers[0].blocks)
    with bot.ctx.readings.begin() as session:
        last = storage.history.of_record(session, "decisions", newest(bot, Decision).id)[-1]
        assert (last.origin, last.after["text"]) == ("button", "Encore autre chose.")


def test_what_was_left_is_not_offered_again_but_a_further_edit_is(bot: Bot) -> None:
    message = saved(bot, POOL)
    author, pool = bot.be(EDUCATION), bot.be(POOL)
    author.rewrite(message, NEWER)
    bot.deliver()
    pool.click(bot.told(POOL)[-1], "Le laisser")
    bot.deliver()
    assert "Laissé" in bot.told(POOL)[-1].plain
    count = len(bot.told(POOL))
    author.rewrite(message, f"{NEWER} ")
    bot.deliver()
    assert len(bot.told(POOL)) == count
    author.rewrite(message, "Les manuels sont là.")
    bot.deliver()
    assert "Les manuels sont là." in bot.told(POOL)[-1].plain
    assert "12 mars" in newest(bot, Decision).text
    author.rewrite(message, NEWER)
    bot.deliver()
    assert "rien à reprendre" in bot.told(POOL)[-1].plain
    pool.home()


def test_a_deleted_message_changes_nothing_and_is_noted(bot: Bot) -> None:
    message = saved(bot, POOL)
    bot.be(EDUCATION).take_away(message)
    decision = newest(bot, Decision)
    assert "12 mars" in decision.text
    assert newest(bot, Source).deleted_at is not None
    pool = bot.be(POOL)
    reply = pool.command(f"/ptf décisions {decision.code}")
    pool.choose(reply.message, "decision_menu", f"show:{decision.id}")
    assert pool.view is not None
    assert "supprimé dans Slack" in pool.view.plain


def test_a_guest_saves_nothing_and_a_message_nobody_saved_troubles_nobody(bot: Bot) -> None:
    before = newest(bot, Decision).id
    guest = bot.be(GUEST)
    message = bot.be(POOL).say("Bonjour", "espace-gouvernement")
    guest.message_shortcut("message_to_decision", message)
    assert guest.view is None
    bot.be(POOL).rewrite(message, "Bonsoir")
    bot.be(POOL).take_away(message)
    bot.deliver()
    assert newest(bot, Decision).id == before
    assert not bot.standin.workspace.refusals
