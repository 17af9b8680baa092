"""The rehearsal's clock moved on: everything on the way happens, and nothing is left behind by a jump."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

import storage.configuration
import storage.jobs
import storage.outbox
import storage.people
from bot import running, timetable
from bot.advancing import Advance
from bot.rehearsal import stage
from bot.rehearsal.standin import SCOPES, StandIn
from bot.rehearsal.world import WORLD
from bot.running import Runtime
from bot.settings import Settings
from storage.jobs import State
from storage.schedule import Run
from tests.conversation import HISTORY, POOL


@dataclass(frozen=True, slots=True)
class Stage:
    """A bot in the demo world that does nothing by itself, and the way to move its clock."""

    standin: StandIn
    runtime: Runtime
    clock: Advance


@pytest.fixture
def staged(seeded_template: Path, tmp_path: Path) -> Iterator[Stage]:
    """The demo world, a bot without threads, a clock that stands still."""
    file = shutil.copy(seeded_template, tmp_path / "ptf.sqlite3")
    with StandIn((*SCOPES, *HISTORY)) as standin:
        stage.set_up(standin, WORLD)
        settings = Settings(
            database_url=f"sqlite:///{file}",
            bot_token=standin.bot_token,
            app_token=standin.app_token,
            signing_secret=standin.signing_secret,
            api_url=standin.api_url,
            coordinators=frozenset({POOL}),
        )
        runtime = running.assemble(settings, now=standin.workspace.now)
        yield Stage(standin, runtime, Advance(standin.workspace, runtime, patience=0.1))
        runtime.stop()


def test_each_thing_on_the_way_runs_at_its_own_time(staged: Stage) -> None:
    staged.clock.to("digest")
    assert staged.standin.workspace.now() == WORLD.today + timedelta(days=2, hours=7)
    with staged.runtime.ctx.readings.begin() as session:
        runs = session.scalars(select(Run)).all()
    names = [run.name for run in runs]
    assert {"remind", "nudge", "draft", "draft_nudge", "digest", "upkeep"} <= set(names)
    assert 2 * 2 <= names.count("remind") < 2 * 9, "hours in which nothing becomes due are passed over"
    assert names.count("upkeep") == 2
    late = {run.name for run in runs if run.ran_at != run.due_at}
    assert late <= timetable.hourly(staged.runtime.ctx), "what happens each hour may be late"


def test_work_over_which_somebody_died_is_taken_up_before_the_clock_moves(staged: Stage) -> None:
    ctx = staged.runtime.ctx
    with ctx.sessions.begin() as session:
        person = storage.people.by_slack_id(session, ctx.team_id, POOL)
        assert person is not None
        storage.jobs.ask(session, "export", person.id, {}, ctx.now())
        storage.jobs.claim(session, "export", ctx.now(), timedelta(minutes=2))
    staged.clock.to("day")
    with ctx.readings.begin() as session:
        assert [job.state for job in session.scalars(select(storage.jobs.Job))] == [State.DONE]
        assert storage.outbox.next_due(session) is None
    assert staged.standin.workspace.now() < WORLD.today + timedelta(days=1, minutes=5)


def test_the_digest_is_named_and_found_where_the_settings_put_it(staged: Stage) -> None:
    assert staged.clock.targets()[0]["label"] == {"fr": "Vendredi 16:00", "en": "Friday 16:00"}
    assert staged.clock.targets()[1]["label"] == {"fr": "Projet de synthèse", "en": "Draft of the digest"}
    with staged.runtime.ctx.sessions.begin() as session:
        settings = storage.configuration.current(session)
        settings.digest_weekday, settings.digest_hour = "thu", "11:30"
    assert staged.clock.targets()[0]["label"] == {"fr": "Jeudi 11:30", "en": "Thursday 11:30"}
    staged.clock.to("draft")
    assert staged.standin.workspace.now().isoformat() == "2027-03-04T08:30:00+00:00"
    staged.clock.to("digest")
    assert staged.standin.workspace.now().isoformat() == "2027-03-04T11:30:00+00:00"


def test_there_is_no_next_reminder_when_reminders_are_off(staged: Stage) -> None:
    with staged.runtime.ctx.sessions.begin() as session:
        storage.configuration.current(session).reminders = False
    with pytest.raises(LookupError):
        staged.clock.to("remind")
    assert staged.standin.workspace.now() == WORLD.today
