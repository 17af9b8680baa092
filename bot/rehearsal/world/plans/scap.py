"""The SCAP 2026-2028: three axes, results with their indicators, followed up year by year."""

from __future__ import annotations

from bot.rehearsal.world.plans.writing import BEHIND, ON_TRACK, RESULT, Writer, measured, moved
from bot.rehearsal.world.shapes import Kept, at

SWITZERLAND = "USUISSE002"
_written = Writer("PLAN-2026-002", "UPOOLCOO01", "2026-05-21 15:20")
_line = _written.line

KEPT = (
    Kept(
        "plan",
        "PLAN-2026-002",
        "UPOOLCOO01",
        at("2026-05-21 15:00"),
        {
            "name": "SCAP 2026-2028",
            "kind": "scap",
            "starts": 2026,
            "ends": 2028,
            "group": "SCAP",
            "lead": "DDC",
            "state": "running",
            "about": "Accompagner ensemble le cadre stratégique du pays, chacun selon ses atouts.",
        },
        "government",
    ),
    _line("LIN-2026-012", "1", "Stabilité et services de base"),
    _line(
        "LIN-2026-013",
        "1.1",
        "Les écoles et les centres de santé des zones de retour sont ouverts",
        ("UNICEF", "OMS"),
        "2028",
        above="LIN-2026-012",
        rank=RESULT,
        status=ON_TRACK,
        indicator="Structures ouvertes dans les cercles suivis",
        unit="%",
        baseline=52,
        target=85,
        later=(
            moved(
                "UEAULEAD01",
                "2027-01-20 10:00",
                status=BEHIND,
                reason="Les cercles du nord restent difficiles d’accès depuis octobre.",
            ),
        ),
    ),
    _line("LIN-2026-014", "2", "Croissance inclusive et climat"),
    _line(
        "LIN-2026-015",
        "2.1",
        "Farm households sell more of what they grow",
        ("FAO", "UE"),
        "2028",
        above="LIN-2026-014",
        rank=RESULT,
        status=ON_TRACK,
        indicator="Share of the harvest sold, in the households surveyed",
        unit="%",
        baseline=31,
        target=45,
        language="en",
    ),
    _line("LIN-2026-016", "3", "Gouvernance et finances publiques"),
    _line(
        "LIN-2026-017",
        "3.1",
        "L’aide passe davantage par les systèmes du pays",
        ("UE", "BM"),
        "2028",
        above="LIN-2026-016",
        rank=RESULT,
        status=ON_TRACK,
        others="Direction générale du budget",
        indicator="Part de l’aide au secteur public inscrite au budget",
        unit="%",
        baseline=48,
        target=70,
    ),
    _line(
        "LIN-2026-018",
        "3.1.1",
        "Déclarer les annonces et les décaissements à chaque revue budgétaire",
        ("UE", "BM", "BAD"),
        "chaque réunion",
        above="LIN-2026-017",
        status=ON_TRACK,
    ),
    measured("VAL-2026-004", "LIN-2026-017", "2026-11-20", "51", "Revue budgétaire conjointe", "2026-11-24 09:00"),
)
