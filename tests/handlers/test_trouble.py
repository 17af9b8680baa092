"""When something breaks while a person speaks: a clear sentence, their text returned, nothing half-kept."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from bot.rehearsal.door import Parcel
from storage.updates import Update
from tests.conversation import EDUCATION, HEALTH, POOL, STRANGER, Bot

WORDS = "Les manuels sont arrivés à Kayes."


def said(bot: Bot) -> list[str]:
    """The progress of every update there is."""
    with bot.ctx.readings.begin() as session:
        return list(session.scalars(select(Update.progress)).all())


@contextmanager
def locked(bot: Bot) -> Iterator[None]:
    """Another program holds the write lock of the database."""
    file = bot.ctx.database.engine.url.database
    assert file is not None
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


def test_a_locked_database_gives_a_command_its_text_back_in_time(bot: Bot) -> None:
    with locked(bot):
        reply = bot.be(EDUCATION).command(f"/ptf update EDU {WORDS}")
    assert reply.failure is None, "within Slack's three seconds"
    assert "La base de données ne répond pas" in reply.text
    assert WORDS in str(reply.blocks)
    assert WORDS not in said(bot)


def test_a_locked_database_leaves_the_form_standing_with_what_was_typed(bot: Bot) -> None:
    lead = bot.be(HEALTH)
    lead.command("/ptf update")
    form = lead.view
    with locked(bot):
        lead.submit(status="on_track", progress=WORDS)
    assert lead.view is not None
    assert "The database does not answer" in lead.view.plain
    lead.close()
    assert lead.view is form
    assert lead.submit().ok
    assert WORDS in said(bot)


@pytest.mark.parametrize("fault", ["ratelimited", "server_error", "reset_before", "timeout"])
def test_a_form_that_slack_does_not_open_is_told_as_such(bot: Bot, fault: str) -> None:
    bot.standin.faults.next("views.open", fault)
    reply = bot.be(EDUCATION).command("/ptf update")
    assert reply.failure is None
    assert "Slack ne nous répond pas correctement" in reply.text


def test_a_trigger_that_was_used_or_expired_is_told_as_such(bot: Bot) -> None:
    lead, place = bot.be(EDUCATION), bot.standin.workspace.channel("ptf-general")
    payload, _ = bot.standin.delivery.payloads.command(lead.user, place, "/ptf", "update")
    door = bot.standin.door
    assert door is not None
    assert door.send(Parcel("command", payload), 3).body == ""
    again = door.send(Parcel("command", payload), 3)
    assert "Slack n’a pas attendu que le formulaire s’ouvre" in json.loads(again.body)["text"]


def test_who_cannot_be_checked_with_slack_is_told_and_gets_the_text_back(bot: Bot) -> None:
    workspace = bot.standin.workspace
    newcomer = workspace.add_user(name="new", real_name="New")
    workspace.channel("ptf-general").members.append(newcomer.id)
    bot.standin.faults.next("users.info", "server_error")
    reply = bot.be("new").command(f"/ptf update EDU {WORDS}", "ptf-general")
    assert "vérifier auprès de Slack" in reply.text
    assert WORDS in str(reply.blocks)


def test_another_workspace_is_refused(bot: Bot) -> None:
    lead = bot.be(EDUCATION)
    place = bot.standin.workspace.channel("ptf-general")
    payload, _ = bot.standin.delivery.payloads.command(lead.user, place, "/ptf", f"update EDU {WORDS}")
    door = bot.standin.door
    assert door is not None
    receipt = door.send(Parcel("command", payload | {"team_id": "T0OTHER0001"}), 3)
    assert "autre espace de travail" in receipt.body
    assert WORDS not in said(bot)


def test_a_bad_or_old_signature_is_refused(bot: Bot) -> None:
    body = "command=%2Fptf&text=update+EDU+x&user_id=UEDULEAD01"
    old = {"X-Slack-Request-Timestamp": "1000000000", "X-Slack-Signature": "v0=" + "0" * 64}
    assert bot.standin.deliver_raw(body, old).status == 401
    assert bot.standin.deliver_raw(body, {}).status == 401


def test_a_stranger_in_a_shared_channel_cannot_click(bot: Bot) -> None:
    reply = bot.be(EDUCATION).command(f"/ptf update EDU {WORDS}")
    assert reply.message is not None
    reply.message.ephemeral_to = bot.standin.workspace.user(STRANGER).id
    block = next(block for block in reply.message.blocks if block["type"] == "actions")
    stranger = bot.be(STRANGER)
    stranger.act(reply.message, block["block_id"], {"type": "button", **block["elements"][0]})
    assert stranger.last is not None
    assert "autre espace de travail" in stranger.last.plain
    with bot.ctx.readings.begin() as session:
        assert session.scalars(select(Update.status).where(Update.progress == WORDS)).one() is None


def test_what_a_form_never_offered_is_refused_at_its_field(bot: Bot) -> None:
    lead = bot.be(EDUCATION)
    lead.command("/ptf update")
    assert lead.view is not None
    strange = {"value": "excellent", "text": {"type": "plain_text", "text": "excellent"}}
    lead.view.values["status"] = {"status": {"type": "static_select", "selected_option": strange}}
    assert lead.submit_values(lead.view, {}).errors == {"status": "Veuillez choisir l’une des réponses proposées."}


@pytest.mark.parametrize("value", ["abc", "999999", "-1"])
def test_a_button_about_nothing_says_so(bot: Bot, value: str) -> None:
    pool = bot.be(POOL)
    reply = pool.command(f"/ptf update EDU {WORDS}")
    assert reply.message is not None
    block = next(block for block in reply.message.blocks if block["type"] == "actions")
    pool.act(
        reply.message, block["block_id"], {"type": "button", "action_id": "update_status_on_track", "value": value}
    )
    assert pool.last is not None
    assert "n’existe plus" in pool.last.plain


def test_a_card_deleted_in_slack_is_told_to_the_coordinator_and_the_change_is_kept(bot: Bot) -> None:
    lead = bot.be(EDUCATION)
    lead.command(f"/ptf update EDU {WORDS}")
    bot.deliver()
    bot.told(EDUCATION)[-1].deleted = True
    lead.command("/ptf update EDU")
    assert lead.submit(status="on_track", difficulties="", progress="Corrigé.").ok
    bot.deliver()
    assert "Corrigé." in said(bot)
    assert "supprimé dans Slack" in bot.told(POOL)[-1].plain


@pytest.mark.parametrize("typed", ["/ptf xyzzy des mots", "/ptf 🎓 مجموعة العمل", "/ptf <!channel> venez"])
def test_an_unknown_word_gives_the_whole_back(bot: Bot, typed: str) -> None:
    reply = bot.be(EDUCATION).command(typed)
    assert "Je ne connais pas la commande" in reply.text
    assert typed.removeprefix("/ptf ") in "".join(
        part["text"]
        for block in reply.blocks
        for outer in block.get("elements", ())
        for part in outer.get("elements", ())
    )
    assert bot.standin.workspace.warnings == []
