"""What the clock does with the digest: shows the draft, asks once more, lets it go at its hour or holds it back.

An approval that could not be asked for (the bot was not running) is not waited for: at its hour, or late, the fallback
of the settings holds at once, and the coordinators read so. Nothing is skipped in silence.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

import storage.configuration
import storage.drafts
import storage.schedule
from handlers import rights
from handlers.context import Context
from handlers.digest import gathering, publishing, showing
from handlers.digest.telling import Part
from storage.configuration import Fallback
from storage.drafts import Draft, State

NUDGED_BEFORE = timedelta(minutes=30)
"""How long before its hour who has not decided is asked once more."""
POSTPONED = "postponed"
"""The schedule of what was postponed."""


def show_draft(session: Session, ctx: Context, due: datetime) -> None:
    """Show the draft to the coordinators, while there is time to decide on it."""
    settings, clock = storage.configuration.current(session), gathering.clock(session)
    week = clock.week(due + timedelta(hours=settings.approval_hours))
    if not settings.approval or ctx.now() >= clock.deadline(week) or not storage.configuration.channels(session):
        return
    draft = storage.drafts.hold(session, week.key)
    decided = draft.asked_at is not None or draft.postponed_to is not None or publishing.is_over(session, draft)
    if not decided and rights.pool_ids(session, ctx):
        showing.keep(session, ctx, draft, {"asked_at": ctx.now()}, None)
        showing.put(session, ctx, draft, Part.SHOWN)


def nudge_draft(session: Session, ctx: Context, due: datetime) -> None:
    """Ask once more, unless it was shown only now."""
    clock = gathering.clock(session)
    week = clock.week(due + NUDGED_BEFORE)
    draft = storage.drafts.hold(session, week.key)
    if draft.asked_at is None or draft.postponed_to is not None or publishing.is_over(session, draft):
        return
    if ctx.now() < clock.deadline(week) and ctx.now() - draft.asked_at >= NUDGED_BEFORE:
        showing.put(session, ctx, draft, Part.NUDGE)


def publish(session: Session, ctx: Context, due: datetime) -> bool:
    """The digest's own hour: it goes out, is held back, or has been decided otherwise; whether it went out now."""
    settings = storage.configuration.current(session)
    draft = storage.drafts.hold(session, gathering.clock(session).week(due).key)
    if draft.state == State.HELD or publishing.is_over(session, draft):
        return False
    if draft.postponed_to is not None:
        return draft.postponed_to <= ctx.now() and _let_go(session, ctx, draft, draft.postponed_to)
    if settings.approval and settings.approval_fallback == Fallback.HOLD and _holds_back(session, ctx, draft):
        return False
    went = _let_go(session, ctx, draft, due)
    if settings.approval and draft.asked_at is None and storage.configuration.channels(session):
        showing.put(session, ctx, draft, Part.UNSEEN)
    return went


def publish_postponed(session: Session, ctx: Context, due: datetime) -> bool:
    """The instant somebody chose for a digest: it goes out. Never noted as a run of its own."""
    for each in storage.drafts.postponed(session):
        draft = storage.drafts.hold(session, each.week)
        if draft.postponed_to is None or publishing.is_over(session, draft):
            continue
        if draft.postponed_to > ctx.now():
            storage.schedule.bring_forward(session, POSTPONED, draft.postponed_to)
        elif _let_go(session, ctx, draft, draft.postponed_to):
            publishing.note(session, ctx, draft)
    return False


def _let_go(session: Session, ctx: Context, draft: Draft, due: datetime) -> bool:
    publishing.release(session, ctx, draft, publishing.lateness(ctx, due), None)
    return True


def _holds_back(session: Session, ctx: Context, draft: Draft) -> bool:
    """Hold it back and say so; False when there is nobody to say it to."""
    if not rights.pool_ids(session, ctx):
        return False
    showing.keep(session, ctx, draft, {"state": State.HELD}, None)
    return showing.put(session, ctx, draft, Part.HELD)
