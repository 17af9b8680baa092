"""The plans of the demo world: the roadmaps of 2026 and 2027, the SCAP, the work programme of the Pool with its budget.

They follow DOMAIN.md sections 5, 6 and 8 in their shape; their words are the demo's own. `KEPT` are the records in the
order in which the registers number them, `VALIDATED` the periods that were frozen, `SERVING` what serves a line.
"""

from __future__ import annotations

from bot.rehearsal.world.plans import pool, roadmap_2026, roadmap_2027, scap
from bot.rehearsal.world.shapes import Served, Validated, at

KEPT = roadmap_2026.KEPT + scap.KEPT + roadmap_2027.KEPT + pool.KEPT
VALIDATED = (
    Validated("PLAN-2026-001", "2026-Q1", "UPOOLCOO01", at("2026-04-09 10:00")),
    Validated("PLAN-2026-001", "2026-Q2", "UPOOLCOO01", at("2026-07-09 10:00")),
    Validated("PLAN-2026-001", "2026-Q3", "UPOOLCOO01", at("2026-10-08 10:00")),
    Validated("PLAN-2026-001", "2026-Q4", "UPOOLCOO01", at("2027-01-12 10:00")),
    Validated("PLAN-2026-002", "2026", "UPOOLCOO01", at("2027-01-28 10:00")),
)
SERVING = (
    Served("decisions", "GEC-2027-005", roadmap_2027.REVIEWS, "UPOOLCOO01", at("2027-02-11 16:40")),
    Served("decisions", "GEC-2027-009", roadmap_2027.MISSIONS, "UPOOLCOO01", at("2027-02-11 16:45")),
    Served("actions", "SAN-2027-A01", roadmap_2027.MISSIONS, "UPOOLCOO01", at("2027-02-26 09:10")),
    Served("updates", "EDU 2027-W05", roadmap_2027.REVIEWS, "UPOOLCOO01", at("2027-02-12 09:00")),
)
