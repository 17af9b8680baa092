"""A file in preparation: a job taken for the time of a lease, its file written, its progress and end told.

What is prepared is a `Product` of a topic: the Excel export, the minutes of a meeting; each has jobs of its own kind
(see `handlers.leases`).
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

import storage.jobs
import storage.outbox
from handlers import leases
from handlers.actors import Actor
from handlers.context import Context
from handlers.language import Message, Plural
from handlers.leases import Claim, Progress
from handlers.readers import Reader
from storage.jobs import State
from storage.outbox import Sort

logger = logging.getLogger(__name__)


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


def ask(session: Session, ctx: Context, actor: Actor, product: Product, request: dict[str, Any]) -> bool:
    """Write down what somebody asks for, with the message that tells so; False when the same is being prepared."""
    there = storage.jobs.unfinished(session, product.kind, actor.id)
    if any(job.request == request for job in there):
        return False
    job = storage.jobs.ask(session, product.kind, actor.id, request, ctx.now())
    told = leases.said(actor.speaker.say(product.preparing))
    storage.outbox.put(session, leases.key(job.id), actor.slack_id, told, ctx.now())
    return True


def work(ctx: Context, product: Product) -> bool:
    """Prepare one of them; False when none waits. What goes wrong is tried again later, three times in all."""

    def step(claim: Claim) -> None:
        path = ctx.files / f"{product.kind}-{claim.job_id}-{secrets.token_hex(8)}{product.suffix}"
        try:
            _prepare(ctx, product, claim, path)
        except Exception:
            path.unlink(missing_ok=True)
            raise

    def give_up(claim: Claim, error: str) -> None:
        with ctx.readings.begin() as session:
            actor = leases.whose(session, ctx, claim)
        told = actor.speaker.say(product.failed, attempts=leases.ATTEMPTS, job=claim.job_id)
        leases.fail(ctx, claim, actor, told, error)
        ctx.wake()

    return leases.run(ctx, product.kind, step, give_up)


def _prepare(ctx: Context, product: Product, claim: Claim, path: Path) -> None:
    with ctx.readings.begin() as session:
        actor = leases.whose(session, ctx, claim)
        if not actor.is_member:
            leases.fail(ctx, claim, actor, actor.speaker.say(product.refused))
            return
        reader = Reader(claim.speaker(actor), actor.audience)
        progress = Progress(ctx, product.progress, claim, actor)
        path.parent.mkdir(parents=True, exist_ok=True)
        name = product.make(Making(session, ctx, actor, reader, claim, path, progress))
    _deliver(ctx, product, claim, actor, (path, name))


def _deliver(ctx: Context, product: Product, claim: Claim, actor: Actor, file: tuple[Path, str]) -> None:
    """The file (where it lies, its name), the message that it is ready, and the job's end: one transaction."""
    path, name = file
    comment = actor.speaker.say(product.comment, at=ctx.now())
    payload = {"path": str(path.resolve()), "name": name, "title": name, "text": comment}
    under = leases.key(claim.job_id)
    with ctx.sessions.begin() as session:
        leases.ours(session, claim).state = State.DONE
        storage.outbox.put(session, f"file:{under}", actor.slack_id, payload, ctx.now(), sort=Sort.FILE)
        leases.edit(session, ctx, claim, actor, "end", leases.said(actor.speaker.say(product.ready, name=name)))
    logger.info("%s %d is ready", product.kind, claim.job_id)
