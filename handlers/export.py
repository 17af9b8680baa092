"""`/ptf export` (`exporter`): the registers as an Excel file, prepared by the worker, delivered in direct messages.

After the word may stand a language and a span of time: `/ptf export en 2026`, `/ptf exporter mars 2027`. Whoever is a
full member may ask; the file holds what they may read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.received
from handlers import answers, commands, dates, preparing
from handlers.actors import Actor
from handlers.commands import Command
from handlers.context import Context
from handlers.dates import NotADate
from handlers.errors import Refusal
from handlers.language import Speaker, message, plural
from handlers.preparing import Making, Product
from handlers.readers import Reader
from handlers.reports import blocks
from handlers.reports.mrkdwn import escape, unescape
from storage import periods
from storage.periods import Period
from storage.words import folded

if TYPE_CHECKING:
    from handlers.reports.sheets import Value, Workbook

SUMMARY = message("The registers as an Excel file, in your direct messages")
USAGE = message("[fr or en] [2026, March 2027, Q2 2027…]")
PREPARING = message("I am preparing the Excel file; it comes in your direct messages.")
STILL_PREPARING = message(
    "The Excel file you asked for is still being prepared; it comes in your direct messages. Nothing was asked twice."
)
NOT_A_SPAN = message(
    "“{said}” is neither a language (fr, en) nor a span of time: write a year, a quarter, a month or a week, "
    "such as 2026, Q2 2027 or March 2027."
)
NOT_BEGUN = message("{span} has not begun: there is nothing to put into the file. Write the year if you meant another.")
WAIT = message("I am preparing the Excel file. It comes here as soon as it is ready.")
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
TITLE = message("Registers of the PTF")
SPAN = message("Holds")
ALL_TIME = message("Everything since the beginning")
SPAN_TOLD = message("What belongs to: {span}")
COMES_BACK = message("When it comes back")
COMES_BACK_TOLD = message(
    "The Pool Technique can bring this workbook in again (/ptf import). A cell that was changed changes the record, an "
    "emptied one empties it, a new row without a version is a new record; a row taken out changes nothing. By the "
    "column “Version” what was changed here meanwhile is noticed: it is shown with both values, and nothing is "
    "overwritten. Leave that column as it is."
)
FOR_WHOM = message("For")
FOR_TROIKA = message("A reader of the troïka or the Pool Technique: every record.")
FOR_PARTNER = message(
    "A reader of the PTF: what is open to all PTF, what is for their own groups, and what they said themselves."
)
FOR_GOVERNMENT = message("A reader outside the PTF: what is open to the Government.")

COMMANDS = (Command(("export", "exporter"), SUMMARY, USAGE),)

_LANGUAGES = {"fr": "fr", "francais": "fr", "french": "fr", "en": "en", "anglais": "en", "english": "en"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for: the file's language, None for the person's own; the span, None for everything."""

    language: str | None = None
    span: Period | None = None

    @property
    def request(self) -> dict[str, str]:
        """As the job keeps it."""
        told = {"language": self.language, "span": self.span.key if self.span else None}
        return {name: value for name, value in told.items() if value}


def register(app: App) -> None:
    """Register the command and the button of the guide."""
    commands.on(app, COMMANDS[0], by_command)
    app.action("export_open")(by_button)


def by_command(
    ack: Ack, ctx: Context, actor: Actor, client: WebClient, body: dict[str, Any], rest: str, delivery: str
) -> None:
    """`/ptf export …`: ask for it, say that it comes."""
    _answer(ack, ctx, actor, client, body, _ask(ctx, actor, wanted(ctx, unescape(rest)), delivery))


def by_button(ack: Ack, ctx: Context, actor: Actor, client: WebClient, body: dict[str, Any], delivery: str) -> None:
    """The guide's button: the same, everything in the person's own language."""
    _answer(ack, ctx, actor, client, body, _ask(ctx, actor, Wanted(), delivery))


