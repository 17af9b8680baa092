"""A message that was saved as a record is edited or deleted in Slack: nothing is taken silently.

Who recorded it is asked once for each new text whether to take it; while they have not answered, a further edit changes
the question. A deleted message changes nothing; the record notes it. Slack tells of edits only where the bot may read
channels (channels:history, groups:history), which is optional.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import App
from sqlalchemy import select
from sqlalchemy.orm import Session

import storage.outbox
import storage.people
import storage.sources
from handlers import actors, entries, messages, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.language import Speaker, message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.rights import Right
from storage import periods
from storage.decisions import Decision
from storage.outbox import Sort
from storage.records import Record
from storage.sources import Source, fingerprint
from storage.updates import Update
from storage.visibility import sees

CHANGED = message("{author} changed the message that you saved as *{what}*. Take the new text?")
CHANGED_BY_YOU = message("You changed your message that is saved as *{what}*. Take the new text?")
ADAPTED = message("You had adapted the text when you saved it, or since: the new one takes the place of yours.")
SAYS_AGAIN = message("The message says again what you recorded; there is nothing to take.")
UPDATE_OF = message("update of {group}, {period}")
SOMEBODY = message("Somebody")
TAKE_BUTTON = message("Take it")
LEAVE_BUTTON = message("Leave it")

SAVED: Mapping[type[Record], tuple[str, str, Right]] = {
    Update: ("update", "progress", Right.UPDATE),
    Decision: ("decision", "text", Right.CHANGE_DECISION),
}
"""What messages are saved as -> its kind's name, the field that has the message's words, the right to change it."""


def register(app: App) -> None:
    """Register the listeners."""
    app.event({"type": "message", "subtype": "message_changed"})(changed)
    app.event({"type": "message", "subtype": "message_deleted"})(deleted)


def changed(ctx: Context, event: Mapping[str, Any]) -> None:
    """A message says something else now; one with replies that is deleted becomes a tombstone."""
    told = event["message"]
    if told.get("subtype") == "tombstone":
        _gone(ctx, event, str(told["ts"]))
        return
    if not _is_saved(ctx, event, str(told["ts"])):
        return
    with ctx.sessions.begin() as session:
        for source in storage.sources.of_message(session, str(event["channel"]), str(told["ts"]), lock=True):
            _notice(session, ctx, source, told)
    ctx.wake()


def deleted(ctx: Context, event: Mapping[str, Any]) -> None:
    """A message is gone."""
    _gone(ctx, event, str(event["deleted_ts"]))


def _gone(ctx: Context, event: Mapping[str, Any], stamp: str) -> None:
    if not _is_saved(ctx, event, stamp):
        return
    with ctx.sessions.begin() as session:
        for source in storage.sources.of_message(session, str(event["channel"]), stamp, lock=True):
            source.deleted_at = source.deleted_at or ctx.now()


def _is_saved(ctx: Context, event: Mapping[str, Any], stamp: str) -> bool:
    """A look without a lock: most messages are saved by nobody."""
    with ctx.readings.begin() as session:
        return bool(storage.sources.of_message(session, str(event["channel"]), stamp))


def _notice(session: Session, ctx: Context, source: Source, told: Mapping[str, Any]) -> None:
    """Ask whoever recorded it, if the words differ from those last taken or left."""
    text = messages.said(session, told)
    if fingerprint(text) == source.words:
        _withdraw(session, ctx, source)
        return
    if source.offered == str(told.get("text") or ""):
        return
    recorder, record = _recorder(session, ctx, source), _record(session, source)
    if recorder is None or record is None or not _may(recorder, record):
        return
    edited = str((told.get("edited") or {}).get("ts") or ctx.now().timestamp())
    source.edited_at, source.offered = messages.written_at(edited), str(told.get("text") or "")
    payload = _question(session, ctx, recorder, source, record)
    if source.offer is None:
        source.offer = f"source:{source.id}:{edited}"
        storage.outbox.put(session, source.offer, recorder.slack_id, payload, ctx.now())
        return
    again = f"{source.offer}:{edited}"
    storage.outbox.put(session, again, recorder.slack_id, payload, ctx.now(), sort=Sort.EDIT, under=source.offer)


def _withdraw(session: Session, ctx: Context, source: Source) -> None:
    """The message says again what was recorded: a question that stands is taken back."""
    recorder, offer = _recorder(session, ctx, source), source.offer
    source.offered = source.offer = None
    if offer is not None and recorder is not None:
        text = recorder.speaker.say(SAYS_AGAIN)
        payload = {"text": text, "blocks": [blocks.section(text)]}
        key = f"{offer}:settled"
        storage.outbox.put(session, key, recorder.slack_id, payload, ctx.now(), sort=Sort.EDIT, under=offer)


def _recorder(session: Session, ctx: Context, source: Source) -> Actor | None:
    people = storage.people.by_ids(session, [source.recorder_id])
    return actors.describe(session, ctx, people[0]) if people else None


def _record(session: Session, source: Source) -> Update | Decision | None:
    """The record that has this source and stands."""
    for model in (Update, Decision):
        chosen = select(model).where(model.source_id == source.id, model.withdrawn_at.is_(None))
        found = session.scalars(chosen.limit(1)).one_or_none()
        if isinstance(found, Update | Decision):
            return found
    return None


def _may(recorder: Actor, record: Update | Decision) -> bool:
    """Whether there is any use in asking them."""
    return sees(record, recorder.audience) and rights.may(recorder, SAVED[type(record)][2], record=record)


def _question(
    session: Session, ctx: Context, recorder: Actor, source: Source, record: Update | Decision
) -> dict[str, Any]:
    """The new words, whole, with the two answers."""
    say, (name, field, _) = recorder.speaker.say, SAVED[type(record)]
    what = literal(_called(session, recorder.speaker, record))
    own = source.author_id == recorder.id
    asked = (
        say(CHANGED_BY_YOU, what=what)
        if own
        else say(CHANGED, author=literal(source.author) or say(SOMEBODY), what=what)
    )
    adapted = fingerprint(str(getattr(record, field))) != source.words
    notes = [say(ADAPTED)] if adapted else []
    text, value = messages.said(session, {"text": source.offered}), f"{source.id}:{record.id}"
    buttons = blocks.actions(
        blocks.button(say(TAKE_BUTTON), f"{name}_take", value, style="primary"),
        blocks.button(say(LEAVE_BUTTON), f"{name}_leave", value),
    )
    told = [blocks.section(asked), *blocks.said(text), *(blocks.section(note) for note in notes), buttons]
    return {"text": "\n".join([asked, literal(text), *notes]), "blocks": told}


def _called(session: Session, speaker: Speaker, record: Update | Decision) -> str:
    """How people call the record."""
    if isinstance(record, Decision):
        return record.code
    group = entries.names(session, [record]).group(record.group_id, speaker)
    return speaker.say(UPDATE_OF, group=group, period=periods.parse(record.period))
