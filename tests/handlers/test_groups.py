"""`/ptf groups`: the tree and one group in detail, in both languages, within what the reader may read."""

from __future__ import annotations

from sqlalchemy import delete

import storage.groups
import storage.people
from storage.configuration import Channel
from storage.groups import Group, Kind
from storage.updates import Update
from storage.visibility import Level
from tests.conversation import EDUCATION, GUEST, HEALTH, MEMBER, POOL, Bot
from tests.handlers.speaking import speaking


def code_at(text: str, code: str) -> int:
    """Where the heading of that group begins."""
    return text.index(f"*{code}*")


def test_the_tree_tells_each_group_with_what_stands_below_it(bot: Bot) -> None:
    told = bot.be(EDUCATION).command("/ptf groupes").text
    assert code_at(told, "EAU") < code_at(told, "ECO") < code_at(told, "GFP") < code_at(told, "EDU")
    assert code_at(told, "SAN") < code_at(told, "RSS") < code_at(told, "SR")
    assert "\u2003\u2003↳ *FPT* Formation professionnelle et technique" in told
    assert "Coordination\u00a0: Canada – Éducation (CANADA)" in told
    assert (
        "Coordination\u00a0: Pays-Bas – Santé (PAYS-BAS)\u00a0; suppléance\u00a0: Pays-Bas – Santé (suppléance)" in told
    )
    assert "Co-coordination\u00a0: UNICEF – Éducation (UNICEF)" in told


def test_the_bodies_stand_apart_with_how_often_they_meet(bot: Bot) -> None:
    told = bot.be(EDUCATION).command("/ptf groups").text
    bodies = told.index("*Instances qui se réunissent et décident*")
    assert code_at(told, "EDU") < bodies < code_at(told, "GEC")
    assert "se réunit" in told[bodies:]
    assert "Coordination" not in told[bodies:]


def test_a_dormant_group_and_one_without_coordinator_look_it(bot: Bot) -> None:
    told = bot.be(HEALTH).command("/ptf groups").text
    dormant = told[code_at(told, "PAST") :].partition("\n*")[0]
    assert "⚪ Dormant" in dormant
    urban = told[code_at(told, "URB") :].partition("*E")[0]
    assert "⚠️ No coordinator" in urban
    assert "On demand" in told[code_at(told, "SCAP") :]


def test_the_last_word_is_the_newest_that_the_reader_may_read(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        education = storage.groups.by_code(session, "EDU")
        assert education is not None
        session.execute(delete(Update).where(Update.group_id == education.id))
        for level, day in ((Level.ALL, 2), (Level.TROIKA, 9)):
            session.add(
                Update(
                    group_id=education.id,
                    period=f"2026-0{day}",
                    status=None,
                    visibility=level,
                    language="fr",
                    said_at=bot.ctx.now().replace(year=2026, month=day, day=1),
                )
            )
    for who, month in ((MEMBER, "février"), (POOL, "septembre")):
        told = speaking(bot, who, "fr").command("/ptf groups").text
        assert f"dernières nouvelles le 1er {month} 2026" in told[code_at(told, "EDU") :].partition("\n")[0]
        assert f"1er {month} 2026" in bot.be(who).command("/ptf groups EDU").text


def test_one_group_is_told_in_detail_by_code_or_name(bot: Bot) -> None:
    by_code = bot.be(HEALTH).command("/ptf groups san")
    by_name = bot.be(HEALTH).command("/ptf groups Santé et lutte contre le VIH/sida")
    assert by_code.text == by_name.text
    assert "*SAN* Health and HIV/AIDS" in by_code.text
    assert "In French: Santé et lutte contre le VIH/sida" in by_code.text
    assert "from 1 July 2025 to 30 June 2027" in by_code.text
    assert "Sub-groups: RSS and SR" in by_code.text
    assert "Members: " in by_code.text


def test_who_may_give_the_update_finds_the_button_and_nobody_else_does(bot: Bot) -> None:
    def buttons(who: str, code: str) -> set[str]:
        row = bot.be(who).command(f"/ptf groups {code}").blocks[-1]
        return {element["action_id"] for element in row["elements"]}

    assert buttons(HEALTH, "SAN") == {"update_open", "groups_open", "history_open"}
    assert buttons(EDUCATION, "SAN") == {"groups_open", "history_open"}
    assert buttons(POOL, "GEC") == {"groups_open", "history_open"}


def test_a_mistyped_group_is_answered_with_what_it_may_have_meant(bot: Bot) -> None:
    reply = bot.be(HEALTH).command("/ptf groups SNA")
    assert "Did you mean SAN (Health and HIV/AIDS)" in reply.text
    assert "Vouliez-vous dire EDU" in bot.be(EDUCATION).command("/ptf groups EUD").text


def test_the_menu_and_the_buttons_lead_from_the_tree_to_a_group_and_back(bot: Bot) -> None:
    lead = bot.be(EDUCATION)
    tree = lead.command("/ptf groups").message
    assert tree is not None
    lead.choose(tree, "groups_one", "EAU – Eau et assainissement")
    detail = lead.ephemerals[-1]
    assert "*EAU* Eau et assainissement" in detail.text
    lead.click(detail, "Tous les groupes")
    assert "*SAN*" in lead.ephemerals[-1].text


def test_many_groups_come_in_pages_and_none_is_left_out(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        for number in range(150):
            name = f"Groupe {number} " + "& très long " * 8
            session.add(Group(code=f"ZZ{number}", name_fr=name, name_en="", kind=Kind.THEMATIC, rhythm="weekly"))
    lead = bot.be(EDUCATION)
    message = lead.command("/ptf groups").message
    assert message is not None
    seen, pages = message.text, 1
    while any(element.get("action_id") == "groups_more" for element in message.blocks[-1]["elements"]):
        lead.click(message, "groups_more")
        message = lead.ephemerals[-1]
        seen += message.text
        pages += 1
    assert pages > 2
    assert all(f"*ZZ{number}*" in seen for number in range(150))
    assert len(lead.ephemerals) == 1
    assert not bot.standin.workspace.refusals


def test_without_any_group_it_says_so_in_one_line(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        for table in reversed(Group.metadata.sorted_tables):
            if table.name not in ("people", "configuration", "revision", Channel.__tablename__, "institutions"):
                session.execute(table.delete())
    assert "Aucun groupe" in bot.be(EDUCATION).command("/ptf groups").text


def test_a_guest_is_told_why_not(bot: Bot) -> None:
    assert "*EDU*" not in bot.be(GUEST).command("/ptf groups", channel="espace-gouvernement").text
