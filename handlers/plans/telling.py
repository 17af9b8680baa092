"""How a line of a plan is told in the tree: as it is now, or as it was when a period was validated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

import storage.plans.measured
from handlers.context import Context
from handlers.language import Speaker, message
from handlers.plans import timing
from handlers.plans.words import STATUSES
from handlers.reports import blocks
from handlers.reports.cells import EMOJI, marked
from handlers.reports.mrkdwn import literal
from handlers.reports.report import Mark, Tone
from storage.plans.frozen import Frozen
from storage.plans.measured import Measure
from storage.plans.rows import STANDING, Line, Rank, Status

OVERDUE = message("{status}, overdue")
PERCENT = message("{percent}%")
VALUE = message("{value} on {day}")
VALUE_OF = message("{value} on {day}, target: {target}")
NO_VALUE = message("not measured yet, target: {target}")
COUNTED = message("{status}: {count}")
REASON = message("Why: {reason}")

SHORT = 300
"""Characters of a line's text in the tree; the whole is one click away."""
INDENT = "\u2003"
"""An em space for each line that stands above: Slack drops plain ones."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the tree tells of a line; ``line`` is the row as it is now, None for how it was."""

    line_id: int
    path: str
    number: str
    text: str
    rank: str | None
    responsible: str
    institution_ids: frozenset[int]
    when: str
    due_on: date | None
    status: str | None
    overdue: bool
    percent: int | None
    reason: str
    unit: str
    target: Decimal | None
    value: Decimal | None
    measured_on: date | None
    line: Line | None = None

    @property
    def depth(self) -> int:
        """How many lines stand above it."""
        return self.path.count("/")


def as_it_is(session: Session, ctx: Context, lines: Sequence[Line]) -> list[Told]:
    """The lines as they are, with the last value of each."""
    values = storage.plans.measured.of_lines(session, [line.id for line in lines if line.indicator])
    return [_now(ctx.today, line, values.get(line.id, ())) for line in lines]


def _now(today: date, line: Line, values: Sequence[Measure]) -> Told:
    last = next((each for each in reversed(values) if each.value is not None), None)
    responsible = [*(each.code for each in line.institutions), *([line.others] if line.others else [])]
    return Told(
        line_id=line.id,
        path=line.path,
        number=line.number,
        text=line.text,
        rank=line.rank,
        responsible=", ".join(responsible),
        institution_ids=frozenset(each.id for each in line.institutions),
        when=line.timing,
        due_on=line.due_on,
        status=line.status,
        overdue=is_overdue(line.status, line.due_on, today),
        percent=line.percent,
        reason=line.reason,
        unit=line.unit,
        target=line.target,
        value=last.value if last is not None else None,
        measured_on=last.measured_on if last is not None else None,
        line=line,
    )


def as_it_was(rows: Iterable[Frozen], ids: Mapping[str, int]) -> list[Told]:
    """The rows that were kept when a period was validated; what was overdue then is judged as of that day.

    ``ids``: code of an institution -> its id.
    """
    return [
        Told(
            line_id=row.line_id,
            path=row.path,
            number=row.number,
            text=row.text,
            rank=row.rank,
            responsible=row.responsible,
            institution_ids=frozenset(ids[code] for code in row.responsible.split(", ") if code in ids),
            when=row.timing,
            due_on=row.due_on,
            status=row.status,
            overdue=is_overdue(row.status, row.due_on, row.frozen_at.date()),
            percent=row.percent,
            reason=row.reason,
            unit=row.unit,
            target=row.target,
            value=row.value,
            measured_on=row.measured_on,
        )
        for row in rows
    ]


def is_overdue(status: str | None, due_on: date | None, day: date) -> bool:
    """Whether it is still to be done after its last day."""
    return status in STANDING and due_on is not None and due_on < day


def mark(speaker: Speaker, status: str | None, *, overdue: bool) -> Mark | None:
    """Where a line stands; None for one that says nothing of its own."""
    if status is None:
        return None
    word = STATUSES[status]
    label = speaker.say(word.label)
    return Mark(speaker.say(OVERDUE, status=label), Tone.BAD) if overdue else Mark(label, word.tone)


def line(speaker: Speaker, told: Told, beneath: str = "") -> str:
    """One line, ready for mrkdwn: its words, then where it (or what is ``beneath``) stands, who, when, how much."""
    indent = INDENT * told.depth
    words = literal(blocks.clip(f"{told.number} {' '.join(told.text.split())}", SHORT))
    head = f"{indent}*{words}*" if told.rank == Rank.AXIS else f"{indent}{words}"
    state = mark(speaker, told.status, overdue=told.overdue)
    facts = [
        *([marked(state, EMOJI)] if state is not None else [beneath] if beneath else []),
        *([speaker.say(PERCENT, percent=told.percent)] if told.percent is not None else []),
        *([told.responsible] if told.responsible else []),
        *_when(speaker, told),
        *value_words(speaker, told),
    ]
    reason = [speaker.say(REASON, reason=blocks.clip(told.reason, SHORT))] if told.reason and _explains(told) else []
    below = [indent + literal(each) for each in (" · ".join(facts), *reason) if each]
    return "\n".join([head, *below])


def _explains(told: Told) -> bool:
    return told.status in (Status.BEHIND, Status.OFF_TRACK, Status.DROPPED)


def _when(speaker: Speaker, told: Told) -> list[str]:
    words = timing.said(told.when, told.due_on, speaker)
    return [words] if words else []


def value_words(speaker: Speaker, told: Told) -> list[str]:
    """The last value against the target; that nothing was measured yet; nothing where neither is."""
    target = figure(speaker, told.target, told.unit) if told.target is not None else ""
    if told.value is not None and told.measured_on is not None:
        value, day = figure(speaker, told.value, told.unit), speaker.day(told.measured_on)
        sentence = VALUE_OF if target else VALUE
        return [speaker.say(sentence, value=value, target=target, day=day)]
    return [speaker.say(NO_VALUE, target=target)] if target else []


def figure(speaker: Speaker, value: Decimal, unit: str) -> str:
    """A value with its unit."""
    return f"{speaker.number(value)} {unit}".strip()


def standing(speaker: Speaker, told: Sequence[Told]) -> str:
    """How many of them stand where: « Fait : 3 · En retard : 1 »."""
    counts: dict[str, int] = {}
    for each in told:
        if each.status is not None:
            counts[each.status] = counts.get(each.status, 0) + 1
    return " · ".join(
        speaker.say(COUNTED, status=speaker.say(word.label), count=counts[status])
        for status, word in STATUSES.items()
        if status in counts
    )
