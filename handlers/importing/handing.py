"""A file handed over: the form that asks for it, and the buttons that keep or leave what it would change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.jobs
import storage.outbox
import storage.received
from handlers import answers, leases, records, rights
from handlers.actors import Actor
from handlers.commands import Command
from handlers.context import Context
from handlers.errors import Refusal
from handlers.forms import Form, Question, Sort
from handlers.language import Message, message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.rights import Right
from storage.jobs import Job
from storage.outbox import Sort as Sending

SUMMARY = message("Bring a spreadsheet in: tried out first, with a report row by row")
FORM_TITLE = message("Bring a file in")
READ_SUBMIT = message("Try it out")
FILE = message("Excel workbook or CSV file")
FILE_HINT = message("10 MB at most, one file.")
EXPLAINED = message(
    "A register as you keep it (groups, meetings, decisions, plans, amounts…), or a workbook of `/ptf export` that you "
    "changed. It is tried out first: your direct messages show what each row would do, and nothing is kept before you "
    "say so."
)
EXCEL = message("Excel workbook")
CSV = message("CSV file")
READING = message("I am reading {file}…")
READING_AGAIN = message("I am reading {file} again, with the columns as you said…")
KEEPING = message("I am bringing {file} in…")
SEE_BELOW = message("{file}: decided; what comes of it stands below.")
LEFT = message("{file}: nothing was brought in.")
READ_LONG_AGO = message("This file was read long ago: hand it over again.")
ASKED_BEFORE = message("This was decided already: nothing was done twice.")

GONE = message("The file is not in Slack any more: hand it over again.")
CLOSED = message(
    "Slack does not let me read the file. The permission files:read may be missing: `ptf-bot doctor` tells more."
)
ELSEWHERE = message("The file does not lie in Slack itself, and I fetch files from nowhere else: upload it.")
TOO_LARGE = message("The file is too large: at most {megabytes} MB.")

COMMAND = Command(("import", "importer"), SUMMARY, pool_only=True)
KIND = "import"
"""The kind of its jobs: ``file`` (Slack's id), ``name``, ``act``, ``columns`` as they were corrected, ``sheets``."""
TRY, KEEP = "try", "keep"
CARRIED = ("file", "name", "columns")
"""What is the same when a file is read again."""

FORM = Form(
    "import",
    FORM_TITLE,
    READ_SUBMIT,
    (Question("file", FILE, Sort.FILE, FILE_HINT, required=True, choices={"xlsx": EXCEL, "csv": CSV}),),
)


def register(app: App) -> None:
    """Register the form and the buttons."""
    app.view(FORM.name)(submitted)
    app.action("import_open")(by_button)
    app.action("import_keep")(keep)
    app.action("import_leave")(leave)


def by_command(ack: Ack, ctx: Context, actor: Actor, client: WebClient, body: dict[str, Any]) -> None:
    """`/ptf import`: ask for the file."""
    _require(ctx, actor)
    above = [blocks.section(actor.speaker.say(EXPLAINED))]
    answers.lay(client, body, FORM.view(actor.speaker, above=above))
    ack()


def by_button(ack: Ack, ctx: Context, actor: Actor, client: WebClient, body: dict[str, Any]) -> None:
    """The button of the guide: the same."""
    by_command(ack, ctx, actor, client, body)


def submitted(ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], delivery: str) -> None:
    """The form: the worker reads the file."""
    _require(ctx, actor)
    file = FORM.answers(view)["file"]
    request = {"file": str(file["id"]), "name": str(file.get("name") or file["id"]), "act": TRY}
    with ctx.sessions.begin() as session:
        if storage.received.first(session, delivery, ctx.now()):
            ask(session, ctx, actor, request, READING)
    ack()
    ctx.wake()


def keep(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], delivery: str) -> None:
    """*Bring in*: the worker does what it tried out; a second click does nothing."""
    _require(ctx, actor)
    with ctx.sessions.begin() as session:
        if storage.received.first(session, delivery, ctx.now()):
            job = decided(session, ctx, actor, records.id_of(body))
            again: dict[str, Any] = {name: job.request[name] for name in CARRIED if name in job.request}
            ask(session, ctx, actor, again | {"act": KEEP}, KEEPING)
            close(session, ctx, actor, job, SEE_BELOW)
    ack()
    ctx.wake()


def leave(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], delivery: str) -> None:
    """*Leave it*: nothing is brought in."""
    with ctx.sessions.begin() as session:
        if storage.received.first(session, delivery, ctx.now()):
            close(session, ctx, actor, decided(session, ctx, actor, records.id_of(body)), LEFT)
    ack()
    ctx.wake()


def ask(session: Session, ctx: Context, actor: Actor, request: Mapping[str, Any], sentence: Message) -> None:
    """Write down what the worker is to do, with the message that tells so."""
    job = storage.jobs.ask(session, KIND, actor.id, dict(request), ctx.now())
    told = leases.said(actor.speaker.say(sentence, file=_shown(request)))
    storage.outbox.put(session, leases.key(job.id), actor.slack_id, told, ctx.now())


def decided(session: Session, ctx: Context, actor: Actor, job_id: int) -> Job:
    """The file that was tried out, once: what follows from it is decided now. Raises Refusal when it was before."""
    job = tried(session, actor, job_id)
    if not storage.received.first(session, f"import:{job.id}", ctx.now()):
        raise Refusal(ASKED_BEFORE)
    return job


def tried(session: Session, actor: Actor, job_id: int) -> Job:
    """The file that this person had tried out. Raises Refusal for none."""
    job = storage.jobs.by_id(session, job_id)
    if job is None or job.kind != KIND or job.person_id != actor.id:
        raise Refusal(records.GONE)
    return job


def close(session: Session, ctx: Context, actor: Actor, job: Job, sentence: Message) -> None:
    """Take the buttons from a message whose file was decided about; what was read of it is not kept longer."""
    job.request = {name: job.request[name] for name in (*CARRIED, "act") if name in job.request}
    told = leases.said(actor.speaker.say(sentence, file=_shown(job.request)))
    under = leases.key(job.id)
    storage.outbox.put(session, f"{under}:decided", actor.slack_id, told, ctx.now(), sort=Sending.EDIT, under=under)


def _shown(request: Mapping[str, Any]) -> str:
    return literal(str(request["name"]))


def _require(ctx: Context, actor: Actor) -> None:
    """Raises Refusal, naming the pool, to who may bring nothing in."""
    with ctx.readings.begin() as session:
        rights.require(session, ctx, actor, Right.IMPORT)
