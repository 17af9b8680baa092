"""Minutes: drafted in Word, written point by point, circulated, commented on, adopted by silence or by the meeting."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import docx
from sqlalchemy import select

import storage.groups
from bot import timetable
from handlers import minutes, prepared
from storage.decisions import Decision, Kind
from storage.meetings import Adopted, Meeting, Minutes, Status
from tests.conversation import GUEST, MEMBER, POOL, POOL_ASSISTANT, Bot, answer
from tests.handlers.reminders.clockwork import remind, start
from tests.handlers.test_export import fetched
from tests.handlers.test_meetings import CALLED, of

BANK = "UBANQUE001"
FEBRUARY, STEERING = ("GEC", 2027, 2), ("TROIKA", 2027, 3)
JOBS = tuple(job for job in timetable.JOBS if job.run is minutes.settle)


def open_sheet(bot: Bot, who: str, wanted: tuple[str, int, int]) -> str:
    """The sheet of a meeting, found by its code."""
    person, meeting = bot.be(who), of(bot, wanted)
    if person.view is not None:
        person.close(everything=True)
    person.command(f"/ptf réunion {meeting.code}")
    person.choose(None, "meeting_menu", f"show:{meeting.id}")
    assert person.view is not None
    return person.view.plain


def words(bot: Bot, who: str) -> list[str]:
    """What the newest Word file in somebody's direct messages says, a paragraph or a cell each."""
    name, content = fetched(bot, who)
    assert name.endswith(".docx")
    document = docx.Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def prepare(bot: Bot) -> None:
    """Let the worker do all there is to do, and deliver it."""
    while prepared.work(bot.ctx):
        pass
    bot.deliver()


def turn(bot: Bot, days: int) -> None:
    """So many days later, in the morning."""
    timetable.tick(bot.ctx, JOBS)
    bot.at(bot.ctx.now() + timedelta(days=days))
    timetable.tick(bot.ctx, JOBS)
    bot.deliver()


def test_the_draft_holds_all_that_is_known_in_the_language_of_who_asks(bot: Bot) -> None:
    for who, body, told in (
        (POOL, "GEC", ("Compte rendu : GEC, 2e réunion de 2027", "11/14 étaient représentés.", "NON REMPLIS")),
        (BANK, "GEC", ("Minutes: GEC, meeting 2 of 2027", "11/14 represented.", "NOT DONE")),
    ):
        open_sheet(bot, who, (body, 2027, 2))
        bot.be(who).click(None, "minutes_word")
        bot.deliver()
        prepare(bot)
        text = "\n".join(words(bot, who)).replace("\u00a0", " ")
        for each in told:
            assert each in text
        assert "Quatre partenaires n’ont pas rendu leur questionnaire." in text
        bot.be(who).close(everything=True)


def test_minutes_are_written_circulated_commented_on_until_the_day_and_settled_by_silence(bot: Bot) -> None:
    pool, bank = bot.be(POOL), bot.be(BANK)
    open_sheet(bot, POOL, STEERING)
    pool.click(None, "minutes_said")
    assert pool.view is not None
    point = next(each["block_id"] for each in pool.view.blocks if each["block_id"].startswith("point"))
    assert (
        pool.view.blocks[1]["label"]["text"] == "1. Préparation de la rencontre avec le Premier ministre (30\u00a0min)"
    )
    assert answer(pool, **{point: "Adopté."}).ok
    pool.click(None, "minutes_circulate")
    assert "doit être encore à venir" in answer(pool, until="2 mars 2027").errors["until"]
    assert answer(pool, until="dans dix jours", how="silence", words="Merci de relire le point 2.").ok
    bot.deliver()
    with bot.ctx.readings.begin() as session:
        meeting = session.get_one(Meeting, of(bot, STEERING).id)
        until = meeting.comments_until
        assert (meeting.status, meeting.minutes, until) == (Status.MINUTED, Minutes.CIRCULATED, date(2027, 3, 13))
    sent = next(each for each in bot.told(BANK) if each.plain.startswith("📝 *Minutes of TROIKA, meeting 3 of 2027*"))
    assert "*Without objection before the end of Saturday 13 March 2027, they are adopted.*" in sent.plain
    assert "Merci de relire le point 2." in sent.plain
    assert {"Minutes: TROIKA, meeting 3 of 2027", "Adopté."} <= set(words(bot, BANK))
    files = len([file for each in bot.told(BANK) for file in each.files])
    bot.deliver()
    assert len([file for each in bot.told(BANK) for file in each.files]) == files

    bank.click(sent, "minutes_comment")
    assert answer(bank, text="Point 2: ten days, not a week.").ok
    bot.deliver()
    asked = bot.told(POOL_ASSISTANT)[-1]
    assert "Banque mondiale" in asked.plain
    turn(bot, 11)
    assert "Il n’est pas adopté par silence" in bot.told(POOL)[-1].plain
    bank.click(sent, "minutes_comment")
    assert bank.last is not None
    assert "Comments on these minutes were open until Saturday 13 March 2027; nothing was recorded." in bank.last.plain
    bot.be(POOL_ASSISTANT).click(asked, "minutes_comment_taken")
    turn(bot, 1)
    assert "adopted with the comments taken into them" in bot.told(BANK)[-1].plain
    with bot.ctx.readings.begin() as session:
        decision = session.scalars(select(Decision).where(Decision.adopts_id == meeting.id)).one()
        assert (decision.kind, decision.decided_on) == (Kind.ENDORSEMENT, until)
        assert session.get_one(Meeting, meeting.id).adopted_how == Adopted.SILENCE
    turn(bot, 1)
    with bot.ctx.readings.begin() as session:
        assert len(session.scalars(select(Decision).where(Decision.adopts_id == meeting.id)).all()) == 1


