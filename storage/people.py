"""People: who speaks to the bot, as Slack knows them, with their own language and zone.

A person is known by team and Slack user id; names are not unique and change. Someone read from a register before
they ever spoke has a Slack id without a team, or no Slack id at all. What a person may do is not here: it
follows from mandates.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint, and_, bindparam, false, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.database import Base, Instant


class Standing(StrEnum):
    """How a person stands in the workspace (SLACK.md 2.8). Only a member may write."""

    MEMBER = "member"
    GUEST = "guest"
    EXTERNAL = "external"
    DEACTIVATED = "deactivated"
    UNKNOWN = "unknown"


class Person(Base):
    """A person; ``language`` is their own choice, ``slack_language`` and ``zone`` what Slack tells.

    ``welcomed_at``: when they were first spoken to, once they had spoken. ``quiet``: they asked not to be written to
    unasked, so that reminders go to whoever is next. ``erased_at``: when their name was taken away, at their wish.
    """

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("team_id", "slack_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[str | None]
    slack_id: Mapped[str | None] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    language: Mapped[str | None]
    slack_language: Mapped[str | None]
    zone: Mapped[str | None]
    standing: Mapped[str] = mapped_column(default=Standing.UNKNOWN)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    seen_at: Mapped[datetime | None] = mapped_column(Instant)
    welcomed_at: Mapped[datetime | None] = mapped_column(Instant)
    erased_at: Mapped[datetime | None] = mapped_column(Instant)
    quiet: Mapped[bool] = mapped_column(default=False, server_default=false())


KNOWN_BY_SLACK_ID = and_(
    Person.slack_id == bindparam("slack_id"), or_(Person.team_id == bindparam("team_id"), Person.team_id.is_(None))
)
"""Whose workspace and user id these are; one registered before they spoke has no workspace yet, and comes second."""
_BY_SLACK_ID = select(Person).where(KNOWN_BY_SLACK_ID).order_by(Person.team_id.is_(None)).limit(1)
_BY_IDS = select(Person).where(Person.id.in_(bindparam("ids", expanding=True))).order_by(Person.id)


def by_slack_id(session: Session, team_id: str, slack_id: str) -> Person | None:
    """The person of that workspace and user id; one registered before they spoke (no team yet) counts."""
    return session.scalars(_BY_SLACK_ID, {"team_id": team_id, "slack_id": slack_id}).one_or_none()


def meet(session: Session, team_id: str, slack_id: str) -> Person:
    """The person of that user id, entered now if nobody knew them; their standing is then unknown."""
    person = by_slack_id(session, team_id, slack_id)
    if person is None:
        person = Person(team_id=team_id, slack_id=slack_id, name="", standing=Standing.UNKNOWN)
        session.add(person)
        session.flush()
    elif person.team_id is None:
        person.team_id = team_id
    return person


def by_ids(session: Session, ids: Collection[int]) -> Sequence[Person]:
    """The people of those ids."""
    return session.scalars(_BY_IDS, {"ids": list(ids)}).all()


def names(session: Session, slack_ids: Collection[str]) -> dict[str, str]:
    """Slack user id -> name, for those whose name is known."""
    if not slack_ids:
        return {}
    found = session.execute(select(Person.slack_id, Person.name).where(Person.slack_id.in_(slack_ids)))
    return {slack_id: name for slack_id, name in found if slack_id and name}


def stale(session: Session, before: datetime, limit: int) -> Sequence[Person]:
    """People with a Slack id whose facts were last read before that instant, longest ago first."""
    return session.scalars(
        select(Person)
        .where(Person.slack_id.is_not(None), or_(Person.seen_at.is_(None), Person.seen_at < before))
        .order_by(Person.seen_at.is_not(None), Person.seen_at)
        .limit(limit)
    ).all()


def everyone(session: Session) -> Sequence[Person]:
    """All people, in the order in which they were entered."""
    return session.scalars(select(Person).order_by(Person.id)).all()
