"""The line of a plan that a decision, an action or an update serves: chosen in their forms, told on their cards.

Below the topics that speak of it. A line is told to whom may read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

import storage.plans.rows
from handlers.errors import FieldRefusal
from handlers.forms import NOT_OFFERED, Question, Sort
from handlers.language import Speaker, message
from handlers.readers import Reader
from handlers.reports import blocks
from storage.plans.rows import Line, Plan
from storage.visibility import Audience, sees

SERVES_ASKED = message("Line of a plan that it serves")
SERVES_NONE = message("none")
SERVES = message("serves {plan}, line {line}")
SERVES_THROUGH = message("serves {plan}, line {line}, through {code}")

NAME = "line"
"""The question, and the answer."""
QUESTION = Question(NAME, SERVES_ASKED, Sort.CHOICE)
SHORT = 120
"""Characters of a line's words told on a card."""
PLAN = 30
"""Characters of its plan's name in a menu."""
NONE = "0"


def options(session: Session, speaker: Speaker, audience: Audience | None, stands: int | None) -> dict[str, Any]:
    """The lines of running plans that this person may read, and the one that stands; nothing where there is none."""
    found = storage.plans.rows.open_to(session, audience)
    offered = [
        (str(number), f"{blocks.clip(plan, PLAN)} · {at} {' '.join(text.split())}") for number, at, text, plan in found
    ]
    if stands is not None and str(stands) not in {key for key, _ in offered}:
        held = _line(session, stands, audience)
        if held is None:
            return {}
        line, plan = held
        offered.insert(0, (str(line.id), f"{blocks.clip(plan.name, PLAN)} · {line.numbered}"))
    return {NAME: [(NONE, speaker.say(SERVES_NONE)), *offered]} if offered else {}


def value(line_id: int | None) -> str:
    """What the question opens with."""
    return str(line_id or NONE)


def put(session: Session, record: Any, answers: Mapping[str, Any], audience: Audience | None) -> None:
    """Let a record serve the line that was chosen, or none. Raises FieldRefusal."""
    if NAME not in answers:
        return
    chosen = int(answers[NAME] or NONE)
    if chosen and chosen != record.line_id and _line(session, chosen, audience) is None:
        raise FieldRefusal({NAME: (NOT_OFFERED, {})})
    record.line_id = chosen or None


def facts(session: Session, reader: Reader, line_id: int | None, through: str = "") -> list[str]:
    """Which line it serves, as that reader may know it; ``through`` is the code of what it serves it by."""
    held = _line(session, line_id, reader.audience) if line_id is not None else None
    if held is None:
        return []
    line, plan = held
    words = blocks.clip(line.numbered, SHORT)
    if through:
        return [reader.speaker.say(SERVES_THROUGH, plan=plan.name, line=words, code=through)]
    return [reader.speaker.say(SERVES, plan=plan.name, line=words)]


def _line(session: Session, line_id: int, audience: Audience | None) -> tuple[Line, Plan] | None:
    line = storage.plans.rows.line_by_id(session, line_id)
    if line is None or line.withdrawn or not sees(line, audience):
        return None
    return line, session.get_one(Plan, line.plan_id)
