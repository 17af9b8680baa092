"""A file in preparation: a job taken for the time of a lease, its file written, its progress and end told.

What is prepared is a `Product` of a topic: the Excel export, the minutes of a meeting; each has jobs of its own kind.

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
from typing import Any

from sqlalchemy.orm import Session

import storage.jobs
import storage.outbox
import storage.people
from handlers import actors
from handlers.actors import Actor
from handlers.context import Context
from handlers.language import Message, Plural, Speaker
from handlers.readers import Reader
from handlers.reports import blocks
from storage import periods
from storage.jobs import Job, State
from storage.outbox import Sort
from storage.periods import Period

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
"""How long a job belongs to whoever took it; each thousand rows renew it."""
ATTEMPTS = 3
PAUSE = timedelta(seconds=20)
"""How long a job rests after a failure, times the failures so far."""
ROWS, SECONDS = 20_000, 10.0
"""Progress is told when so many rows and seconds of work went by since it was told last."""


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


@dataclass(frozen=True, slots=True)
class Making:
    """One file in the making: for whom (``actor``, as they stand today; ``reader`` speaks the file's language), what
    was asked (``claim``), where it is written; ``progress`` is told the rows written so far. ``session`` only reads.
    """

    session: Session
    ctx: Context
    actor: Actor
    reader: Reader
    claim: Claim
    path: Path
    progress: Progress


@dataclass(frozen=True, slots=True)
class Product:
    """What can be prepared: the kind of its jobs, the suffix of its files, and what is said meanwhile.

    ``make`` writes the file and returns its name; what it raises is tried again. ``preparing`` is said at once,
    ``progress`` now and then ({count}, {rows}), ``ready`` ({name}) at the end, ``comment`` ({at}) with the file,
    ``failed`` ({attempts}, {job}) when it is given up, ``refused`` to who is no member any more.
    """

    kind: str
    suffix: str
    make: Callable[[Making], str]
    preparing: Message
    progress: Plural
    ready: Message
    comment: Message
    failed: Message
    refused: Message


class Lost(Exception):  # noqa: N818 - nothing is wrong, somebody else goes on
    """The lease ran out and somebody else took the job up."""


def key(job_id: int) -> str:
    """The outbox key of the message that tells how a job stands."""
    return f"job:{job_id}"


def said(text: str) -> dict[str, Any]:
    """A sentence as a message."""
    return {"text": text, "blocks": [blocks.section(text)]}


def ask(session: Session, ctx: Context, actor: Actor, product: Product, request: dict[str, Any]) -> bool:
    """Write down what somebody asks for, with the message that tells so; False when the same is being prepared."""
    there = storage.jobs.unfinished(session, product.kind, actor.id)
    if any(job.request == request for job in there):
        return False
    job = storage.jobs.ask(session, product.kind, actor.id, request, ctx.now())
    told = said(actor.speaker.say(product.preparing))
    storage.outbox.put(session, key(job.id), actor.slack_id, told, ctx.now())
    return True


def work(ctx: Context, product: Product) -> bool:
    """Prepare one of them; False when none waits. What goes wrong is tried again later, three times in all."""
    claim = _claim(ctx, product)
    if claim is None:
        return False
    if claim.attempt > ATTEMPTS:
        _give_up(ctx, product, claim)
        return True
    path = ctx.files / f"{product.kind}-{claim.job_id}-{secrets.token_hex(8)}{product.suffix}"
    try:
        _prepare(ctx, product, claim, path)
    except Lost:
        path.unlink(missing_ok=True)
        logger.warning("%s %d was taken up by somebody else", product.kind, claim.job_id)
    except Exception as error:  # noqa: BLE001 - the worker's step: trouble with one file is that file's alone
        path.unlink(missing_ok=True)
        logger.error("%s %d failed, attempt %d: %s", product.kind, claim.job_id, claim.attempt, type(error).__name__)
        _failed(ctx, product, claim, type(error).__name__)
    ctx.wake()
    return True


def _claim(ctx: Context, product: Product) -> Claim | None:
    with ctx.sessions.begin() as session:
        job = storage.jobs.claim(session, product.kind, ctx.now(), LEASE)
        return None if job is None else Claim(job.id, job.attempts, job.person_id, dict(job.request))


def _prepare(ctx: Context, product: Product, claim: Claim, path: Path) -> None:
    with ctx.readings.begin() as session:
        actor = whose(session, ctx, claim)
        if not actor.is_member:
            _finish(ctx, claim, actor, product.refused)
            return
        reader = Reader(_speaker(actor, claim), actor.audience)
        progress = Progress(ctx, product, claim, actor)
        path.parent.mkdir(parents=True, exist_ok=True)
        name = product.make(Making(session, ctx, actor, reader, claim, path, progress))
    _deliver(ctx, product, claim, actor, (path, name))


class Progress:
    """Is told the rows written so far: keeps the lease, and edits the person's message now and then.

    ``clock`` counts the seconds of real work. Raises Lost when the job is no longer ours.
    """

    def __init__(
        self,
        ctx: Context,
        product: Product,
        claim: Claim,
        actor: Actor,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ctx, self._product, self._claim, self._actor, self._clock = ctx, product, claim, actor, clock
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
        text = self._actor.speaker.say(self._product.progress, count=rows, rows=speaker.number(rows))
        with self._ctx.sessions.begin() as session:
            _edit(session, self._ctx, self._claim, self._actor, f"{self._claim.attempt}:{rows}", text)
        self._ctx.wake()


def _deliver(ctx: Context, product: Product, claim: Claim, actor: Actor, file: tuple[Path, str]) -> None:
    """The file (where it lies, its name), the message that it is ready, and the job's end: one transaction."""
    path, name = file
    comment = actor.speaker.say(product.comment, at=ctx.now())
    payload = {"path": str(path.resolve()), "name": name, "title": name, "text": comment}
    with ctx.sessions.begin() as session:
        _ours(session, claim).state = State.DONE
        storage.outbox.put(session, f"file:{key(claim.job_id)}", actor.slack_id, payload, ctx.now(), sort=Sort.FILE)
        _edit(session, ctx, claim, actor, "end", actor.speaker.say(product.ready, name=name))
    logger.info("%s %d is ready", product.kind, claim.job_id)


def _failed(ctx: Context, product: Product, claim: Claim, error: str) -> None:
    """Let the job rest and be taken up again, or give it up."""
    if claim.attempt >= ATTEMPTS:
        _give_up(ctx, product, claim, error)
        return
    with ctx.sessions.begin() as session:
        job = storage.jobs.held(session, claim.job_id, claim.attempt)
        if job is not None:
            job.leased_until = ctx.now() + PAUSE * claim.attempt
            job.error = error


def _give_up(ctx: Context, product: Product, claim: Claim, error: str = "") -> None:
    with ctx.readings.begin() as session:
        actor = whose(session, ctx, claim)
    _finish(ctx, claim, actor, product.failed, error, attempts=ATTEMPTS, job=claim.job_id)
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
