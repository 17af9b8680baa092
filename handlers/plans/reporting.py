"""*Report on it*: where a line stands, how far, why, what was measured; by those who answer for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.history
from handlers import records, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import FieldRefusal, Refusal
from handlers.forms import NEEDED, Form, Question, Sort
from handlers.kinds import forming, telling
from handlers.kinds.kind import Kind
from handlers.language import message
from handlers.plans.measure import MEASURE
from handlers.plans.words import STATUSES
from handlers.records import GONE, Filled, RecordKind
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.rights import Right
from storage.history import By, Origin
from storage.plans.measured import Measure
from storage.plans.rows import Line

REPORT_BUTTON = message("Report on it")
REPORT_FORM_TITLE = message("Where a line stands")
SAVE_SUBMIT = message("Save")
WHICH = message("*{code}*: {text}")
STATUS = message("Where it stands")
PERCENT = message("Done so far, in percent")
PERCENT_HINT = message("A whole number from 0 to 100; nothing where it cannot be said.")
REASON = message("Where it stands, in words")
REASON_HINT = message("Behind or off track: why, and what would help.")
VALUE = message("Value measured")
VALUE_OF = message("Indicator: {indicator}")
MEASURED_ON = message("Measured as of")
SOURCE = message("Source of the figure")
EVIDENCE = message("Evidence (links)")

NAME = "plan_line_report"
FORM = Form(
    NAME,
    REPORT_FORM_TITLE,
    SAVE_SUBMIT,
    (
        Question(
            "status", STATUS, Sort.CHOICE, required=True, choices={key: word.label for key, word in STATUSES.items()}
        ),
        Question("percent", PERCENT, Sort.LINE, hint=PERCENT_HINT),
        Question("reason", REASON, hint=REASON_HINT),
        Question("evidence", EVIDENCE),
        Question("value", VALUE, Sort.LINE),
        Question("measured_on", MEASURED_ON, Sort.DAY),
        Question("source", SOURCE, Sort.LINE),
    ),
)
OF_THE_LINE = ("status", "percent", "reason", "evidence")
OF_THE_VALUE = ("value", "measured_on", "source")
SHORT = 500
"""Characters of its text above the form."""


def register(app: App, kind: Kind[Line]) -> None:
    """Register the listeners."""
    asking = report(kind)

    def opened(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
        records.open_form(ctx, actor, client, body, asking, record_id=records.id_of(body))
        ack()

    app.action(NAME)(opened)
    records.submits(app, asking)


def buttons(actor: Actor, line: Line) -> list[blocks.Block]:
    """*Report on it*, for who may."""
    if not rights.may(actor, Right.REPORT_LINE, record=line):
        return []
    return [blocks.button(actor.speaker.say(REPORT_BUTTON), NAME, str(line.id), style="primary")]


def fill(session: Session, ctx: Context, actor: Actor, line: Line | None, hints: Mapping[str, Any]) -> Filled:
    """What stands; the value is asked of a line that has an indicator."""
    if line is None:
        raise Refusal(GONE)
    say = actor.speaker.say
    above = [blocks.section(say(WHICH, code=line.code, text=literal(blocks.clip(line.numbered, SHORT))))]
    if line.indicator:
        above.append(blocks.context(say(VALUE_OF, indicator=line.indicator)))
    values = {
        "status": line.status,
        "percent": "" if line.percent is None else str(line.percent),
        "reason": line.reason,
        "evidence": line.evidence,
        "measured_on": ctx.today,
    }
    asked = (*OF_THE_LINE, *(OF_THE_VALUE if line.indicator else ()))
    return Filled(values, context={"id": line.id, "version": line.version}, above=above, questions=asked)


def require(session: Session, ctx: Context, actor: Actor, line: Line) -> None:
    """Raises Refusal, naming who can, to who answers for it in nothing."""
    rights.require(session, ctx, actor, Right.REPORT_LINE, line)


def _never(session: Session, ctx: Context, actor: Actor, *_: Any) -> NoReturn:
    """Such a form makes no line."""
    raise Refusal(GONE)


def _measured(session: Session, ctx: Context, actor: Actor, line: Line, answers: Mapping[str, Any]) -> None:
    """Keep the value that was measured, where one was given."""
    if not answers.get("value"):
        return
    if not answers.get("measured_on"):
        raise FieldRefusal({"measured_on": (NEEDED, {})})
    measure = Measure(
        visibility=line.visibility,
        group_id=line.group_id,
        language=actor.speaker.language,
        said_at=ctx.now(),
        said_by_id=actor.id,
        version=1,
        not_applicable="",
    )
    given = {name: answers[name] for name in OF_THE_VALUE} | {"line": str(line.id)}
    with session.no_autoflush:
        forming.fill_in(session, ctx, MEASURE, measure, given)
        forming.settle(session, ctx, actor, MEASURE, measure, {})
    storage.history.created(session, measure, By(actor.id, ctx.now(), Origin.FORM))


def report(kind: Kind[Line]) -> RecordKind[Line]:
    """The form as a kind of record that changes a line (see `handlers.records`)."""

    def apply(session: Session, ctx: Context, actor: Actor, line: Line, answers: Mapping[str, Any]) -> None:
        before = storage.history.facts(line)
        given = {name: answers[name] for name in OF_THE_LINE if name in answers}
        forming.fill_in(session, ctx, kind, line, given)
        forming.settle(session, ctx, actor, kind, line, before)
        _measured(session, ctx, actor, line, answers)

    return RecordKind(NAME, Line, FORM, fill, _never, apply, require, telling.shown(kind))
