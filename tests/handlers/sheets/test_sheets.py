"""The sheets over the demo world: what each holds, for whom, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import storage.decisions
import storage.history
import storage.updates
from bot.rehearsal.workspace import HOME_TEAM
from bot.rehearsal.world import WORLD
from bot.seed import seed
from handlers import described, readers, sheets
from handlers.context import Context
from handlers.language import Speaker
from handlers.readers import Reader
from handlers.reports.report import Mark
from handlers.reports.sheets import Value
from storage import groups, lives, periods
from storage.database import Database
from storage.groups import Group
from storage.history import By, Origin
from storage.periods import Period, Rhythm
from storage.updates import Update
from storage.visibility import Audience, Level
from tests.conversation import Bot

EVERYTHING = Audience(troika=True, partner=True)
PARTNER = Audience(partner=True)
GOVERNMENT = Audience()


def rows(
    bot: Bot, name: str, audience: Audience | None = EVERYTHING, language: str = "en", span: Period | None = None
) -> list[dict[str, Value]]:
    """The rows of a sheet, each as field -> value."""
    with bot.ctx.readings.begin() as session:
        return read(bot, session, name, Reader(Speaker(language, bot.ctx.zone), audience), span)


def read(bot: Bot, session: Session, name: str, reader: Reader, span: Period | None = None) -> list[dict[str, Value]]:
    """The same within a session."""
    scope = sheets.scope(session, bot.ctx, reader, span)
    register = next(each for each in sheets.SHEETS if each.name == name)
    fields = [column.name for column in register.columns]
    return [dict(zip(fields, row, strict=True)) for row in sheets.sheet(register, scope).rows]


def group(session: Session, code: str) -> Group:
    """The group of that code."""
    found = groups.by_code(session, code)
    assert found is not None
    return found


def said(bot: Bot, code: str, period: str, **values: Any) -> int:
    """One more update; its id."""
    with bot.ctx.sessions.begin() as session:
        update = Update(
            **{"group_id": group(session, code).id, "period": period, "said_at": bot.ctx.now(), "status": "on_track"}
            | values
        )
        session.add(update)
        session.flush()
        storage.history.created(session, update, By(None, bot.ctx.now(), Origin.FORM))
        return update.id


def changed(bot: Bot, update_id: int, **values: Any) -> None:
    """A change of an update with its line of history."""
    with bot.ctx.sessions.begin() as session:
        update = storage.updates.by_id(session, update_id)
        assert update is not None
        before = storage.history.facts(update)
        for name, value in values.items():
            setattr(update, name, value)
        session.flush()
        storage.history.changed(session, update, before, By(None, bot.ctx.now(), Origin.BUTTON))


def words(found: Sequence[dict[str, Value]]) -> str:
    """Everything in the rows, one text."""
    return "\n".join(str(value) for row in found for value in row.values())


@pytest.mark.parametrize("name", ["updates", "decisions"])
def test_a_partner_reads_neither_the_troïka_s_records_nor_those_of_other_groups(bot: Bot, name: str) -> None:
    levels = {row["visibility"] for row in rows(bot, name, PARTNER)}
    assert levels == {"All PTF", "Open to the Government"}
    assert "Troïka and pool" in {row["visibility"] for row in rows(bot, name, EVERYTHING)}


@pytest.mark.parametrize("name", ["updates", "decisions", "history"])
def test_a_reader_of_whom_nothing_is_known_gets_no_row(bot: Bot, name: str) -> None:
    assert rows(bot, name, None) == []


def test_the_government_reads_what_is_open_to_it_and_nothing_of_who_owes_reports(bot: Bot) -> None:
    assert {row["visibility"] for row in rows(bot, "updates", GOVERNMENT)} == {"Open to the Government"}
    with bot.ctx.readings.begin() as session:
        scope = sheets.scope(session, bot.ctx, Reader(bot.ctx.speaker, GOVERNMENT), None)
        assert "missing" not in [each.name for each in sheets.SHEETS if each.is_for(scope)]


def test_a_member_of_a_group_reads_its_records_and_the_history_of_them(bot: Bot) -> None:
    with bot.ctx.readings.begin() as session:
        number = group(session, "EDU").id
    text = "Only for the group of education"
    changed(bot, said(bot, "EDU", "2027-W09", visibility=Level.GROUP, progress="x"), progress=text)
    for name in ("updates", "history"):
        assert text in words(rows(bot, name, Audience(partner=True, groups=frozenset({number}))))
        assert text not in words(rows(bot, name, PARTNER))


def test_what_was_written_before_a_record_was_opened_is_not_told_in_the_history(bot: Bot) -> None:
    update = said(bot, "EDU", "2027-W09", visibility=Level.TROIKA, progress="first")
    changed(bot, update, progress="still secret")
    changed(bot, update, progress="fit for all", visibility=Level.ALL)
    changed(bot, update, progress="later words")
    told = [row for row in rows(bot, "history", PARTNER) if "later words" in words([row])]
    assert [(row["field"], row["before"], row["after"]) for row in told] == [("Progress", "fit for all", "later words")]
    assert "still secret" not in words(rows(bot, "history", PARTNER))
    assert "still secret" in words(rows(bot, "history", EVERYTHING))


@pytest.mark.parametrize(
    ("language", "field", "before", "after", "what"),
    [("en", "Status", "On track", "At risk", "Change"), ("fr", "Statut", "En bonne voie", "À risque", "Modification")],
)
def test_a_change_is_told_in_words_before_and_after(
    bot: Bot, language: str, field: str, before: str, after: str, what: str
) -> None:
    changed(bot, said(bot, "EDU", "2027-W09"), status="at_risk")
    newest = rows(bot, "history", language=language)[0]
    assert (newest["field"], newest["before"], newest["after"]) == (field, before, after)
    assert newest["action"] == what
    assert "EDU" in str(newest["record"])


def test_what_was_withdrawn_stands_in_no_sheet_but_whole_in_the_history(bot: Bot) -> None:
    update = said(bot, "EDU", "2027-W09", progress="A slip of the pen")
    changed(bot, update, withdrawn_at=bot.ctx.now())
    assert "A slip of the pen" not in words(rows(bot, "updates"))
    newest, *_, oldest = [row for row in rows(bot, "history") if row["at"] == bot.ctx.now()]
    assert newest["action"] == "Withdrawal"
    assert "Progress: A slip of the pen" in str(oldest["after"])


def test_only_groups_that_owed_stand_among_what_was_not_received(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        dormant, on_demand, young, weekly = (group(session, code) for code in ("JUS", "EAR", "ENV", "INF"))
        asleep, awake = bot.ctx.today - timedelta(days=70), bot.ctx.today - timedelta(days=30)
        for day, state in ((asleep, groups.State.DORMANT), (awake, groups.State.ACTIVE)):
            lives.change(session, lives.of_group(session, dormant), day, {"state": state})
        on_demand.rhythm = Rhythm.ON_DEMAND
        young.created_on = bot.ctx.today - timedelta(days=10)
        assert weekly.owes
    found = rows(bot, "missing")
    codes = {row["group"] for row in found}
    assert "INF" in codes
    assert not codes & {"EAR"}
    closed = {row["closed"].date() for row in found if row["group"] == "JUS"}  # type: ignore[union-attr]
    assert min(closed) < asleep < awake < max(closed)
    assert not [day for day in closed if asleep <= day <= awake + timedelta(days=6)]
    assert "ENV" not in {row["group"] for row in found if row["closed"] < bot.ctx.now() - timedelta(days=10)}  # type: ignore[operator]


def test_a_period_is_missing_once_it_is_closed_and_until_something_comes(bot: Bot) -> None:
    def missing() -> set[tuple[Value, Value]]:
        return {(row["group"], row["period"]) for row in rows(bot, "missing")}

    def period(key: str) -> str:
        return Speaker("en", bot.ctx.zone).period(periods.parse(key))

    assert ("INF", period("2027-W08")) in missing()
    assert ("INF", period("2027-W09")) not in missing()
    bot.at(datetime.combine(periods.parse("2027-W09").last, datetime.min.time(), bot.ctx.zone))
    assert ("INF", period("2027-W09")) in missing()
    update = said(bot, "INF", "2027-W09", visibility=Level.TROIKA)
    assert ("INF", period("2027-W09")) not in missing()
    changed(bot, update, withdrawn_at=bot.ctx.now())
    reasons = {row["period"]: row["reason"] for row in rows(bot, "missing") if row["group"] == "INF"}
    assert reasons[period("2027-W09")] == "An update was given, then withdrawn."
    urban = next(row for row in rows(bot, "missing") if row["group"] == "URB")
    assert (urban["reason"], urban["coordinator"]) == ("The group had no coordinator.", None)


def test_nothing_was_owed_before_the_registers_began(bot: Bot) -> None:
    with bot.ctx.readings.begin() as session:
        first = session.scalars(select(Update.said_at).order_by(Update.said_at)).first()
    assert first is not None
    assert all(row["closed"] > first for row in rows(bot, "missing"))  # type: ignore[operator]


def test_a_decision_that_is_replaced_looks_it_unless_the_other_is_hidden(bot: Bot) -> None:
    found = {row["code"]: row for row in rows(bot, "decisions", PARTNER)}
    replaced = next(row for row in found.values() if row["replaced_by"])
    assert replaced["status"] == Mark(f"Replaced by {replaced['replaced_by']}", replaced["status"].tone)  # type: ignore[union-attr]
    assert found[replaced["replaced_by"]]["replaces"] == replaced["code"]
    with bot.ctx.sessions.begin() as session:
        decision = storage.decisions.by_code(session, str(replaced["replaced_by"]))
        assert decision is not None
        decision.visibility = Level.TROIKA
    hidden = {row["code"]: row for row in rows(bot, "decisions", PARTNER)}[replaced["code"]]
    assert hidden["replaced_by"] is None
    assert hidden["status"].text == "Replaced"  # type: ignore[union-attr]


def test_sub_groups_stand_under_their_group_and_the_bodies_last(bot: Bot) -> None:
    found = rows(bot, "groups")
    codes = [row["code"] for row in found]
    for row in found:
        if row["parent"]:
            assert codes.index(row["parent"]) < codes.index(row["code"])
    kinds = [row["kind"] for row in found]
    assert "Body" not in kinds[: kinds.index("Body")]
    assert set(kinds[kinds.index("Body") :]) == {"Body"}
    urban = found[codes.index("URB")]
    assert urban["state"].text == "Active, without coordinator"  # type: ignore[union-attr]


def test_the_weeks_are_26_without_a_gap_and_count_what_the_reader_may_read(bot: Bot) -> None:
    found = rows(bot, "weeks")
    assert [row["week"] for row in found][-2:] == ["2027-W08", "2027-W09"]
    assert len(found) == 26
    before = found[-1]["at_risk"]
    said(bot, "EDU", "2027-W09", status="at_risk", visibility=Level.TROIKA)
    assert rows(bot, "weeks")[-1]["at_risk"] == before + 1  # type: ignore[operator]
    assert rows(bot, "weeks", PARTNER)[-1]["at_risk"] <= before  # type: ignore[operator]


def test_a_span_narrows_every_sheet_of_what_was_said(bot: Bot) -> None:
    year = periods.parse("2026")
    updates = rows(bot, "updates", span=year)
    assert 0 < len(updates) < len(rows(bot, "updates"))
    assert all("2027" not in str(row["code"]) for row in rows(bot, "decisions", span=year))
    assert all(row["at"].year == 2026 for row in rows(bot, "history", span=year))  # type: ignore[union-attr]
    assert rows(bot, "weeks", span=year)[-1]["week"] == "2026-W53"
    assert all(row["closed"].year == 2026 for row in rows(bot, "missing", span=periods.parse("2026-06")))  # type: ignore[union-attr]


def test_every_heading_is_in_both_languages_and_none_twice(bot: Bot) -> None:
    with bot.ctx.readings.begin() as session:
        for language in ("fr", "en"):
            reader = readers.of_document(bot.ctx, language, EVERYTHING)
            scope = sheets.scope(session, bot.ctx, reader, None)
            for register in sheets.SHEETS:
                titles = [column.title for column in sheets.sheet(register, scope).columns]
                assert len(set(titles)) == len(titles)


def test_every_sheet_is_read_from_either_database_for_every_reader(database: Database) -> None:
    with database.sessions.begin() as session:
        seed(session, WORLD, HOME_TEAM.id)
    ctx = Context(database, lambda: WORLD.today, ZoneInfo("Africa/Bamako"), "fr", HOME_TEAM.id)
    for audience in (EVERYTHING, PARTNER, GOVERNMENT, Audience(partner=True, groups=frozenset({1}), person_id=1)):
        with ctx.readings.begin() as session:
            scope = sheets.scope(session, ctx, Reader(ctx.speaker, audience), periods.parse("2027"))
            counts = {each.name: sum(1 for _ in sheets.sheet(each, scope).rows) for each in sheets.SHEETS}
        assert all(count for name, count in counts.items() if name not in {*described.BY_TABLE, "division"})
    with ctx.readings.begin() as session:
        scope = sheets.scope(session, ctx, Reader(ctx.speaker, EVERYTHING), None)
        assert [each.name for each in sheets.SHEETS if not sum(1 for _ in sheets.sheet(each, scope).rows)] == []


def test_a_group_was_last_heard_when_the_reader_could_hear_it(bot: Bot) -> None:
    said(bot, "EDU", "2027-W09", visibility=Level.TROIKA)
    heard = {
        audience: {row["code"]: row["heard"] for row in rows(bot, "groups", audience)}
        for audience in (EVERYTHING, PARTNER)
    }
    assert heard[EVERYTHING]["EDU"] == bot.ctx.now()
    assert heard[PARTNER]["EDU"] < bot.ctx.now()  # type: ignore[operator]
