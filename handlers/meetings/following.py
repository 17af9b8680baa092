"""What follows when a meeting is planned, moved, cancelled or opened to other readers: one source for its date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

import storage.configuration
import storage.history
import storage.meetings
from handlers import meeting_names
from handlers.actors import Actor
from handlers.context import Context
from handlers.meetings import calls
from handlers.reports.mrkdwn import literal
from storage.meetings import COMING, PAST, Meeting, Status
from storage.visibility import Level

_WHEN = ("day", "hour", "zone", "until")
_NARROW = (Level.TROIKA, Level.GROUP)


def follow(session: Session, ctx: Context, actor: Actor | None, meeting: Meeting, before: Mapping[str, Any]) -> None:
    """Its number, its calls; those invited hear that it is moved, cancelled, or takes place after all."""
    _count(session, ctx, actor, meeting, before)
    if not before:
        return
    _take_back(session, meeting, before)
    if before.get("called_at") is None or actor is None:
        return
    if meeting.status == Status.CANCELLED != before["status"]:
        when = partial(meeting_names.when, meeting)
        calls.tell(session, ctx, meeting, calls.CANCELLED, f"cancelled:{meeting.version}", when=when)
    elif before["status"] == Status.CANCELLED and meeting.status in COMING:
        when = partial(meeting_names.when, meeting)
        calls.tell(session, ctx, meeting, calls.AGAIN, f"again:{meeting.version}", when=when)
    elif meeting.status in COMING:
        _moved(session, ctx, meeting, before)
    calls.refresh(session, ctx, meeting, "meeting")


def _moved(session: Session, ctx: Context, meeting: Meeting, before: Mapping[str, Any]) -> None:
    """Another day or hour, or only another place."""
    when = partial(meeting_names.when, meeting)
    if any(storage.history.plain(getattr(meeting, name)) != before[name] for name in _WHEN):
        was = partial(meeting_names.when, _as_it_was(meeting, before))
        calls.tell(session, ctx, meeting, calls.MOVED, f"moved:{meeting.version}", when=when, before=was)
    elif meeting.place != before["place"] and meeting.place:
        place = literal(meeting.place)
        calls.tell(session, ctx, meeting, calls.ELSEWHERE, f"place:{meeting.version}", when=when, place=place)


def _as_it_was(meeting: Meeting, before: Mapping[str, Any]) -> Meeting:
    """When it was to be."""
    until = date.fromisoformat(before["until"]) if before["until"] else None
    was = Meeting(day=before["day"], hour=before["hour"], zone=before["zone"], until=until)
    storage.meetings.settle(was)
    return was


def _count(session: Session, ctx: Context, actor: Actor | None, meeting: Meeting, before: Mapping[str, Any]) -> None:
    """Its number in the year, and those of the others around it."""
    is_old = actor is None and not before and meeting.status in PAST
    if meeting.group_id is None or is_old:
        return
    same = before and all(before[name] == getattr(meeting, name) for name in ("day", "status", "group_id"))
    if same and before["withdrawn_at"] is None:
        return
    if meeting.status == Status.CANCELLED and meeting.called_at is None:
        meeting.ordinal = None
    was = before.get("day") or meeting.day
    years = {int(str(day)[:4]) for day in (was, meeting.day) if day}
    for group_id in {before.get("group_id") or meeting.group_id, meeting.group_id}:
        for year in years:
            storage.meetings.renumber(session, group_id, year, calls.by(ctx, actor), but=meeting if actor else None)


def _take_back(session: Session, meeting: Meeting, before: Mapping[str, Any]) -> None:
    """A call in a channel of which nobody knows who reads it is taken back when the meeting is for fewer."""
    narrowed = before["visibility"] != meeting.visibility and meeting.visibility in _NARROW
    if narrowed and storage.configuration.channel(session, meeting.channel) is None:
        meeting.channel = ""
