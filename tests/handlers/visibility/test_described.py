"""Who reads what of every described kind: on the sheet of one record, in its list, its history, the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select

import storage.history
from handlers import actors, described, readers, sheets
from handlers.kinds.field import Sort
from handlers.kinds.kind import Kind
from storage.groups import Group
from storage.history import By, Origin
from storage.registered import Registered
from storage.visibility import Level
from tests.conversation import Bot
from tests.handlers.visibility.readers import READERS
from tests.handlers.visibility.saying import SAID, acted, let_observe, typed

Worded = Mapping[str, Mapping[Level, Registered]]
"""Table -> level -> a record of that level, in which its word stands (`SAID`)."""


def worded(bot: Bot) -> Worded:
    """Let a record of each kind and level stand in EDU, said by nobody's reader."""
    found: dict[str, dict[Level, Registered]] = {}
    with bot.ctx.sessions.begin() as session:
        edu = session.scalars(select(Group).where(Group.code == "EDU")).one()
        let_observe(session, bot)
        for kind in described.KINDS:
            pattern = session.scalars(select(kind.model).where(kind.model.withdrawn_at.is_(None))).first()
            assert pattern is not None, f"the demo world has no {kind.name}"
            held = {each.key: getattr(pattern, each.key) for each in kind.model.__mapper__.column_attrs}
            for level, word in SAID.items():
                own: dict[str, Any] = {
                    "id": None,
                    "code": f"{kind.prefix}-2031-{len(found):02}{list(SAID).index(level)}",
                }
                own |= {"group_id": edu.id, "visibility": level, "said_by_id": None, "source_id": None}
                record = kind.model(**(held | own | {_words(kind): word}))
                session.add(record)
                session.flush()
                storage.history.created(session, record, By(None, bot.ctx.now(), Origin.IMPORT))
                found.setdefault(kind.table, {})[level] = record
        session.expunge_all()
    return found


def _words(kind: Kind[Any]) -> str:
    """The field of a kind in which words can stand."""
    return next(each.column for each in kind.fields if each.sort in (Sort.LINE, Sort.TEXT, Sort.LINKS))


@pytest.fixture
def world(bot: Bot) -> tuple[Bot, Worded]:
    """The bot with what stands in it."""
    return bot, worded(bot)


def test_one_record_is_shown_to_whom_its_level_is_for(world: tuple[Bot, Worded]) -> None:
    bot, records = world
    wrong = [
        f"{reader.name}: {kind.name} {level}"
        for reader in READERS
        for kind in described.KINDS
        for level, record in records[kind.table].items()
        for seen in [acted(bot, reader, {"action_id": f"{kind.name}_show", "type": "button", "value": str(record.id)})]
        if (SAID[level] in seen) != (level in reader.reads)
    ]
    assert wrong == []


def test_lists_and_history_tell_as_much(world: tuple[Bot, Worded]) -> None:
    bot, records = world
    wrong = []
    for reader in READERS:
        for kind in described.KINDS:
            for level in (Level.TROIKA, Level.GOVERNMENT):
                code, may = records[kind.table][level].code, level in reader.reads
                if (SAID[level] in typed(bot, reader, f"history {code}")) != may:
                    wrong.append(f"{reader.name}: history of {kind.name} {level}")
                if kind.command and (code in typed(bot, reader, f"{kind.command.name} {SAID[level]}")) != may:
                    wrong.append(f"{reader.name}: list of {kind.name} {level}")
    assert wrong == []


def test_the_workbook_tells_as_much(world: tuple[Bot, Worded]) -> None:
    bot, records = world
    for reader in (each for each in READERS if each.is_member):
        with bot.ctx.readings.begin() as session:
            actor = actors.load(session, bot.ctx, reader.slack_id)
            assert actor is not None
            scope = sheets.scope(session, bot.ctx, readers.of_actor(actor), None)
            for register in sheets.SHEETS:
                if register.name in records:
                    codes = {str(row[0]) for row in sheets.sheet(register, scope).rows}
                    told = {level for level, record in records[register.name].items() if record.code in codes}
                    assert told == reader.reads, f"{reader.name}: {register.name}"
