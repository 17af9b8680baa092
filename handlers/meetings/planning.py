"""What is to be planned: the bodies that meet by a rhythm and have no meeting to come, with the day by that rhythm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

import storage.configuration
import storage.groups
import storage.mandates
import storage.meetings
import storage.people
from handlers import dates, resting, rights
from handlers.actors import Actor
from handlers.calendar import SATURDAY
from handlers.context import Context
from handlers.language import Speaker, message
from handlers.meetings import rhythm
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.rights import Right
from storage.groups import Group, State
from storage.mandates import Office
from storage.meetings import PAST, Meeting

TO_PLAN = message("*To plan*, by how often they meet")
PROPOSED = message("*{body}* ({rhythm}): {day}; the last one was on {last}")
PLAN_BUTTON = message("Plan it")
PLAN_SPOKEN = message("Plan a meeting of {body}")

SHOWN = 8
SOON = timedelta(days=100)
"""How long before it a meeting is proposed."""
_AHEAD = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A body, the civil day on which it would meet next, and the day of its last meeting."""

    body: Group
    day: date
    last: date


def proposals(session: Session, ctx: Context) -> list[Proposal]:
    """The bodies without a meeting to come, by the day they would meet; days of rest are left to the form, since to
    reckon them takes its time.
    """
    found = []
    for body in storage.groups.everyone(session):
        said = rhythm.read(body.periodicity) if body.state == State.ACTIVE else None
        known = storage.meetings.of_body(session, body.id) if said is not None else ()
        past = [each for each in known if each.status in PAST and each.first_day is not None]
        if said is None or not past or len(past) < len(known):
            continue
        last = past[-1].first_day or ctx.today
        found.append(Proposal(body, rhythm.following(said, last, ctx.today, _is_weekday), last))
    soon = [each for each in found if each.day - ctx.today <= SOON]
    return sorted(soon, key=lambda each: (each.day, each.body.code))


def beside(session: Session, ctx: Context, actor: Actor) -> Sequence[blocks.Block]:
    """What is to be planned, each with its button, for those who may."""
    mine = [each for each in proposals(session, ctx) if rights.may(actor, Right.KEEP_MEETINGS, each.body.id)]
    if not mine:
        return ()
    return [blocks.section(actor.speaker.say(TO_PLAN)), *(_line(actor.speaker, each) for each in mine[:SHOWN])]


def opening(session: Session, ctx: Context, speaker: Speaker, body_id: Any) -> dict[str, Any]:
    """What the form of a new meeting of a body opens with: as the last one was, on the day by its rhythm."""
    given: dict[str, Any] = {"zone": storage.configuration.current(session).zone, "extraordinary": "no"}
    body = storage.groups.by_id(session, int(body_id)) if body_id else None
    if body is None:
        return given
    past = storage.meetings.of_body(session, body.id, PAST)
    last = past[-1] if past else None
    if last is None:
        return given
    said = rhythm.read(body.periodicity)
    day = _next(session, ctx, said, last.first_day) if said is not None and last.first_day is not None else None
    if day is not None:
        given["day"] = dates.as_written(day.isoformat(), speaker)
    return given | _alike(session, last, day or ctx.today)


def _alike(session: Session, last: Meeting, day: date) -> dict[str, Any]:
    """What one meeting usually shares with the next of its body."""
    pen = storage.people.by_ids(session, [last.pen_id]) if last.pen_id is not None else []
    return {
        "hour": last.hour,
        "zone": last.zone,
        "duration": str(last.duration or ""),
        "place": last.place,
        "chair": str(_chair(session, last, day) or ""),
        "pen": pen[0].slack_id if pen else None,
        "visibility": last.visibility,
    }


def _chair(session: Session, last: Meeting, day: date) -> int | None:
    """Who chairs: the chef de file of that day where the chef de file did last time, else who did."""
    leads = [storage.mandates.of_offices(session, [Office.LEAD], each) for each in (last.day_on or day, day)]
    before, after = ([mandate.institution_id for mandate in lead] for lead in leads)
    return after[0] if after and last.chair_id in before else last.chair_id


def _next(session: Session, ctx: Context, said: rhythm.Rhythm, last: date) -> date:
    off = resting.days_off(session, {None}, min(last, ctx.today), max(last, ctx.today) + _AHEAD)[None]
    return rhythm.following(said, last, ctx.today, lambda day: _is_weekday(day) and day not in off)


def _is_weekday(day: date) -> bool:
    return day.weekday() < SATURDAY


def _line(speaker: Speaker, proposal: Proposal) -> blocks.Block:
    body = proposal.body
    text = speaker.say(
        PROPOSED,
        body=literal(body.name(speaker.language)),
        rhythm=literal(body.periodicity),
        day=proposal.day,
        last=speaker.day(proposal.last),
    )
    spoken = speaker.say(PLAN_SPOKEN, body=body.name(speaker.language))
    return blocks.section(
        text, blocks.button(speaker.say(PLAN_BUTTON), "meeting_add", f"group:{body.id}", spoken=spoken)
    )
