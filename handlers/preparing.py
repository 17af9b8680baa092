"""An export in preparation: a job taken for the time of a lease, its file written, its progress and end told.

Everything it says to the person goes through the outbox, the end in one transaction with the job's state. A process
that dies leaves the job to the next; what fails three times is told.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

import storage.jobs
import storage.outbox
import storage.people
from handlers import actors
from handlers.actors import Actor
from handlers.context import Context
from handlers.language import Message, Speaker, message, plural
from handlers.readers import Reader
from handlers.reports import blocks
from storage import periods
from storage.jobs import Job, State
from storage.outbox import Sort
from storage.periods import Period

if TYPE_CHECKING:
    from handlers.reports.sheets import Workbook

logger = logging.getLogger(__name__)

KIND = "export"
LEASE = timedelta(minutes=2)
"""How long a job belongs to whoever took it; each thousand rows renew it."""
ATTEMPTS = 3
PAUSE = timedelta(seconds=20)
"""How long a job rests after a failure, times the failures so far."""
ROWS, SECONDS = 20_000, 10.0
"""Progress is told when so many rows and seconds of work went by since it was told last."""

PREPARING = message("I am preparing the Excel file. It comes here as soon as it is ready.")
PROGRESS = plural(
    "I am preparing the Excel file: {count} row is written.",
    "I am preparing the Excel file: {rows} rows are written.",
)
READY = message("The Excel file is ready: {name}.")
COMMENT = message("The registers as you may read them, on {at}.")
FAILED = message(
    "The Excel file could not be prepared, even after {attempts} attempts. Nothing else is affected; you can ask "
    "again, and the Pool Technique can find the cause in the log (job {job})."
)
NOT_FOR_YOU = message("The Excel file was not prepared: the registers are for the full members of this workspace.")
NAME = message("PTF_registers_{day}.xlsx")
NAME_OF_SPAN = message("PTF_registers_{span}_{day}.xlsx")

Composer = Callable[[Session, Context, Reader, Period | None], "Workbook"]
"""Composes the workbook for a reader."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A job that was taken: its number, the attempt it is, whose it is and what they asked for."""

    job_id: int
    attempt: int
    person_id: int
    request: dict[str, Any] = field(default_factory=dict)

    @property
    def span(self) -> Period | None:
        """What it was narrowed to."""
        key = self.request.get("span")
        return periods.parse(key) if key else None


class Lost(Exception):  # noqa: N818 - nothing is wrong, somebody else goes on
    """The lease ran out and somebody else took the job up."""


def key(job_id: int) -> str:
    """The outbox key of the message that tells how a job stands."""
    return f"job:{job_id}"


def said(text: str) -> dict[str, Any]:
    """A sentence as a message."""
    return {"text": text, "blocks": [blocks.section(text)]}


def work(ctx: Context, compose: Composer) -> bool:
    """Prepare one export; False when none waits. What goes wrong is tried again later, three times in all."""
    claim = _claim(ctx)
    if claim is None:
        return False
    if claim.attempt > ATTEMPTS:
        _give_up(ctx, claim)
        return True
    path = ctx.files / f"export-{claim.job_id}-{secrets.token_hex(8)}.xlsx"
    try:
        _prepare(ctx, claim, path, compose)
    except Lost:
        path.unlink(missing_ok=True)
        logger.warning("export %d was taken up by somebody else", claim.job_id)
    except Exception as error:  # noqa: BLE001 - the worker's step: trouble with one export is that export's alone
        path.unlink(missing_ok=True)
        logger.error("export %d failed, attempt %d: %s", claim.job_id, claim.attempt, type(error).__name__)
        _failed(ctx, claim, type(error).__name__)
    ctx.wake()
    return True


def _claim(ctx: Context) -> Claim | None:
    with ctx.sessions.begin() as session:
        job = storage.jobs.claim(session, ctx.now(), LEASE)
        return None if job is None else Claim(job.id, job.attempts, job.person_id, dict(job.request))


def _prepare(ctx: Context, claim: Claim, path: Path, compose: Composer) -> None:
    from handlers.reports.sheets import write  # with the worker's first file, not with the start

    with ctx.readings.begin() as session:
        actor = whose(session, ctx, claim)
        if not actor.is_member:
            _finish(ctx, claim, actor, NOT_FOR_YOU)
            return
        reader = Reader(_speaker(actor, claim), actor.audience)
        workbook = compose(session, ctx, reader, claim.span)
        path.parent.mkdir(parents=True, exist_ok=True)
        write(workbook, path, Progress(ctx, claim, actor))
    _deliver(ctx, claim, actor, path)


