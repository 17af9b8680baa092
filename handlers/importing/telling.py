"""The message that shows what came of a file: each sheet, its register and columns, the rows that matter first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from handlers.language import Message, Speaker, message
from handlers.registers import Layout, Line, Outcome, SheetOutcome, Verdict, sentences, telling
from handlers.registers.labels import labels
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal

TRIED = message("*{file}*: tried out, nothing is kept yet.")
KEPT = message("*{file}*: brought in.")
NOTHING = message("There is nothing in it to bring in.")
SHEET = message("*{sheet}* → {register}")
COLUMN = message("{heading} → {field}")
COLUMNS = message("Columns: {columns}")
AS_EXPORTED = message("Columns as they were exported.")
NOT_READ = message("Not read: {columns}")
SAME = message("Nothing changes in: {sheets}")
ONLY_READ = message("Only to be read: {sheets}")
FURTHER = message("Further sheets: {sheets}")
ROW = message("{verdict}, row {number}, {what}: {remarks}")
ROW_ALONE = message("{verdict}, row {number}, {what}")
MORE = message("All rows are in the report below.")
CORRECT_BUTTON = message("Correct the columns")
CHOOSE_BUTTON = message("Say what it is")
KEEP_BUTTON = message("Bring in")
LEAVE_BUTTON = message("Leave it")
KEEP_TITLE = message("Bring it in?")
KEEP_TEXT = message("What is shown above is kept, with its line of history. What is refused or in conflict stays out.")
NOT_NOW = message("Not yet")

VERDICTS: dict[Verdict, Message] = {
    Verdict.CONFLICT: message("In conflict"),
    Verdict.REFUSED: message("Refused"),
    Verdict.CHANGED: message("Changed"),
    Verdict.CREATED: message("Created"),
}
"""The rows that are shown, those first that ask for something."""
SHEETS, WHOLE = 20, 8
"""Sheets told one by one, and those of them with their columns: a message has its limits (SLACK.md 2.1)."""
NAME = 60
"""Characters of a sheet's name."""
ROWS = 12
"""Rows shown in the message; more stand in the report."""
LONGEST = 300
"""Characters of a row, or of the columns of a sheet."""


def is_long(outcome: Outcome) -> bool:
    """Whether more is to be said of it than the message shows."""
    found = list(_rows(outcome))
    return len(found) > ROWS or any(len(" ".join(line.remarks)) > LONGEST for _, line in found)


def payload(speaker: Speaker, job_id: int, outcome: Outcome, layouts: Sequence[Layout | None]) -> dict[str, Any]:
    """The message of one file."""
    say = speaker.say
    head = say(TRIED if outcome.dry_run else KEPT, file=literal(outcome.file))
    told = [blocks.section(head)]
    same = [place for place in range(len(outcome.sheets)) if _is_same(outcome, place)]
    shown = [place for place, sheet in enumerate(outcome.sheets) if not sheet.note and place not in same]
    for number, place in enumerate(shown[:SHEETS]):
        told.append(_sheet(speaker, job_id, place, outcome, layouts[place] if number < WHOLE else None))
    alike = speaker.listing(outcome.sheets[place].name for place in same)
    names = [sheet.name for sheet in outcome.sheets if sheet.note]
    lines = [say(SAME, sheets=alike)] if alike else []
    lines += [say(ONLY_READ, sheets=speaker.listing(names))] if names else []
    rest = [outcome.sheets[place].name for place in shown[SHEETS:]]
    lines += [say(FURTHER, sheets=speaker.listing(rest))] if rest else []
    lines += [_row(speaker, line) for _, line in list(_rows(outcome))[:ROWS]]
    told += blocks.contexts([blocks.clip(line, LONGEST) for line in lines])
    if is_long(outcome):
        told += blocks.contexts([say(MORE)])
    return {"text": head, "blocks": [*told, *(_decision(speaker, job_id, outcome) if outcome.dry_run else ())]}


