"""Meetings: planned by how often a body meets, called, answered, moved, held; what is noted at one is of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

import storage.conclusions
import storage.meetings
from handlers.meetings import rhythm, settling
from storage.meetings import Meeting, Presence, Status
from storage.visibility import Audience
from tests.conversation import CHIEF, EDUCATION, MEMBER, POOL, POOL_ASSISTANT, Bot, answer
from tests.handlers.reminders.clockwork import remind, start

BANK = "UBANQUE001"
CALLED, MONTHLY = ("GEC", 2027, 3), ("RM", 2027, 3)
"""The meetings of the demo that are called, and only planned."""


def of(bot: Bot, wanted: tuple[str, int, int]) -> Meeting:
    """The meeting of that body and number in the year."""
    with bot.ctx.readings.begin() as session:
        found = session.scalars(select(Meeting).where(Meeting.ordinal == wanted[2])).all()
        codes = {group.id: group.code for group in storage.groups.everyone(session)}
        return next(each for each in found if (codes[each.group_id or 0], each.year) == wanted[:2])


def open_sheet(bot: Bot, who: str, wanted: tuple[str, int, int]) -> str:
    """The sheet of a meeting, from the list of its body."""
    person = bot.be(who)
    person.command(f"/ptf réunion {wanted[0]}")
    person.choose(None, "meeting_menu", f"show:{of(bot, wanted).id}")
    assert person.view is not None
    return person.view.plain


def test_a_meeting_is_planned_by_its_rhythm_called_answered_moved_and_cancelled(bot: Bot) -> None:
    pool, bank = bot.be(POOL), bot.be(BANK)
    pool.command("/ptf réunion")
    assert pool.last is not None
    assert "*Troïka* (toutes les deux semaines) : mardi 16 mars 2027" in pool.last.plain.replace("\u00a0", " ")
    pool.click(None, "La prévoir")
    assert pool.view is not None
    assert pool.view.values["day"]["day"]["value"] == "16 mars 2027"
    assert answer(pool, hour="8h45").ok
    bot.deliver()
    card = bot.told(POOL)[-1]
    assert "TROIKA, 4e réunion de 2027, mardi 16 mars 2027 à 08:45 (Bamako) — Prévue" in card.plain

    pool.click(card, "meeting_call")
    assert "3 sièges" in pool.view.plain
    assert answer(pool, said="Lien : https://meet.example.org/troika").ok
    bot.deliver()
    call = bot.told(BANK)[-1]
    assert call.plain.startswith("📅 *TROIKA, meeting 4 of 2027*\n*When*: Tuesday 16 March 2027 at 08:45 (Bamako)")
    assert not any("TROIKA" in each.plain for each in bot.told(MEMBER))
    assert "personnes sont prévenues" in bot.told(POOL)[-1].plain

    bank.click(call, "meeting_answer")
    assert answer(bank, presence="alternate", subject="Budget support", minutes="15", asks="Choose a date.").ok
    bot.deliver()
    asked = bot.told(POOL)[-1]
    assert "Banque mondiale demande un point à l’ordre du jour de *TROIKA" in asked.plain
    pool.click(asked, "agenda_item_accept")
    bot.deliver()
    assert "✅ À l’ordre du jour de TROIKA, 4e réunion de 2027" in asked.plain
    assert "1. Budget support (15 min, asked for by World Bank)\n     → to be decided: Choose a date." in call.plain

    pool.click(card, "meeting_edit")
    assert answer(pool, day="17 mars 2027", hour="9h").ok
    bot.deliver()
    assert bot.told(BANK)[-1].plain.startswith(
        "📅 *TROIKA, meeting 4 of 2027* is moved: Wednesday 17 March 2027 at 09:00 (Bamako) instead of Tuesday 16 March"
    )
    assert "Wednesday 17 March 2027 at 09:00" in call.plain
    pool.click(card, "meeting_cancel")
    bot.deliver()
    assert "❌ *TROIKA, meeting 4 of 2027*, Wednesday 17 March 2027 at 09:00 (Bamako), is cancelled." in "".join(
        each.plain for each in bot.told(BANK)
    )
    assert call.plain.startswith("❌ *TROIKA, meeting 4 of 2027*: cancelled")


def test_a_call_in_a_channel_stands_only_where_its_readers_may_read_it(bot: Bot) -> None:
    pool = bot.be(POOL)
    open_sheet(bot, POOL, MONTHLY)
    pool.click(None, "meeting_call")
    assert "Je ne suis pas dans ce canal" in answer(pool, channel="CGTGENRE01").errors["channel"]
    assert answer(pool, channel="CGENERAL01").ok
    bot.deliver()
    call = next(each for each in bot.standin.workspace.messages("CGENERAL01") if "RM, 3e" in each.plain)
    assert "*Quand*" in call.plain
    assert "est convoquée dans" in bot.told(POOL)[-1].plain
    pool.close(everything=True)
    pool.click(next(each for each in reversed(bot.told(POOL)) if "REU-" in each.plain), "meeting_edit")
    assert answer(pool, visibility="troika").ok
    bot.deliver()
    assert call.plain == "Cette réunion n’est plus montrée ici."


def test_what_is_noted_at_a_meeting_is_of_it_and_earlier_open_points_stand_on_top(bot: Bot) -> None:
    told = open_sheet(bot, POOL, CALLED)
    assert "*NON REMPLIS*" in told
    assert told.index("GEC-2027-003") < told.index("*État d’exécution* des décisions de GEC, 2e réunion")
    bot.at(bot.ctx.now() + timedelta(days=8, hours=2))
    pool, meeting = bot.be(POOL), of(bot, CALLED)
    pool.close(everything=True)
    open_sheet(bot, POOL, CALLED)
    pool.click(None, "decision_of_meeting")
    assert pool.view is not None
    assert answer(pool, text="Le calendrier des revues est adopté.").ok
    pool.click(None, "action_about")
    assert answer(pool, text="Envoyer le calendrier.").ok
    pool.click(None, "meeting_attendance")
    banks = {option["text"]["text"]: option["value"] for option in _options(pool, "principal")}
    assert answer(
        pool,
        principal=[banks["Banque mondiale"], banks["Canada"]],
        excused=[banks["UNICEF"]],
        names="BM : A. Diallo",
    ).ok
    assert "*Représentés*\u00a0: 2/21" in pool.view.plain
    assert "Banque mondiale (A. Diallo)" in pool.view.plain
    with bot.ctx.readings.begin() as session:
        held = session.get_one(Meeting, meeting.id)
        left = storage.conclusions.of(session, held, Audience(troika=True))
        assert held.status == Status.HELD
        assert [each.text for each in left.decisions] == ["Le calendrier des revues est adopté."]
        assert [each.text for each in left.actions] == ["Envoyer le calendrier."]
        rows = storage.meetings.attendances(session, held.id)
        assert sum(each.presence == Presence.ABSENT for each in rows) == 18


def _options(person: object, block: str) -> list[dict[str, dict[str, str]]]:
    view = person.view  # type: ignore[attr-defined]
    element = next(each["element"] for each in view.blocks if each["block_id"] == block)
    found: list[dict[str, dict[str, str]]] = element["options"]
    return found


def test_the_digest_tells_the_meetings_of_the_next_days_to_whom_they_are_for(bot: Bot) -> None:
    bot.be(MEMBER).command("/ptf synthèse")
    bot.deliver()
    told = "\n".join(each.plain for each in bot.told(MEMBER))
    assert "Meetings of the next 14 days\nGEC, meeting 3 of 2027: Thursday 11 March 2027 at 10:00 (Bamako)" in told
    assert "RM, meeting 3 of 2027: " not in told, "it is in four weeks"


def test_who_may_not_keep_meetings_answers_them_and_is_told_who_can(bot: Bot) -> None:
    told = open_sheet(bot, EDUCATION, CALLED)
    assert "Qui vient, un point…" in told
    assert "Annuler la réunion" not in told
    assert open_sheet(bot, CHIEF, CALLED).count("Annuler la réunion") == 1
    narrow = bot.be(MEMBER).command("/ptf réunion TROIKA")
    assert "TROIKA, " not in narrow.text


def test_each_seat_is_asked_a_week_before_and_who_keeps_the_meetings_is_asked_to_call_and_to_note(bot: Bot) -> None:
    start(bot)
    bot.at(bot.ctx.now() + timedelta(days=1, hours=1))
    remind(bot, bot.ctx.now())
    told = "".join(each.plain for each in bot.told(BANK))
    assert "GEC, meeting 3 of 2027*, Thursday 11 March 2027 at 10:00" in told
    remind(bot, bot.ctx.now() + timedelta(days=8))
    noted = "".join(each.plain for each in bot.told(POOL_ASSISTANT))
    assert "GEC, 3e réunion de 2027*, jeudi 11 mars 2027 à 10:00 (Bamako)\u00a0: a-t-elle eu lieu" in noted


@pytest.mark.parametrize(
    ("words", "last", "following"),
    [
        ("mensuelle ; extraordinaires selon le besoin", date(2027, 2, 11), date(2027, 3, 11)),
        ("tous les deux mois, naguère trimestrielle", date(2027, 1, 14), date(2027, 3, 11)),
        ("quarterly", date(2027, 1, 13), date(2027, 4, 14)),
        ("every two weeks", date(2027, 3, 2), date(2027, 3, 16)),
        ("annuelle, en janvier", date(2027, 1, 21), date(2028, 1, 20)),
        ("monthly", date(2027, 1, 29), date(2027, 3, 26)),
    ],
)
def test_the_next_day_follows_from_the_words_and_the_last_meeting(words: str, last: date, following: date) -> None:
    said = rhythm.read(words)
    assert said is not None
    assert rhythm.following(said, last, date(2027, 3, 3), lambda day: day.weekday() < 5) == following


def test_words_without_a_rhythm_propose_nothing_and_points_are_read_a_line_each() -> None:
    assert rhythm.read("sur demande du GEC") is None
    read = settling.read("1. Programme de travail (20 min) → valider\n- Divers\n\nIII. Tour de table – 1 h, 30 min")
    assert [(each.subject, each.minutes, each.asks) for each in read] == [
        ("Programme de travail", 20, "valider"),
        ("Divers", None, ""),
        ("Tour de table – 1 h", 30, ""),
    ]
