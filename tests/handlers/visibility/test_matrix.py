"""Each level × each way out × each kind of reader: what is not for somebody never reaches them, what is for them does.

One table says who reads what (`readers`); each way out is asked as every reader in one conversation.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import storage.history
import storage.people
from bot.rehearsal.model import Json
from handlers import actors, cards, export, readers, rights
from handlers.rights import Right
from storage.database import connect
from storage.updates import Update
from storage.visibility import Level
from tests.conversation import Bot, conversation
from tests.handlers.publishing import posted, publish, thread
from tests.handlers.reminders.clockwork import WEDNESDAY, remind
from tests.handlers.visibility.readers import CHANNELS, READERS, Reader
from tests.handlers.visibility.saying import COMMON, OWED, PERIOD, SAID, World, acted, say, typed

Words = Mapping[Level, str]


@pytest.fixture(scope="module")
def world(seeded_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The demo world in which one text a level was said, for all ways out one after the other."""
    folder = tmp_path_factory.mktemp("visibility")
    shutil.copy(seeded_template, folder / "ptf.sqlite3")
    database = connect(f"sqlite:///{folder / 'ptf.sqlite3'}")
    with conversation(database, folder) as bot:
        bot.at(WEDNESDAY.replace(hour=8))
        yield say(bot)
    database.close()


def wrong(told: str, reads: frozenset[Level], words: Words = SAID) -> list[str]:
    """The levels that are told and may not be, and those that may be and are not."""
    return [
        f"{'hidden' if level in reads else 'LEAKED'}: {level}"
        for level, word in words.items()
        if (word in told) != (level in reads)
    ]


def faults(shown: Callable[[Reader], str], words: Words = SAID) -> list[tuple[str, list[str]]]:
    """For each reader what is wrong with what they are shown."""
    found = [(reader.name, wrong(shown(reader), reader.reads, words)) for reader in READERS]
    return [(name, each) for name, each in found if each]


def leaks(shown: Callable[[Reader], str]) -> list[tuple[str, list[str]]]:
    """The same for a way out that shows only a part: nothing that may not be told."""
    found = [(name, [fault for fault in each if fault.startswith("LEAKED")]) for name, each in faults(shown)]
    return [(name, each) for name, each in found if each]


@pytest.mark.parametrize(
    "command",
    [
        "updates EDU",
        "decisions all EDU",
        f"decisions all {COMMON}",
        f"actions all {COMMON}",
        f"history EDU {PERIOD}",
    ],
)
def test_lists_and_searches_and_the_history_of_a_period(world: World, command: str) -> None:
    assert faults(lambda reader: typed(world.bot, reader, command)) == []


def test_the_search_finds_what_its_reader_may_read_and_opens_it(world: World) -> None:
    bot = world.bot
    assert faults(lambda who: each_of(SAID, who, lambda word: typed(bot, who, f"find {word[:6]}"))) == []
    for table in ("updates", "decisions", "actions"):
        places = {level: f"{table}:{each.id}" for level, each in getattr(world, table).items()}

        def opened(reader: Reader, held: Mapping[Level, str] = places) -> str:
            shown: Json = {"type": "button", "action_id": "find_show"}
            return each_of(held, reader, lambda place: acted(bot, reader, shown | {"value": place}))

        assert faults(opened) == []


@pytest.mark.parametrize(
    "command", ["digest", "history", "updates", "groups EDU", "health", "decision", "action", "find EDU", ""]
)
def test_what_shows_a_part_shows_nothing_else(world: World, command: str) -> None:
    assert leaks(lambda reader: typed(world.bot, reader, command)) == []


def each_of(records: Mapping[Level, Any], reader: Reader, ask: Callable[[Any], str]) -> str:
    """What that person is shown of these records, one asked for after the other; of one to whom nobody speaks."""
    return "".join(ask(record) for record in list(records.values())[: None if reader.is_member else 1])


@pytest.mark.parametrize("kind", ["decisions", "actions"])
def test_the_history_of_one_record(world: World, kind: str) -> None:
    records: Mapping[Level, Any] = getattr(world, kind)
    bot = world.bot
    assert faults(lambda who: each_of(records, who, lambda each: typed(bot, who, f"history {each.code}"))) == []


