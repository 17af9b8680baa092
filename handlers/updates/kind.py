"""The description of an update: its questions, what its form opens with, how answers are checked and kept.

The questions are those of real questionnaires of thematic groups (DOMAIN.md section 5): progress, difficulties with
their reason, next steps, what the chef de file or the troïka is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

import storage.groups
import storage.reporting_periods
import storage.updates
from handlers import cards, entries, messages, remembered, rights, served, threads
from handlers.actors import Actor
from handlers.cards import Shown
from handlers.changes import answering
from handlers.context import Context
from handlers.errors import FieldRefusal, Refusal
from handlers.forms import Form, Question, Sort
from handlers.language import Message, Plural, message
from handlers.readers import Reader
from handlers.records import RecordKind
from handlers.reports import blocks
from handlers.reports.report import Entry
from handlers.rights import Right
from handlers.updates import filling, standing, telling, terms
from storage import periods
from storage.groups import Group
from storage.history import By, Origin
from storage.reporting import DigestClock
from storage.reporting_periods import Standing
from storage.updates import NEEDS_REASON, Status, Update
from storage.visibility import Level

UPDATE_FORM_TITLE = message("Update of a group")
SAVE_SUBMIT = message("Save")
GROUP = message("Group")
PERIOD = message("Period")
STATUS = message("How does the work stand?")
PROGRESS = message("Progress: what moved, what was delivered")
DIFFICULTIES = message("Difficulties, and their reason")
DIFFICULTIES_HINT = message("Needed when the work is at risk or off track.")
NEXT_STEPS = message("Next steps")
SUPPORT = message("Support asked of the chef de file or the troïka")
VISIBILITY = message("Who may read it")

REASON_NEEDED = message("Please say what is difficult and why, since the work is not on track.")
PROGRESS_NEEDED = message("Please say what moved; if nothing did, choose “nothing to report” above.")
PERIOD_CLOSED = message("An update for {period} cannot be given any more; choose one of the periods of the form.")
CLOSED = message(
    "The update of {group} for {period} could be changed until {until}. The Pool Technique can still correct it."
)
RECORDED = message("Update recorded")
SEEN_BY = message("Who may read it: {level}")
MAY_CHANGE = message("You can change it until {until}.")
LATE_NOTE = message("It came after the digest of its period: it stands in the thread of that digest.")
EDIT_BUTTON = message("Edit")
WITHDRAW_BUTTON = message("Withdraw")
WITHDRAW_TITLE = message("Withdraw this update?")
WITHDRAW_TEXT = message("It then shows nowhere but in the history. You can undo it.")
KEEP_BUTTON = message("Keep it")

FORM = Form(
    "update",
    UPDATE_FORM_TITLE,
    SAVE_SUBMIT,
    (
        Question("group", GROUP, Sort.CHOICE, required=True, asks_again=True),
        Question("period", PERIOD, Sort.CHOICE, required=True),
        Question("status", STATUS, Sort.CHOICE, required=True, choices=entries.UPDATE_STATUSES),
        Question("progress", PROGRESS),
        Question("difficulties", DIFFICULTIES, hint=DIFFICULTIES_HINT),
        Question("next_steps", NEXT_STEPS),
        Question("support", SUPPORT),
        Question("visibility", VISIBILITY, Sort.CHOICE, required=True, choices=entries.LEVELS),
        served.QUESTION,
    ),
)
TEXTS = ("progress", "difficulties", "next_steps", "support")


def checked(answers: Mapping[str, Any]) -> None:
    """Raises FieldRefusal where a status stands without what it needs, or is none of ours."""
    faults: dict[str, tuple[Message | Plural, Mapping[str, object]]] = {}
    status = Status(answers["status"])
    if status in NEEDS_REASON and not answers["difficulties"]:
        faults["difficulties"] = (REASON_NEEDED, {})
    if status != Status.NOTHING and not answers["progress"]:
        faults["progress"] = (PROGRESS_NEEDED, {})
    if faults:
        raise FieldRefusal(faults)


def make(
    session: Session, ctx: Context, actor: Actor, answers: Mapping[str, Any], context: Mapping[str, Any]
) -> Update:
    """Keep what a form says. Raises refusals: not theirs, a period long over, a status without its reason."""
    group = _group(session, answers.get("group") or context["group_id"])
    rights.require_update(session, ctx, actor, group)
    checked(answers)
    clock = remembered.clock(session, ctx)
    allowed = {period.key: period for period in terms.choices(clock, group, ctx.now())}
    if answers["period"] not in allowed:
        raise Refusal(PERIOD_CLOSED, period=periods.parse(answers["period"]))
    standing.require_open(session, ctx, actor, group, allowed[answers["period"]])
    update = new(ctx, actor, group, allowed[answers["period"]], clock)
    update.source_id = context.get("source_id")
    update.institution_id = messages.institution_of(session, update.source_id, actor.institution_id)
    _write(update, answers)
    return added(session, ctx, update)


def new(ctx: Context, actor: Actor, group: Group, period: periods.Period, clock: DigestClock) -> Update:
    """An update of that group for that period, still without words."""
    return Update(
        group_id=group.id,
        period=period.key,
        status=None,
        progress="",
        difficulties="",
        next_steps="",
        support="",
        visibility=Level.ALL,
        late=terms.is_late(clock, period, ctx.now()),
        institution_id=actor.institution_id,
        language=actor.speaker.language,
        said_at=ctx.now(),
        said_by_id=actor.id,
        version=1,
    )


def added(session: Session, ctx: Context, update: Update) -> Update:
    """Add it, and put a card into the threads of the digests that are out already; what was returned is then back."""
    storage.updates.keep(session, update)
    decided = remembered.decided(session, ctx, update.group_id, update.period)
    if decided is not None and decided.awaited_back:
        telling.came_back(session, ctx, update, update.said_by_id)
    for channel, key in threads.of_update(session, ctx, update):
        cards.in_thread(session, ctx, SHOWN, update, channel, key)
    return update


def apply(session: Session, ctx: Context, actor: Actor, update: Update, answers: Mapping[str, Any]) -> None:
    """Change it to what the form says; its group and period stay. What was returned is then back."""
    checked({"status": update.status, **{name: getattr(update, name) for name in TEXTS}} | dict(answers))
    is_closed = ctx.now() > standing.closes(remembered.clock(session, ctx), update)
    _write(update, answers)
    served.put(session, update, answers, actor.audience)
    if not session.is_modified(update):
        return
    if is_closed:
        update.changed_after_closing = ctx.now()
    telling.came_back(session, ctx, update, actor.id)


def answers_of(session: Session, update: Update, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the form would be answered for it to hold those facts again; a status not said yet says nothing."""
    return answering.plain(facts, "status", *TEXTS, "visibility") | answering.line(facts)


