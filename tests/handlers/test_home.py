"""The Home tab: what concerns its reader, in their language, within their rights, in few queries, with every button."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, event, select, update

import handlers
import storage.groups
import storage.mandates
import storage.outbox
import storage.people
from bot.rehearsal.model import View
from storage.actions import Action
from storage.configuration import Channel
from storage.decisions import Decision, Status
from storage.groups import Group
from storage.mandates import Mandate
from storage.people import Person
from storage.updates import Update
from storage.visibility import Level
from tests.conversation import EDUCATION, GUEST, HEALTH, MEMBER, POOL, Bot, answer

MOST_QUERIES = 5


@contextmanager
def counted(bot: Bot) -> Iterator[list[str]]:
    """Whatever the database is asked meanwhile, past SQLAlchemy too; the edges of transactions left out."""
    statements: list[str] = []

    def note(statement: str) -> None:
        if statement.split()[0] not in ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA"):
            statements.append(statement)

    def attend(connection: Any, *_: Any) -> None:
        connection.set_trace_callback(note)

    event.listen(bot.ctx.database.engine, "checkout", attend)
    try:
        yield statements
    finally:
        event.remove(bot.ctx.database.engine, "checkout", attend)
        bot.ctx.database.engine.dispose()


def shown(view: View | None) -> str:
    """Everything a Home tab says."""
    assert view is not None
    return view.plain


def elements(view: View | None) -> list[dict[str, Any]]:
    """Every button and menu."""
    assert view is not None
    accessories = [block["accessory"] for block in view.blocks if "accessory" in block]
    return [*accessories, *(each for block in view.blocks if block["type"] == "actions" for each in block["elements"])]


def silent(bot: Bot, code: str) -> int:
    """Let a group have said nothing; its id."""
    with bot.ctx.sessions.begin() as session:
        group = storage.groups.by_code(session, code)
        assert isinstance(group, Group)
        session.execute(delete(Update).where(Update.group_id == group.id))
        return group.id


@pytest.mark.parametrize("who", [POOL, EDUCATION, MEMBER])
def test_it_opens_in_five_queries_however_many_groups_and_records_there_are(bot: Bot, who: str) -> None:
    somebody = bot.be(who)
    for _ in range(2):
        somebody.home()  # the first look also brings the welcome
    with counted(bot) as few:
        somebody.home()
    with bot.ctx.sessions.begin() as session:
        session.add_all(
            Group(code=f"G{number}", name_fr=f"Groupe {number}", name_en=f"Group {number}") for number in range(60)
        )
        due = {"due_on": bot.ctx.today, "deadline": bot.ctx.today.isoformat()}
        session.execute(update(Decision).values(status=Status.OPEN, done_on=None, **due))
    somebody.home()
    with counted(bot) as many:
        home = somebody.home()
    assert len(many) == len(few) <= MOST_QUERIES, "\n".join(many)
    assert home is not None
    assert len(home.blocks) <= 100
    assert not bot.standin.workspace.refusals


@pytest.mark.parametrize("who", [POOL, EDUCATION])
def test_every_command_has_its_button(bot: Bot, who: str) -> None:
    offered = {each["action_id"] for each in elements(bot.be(who).home())}
    wanted = {f"{each.name}_open" for each in handlers.every_command() if who == POOL or not each.pool_only}
    assert wanted | {"help_open"} <= offered
    assert ("config_open" in offered) == (who == POOL)


def test_a_lead_finds_what_they_owe_their_groups_and_what_comes_next(bot: Bot) -> None:
    group_id = silent(bot, "SAN")
    home = bot.be(HEALTH).home()
    said = shown(home)
    assert "What you owe" in said
    assert "*Health and HIV/AIDS*: the update for week 9" in said
    assert "⏳ update for week 9" in said
    assert "no word yet that you may read" in said
    assert "Deadlines of the next 14 days" in said
    assert "Pool Technique*" not in said
    (give,) = [each for each in elements(home) if each.get("value") == str(group_id)]
    assert (give["action_id"], give["style"]) == ("update_open", "primary")


def test_what_was_recorded_from_it_is_on_it_at_once(bot: Bot) -> None:
    group_id = silent(bot, "EDU")
    lead = bot.be(EDUCATION)
    home = lead.home()
    assert "⏳ mise à jour" in shown(home)
    lead.click(home, "update_open", value=str(group_id))
    assert answer(lead, status="on_track", progress="Les manuels sont livrés.").ok
    home = bot.standin.workspace.homes[EDUCATION]
    assert "✅ mise à jour donnée" in shown(home)
    assert "⏳" not in shown(home)


def test_an_action_is_taken_on_and_done_from_it(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        health = storage.people.by_slack_id(session, bot.ctx.team_id, HEALTH)
        assert health is not None
        action = session.scalars(select(Action).where(Action.carrier_id == health.id)).first()
        assert action is not None
        action.status, action.due_on, action.deadline = "open", bot.ctx.today, bot.ctx.today.isoformat()
        code, number = action.code, action.id
    lead = bot.be(HEALTH)
    home = lead.home()
    assert f"*{code}*: due Wednesday 3 March 2027" in shown(home)
    lead.choose(home, "action_menu", f"acknowledge:{number}")
    home = bot.standin.workspace.homes[HEALTH]
    assert lead.view is None
    assert "Acknowledged" in shown(home)
    lead.choose(home, "action_menu", f"done:{number}")
    assert answer(lead, evidence="The trucks left on Monday.").ok
    assert f"*{code}*" not in shown(bot.standin.workspace.homes[HEALTH])


def test_nobody_reads_there_what_is_not_for_them(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        chosen = session.scalars(select(Decision).where(Decision.withdrawn_at.is_(None))).first()
        assert chosen is not None
        session.execute(update(Decision).values(status=Status.DONE))
        chosen.status, chosen.visibility, chosen.due_on = Status.OPEN, Level.TROIKA, bot.ctx.today
        chosen.said_by_id, chosen.deadline = None, bot.ctx.today.isoformat()
        code = chosen.code
    assert code in shown(bot.be(POOL).home())
    assert code not in shown(bot.be(MEMBER).home())


def test_the_pool_sees_who_is_missing_what_is_overdue_and_what_is_not_set_up(bot: Bot) -> None:
    silent(bot, "SAN")
    with bot.ctx.sessions.begin() as session:
        session.execute(delete(Channel))
        health = storage.groups.by_code(session, "SAN")
        assert health is not None
        session.execute(update(Mandate).where(Mandate.group_id == health.id).values(ends=bot.ctx.today - timedelta(1)))
        due = bot.ctx.today - timedelta(days=1)
        session.execute(update(Decision).values(status=Status.OPEN, due_on=due, deadline=due.isoformat()))
    home = bot.be(POOL).home()
    said = shown(home)
    assert "*SAN* Santé et lutte contre le VIH/sida\u00a0: pas de coordonnateur" in said
    assert "mises à jour sont attendues* jusqu’au vendredi 5 mars 2027" in said
    assert "choses sont en retard" in said
    assert "n’a pas encore de canal" in said
    assert "2 groupes n’ont pas de coordonnateur\u00a0: SAN et URB." in said
    bot.be(POOL).click(home, "config_channel_add")
    assert bot.be(POOL).view is not None


def test_what_could_not_be_delivered_is_one_click_away(bot: Bot) -> None:
    closed = bot.standin.workspace.add_channel("ferme", members=[POOL], bot_in=False)
    with bot.ctx.sessions.begin() as session:
        storage.outbox.put(session, "digest:2027-W09:x", closed.id, {"text": "a", "blocks": []}, bot.ctx.now())
    bot.deliver()
    coordinator = bot.be(POOL)
    home = coordinator.home()
    assert "Un message n’a pas pu être remis" in shown(home)
    coordinator.click(home, "deliveries_open")
    assert coordinator.view is not None
    assert "Réessayer" in coordinator.view.plain


def test_the_last_digest_is_told_with_the_way_to_it_and_slack_is_asked_for_it_once(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        storage.outbox.put(
            session, "digest:2027-W08:CGENERAL01", "CGENERAL01", {"text": "Digest", "blocks": []}, bot.ctx.now()
        )
    assert "aucune n’est encore partie" in shown(bot.be(EDUCATION).home())
    bot.deliver()
    for who, words in ((EDUCATION, "*Dernière synthèse*\u00a0: semaine 8"), (HEALTH, "*Last digest*: week 8")):
        home = bot.be(who).home()
        assert words in shown(home)
        (link,) = [each for each in elements(home) if each["action_id"] == "home_digest"]
        assert link["url"].startswith("https://ptf-mali.slack.com/archives/CGENERAL01/p")


def test_it_speaks_the_language_chosen_there_and_says_whether_one_is_written_to(bot: Bot) -> None:
    health = bot.be(HEALTH)
    health.click(health.home(), "language_open")
    health.click(health.view, "language_fr")
    home = health.home()
    assert "Ce que vous devez" in shown(home)
    health.click(home, "quiet_on")
    assert "Je ne vous écris pas de moi-même" in shown(bot.standin.workspace.homes[HEALTH])


def test_a_guest_finds_a_short_sentence_and_nothing_else(bot: Bot) -> None:
    home = bot.be(GUEST).home()
    assert home is not None
    assert len(home.blocks) == 1
    assert "invité" in shown(home)
    with bot.ctx.readings.begin() as session:
        person = session.scalars(select(Person).where(Person.slack_id == GUEST)).one()
        assert person.welcomed_at is None
