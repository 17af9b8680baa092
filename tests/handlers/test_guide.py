"""`/ptf`, help and unknown words: what one owes and can do, in one's language and within one's rights."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update

import handlers
import storage.groups
import storage.partners
from handlers import guide, preferences
from handlers.commands import Command
from storage.decisions import Decision, Status
from storage.groups import Group
from storage.meetings import Meeting
from storage.meetings import Status as Held
from storage.people import Person
from storage.updates import Update
from storage.visibility import Level
from tests.conversation import EDUCATION, HEALTH, MEMBER, POOL, Bot

POOL_COMMAND = Command(("config", "réglages"), preferences.LANGUAGE_SUMMARY, pool_only=True)
KNOWN = tuple({each.name: each for each in (*handlers.every_command(), preferences.COMMAND, POOL_COMMAND)}.values())


@pytest.fixture(autouse=True)
def listening(bot: Bot) -> None:
    """The topics are registered, whether or not the table of contents names them yet."""
    preferences.register(bot.app)
    guide.register(bot.app, KNOWN)


def person(bot: Bot, who: str) -> Person:
    """The person as they are kept."""
    with bot.ctx.readings.begin() as session:
        return session.scalars(select(Person).where(Person.slack_id == who)).one()


def silent(bot: Bot, code: str) -> int:
    """Let a group have said nothing; its id."""
    with bot.ctx.sessions.begin() as session:
        group = storage.groups.by_code(session, code)
        assert isinstance(group, Group)
        session.execute(delete(Update).where(Update.group_id == group.id))
        return group.id


def owing(bot: Bot, who: str, due: date, level: str = Level.ALL) -> str:
    """A decision which that person carries, and the only one; its code."""
    with bot.ctx.sessions.begin() as session:
        session.execute(update(Decision).values(status=Status.DONE))
        chosen = session.scalars(select(Decision).where(Decision.withdrawn_at.is_(None)).order_by(Decision.id)).first()
        assert chosen is not None
        chosen.status, chosen.visibility, chosen.said_by_id = Status.OPEN, level, None
        chosen.deadline, chosen.due_on = due.isoformat(), due
        chosen.carrier_id, chosen.institutions = person(bot, who).id, []
        return chosen.code


def action_ids(blocks: list[dict[str, Any]]) -> set[str]:
    """The action ids of every button."""
    accessories = [block["accessory"] for block in blocks if "accessory" in block]
    rows = [element for block in blocks if block["type"] == "actions" for element in block["elements"]]
    return {element["action_id"] for element in [*accessories, *rows]}


@pytest.mark.parametrize("typed", ["/ptf", "/ptf aide", "/ptf help", "/ptf AIDE", "/ptf ?"])
def test_ptf_alone_and_help_tell_what_one_owes_and_can_do(bot: Bot, typed: str) -> None:
    reply = bot.be(EDUCATION).command(typed)
    assert reply.text.index("*Ce que vous devez*") < reply.text.index("*Ce que vous pouvez faire*")
    assert "`/ptf langue [français ou anglais]` La langue dans laquelle je vous parle" in reply.text
    assert {f"{command.name}_open" for command in KNOWN} - action_ids(reply.blocks) == {"config_open", "import_open"}


def test_the_guide_speaks_the_readers_language(bot: Bot) -> None:
    reply = bot.be(HEALTH).command("/ptf help")
    assert "*What you can do*" in reply.text
    assert "`/ptf language [English or French]`" in reply.text


def test_only_the_pool_is_offered_what_is_for_the_pool(bot: Bot) -> None:
    assert "config_open" in action_ids(bot.be(POOL).command("/ptf").blocks)
    assert "config_open" not in action_ids(bot.be(MEMBER).command("/ptf").blocks)


def test_an_awaited_update_is_told_with_its_deadline_and_a_button_for_that_group(bot: Bot) -> None:
    group_id = silent(bot, "SAN")
    reply = bot.be(HEALTH).command("/ptf")
    assert "*Health and HIV/AIDS*: the update for week 9 of 2027" in reply.text
    assert "is awaited until Friday 5 March 2027 at 16:00 (Bamako)" in reply.text
    (button,) = [block["accessory"] for block in reply.blocks if block.get("accessory", {}).get("style") == "primary"]
    assert (button["action_id"], button["value"]) == ("update_open", str(group_id))
    assert "Health" not in bot.be(MEMBER).command("/ptf").text.partition("can do")[0]


def test_once_the_digest_is_out_an_update_is_still_welcome(bot: Bot) -> None:
    silent(bot, "SAN")
    bot.at(bot.ctx.now() + timedelta(days=4))
    assert "will be marked late" in bot.be(HEALTH).command("/ptf").text


def test_who_owes_nothing_reads_so_in_one_line(bot: Bot) -> None:
    owing(bot, POOL, bot.ctx.today)
    with bot.ctx.sessions.begin() as session:
        session.execute(update(Meeting).values(status=Held.CANCELLED))
    assert "Nothing at the moment" in bot.be("UFMIREP001").command("/ptf").text


@pytest.mark.parametrize(
    ("days", "told"), [(-1, "overdue, it was due"), (0, "*: due "), (14, "*: due "), (15, "What you owe")]
)
def test_a_decision_one_carries_is_told_when_it_is_due_soon_or_overdue(bot: Bot, days: int, told: str) -> None:
    code = owing(bot, "UFMIREP001", bot.ctx.today + timedelta(days=days))
    text = bot.be("UFMIREP001").command("/ptf").text
    assert told in text
    assert (code in text) == (days < 15)


def test_a_decision_one_may_not_read_is_not_told_even_to_who_owes_it(bot: Bot) -> None:
    code = owing(bot, "UFMIREP001", bot.ctx.today, Level.TROIKA)
    assert code not in bot.be("UFMIREP001").command("/ptf").text


def test_a_decision_of_ones_institution_is_told(bot: Bot) -> None:
    code = owing(bot, POOL, bot.ctx.today)
    with bot.ctx.sessions.begin() as session:
        decision = session.scalars(select(Decision).where(Decision.code == code)).one()
        decision.carrier_id = None
        institution = person(bot, EDUCATION).institution_id
        decision.institutions = [each for each in storage.partners.everyone(session) if each.id == institution]
    assert code in bot.be(EDUCATION).command("/ptf").text
    assert code not in bot.be(HEALTH).command("/ptf").text


def test_an_unknown_word_is_answered_with_what_it_may_have_meant_and_the_text_whole(bot: Bot) -> None:
    lead = bot.be(EDUCATION)
    typed = "langeu Le texte qui ne doit pas se perdre"
    reply = lead.command(f"/ptf {typed}")
    assert "Je ne connais pas la commande «\u00a0langeu\u00a0»" in reply.text
    assert typed in reply.text
    lead.click(reply.message, "langue")
    assert "Quelle langue préférez-vous" in lead.ephemerals[-1].text


def test_a_word_like_nothing_leads_to_help(bot: Bot) -> None:
    health = bot.be(HEALTH)
    reply = health.command("/ptf xylophone <!channel> & more")
    assert "I do not know the command “xylophone”" in reply.text
    assert "<!channel>" not in reply.text
    health.click(reply.message, "What I can do")
    assert "*What you can do*" in health.ephemerals[-1].text


def test_a_command_for_the_pool_is_not_suggested_to_others(bot: Bot) -> None:
    assert "config_open" not in action_ids(bot.be(HEALTH).command("/ptf confg").blocks)
    assert "config_open" in action_ids(bot.be(POOL).command("/ptf confg").blocks)


def test_a_text_of_three_thousand_and_one_characters_comes_back_whole(bot: Bot) -> None:
    reply = bot.be(HEALTH).command(f"/ptf {'é' * 3001}")
    said = [block for block in reply.blocks if block["type"] == "rich_text"]
    assert sum(str(block).count("é") for block in said) == 3001
    assert not bot.standin.workspace.refusals


def test_a_meeting_and_a_request_that_wait_for_somebody_are_told_with_what_answers_them(bot: Bot) -> None:
    for who, asked, answers in ((HEALTH, "Who comes?", "meeting_answer"), (POOL, "demande au Pool", "request_answer")):
        reply = bot.be(who).command("/ptf")
        assert asked in reply.text
        assert answers in action_ids(reply.blocks)
        assert len(reply.blocks) <= 50
    health = bot.be(HEALTH)
    health.click(health.home(), "owed_open")
    assert health.view is not None
    assert "Who comes?" in health.view.plain
