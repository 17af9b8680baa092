"""*Draft of the minutes*: a Word file prepared by the worker; *What was said*: the words for each point, in a form."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.configuration
import storage.history
import storage.meetings
import storage.received
import storage.visibility
from handlers import actors, answers, forms, meeting_names, places, preparing, readers, records, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import FieldRefusal, Refusal
from handlers.followup import births
from handlers.forms import Form, Question
from handlers.kinds import forming, listing, telling
from handlers.language import Speaker, message, plural
from handlers.meetings import invited, points
from handlers.meetings.kind import KIND
from handlers.minutes import composing
from handlers.preparing import Making, Product
from handlers.readers import Reader
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.rights import Right
from storage.history import By, Origin
from storage.meetings import AgendaItem, Meeting, Minutes
from storage.outbox import Message

PREPARING = message("I am preparing the minutes; they come in your direct messages.")
STILL_PREPARING = message("These minutes are still being prepared; they come in your direct messages.")
WAIT = message("I am preparing the minutes. They come here as soon as they are ready.")
PROGRESS = plural("I am preparing the minutes: {count} row is written.", "I am preparing the minutes: {rows} rows.")
READY = message("The minutes are ready: {name}.")
COMMENT = message("The minutes as you may read them, on {at}.")
FAILED = message(
    "The minutes could not be prepared, even after {attempts} attempts. Nothing else is affected; you can ask again, "
    "and the Pool Technique can find the cause in the log (job {job})."
)
NOT_FOR_YOU = message("The minutes were not prepared: they are for the full members of this workspace.")
NAME = message("Minutes_{body}_{day}.docx")
HEADER = message("{meeting} – minutes")
SAID_TITLE = message("What was said")
SAVE_SUBMIT = message("Save")
POINT = message("Point")
ABOUT = message("*{meeting}*: what was said of each point, for the minutes. Nothing is sent to anybody yet.")
CHANGED = message(
    "Somebody changed this point while you were writing: nothing was overwritten. Copy your words, close the form and "
    "open it again."
)
NO_POINTS = message("This meeting has no point on its agenda yet: add them first, on its sheet.")

RECORD = forming.record_kind(KIND)
ITEM = forming.record_kind(points.KIND)
POINTS = 30
"""Points asked for in one form; a view holds a hundred blocks."""
LABEL = 150
"""Characters of a point's label."""


def register(app: App) -> None:
    """Register the listeners."""
    app.action("minutes_word")(ask)
    app.action("minutes_said")(open_said)
    app.view("minutes_said")(keep_said)


