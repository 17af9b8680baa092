"""The real public records of the field come in, where they lie beside the repository."""

from __future__ import annotations

import csv
import os
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from handlers import export, readers, searchable
from handlers.registers import SheetOutcome
from handlers.reports.sheets import write
from storage import search
from storage.decisions import Decision
from storage.groups import Group
from storage.meetings import Meeting
from storage.plans.rows import Line, Plan
from storage.updates import Update
from storage.visibility import Audience
from tests.handlers.registers.conftest import Operator

REAL = Path(__file__).parents[4] / "shared" / "real"
ORDER = ("groups", "bodies", "partners", "decisions", "updates", "meetings", "roadmap")

pytestmark = pytest.mark.skipif(
    not REAL.is_dir() and "CI" not in os.environ, reason="the real records are not beside the repository"
)


def bring(operator: Operator) -> dict[str, SheetOutcome]:
    """What came of each of the real files."""
    return {name: operator.brings_file(REAL / f"{name}.csv").sheets[0] for name in ORDER}


def kept(sheet: SheetOutcome) -> int:
    """How many rows of a sheet were not refused."""
    return sum(line.verdict != "refused" for line in sheet.lines)


def test_every_row_of_the_real_files_comes_in_or_has_its_reason(operator: Operator) -> None:
    brought = bring(operator)
    for name, sheet in brought.items():
        with (REAL / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            assert len(sheet.lines) == len(list(csv.DictReader(file))), name
        assert all(line.remarks for line in sheet.lines if line.verdict == "refused")
    assert [kept(brought[name]) for name in ("groups", "bodies", "partners", "meetings", "roadmap")] == [
        49,
        36,
        31,
        33,
        16,
    ]
    assert kept(brought["decisions"]) >= 23
    assert kept(brought["updates"]) >= 115
    with operator.ctx.readings.begin() as session:
        assert session.scalar(select(func.count()).select_from(Update)) == kept(brought["updates"])
        assert session.scalar(select(func.count()).select_from(Decision)) == kept(brought["decisions"])
        meetings = {meeting.day: meeting for meeting in session.scalars(select(Meeting))}
        names = session.scalars(select(Group.name_fr).where(Group.name_fr != "")).all()
        plans = {plan.starts: plan for plan in session.scalars(select(Plan).order_by(Plan.id.desc()))}
        lines = session.scalars(select(Line).where(Line.plan_id == plans[2009].id).order_by(Line.path)).all()
    assert len(names) == len(set(names))
    assert [(plans[year].kind, plans[year].state) for year in (2021, 2019)] == [
        ("roadmap", "closed"),
        ("other", "closed"),
    ]
    assert [(line.rank, line.above_id) for line in lines] == [("axis", None), ("action", lines[0].id)]
    assert (lines[1].due_on, lines[1].others[:11]) == (date(2009, 9, 30), "CDC to lead")
    assert lines[1].reason.startswith("Sept 2009")
    first, cluster, review = (meetings[day] for day in ("2014-04-02", "2013-07-24", "2007-05-31"))
    assert (first.hour, first.place, first.chaired_by) == ("11:30", "Banque mondiale", "Chef de file PTF")
    assert (cluster.hour, cluster.ordinal, cluster.status) == ("09:00", 14, "held")
    assert (review.until, review.chair_id) == (date(2007, 6, 2), None)


def test_a_second_run_of_the_real_files_changes_nothing(operator: Operator) -> None:
    bring(operator)
    assert {line.verdict for sheet in bring(operator).values() for line in sheet.lines} == {"unchanged", "refused"}


def test_what_came_in_is_found_exported_and_its_export_changes_nothing(operator: Operator, tmp_path: Path) -> None:
    bring(operator)
    searchable.fill(operator.ctx.database)
    everything = Audience(troika=True, partner=True)
    with operator.ctx.readings.begin() as session:
        found = search.find(session, searchable.SOURCES, search.Wanted("division travail Accra"), everything, (0, 5))
        assert [type(record) for record in found.records] == [Meeting]
        reader = readers.of_document(operator.ctx, "fr", everything)
        write(export.workbook(session, operator.ctx, reader), tmp_path / "registers.xlsx")
    sheets = operator.brings_file(tmp_path / "registers.xlsx").sheets
    assert [line for sheet in sheets for line in sheet.lines if line.verdict != "unchanged"] == []
    assert sum(len(sheet.lines) for sheet in sheets) > 300


@pytest.mark.parametrize("name", ["paris_indicators"])
def test_a_real_file_without_a_register_is_told(operator: Operator, name: str) -> None:
    (sheet,) = operator.brings_file(REAL / f"{name}.csv").sheets
    assert "there is no register for this yet" in sheet.refusal
