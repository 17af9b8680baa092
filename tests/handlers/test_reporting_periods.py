"""Reporting periods in conversation: returned and back, validated, reopened, excused; each once, each told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Select, select

from bot.rehearsal.person import NotPossible
from handlers import awaited, export, readers
from handlers.dues import Due
from handlers.language import Speaker
from handlers.reports import sheets
from handlers.updates import owing, returned
from storage import periods
from storage.groups import Group
from storage.history import Change
from storage.people import Person
from storage.reporting_periods import ReportingPeriod, Standing, standing
from storage.updates import Update
from storage.visibility import Audience
from tests.conversation import CHIEF, EDUCATION, HEALTH, MEMBER, POOL, POOL_ASSISTANT, Bot, answer
from tests.handlers.publishing import composed, publish

FRIDAY_NIGHT = datetime(2027, 3, 5, 20, 0, tzinfo=UTC)
REASON = "Dites *combien* de manuels <sont> arrivés & où."
PROGRESS = "Les manuels sont arrivés à Kayes."


def group_of(bot: Bot, code: str) -> Group:
    """The group of that code."""
    with bot.ctx.readings.begin() as session:
        return session.scalars(select(Group).where(Group.code == code)).one()


def choice(bot: Bot, what: str, code: str) -> str:
    """What a ⋯ menu of the list of this week carries."""
    return f"{what}:{group_of(bot, code).id}:2027-W09:2027-W09"


def newest(bot: Bot) -> Update:
    """The update said last."""
    with bot.ctx.readings.begin() as session:
        return session.scalars(select(Update).order_by(Update.id.desc()).limit(1)).one()


def of_week() -> Select[Any]:
    """What was decided of this week's periods."""
    return select(ReportingPeriod).where(ReportingPeriod.period == "2027-W09")


def heard(person: Any) -> str:
    """What that person was told last."""
    return str(person.last.plain)


def opens(lead: Any, told: Any) -> bool:
    """Whether the button of that message opens the form."""
    lead.click(told, "update_edit")
    return lead.view is not None


def silent(bot: Bot) -> None:
    """Slack found nothing to complain of in what the bot sent."""
    assert bot.standin.workspace.warnings == []
    assert bot.standin.workspace.refusals == []


def given(bot: Bot, who: str = EDUCATION, code: str = "EDU") -> Update:
    """An update given in time, then Friday night."""
    bot.be(who).command(f"/ptf update {code} {PROGRESS}")
    bot.deliver()
    bot.at(FRIDAY_NIGHT)
    return newest(bot)


def return_it(bot: Bot, code: str, reason: str = REASON, **answers: Any) -> None:
    """The pool returns what a group said of this week."""
    pool = bot.be(POOL)
    listed = pool.command("/ptf updates")
    pool.choose(listed.message, "updates_menu", choice(bot, "return", code))
    assert pool.view is not None
    assert answer(pool, reason=reason, **answers).ok
    bot.deliver()


def test_an_update_is_returned_edited_told_back_and_validated(bot: Bot) -> None:
    given(bot)
    return_it(bot, "EDU")
    lead, pool = bot.be(EDUCATION), bot.be(POOL)
    assert "renvoyée jusqu’au vendredi 12 mars 2027 à 23:59 (Bamako)" in heard(pool)
    told = bot.told(EDUCATION)[-1]
    assert "Pool Technique – Coordination vous renvoie la mise à jour" in told.plain
    assert REASON in told.plain
    assert "Renvoyée le 5 mars 2027 par Pool Technique – Coordination" in bot.told(EDUCATION)[0].plain
    bot.at(FRIDAY_NIGHT + timedelta(days=3))
    lead.click(told, "update_edit")
    assert answer(lead, status="on_track", progress="12 000 manuels à Kayes.", difficulties="").ok
    bot.deliver()
    back = bot.told(POOL)[-1]
    assert "est revenue, modifiée par Canada – Éducation" in back.plain
    assert "modifiée après clôture le 8 mars 2027" in bot.told(EDUCATION)[0].plain
    pool.click(back, "updates_validate")
    assert "2027-W09" not in heard(pool)
    assert "validée." in heard(pool)
    pool.click(back, "updates_validate")
    assert "l’a déjà validée le 8 mars 2027" in heard(pool)
    bot.deliver()
    assert "seul le Pool Technique la modifie" in bot.told(EDUCATION)[0].plain
    assert not opens(lead, told)
    assert "a été validée le 8 mars 2027" in heard(lead)
    pool.command("/ptf updates EDU")
    pool.click(None, "updates_reopen")
    bot.deliver()
    assert "a rouvert la mise à jour" in bot.told(EDUCATION)[-1].plain
    assert opens(lead, bot.told(EDUCATION)[-1])
    silent(bot)


