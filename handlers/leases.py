"""Slow work taken for the time of a lease: one step of the worker, its progress told, its failures tried again.

Everything it says to the person goes through the outbox, its end in one transaction with the job's state. A process
that dies leaves the job to the next; what fails three times is given up.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

import storage.jobs
import storage.outbox
import storage.people
from handlers import actors
from handlers.actors import Actor
from handlers.context import Context
from handlers.language import Plural, Speaker
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

    def speaker(self, actor: Actor) -> Speaker:
        """Who speaks the language of what is made: the one asked for, else the person's own."""
        return Speaker(self.request.get("language") or actor.speaker.language, actor.speaker.zone)


class Lost(Exception):  # noqa: N818 - nothing is wrong, somebody else goes on
    """The lease ran out and somebody else took the job up."""


def key(job_id: int) -> str:
    """The outbox key of the message that tells how a job stands."""
    return f"job:{job_id}"


def said(text: str) -> dict[str, Any]:
    """A sentence as a message."""
    return {"text": text, "blocks": [blocks.section(text)]}


def run(ctx: Context, kind: str, step: Callable[[Claim], None], give_up: Callable[[Claim, str], None]) -> bool:
    """Take up one job of that kind; False when none waits. What goes wrong is tried again later, three times in all."""
    with ctx.sessions.begin() as session:
        job = storage.jobs.claim(session, kind, ctx.now(), LEASE)
        claim = None if job is None else Claim(job.id, job.attempts, job.person_id, dict(job.request))
    if claim is None:
        return False
    if claim.attempt > ATTEMPTS:
        give_up(claim, "")
        return True
    try:
        step(claim)
    except Lost:
        logger.warning("%s %d was taken up by somebody else", kind, claim.job_id)
    except Exception as error:  # noqa: BLE001 - the worker's step: trouble with one job is that job's alone
        logger.error("%s %d failed, attempt %d: %s", kind, claim.job_id, claim.attempt, type(error).__name__)
        if claim.attempt >= ATTEMPTS:
            give_up(claim, type(error).__name__)
        else:
            _rest(ctx, claim, type(error).__name__)
    ctx.wake()
    return True


def _rest(ctx: Context, claim: Claim, error: str) -> None:
    """Let the job rest and be taken up again."""
    with ctx.sessions.begin() as session:
        job = storage.jobs.held(session, claim.job_id, claim.attempt)
        if job is not None:
            job.leased_until = ctx.now() + PAUSE * claim.attempt
            job.error = error


def ours(session: Session, claim: Claim) -> Job:
    """The job, locked. Raises Lost when it is no longer ours."""
    job = storage.jobs.held(session, claim.job_id, claim.attempt)
    if job is None:
        raise Lost
    return job


def whose(session: Session, ctx: Context, claim: Claim) -> Actor:
    """Who asked, as they stand today."""
    return actors.describe(session, ctx, storage.people.by_ids(session, [claim.person_id])[0])


def edit(session: Session, ctx: Context, claim: Claim, actor: Actor, which: str, payload: dict[str, Any]) -> None:
    """Let the message that tells how the job stands say something else; ``which`` makes it happen once."""
    under = key(claim.job_id)
    storage.outbox.put(session, f"{under}:{which}", actor.slack_id, payload, ctx.now(), sort=Sort.EDIT, under=under)


def fail(ctx: Context, claim: Claim, actor: Actor, text: str, error: str = "") -> None:
    """Nothing comes of the job; the person is told why."""
    with ctx.sessions.begin() as session:
        job = storage.jobs.held(session, claim.job_id, claim.attempt)
        if job is None:
            return
        job.state, job.error = State.FAILED, error or job.error
        edit(session, ctx, claim, actor, "end", said(text))


class Progress:
    """Is told the rows done so far: keeps the lease, and edits the person's message now and then.

    ``sentence`` takes {count} and {rows}; ``clock`` counts the seconds of real work. Raises Lost when the job is no
    longer ours.
    """

    def __init__(
        self,
        ctx: Context,
        sentence: Plural,
        claim: Claim,
        actor: Actor,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ctx, self._sentence, self._claim, self._actor, self._clock = ctx, sentence, claim, actor, clock
        self._rows, self._at = 0, clock()
        self._kept_at = self._at

    def __call__(self, rows: int) -> None:
        """So many rows are done."""
        now = self._clock()
        if now - self._kept_at >= SECONDS:
            self._kept_at = now
            with self._ctx.sessions.begin() as session:
                ours(session, self._claim).leased_until = self._ctx.now() + LEASE
        if rows - self._rows >= ROWS and now - self._at >= SECONDS:
            self._rows, self._at = rows, now
            self._tell(rows)

    def _tell(self, rows: int) -> None:
        speaker = self._claim.speaker(self._actor)
        text = self._actor.speaker.say(self._sentence, count=rows, rows=speaker.number(rows))
        with self._ctx.sessions.begin() as session:
            edit(session, self._ctx, self._claim, self._actor, f"{self._claim.attempt}:{rows}", said(text))
        self._ctx.wake()