def _is_same(outcome: Outcome, place: int) -> bool:
    """Whether a sheet of the bot's own workbook, which it knows by those that are only to be read, changes nothing."""
    counts = outcome.sheets[place].counts
    return any(sheet.note for sheet in outcome.sheets) and set(counts) == {Verdict.UNCHANGED}


def _decision(speaker: Speaker, job_id: int, outcome: Outcome) -> list[blocks.Block]:
    """*Bring in*, where there is anything to, and *Leave it*."""
    say, value = speaker.say, str(job_id)
    leave = blocks.button(say(LEAVE_BUTTON), "import_leave", value)
    counts = [sheet.counts for sheet in outcome.sheets]
    if not any(count.get(Verdict.CREATED, 0) + count.get(Verdict.CHANGED, 0) for count in counts):
        return [blocks.section(say(NOTHING)), blocks.actions(leave)]
    sure = blocks.confirm(say(KEEP_TITLE), say(KEEP_TEXT), say(KEEP_BUTTON), say(NOT_NOW))
    return [blocks.actions(blocks.button(say(KEEP_BUTTON), "import_keep", value, style="primary", confirm=sure), leave)]


def _sheet(speaker: Speaker, job_id: int, place: int, outcome: Outcome, layout: Layout | None) -> blocks.Block:
    """A sheet: its register, its counts, its columns; the button that corrects them."""
    sheet, say = outcome.sheets[place], speaker.say
    if sheet.register is None:
        text = f"*{literal(blocks.clip(sheet.name, NAME))}*\n{literal(sheet.refusal)}"
        label = CHOOSE_BUTTON
    else:
        text = say(SHEET, sheet=literal(blocks.clip(sheet.name, NAME)), register=literal(sheet.register))
        text = "\n".join([text, counts(speaker, sheet), *_columns(speaker, sheet, layout)])
        label = CORRECT_BUTTON
    if not outcome.dry_run:
        return blocks.section(text)
    spoken = f"{say(label)}: {sheet.name}"
    button = blocks.button(say(label), "import_columns", f"{job_id}:{place}", spoken=spoken)
    return blocks.section(text, button, block_id=f"sheet{place}")


def counts(speaker: Speaker, sheet: SheetOutcome) -> str:
    """How many rows each verdict has, in one line."""
    found = sheet.counts
    told = [speaker.say(sentence, count=found[verdict]) for verdict, sentence in telling.COUNTED if verdict in found]
    return " · ".join(told) or speaker.say(sentences.EMPTY_SHEET)


def _columns(speaker: Speaker, sheet: SheetOutcome, layout: Layout | None) -> Iterator[str]:
    """Which heading was taken for what, and which were not read; nothing much of a workbook of the bot's own."""
    if layout is None:
        return
    if "version" in layout.places:
        yield speaker.say(AS_EXPORTED)
        return
    named, say = labels(layout.register), speaker.say
    taken = [
        say(COLUMN, heading=sheet.headings[place], field=say(named[name]))
        for name, place in sorted(layout.places.items(), key=lambda item: item[1])
        if name in named and place < len(sheet.headings)
    ]
    yield say(COLUMNS, columns=literal(blocks.clip(" · ".join(taken), LONGEST)))
    if sheet.ignored:
        yield say(NOT_READ, columns=literal(blocks.clip(speaker.listing(sheet.ignored), LONGEST)))


def _rows(outcome: Outcome) -> Iterator[tuple[SheetOutcome, Line]]:
    """The rows to be looked at: those that stay out, then those that change something and have a remark."""
    for verdict in VERDICTS:
        for sheet in outcome.sheets:
            for line in sheet.lines:
                if line.verdict == verdict and (line.remarks or verdict in (Verdict.CONFLICT, Verdict.REFUSED)):
                    yield sheet, line


def _row(speaker: Speaker, line: Line) -> str:
    told = {"verdict": speaker.say(VERDICTS[line.verdict]), "number": line.number, "what": line.what or "–"}
    if not line.remarks:
        return speaker.say(ROW_ALONE, **told)
    return speaker.say(ROW, **told, remarks=" ; ".join(" ".join(each.split()) for each in line.remarks))
