"""Bring a file in: read it, find each sheet's register, hand its rows to the module of that register."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from handlers.context import Context
from handlers.described import KINDS
from handlers.errors import Refusal
from handlers.language import Message, Speaker
from handlers.registers import (
    actions,
    decisions,
    described,
    groups,
    headings,
    institutions,
    mandates,
    people,
    reading,
    returning,
    sentences,
    updates,
    vocabulary,
)
from handlers.registers.desk import Desk, Entry
from handlers.registers.headings import Columns, Layout, plain
from handlers.registers.known import Known
from handlers.registers.outcome import Line, Outcome, SheetOutcome, Verdict
from handlers.registers.rows import Row, Sheet
from storage.history import By, Origin


def _go_on() -> None:
    """Without a pause."""


@dataclass(frozen=True, slots=True)
class Register:
    """A register: what it is called, the fields it reads, and how its rows are kept; ``described``: once, see there."""

    name: Message
    fields: Collection[str]
    bring: Callable[[Desk, Sequence[Entry]], Iterable[Line]]
    described: bool = False


_FIRST: Mapping[str, Register] = {
    "institutions": Register(sentences.INSTITUTIONS, institutions.FIELDS, institutions.bring),
    "groups": Register(sentences.GROUPS, groups.FIELDS, groups.bring),
    "bodies": Register(sentences.BODIES, groups.BODY_FIELDS, groups.bring_bodies),
    "people": Register(sentences.PEOPLE, people.FIELDS, people.bring),
    "mandates": Register(sentences.MANDATES, mandates.FIELDS, mandates.bring),
}
_LAST: Mapping[str, Register] = {
    "decisions": Register(sentences.DECISIONS, decisions.FIELDS, decisions.bring),
    "actions": Register(sentences.ACTIONS, actions.FIELDS, actions.bring),
    "updates": Register(sentences.UPDATES, updates.FIELDS, updates.bring),
}

NOT_YET: Mapping[str, Message] = {
    "indicators": sentences.INDICATORS,
}


@cache
def every() -> Mapping[str, Register]:
    """The registers in the order in which the sheets of one file are brought in: what is leaned on comes first."""
    kinds = {
        kind.table: Register(
            kind.labels.many, described.reads(kind), partial(described.bring, kind, KINDS), described=True
        )
        for kind in KINDS
    }
    return {**_FIRST, **kinds, **_LAST}


@dataclass(frozen=True, slots=True)
class How:
    """How a file is brought in: its ``name``, whether only tried out, by whom, to whom it is told.

    ``layouts`` are the columns of the sheets (see `layouts`); ``pause`` is called after each row that was kept, and may
    commit where it is not only tried out.
    """

    name: str
    dry_run: bool
    by: By
    speaker: Speaker
    layouts: Sequence[Layout | None]
    pause: Callable[[], None] = _go_on


def bring_in(session: Session, ctx: Context, path: Path, dry_run: bool) -> Outcome:
    """Bring a file in, in the caller's transaction; a dry run takes everything back. Never raises for a bad file."""
    try:
        sheets = reading.read(path)
    except Refusal as refusal:
        return Outcome(path.name, dry_run, refusal=refusal.said(ctx.speaker))
    by = By(None, ctx.now(), Origin.IMPORT)
    return bring(session, ctx, sheets, How(path.name, dry_run, by, ctx.speaker, layouts(ctx, sheets)))


def bring(session: Session, ctx: Context, sheets: Sequence[Sheet], how: How) -> Outcome:
    """Bring sheets in, each by its layout."""
    savepoint = session.begin_nested() if how.dry_run else None
    desk = Desk(session, ctx, how.by, Known(session), how.speaker)
    order = sorted(range(len(sheets)), key=lambda place: _rank(how.layouts[place]))
    brought = {place: _sheet(desk, sheets[place], how.layouts[place], how.pause) for place in order}
    for place in order:
        brought[place] = _once_more(desk, sheets[place], how.layouts[place], brought[place])
    for place in read_only(ctx, sheets):
        brought[place] = SheetOutcome(sheets[place].name, None, note=desk.speaker.say(sentences.ONLY_TO_READ))
    session.flush()
    if savepoint is not None:
        savepoint.rollback()
    return Outcome(how.name, how.dry_run, tuple(brought[place] for place in range(len(sheets))))


def layouts(ctx: Context, sheets: Sequence[Sheet]) -> list[Layout | None]:
    """The columns of each sheet as they are found; None where they are those of no register, or nothing to bring in."""
    left_out = read_only(ctx, sheets)
    return [None if place in left_out else _layout(sheet, ctx.zone) for place, sheet in enumerate(sheets)]


