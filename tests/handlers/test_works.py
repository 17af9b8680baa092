"""Works in conversation: warned of before two meet, and what became of what the session before recommended."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from handlers import readers, sheets
from handlers.works import recommending
from storage.decisions import Decision, Status
from storage.groups import Group
from storage.visibility import Audience
from storage.works import Work
from tests.conversation import EDUCATION, HEALTH, MEMBER, POOL, Bot, answer
from tests.handlers.test_actions import ids
from tests.handlers.test_decisions import newest, silent

TEXT = "Publier l’exécution trimestre par trimestre & par région."


def found(bot: Bot, code: str) -> Work:
    """The work of that code."""
    with bot.ctx.readings.begin() as session:
        return session.scalars(select(Work).where(Work.code == code)).one()


def group_id(bot: Bot, code: str) -> str:
    """The id of a group, as a form's menu has it."""
    with bot.ctx.readings.begin() as session:
        return str(session.scalars(select(Group.id).where(Group.code == code)).one())


def shown(bot: Bot, who: str, code: str) -> str:
    """The sheet that shows a work whole, as text."""
    person = bot.be(who)
    person.command(f"/ptf work {code}")
    person.choose(None, "work_menu", f"show:{found(bot, code).id}")
    assert person.view is not None
    told = str(person.view.blocks)
    person.close(everything=True)
    return told


def test_two_missions_to_one_place_in_one_week_are_warned_of_before_they_happen(bot: Bot) -> None:
    member = bot.be(MEMBER)
    member.command("/ptf travail")
    member.click(None, "work_add")
    given = {"kind": "mission", "name": "Forages <de Ségou>", "group": group_id(bot, "EAU"), "state": "planned"}
    given |= {"lead": ids(bot, "JAPON")[0], "place": "Markala et segou"}
    assert set(answer(member, **given, begins="15 avril 2027", finishes="1er avril 2027").errors) == {"finishes"}
    assert set(answer(member, **given, begins="continu", finishes="").errors) == {"begins"}
    assert set(answer(member, **given, begins="avril 2027", on_behalf=given["lead"]).errors) == {"on_behalf"}
    assert answer(member, **given, begins="15 avril 2027", finishes="", on_behalf=ids(bot, "FAO")[0]).ok
    assert found(bot, "WRK-2027-008").joint, "one on behalf of another"
    bot.deliver()
    card = bot.told(MEMBER)[-1].plain
    for code in ("WRK-2027-002", "WRK-2027-004"):
        assert f"Same place, same week: {code}" in card
    calendar = member.command("/ptf work calendar Ségou").text
    assert "3 works meet another in the same place and week" in calendar
    assert "Forages &lt;de Ségou&gt;" in calendar
    assert "Forages" in member.command("/ptf work mission Markala").text
    told = bot.be(EDUCATION).command("/ptf travail calendrier T2 2027").text
    assert "même lieu, même semaine que WRK-2027-002 et WRK-2027-004" in told
    assert "Gao" not in told, "the troïka’s own mission is not told to others"
    pool = bot.be(POOL)
    pool.command("/ptf travail")
    pool.click(None, "work_calendar")
    assert pool.last is not None
    assert "Gao" in pool.last.plain
    silent(bot)


def test_a_review_opens_with_what_became_of_the_recommendations_of_the_session_before(bot: Bot) -> None:
    pool, review = bot.be(POOL), found(bot, "WRK-2026-004")
    pool.command("/ptf travail WRK-2026-004")
    pool.choose(None, "work_menu", f"show:{review.id}")
    pool.click(None, "decision_of_work")
    assert answer(pool, text=TEXT, addressee="government", deadline="fin septembre 2027").ok
    noted = newest(bot)
    assert (noted.kind, noted.addressee, noted.work_id) == ("recommendation", "government", review.id)
    assert (noted.decided_on, noted.visibility) == (date(2026, 11, 25), review.visibility)
    pool.close(everything=True)
    bot.deliver()
    card = bot.told(POOL)[-1]
    assert "formulée par WRK-2026-004" in card.plain
    pool.click(card, "decision_done")
    told = shown(bot, HEALTH, "WRK-2027-005")
    assert "What became of those of the session before" in told
    assert TEXT in told
    assert "✅ Done" in told
    with bot.ctx.readings.begin() as session:
        held = session.get_one(Decision, noted.id)
        yesterday = bot.ctx.today - timedelta(days=1)
        assert recommending.states_at(session, [held], yesterday, bot.ctx)[held.id] == Status.OPEN
        assert recommending.states_at(session, [held], bot.ctx.today, bot.ctx)[held.id] == Status.DONE
        scope = sheets.scope(session, bot.ctx, readers.of_document(bot.ctx, "fr", Audience(troika=True)), None)
        sheet = sheets.sheet(next(each for each in sheets.SHEETS if each.name == "decisions"), scope)
        row = next(row for row in sheet.rows if row[0] == noted.code)
        titles = [column.title for column in sheet.columns]
        assert row[titles.index("Adressée à")] == "Le Gouvernement"
        assert row[titles.index("Formulée par")] == "WRK-2026-004"
    history = pool.command(f"/ptf historique {noted.code}").text
    assert "WRK-2026-004" in history
    silent(bot)
