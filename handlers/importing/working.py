"""What the worker does with a file that was handed over: fetched, tried out on a copy, or kept in pieces.

The file stays in Slack: it is fetched each time and never kept here. What is kept is committed every second or so, so
that nobody waits for a long file; a process that dies in between leaves a file that is brought in again, whole.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import storage.outbox
from handlers import leases, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import Refusal
from handlers.importing.handing import KEEP, KIND
from handlers.language import message, plural
from handlers.leases import Claim, Progress
from handlers.reports.mrkdwn import literal
from handlers.rights import Right
from storage import trying
from storage.history import By, Origin
from storage.jobs import State
from storage.outbox import Sort

if TYPE_CHECKING:
    from handlers.registers import Layout, Outcome, Sheet

NOT_READ = message("{file}: {reason}")
PROGRESS = plural("I am reading the file: {count} row so far.", "I am reading the file: {rows} rows so far.")
FAILED = message(
    "{file} could not be read, even after {attempts} attempts. You can hand it over again; the Pool Technique can find "
    "the cause in the log (job {job})."
)
REPORT_NAME = message("report_{file}.txt")
REPORT = message("What came of {file}, row by row.")
BYTES = 10_000_000
"""What Slack takes in a form (SLACK.md 2.1)."""
PIECE, TURN = 0.3, 0.02
"""Seconds of work between two commits, and those in which it is others' turn to write."""
SAMPLE = 60
"""Characters of an example from a column."""

Fetch = Callable[[str, int], bytes]
"""Gives the bytes of a file of Slack (its id) up to a size. Raises Refusal when there is no way to."""


def work(ctx: Context, fetch: Fetch) -> bool:
    """Read one file that was handed over; False when none waits."""

    def step(claim: Claim) -> None:
        _read(ctx, fetch, claim)

    def give_up(claim: Claim, error: str) -> None:
        with ctx.readings.begin() as session:
            actor = leases.whose(session, ctx, claim)
        name = literal(str(claim.request["name"]))
        told = actor.speaker.say(FAILED, file=name, attempts=leases.ATTEMPTS, job=claim.job_id)
        leases.fail(ctx, claim, actor, told, error)

    return leases.run(ctx, KIND, step, give_up)


@dataclass(frozen=True, slots=True)
class Handed:
    """A file being read: the job, who handed it over, its name, its sheets and their columns."""

    claim: Claim
    actor: Actor
    name: str
    sheets: Sequence[Sheet]
    layouts: Sequence[Layout | None]


def _read(ctx: Context, fetch: Fetch, claim: Claim) -> None:
    from handlers import registers  # with the worker's first file, not with the start

    with ctx.readings.begin() as session:
        actor = leases.whose(session, ctx, claim)
        name = str(claim.request["name"])
        try:
            rights.require(session, ctx, actor, Right.IMPORT)
        except Refusal as refusal:
            leases.fail(ctx, claim, actor, refusal.said(actor.speaker))
            return
    try:
        sheets = registers.understood(fetch(str(claim.request["file"]), BYTES), name)
    except Refusal as refusal:
        reason = refusal.said(actor.speaker)
        leases.fail(ctx, claim, actor, actor.speaker.say(NOT_READ, file=literal(name), reason=literal(reason)))
        return
    found = registers.layouts(ctx, sheets)
    layouts = [corrected(claim.request, place, layout) for place, layout in enumerate(found)]
    handed = Handed(claim, actor, name, sheets, layouts)
    outcome = _kept(ctx, handed) if claim.request["act"] == KEEP else _tried(ctx, handed)
    _tell(ctx, handed, outcome)


def corrected(request: Mapping[str, Any], place: int, layout: Layout | None) -> Layout | None:
    """The columns of a sheet as a person said they are; as they were found else."""
    from handlers.registers import Layout

    said = request.get("columns", {}).get(str(place))
    if said is None:
        return layout
    units = layout.units if layout is not None and layout.at == said["at"] else {}
    return Layout(said["register"], said["places"], said["at"], units)


