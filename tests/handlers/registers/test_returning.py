"""A workbook that was exported, edited by hand and brought in again: changes, conflicts, emptied cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from sqlalchemy import select

import storage.history
import storage.mandates
from handlers import export, readers, registers
from handlers.registers import Line, Outcome
from handlers.reports.sheets import write
from storage.actions import Action
from storage.arrangements import Amount
from storage.decisions import Decision
from storage.groups import Group
from storage.history import By, Origin
from storage.mandates import Mandate
from storage.records import Record
from storage.updates import Update
from storage.visibility import Audience
from tests.conversation import Bot
from tests.handlers.registers import libreoffice
from tests.handlers.registers.conftest import unchanged

SHEETS = ("Decisions", "Actions", "Updates")


def exported(bot: Bot, folder: Path, *titles: str) -> Path:
    """Those sheets of the pool's workbook, in English."""
    path = folder / "registers.xlsx"
    with bot.ctx.readings.begin() as session:
        reader = readers.of_document(bot.ctx, "en", Audience(troika=True, partner=True))
        whole = export.workbook(session, bot.ctx, reader)
        write(replace(whole, sheets=[sheet for sheet in whole.sheets if sheet.title in titles]), path)
    return path


def edited(path: Path, *edits: tuple[str, str, dict[str, Any]]) -> None:
    """In that sheet, give the row in which a key stands other cells (heading -> value)."""
    book = openpyxl.load_workbook(path)
    for title, key, cells in edits:
        rows = book[title].iter_rows()
        headings = {str(cell.value): place for place, cell in enumerate(next(rows))}
        row = next(row for row in rows if any(cell.value == key for cell in row))
        for heading, value in cells.items():
            row[headings[heading]].value = value
    book.save(path)


def brought(bot: Bot, path: Path, dry_run: bool = False) -> Outcome:
    """What came of a workbook, told in English."""
    with bot.ctx.sessions.begin() as session:
        return registers.bring_in(session, replace(bot.ctx, language="en"), path, dry_run)


def lines(outcome: Outcome, title: str) -> list[Line]:
    """The rows of a sheet that were not found as they are."""
    sheet = next(sheet for sheet in outcome.sheets if sheet.name == title)
    return [line for line in sheet.lines if line.verdict != "unchanged"]


def many(bot: Bot, model: type[Record], *conditions: Any) -> Sequence[Any]:
    """The records that meet those conditions."""
    with bot.ctx.readings.begin() as session:
        return session.scalars(select(model).where(*conditions).order_by(model.id)).all()


def one(bot: Bot, model: type[Record], *conditions: Any) -> Any:
    """The first of them."""
    return many(bot, model, *conditions)[0]


def changed_here(bot: Bot, record: Record, **values: Any) -> None:
    """Somebody changes a record here meanwhile."""
    with bot.ctx.sessions.begin() as session:
        row = session.get_one(type(record), record.id)
        before = storage.history.facts(row)
        for name, value in values.items():
            setattr(row, name, value)
        storage.history.changed(session, row, before, By(1, bot.ctx.now(), Origin.FORM))
        row.version += 1


def test_edited_cells_come_back_as_changes_and_a_second_time_as_nothing(bot: Bot, tmp_path: Path) -> None:
    path = exported(bot, tmp_path, *SHEETS)
    decision = one(bot, Decision, Decision.carrier_id.is_not(None), Decision.status == "open")
    action, update = one(bot, Action, Action.status == "open"), one(bot, Update, Update.support != "")
    edited(
        path,
        ("Decisions", decision.code, {"Carried by": None, "Deadline": "T3 2027"}),
        ("Actions", action.code, {"Status": "Done"}),
        ("Updates", f"{update.id}-v{update.version}", {"Next steps": "Another step", "Support asked": None}),
    )
    if libreoffice.INSTALLED:
        libreoffice.edit(path, "Actions", "Evidence", action.code, "https://example.org/é")
    tried = brought(bot, path, dry_run=True)
    kept = brought(bot, path)
    assert [lines(kept, title) for title in SHEETS] == [lines(tried, title) for title in SHEETS]
    assert [line.verdict for title in SHEETS for line in lines(kept, title)] == ["changed", "changed", "changed"]
    now = one(bot, Decision, Decision.id == decision.id)
    assert (now.carrier_id, now.deadline, now.version) == (None, "2027-Q3", decision.version + 1)
    now = one(bot, Action, Action.id == action.id)
    assert (now.status, now.done_on) == ("done", bot.ctx.today)
    assert now.evidence == ("https://example.org/é" if libreoffice.INSTALLED else "")
    now = one(bot, Update, Update.id == update.id)
    assert (now.next_steps, now.support, now.progress) == ("Another step", "", update.progress)
    edited(path, ("Decisions", decision.code, {"Code": None}))
    again = brought(bot, path, dry_run=True)
    assert all(unchanged(sheet) for sheet in again.sheets)


