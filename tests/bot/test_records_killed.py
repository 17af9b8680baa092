"""kill -9 at every statement and every commit of recording and of the digest: all of it is there, or nothing.

The same delivery, or the clock, then comes again and makes it exactly once; a number drawn in vain is drawn again.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot import timetable
from bot.rehearsal.workspace import HOME_TEAM
from handlers.context import Context
from storage.database import connect
from storage.decisions import Decision
from storage.history import Change
from storage.outbox import Message
from storage.schedule import Run
from storage.updates import Update
from tests.bot import speaking
from tests.bot.processes import forked

MOST = 12
"""Processes tried; a digest has more steps than that."""
FRIDAY_IS_DUE = datetime(2027, 3, 3, 10, 0, tzinfo=UTC)
"""When the timetable was last looked at: reminders, the nudge and the digest are due on Friday."""


def run(what: str, *databases: Path, moments: Sequence[int] = (0,)) -> list[int]:
    """Speak in one dying process a database; the steps each came to."""
    done = forked(speaking.speak, what, list(zip(databases, moments, strict=True)))
    assert done.returncode == 0, done.stderr
    return [int(line) for line in done.stdout.split()]


def counted(database: Path) -> dict[str, int]:
    """How many rows of each sort there are."""
    tables = [table.__tablename__ for table in (Update, Decision, Change, Message, Run)]
    with closing(sqlite3.connect(database)) as opened:
        return {table: opened.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}  # noqa: S608


@pytest.mark.parametrize("what", ["update", "decision", "form", "digest"])
def test_all_of_it_is_there_or_nothing_and_again_makes_it_once(prepared: Path, tmp_path: Path, what: str) -> None:
    whole = Path(shutil.copy(prepared, tmp_path / "whole.sqlite3"))
    before = counted(whole)
    (steps,) = run(what, whole)
    after = counted(whole)
    assert after != before
    run(what, whole)
    assert counted(whole) == after, "the same delivery again adds nothing"
    moments = [*range(1, steps, max(1, steps // MOST)), steps]
    tried = [Path(shutil.copy(prepared, tmp_path / f"{moment}.sqlite3")) for moment in moments]
    assert run(what, *tried, moments=moments) == moments
    if what != "digest":  # which is three transactions: reminders, the nudge, the digest
        assert {str(counted(each)) for each in tried} <= {str(before), str(after)}
    run(what, *tried, moments=[0] * len(tried))
    for moment, each in zip(moments, tried, strict=True):
        assert counted(each) == after, f"not exactly once after step {moment}"


def test_a_number_drawn_in_vain_is_drawn_again(prepared: Path, tmp_path: Path) -> None:
    (steps,) = run("decision", Path(shutil.copy(prepared, tmp_path / "other.sqlite3")))
    run("decision", prepared, moments=[steps])  # dies before its last commit, the number drawn
    run("decision", prepared)
    opened = connect(f"sqlite:///{prepared}")
    with opened.readings.begin() as session:
        numbers = session.scalars(select(Decision.number).where(Decision.code.like("GEC-2027-%"))).all()
    opened.close()
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


@pytest.fixture
def prepared(seeded_template: Path, tmp_path: Path) -> Path:
    """The demo world, its timetable as it stood on Wednesday."""
    path = Path(shutil.copy(seeded_template, tmp_path / "prepared.sqlite3"))
    opened = connect(f"sqlite:///{path}")
    timetable.tick(Context(opened, lambda: FRIDAY_IS_DUE, ZoneInfo("Africa/Bamako"), "fr", HOME_TEAM.id))
    opened.close()
    return path