def _tried(ctx: Context, handed: Handed) -> Outcome:
    """What each row would do, on a copy or taken back."""
    from handlers import registers

    progress, rows = Progress(ctx, PROGRESS, handed.claim, handed.actor), _Count()
    with trying.apart(ctx.database, ctx.files) as (database, session):
        how = _how(ctx, handed, pause=lambda: progress(rows.next()))
        return registers.bring(session, replace(ctx, database=database), handed.sheets, how)


def _kept(ctx: Context, handed: Handed) -> Outcome:
    """What each row did; committed piece by piece, and found as soon as it is told."""
    from handlers import registers, searchable

    progress, rows = Progress(ctx, PROGRESS, handed.claim, handed.actor), _Count()
    with ctx.sessions() as session:
        began = [time.monotonic()]

        def pause() -> None:
            done = rows.next()
            if time.monotonic() - began[0] >= PIECE:
                session.commit()
                progress(done)
                time.sleep(TURN)
                began[0] = time.monotonic()

        outcome = registers.bring(session, ctx, handed.sheets, _how(ctx, handed, pause))
        session.commit()
    searchable.fill(ctx.database)
    return outcome


def _how(ctx: Context, handed: Handed, pause: Callable[[], None]) -> Any:
    from handlers.registers import How

    by = By(handed.actor.id, ctx.now(), Origin.IMPORT)
    is_tried = handed.claim.request["act"] != KEEP
    return How(handed.name, is_tried, by, handed.actor.speaker, handed.layouts, pause)


class _Count:
    """Counts rows."""

    def __init__(self) -> None:
        self._rows = 0

    def next(self) -> int:
        """One more."""
        self._rows += 1
        return self._rows


def _tell(ctx: Context, handed: Handed, outcome: Outcome) -> None:
    """The message, the report as a file where it is long, and the job's end: one transaction."""
    from handlers import registers
    from handlers.importing import telling

    claim, actor = handed.claim, handed.actor
    say, now, under = actor.speaker.say, ctx.now(), leases.key(claim.job_id)
    with ctx.sessions.begin() as session:
        job = leases.ours(session, claim)
        job.state = State.DONE
        job.request = {**claim.request, "sheets": [_shape(handed, place) for place in range(len(handed.sheets))]}
        payload = telling.payload(actor.speaker, claim.job_id, outcome, handed.layouts)
        leases.edit(session, ctx, claim, actor, "end", payload)
        if telling.is_long(outcome):
            path = ctx.files / f"{KIND}-{claim.job_id}-{secrets.token_hex(8)}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(registers.told(outcome, actor.speaker) + "\n", "utf-8")
            name = say(REPORT_NAME, file=handed.name)
            file = {
                "path": str(path.resolve()),
                "name": name,
                "title": name,
                "text": say(REPORT, file=literal(handed.name)),
            }
            storage.outbox.put(session, f"file:{under}", actor.slack_id, file, now, sort=Sort.FILE)


def _shape(handed: Handed, place: int) -> dict[str, Any]:
    """A sheet as the form to correct its columns needs it: its headings with an example each, its columns as taken."""
    sheet, layout = handed.sheets[place], handed.layouts[place]
    at = layout.at if layout is not None else _fullest(sheet)
    headings = sheet.rows[at].cells if sheet.rows else ()
    below = sheet.rows[at + 1 : at + 21]
    samples = [
        next((str(row.cells[column]) for row in below if column < len(row.cells) and row.cells[column]), "")[:SAMPLE]
        for column in range(len(headings))
    ]
    shape = {"name": sheet.name, "at": at, "headings": [str(each)[:SAMPLE] for each in headings], "samples": samples}
    return shape | ({"register": layout.register, "places": dict(layout.places)} if layout is not None else {})


def _fullest(sheet: Sheet) -> int:
    """Among the first rows, the one with the most texts: where nothing is understood, it is likely the headings."""
    counts = [sum(isinstance(cell, str) and bool(cell) for cell in row.cells) for row in sheet.rows[:20]]
    return counts.index(max(counts)) if counts else 0
