"""A year of decisions, in the order in which they were taken; the data only, no rule of the register."""

from __future__ import annotations

from bot.rehearsal.world.decisions import gatherings, gec_2026, gec_2027, steering

_MODULES = (gec_2026, gec_2027, steering, gatherings)

DECISIONS = tuple(
    sorted(
        (decision for module in _MODULES for decision in module.DECISIONS),
        key=lambda decision: (decision.day, decision.number),
    )
)