def test_the_reason_comes_in_the_language_of_the_lead_and_the_term_is_kept(bot: Bot) -> None:
    with bot.ctx.readings.begin() as session:
        health = group_of(bot, "SAN").id
        said = session.scalars(select(Update).where(Update.group_id == health, Update.period == "2027-W09")).first()
    assert said is not None, "the demo world's health group has reported"
    bot.at(FRIDAY_NIGHT)
    return_it(bot, "SAN", until=(FRIDAY_NIGHT + timedelta(days=2)).date())
    told = bot.told(HEALTH)[-1]
    assert "returns the update to you. It can be changed until Sunday 7 March 2027 at 23:59" in told.plain
    assert REASON in told.plain
    bot.at(FRIDAY_NIGHT + timedelta(days=3))
    lead = bot.be(HEALTH)
    lead.click(told, "update_edit")
    assert lead.view is None
    pool = bot.be(POOL)
    listed = pool.command("/ptf updates 2027-W09")
    assert "pas revenue avant le 7 mars 2027" in listed.text
    pool.choose(listed.message, "updates_menu", choice(bot, "validate", "SAN"))
    assert "validée." in heard(pool), "what did not come back in time can be validated as it stands"
    assert "renvoyée" not in bot.be(MEMBER).command("/ptf updates 2027-W09").text
    silent(bot)


def test_a_second_return_of_two_people_and_a_day_that_is_over_change_nothing(bot: Bot) -> None:
    given(bot)
    first, second = bot.be(POOL), bot.be(POOL_ASSISTANT)
    for person in (first, second):
        listed = person.command("/ptf updates")
        person.choose(listed.message, "updates_menu", choice(bot, "return", "EDU"))
    past = answer(first, reason=REASON, until=(FRIDAY_NIGHT - timedelta(days=1)).date())
    assert set(past.errors) == {"until"}
    assert answer(first, reason=REASON, until=FRIDAY_NIGHT.date()).ok
    answer(second, reason="Autre chose.")
    assert second.view is not None
    assert "l’a déjà renvoyée le 5 mars 2027" in second.view.plain
    bot.deliver()
    assert "Autre chose." not in str([message.plain for message in bot.told(EDUCATION)])


def test_all_that_was_received_is_validated_at_once_but_what_is_on_its_way_back(bot: Bot) -> None:
    given(bot)
    pool = bot.be(POOL)
    listed = pool.command("/ptf updates")
    return_it(bot, "EDU")
    listed = pool.command("/ptf updates")
    reply = pool.click(listed.message, "updates_validate_all")
    assert reply.confirm is not None
    assert "mises à jour sont validées" in heard(pool)
    with bot.ctx.readings.begin() as session:
        rows = {row.group_id: row.state for row in session.scalars(of_week())}
    assert rows.pop(group_of(bot, "EDU").id) == Standing.RETURNED
    assert rows
    assert set(rows.values()) == {Standing.VALIDATED}
    assert "validée le 5 mars 2027" in bot.be(CHIEF).command("/ptf updates").text
    silent(bot)


def test_nothing_is_validated_before_its_period_is_over_nor_by_others(bot: Bot) -> None:
    bot.be(EDUCATION).command(f"/ptf update EDU {PROGRESS}")
    pool, lead = bot.be(POOL), bot.be(EDUCATION)
    listed = pool.command("/ptf updates")
    with pytest.raises(NotPossible):
        pool.choose(listed.message, "updates_menu", choice(bot, "validate", "EDU"))
    with pytest.raises(NotPossible):
        lead.choose(lead.command("/ptf updates").message, "updates_menu", choice(bot, "return", "EDU"))


def test_an_excuse_reaches_the_list_the_digest_the_excel_and_who_would_be_reminded(bot: Bot) -> None:
    pool = bot.be(POOL)
    listed = pool.command("/ptf updates")
    pool.choose(listed.message, "updates_menu", choice(bot, "excuse", "EDU"))
    assert answer(pool, reason="Évacuation de l’équipe.").ok
    assert "Évacuation" in pool.command("/ptf updates").text
    seen = bot.be(MEMBER).command("/ptf updates").text
    assert "excused for week 9" in seen or "dispensé pour cette période" in seen
    assert "Évacuation" not in seen
    with bot.ctx.readings.begin() as session:
        owed = {
            each.group.code for each in awaited.among(session, bot.ctx, [group_of(bot, "EDU"), group_of(bot, "ENV")])
        }
        codes = {each.key.split(":")[1] for each in owing.dues(session, bot.ctx, bot.ctx.today, FRIDAY_NIGHT.date())}
    assert "EDU" not in owed | codes
    publish(bot)
    told = composed(bot, Audience(partner=True))
    assert "Dispensés\u00a0: Éducation" in told
    assert "sur 10." in told, "eleven groups were due, one is excused"
    assert missing(bot, Audience(troika=True)) == ["Le groupe était dispensé\u00a0: Évacuation de l’équipe."]
    assert missing(bot, Audience(partner=True)) == ["Le groupe était dispensé."]
    pool.choose(pool.command("/ptf updates 2027-W09").message, "updates_menu", choice(bot, "expect", "EDU"))
    assert missing(bot, Audience(partner=True)) == ["Aucune mise à jour n’a été donnée."]
    silent(bot)