def test_what_was_changed_here_since_the_export_is_never_overwritten(bot: Bot, tmp_path: Path) -> None:
    path = exported(bot, tmp_path, "Decisions")
    first, second, third = many(bot, Decision, Decision.institutions.any(), Decision.status == "open")[:3]
    changed_here(bot, first, text="What was decided, worded here", status="in_progress")
    changed_here(bot, second, institutions=[])
    changed_here(bot, third, status="in_progress")
    edited(
        path,
        ("Decisions", first.code, {"Text": "Worded in the file"}),
        ("Decisions", second.code, {"Responsible institutions": None, "Carried by": None}),
        ("Decisions", third.code, {"Text": "Worded in the file as well"}),
    )
    found = {line.what.split()[0]: line for line in lines(brought(bot, path), "Decisions")}
    assert [found[each.code].verdict for each in (first, second, third)] == ["conflict", "conflict", "changed"]
    who = (
        "Pool Technique – Coordination changed this here on Wednesday 3 March 2027 at 09:00 (Bamako), after the export"
    )
    assert found[first.code].remarks[0].startswith(who), found[first.code].remarks
    assert found[first.code].remarks[1:] == (
        "Text: here “What was decided, worded here”, in the file “Worded in the file”",
    )
    assert found[second.code].remarks[1].startswith("Carried by: here “"), found[second.code].remarks
    assert found[third.code].remarks == ("what was changed here since the export stays",)
    now = one(bot, Decision, Decision.id == third.id)
    assert (now.status, now.text) == ("in_progress", "Worded in the file as well")
    assert one(bot, Decision, Decision.id == first.id).text == "What was decided, worded here"


def test_a_copied_row_is_new_once_its_version_is_emptied(bot: Bot, tmp_path: Path) -> None:
    path = exported(bot, tmp_path, "Decisions")
    book = openpyxl.load_workbook(path)
    sheet = book["Decisions"]
    first = {str(heading.value): cell.value for heading, cell in zip(sheet[1], sheet[2], strict=True)}
    for text, version in (("Copied", first["Version"]), ("Copied without it", None), ("Strange", "v3")):
        sheet.append(list((first | {"Code": None, "Text": text, "Version": version}).values()))
    book.save(path)
    copied, new, strange = lines(brought(bot, path), "Decisions")
    assert (copied.verdict, new.verdict, strange.verdict) == ("refused", "created", "refused")
    assert copied.remarks[0].startswith("Row 2 has the same version: a copied row is a new record only once")
    assert strange.remarks[0].startswith("“v3” is no version")


def test_in_a_described_register_nothing_known_none_applies_and_zero_stay_three_things(
    bot: Bot, tmp_path: Path
) -> None:
    path = exported(bot, tmp_path, title := "Pledged, committed, disbursed")
    first, second, third = many(bot, Amount, Amount.committed.is_not(None), Amount.disbursed.is_not(None))[:3]
    edited(
        path,
        (title, first.code, {"Pledged": "n/a", "Committed": None, "Disbursed": 0}),
        (title, second.code, {"Pledged": "2 milliards", "Year": None}),
        (title, third.code, {"Pledged": 5}),
    )
    changed_here(bot, third, pledged=Decimal(7))
    found = {line.what.split()[0]: line for line in lines(brought(bot, path), title)}
    now = one(bot, Amount, Amount.id == first.id)
    assert (now.pledged, now.committed, now.disbursed, now.not_applicable) == (None, None, 0, "pledged")
    now = one(bot, Amount, Amount.id == second.id)
    assert (now.pledged, now.year) == (Decimal(2_000_000_000), second.year)
    assert found[second.code].remarks == ("the column “Year” cannot be emptied and stays as it was",)
    assert found[third.code].verdict == "conflict"
    assert found[third.code].remarks[1:] == ("Pledged: here “7”, in the file “5”",)
    assert one(bot, Amount, Amount.id == third.id).pledged == 7


def test_an_old_workbook_takes_back_neither_a_group_nor_a_mandate(bot: Bot, tmp_path: Path) -> None:
    path = exported(bot, tmp_path, "Groups", "Mandates")
    with bot.ctx.sessions.begin() as session:
        edu = session.scalars(select(Group).where(Group.code == "EDU")).one()
        mandates = storage.mandates.of_group(session, edu.id, bot.ctx.today)
        old = next(mandate for mandate in mandates if mandate.office == "coordinator")
        by = By(1, bot.ctx.now(), Origin.FORM)
        for row, values in ((edu, {"name_en": "Schools"}), (old, {"ends": bot.ctx.today - timedelta(days=1)})):
            before = {name: getattr(row, name) for name in values}
            for name, value in values.items():
                setattr(row, name, value)
            storage.history.registered(session, row, before, by)
        session.add(Mandate(office="coordinator", group_id=edu.id, institution_id=1, starts=bot.ctx.today))
    edited(path, ("Groups", "SAN", {"English name": "Health and nutrition"}))
    outcome = brought(bot, path)
    assert [(line.what[:3], line.verdict) for line in lines(outcome, "Groups")] == [("SAN", "changed")]
    assert lines(outcome, "Mandates") == []
    with bot.ctx.readings.begin() as session:
        now = {group.code: group.name_en for group in session.scalars(select(Group))}
        assert (now["EDU"], now["SAN"]) == ("Schools", "Health and nutrition")
        assert session.get_one(Mandate, old.id).ends == bot.ctx.today - timedelta(days=1)
        held = storage.mandates.of_group(session, edu.id, bot.ctx.today)
        assert [each.institution_id for each in held if each.office == "coordinator"] == [1]
