"""`ptf-bot forget`: a name goes wherever it stands as data, what was said stays, the coordinator is told, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

import storage.people
from bot import desk
from bot.settings import Settings
from storage.absences import Absence
from storage.contacts import Contact
from storage.decisions import Decision
from storage.models import METADATA
from tests.bot.test_cli import called
from tests.conversation import EDUCATION, HEALTH, POOL, Bot, answer

NAME = "Canada – Éducation"


def kept(bot: Bot) -> str:
    """All that the database holds, as text, but for what was received in the last two days."""
    with bot.ctx.readings.begin() as session:
        return "\n".join(
            str(tuple(row))
            for table in METADATA.sorted_tables
            if table.name not in ("revision", "schedule", "runs")
            for row in session.execute(select(table).order_by(*table.primary_key))
        )


def spoken(bot: Bot) -> None:
    """Somebody who said something, carries a decision, is away, and whom others see."""
    lead, pool = bot.be(EDUCATION), bot.be(POOL)
    lead.command("/ptf maj EDU")
    assert answer(lead, status="on_track", progress="La revue est fixée au 12 juin.").ok
    pool.command(f"/ptf decision GEC Une note suit, préparée par {NAME}.")
    bot.deliver()
    pool.click(bot.told(POOL)[-1], "decision_edit")
    assert answer(pool, carrier=EDUCATION).ok
    with bot.ctx.sessions.begin() as session:
        person = storage.people.by_slack_id(session, bot.ctx.team_id, EDUCATION)
        assert person is not None
        away = {"first": bot.ctx.today, "last": bot.ctx.today + timedelta(days=9), "said_at": bot.ctx.now()}
        session.add(Absence(person_id=person.id, word="opération du genou", **away))
    bot.deliver()


def test_a_person_is_erased_where_they_stand_as_data_and_what_they_said_stays(
    bot: Bot, capsys: pytest.CaptureFixture[str]
) -> None:
    spoken(bot)
    url = bot.ctx.database.engine.url.render_as_string(hide_password=False)
    settings = Settings(database_url=url, language="en", coordinators=frozenset({POOL}))
    before = kept(bot)
    assert desk.forget(settings, EDUCATION, dry_run=True, sure=False) == 0
    assert kept(bot) == before
    assert "Nothing was erased: this is what would happen." in (told := capsys.readouterr().out), told
    asked = called("forget", NAME, DATABASE_URL=url)
    assert (asked.returncode, asked.stdout.splitlines()[-1][-19:]) == (1, "Nothing was erased."), asked.stderr
    assert kept(bot) == before, "nobody typed yes"

    assert desk.forget(settings, NAME.upper(), dry_run=False, sure=True) == 0
    told = capsys.readouterr().out
    assert "Without a carrier from now on: Coordinator of EDU, CANADA" in told
    assert "stay, without their name" in told
    with bot.ctx.readings.begin() as session:
        decision = session.scalars(select(Decision).order_by(Decision.id.desc())).first()
        assert decision is not None
        assert decision.carrier_id is None
        named = told.partition("their name stands in: ")[2].splitlines()[0]
        assert decision.code in named
        contacts = [each for each in session.scalars(select(Contact)) if NAME in each.present]
        assert contacts
        assert all(each.code in named for each in contacts)
        stay = [decision.text, *(each.present for each in contacts)]
    after = kept(bot)
    assert EDUCATION not in after
    assert "genou" not in after
    assert [line for line in after.splitlines() if NAME in line and not any(words in line for words in stay)] == []

    bot.deliver()
    assert "Coordination – EDU" in bot.told(POOL)[-1].plain or "EDU" in bot.told(POOL)[-1].plain
    assert NAME not in bot.told(POOL)[-1].plain
    pool = bot.be(POOL)
    assert "(personne effacée)" in pool.command("/ptf mises-à-jour EDU").text
    assert "Effacement" in pool.command("/ptf historique").text
    assert "(person erased)" in bot.be(HEALTH).command("/ptf history EDU").text

    settled = kept(bot)
    assert desk.forget(settings, EDUCATION, dry_run=False, sure=True) == 1
    assert kept(bot) == settled
    assert "nothing was erased" in capsys.readouterr().err
