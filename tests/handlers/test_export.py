"""`/ptf export`: asked for in conversation, prepared by the worker, fetched from the direct messages."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

import storage.groups
import storage.jobs
import storage.outbox
import storage.people
from handlers import export, readers, registers
from handlers.described import KINDS
from handlers.export import Wanted
from handlers.registers.outcome import Verdict
from handlers.reports import sheets
from storage import periods
from storage.jobs import Job, State
from storage.people import Standing
from storage.updates import Update
from storage.visibility import Audience, Level
from tests.conversation import EDUCATION, GUEST, HEALTH, MEMBER, POOL, Bot

HARMFUL = '=HYPERLINK("https://evil.example";"cliquez")\x00\x1b'


def jobs(bot: Bot) -> list[Job]:
    """All jobs, oldest first."""
    with bot.ctx.readings.begin() as session:
        return list(session.scalars(select(Job).order_by(Job.id)))


def prepare(bot: Bot) -> None:
    """Let the worker do all there is to do, and deliver it."""
    bot.deliver()
    while export.work(bot.ctx):
        pass
    bot.deliver()


def fetched(bot: Bot, who: str) -> tuple[str, bytes]:
    """The name and content of the newest file in the direct messages of that person."""
    file = [file for message in bot.told(who) for file in message.files][-1]
    assert file.content is not None
    return file.name, file.content


def cells(content: bytes) -> Iterator[tuple[str, str]]:
    """Every cell with a text, with its sheet's title, as openpyxl reads them; calamine must read the same."""
    book = openpyxl.load_workbook(BytesIO(content))
    other = CalamineWorkbook.from_filelike(BytesIO(content))
    assert other.sheet_names == book.sheetnames
    for sheet in book.worksheets:
        theirs = {str(value) for row in other.get_sheet_by_name(sheet.title).to_python() for value in row}
        for row in sheet.iter_rows(values_only=True):
            for value in row:
                if isinstance(value, str):
                    assert value in theirs
                    yield sheet.title, value


def give(bot: Bot, code: str, text: str, level: Level = Level.ALL) -> None:
    """One more update."""
    with bot.ctx.sessions.begin() as session:
        group = storage.groups.by_code(session, code)
        assert group is not None
        session.add(
            Update(
                group_id=group.id,
                period="2027-W09",
                said_at=bot.ctx.now(),
                progress=text,
                status=None,
                visibility=level,
            )
        )


@pytest.mark.parametrize(
    ("who", "sentence", "name", "titles", "ready"),
    [
        (
            EDUCATION,
            "Je prépare le fichier Excel",
            "PTF_registres_2027-03-03.xlsx",
            ["À propos", "Mises à jour", "Non reçues", "Statuts par semaine", "Décisions", "Actions"],
            "est prêt",
        ),
        (
            HEALTH,
            "I am preparing the Excel file",
            "PTF_registers_2027-03-03.xlsx",
            ["About", "Updates", "Not received", "Status by week", "Decisions", "Actions"],
            "is ready",
        ),
    ],
)
def test_the_excel_comes_in_direct_messages_in_the_person_s_language(
    bot: Bot, who: str, sentence: str, name: str, titles: list[str], ready: str
) -> None:
    reply = bot.be(who).command("/ptf export")
    assert sentence in reply.text
    prepare(bot)
    given, content = fetched(bot, who)
    assert given == name
    assert openpyxl.load_workbook(BytesIO(content)).sheetnames[:6] == titles
    assert any(ready in message.text for message in bot.told(who))
    assert [job.state for job in jobs(bot)] == [State.DONE]


def test_a_language_and_a_span_may_be_asked_for(bot: Bot) -> None:
    bot.be(EDUCATION).command("/ptf exporter en 2026")
    prepare(bot)
    name, content = fetched(bot, EDUCATION)
    assert name == "PTF_registers_2026_2027-03-03.xlsx"
    assert ("About", "What belongs to: 2026") in set(cells(content))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", Wanted()),
        ("EN", Wanted("en")),
        ("français", Wanted("fr")),
        ("2026", Wanted(None, periods.parse("2026"))),
        ("février 2027 en", Wanted("en", periods.parse("2027-02"))),
        ("2027-W09", Wanted(None, periods.parse("2027-W09"))),
        ("Q4 2026", Wanted(None, periods.parse("2026-Q4"))),
    ],
)
def test_words_after_the_command_are_a_language_and_a_span(bot: Bot, text: str, wanted: Wanted) -> None:
    assert export.wanted(bot.ctx, text) == wanted


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("chocolat", "ni une langue"), ("continu", "ni une langue"), ("2028", "n’a pas commencé")],
)
def test_other_words_are_refused_and_nothing_is_prepared(bot: Bot, typed: str, sentence: str) -> None:
    reply = bot.be(EDUCATION).command(f"/ptf export {typed}")
    assert sentence in reply.text
    assert jobs(bot) == []


