"""The report of what came of a file, as the operator reads it on a terminal: refused rows first, one line a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handlers.language import Message, Speaker
from handlers.registers import sentences
from handlers.registers.outcome import Line, Outcome, SheetOutcome, Verdict

COUNTED = (
    (Verdict.CREATED, sentences.CREATED_ROWS),
    (Verdict.CHANGED, sentences.CHANGED_ROWS),
    (Verdict.UNCHANGED, sentences.UNCHANGED_ROWS),
    (Verdict.CONFLICT, sentences.CONFLICT_ROWS),
    (Verdict.REFUSED, sentences.REFUSED_ROWS),
)
LISTED: tuple[tuple[Verdict, Message], ...] = (
    (Verdict.CONFLICT, sentences.CONFLICT_HEADING),
    (Verdict.REFUSED, sentences.REFUSED_HEADING),
    (Verdict.CREATED, sentences.CREATED_HEADING),
    (Verdict.CHANGED, sentences.CHANGED_HEADING),
)
"""Unchanged rows are only counted."""
WIDEST = 48
"""Characters of what a row was about; the rest is cut."""


def told(outcome: Outcome, speaker: Speaker) -> str:
    """The report, in that language; the remarks are in the language in which the file was brought in."""
    if outcome.refusal:
        return f"{outcome.file}\n  {outcome.refusal}"
    head = speaker.say(sentences.HEAD if outcome.dry_run else sentences.HEAD_KEPT, file=outcome.file)
    return "\n".join([head, *(line for sheet in outcome.sheets for line in ("", *_sheet(sheet, speaker)))])


def _sheet(sheet: SheetOutcome, speaker: Speaker) -> Iterator[str]:
    if sheet.register is None:
        yield sheet.name
        yield f"  {sheet.refusal or sheet.note}"
        return
    counts = sheet.counts
    yield f"{sheet.name} → {sheet.register}"
    yield "  " + " · ".join(
        speaker.say(sentence, count=counts[verdict]) for verdict, sentence in COUNTED if verdict in counts
    )
    if sheet.ignored:
        yield "  " + speaker.say(sentences.COLUMNS_LEFT, columns=speaker.listing(sheet.ignored))
    for verdict, heading in LISTED:
        if verdict in counts:
            yield f"  {speaker.say(heading)}"
            yield from _rows([line for line in sheet.lines if line.verdict == verdict], speaker)


def _rows(lines: list[Line], speaker: Speaker) -> Iterator[str]:
    """The rows under one another: number, what it was about, what is said of it."""
    numbers = [speaker.say(sentences.ROW, number=line.number) for line in lines]
    what = [_cut(line.what) for line in lines]
    wide, wider = max(map(len, numbers)), max(map(len, what))
    for number, name, line in zip(numbers, what, lines, strict=True):
        remarks = " ; ".join(map(_one_line, line.remarks))
        yield f"    {number:>{wide}}  {name:<{wider}}  {remarks}".rstrip()


def _one_line(text: str) -> str:
    """The text on one line; a no-break space stays one."""
    return re.sub(r"[ \t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+", " ", text)


def _cut(text: str) -> str:
    line = _one_line(text)
    return line if len(line) <= WIDEST else line[: WIDEST - 1] + "…"
