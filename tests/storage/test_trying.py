"""What is tried out happens nowhere, and nobody waits for it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select

import storage.counters
from storage import trying
from storage.database import Database
from storage.groups import Group, Kind


def group(code: str) -> Group:
    """A body."""
    return Group(code=code, name_fr=code, name_en="", kind=Kind.BODY)


def test_what_is_tried_out_is_gone_afterwards_and_others_write_meanwhile(database: Database, tmp_path: Path) -> None:
    with database.sessions.begin() as session:
        session.add(group("GEC"))
        assert storage.counters.draw_in(session, "EXP", 2027) == 1
    with trying.apart(database, tmp_path) as (_, session):
        session.add(group("RBC"))
        assert storage.counters.draw_in(session, "EXP", 2027) == 2
        assert session.scalar(select(func.count()).select_from(Group)) == 2
        with database.sessions.begin() as other:
            other.add(group("RBC"))
            assert storage.counters.draw_in(other, "EXP", 2027) == 2
    with database.readings.begin() as session:
        assert sorted(session.scalars(select(Group.code))) == ["GEC", "RBC"]
    assert list(tmp_path.iterdir()) == []
