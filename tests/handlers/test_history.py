"""`/ptf history`: who changed what, before and after; who may read it; *Restore* and *Restore this version*."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

import storage.history
from bot.rehearsal.model import Message
from bot.rehearsal.person import Person
from handlers import sheets
from handlers.readers import Reader
from handlers.sheets.history import HISTORY
from storage.decisions import Decision
from storage.history import By, Change, Origin
from storage.updates import Update
from storage.visibility import Audience
from tests.conversation import CHIEF, EDUCATION, HEALTH, MEMBER, POOL, POOL_ASSISTANT, Bot, answer
from tests.handlers.speaking import speaking
from tests.handlers.test_decisions import TEXT, newest, noted, silent

OTHER = "Le calendrier est partagé chaque mardi."


def page_of(person: Person, typed: str) -> Message:
    """The page that a command is answered with."""
    reply = person.command(typed)
    assert reply.message is not None
    return reply.message


def shown(bot: Bot, who: str, typed: str) -> str:
    """What that person is shown."""
    return page_of(bot.be(who), typed).plain


def changes(bot: Bot, kind: str, record_id: int) -> list[Change]:
    """The changes of a record, oldest first."""
    with bot.ctx.readings.begin() as session:
        return list(storage.history.of_record(session, kind, record_id))


def edited(bot: Bot) -> Decision:
    """A decision noted, then edited by its form."""
    noted(bot)
    pool = bot.be(POOL)
    pool.click(bot.told(POOL)[-1], "decision_edit")
    assert answer(pool, text=OTHER, deadline="fin mars").ok
    bot.deliver()
    return newest(bot)


def test_each_change_is_told_with_who_when_from_where_before_and_after_in_the_readers_language(bot: Bot) -> None:
    decision = edited(bot)
    told = shown(bot, POOL, f"/ptf historique {decision.code.lower()}").splitlines()
    assert told[0] == f"*Historique\u00a0: {decision.code}*"
    assert told[1] == "*mercredi 3 mars 2027 à 09:00 (Bamako)* · Pool Technique – Coordination · Formulaire"
    assert told[2] == f"Modification\u00a0: Décision {decision.code}"
    assert f"Texte\u00a0: {TEXT} → {OTHER}" in told
    assert "Échéance\u00a0: – → 31 mars 2027" in told
    english = page_of(speaking(bot, HEALTH, "en"), f"/ptf history {decision.code}").plain
    assert f"Text: {TEXT} → {OTHER}" in english
    assert "· Command" in english, "noted by command, edited in a form"
    assert f"Creation: Decision {decision.code}" in english
    with bot.ctx.readings.begin() as session:
        scope = sheets.scope(session, bot.ctx, Reader(bot.ctx.speaker, Audience(troika=True)), None)
        rows = [row.field for row in HISTORY.rows(scope) if row.record == decision.code and row.field.name]
    lines = {f"{row.name}\u00a0: {row.before or '–'} → {row.after or '–'}" for row in rows}
    assert lines == {line for line in told if "→" in line}, "the sheet of the Excel tells the same"
    silent(bot)


def test_the_button_of_a_card_opens_it_and_the_whole_of_a_change_stands_on_a_sheet(bot: Bot) -> None:
    long = "mot " * 600
    pool = bot.be(POOL)
    noted(bot, text=long)
    pool.click(bot.told(POOL)[-1], "history_open")
    page = pool.ephemerals[-1]
    assert "mot …" in page.plain or "mot…" in page.plain
    (made,) = changes(bot, "decisions", newest(bot).id)
    pool.choose(page, "history_menu", f"show:{made.id}")
    assert pool.view is not None
    assert pool.view.plain.split().count("mot") == 600
    silent(bot)


def test_a_version_comes_back_as_one_more_change_and_twice_nothing_differs(bot: Bot) -> None:
    decision = edited(bot)
    pool, first = bot.be(POOL), changes(bot, "decisions", decision.id)[0]
    page = page_of(pool, f"/ptf history {decision.code}")
    pool.choose(page, "history_menu", f"back:{first.id}")
    assert (newest(bot).text, newest(bot).deadline) == (TEXT, None)
    last = changes(bot, "decisions", decision.id)[-1]
    assert (last.before["text"], last.after["text"], last.origin) == (OTHER, TEXT, "button")
    bot.deliver()
    assert TEXT in bot.told(POOL)[-1].plain, "the card follows"
    page = page_of(pool, f"/ptf history {decision.code}")
    pool.choose(page, "history_menu", f"back:{first.id}")
    assert "diffère" in pool.ephemerals[-1].plain
    silent(bot)


def test_a_version_that_would_break_a_check_is_refused_with_its_reason(bot: Bot) -> None:
    lead = bot.be(EDUCATION)
    lead.command("/ptf maj EDU")
    assert answer(lead, status="at_risk", progress="Avancé.", difficulties="Les fonds manquent.").ok
    with bot.ctx.sessions.begin() as session:
        update = session.scalars(select(Update).order_by(Update.id.desc())).first()
        assert update is not None
        (made,) = storage.history.of_record(session, "updates", update.id)
        made.after = made.after | {"difficulties": ""}
        number, code = made.id, update.period
    page = page_of(lead, f"/ptf historique EDU {code}")
    lead.choose(page, "history_menu", f"back:{number}")
    assert "ce qui est difficile" in lead.ephemerals[-1].plain
    assert len(changes(bot, "updates", update.id)) == 1
    silent(bot)


def test_what_was_withdrawn_long_ago_is_restored_by_who_may_and_the_history_says_so(bot: Bot) -> None:
    decision = noted(bot)
    pool = bot.be(POOL)
    pool.click(bot.told(POOL)[-1], "decision_withdraw")
    bot.deliver()
    bot.at(bot.ctx.now() + timedelta(days=40))
    typed = f"/ptf historique {decision.code}"
    assert "history_restore" not in str(page_of(bot.be(MEMBER), typed).blocks)
    page, older = page_of(pool, typed), page_of(pool, typed)
    assert "Retiré depuis le" in page.plain
    pool.click(page, "history_restore")
    assert not newest(bot).withdrawn
    assert f"Rétablissement\u00a0: Décision {decision.code}" in shown(bot, POOL, typed)
    pool.click(older, "history_restore")
    assert "déjà" in pool.ephemerals[-1].plain
    silent(bot)


def test_what_was_written_while_it_was_narrower_is_told_to_who_could_read_it_then(bot: Bot) -> None:
    noted(bot)
    pool, card = bot.be(POOL), bot.told(POOL)[-1]
    steps = ({"visibility": "troika"}, {"text": "Encore secret."}, {"text": OTHER, "visibility": "all"}, {"text": TEXT})
    for given in steps:
        pool.click(card, "decision_edit")
        assert answer(pool, **given).ok
        bot.deliver()
    typed = f"/ptf history {newest(bot).code}"
    for who, reads in ((POOL_ASSISTANT, True), (CHIEF, True), (EDUCATION, False), (MEMBER, False)):
        told = shown(bot, who, typed)
        assert ("Encore secret." in told) is reads, who
        assert TEXT in told
    assert "before it was opened to you" in shown(bot, MEMBER, typed)
    pool.click(card, "decision_edit")
    answer(pool, visibility="troika")
    assert "that you may read" in shown(bot, MEMBER, typed), "closed again, it is as if it were not there"


def test_pages_turn_in_place_and_stay_within_slacks_limits(bot: Bot) -> None:
    lead = speaking(bot, HEALTH, "en")
    page = page_of(lead, "/ptf history")
    assert page.plain.startswith("*The latest changes")
    seen = [page.plain]
    for _ in range(3):
        lead.click(page, "history_older")
        seen.append(page.plain)
    assert len(set(seen)) == 4
    lead.click(page, "history_newer")
    assert page.plain == seen[2]
    with bot.ctx.sessions.begin() as session:
        update = session.scalars(select(Update).where(Update.withdrawn_at.is_(None))).first()
        assert update is not None
        for number in range(9):
            before = storage.history.facts(update)
            for name in ("progress", "difficulties", "next_steps", "support"):
                setattr(update, name, f"{number} " + "<&*_~> " * 400)
            storage.history.changed(session, update, before, By(None, bot.ctx.now(), Origin.CLOCK))
        button = {"type": "button", "action_id": "history_open", "value": f"updates:{update.id}"}
    pool = bot.be(POOL)
    pool.act(page_of(pool, "/ptf history"), "x", button)
    assert pool.ephemerals[-1].plain.count("Calendrier") == 8
    silent(bot)


ASKED = (
    ("/ptf history EDU", MEMBER, "Creation: Mandate Coordinator – EDU"),
    ("/ptf history BM", MEMBER, "English name: World Bank"),
    ("/ptf history EDU S8", EDUCATION, "semaine 8 de 2027"),
    ("/ptf history réglages", POOL, "Historique\u00a0: les réglages"),
    ("/ptf history mandats", POOL, "Historique\u00a0: les mandats"),
    ("/ptf history <@UEDULEAD01>", POOL, "Historique\u00a0: Canada – Éducation"),
    ("/ptf history <@UEDULEAD01>", MEMBER, "This is for the Pool Technique"),
    ("/ptf history réglages", CHIEF, "Ceci relève du Pool Technique"),
    ("/ptf history GEC-2027-999", POOL, "que vous puissiez lire"),
    ("/ptf history EDUC", MEMBER, "EDU"),
    ("/ptf history <@UNOBODY001>", POOL, "Je ne connais pas cette personne"),
)


def test_a_group_an_institution_a_period_settings_mandates_and_people_have_one_too(bot: Bot) -> None:
    told = [(typed, shown(bot, who, typed), words) for typed, who, words in ASKED]
    assert [(typed, text) for typed, text, words in told if words not in text] == []
    bot.be(EDUCATION).command("/ptf langue fr")
    assert "Personne Canada – Éducation" in shown(bot, EDUCATION, "/ptf historique")
    assert "Person Canada – Éducation" not in shown(bot, MEMBER, "/ptf history"), "their own affair, and the pool's"