def ask(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """The Word file, for whoever may read it; by who keeps the meeting it is the draft."""
    is_new = True
    with ctx.sessions.begin() as session:
        meeting: Meeting = records.standing(session, actor, RECORD, records.id_of(body))
        if meeting.minutes is None:
            rights.require(session, ctx, actor, Right.KEEP_MEETINGS, meeting)
        if storage.received.first(session, delivery, ctx.now()):
            if meeting.minutes is None:
                before = storage.history.facts(meeting)
                meeting.minutes = Minutes.DRAFT
                note(session, ctx, meeting, before, By(actor.id, ctx.now(), Origin.BUTTON))
            is_new = preparing.ask(session, ctx, actor, PRODUCT, {"meeting": meeting.id})
    ctx.wake()
    told = actor.speaker.say(PREPARING if is_new else STILL_PREPARING)
    answers.show_kept(ack, client, body, told, [blocks.section(told)])


def note(session: Session, ctx: Context, meeting: Meeting, before: dict[str, Any], by: By) -> None:
    """Write down that a meeting's minutes moved on, and let its cards follow."""
    births.written(session, ctx, telling.shown(KIND), meeting, before, by)


def make(making: Making) -> str:
    """Write the file. Raises Refusal to who may not read them any more."""
    meeting = storage.meetings.by_id(making.session, int(making.claim.request["meeting"]))
    if meeting is None or not storage.visibility.sees(meeting, making.reader.audience):
        raise Refusal(records.NOT_FOR_YOU)
    return write(making.session, making.ctx, making.reader, meeting, making.path)


PRODUCT = Product("minutes", ".docx", make, WAIT, PROGRESS, READY, COMMENT, FAILED, NOT_FOR_YOU)


def write(session: Session, ctx: Context, reader: Reader, meeting: Meeting, path: Path) -> str:
    """The minutes for that reader as a Word file at that place; what it is called."""
    from handlers.reports import word  # with the worker's first file, not with the start

    body = meeting_names.body_of(session, meeting)
    header = reader.speaker.say(HEADER, meeting=meeting_names.named(meeting, body, reader.speaker))
    path.write_bytes(word.write(composing.compose(session, ctx, reader, meeting), reader.speaker, header))
    return reader.speaker.say(NAME, body=body.code if body else meeting.code, day=meeting.day or "")


def draw(session: Session, ctx: Context, waiting: Message) -> bool:
    """Write the file of minutes that is about to go, for whoever reads it there; False where nobody may any more."""
    if waiting.payload.get("path"):
        return True
    meeting = storage.meetings.by_id(session, int(waiting.payload["meeting"]))
    reader = reader_at(session, ctx, meeting, waiting.address) if meeting is not None else None
    if meeting is None or reader is None or meeting.withdrawn:
        return False
    ctx.files.mkdir(parents=True, exist_ok=True)
    path = ctx.files / f"minutes-{waiting.id}-{waiting.token}.docx"
    name = write(session, ctx, reader, meeting, path)
    waiting.payload = {**waiting.payload, "path": str(path.resolve()), "name": name, "title": name}
    return True


def reader_at(session: Session, ctx: Context, meeting: Meeting, address: str) -> Reader | None:
    """Who reads at an address of the outbox; None where the meeting may not be read there."""
    channel = storage.configuration.channel(session, address)
    if channel is not None:
        reader = readers.of_channel(ctx, channel)
    elif address.startswith(("U", "W")):
        actor = actors.load(session, ctx, address)
        if actor is None:
            return None
        reader = Reader(actor.speaker, invited.audience(actor))
    elif invited.readable_in(session, meeting, address):
        level = storage.visibility.Level(meeting.visibility)
        return Reader(Speaker(ctx.language, ctx.zone), storage.visibility.of_channel(level, meeting.group_id))
    else:
        return None
    return reader if storage.visibility.sees(meeting, reader.audience) else None


def open_said(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form: one field a point, with what was written before."""
    with ctx.readings.begin() as session:
        meeting = records.changeable(session, ctx, actor, RECORD, records.id_of(body))
        items = storage.meetings.agenda(session, meeting.id)[:POINTS]
        if not items:
            raise Refusal(NO_POINTS)
        name = literal(meeting_names.named(meeting, meeting_names.body_of(session, meeting), actor.speaker))
        above = [blocks.section(actor.speaker.say(ABOUT, meeting=name))]
        versions = {str(each.id): each.version for each in items}
        context = {"id": meeting.id, "items": versions, "place": places.of(body)}
        values = {f"point{each.id}": each.discussed for each in items}
        view = _form([each.id for each in items]).view(actor.speaker, values, {}, context, above)
        _label(view, items, actor.speaker)
    answers.lay(client, body, view)
    ack()


def keep_said(ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], client: WebClient, delivery: str) -> None:
    """The form submitted: each point that was written about is kept, with its line of history."""
    context = forms.context_of(view)
    given = _form([int(each) for each in context["items"]]).answers(view)
    with ctx.sessions.begin() as session:
        meeting = records.changeable(session, ctx, actor, RECORD, int(context["id"]))
        if storage.received.first(session, delivery, ctx.now()):
            for item_id, version in context["items"].items():
                _write(session, ctx, actor, int(item_id), version, given[f"point{item_id}"])
        sheet = listing.whole(session, ctx, actor, KIND, meeting)
    ack()
    ctx.wake()
    if "sheet" in context["place"]:
        places.redraw(client, context["place"], "", sheet["blocks"])


def _write(session: Session, ctx: Context, actor: Actor, item_id: int, version: int, words: str) -> None:
    """What was said of one point. Raises FieldRefusal where somebody else changed it meanwhile."""
    item = records.standing(session, actor, ITEM, item_id)
    if words == item.discussed or item.withdrawn:
        return
    if item.version != version:
        raise FieldRefusal({f"point{item_id}": (CHANGED, {})})
    before = storage.history.facts(item)
    item.discussed = words
    births.written(session, ctx, telling.shown(points.KIND), item, before, By(actor.id, ctx.now(), Origin.FORM))


def _form(ids: Sequence[int]) -> Form:
    return Form("minutes_said", SAID_TITLE, SAVE_SUBMIT, [Question(f"point{each}", POINT) for each in ids])


def _label(view: dict[str, Any], items: Sequence[AgendaItem], speaker: Speaker) -> None:
    """Let each field be called after its point."""
    names = {f"point{each.id}": composing.point(number, each, speaker) for number, each in enumerate(items, 1)}
    for block in view["blocks"]:
        if block.get("block_id") in names:
            block["label"] = blocks.plain(blocks.clip(names[block["block_id"]], LABEL))
