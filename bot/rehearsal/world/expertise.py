"""Short-term expertise of the year: one finished, one under contract, one still being prepared, with what is delivered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.rehearsal.world.shapes import Kept, Later, at

_COORDINATOR, _ASSISTANT = "UPOOLCOO01", "UPOOLASS01"


def _of(kind: str, code: str, expertise: str, said: str, facts: Mapping[str, Any], *later: Later) -> Kept:
    """A part of an expertise, as the Pool's assistant noted it."""
    return Kept(kind, code, _ASSISTANT, at(said), {"expertise": expertise, **facts}, later=later)


EXPERTISE = (
    Kept(
        "expert",
        "EXP-2026-001",
        _COORDINATOR,
        at("2026-04-13 09:00"),
        {
            "subject": "Cartographie des cadres de concertation",
            "need": "Savoir quels cadres se réunissent encore, avant de réorganiser les groupes.",
            "terms": "https://example.org/tdr/cadres-2026.pdf",
            "funder": "DDC",
            "supervisor": _COORDINATOR,
            "status": "terms",
        },
        later=(
            Later(
                _COORDINATOR,
                at("2026-05-18 10:00"),
                {
                    "consultant": "Bureau d’études retenu le 12 mai",
                    "starts": date(2026, 5, 18),
                    "ends": date(2026, 7, 31),
                    "days": 35,
                    "status": "contract",
                },
            ),
            Later(_COORDINATOR, at("2026-08-04 16:30"), {"status": "done"}),
        ),
    ),
    _of(
        "deliverable",
        "DEL-2026-001",
        "EXP-2026-001",
        "2026-05-18 10:05",
        {"name": "Liste des cadres et de leurs réunions", "due": "2026-06-19"},
        Later(_ASSISTANT, at("2026-06-22 08:40"), {"received": date(2026, 6, 22), "status": "received"}),
        Later(_COORDINATOR, at("2026-07-01 11:00"), {"status": "accepted"}),
    ),
    _of(
        "deliverable",
        "DEL-2026-002",
        "EXP-2026-001",
        "2026-05-18 10:06",
        {"name": "Rapport final", "due": "2026-07-31"},
        Later(_ASSISTANT, at("2026-07-30 17:10"), {"received": date(2026, 7, 30), "status": "accepted"}),
    ),
    _of(
        "supervision",
        "SUP-2026-001",
        "EXP-2026-001",
        "2026-06-24 15:00",
        {
            "day": date(2026, 6, 24),
            "text": "La liste compte quatorze cadres de trop : trois projets y sont pris pour des cadres. À corriger.",
        },
    ),
    Kept(
        "expert",
        "EXP-2027-001",
        _COORDINATOR,
        at("2027-01-11 14:20"),
        {
            "subject": "Baseline of the common assistance strategy",
            "need": "The SCAP team needs figures by sector before chapter 3 is read.",
            "terms": "https://example.org/tor/scap-baseline.pdf",
            "funder": "BM",
            "consultant": "Independent statistician",
            "starts": date(2027, 1, 18),
            "ends": date(2027, 4, 16),
            "days": 40,
            "supervisor": "USUISSE002",
            "status": "contract",
            "group": "SCAP",
        },
        language="en",
    ),
    _of(
        "deliverable",
        "DEL-2027-001",
        "EXP-2027-001",
        "2027-01-18 09:10",
        {"name": "Inception note", "due": "2027-01-29"},
        Later(_ASSISTANT, at("2027-01-28 12:00"), {"received": date(2027, 1, 28), "status": "accepted"}),
    ),
    _of(
        "deliverable",
        "DEL-2027-002",
        "EXP-2027-001",
        "2027-01-18 09:11",
        {"name": "Tables by sector", "due": "2027-03-08"},
    ),
    _of(
        "deliverable",
        "DEL-2027-003",
        "EXP-2027-001",
        "2027-01-18 09:12",
        {"name": "Final report", "due": "2027-04-16"},
    ),
    _of(
        "supervision",
        "SUP-2027-001",
        "EXP-2027-001",
        "2027-02-17 16:45",
        {
            "day": date(2027, 2, 17),
            "text": "Les chiffres de l’énergie manquent encore ; le Pool relance la coordination du sous-groupe.",
        },
    ),
    Kept(
        "expert",
        "EXP-2027-002",
        _ASSISTANT,
        at("2027-02-23 10:30"),
        {
            "subject": "Évaluation indépendante des groupes thématiques",
            "need": "Un regard extérieur sur le fonctionnement des groupes, avant la retraite.",
            "funder": "CANADA",
            "status": "needed",
        },
    ),
)