def test_one_change_whole(world: World) -> None:
    with world.bot.ctx.readings.begin() as session:
        made = {level: storage.history.of_record(session, "updates", each.id) for level, each in world.updates.items()}
    lines = {level: changes[0].id for level, changes in made.items()}

    def menu(number: int) -> Json:
        return {"type": "overflow", "action_id": "history_menu", "selected_option": {"value": f"show:{number}"}}

    bot = world.bot
    assert faults(lambda who: each_of(lines, who, lambda number: acted(bot, who, menu(number)))) == []


FORMS = (
    ("updates", "update_edit", Right.UPDATE),
    ("decisions", "decision_edit", Right.CHANGE_DECISION),
    ("actions", "action_edit", Right.CHANGE_ACTION),
)


@pytest.mark.parametrize(("kind", "button", "right"), FORMS)
def test_the_edit_form_opens_for_who_may_change_and_read_it(world: World, kind: str, button: str, right: Right) -> None:
    records: Mapping[Level, Any] = getattr(world, kind)
    bot, action = world.bot, {"type": "button", "action_id": button}

    def shown(reader: Reader) -> str:
        return each_of(records, reader, lambda each: acted(bot, reader, action | {"value": str(each.id)}))

    def able(reader: Reader) -> frozenset[Level]:
        return frozenset(level for level, record in records.items() if may(bot, reader, right, record))

    found = [(reader.name, wrong(shown(reader), reader.reads & able(reader))) for reader in READERS]
    assert [each for each in found if each[1]] == []


def may(bot: Bot, reader: Reader, right: Right, record: Any) -> bool:
    """Whether that person may do that to the record, if they may read it."""
    with bot.ctx.readings.begin() as session:
        actor = actors.load(session, bot.ctx, reader.slack_id)
        return actor is not None and not reader.team and rights.may(actor, right, record=record)


def test_the_excel_holds_what_its_reader_may_read(world: World) -> None:
    bot = world.bot

    def shown(reader: Reader) -> str:
        if not reader.is_member:
            return typed(bot, reader, "export")
        with bot.ctx.readings.begin() as session:
            actor = actors.load(session, bot.ctx, reader.slack_id)
            assert actor is not None
            book = export.workbook(session, bot.ctx, readers.of_actor(actor))
            return "\n".join(str(row) for sheet in book.sheets for row in sheet.rows)

    assert faults(shown) == []


def test_the_home_tab_shows_what_its_reader_owes(world: World) -> None:
    def shown(reader: Reader) -> str:
        has_one = reader.is_member or reader.name == "guest"
        view = world.bot.be(reader.slack_id).home() if has_one else None
        return view.plain if view is not None else ""

    assert leaks(shown) == []
    assert faults(shown, OWED) == []


def test_a_card_tells_its_record_only_while_its_reader_may_read_it(world: World) -> None:
    bot = world.bot
    with bot.ctx.sessions.begin() as session:
        for reader in READERS:
            person = storage.people.by_slack_id(session, bot.ctx.team_id, reader.slack_id)
            assert person is not None
            for record in world.updates.values() if not reader.team else ():
                held = session.get_one(Update, record.id)
                cards.receipt(session, bot.ctx, actors.describe(session, bot.ctx, person), held)
    bot.deliver()
    here = [reader for reader in READERS if not reader.team]
    told = {reader.name: wrong(_direct(bot, reader), reader.reads) for reader in here}
    assert {name: each for name, each in told.items() if each} == {}


def _direct(bot: Bot, reader: Reader) -> str:
    return "\n".join(message.plain for message in bot.told(reader.slack_id))


def test_a_reminder_asks_only_of_what_its_reader_may_read(world: World) -> None:
    remind(world.bot, WEDNESDAY.replace(hour=8))
    remind(world.bot)
    here = [reader for reader in READERS if not reader.team]
    told = {reader.name: wrong(_direct(world.bot, reader), reader.reads, OWED) for reader in here}
    assert {name: each for name, each in told.items() if each} == {}


def test_the_digest_of_each_channel(world: World) -> None:
    publish(world.bot)
    told = {name: "\n".join([*posted(world.bot, name), *thread(world.bot, name)]) for name in CHANNELS}
    assert {name: each for name, text in told.items() if (each := wrong(text, CHANNELS[name]))} == {}
