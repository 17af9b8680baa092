"""Messages of Slack whose words were saved as a record: who wrote them, when, where, and what became of them since.

A record points at its source (`Record.source_id`). The words themselves stand in the record; of the message only a
fingerprint of them is kept, by which a later edit is noticed. What an edit says is kept until whoever recorded it has
taken it or left it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.database import Base, Instant


class Source(Base):
    """One message that was saved once; saved a second time it is a second source.

    ``channel`` and ``stamp`` (ts) are where it stands, ``link`` its permalink if Slack told. ``author`` is the name of
    who wrote it, as it was then, ``author_id`` the person where the bot knows them. ``written_at``, ``edited_at`` and
    ``deleted_at`` are UTC instants of the message. ``words`` is the `fingerprint` of those last taken or left.
    ``offered`` is the text (as Slack wrote it) of an edit that waits for an answer, ``offer`` the key of the message
    that puts it.
    """

    __tablename__ = "sources"
    __table_args__ = (Index("ix_sources_channel_stamp", "channel", "stamp"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str]
    stamp: Mapped[str]
    link: Mapped[str | None]
    author: Mapped[str] = mapped_column(default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    recorder_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    written_at: Mapped[datetime] = mapped_column(Instant)
    edited_at: Mapped[datetime | None] = mapped_column(Instant)
    deleted_at: Mapped[datetime | None] = mapped_column(Instant)
    words: Mapped[str]
    offered: Mapped[str | None] = mapped_column(Text)
    offer: Mapped[str | None]


def fingerprint(text: str) -> str:
    """A short mark of some words, the same for the same words whatever blanks stand between them."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:32]


def by_ids(session: Session, ids: Collection[int]) -> Sequence[Source]:
    """The sources of those ids; nothing is asked where there are none."""
    return session.scalars(select(Source).where(Source.id.in_(ids)).order_by(Source.id)).all() if ids else []


def of_message(session: Session, channel: str, stamp: str, *, lock: bool = False) -> Sequence[Source]:
    """Everything saved from that message, in the order in which it was; to be changed, it is locked."""
    chosen = select(Source).where(Source.channel == channel, Source.stamp == stamp).order_by(Source.id)
    return session.scalars(chosen.with_for_update() if lock else chosen).all()