def wanted(ctx: Context, text: str) -> Wanted:
    """What the words after the command ask for. Raises Refusal for what is neither a language nor a span."""
    said = text.split()
    languages = [_LANGUAGES[folded(word)] for word in said if folded(word) in _LANGUAGES]
    words = [word for word in said if folded(word) not in _LANGUAGES]
    return Wanted(languages[-1] if languages else None, _span(ctx, " ".join(words)) if words else None)


def work(ctx: Context) -> bool:
    """Prepare one export that was asked for; False when none waits."""
    return preparing.work(ctx, PRODUCT)


def make(making: Making) -> str:
    """Write the workbook."""
    from handlers.reports.sheets import write  # with the worker's first file, not with the start

    ctx, reader, span = making.ctx, making.reader, making.claim.span
    write(workbook(making.session, ctx, reader, span), making.path, making.progress)
    return file_name(ctx, reader.speaker, span)


PRODUCT = Product("export", ".xlsx", make, WAIT, PROGRESS, READY, COMMENT, FAILED, NOT_FOR_YOU)


def file_name(ctx: Context, speaker: Speaker, span: Period | None) -> str:
    """What the file is called: ``PTF_registres_2027-03-03.xlsx``."""
    day = ctx.today.isoformat()
    return speaker.say(NAME, day=day) if span is None else speaker.say(NAME_OF_SPAN, span=span.key, day=day)


def workbook(session: Session, ctx: Context, reader: Reader, span: Period | None = None) -> Workbook:
    """The registers for that reader; the rows are read while the file is written, so the session must stay open."""
    from handlers import sheets  # with the worker's first file, not with the start
    from handlers.reports.sheets import Workbook

    scope = sheets.scope(session, ctx, reader, span)
    title = reader.speaker.say(TITLE)
    return Workbook(
        title=title,
        language=reader.speaker.language,
        sheets=[sheets.sheet(register, scope) for register in sheets.SHEETS if register.is_for(scope)],
        zone=reader.speaker.zone,
        made_at=ctx.now(),
        properties={"creator": "ptf-bot", "subject": title},
        about=_about(reader, span),
    )


def _about(reader: Reader, span: Period | None) -> list[tuple[str, Value]]:
    say = reader.speaker.say
    audience = reader.audience
    if audience is not None and audience.troika:
        for_whom = FOR_TROIKA
    else:
        for_whom = FOR_PARTNER if audience is not None and audience.partner else FOR_GOVERNMENT
    told = say(ALL_TIME) if span is None else say(SPAN_TOLD, span=span)
    return [(say(SPAN), told), (say(FOR_WHOM), say(for_whom)), (say(COMES_BACK), say(COMES_BACK_TOLD))]


def _span(ctx: Context, text: str) -> Period:
    try:
        period = periods.parse(text)
    except ValueError:
        period = _in_words(ctx, text)
    if period.first > ctx.today:
        raise Refusal(NOT_BEGUN, span=period)
    return period


def _in_words(ctx: Context, text: str) -> Period:
    try:
        key = dates.deadline(text, ctx.today).key
    except NotADate:
        key = None
    if key is None or key == periods.CONTINUOUS:
        raise Refusal(NOT_A_SPAN, said=text)
    return periods.parse(key)


def _ask(ctx: Context, actor: Actor, asked: Wanted, delivery: str) -> bool:
    """Write down what is asked for, with the message that tells so; False when the same is being prepared."""
    with ctx.sessions.begin() as session:
        if not storage.received.first(session, delivery, ctx.now()):
            return True
        is_new = preparing.ask(session, ctx, actor, PRODUCT, asked.request)
    ctx.wake()
    return is_new


def _answer(ack: Ack, ctx: Context, actor: Actor, client: WebClient, body: Mapping[str, Any], is_new: bool) -> None:
    said = escape(actor.speaker.say(PREPARING if is_new else STILL_PREPARING))
    answers.show_kept(ack, client, body, said, [blocks.section(said)])
