"""What the pool decides about a group's period: *Return…*, *Validate*, *Reopen*, *Excuse…*, *Await it after all*.

The buttons stand in `/ptf updates` and in the message that tells that something came back; what was decided is shown
in the list they stand in. Each decision is made once: who comes second is told who was first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.received
import storage.reporting_periods
import storage.updates
from handlers import answers, cards, places, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import Refusal
from handlers.language import message, plural
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.updates import listing, standing, telling, weekly
from handlers.updates.kind import SHOWN
from handlers.updates.spots import APART, Spot, parsed
from handlers.updates.standing import Stand
from storage.groups import Group
from storage.history import By, Origin
from storage.reporting_periods import ReportingPeriod
from storage.updates import Update

VALIDATED = message("*{group}*, {period}: validated.")
VALIDATED_MANY = plural("One update is validated.", "{count} updates are validated.")
REOPENED = message("*{group}*, {period}: open again until {until}; {who} was told.")
REOPENED_ALONE = message("*{group}*, {period}: open again until {until}. Nobody of the group could be told here.")
EXPECTED = message("*{group}*, {period}: its update is awaited after all.")
VALIDATED_BEFORE = message("{group}, {period}: {who} validated it on {day} already; nothing was changed.")
NOT_OVER = message("{group}, {period}: the period is not over before {closes}; until then the group may change it.")
NOT_BACK = message("{group}, {period}: it was returned and has not come back; nothing was validated.")
NOT_VALIDATED = message("{group}, {period}: it is not validated; nothing was changed.")
NOT_EXCUSED = message("{group}, {period}: the group is not excused; nothing was changed.")
NOTHING_RECEIVED = message("{group}, {period}: nothing was received, or it was withdrawn.")
NOTHING_TO_VALIDATE = message("Nothing is left to validate: what was received is validated, returned, or not over yet.")


def register(app: App) -> None:
    """Register the listeners."""
    app.action("updates_validate")(validate)
    app.action("updates_validate_all")(validate_all)
    app.action("updates_reopen")(reopen)
    app.action("updates_expect")(expect)


def validate(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """*Validate* one group's period."""
    _decide(ack, ctx, actor, (body, client, delivery), _validate)


