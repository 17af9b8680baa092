"""Meetings of bodies and groups: `/ptf meeting` (`réunion`), from the plan to the attendance.

`kind` describes a meeting, `points` its agenda and who came, `words` their states. `planning` proposes the next ones
by how often a body meets (`rhythm`), `calling` calls one, `calls` is what those `invited` read, `answering` what they
answer, `following` what they hear when it is moved or cancelled, `attending` who was there, `settling` that it took
place or will not, `minuted` where its minutes stand, `showing` its sheet with the `open_points` of earlier ones,
`owing` what the reminders ask for.
"""

from __future__ import annotations

from dataclasses import replace

from slack_bolt import App

from handlers.meetings import answering, attending, calling, kind, owing, settling
from handlers.meetings.points import ATTENDANCE, COMMENT
from handlers.meetings.points import KIND as POINT

__all__ = ["KINDS"]


def register(app: App) -> None:
    """Register the listeners, in the order they happen."""
    calling.register(app)
    answering.register(app)
    attending.register(app)
    settling.register(app)


KINDS = (replace(kind.KIND, register=register, dues=owing.dues), POINT, ATTENDANCE, COMMENT)
"""A meeting, and what it has many of."""