def test_asked_twice_it_is_prepared_once(bot: Bot) -> None:
    person = bot.be(EDUCATION)
    person.command("/ptf export")
    again = person.command("/ptf export")
    assert "encore en préparation" in again.text
    assert len(jobs(bot)) == 1
    prepare(bot)
    person.command("/ptf export")
    assert len(jobs(bot)) == 2


def test_a_guest_is_refused(bot: Bot) -> None:
    bot.be(GUEST).command("/ptf export")
    assert jobs(bot) == []
    assert bot.told(GUEST) == []


def test_who_is_no_member_any_more_gets_no_file(bot: Bot) -> None:
    bot.be(EDUCATION).command("/ptf export")
    with bot.ctx.sessions.begin() as session:
        person = storage.people.by_slack_id(session, bot.ctx.team_id, EDUCATION)
        assert person is not None
        person.standing = Standing.GUEST
    prepare(bot)
    assert not [file for message in bot.told(EDUCATION) for file in message.files]
    assert [job.state for job in jobs(bot)] == [State.FAILED]
    assert list(bot.ctx.files.glob("*")) == []


def test_a_member_s_file_holds_nothing_of_the_troïka_nor_of_other_groups(bot: Bot) -> None:
    give(bot, "EDU", "For the troïka's eyes", Level.TROIKA)
    give(bot, "SAN", "For the group of health", Level.GROUP)
    give(bot, "EDU", "For all PTF", Level.ALL)
    found = {}
    for who in (MEMBER, POOL):
        bot.be(who).command("/ptf export")
        prepare(bot)
        found[who] = {text for _, text in cells(fetched(bot, who)[1])}
    secret = {"For the troïka's eyes", "For the group of health"}
    assert "For all PTF" in found[MEMBER]
    assert not secret & found[MEMBER]
    assert secret <= found[POOL]


def test_no_text_of_a_person_runs_and_control_characters_are_shown(bot: Bot) -> None:
    give(bot, "EDU", HARMFUL)
    bot.be(EDUCATION).command("/ptf export")
    prepare(bot)
    content = fetched(bot, EDUCATION)[1]
    shown = HARMFUL.replace("\x00", "␀").replace("\x1b", "␛")
    assert ("Mises à jour", shown) in set(cells(content))
    book = openpyxl.load_workbook(BytesIO(content))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_chart_is_drawn_by_the_spreadsheet_from_the_sheet_s_own_cells(bot: Bot) -> None:
    bot.be(EDUCATION).command("/ptf export")
    prepare(bot)
    sheet: Any = openpyxl.load_workbook(BytesIO(fetched(bot, EDUCATION)[1]))["Statuts par semaine"]
    (chart,) = sheet._charts
    assert [series.val.numRef.f for series in chart.series] == [
        f"'Statuts par semaine'!${column}$2:${column}$27" for column in "CDEF"
    ]


def test_the_button_of_the_guide_asks_for_the_same(bot: Bot) -> None:
    wanted = Wanted()
    assert wanted.request == {}
    with bot.ctx.sessions.begin() as session:
        payload = {
            "text": "guide",
            "blocks": [
                {
                    "type": "actions",
                    "elements": [
                        {
                            "type": "button",
                            "action_id": "export_open",
                            "text": {"type": "plain_text", "text": "Excel"},
                        }
                    ],
                }
            ],
        }
        storage.outbox.put(session, "guide", EDUCATION, payload, bot.ctx.now())
    bot.deliver()
    person = bot.be(EDUCATION)
    person.click(bot.told(EDUCATION)[-1], "export_open")
    assert len(jobs(bot)) == 1
    prepare(bot)
    assert fetched(bot, EDUCATION)[0] == "PTF_registres_2027-03-03.xlsx"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_file_brought_in_again_is_understood_and_changes_nothing(bot: Bot, language: str, tmp_path: Path) -> None:
    path = tmp_path / "again.xlsx"
    with bot.ctx.readings.begin() as session:
        reader = readers.of_document(bot.ctx, language, Audience(troika=True, partner=True))
        sheets.write(export.workbook(session, bot.ctx, reader), path)
    with bot.ctx.sessions.begin() as session:
        outcome = registers.bring_in(session, bot.ctx, path, True)
    assert len({sheet.register for sheet in outcome.sheets if sheet.register}) == 5 + len(KINDS)
    assert [line for sheet in outcome.sheets for line in sheet.lines if line.verdict != Verdict.UNCHANGED] == []
