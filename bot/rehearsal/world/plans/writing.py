"""Short hands for the lines of the demo's plans, so that each says only what is its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bot.rehearsal.world.shapes import Kept, Later, at

AXIS, RESULT, ACTION = "axis", "result", "action"
NOT_STARTED, ON_TRACK, BEHIND, OFF_TRACK, DONE, DROPPED = (
    "not_started",
    "on_track",
    "behind",
    "off_track",
    "done",
    "dropped",
)


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes the lines of a plan down, and when."""

    plan: str
    by: str
    when: str

    def line(
        self,
        code: str,
        number: str,
        text: str,
        owing: Sequence[str] = (),
        timing: str = "",
        *,
        above: str | None = None,
        later: tuple[Later, ...] = (),
        language: str = "fr",
        **facts: Any,
    ) -> Kept:
        """A line; one without anything above it is an axis, another an action unless it says a rank."""
        own = {
            "plan": self.plan,
            "above": above,
            "rank": ACTION if above else AXIS,
            "number": number,
            "text": text,
            "institutions": list(owing),
            "timing": timing,
        }
        figures = {name: Decimal(facts[name]) for name in ("baseline", "target") if name in facts}
        return Kept("plan_line", code, self.by, at(self.when), own | facts | figures, language=language, later=later)


def moved(by: str, when: str, **facts: Any) -> Later:
    """What somebody said of a line later."""
    return Later(by, at(when), facts)


def measured(code: str, line: str, day: str, value: str, source: str, when: str) -> Kept:
    """A value of the indicator of a line."""
    facts = {"line": line, "measured_on": date.fromisoformat(day), "value": Decimal(value), "source": source}
    return Kept("plan_measure", code, "UPOOLASS01", at(when), facts)
