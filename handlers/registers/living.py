"""What the dated rows of a register tell of a group's life: sub-group in 2013, group since 2015, dormant since 2019."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import storage.lives
from handlers.registers.clusters import moment_of
from handlers.registers.desk import Desk, Entry
from handlers.registers.vocabulary import GROUP_KINDS, GROUP_STATES, understood
from storage.groups import Group


def begin(desk: Desk, group: Group, entries: Sequence[Entry]) -> None:
    """Give a group that was just entered the life its rows tell, in the order of time; what it is now is the last."""
    life = storage.lives.of_group(desk.session, group)
    (first,) = life.states
    told = [(_day(desk, entry), _told(entry)) for entry in entries]
    for name in ("kind", "state"):
        earliest = next((values[name] for _, values in told if name in values), None)
        setattr(first, name, earliest or getattr(first, name))
    desk.session.flush()
    for day, values in told:
        life = storage.lives.of_group(desk.session, group)
        now = life.on(day) if day is not None else None
        if day is not None and now is not None and any(getattr(now, name) != values[name] for name in values):
            storage.lives.change(desk.session, life, day, values)


def since(desk: Desk, entries: Sequence[Entry]) -> date:
    """From which day the newest of the rows counts: its own date, else today."""
    days = [day for entry in entries if (day := _day(desk, entry)) is not None]
    return min(days[-1], desk.ctx.today) if days else desk.ctx.today


def _told(entry: Entry) -> Mapping[str, str]:
    said = {
        "kind": understood(entry.text("kind"), GROUP_KINDS),
        "state": understood(entry.text("status"), GROUP_STATES),
    }
    return {name: value for name, value in said.items() if value is not None}


def _day(desk: Desk, entry: Entry) -> date | None:
    found = moment_of(entry, desk.ctx.today)
    return found.period.first if found else None