def test_the_next_meeting_adopts_them_by_a_decision_that_is_told_where_the_meeting_is_told(bot: Bot) -> None:
    bot.at(bot.ctx.now() + timedelta(days=8, hours=3))
    pool = bot.be(POOL)
    open_sheet(bot, POOL, CALLED)
    pool.click(None, "minutes_adopt")
    assert "Qu’est-ce qui a été amendé" in answer(pool, how="with").errors["words"]
    assert answer(pool, how="without").ok
    bot.deliver()
    told = bot.told(BANK)[-1].plain
    assert "The minutes of GEC, meeting 2 of 2027 are adopted without amendment." in told
    with bot.ctx.readings.begin() as session:
        decision = session.scalars(select(Decision).where(Decision.adopts_id == of(bot, FEBRUARY).id)).one()
        assert decision.meeting_id == of(bot, CALLED).id
        assert f"*{decision.code}*" in told
    pool.close(everything=True)
    sheet = open_sheet(bot, POOL, FEBRUARY).replace("\u00a0", " ")
    assert f"*Compte rendu* : adopté sans amendement le jeudi 11 mars 2027 ({decision.code})" in sheet
    assert "minutes_adopt" not in str(pool.view.blocks if pool.view else "")


def test_circulated_again_in_a_channel_earlier_comments_are_behind_and_silence_adopts(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        session.get_one(Meeting, of(bot, FEBRUARY).id).channel = "CGENERAL01"
    pool = bot.be(POOL)
    assert "*Banque mondiale*" in open_sheet(bot, POOL, FEBRUARY), "it objected to the first circulation"
    pool.click(None, "minutes_circulate")
    assert answer(pool, until="dans dix jours", how="silence", words="Le point 2 est repris.").ok
    bot.deliver()
    bot.deliver()
    in_channel = bot.standin.workspace.messages("CGENERAL01")
    sent = [each for each in in_channel if "nouvelle diffusion" in each.plain]
    assert len(sent) == 1
    assert "Le point 2 est repris." in sent[0].plain
    assert [file.name for reply in sent[0].replies for file in reply.files] == ["Compte_rendu_GEC_2027-02-11.docx"]
    assert not any("circulated again" in each.plain for each in bot.told(BANK))
    turn(bot, 11)
    with bot.ctx.readings.begin() as session:
        meeting = session.get_one(Meeting, of(bot, FEBRUARY).id)
        assert (meeting.status, meeting.adopted_how, meeting.amended) == (Status.ADOPTED, Adopted.SILENCE, False)
        decision = session.scalars(select(Decision).where(Decision.adopts_id == meeting.id)).one()
    assert any(decision.code in each.plain for each in bot.standin.workspace.messages("CGENERAL01"))


def test_amendments_stand_in_the_decision_that_adopts_with_them(bot: Bot) -> None:
    bot.at(bot.ctx.now() + timedelta(days=8, hours=3))
    pool = bot.be(POOL)
    open_sheet(bot, POOL, CALLED)
    pool.click(None, "minutes_adopt")
    assert answer(pool, how="with", words="Point 2 : trois rapports régionaux sont ajoutés.").ok
    bot.deliver()
    assert "trois rapports régionaux sont ajoutés." in bot.told(BANK)[-1].plain
    with bot.ctx.readings.begin() as session:
        meeting = session.get_one(Meeting, of(bot, FEBRUARY).id)
        decision = session.scalars(select(Decision).where(Decision.adopts_id == meeting.id)).one()
        assert meeting.amended
        assert decision.text.endswith("Point 2 : trois rapports régionaux sont ajoutés.")
    pool.close(everything=True)
    assert "adopté avec amendements" in open_sheet(bot, POOL, FEBRUARY)


def test_who_said_nothing_is_reminded_and_who_has_no_part_can_do_nothing(bot: Bot) -> None:
    start(bot)
    remind(bot, bot.ctx.now() + timedelta(days=5, hours=1))
    line = "📝 *Minutes of GEC, meeting 2 of 2027*: without objection before the end of Wednesday 10 March 2027"
    assert line in "".join(each.plain for each in bot.told("UCANADA001"))
    assert "Minutes of GEC, meeting 2 of 2027" not in "".join(each.plain for each in bot.told(BANK)), "it commented"
    sheet = open_sheet(bot, MEMBER, FEBRUARY)
    assert "Circulate again" not in sheet
    assert "*World Bank*\nPoint 2: we asked for the regional reports" in sheet
    assert "Take it in" not in sheet
    listed = bot.be(MEMBER).command("/ptf meetings GEC adopted")
    assert "✅ Minutes adopted without amendment" in listed.text
    with bot.ctx.sessions.begin() as session:
        steering = storage.groups.by_code(session, "TROIKA")
        session.get_one(Meeting, of(bot, FEBRUARY).id).group_id = steering.id if steering else None
    bot.be(MEMBER).click(None, "minutes_comment")
    told = f"{bot.be(MEMBER).view} {bot.told(MEMBER)}"
    assert "Comments on these minutes are for those who sit in " in told
    assert "REU-" not in bot.be(GUEST).command("/ptf réunion GEC").text
