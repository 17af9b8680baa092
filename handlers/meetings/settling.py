"""*It took place*, *Cancel the meeting*, and several points of an agenda written at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

import storage.history
import storage.received
from handlers import answers, forms, meeting_names, places, records
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import FieldRefusal, Refusal
from handlers.forms import Form, Question
from handlers.kinds import forming, listing
from handlers.language import message
from handlers.meetings import points
from handlers.meetings.kind import KIND
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage.history import By, Origin
from storage.meetings import COMING, Status

NOT_TO_COME = message("It is not to come any more; nothing was changed.")
POINTS_TITLE = message("Points of the agenda")
SAVE_SUBMIT = message("Save")
WRITTEN = message("One point a line")
WRITTEN_HINT = message(
    "Its minutes in brackets, then “→” and what is to be decided: “Work programme (20 min) → endorse”."
)
ABOUT = message("*{meeting}*: these points follow those on its agenda.")
TOO_LONG = message("This line is too long for a point: “{line}”.")

FORM = Form(
    "meeting_points", POINTS_TITLE, SAVE_SUBMIT, (Question("points", WRITTEN, required=True, hint=WRITTEN_HINT),)
)
RECORD = forming.record_kind(KIND)
LONGEST = 200
_TIME = re.compile(r"\s*[(\[]?\b(\d{1,3})\s*(?:min(?:utes?)?\.?|mn|['’′])\s*[)\]]?\s*$", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*(?:[-•*–]|\d{1,2}[.)]|[IVX]{1,4}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Point:
    """A point as it was written in one line."""

    subject: str
    minutes: int | None
    asks: str


def register(app: App) -> None:
    """Register the listeners."""
    app.action("meeting_held")(held)
    app.action("meeting_cancel")(cancel)
    app.action("meeting_points")(open_points)
    app.view(FORM.name)(keep_points)


def held(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """It took place, whoever came."""
    _become(ctx, actor, records.id_of(body), delivery, Status.HELD)
    ack()
    _draw_again(ctx, actor, body, client, records.id_of(body))


def cancel(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """It does not take place; those who were called hear it."""
    _become(ctx, actor, records.id_of(body), delivery, Status.CANCELLED)
    ack()
    _draw_again(ctx, actor, body, client, records.id_of(body))


def open_points(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form for several points."""
    with ctx.readings.begin() as session:
        meeting = records.changeable(session, ctx, actor, RECORD, records.id_of(body))
        name = literal(meeting_names.named(meeting, meeting_names.body_of(session, meeting), actor.speaker))
    context = {"id": meeting.id, "place": places.of(body)}
    above = [blocks.section(actor.speaker.say(ABOUT, meeting=name))]
    answers.lay(client, body, FORM.view(actor.speaker, {}, {}, context, above))
    ack()


def keep_points(ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], client: WebClient, delivery: str) -> None:
    """The form submitted: each line a point, after those that are there."""
    given, context = FORM.answers(view), forms.context_of(view)
    written = read(given["points"])
    long = next((each for each in written if len(each.subject) > LONGEST), None)
    if long is not None:
        raise FieldRefusal({"points": (TOO_LONG, {"line": blocks.clip(long.subject, 60)})})
    with ctx.sessions.begin() as session:
        meeting = records.changeable(session, ctx, actor, RECORD, int(context["id"]))
        if storage.received.first(session, delivery, ctx.now()):
            for each in written:
                answered = {"meeting": str(meeting.id), "subject": each.subject, "asks": each.asks}
                answered |= {"minutes": str(each.minutes or ""), "place": "agenda"}
                item = forming.add(session, ctx, actor, points.KIND, answered)
                storage.history.created(session, item, By(actor.id, ctx.now(), Origin.FORM))
        sheet = listing.whole(session, ctx, actor, KIND, meeting)
    ack()
    ctx.wake()
    if "sheet" in context["place"]:
        places.redraw(client, context["place"], "", sheet["blocks"])


def read(text: str) -> list[Point]:
    """The points that a text holds, a line each: number and dash left away, minutes and what is to be decided found."""
    found = []
    for line in filter(None, (each.strip() for each in text.splitlines())):
        head, _, asks = line.partition("→") if "→" in line else line.partition("->")
        head = _NUMBER.sub("", head).strip()
        time = _TIME.search(head)
        subject = head[: time.start()].strip(" -–:,") if time else head
        found.append(Point(subject or head, int(time[1]) if time else None, asks.strip()))
    return found


def _become(ctx: Context, actor: Actor, meeting_id: int, delivery: str, status: Status) -> None:
    with ctx.sessions.begin() as session:
        meeting = records.changeable(session, ctx, actor, RECORD, meeting_id)
        if storage.received.first(session, delivery, ctx.now()):
            if meeting.status not in COMING:
                raise Refusal(NOT_TO_COME)
            records.change(session, ctx, actor, RECORD, meeting, {"status": status.value})
    ctx.wake()


def _draw_again(ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, meeting_id: int) -> None:
    """The sheet as it is now, where it was clicked on one."""
    place = places.of(body)
    if "sheet" not in place:
        return
    with ctx.readings.begin() as session:
        meeting = records.standing(session, actor, RECORD, meeting_id)
        sheet = listing.whole(session, ctx, actor, KIND, meeting)
    places.redraw(client, place, "", sheet["blocks"])
