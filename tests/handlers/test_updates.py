"""Updates in conversation: the form, the words at once, the card and its changes, the list, the refusals."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

import storage.history
from bot.rehearsal.person import NotPossible
from storage.groups import Group
from storage.outbox import Message
from storage.periods import parse
from storage.updates import Update
from storage.visibility import Level
from tests.conversation import CHIEF, EDUCATION, GUEST, HEALTH, MEMBER, POOL, STRANGER, Bot, answer

FRIDAY_NIGHT = datetime(2027, 3, 5, 20, 0, tzinfo=UTC)
PROGRESS = "Les manuels sont arrivés à Kayes."


def newest(bot: Bot) -> Update:
    """The update said last."""
    with bot.ctx.readings.begin() as session:
        return session.scalars(select(Update).order_by(Update.id.desc()).limit(1)).one()


def count(bot: Bot) -> int:
    """How many updates there are, withdrawn ones too."""
    with bot.ctx.readings.begin() as session:
        return len(session.scalars(select(Update.id)).all())


def silent(bot: Bot) -> None:
    """Slack found nothing to complain of in what the bot sent."""
    assert bot.standin.workspace.warnings == []
    assert bot.standin.workspace.refusals == []


def test_a_lead_answers_the_form_and_gets_a_copy_with_what_can_be_done(bot: Bot) -> None:
    lead = bot.be(EDUCATION)
    lead.command("/ptf maj", "ptf-general")
    assert lead.view is not None
    assert "Éducation" in lead.view.plain
    assert lead.submit(status="on_track", progress=PROGRESS, difficulties="").ok
    assert lead.views == []
    said = newest(bot)
    assert (said.progress, said.status, said.period, said.late) == (PROGRESS, "on_track", "2027-W09", False)
    bot.deliver()
    (card,) = bot.told(EDUCATION)
    assert PROGRESS in card.plain
    assert "Modifier" in card.plain
    assert "Retirer" in card.plain
    silent(bot)


def test_the_form_is_filled_in_from_the_last_update(bot: Bot) -> None:
    with bot.ctx.readings.begin() as session:
        group = session.scalars(select(Group).where(Group.code == "EDU")).one()
        found = select(Update).where(Update.group_id == group.id).order_by(Update.said_at.desc()).limit(1)
        last = session.scalars(found).one()
    lead = bot.be(EDUCATION)
    lead.command("/ptf update")
    assert lead.view is not None
    values = {name.partition("~")[0]: given for name, given in lead.view.values.items()}
    assert values["progress"]["progress"]["value"] == last.progress
    assert values["status"]["status"]["selected_option"]["value"] == last.status


def test_what_is_not_on_track_needs_its_reason_and_the_draft_is_not_lost(bot: Bot) -> None:
    lead = bot.be(EDUCATION)
    lead.command("/ptf update")
    before = count(bot)
    refused = lead.submit(status="at_risk", progress=PROGRESS, difficulties="")
    assert not refused.ok
    assert set(refused.errors) == {"difficulties"}
    assert "pourquoi" in refused.errors["difficulties"]
    assert count(bot) == before
    assert lead.view is not None
    assert lead.submit(difficulties="Les camions manquent.").ok
    assert newest(bot).progress == PROGRESS


def test_nothing_to_report_needs_no_words(bot: Bot) -> None:
    lead = bot.be(EDUCATION)
    lead.command("/ptf update")
    assert lead.submit(status="nothing", progress="", difficulties="", next_steps="", support="").ok
    assert newest(bot).status == "nothing"


def test_words_after_the_command_are_recorded_at_once_then_the_status_is_asked(bot: Bot) -> None:
    lead = bot.be(EDUCATION)
    reply = lead.command(f"/ptf update EDU {PROGRESS}", "ptf-general")
    assert reply.ephemeral
    assert "semaine 9" in reply.text
    assert newest(bot).status is None
    lead.click(reply.message, "update_status_on_track")
    assert newest(bot).status == "on_track"
    assert newest(bot).progress == PROGRESS
    bot.deliver()
    assert PROGRESS in bot.told(EDUCATION)[-1].plain
    silent(bot)


def test_a_status_that_needs_a_reason_opens_the_form(bot: Bot) -> None:
    lead = bot.be(EDUCATION)
    reply = lead.command(f"/ptf update {PROGRESS}")
    lead.click(reply.message, "update_status_off_track")
    assert newest(bot).status is None
    assert lead.submit(difficulties="Plus de carburant.").ok
    assert (newest(bot).status, newest(bot).difficulties) == ("off_track", "Plus de carburant.")


def test_the_same_words_twice_are_kept_once(bot: Bot) -> None:
    lead = bot.be(EDUCATION)
    lead.command(f"/ptf update EDU {PROGRESS}")
    before = count(bot)
    reply = lead.command(f"/ptf update EDU {PROGRESS}")
    assert count(bot) == before
    assert "rien n’a été ajouté" in reply.text
    assert PROGRESS in str(reply.blocks)


def test_a_delivery_that_comes_twice_is_kept_once(bot: Bot) -> None:
    bot.standin.twice = True
    before = count(bot)
    lead = bot.be(EDUCATION)
    lead.command(f"/ptf update EDU {PROGRESS}")
    assert count(bot) == before + 1


def test_the_pool_chooses_the_group_and_the_form_follows(bot: Bot) -> None:
    pool = bot.be(POOL)
    pool.command("/ptf update")
    assert pool.view is not None
    group = next(block["block_id"] for block in pool.view.blocks if block["block_id"].startswith("group"))
    with bot.ctx.readings.begin() as session:
        san = session.scalars(select(Group).where(Group.code == "SAN")).one()
    progress = next(block["block_id"] for block in pool.view.blocks if block["block_id"].startswith("progress"))
    pool.view.values[progress] = {"progress": {"type": "plain_text_input", "value": "Écrit avant de choisir."}}
    pool.choose(pool.view, "group", str(san.id))
    assert pool.view is not None
    after = {name.partition("~")[0]: given for name, given in pool.view.values.items()}
    assert after["group"]["group"]["selected_option"]["value"] == str(san.id)
    assert after["progress"]["progress"]["value"] == "Écrit avant de choisir."
    assert group != next(block["block_id"] for block in pool.view.blocks if block["block_id"].startswith("group"))
    silent(bot)


def test_an_edit_changes_the_card_and_keeps_the_history(bot: Bot) -> None:
    lead = bot.be(EDUCATION)
    lead.command(f"/ptf update EDU {PROGRESS}")
    bot.deliver()
    lead.click(bot.told(EDUCATION)[-1], "update_edit")
    assert lead.submit(status="on_track", progress="Les manuels sont à Kita.").ok
    bot.deliver()
    card = bot.told(EDUCATION)[-1]
    assert "Kita" in card.plain
    assert card.edited
    with bot.ctx.readings.begin() as session:
        changes = storage.history.of_record(session, "updates", newest(bot).id)
    assert [change.action for change in changes] == ["created", "edited"]
    assert changes[1].before["progress"] == PROGRESS
    silent(bot)


def test_two_people_who_edit_one_update_notice_each_other(bot: Bot) -> None:
    lead, pool = bot.be(EDUCATION), bot.be(POOL)
    lead.command(f"/ptf update EDU {PROGRESS}")
    bot.deliver()
    lead.click(bot.told(EDUCATION)[-1], "update_edit")
    pool.command("/ptf update EDU")
    assert answer(pool, status="on_track", progress="Le Pool a corrigé.").ok
    sent = lead.submit(status="on_track", progress="Le groupe a corrigé.")
    assert sent.ok, "the form stays, a sheet lies upon it"
    assert lead.view is not None
    assert "Pool Technique – Coordination" in lead.view.plain
    assert newest(bot).progress == "Le Pool a corrigé."


def test_withdrawn_shows_it_and_can_be_undone(bot: Bot) -> None:
    lead = bot.be(EDUCATION)
    lead.command(f"/ptf update EDU {PROGRESS}")
    bot.deliver()
    card = bot.told(EDUCATION)[-1]
    reply = lead.click(card, "update_withdraw")
    assert reply.confirm is not None
    bot.deliver()
    assert newest(bot).withdrawn
    assert PROGRESS not in bot.told(EDUCATION)[-1].plain
    lead.click(bot.told(EDUCATION)[-1], "update_restore")
    bot.deliver()
    assert not newest(bot).withdrawn
    assert PROGRESS in bot.told(EDUCATION)[-1].plain
    silent(bot)


def test_a_button_on_a_withdrawn_update_says_so_and_changes_nothing(bot: Bot) -> None:
    lead = bot.be(EDUCATION)
    reply = lead.command(f"/ptf update EDU {PROGRESS}")
    bot.deliver()
    lead.click(bot.told(EDUCATION)[-1], "update_withdraw")
    lead.click(reply.message, "update_status_on_track")
    assert newest(bot).status is None
    assert lead.last is not None
    assert "retiré" in lead.last.plain


def test_after_the_digest_it_is_late_and_after_the_next_it_is_closed(bot: Bot) -> None:
    bot.at(FRIDAY_NIGHT)
    lead = bot.be(EDUCATION)
    lead.command(f"/ptf update EDU {PROGRESS}")
    assert newest(bot).late
    bot.deliver()
    bot.at(FRIDAY_NIGHT + timedelta(days=7))
    lead.click(bot.told(EDUCATION)[-1], "update_edit")
    assert lead.view is None
    assert lead.last is not None
    assert "pouvait être modifiée jusqu’au" in lead.last.plain


def test_who_reported_already_writes_for_the_next_period_after_the_digest(bot: Bot) -> None:
    bot.be(EDUCATION).command(f"/ptf update EDU {PROGRESS}")
    bot.at(FRIDAY_NIGHT)
    bot.be(EDUCATION).command("/ptf update EDU Déjà pour la semaine prochaine.")
    assert (newest(bot).period, newest(bot).late) == ("2027-W10", False)


@pytest.mark.parametrize("who", [MEMBER, CHIEF, HEALTH])
def test_others_are_told_who_can_and_get_their_words_back(bot: Bot, who: str) -> None:
    before = count(bot)
    reply = bot.be(who).command(f"/ptf update EDU {PROGRESS}")
    assert count(bot) == before
    assert "Canada – Éducation" in reply.text
    assert PROGRESS in str(reply.blocks)


def test_a_guest_is_refused_and_a_stranger_cannot_click(bot: Bot) -> None:
    before = count(bot)
    reply = bot.be(GUEST).command(f"/ptf update EDU {PROGRESS}")
    assert "invité" in reply.text
    with pytest.raises(NotPossible):
        bot.be(STRANGER).command("/ptf update EDU x")
    assert count(bot) == before


def test_a_mistyped_group_is_asked_back_with_the_words(bot: Bot) -> None:
    before = count(bot)
    reply = bot.be(POOL).command(f"/ptf update EDDU {PROGRESS}")
    assert "EDU" in reply.text
    assert PROGRESS in str(reply.blocks)
    assert count(bot) == before


def test_a_text_of_3001_characters_is_given_back_whole(bot: Bot) -> None:
    before = count(bot)
    reply = bot.be(EDUCATION).command("/ptf update EDU " + "a" * 3001)
    assert "3001" in reply.text
    assert "a" * 2500 in str(reply.blocks)
    assert count(bot) == before


@pytest.mark.parametrize(
    "nasty", ["<!channel> venez", '=HYPERLINK("http://x";"y")', "مجموعة 🎓 العمل", "*gras* `code` & <b>"]
)
def test_what_people_write_is_shown_as_written_and_does_nothing(bot: Bot, nasty: str) -> None:
    bot.be(EDUCATION).command(f"/ptf update EDU {nasty}")
    assert newest(bot).progress == nasty
    bot.deliver()
    assert nasty in bot.told(EDUCATION)[-1].plain
    silent(bot)


def test_mentions_are_stored_as_names(bot: Bot) -> None:
    bot.be(EDUCATION).command(f"/ptf update EDU Vu avec <@{HEALTH}> et <@{POOL}>.")
    assert newest(bot).progress == "Vu avec @Pays-Bas – Santé et @Pool Technique – Coordination."


def test_a_long_update_goes_on_under_its_card_and_an_edit_follows(bot: Bot) -> None:
    lead = bot.be(EDUCATION)
    lead.command("/ptf update")
    long = ("Une phrase assez longue pour compter. " * 75).strip()
    assert lead.submit(status="at_risk", progress=long, difficulties=long, next_steps=long, support=long).ok
    bot.deliver()
    told = bot.told(EDUCATION)
    assert len(told) > 1
    assert all(message.thread_ts == told[0].ts for message in told[1:])
    lead.click(told[0], "update_edit")
    assert lead.submit(difficulties="Court.", next_steps="", support="").ok
    bot.deliver()
    assert "(rien de plus)" in bot.told(EDUCATION)[-1].plain
    silent(bot)


def test_the_list_tells_received_awaited_and_not_expected(bot: Bot) -> None:
    reply = bot.be(CHIEF).command("/ptf mises-a-jour")
    text = "\n".join(str(block) for block in reply.blocks)
    assert "Reçues" in text
    assert "Attendues" in text
    assert "en léthargie" in text
    assert reply.ephemeral
    silent(bot)


def test_the_list_is_narrowed_by_group_and_by_period(bot: Bot) -> None:
    chief = bot.be(CHIEF)
    assert "Éducation" in chief.command("/ptf updates edu").text
    assert "semaine 8" in chief.command("/ptf updates 2027-W08").text
    reply = chief.command("/ptf updates")
    chief.choose(reply.message, "updates_week", "2027-W07")
    assert chief.last is not None
    assert "semaine 7" in chief.last.plain
    silent(bot)


def test_the_list_in_english(bot: Bot) -> None:
    reply = bot.be(HEALTH).command("/ptf updates")
    assert "Awaited" in reply.text
    assert "Attendues" not in reply.text


def test_the_list_shows_no_words_that_are_not_for_the_reader(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        hidden = session.scalars(select(Update).where(Update.period == "2027-W09").limit(1)).one()
        hidden.visibility = Level.TROIKA
        group = session.get_one(Group, hidden.group_id)
    reply = bot.be(MEMBER).command(f"/ptf updates {group.code}")
    assert hidden.progress not in str(reply.blocks)
    listed = bot.be(MEMBER).command("/ptf updates")
    assert "it is not open to you" in str(listed.blocks)


def test_cards_name_their_record_so_that_nothing_is_posted_twice(bot: Bot) -> None:
    lead = bot.be(EDUCATION)
    lead.command(f"/ptf update EDU {PROGRESS}")
    with bot.ctx.readings.begin() as session:
        about = f"updates:{newest(bot).id}"
        cards = session.scalars(select(Message).where(Message.about == about)).all()
    assert [card.key for card in cards] == [f"receipt:{about}:{EDUCATION}"]
    assert parse(newest(bot).period).key == "2027-W09"


def test_the_menu_of_a_message_opens_the_form_with_its_words(bot: Bot) -> None:
    lead = bot.be(EDUCATION)
    written = lead.say("Les manuels & cahiers sont à Gao <!here>.", "gt-education")
    lead.message_shortcut("message_to_update", written)
    assert lead.view is not None
    assert "Les manuels & cahiers sont à Gao" in str(lead.view.values)
    assert lead.submit(status="on_track", difficulties="").ok
    assert newest(bot).progress.startswith("Les manuels & cahiers sont à Gao")
    silent(bot)
