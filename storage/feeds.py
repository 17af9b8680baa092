"""Calendar feeds: secret addresses under which a calendar program reads the meetings of a person or of a group.

Only a fingerprint of the secret is kept: whoever reads the database cannot read the calendars. A secret that was lost
is replaced. What a feed shows is decided each time it is read, from who its person is that day.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.database import Base, Instant

BYTES = 24
"""Of a secret; 32 characters of an address."""


class Feed(Base):
    """One address: of a person, or of a group (then ``person_id`` is None). ``fingerprint`` is that of its secret.

    ``language`` is that of a group's feed; a person's feed speaks the person's own.
    """

    __tablename__ = "feeds"

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"), index=True)
    language: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))


def make(session: Session, feed: Feed) -> str:
    """Keep a feed in the place of the one its person or group had; returns its secret, which is not kept."""
    old = of(session, feed.person_id, feed.group_id)
    if old is not None:
        session.delete(old)
        session.flush()
    secret = secrets.token_urlsafe(BYTES)
    feed.fingerprint = fingerprint(secret)
    session.add(feed)
    session.flush()
    return secret


def of(session: Session, person_id: int | None, group_id: int | None) -> Feed | None:
    """The feed of that person, or of that group."""
    owner = Feed.person_id == person_id if person_id is not None else Feed.group_id == group_id
    return session.scalars(select(Feed).where(owner)).first()


def by_secret(session: Session, secret: str) -> Feed | None:
    """The feed of that secret. It is looked up by its fingerprint: how long that takes tells nothing of the secret."""
    return session.scalars(select(Feed).where(Feed.fingerprint == fingerprint(secret))).first()


def fingerprint(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
