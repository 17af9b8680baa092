"""What the Pool Technique decided about the groups' reporting periods: validated, returned, excused."""

from __future__ import annotations

from bot.rehearsal.world.shapes import Decided, instant

_COORDINATOR, _ASSISTANT = "UPOOLCOO01", "UPOOLASS01"


DECIDED = (
    *(
        Decided("validated", group, "2027-W07", _ASSISTANT, instant("+Tue 10:30", "2027-W07"))
        for group in ("EAR", "EAU", "ECO", "EDU", "ENE", "GEN", "GFP", "SAN")
    ),
    Decided(
        "excused",
        "INF",
        "2027-W08",
        _COORDINATOR,
        instant("Thu 17:20", "2027-W08"),
        "L’équipe est sur les deux dernières pistes, hors réseau, jusqu’au 4 mars.",
    ),
    Decided(
        "returned",
        "GEN",
        "2027-W08",
        _COORDINATOR,
        instant("+Mon 09:40", "2027-W08"),
        "Vingt communes en tout, ou vingt de plus que l’an dernier ? Dites aussi qui paie la formation de Bougouni.",
        instant("+Fri 23:59", "2027-W08"),
    ),
)
"""In the order in which it was decided."""
