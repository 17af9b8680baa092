"""The work programme of the Pool for 2027, with its budget: in francs, euros, Swiss francs; one amount overspent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bot.rehearsal.world.plans.writing import DONE, NOT_STARTED, ON_TRACK, Writer
from bot.rehearsal.world.shapes import TROIKA, Kept, at

POOL, ASSISTANT = "UPOOLCOO01", "UPOOLASS01"
_line = Writer("PLAN-2027-002", POOL, "2027-01-21 09:20").line


def _budget(
    code: str, line: str, label: str, currency: str, *amounts: int | None, lacks: str = "", **more: Any
) -> Kept:
    """A budget line: planned, committed, spent; ``lacks`` names those that do not apply."""
    figures = {
        name: None if amount is None else Decimal(amount)
        for name, amount in zip(("planned", "committed", "spent"), amounts, strict=True)
    }
    facts = {"line": line, "label": label, "currency": currency} | figures | more
    return Kept("plan_budget", code, ASSISTANT, at("2027-01-21 15:00"), facts, not_applicable=lacks)


KEPT = (
    Kept(
        "plan",
        "PLAN-2027-002",
        POOL,
        at("2027-01-21 09:00"),
        {
            "name": "Programme de travail du Pool Technique 2027",
            "kind": "pool",
            "starts": 2027,
            "group": "TROIKA",
            "lead": "PNUD",
            "state": "running",
        },
        TROIKA,
    ),
    _line("LIN-2027-010", "1", "Animer le dialogue entre partenaires"),
    _line(
        "LIN-2027-011",
        "1.1",
        "Préparer la retraite annuelle",
        ("PNUD",),
        "janvier",
        above="LIN-2027-010",
        status=DONE,
        percent=100,
    ),
    _line(
        "LIN-2027-012",
        "1.2",
        "Tenir le secrétariat des réunions du GEC et des coordonnateurs",
        ("PNUD",),
        "continu",
        above="LIN-2027-010",
        status=ON_TRACK,
    ),
    _line("LIN-2027-013", "2", "Suivre la feuille de route et la SCAP"),
    _line(
        "LIN-2027-014",
        "2.1",
        "Note de bilan annuel de la feuille de route",
        ("PNUD",),
        "décembre",
        above="LIN-2027-013",
        status=NOT_STARTED,
    ),
    _line(
        "LIN-2027-015",
        "2.2",
        "Évaluation indépendante de la SCAP",
        ("PNUD", "DDC"),
        "T4",
        above="LIN-2027-013",
        status=NOT_STARTED,
    ),
    Kept(
        "exchange_rate",
        "TX-2027-001",
        ASSISTANT,
        at("2027-01-21 14:50"),
        {"currency": "EUR", "year": 2027, "value": Decimal("655.957"), "source": "parité fixe"},
    ),
    Kept(
        "exchange_rate",
        "TX-2027-002",
        ASSISTANT,
        at("2027-01-21 14:55"),
        {"currency": "CHF", "year": 2027, "value": Decimal("702.4"), "source": "BCEAO, janvier"},
    ),
    _budget(
        "BUD-2027-001",
        "LIN-2027-011",
        "Salle et animation de la retraite",
        "XOF",
        6_500_000,
        6_500_000,
        7_150_000,
        funder="DDC",
        fund="Fonds commun du Pool",
    ),
    _budget("BUD-2027-002", "LIN-2027-012", "Interprétation des réunions", "EUR", 9_000, 4_500, 1_200, funder="UE"),
    _budget(
        "BUD-2027-003",
        "LIN-2027-014",
        "Rédaction de la note de bilan",
        "XOF",
        0,
        None,
        None,
        lacks="committed spent",
        fund="Temps du Pool",
    ),
    _budget("BUD-2027-004", "LIN-2027-015", "Consultants", "CHF", 45_000, None, 0, funder="DDC"),
)
