"""What anyone can cause by hand, and what only a forger can: a clear sentence in their language, nothing half-kept."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

import storage.configuration
import storage.people
from bot import timetable
from bot.rehearsal.door import Parcel, encoded, signed
from bot.rehearsal.model import Json
from bot.rehearsal.person import Person
from storage.configuration import Channel
from storage.people import Standing
from storage.visibility import Level
from tests.conversation import EDUCATION, HEALTH, POOL, Bot, answer
from tests.handlers.publishing import FRIDAY, publish
from tests.handlers.test_trouble import WORDS, said
from tests.handlers.test_twice import counted

HUGE = "99999999999999999999999"


@pytest.fixture(autouse=True)
def nothing_unexpected(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Nothing of all this is an error of the bot's."""
    yield
    assert [each.getMessage() for each in caplog.records if each.levelno >= logging.ERROR] == []


def heard(person: Person) -> str:
    """What was told to that person last, on a sheet or beside a message."""
    if person.view is not None:
        return person.view.plain
    return person.ephemerals[-1].plain if person.ephemerals else ""


def send(bot: Bot, kind: str, payload: Json) -> Any:
    """Deliver a payload as it is; what came back, as JSON."""
    door = bot.standin.door
    assert door is not None
    receipt = door.send(Parcel(kind, payload), 3)
    assert receipt.status == 200
    return json.loads(receipt.body or "{}")


@pytest.mark.parametrize("nothing", ["", "   ", "\u200b", "\u202e \u200f"])
def test_a_command_without_words_opens_the_form_and_keeps_nothing(bot: Bot, nothing: str) -> None:
    before = counted(bot)
    lead = bot.be(EDUCATION)
    lead.command(f"/ptf update EDU {nothing}")
    assert lead.view is not None
    refused = answer(lead, status="on_track", difficulties="", progress=nothing or " ")
    assert "Veuillez dire ce qui a bougé" in refused.errors["progress"]
    assert counted(bot) == before


@pytest.mark.parametrize("nothing", [" ", "\u200b"])
def test_a_decision_without_words_is_refused_at_its_field(bot: Bot, nothing: str) -> None:
    before = counted(bot)
    pool = bot.be(POOL)
    pool.command("/ptf decision GEC")
    assert pool.view is not None
    sent = pool.submit_values(pool.view, {"text": {"text": {"type": "plain_text_input", "value": nothing}}})
    assert set(sent.errors) == {"text"}
    assert counted(bot) == before


@pytest.mark.parametrize("strange", ["un\x00mot", "un\ud83dmot", "un\x07mot"])
def test_a_sign_that_no_database_keeps_is_left_out(bot: Bot, strange: str) -> None:
    lead = bot.be(EDUCATION)
    lead.command("/ptf update")
    assert lead.submit(status="on_track", difficulties="", progress=strange).ok
    assert "unmot" in said(bot)
    bot.deliver()
    assert "unmot" in bot.told(EDUCATION)[-1].plain


@pytest.mark.parametrize(
    "text", ["مجموعة العمل \u200fحول التعليم 🎓", "👩\u200d🏫 école", "<!channel> <!here> @everyone", '=HYPERLINK("x")']
)
def test_what_people_write_in_a_decision_is_kept_and_shown_as_written(bot: Bot, text: str) -> None:
    pool = bot.be(POOL)
    pool.command("/ptf decision GEC")
    assert pool.submit(text=text).ok
    bot.deliver()
    assert text in bot.told(POOL)[-1].plain
    assert bot.standin.workspace.warnings == []


@pytest.mark.parametrize("action", ["update_edit", "update_withdraw"])
def test_a_button_of_a_message_deleted_meanwhile_still_answers(bot: Bot, action: str) -> None:
    lead = bot.be(EDUCATION)
    lead.command(f"/ptf update EDU {WORDS}")
    bot.deliver()
    card = bot.told(EDUCATION)[-1]
    block = next(block for block in card.blocks if block["type"] == "actions")
    button = next(each for each in block["elements"] if each["action_id"] == action)
    card.deleted = True
    assert lead.act(card, block["block_id"], {"type": "button", **button}).failure is None
    bot.deliver()
    if action == "update_edit":
        assert lead.submit(status="on_track", difficulties="", progress="Corrigé.").ok
        assert "Corrigé." in said(bot)


def test_another_workspace_is_refused_by_click_and_by_form(bot: Bot) -> None:
    lead, payloads = bot.be(EDUCATION), bot.standin.delivery.payloads
    reply = lead.command(f"/ptf update EDU {WORDS}")
    lead.command("/ptf update")
    assert reply.message is not None
    assert lead.view is not None
    before = counted(bot)
    elsewhere = {"team": {"id": "T0OTHER0001", "domain": "other"}}
    button = {"type": "button", "action_id": "update_status_on_track", "value": "1", "block_id": "x"}
    send(bot, "interactive", payloads.actions(lead.user, reply.message, button) | elsewhere)
    assert "autre espace de travail" in lead.ephemerals[-1].plain
    told = send(bot, "interactive", payloads.submission(lead.user, lead.view) | elsewhere)
    assert "autre espace de travail" in str(told["view"])
    assert "another workspace" in str(told["view"]), "in both languages, since nobody knows who it is"
    assert counted(bot) == before