def read_only(ctx: Context, sheets: Sequence[Sheet]) -> set[int]:
    """The sheets of the bot's own workbook that are only to be read."""
    names = returning.only_to_read([sheet.name for sheet in sheets], ctx.zone)
    return {place for place, sheet in enumerate(sheets) if sheet.name in names}


def _layout(sheet: Sheet, zone: ZoneInfo) -> Layout | None:
    """The columns of a sheet; names with kinds alone are told apart by what the kinds say, else by the sheet's name."""
    layout = headings.layout(sheet.rows, [described.columns(kind, zone) for kind in KINDS], sheet.name)
    if layout is None or layout.register != "named":
        return layout
    kinds = [str(layout.cells(row).get("kind", "")) for row in sheet.rows[layout.at + 1 :]]
    of_groups = sum(vocabulary.understood(kind, vocabulary.GROUP_KINDS) is not None for kind in kinds if kind)
    others = sum(vocabulary.understood(kind, vocabulary.INSTITUTION_KINDS) is not None for kind in kinds if kind)
    named = plain(sheet.name)
    of_groups += named.startswith(("group", "groupe"))
    others += named.startswith(("institution", "partner", "partenaire", "ptf"))
    if of_groups == others:
        return layout
    return replace(layout, register="groups" if of_groups > others else "institutions")


def _rank(layout: Layout | None) -> int:
    order = list(every())
    return order.index(layout.register) if layout and layout.register in order else len(order)


def _sheet(desk: Desk, sheet: Sheet, layout: Layout | None, pause: Callable[[], None]) -> SheetOutcome:
    say = desk.speaker.say
    if layout is None:
        return SheetOutcome(
            sheet.name, None, refusal=say(sentences.NO_HEADINGS if sheet.rows else sentences.EMPTY_SHEET)
        )
    if layout.register in NOT_YET:
        return SheetOutcome(sheet.name, None, refusal=say(sentences.NOT_YET, register=say(NOT_YET[layout.register])))
    register = every().get(layout.register)
    if register is None:
        return SheetOutcome(sheet.name, None, refusal=say(sentences.GROUPS_OR_INSTITUTIONS))
    lines: list[Line] = []
    for line in register.bring(desk, _entries(desk, sheet, layout)):
        lines.append(line)
        pause()
    lines.sort(key=lambda line: line.number)
    used = {place for name, place in layout.places.items() if name in register.fields}
    titles = sheet.rows[layout.at].cells
    ignored = tuple(str(cell) for place, cell in enumerate(titles) if cell and place not in used)
    headings_of = tuple(map(str, titles))
    return SheetOutcome(sheet.name, say(register.name), tuple(lines), ignored, headings=headings_of)


def _entries(desk: Desk, sheet: Sheet, layout: Layout) -> list[Entry]:
    """The rows under the headings that hold something."""
    rows = sheet.rows[layout.at + 1 :]
    entries = (Entry(row.number, layout.cells(row), emptied=layout.emptied(row)) for row in rows)
    return returning.joined(desk, (entry for entry in entries if entry.cells))


def _once_more(desk: Desk, sheet: Sheet, layout: Layout | None, outcome: SheetOutcome) -> SheetOutcome:
    """Rows of a described register that were refused, now that all is there which they may have leaned on."""
    register = every().get(layout.register) if layout is not None else None
    refused = {line.number for line in outcome.lines if line.verdict == Verdict.REFUSED}
    if layout is None or register is None or not register.described or not refused:
        return outcome
    entries = [entry for entry in _entries(desk, sheet, layout) if entry.number in refused]
    again = {line.number: line for line in register.bring(desk, entries)}
    return replace(outcome, lines=tuple(again.get(line.number, line) for line in outcome.lines))


def columns_of(ctx: Context, name: str) -> Columns:
    """What the columns of the register of that name are called, and which are needed."""
    kind = next((kind for kind in KINDS if kind.table == name), None)
    if kind is not None:
        return described.columns(kind, ctx.zone)
    fields = every()[name].fields
    return Columns(
        name, {heading: field for heading, field in headings.shared().items() if field in fields}, frozenset()
    )


def guessed(columns: Columns, titles: Sequence[str]) -> Mapping[str, int]:
    """The fields whose headings stand among those."""
    return headings.places(Row(1, tuple(titles)), columns.headings)
