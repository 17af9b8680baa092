"""`/ptf find` in conversation: what was just said is found, narrowed, paged, opened whole; in both languages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from bot.rehearsal.model import Message
from handlers.find import asked, excerpts
from handlers.find.asked import CLOSED, STANDING, Asked
from storage.search import sought
from tests.conversation import EDUCATION, GUEST, HEALTH, MEMBER, POOL, Bot, answer

TODAY = date(2027, 3, 3)


def bold(message: Message | None) -> list[str]:
    """The words that are shown in bold, in order."""
    assert message is not None
    passages = [each for block in message.blocks if block["type"] == "rich_text" for each in block["elements"]]
    words = [word for passage in passages for word in passage["elements"]]
    return [word["text"] for word in words if (word.get("style") or {}).get("bold")]


def silent(bot: Bot) -> None:
    """Slack found nothing to complain of in what the bot sent."""
    assert bot.standin.workspace.warnings == []
    assert bot.standin.workspace.refusals == []


def test_what_was_just_said_is_found_shown_with_its_words_opened_and_gone_once_withdrawn(bot: Bot) -> None:
    lead, other = bot.be(EDUCATION), bot.be(HEALTH)
    statements: list[str] = []
    event.listen(bot.ctx.database.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    lead.command("/ptf maj EDU Les *cantines* de <b>Ménaka</b> & Gao : l’école rouvre.")
    assert statements
    assert not [each for each in statements if "search" in each], "who says something does not wait for the index"
    bot.deliver()
    reply = lead.command("/ptf chercher ECOLES menaka")
    assert reply.text.startswith("*Recherche\u00a0: «\u00a0ECOLES menaka\u00a0»*\nUn résultat")
    assert bold(reply.message) == ["Ménaka", "l’école"]
    assert "Les *cantines* de <b>" in reply.message.plain if reply.message else False
    lead.click(reply.message, "find_show")
    assert lead.view is not None
    assert "Modifier" in lead.view.plain
    lead.click(None, "update_edit")
    assert answer(lead, status="on_track", progress="Les zébus de Ménaka rouvrent.").ok
    lead.close(everything=True)
    lead.click(lead.command("/ptf décisions zébu").message, "find_words")
    assert bold(lead.last) == ["zébus"], "what a list does not hold is looked for everywhere"
    assert "ne contient tous ces mots" in lead.command("/ptf chercher cantines internat EDU").text
    assert bold(other.command("/ptf find zebu").message) == ["zébus"]
    assert "*Search: “zebu”*\nOne record" in other.command("/ptf find zebu").text
    bot.deliver()
    lead.click(bot.told(EDUCATION)[-1], "update_withdraw")
    assert "Nothing that you may read holds this." in other.command("/ptf find zebu").text
    silent(bot)


def test_the_menus_and_pages_under_the_list_narrow_it_and_the_form_asks_the_same(bot: Bot) -> None:
    lead = bot.be(HEALTH)
    message = lead.command("/ptf find groupe").message
    assert message is not None
    shown = [message.plain]
    assert "records that you may read, the best first." in shown[0]
    lead.click(message, "find_more")
    lead.click(message, "find_less")
    assert message.plain == shown[0]
    lead.choose(message, "find_kind", "decisions")
    assert "Decision · " in message.plain
    assert "Action · " not in message.plain
    lead.choose(message, "find_state", "done")
    lead.choose(message, "find_kind", "updates")
    lead.choose(message, "find_institution", "Canada")
    lead.choose(message, "find_period", "2025")
    assert "the menus narrow it" in message.plain
    lead.click(message, "find_open")
    assert answer(lead, words="groupe", kind="decisions", period="the day of the flood").errors
    assert answer(lead, words="groupe", kind="decisions", state=CLOSED, period="").ok
    assert lead.view is not None
    assert "Decision · " in lead.view.plain
    lead.choose(None, "find_state", STANDING)
    lead.click(None, "find_show")
    assert "History" in lead.view.plain
    silent(bot)


def test_a_record_that_is_closed_to_somebody_is_not_opened_by_a_click_that_was_never_offered(bot: Bot) -> None:
    pool, member = bot.be(POOL), bot.be(MEMBER)
    pool.command("/ptf decision TROIKA Le xylophone est accordé.")
    bot.deliver()
    message = pool.command("/ptf find xylophone").message
    pool.click(bot.told(POOL)[-1], "decision_edit")
    assert answer(pool, visibility="troika").ok
    assert "xylophone*" not in member.command("/ptf chercher xylophone").text.split("\n", 1)[1]
    assert message is not None
    button = next(block["accessory"] for block in message.blocks if block.get("accessory"))
    mine = member.command("/ptf chercher réunion").message
    assert mine is not None
    told = len(member.ephemerals)
    member.act(mine, "x", {key: button[key] for key in ("action_id", "type", "value")})
    assert len(member.ephemerals) > told
    assert member.view is None
    assert "invité" in bot.be(GUEST).command("/ptf find xylophone").text


def test_without_words_the_form_opens_and_the_newest_can_be_looked_through(bot: Bot) -> None:
    lead = bot.be(EDUCATION)
    lead.command("/ptf chercher")
    assert lead.view is not None
    assert lead.view.title == "Rechercher"
    assert answer(lead, state=STANDING).ok
    assert "ce qui a été enregistré en dernier" in lead.view.plain
    silent(bot)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("revue conjointe", {"words": "revue conjointe"}),
        ("revue EDU T3 2027 BM ouvert", {"words": "revue", "period": "2027-Q3", "state": STANDING}),
        ("edu", {"words": "edu"}),
        ("EDU", {"words": ""}),
        ("« BM » « 2027 »", {"words": "« BM » « 2027 »"}),
        ("mars 2027 clos", {"words": "", "period": "2027-03", "state": CLOSED}),
        ("travaux en cours", {"words": "travaux", "state": STANDING}),
        ("le 8 mars", {"words": "le 8 mars"}),
        ("1500 écoles S8", {"words": "1500 écoles", "period": "2027-W08"}),
    ],
)
def test_codes_and_periods_among_the_words_narrow(bot: Bot, typed: str, expected: dict[str, Any]) -> None:
    with bot.ctx.readings.begin() as session:
        read = asked.typed(session, typed, TODAY)
    assert {name: getattr(read, name) for name in expected} == expected
    codes = (read.group_id is not None, read.institution_id is not None)
    assert codes == ("EDU" in typed, " BM " in typed and "«" not in typed)
    assert (read == Asked(words=typed)) == (not read.is_narrowed)


def told(text: str, words: str) -> str:
    """The excerpt of a text, with what is looked for between asterisks."""
    return "".join(f"*{piece}*" if is_bold else piece for piece, is_bold in excerpts.excerpt("", [text], sought(words)))


def test_an_excerpt_shows_the_words_where_most_of_them_stand() -> None:
    assert told("La revue.\nUne autre", "revues") == "La *revue*. Une autre"
    assert told("", "revue") == ""
    long = f"{'mot ' * 200}la revue {'puis ' * 40}la revue de la santé {'fin ' * 100}"
    shown = told(long, "revue santé")
    assert shown.startswith("…")
    assert "la *revue* de la *santé* fin" in shown
    assert shown.endswith("fin…")
    assert len(shown) < 260
    assert told("x" * 600, "revue") == "x" * 240 + "…"
    assert excerpts.excerpt("GEC", [], sought("revue")) == []
    assert excerpts.excerpt("Une revue", ["Une  revue", "Bamako"], sought("revues")) == []
    assert excerpts.excerpt("Une revue", ["Une revue", "Bamako"], sought("")) == [("Bamako", False)]