def test_another_workspace_gets_no_home_tab(bot: Bot) -> None:
    lead = bot.be(EDUCATION)
    event = {"type": "app_home_opened", "user": EDUCATION, "channel": "D1", "tab": "home"}
    payload = bot.standin.delivery.payloads.event(event) | {"team_id": "T0OTHER0001"}
    assert send(bot, "event", payload) == {}
    assert bot.standin.workspace.homes.get(lead.id) is None


def test_whose_account_was_closed_is_told_so_and_is_back_once_it_is_open(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        person = storage.people.by_slack_id(session, bot.ctx.team_id, HEALTH)
        assert person is not None
        person.standing = Standing.DEACTIVATED
    user = bot.standin.workspace.user(HEALTH)
    place = bot.standin.workspace.channel("ptf-general")
    user.deleted = True
    payload, _ = bot.standin.delivery.payloads.command(user, place, "/ptf", f"update SAN {WORDS}")
    told = send(bot, "command", payload)
    assert told["text"].startswith("Your account in this workspace is closed")
    assert WORDS in str(told["blocks"])
    user.deleted = False
    assert bot.be(HEALTH).command(f"/ptf update SAN {WORDS}").text.startswith("Recorded")


@pytest.mark.parametrize("age", [-330, 330])
def test_a_right_signature_of_another_time_is_refused(bot: Bot, age: int, caplog: pytest.LogCaptureFixture) -> None:
    lead, place = bot.be(EDUCATION), bot.standin.workspace.channel("ptf-general")
    payload, _ = bot.standin.delivery.payloads.command(lead.user, place, "/ptf", f"update EDU {WORDS}")
    kind, body = encoded(Parcel("command", payload))
    now = float(signed("x", "")["X-Slack-Request-Timestamp"])
    headers = {"Content-Type": kind, **signed(bot.standin.signing_secret, body, at=now + age)}
    assert bot.standin.deliver_raw(body, headers).status == 401
    good = {"Content-Type": kind, **signed(bot.standin.signing_secret, body)}
    assert bot.standin.deliver_raw(body + "%21", good).status == 401
    assert WORDS not in said(bot)
    assert bot.standin.deliver_raw(body, good).status == 200
    assert WORDS in said(bot)
    caplog.clear()


@pytest.mark.parametrize(("language", "cure"), [("fr", "invitez-le"), ("en", "invite it")])
def test_a_digest_for_a_channel_the_bot_is_not_in_is_put_to_the_coordinator_with_the_cure(
    bot: Bot, language: str, cure: str
) -> None:
    closed = bot.standin.workspace.add_channel("ferme", private=False, members=[POOL], bot_in=False)
    with bot.ctx.sessions.begin() as session:
        session.add(Channel(id=closed.id, name="ferme", language=language, level=Level.ALL))
        person = storage.people.by_slack_id(session, bot.ctx.team_id, POOL)
        assert person is not None
        person.language = language
    timetable.tick(bot.ctx)
    bot.at(FRIDAY)
    timetable.tick(bot.ctx)
    bot.deliver()
    told = [message for message in bot.told(POOL) if "#ferme" in message.plain]
    assert len(told) == 1, "once, whatever hangs on it"
    assert cure in told[0].plain
    bot.be(POOL).invite(bot.standin.workspace.bot.id, "ferme")
    bot.be(POOL).click(told[0], "delivery_again")
    bot.deliver()
    heads = [each for each in closed.messages if each.bot_id and each.thread_ts in (None, each.ts)]
    (head,) = [each for each in heads if "/ptf" not in each.plain]
    assert head.plain
    assert any(each.thread_ts == head.ts for each in closed.messages if each is not head), "its thread followed"


def test_a_late_update_whose_digest_was_deleted_in_slack_is_kept_and_the_coordinator_told(bot: Bot) -> None:
    publish(bot)
    head = [message for message in bot.standin.workspace.messages("ptf-general") if message.bot_id][-1]
    head.deleted = True
    bot.at(FRIDAY + timedelta(hours=2))
    bot.be(EDUCATION).command(f"/ptf update EDU {WORDS}")
    bot.deliver()
    assert WORDS in said(bot)
    assert WORDS in bot.told(EDUCATION)[-1].plain
    assert "a été supprimé dans Slack" in bot.told(POOL)[-1].plain
    assert WORDS not in "".join(each.plain for each in bot.standin.workspace.messages("ptf-general"))


def option(value: str) -> Json:
    """A choice in a menu, as Slack names it."""
    return {"value": value, "text": {"type": "plain_text", "text": "x"}}


@pytest.mark.parametrize(
    "action",
    [
        "decisions_more",
        "groups_more",
        "delivery_again",
        "update_edit",
        "update_withdraw",
        "update_restore",
        "decision_edit",
        "decision_done",
        "decision_replace",
        "decision_deadline",
        "config_channel_remove",
        "rotation_open",
    ],
)
def test_a_button_that_carries_no_number_of_ours_is_refused_in_words(bot: Bot, action: str) -> None:
    pool, before = bot.be(POOL), counted(bot)
    message = pool.command("/ptf").message
    assert message is not None
    for value in ("abc", HUGE, "-1", "2²", ""):
        assert pool.act(message, "x", {"type": "button", "action_id": action, "value": value}).failure is None
        assert heard(pool) != message.plain
        assert "erreur" not in heard(pool)
    assert counted(bot) == before


@pytest.mark.parametrize(
    "action",
    [
        "decisions_state",
        "decisions_body",
        "decisions_institution",
        "decision_menu",
        "updates_week",
        "updates_group",
        "groups_one",
        "digest_preview",
        "config_group",
        "mandate_edit",
        "mandates_institution",
    ],
)
def test_a_menu_that_carries_no_choice_of_ours_is_refused_in_words(bot: Bot, action: str) -> None:
    pool, before = bot.be(POOL), counted(bot)
    for value in ("abc", HUGE, "-1", "999999", "2027-W99"):
        message = pool.command("/ptf").message
        assert message is not None
        chosen = option(f"done:{value}" if action == "decision_menu" else value)
        action_sent = {"type": "static_select", "action_id": action, "selected_option": chosen}
        assert pool.act(message, "x", action_sent).failure is None
        assert "erreur" not in heard(pool)
    assert counted(bot) == before


@pytest.mark.parametrize("question", ["group", "period", "status", "visibility"])
def test_a_forged_answer_of_an_update_is_refused_at_its_field(bot: Bot, question: str) -> None:
    pool, before = bot.be(POOL), counted(bot)
    pool.command("/ptf update EDU")
    assert pool.view is not None
    place = next(block["block_id"] for block in pool.view.blocks if block["block_id"].startswith(question))
    progress = next(block["block_id"] for block in pool.view.blocks if block["block_id"].startswith("progress"))
    words = {"progress": {"type": "plain_text_input", "value": WORDS}}
    for value in ("abc", HUGE, "-1", "999999", "none"):
        forged = {question: {"type": "static_select", "selected_option": option(value)}}
        sent = pool.submit_values(pool.view, {progress: words, place: forged})
        assert sent.errors == {place: "Veuillez choisir l’une des réponses proposées."}
    assert counted(bot) == before


@pytest.mark.parametrize("question", ["kind", "body", "institutions", "visibility", "replaces"])
def test_a_forged_answer_of_a_decision_is_refused_at_its_field(bot: Bot, question: str) -> None:
    pool, before = bot.be(POOL), counted(bot)
    pool.command("/ptf decision GEC")
    assert pool.view is not None
    many = question == "institutions"
    kind = "multi_static_select" if many else "static_select"
    words = {"text": {"type": "plain_text_input", "value": WORDS}}
    for value in ("abc", HUGE, "-1", "999999", "none"):
        given = {"selected_options": [option(value)]} if many else {"selected_option": option(value)}
        sent = pool.submit_values(pool.view, {"text": words, question: {question: {"type": kind, **given}}})
        assert sent.errors == {question: "Veuillez choisir l’une des réponses proposées."}
    assert counted(bot) == before


def test_a_forged_day_is_refused_at_its_field(bot: Bot) -> None:
    pool, before = bot.be(POOL), counted(bot)
    pool.command("/ptf decision GEC")
    assert pool.view is not None
    words = {"text": {"type": "plain_text_input", "value": WORDS}}
    for day in ("2027-02-31", "demain", "2027-W09-1", "0000-00-00"):
        forged = {"decided": {"type": "datepicker", "selected_date": day}}
        sent = pool.submit_values(pool.view, {"text": words, "decided": forged})
        assert sent.errors == {"decided": "Ce n’est pas un jour du calendrier."}
    assert counted(bot) == before


@pytest.mark.parametrize("slack_id", ["U0NOBODY001", "x", "USLACKBOT"])
def test_a_forged_person_is_refused_and_nothing_is_kept(bot: Bot, slack_id: str) -> None:
    pool, before = bot.be(POOL), counted(bot)
    pool.command("/ptf decision GEC")
    assert pool.view is not None
    words = {"text": {"type": "plain_text_input", "value": WORDS}}
    forged = {"carrier": {"type": "users_select", "selected_user": slack_id}}
    sent = pool.submit_values(pool.view, {"text": words, "carrier": forged})
    assert sent.failure is None
    assert not sent.ok or len(pool.views) == 2
    assert counted(bot) == before


def test_after_the_reminders_hour_the_clock_moved_back_does_nothing_again(bot: Bot) -> None:
    timetable.tick(bot.ctx)
    bot.at(FRIDAY)
    timetable.tick(bot.ctx)
    before = counted(bot)
    bot.at(FRIDAY - timedelta(hours=9))
    timetable.tick(bot.ctx)
    bot.at(FRIDAY)
    timetable.tick(bot.ctx)
    assert counted(bot) == before
