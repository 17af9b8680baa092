"""What is new in the registers: the section that every report of a stretch of time takes over from the descriptions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

import storage.registered
from handlers.kinds import telling
from handlers.kinds.kind import Kind
from handlers.language import message, plural
from handlers.readers import Reader
from handlers.reports.cells import marked
from handlers.reports.report import Paragraph, Section
from storage.registered import Registered
from storage.visibility import Audience

NEW_IN_REGISTERS = message("New in the registers")
WITH_STATE = message("{title} ({state})")
MORE_OF_THEM = plural("and one more", "and {count} more")

LISTED = 5
"""Records of one kind that are named."""


@dataclass(frozen=True, slots=True)
class News:
    """What was recorded of one kind: how many, and the newest of them."""

    kind: Kind[Any]
    count: int
    records: Sequence[Registered]


def gather(
    session: Session, kinds: Iterable[Kind[Any]], audience: Audience | None, start: datetime, end: datetime
) -> list[News]:
    """What was recorded from ``start`` until ``end`` (UTC) and this audience may read; the parts of others left out."""
    found = []
    for kind in kinds:
        if kind.command is None:
            continue
        within = (kind.model.said_at > start, kind.model.said_at <= end)
        count = storage.registered.count(session, kind.model, audience, *within)
        if count:
            newest = storage.registered.newest(session, kind.model, audience, LISTED, *within)
            found.append(News(kind, count, newest))
    return found


def section(session: Session, found: Sequence[News], reader: Reader) -> Iterable[Section]:
    """The same as a section, a paragraph a kind; none where there is nothing new."""
    speaker = reader.speaker
    if found:
        told = [
            Paragraph("\n".join(_lines(session, each, reader)), speaker.say(each.kind.labels.many)) for each in found
        ]
        yield Section(speaker.say(NEW_IN_REGISTERS), told)


def _lines(session: Session, news: News, reader: Reader) -> list[str]:
    speaker = reader.speaker
    lines = []
    for record in news.records:
        entry = telling.entry_for(session, news.kind, reader, record)
        state = entry.mark
        lines.append(speaker.say(WITH_STATE, title=entry.title, state=marked(state)) if state else entry.title)
    more = news.count - len(news.records)
    return [*lines, *([speaker.say(MORE_OF_THEM, count=more)] if more else [])]
