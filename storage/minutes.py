"""Minutes of meetings: which await comments or adoption, and what institutions said of them (DOMAIN.md section 5)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.meetings import Meeting, Minutes, MinutesComment, Status
from storage.visibility import Audience, visible


def comments(session: Session, meeting_id: int) -> Sequence[MinutesComment]:
    """What was said of its minutes, the first first."""
    return session.scalars(
        select(MinutesComment)
        .where(MinutesComment.meeting_id == meeting_id, MinutesComment.withdrawn_at.is_(None))
        .order_by(MinutesComment.id)
    ).all()


def since_circulation(session: Session, meeting: Meeting) -> list[MinutesComment]:
    """What was said of its minutes as they were circulated last: of earlier ones the new text takes account."""
    since = meeting.circulated_at
    return [
        each for each in comments(session, meeting.id) if since is None or (each.edited_at or each.said_at) >= since
    ]


def circulated(session: Session, first: date | None = None, last: date | None = None) -> Sequence[Meeting]:
    """The meetings whose minutes await comments or adoption, with the last day for comments between two civil days."""
    within = (
        *([Meeting.comments_until >= first] if first is not None else ()),
        *([Meeting.comments_until <= last] if last is not None else ()),
    )
    return session.scalars(
        select(Meeting)
        .where(
            Meeting.status == Status.MINUTED,
            Meeting.minutes == Minutes.CIRCULATED,
            Meeting.withdrawn_at.is_(None),
            *within,
        )
        .order_by(Meeting.comments_until, Meeting.id)
    ).all()


def to_adopt(session: Session, meeting: Meeting, audience: Audience | None) -> Sequence[Meeting]:
    """The earlier meetings of its body whose minutes were circulated and are not adopted yet, the first first; of those
    this audience may read.
    """
    chosen = select(Meeting).where(
        Meeting.group_id == meeting.group_id,
        Meeting.id != meeting.id,
        Meeting.day_on <= meeting.day_on,
        Meeting.minutes == Minutes.CIRCULATED,
        Meeting.withdrawn_at.is_(None),
        visible(Meeting, audience),
    )
    return session.scalars(chosen.order_by(Meeting.day_on, Meeting.id)).all()


def commented(session: Session, meeting_ids: Collection[int]) -> set[tuple[int, int | None]]:
    """Which institution commented on the minutes of which of those meetings."""
    chosen = select(MinutesComment.meeting_id, MinutesComment.institution_id).where(
        MinutesComment.meeting_id.in_(meeting_ids), MinutesComment.withdrawn_at.is_(None)
    )
    return {(meeting_id, institution_id) for meeting_id, institution_id in session.execute(chosen)}
