"""Cards: the messages that show one record, and change with it.

Whoever said something gets a card in their direct messages, with what they can do with it; a late update also stands as
a card in the thread of its digest. A card is a message of the outbox that names its record; when the record changes, an
edit of each card is put beside the change. A record too long for one message goes on in further ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

import storage.configuration
import storage.outbox
from handlers import actors, readers
from handlers.actors import Actor
from handlers.changes import opening
from handlers.context import Context
from handlers.language import Speaker, message
from handlers.readers import Reader
from handlers.reports import blocks
from handlers.reports.report import Entry, Paragraph, Report, Section
from storage.outbox import Message, Sort
from storage.records import Record
from storage.visibility import sees

TAKEN_BACK = message("Withdrawn on {at}.")
NOT_HERE = message("This is no longer shown here.")
SHORTER = message("(nothing more)")
UNDO_BUTTON = message("Undo")

EDITED_TEXT = 3_900
"""UTF-8 bytes of top-level text in an edit; Slack takes 4,000 (SLACK.md 2.2)."""
PART = "#"
FIRST = 1
"""The version of a record that was just made: nothing shows it yet."""

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Shown(Generic[R]):
    """How a kind of record looks on a card.

    ``title`` heads the card of who said it; ``entry`` tells the record; ``notes`` are small lines under it and
    ``buttons`` what that person can do with it (none in a channel).
    """

    name: str
    title: Callable[[Actor, R], str]
    entry: Callable[[Session, Context, Reader, R], Entry]
    notes: Callable[[Session, Context, Actor, R], Sequence[str]]
    buttons: Callable[[Session, Context, Actor, R], Sequence[blocks.Block]]


def receipt(session: Session, ctx: Context, actor: Actor, record: Record) -> None:
    """The card of who said or changed it, once a person and record; it is drawn when it goes (handlers.receipts)."""
    key = f"receipt:{about(record)}:{actor.slack_id}"
    if record.version == FIRST or storage.outbox.by_key(session, key) is None:
        _post(session, ctx, record, key, actor.slack_id, None, {})


def draw(session: Session, ctx: Context, shown: Shown[R], record: R, waiting: Message) -> None:
    """Write into a waiting card what it shows; what does not fit there follows it in further messages."""
    waiting.payload, *more = _told(session, ctx, shown, record, waiting.address)
    for number, payload in enumerate(more, 1):
        parent = waiting.under or waiting.key
        _post(session, ctx, record, _part(waiting.key, number), waiting.address, parent, payload)


def in_thread(
    session: Session, ctx: Context, shown: Shown[R], record: R, channel: storage.configuration.Channel, under: str
) -> None:
    """A card in the thread of the message of that key, in the channel's language."""
    told = _of_channel(session, ctx, channel, shown, record)
    _put(session, ctx, record, f"card:{about(record)}:{channel.id}", channel.id, under, told)


def refresh(session: Session, ctx: Context, shown: Shown[R], record: R, cause: str = "") -> None:
    """Let every card of a record show it as it is now; ``cause`` names what changed where the record itself did not."""
    edition = f"{record.version}:{cause}" if cause else str(record.version)
    standing = storage.outbox.cards(session, about(record))
    for key in dict.fromkeys(card.key.partition(PART)[0] for card in standing):
        parts = [card for card in standing if card.key.partition(PART)[0] == key]
        address, under = parts[0].address, parts[0].under
        told = _told(session, ctx, shown, record, address)
        for number, payload in enumerate(told):
            if number < len(parts):
                _edit(session, ctx, edition, parts[number].key, address, payload)
            else:
                _post(session, ctx, record, _part(key, number), address, under or key, payload)
        for part in parts[len(told) :]:
            _edit(session, ctx, edition, part.key, address, _plain(ctx.speaker.say(SHORTER)))


def about(record: Record) -> str:
    """How the outbox names a record: ``updates:12``."""
    return f"{record.__tablename__}:{record.id}"