def missing(bot: Bot, audience: Audience) -> list[Any]:
    """Why the education group's week 9 is not in the Excel, for a reader."""
    bot.at(FRIDAY_NIGHT)
    reader = readers.Reader(Speaker("fr", bot.ctx.zone), audience)
    with bot.ctx.readings.begin() as session:
        book = export.workbook(session, bot.ctx, reader, periods.parse("2027-W09"))
        sheet = next(each for each in book.sheets if each.title == "Non reçues")
        return [row[4] for row in sheet.rows if row[0] == "EDU"]


def test_what_is_changed_after_closing_says_so_in_the_excel_and_the_history(bot: Bot) -> None:
    said = given(bot)
    pool = bot.be(POOL)
    pool.command("/ptf updates EDU")
    with bot.ctx.sessions.begin() as session:
        session.scalars(select(Person).where(Person.slack_id == POOL)).one().language = "en"
    return_it(bot, "EDU")
    lead = bot.be(EDUCATION)
    lead.click(bot.told(EDUCATION)[-1], "update_edit")
    assert answer(lead, status="on_track", progress="Corrigé.", difficulties="").ok
    reader = readers.Reader(Speaker("fr", bot.ctx.zone), Audience(troika=True))
    with bot.ctx.readings.begin() as session:
        changes = session.scalars(select(Change).where(Change.kind == "updates", Change.record_id == said.id)).all()
        book = export.workbook(session, bot.ctx, reader, periods.parse("2027-W09"))
        rows = {sheet.title: list(sheet.rows) for sheet in book.sheets}
        titles = {sheet.title: [column.title for column in sheet.columns] for sheet in book.sheets}
    assert changes[-1].after["changed_after_closing"].startswith("2027-03-05T20:00")
    place = titles["Mises à jour"].index("Modifiée après clôture le")
    assert [row[place] for row in rows["Mises à jour"] if row[4] == "Corrigé."] == [FRIDAY_NIGHT]
    fields = [row[6] for row in rows["Historique des changements"]]
    assert "Modifiée après clôture le" in fields
    assert "Raison du renvoi" in fields
    assert isinstance(book, sheets.Workbook)


def test_what_was_returned_is_reminded_of_like_all_that_is_owed_until_it_is_back_or_withdrawn(bot: Bot) -> None:
    said = given(bot)
    return_it(bot, "EDU")
    first, last = FRIDAY_NIGHT.date(), (FRIDAY_NIGHT + timedelta(days=7)).date()

    def owed() -> list[Due]:
        with bot.ctx.readings.begin() as session:
            return list(returned.dues(session, bot.ctx, first, last))

    guide = bot.be(EDUCATION).command("/ptf")
    assert "vous est revenue" in str(guide.blocks)
    (due,) = owed()
    assert (due.day, due.since, due.carriers[0]) == (last, first, said.said_by_id)
    assert not due.readable(Audience(partner=True))
    with bot.ctx.readings.begin() as session:
        text, block = due.told(session, Speaker("en", bot.ctx.zone))
    assert "was returned to you, to be changed by Friday 12 March 2027 at 23:59" in text
    assert block["accessory"]["action_id"] == "update_edit"
    bot.be(EDUCATION).click(bot.told(EDUCATION)[0], "update_withdraw")
    assert owed() == []
    with bot.ctx.readings.begin() as session:
        row = session.scalars(of_week()).one()
    assert (row.state, row.reason) == (Standing.OPEN, ""), "what it was about is gone"


CLOSES = datetime(2027, 3, 5, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("row", "hours", "expected"),
    [
        (None, 0, Standing.OPEN),
        (None, 1, Standing.CLOSED),
        ({"state": "returned", "until": CLOSES + timedelta(hours=2)}, 1, Standing.RETURNED),
        ({"state": "returned", "until": CLOSES + timedelta(hours=2)}, 3, Standing.CLOSED),
        ({"state": "validated"}, 1, Standing.VALIDATED),
        ({"state": "open", "until": CLOSES + timedelta(hours=2)}, 2, Standing.OPEN),
        ({"state": "open", "until": CLOSES + timedelta(hours=2)}, 3, Standing.CLOSED),
        ({"state": "returned", "until": CLOSES - timedelta(hours=2)}, -1, Standing.OPEN),
    ],
)
def test_how_a_period_stands(row: dict[str, Any] | None, hours: int, expected: Standing) -> None:
    decided = None if row is None else ReportingPeriod(**row)
    assert standing(decided, CLOSES, CLOSES + timedelta(hours=hours)) == expected
