"""The timetable: right times in the zone, once for any number of processes, once and late after an outage."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import storage.configuration
import storage.outbox
import storage.received
import storage.schedule
from bot import timetable, upkeep
from bot.rehearsal.clock import Clock
from bot.timetable import Job
from handlers.context import Context
from storage.configuration import Configuration
from storage.database import Database, connect
from storage.outbox import Sort

WEDNESDAY = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)
FRIDAY = datetime(2027, 3, 5, 16, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


def prepared(database: Database, clock: Clock, files: Path = Path("exports")) -> Context:
    """A context on a database with its first settings."""
    with database.sessions.begin() as session:
        storage.configuration.prepare(session, "Africa/Bamako", None, "fr")
    return Context(database, clock.now, ZoneInfo("Africa/Bamako"), "fr", "T1", files=files)


def change(ctx: Context, **values: object) -> None:
    """What a coordinator does in the settings."""
    with ctx.sessions.begin() as session:
        settings = storage.configuration.current(session)
        for name, value in values.items():
            setattr(settings, name, value)


def writing(name: str = "digest", rule: Callable[[Configuration], str] = timetable.digest_rule) -> Job:
    """A job that puts one message into the outbox, which tells when it was due."""

    def run(session: Session, ctx: Context, due: datetime) -> None:
        assert storage.outbox.put(session, f"{name}:{due:%m-%d %H:%M}", "C1", {"text": "x"}, ctx.now())

    return Job(name, rule, run)


def written(ctx: Context) -> list[str]:
    """The keys in the outbox."""
    with ctx.readings.begin() as session:
        return [each.key for each in storage.outbox.troubled(session, storage.outbox.State.WAITING)]


def local(rule: str, instant: datetime, zone: str) -> str:
    """The next time of a rule, as the clocks of a zone show it."""
    return f"{timetable.next_after(rule, instant).astimezone(ZoneInfo(zone)):%a %d %b %H:%M %z}"


def test_friday_is_friday() -> None:
    assert timetable.next_after("fri 16:00 Africa/Bamako", WEDNESDAY) == FRIDAY
    assert timetable.next_after("fri 16:00 Africa/Bamako", FRIDAY) == FRIDAY + WEEK
    assert timetable.next_after("daily 09:00 Africa/Bamako", WEDNESDAY) == WEDNESDAY + timedelta(days=1)


def test_the_hour_stays_the_same_when_clocks_change() -> None:
    winter, brussels = datetime(2027, 3, 26, 15, 0, tzinfo=UTC), "Europe/Brussels"
    rule = f"fri 16:00 {brussels}"
    assert local(rule, winter - timedelta(seconds=1), brussels) == "Fri 26 Mar 16:00 +0100"
    assert local(rule, winter, brussels) == "Fri 02 Apr 16:00 +0200"
    assert local(rule, datetime(2027, 10, 29, 12, 0, tzinfo=UTC), brussels) == "Fri 29 Oct 16:00 +0200"
    assert local(rule, datetime(2027, 10, 29, 15, 0, tzinfo=UTC), brussels) == "Fri 05 Nov 16:00 +0100"


def test_an_hour_that_does_not_exist_or_comes_twice_is_once_a_day() -> None:
    rule, brussels = "daily 02:30 Europe/Brussels", ZoneInfo("Europe/Brussels")
    for eve in (datetime(2027, 3, 26, 12, 0, tzinfo=UTC), datetime(2027, 10, 29, 12, 0, tzinfo=UTC)):
        times = [eve]
        for _ in range(5):
            times.append(timetable.next_after(rule, times[-1]))
        days = [each.astimezone(brussels).date() for each in times[1:]]
        assert days == [eve.date() + timedelta(days=number) for number in range(1, 6)]


def test_every_hour_is_every_hour_when_clocks_change() -> None:
    for eve in (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), datetime(2027, 10, 30, 22, 30, tzinfo=UTC)):
        times = [eve]
        for _ in range(4):
            times.append(timetable.next_after("hourly :30 Europe/Brussels", times[-1]))
        assert times == [eve + timedelta(hours=number) for number in range(5)]


def test_the_rules_follow_the_settings() -> None:
    settings = Configuration(
        zone="Africa/Bamako",
        digest_weekday="fri",
        digest_hour="16:00",
        reminder_hour="09:00",
        reminders=True,
        approval=True,
        approval_hours=3,
    )
    rules = {job.name: job.rule(settings) for job in timetable.JOBS}
    assert rules == {
        "absences": "hourly :00 Africa/Bamako",
        "groups": "daily 00:01 Africa/Bamako",
        "mandates": "daily 09:00 Africa/Bamako",
        "plans": "daily 09:00 Africa/Bamako",
        "remind": "hourly :00 Africa/Bamako",
        "review": "daily 09:00 Africa/Bamako",
        "minutes": "daily 09:00 Africa/Bamako",
        "nudge": "fri 09:00 Africa/Bamako",
        "digest": "fri 16:00 Africa/Bamako",
        "postponed": "once",
        "draft": "fri 13:00 Africa/Bamako",
        "draft_nudge": "fri 15:30 Africa/Bamako",
        "search": "hourly :45 Africa/Bamako",
        "upkeep": "daily 03:00 Africa/Bamako",
    }
    settings.digest_weekday, settings.digest_hour, settings.reminders = "mon", "09:00", False
    assert timetable.nudge_rule(settings) == "sun 09:00 Africa/Bamako"
    assert timetable.reminder_rule(settings) == ""


@pytest.mark.parametrize(
    ("weekday", "hour", "hours", "draft", "nudge"),
    [
        ("fri", "11:00", 3, "fri 08:00", "fri 10:30"),
        ("mon", "01:00", 3, "sun 22:00", "mon 00:30"),
        ("wed", "00:15", 24, "tue 00:15", "tue 23:45"),
    ],
)
def test_the_draft_is_due_so_long_before_the_digest_on_whichever_day_that_is(
    weekday: str, hour: str, hours: int, draft: str, nudge: str
) -> None:
    settings = Configuration(zone="UTC", digest_weekday=weekday, digest_hour=hour, approval=True, approval_hours=hours)
    assert (timetable.draft_rule(settings), timetable.draft_nudge_rule(settings)) == (f"{draft} UTC", f"{nudge} UTC")
    settings.approval = False
    assert timetable.draft_rule(settings) == timetable.draft_nudge_rule(settings) == ""


def test_it_happens_at_its_time_and_once(database: Database) -> None:
    clock = Clock(WEDNESDAY)
    ctx, jobs = prepared(database, clock), (writing(),)
    assert timetable.tick(ctx, jobs) == 0
    assert timetable.next_runs(ctx) == {"digest": FRIDAY}
    clock.set(FRIDAY - timedelta(seconds=1))
    assert timetable.tick(ctx, jobs) == 0
    clock.set(FRIDAY)
    assert timetable.tick(ctx, jobs) == 1
    assert timetable.tick(ctx, jobs) == 0
    assert written(ctx) == ["digest:03-05 16:00"]
    assert timetable.next_runs(ctx) == {"digest": FRIDAY + WEEK}


def test_after_an_outage_it_happens_once_and_is_told_the_newest_time_it_missed(database: Database) -> None:
    clock = Clock(WEDNESDAY)
    ctx, jobs = prepared(database, clock), (writing(), writing("remind", timetable.reminder_rule))
    timetable.tick(ctx, jobs)
    clock.set(FRIDAY + 3 * WEEK + timedelta(hours=3))
    assert timetable.tick(ctx, jobs) == 2
    assert timetable.tick(ctx, jobs) == 0
    assert written(ctx) == ["digest:03-26 16:00", "remind:03-26 19:00"]
    with ctx.readings.begin() as session:
        last = storage.schedule.last_run(session, "digest")
    assert last is not None
    assert (last.due_at, last.ran_at) == (FRIDAY + 3 * WEEK, clock.now())
    assert timetable.next_runs(ctx)["digest"] == FRIDAY + 4 * WEEK


def test_a_job_that_fails_leaves_nothing_and_is_due_still(database: Database) -> None:
    clock = Clock(WEDNESDAY)
    ctx, job = prepared(database, clock), writing()
    timetable.tick(ctx, (job,))
    clock.set(FRIDAY)

    def fail(session: Session, ctx: Context, due: datetime) -> None:
        job.run(session, ctx, due)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        timetable.tick(ctx, (Job(job.name, job.rule, fail),))
    assert written(ctx) == []
    assert timetable.tick(ctx, (job,)) == 1
    assert written(ctx) == ["digest:03-05 16:00"]


def test_two_processes_do_it_once(database: Database) -> None:
    clock = Clock(WEDNESDAY)
    ctx, jobs = prepared(database, clock), (writing(),)
    timetable.tick(ctx, jobs)
    clock.set(FRIDAY)
    begin, ran = threading.Barrier(2), []

    def process() -> None:
        begin.wait()
        ran.append(timetable.tick(ctx, jobs))

    threads = [threading.Thread(target=process) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ran) == [0, 1]
    assert written(ctx) == ["digest:03-05 16:00"]


@pytest.mark.postgresql
def test_a_second_process_does_not_wait_for_the_first(postgresql_url: str) -> None:
    database = connect(postgresql_url)
    clock = Clock(WEDNESDAY)
    ctx, job = prepared(database, clock), writing()
    timetable.tick(ctx, (job,))
    clock.set(FRIDAY)
    other_ran: list[int] = []

    def meanwhile(session: Session, ctx: Context, due: datetime) -> None:
        other = threading.Thread(target=lambda: other_ran.append(timetable.tick(ctx, (job,))))
        other.start()
        other.join()
        job.run(session, ctx, due)

    assert timetable.tick(ctx, (Job(job.name, job.rule, meanwhile),)) == 1
    assert other_ran == [0]
    assert written(ctx) == ["digest:03-05 16:00"]
    database.close()


def test_a_changed_rule_changes_the_next_time(sqlite: Database) -> None:
    clock = Clock(WEDNESDAY)
    ctx, jobs = prepared(sqlite, clock), (writing(),)
    timetable.tick(ctx, jobs)
    change(ctx, digest_weekday="thu", digest_hour="10:30", zone="Europe/Brussels")
    assert timetable.tick(ctx, jobs) == 0
    assert timetable.next_runs(ctx) == {"digest": datetime(2027, 3, 4, 9, 30, tzinfo=UTC)}


def test_a_time_moved_into_the_past_before_it_came_is_not_missed(sqlite: Database) -> None:
    clock = Clock(WEDNESDAY)
    ctx, jobs = prepared(sqlite, clock), (writing(),)
    timetable.tick(ctx, jobs)
    clock.set(FRIDAY)
    timetable.tick(ctx, jobs)
    clock.set(FRIDAY + WEEK - timedelta(minutes=30))
    change(ctx, digest_hour="15:00")
    assert timetable.tick(ctx, jobs) == 1
    assert written(ctx) == ["digest:03-05 16:00", "digest:03-12 15:00"]


def test_what_is_switched_off_does_not_happen_and_is_not_caught_up(sqlite: Database) -> None:
    clock = Clock(WEDNESDAY)
    ctx, jobs = prepared(sqlite, clock), (writing("remind", timetable.reminder_rule),)
    timetable.tick(ctx, jobs)
    change(ctx, reminders=False)
    clock.set(FRIDAY)
    assert timetable.tick(ctx, jobs) == 0
    assert timetable.next_runs(ctx) == {}
    change(ctx, reminders=True)
    assert timetable.tick(ctx, jobs) == 0
    assert timetable.next_runs(ctx) == {"remind": FRIDAY + timedelta(hours=1)}


def test_upkeep_forgets_old_deliveries_and_removes_exports_nobody_waits_for(sqlite: Database, tmp_path: Path) -> None:
    clock = Clock(datetime.now(UTC) + timedelta(days=1, hours=1))
    ctx = prepared(sqlite, clock, tmp_path / "files")
    ctx.files.mkdir()
    for name in ("fetched.xlsx", "awaited.xlsx"):
        (ctx.files / name).write_bytes(b"x")
    with ctx.sessions.begin() as session:
        awaited = {"path": str(ctx.files / "awaited.xlsx"), "name": "a.xlsx"}
        storage.outbox.put(session, "file:1", "U1", awaited, ctx.now(), sort=Sort.FILE)
        storage.received.first(session, "old", ctx.now() - timedelta(hours=49))
        storage.received.first(session, "new", ctx.now() - timedelta(hours=47))
        upkeep.clean(session, ctx, ctx.now())
    assert [file.name for file in ctx.files.iterdir()] == ["awaited.xlsx"]
    with ctx.sessions.begin() as session:
        assert storage.received.first(session, "old", ctx.now())
        assert not storage.received.first(session, "new", ctx.now())


def test_upkeep_forgets_old_runs_but_the_first_and_last_of_each_and_all_of_the_digest(
    sqlite: Database, tmp_path: Path
) -> None:
    ctx = prepared(sqlite, Clock(FRIDAY), tmp_path)
    with ctx.sessions.begin() as session:
        for name, weeks in (("digest", (30, 20, 10)), ("remind", (30, 20, 10, 1)), ("nudge", (30, 20, 10))):
            for ago in weeks:
                storage.schedule.ran(session, name, FRIDAY - ago * WEEK, FRIDAY - ago * WEEK)
    for _ in range(2):
        with ctx.sessions.begin() as session:
            upkeep.clean(session, ctx, ctx.now())
    with ctx.readings.begin() as session:
        runs = [(run.name, (FRIDAY - run.due_at) // WEEK) for run in session.scalars(select(storage.schedule.Run))]
    assert sorted(runs) == [
        *(("digest", weeks) for weeks in (10, 20, 30)),
        ("nudge", 10),
        ("nudge", 30),
        ("remind", 1),
        ("remind", 30),
    ]