def _told(session: Session, ctx: Context, shown: Shown[R], record: R, address: str) -> list[dict[str, Any]]:
    channel = session.get(storage.configuration.Channel, address)
    if channel is not None:
        return _of_channel(session, ctx, channel, shown, record)
    actor = actors.load(session, ctx, address)
    return [_plain(ctx.speaker.say(NOT_HERE))] if actor is None else _own(session, ctx, actor, shown, record)


def _own(session: Session, ctx: Context, actor: Actor, shown: Shown[R], record: R) -> list[dict[str, Any]]:
    """The card of a person, if they may read it: what they said, small notes, and what they can do with it."""
    speaker = actor.speaker
    if not sees(record, actor.audience):
        return [_plain(speaker.say(NOT_HERE))]
    entry = shown.entry(session, ctx, readers.of_actor(actor), record)
    if record.withdrawn:
        entry = _withdrawn(speaker, record, entry)
        undo = blocks.button(speaker.say(UNDO_BUTTON), f"{shown.name}_restore", str(record.id))
        return _payloads(speaker, entry, shown.title(actor, record), (), [undo, opening.button(speaker, record)])
    notes = shown.notes(session, ctx, actor, record)
    buttons = [*shown.buttons(session, ctx, actor, record), opening.button(speaker, record)]
    return _payloads(speaker, entry, shown.title(actor, record), notes, buttons)


def _of_channel(
    session: Session, ctx: Context, channel: storage.configuration.Channel, shown: Shown[R], record: R
) -> list[dict[str, Any]]:
    """The card in a channel; for whom it was written goes with it, unless it only takes something back."""
    reader = readers.of_channel(ctx, channel)
    if not sees(record, reader.audience):
        return [_plain(reader.speaker.say(NOT_HERE))]
    entry = shown.entry(session, ctx, reader, record)
    if record.withdrawn:
        return _payloads(reader.speaker, _withdrawn(reader.speaker, record, entry), "", (), ())
    told = _payloads(reader.speaker, entry, "", (), ())
    return [payload | {"for": channel.shown_to} for payload in told]


def _withdrawn(speaker: Speaker, record: Record, entry: Entry) -> Entry:
    return Entry(entry.title, paragraphs=[Paragraph(speaker.say(TAKEN_BACK, at=record.withdrawn_at))])


def _payloads(
    speaker: Speaker, entry: Entry, title: str, notes: Sequence[str], buttons: Sequence[blocks.Block]
) -> list[dict[str, Any]]:
    report = Report(title, speaker.language, glance=[Section("", entries=[entry])], footer=tuple(notes))
    pages = blocks.messages(report, speaker)
    row = [blocks.actions(*buttons)] if buttons else []
    return [
        {"text": page.text, "blocks": [*page.blocks, *([] if number else row)]} for number, page in enumerate(pages)
    ]


def _put(
    session: Session,
    ctx: Context,
    record: Record,
    key: str,
    address: str,
    under: str | None,
    told: Sequence[dict[str, Any]],
) -> None:
    for number, payload in enumerate(told):
        parent = under if number == 0 else under or key
        _post(session, ctx, record, _part(key, number), address, parent, payload)


def _part(key: str, number: int) -> str:
    return f"{key}{PART}{number + 1}" if number else key


def _post(
    session: Session, ctx: Context, record: Record, key: str, address: str, under: str | None, payload: dict[str, Any]
) -> None:
    storage.outbox.put(session, key, address, payload, ctx.now(), under=under, about=about(record))


def _edit(session: Session, ctx: Context, edition: str, key: str, address: str, payload: dict[str, Any]) -> None:
    shortened = payload | {"text": _within(payload["text"], EDITED_TEXT)}
    edit = f"edit:{key}:{edition}"
    storage.outbox.put(session, edit, address, shortened, ctx.now(), sort=Sort.EDIT, under=key)


def _plain(text: str) -> dict[str, Any]:
    return {"text": text, "blocks": [blocks.section(text)]}


def _within(text: str, limit: int) -> str:
    """A text cut at so many bytes of UTF-8, ended by an ellipsis where it was longer."""
    raw = text.encode()
    return text if len(raw) <= limit else raw[:limit].decode(errors="ignore").rstrip() + "…"