def after_withdrawal(session: Session, ctx: Context, actor: Actor, update: Update) -> None:
    """With the last word of a period that was returned or validated, what was decided about it goes too."""
    decided = storage.reporting_periods.of(session, update.group_id, update.period)
    if decided is None or decided.state == Standing.OPEN:
        return
    if not storage.updates.of_group_and_period(session, update.group_id, update.period):
        storage.reporting_periods.lapse(session, decided, By(actor.id, ctx.now(), Origin.BUTTON))


def require_change(session: Session, ctx: Context, actor: Actor, update: Update) -> None:
    """Raises Refusal to who may not change it, or not any more."""
    group = _group(session, update.group_id)
    rights.require_update(session, ctx, actor, group)
    if rights.may(actor, Right.CLOSED_UPDATE, record=update):
        return
    decided = storage.reporting_periods.of(session, update.group_id, update.period)
    if decided is not None and decided.validated:
        standing.refuse_validated(session, ctx, actor, group, decided)
    if ctx.now() > (until := standing.open_until(remembered.clock(session, ctx), update, decided)):
        raise Refusal(
            CLOSED, group=group.name(actor.speaker.language), period=periods.parse(update.period), until=until
        )


def _group(session: Session, group_id: Any) -> Group:
    group = storage.groups.by_id(session, int(group_id))
    if group is None or not group.reports:
        raise Refusal(filling.NO_UPDATES_HERE)
    return group


def _write(update: Update, answers: Mapping[str, Any]) -> None:
    for name in ("status", *TEXTS, "visibility"):
        if name in answers:
            setattr(update, name, answers[name])
    update.status = Status(update.status) if update.status else None
    update.visibility = Level(update.visibility)


def _title(actor: Actor, _: Update) -> str:
    return actor.speaker.say(RECORDED)


def _entry(session: Session, ctx: Context, reader: Reader, update: Update) -> Entry:
    names = entries.known_names(session, ctx, update)
    told = entries.with_message(entries.update_entry(update, names, reader.speaker), update, names, reader.speaker)
    return replace(told, facts=[*told.facts, *served.facts(session, reader, update.line_id)])


def _notes(session: Session, ctx: Context, actor: Actor, update: Update) -> list[str]:
    speaker, decided = actor.speaker, remembered.decided(session, ctx, update.group_id, update.period)
    told = [speaker.say(SEEN_BY, level=speaker.say(entries.LEVELS[Level(update.visibility)]))]
    told += standing.notes(session, speaker, decided)
    if threads.of_update(session, ctx, update):
        told.append(speaker.say(LATE_NOTE))
    if decided is not None and decided.validated:
        return told
    until = standing.open_until(remembered.clock(session, ctx), update, decided)
    return [*told, speaker.say(MAY_CHANGE, until=until)] if ctx.now() <= until else told


def _buttons(session: Session, ctx: Context, actor: Actor, update: Update) -> list[blocks.Block]:
    """*Edit* and *Withdraw*, for who may; a period that closes later is checked at the click."""
    if not rights.may_change_update(actor, update):
        return []
    decided = remembered.decided(session, ctx, update.group_id, update.period)
    if decided is not None and decided.validated and not rights.may(actor, Right.CLOSED_UPDATE, record=update):
        return []
    say, value = actor.speaker.say, str(update.id)
    sure = blocks.confirm(say(WITHDRAW_TITLE), say(WITHDRAW_TEXT), say(WITHDRAW_BUTTON), say(KEEP_BUTTON), danger=True)
    return [
        blocks.button(say(EDIT_BUTTON), "update_edit", value),
        blocks.button(say(WITHDRAW_BUTTON), "update_withdraw", value, confirm=sure),
    ]


SHOWN = Shown("update", _title, _entry, _notes, _buttons)
KIND = RecordKind(
    "update",
    Update,
    FORM,
    filling.fill,
    make,
    apply,
    require_change,
    SHOWN,
    after_withdrawal=after_withdrawal,
    answers_of=answers_of,
    words="progress",
)