class Progress:
    """Is told the rows written so far: keeps the lease, and edits the person's message now and then.

    ``clock`` counts the seconds of real work. Raises Lost when the job is no longer ours.
    """

    def __init__(self, ctx: Context, claim: Claim, actor: Actor, clock: Callable[[], float] = time.monotonic) -> None:
        self._ctx, self._claim, self._actor, self._clock = ctx, claim, actor, clock
        self._rows, self._at = 0, clock()
        self._kept_at = self._at

    def __call__(self, rows: int) -> None:
        """So many rows are written."""
        now = self._clock()
        if now - self._kept_at >= SECONDS:
            self._kept_at = now
            with self._ctx.sessions.begin() as session:
                _ours(session, self._claim).leased_until = self._ctx.now() + LEASE
        if rows - self._rows >= ROWS and now - self._at >= SECONDS:
            self._rows, self._at = rows, now
            self._tell(rows)

    def _tell(self, rows: int) -> None:
        speaker = _speaker(self._actor, self._claim)
        text = self._actor.speaker.say(PROGRESS, count=rows, rows=speaker.number(rows))
        with self._ctx.sessions.begin() as session:
            _edit(session, self._ctx, self._claim, self._actor, f"{self._claim.attempt}:{rows}", text)
        self._ctx.wake()


def _deliver(ctx: Context, claim: Claim, actor: Actor, path: Path) -> None:
    """The file, the message that it is ready, and the job's end: one transaction."""
    name = file_name(ctx, _speaker(actor, claim), claim.span)
    comment = actor.speaker.say(COMMENT, at=ctx.now())
    payload = {"path": str(path.resolve()), "name": name, "title": name, "text": comment}
    with ctx.sessions.begin() as session:
        _ours(session, claim).state = State.DONE
        storage.outbox.put(session, f"file:{key(claim.job_id)}", actor.slack_id, payload, ctx.now(), sort=Sort.FILE)
        _edit(session, ctx, claim, actor, "end", actor.speaker.say(READY, name=name))
    logger.info("export %d is ready", claim.job_id)


def file_name(ctx: Context, speaker: Speaker, span: Period | None) -> str:
    """What the file is called: ``PTF_registres_2027-03-03.xlsx``."""
    day = ctx.today.isoformat()
    return speaker.say(NAME, day=day) if span is None else speaker.say(NAME_OF_SPAN, span=span.key, day=day)


def _failed(ctx: Context, claim: Claim, error: str) -> None:
    """Let the job rest and be taken up again, or give it up."""
    if claim.attempt >= ATTEMPTS:
        _give_up(ctx, claim, error)
        return
    with ctx.sessions.begin() as session:
        job = storage.jobs.held(session, claim.job_id, claim.attempt)
        if job is not None:
            job.leased_until = ctx.now() + PAUSE * claim.attempt
            job.error = error


def _give_up(ctx: Context, claim: Claim, error: str = "") -> None:
    with ctx.readings.begin() as session:
        actor = whose(session, ctx, claim)
    _finish(ctx, claim, actor, FAILED, error, attempts=ATTEMPTS, job=claim.job_id)
    ctx.wake()


def _finish(ctx: Context, claim: Claim, actor: Actor, sentence: Message, error: str = "", **values: object) -> None:
    """Nothing comes of the job; the person is told why."""
    with ctx.sessions.begin() as session:
        job = storage.jobs.held(session, claim.job_id, claim.attempt)
        if job is None:
            return
        job.state, job.error = State.FAILED, error or job.error
        _edit(session, ctx, claim, actor, "end", actor.speaker.say(sentence, **values))


def _ours(session: Session, claim: Claim) -> Job:
    job = storage.jobs.held(session, claim.job_id, claim.attempt)
    if job is None:
        raise Lost
    return job


def whose(session: Session, ctx: Context, claim: Claim) -> Actor:
    """Who asked, as they stand today."""
    return actors.describe(session, ctx, storage.people.by_ids(session, [claim.person_id])[0])


def _speaker(actor: Actor, claim: Claim) -> Speaker:
    """Who speaks the language of the file: the one asked for, else the person's own."""
    return Speaker(claim.request.get("language") or actor.speaker.language, actor.speaker.zone)


def _edit(session: Session, ctx: Context, claim: Claim, actor: Actor, which: str, text: str) -> None:
    under = key(claim.job_id)
    storage.outbox.put(session, f"{under}:{which}", actor.slack_id, said(text), ctx.now(), sort=Sort.EDIT, under=under)