def reopen(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """*Reopen* a validated one for a week."""
    _decide(ack, ctx, actor, (body, client, delivery), _reopen)


def expect(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """*Await it after all*: take the excuse back."""
    _decide(ack, ctx, actor, (body, client, delivery), _expect)


def validate_all(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """*Validate all* that was received of the week on show, but for what is returned or not over."""
    week = parsed(str(body["actions"][0].get("value")))
    with ctx.sessions.begin() as session:
        rights.require(session, ctx, actor, rights.Right.PERIODS)
        if not storage.received.first(session, delivery, ctx.now()):
            ack()
            return
        found = weekly.to_validate(session, weekly.read(session, ctx, actor, week))
        if not found:
            raise Refusal(NOTHING_TO_VALIDATE)
        for group, period in found:
            row = storage.reporting_periods.entered(session, group.id, period.key)
            storage.reporting_periods.validate(session, row, _by(ctx, actor))
            _refresh(session, ctx, storage.updates.of_group_and_period(session, group.id, period.key))
        text, told = listing.of_week(session, ctx, actor, week)
    ctx.wake()
    notice = actor.speaker.say(VALIDATED_MANY, count=len(found))
    places.show_instead(ack, client, body, f"{notice}\n{text}", [blocks.section(notice), *told])


def _decide(
    ack: Ack,
    ctx: Context,
    actor: Actor,
    sent: tuple[dict[str, Any], WebClient, str],
    decision: Callable[[Session, Context, Actor, Group, Spot], str],
) -> None:
    """Read whom it is about, decide once, commit, and show the list as it is now."""
    body, client, delivery = sent
    spot = Spot.of(body["actions"][0])
    with ctx.sessions.begin() as session:
        rights.require(session, ctx, actor, rights.Right.PERIODS)
        if not storage.received.first(session, delivery, ctx.now()):
            ack()
            return
        group = spot.group(session)
        notice = decision(session, ctx, actor, group, spot)
        text, told = listing.again(session, ctx, actor, spot, notice)
    ctx.wake()
    if spot.shown == APART:
        answers.show_kept(ack, client, body, text, told)
    else:
        places.show_instead(ack, client, body, text, told)


def _validate(session: Session, ctx: Context, actor: Actor, group: Group, spot: Spot) -> str:
    row, updates = received(session, actor, group, spot)
    stand = Stand(row, standing.clock(session).deadline(spot.period), ctx.now())
    if not stand.can_be_validated:
        raise Refusal(NOT_OVER, group=group.code, period=spot.period, closes=stand.closes)
    if stand.awaited_back:
        raise Refusal(NOT_BACK, group=group.code, period=spot.period)
    storage.reporting_periods.validate(session, row, _by(ctx, actor))
    _refresh(session, ctx, updates)
    return _said(actor, VALIDATED, group, spot)


def _reopen(session: Session, ctx: Context, actor: Actor, group: Group, spot: Spot) -> str:
    row = storage.reporting_periods.entered(session, group.id, spot.period.key)
    updates = storage.updates.of_group_and_period(session, group.id, spot.period.key)
    if not row.validated or not updates:
        raise Refusal(NOT_VALIDATED, group=group.code, period=spot.period)
    until = standing.end_of(ctx, ctx.today + standing.TERM)
    storage.reporting_periods.reopen(session, row, until, _by(ctx, actor))
    _refresh(session, ctx, updates)
    person = telling.reopened(session, ctx, actor, updates[-1], row)
    if person is None:
        return _said(actor, REOPENED_ALONE, group, spot, until=until)
    return _said(actor, REOPENED, group, spot, until=until, who=literal(person.name))


def _expect(session: Session, ctx: Context, actor: Actor, group: Group, spot: Spot) -> str:
    row = storage.reporting_periods.entered(session, group.id, spot.period.key)
    if not row.excused:
        raise Refusal(NOT_EXCUSED, group=group.code, period=spot.period)
    storage.reporting_periods.expect(session, row, _by(ctx, actor))
    return _said(actor, EXPECTED, group, spot)


def received(session: Session, actor: Actor, group: Group, spot: Spot) -> tuple[ReportingPeriod, Sequence[Update]]:
    """The locked row of what was received and is not validated, with its updates. Raises Refusal."""
    row = storage.reporting_periods.entered(session, group.id, spot.period.key)
    return row, require_received(session, actor, group, spot, row)


def require_received(
    session: Session, actor: Actor, group: Group, spot: Spot, row: ReportingPeriod | None
) -> Sequence[Update]:
    """What was received for it and is not validated. Raises Refusal."""
    updates = storage.updates.of_group_and_period(session, group.id, spot.period.key)
    if not updates:
        raise Refusal(NOTHING_RECEIVED, group=group.code, period=spot.period)
    if row is not None and row.validated:
        who = standing.name(session, actor.speaker, row.validated_by_id)
        day = standing.day_of(actor.speaker, row.validated_at)
        raise Refusal(VALIDATED_BEFORE, group=group.code, period=spot.period, who=who, day=day)
    return updates


def _refresh(session: Session, ctx: Context, updates: Sequence[Update]) -> None:
    """Let the cards of those updates show how the period stands."""
    for update in updates:
        cards.refresh(session, ctx, SHOWN, update, cause=ctx.now().isoformat())


def _by(ctx: Context, actor: Actor) -> By:
    return By(actor.id, ctx.now(), Origin.BUTTON)


def _said(actor: Actor, sentence: Any, group: Group, spot: Spot, **values: object) -> str:
    return actor.speaker.say(sentence, group=literal(group.code), period=spot.period, **values)
