"""Meetings in calendar programs: a person's secret address, a group's, a file; what each shows, and to whom no more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import vobject
from sqlalchemy import update

import storage.meetings
from handlers import feeds
from handlers.feeds import Served
from handlers.reports import ics
from handlers.reports.ics import Event
from storage.groups import Group
from storage.meetings import Meeting, Status
from storage.people import Person, Standing
from storage.visibility import Level
from tests.conversation import EDUCATION, GUEST, HEALTH, POOL, Bot

ADDRESS = "https://ptf.example.org"


def keep(bot: Bot, code: str, body: str, **values: Any) -> None:
    """A meeting of a body."""
    with bot.ctx.sessions.begin() as session:
        group = session.query(Group).where(Group.code == body).one()
        told = {"day": "2027-03-18", "hour": "14:30", "zone": "Africa/Bamako", "duration": 90, "ordinal": 3}
        meeting = Meeting(code=code, group_id=group.id, said_at=bot.ctx.now(), status=Status.CALLED, **(told | values))
        storage.meetings.settle(meeting)
        session.add(meeting)


def made(bot: Bot, who: str) -> str:
    """The path of the new address of that person."""
    person = bot.be(who)
    person.command("/ptf calendrier")
    person.click(None, "calendar_mine")
    assert person.last is not None
    found = re.search(rf"{re.escape(ADDRESS)}(/calendar/\S+\.ics)", person.last.plain)
    assert found is not None
    return found[1]


def events(served: Served | None) -> Sequence[Any]:
    """The events, which two parsers read alike."""
    assert served is not None
    found: Sequence[Any] = icalendar.Calendar.from_ical(served.content).walk("VEVENT")
    calendar: Any = vobject.readOne(served.content.decode())
    other = calendar.contents.get("vevent", [])
    assert [str(each["UID"]) for each in found] == [each.uid.value for each in other]
    assert [str(each["SUMMARY"]) for each in found] == [each.summary.value for each in other]
    return found


def test_an_address_shows_what_its_person_may_read_and_follows(bot: Bot) -> None:
    object.__setattr__(bot.ctx, "address", ADDRESS)
    keep(bot, "X-1", "GEC", place="Résidence, salle B; 2e étage", subject="Réunion, mensuelle")
    keep(bot, "X-2", "GEC", visibility=Level.TROIKA)
    keep(bot, "X-3", "SAN", visibility=Level.GROUP)
    path = made(bot, HEALTH)
    ours = [each for each in events(feeds.serve(bot.ctx, path)) if str(each["UID"]).startswith("x-")]
    assert [str(each["UID"]).partition("@")[0] for each in ours] == ["x-1", "x-3"]
    first = ours[0]
    assert str(first["SUMMARY"]) == "GEC, Réunion, mensuelle"
    assert str(first["LOCATION"]) == "Résidence, salle B; 2e étage"
    assert first["DTSTART"].dt.isoformat() == "2027-03-18T14:30:00+00:00"
    assert (first["DTEND"].dt - first["DTSTART"].dt).total_seconds() == 90 * 60

    with bot.ctx.sessions.begin() as session:
        moved = storage.meetings.by_code(session, "X-1")
        assert moved is not None
        moved.hour, moved.day, moved.version = "", "2027-03-19", 2
        storage.meetings.settle(moved)
        cancelled = storage.meetings.by_code(session, "X-3")
        assert cancelled is not None
        cancelled.status = Status.CANCELLED
    before = feeds.serve(bot.ctx, path)
    again = {str(each["UID"])[:3]: each for each in events(before)}
    assert again["x-1"]["DTSTART"].dt == date(2027, 3, 19)
    assert int(again["x-1"]["SEQUENCE"]) == 2
    assert str(again["x-3"]["STATUS"]) == "CANCELLED"
    assert before == feeds.serve(bot.ctx, path), "nothing in a calendar depends on when it is read"

    newer = made(bot, HEALTH)
    assert feeds.serve(bot.ctx, path) is None
    with bot.ctx.sessions.begin() as session:
        session.execute(update(Person).where(Person.slack_id == HEALTH).values(standing=Standing.DEACTIVATED))
    assert feeds.serve(bot.ctx, newer) is None
    for wrong in ("/calendar/.ics", "/calendar/x.ics", "/calendar/", "/calendar/%00.ics"):
        assert feeds.serve(bot.ctx, wrong) is None


def test_a_groups_address_shows_its_own_meetings_and_is_made_by_who_keeps_them(bot: Bot) -> None:
    object.__setattr__(bot.ctx, "address", ADDRESS)
    keep(bot, "X-1", "EDU", visibility=Level.GROUP)
    keep(bot, "X-2", "EDU", visibility=Level.TROIKA)
    keep(bot, "X-3", "SAN")
    lead = bot.be(EDUCATION)
    lead.command("/ptf calendar")
    lead.click(None, "calendar_group")
    assert lead.last is not None
    path = lead.last.plain.partition(ADDRESS)[2].strip("`\n ")
    ours = [str(each["UID"])[:3] for each in events(feeds.serve(bot.ctx, path)) if str(each["UID"]).startswith("x-")]
    assert ours == ["x-1"]


def test_without_an_address_the_meetings_come_as_a_file(bot: Bot) -> None:
    keep(bot, "X-1", "GEC")
    pool = bot.be(POOL)
    assert "PTF_ADDRESS" in pool.command("/ptf agenda").text
    pool.click(None, "calendar_file")
    bot.deliver()
    file = bot.told(POOL)[-1].files[-1]
    assert file.name == "PTF_reunions.ics"
    assert file.content is not None
    assert b"X-WR-CALNAME" in file.content
    assert "UID:x-1@" in file.content.decode().lower().replace("uid", "UID")
    assert "Pool" in bot.be(GUEST).command("/ptf calendar").text


def test_a_time_stands_with_its_zone_which_the_file_describes() -> None:
    begins = datetime(2027, 7, 1, 14, 30, tzinfo=ZoneInfo("Europe/Brussels"))
    event = Event("a@b", 1, "Réunion", begins, begins + timedelta(hours=1), datetime(2027, 3, 1, tzinfo=UTC))
    told = ics.write("Agenda", [event], ZoneInfo("Europe/Brussels")).decode()
    assert "DTSTART;TZID=Europe/Brussels:20270701T143000" in told
    assert "BEGIN:VTIMEZONE" in told
    read: Any = icalendar.Calendar.from_ical(told).walk("VEVENT")[0]
    assert read["DTSTART"].dt.astimezone(UTC).hour == 12
