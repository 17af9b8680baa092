"""What the partners asked of the Pool during the year, and the assistant's own tasks."""

from __future__ import annotations

from datetime import date

from bot.rehearsal.world.shapes import Kept, Later, at

_COORDINATOR, _ASSISTANT = "UPOOLCOO01", "UPOOLASS01"

REQUESTS = (
    Kept(
        "request",
        "REQ-2026-001",
        "UEDUSUP001",
        at("2026-05-04 09:20"),
        {
            "text": "La liste des points focaux des ministères, avec leurs adresses.",
            "deadline": "2026-05-08",
            "asked_by": "UEDUSUP001",
            "institution": "UNICEF",
            "group": "EDU",
        },
        later=(
            Later(_ASSISTANT, at("2026-05-04 11:05"), {"status": "taken", "taken_by": _ASSISTANT}),
            Later(
                _ASSISTANT,
                at("2026-05-07 15:40"),
                {
                    "status": "answered",
                    "answer": "Liste envoyée par courriel, à jour au 30 avril.",
                    "answered_on": date(2026, 5, 7),
                },
            ),
        ),
    ),
    Kept(
        "request",
        "REQ-2026-002",
        "UJAPON0001",
        at("2026-09-15 08:30"),
        {
            "text": "Which partners plan a mission to Ségou before the end of the year?",
            "deadline": "2026-09",
            "asked_by": "UJAPON0001",
            "institution": "JAPON",
        },
        later=(
            Later(
                _COORDINATOR,
                at("2026-09-18 10:10"),
                {
                    "status": "answered",
                    "taken_by": _COORDINATOR,
                    "answer": "Two: WHO in October and the African Development Bank in November.",
                    "answered_on": date(2026, 9, 18),
                },
            ),
        ),
    ),
    Kept(
        "request",
        "REQ-2026-003",
        "UITALIE001",
        at("2026-12-02 14:00"),
        {
            "text": "Traduire en italien la feuille de route 2027.",
            "asked_by": "UITALIE001",
            "institution": "ITALIE",
        },
        later=(
            Later(
                _COORDINATOR,
                at("2026-12-03 09:15"),
                {
                    "status": "declined",
                    "taken_by": _COORDINATOR,
                    "answer": "Le Pool ne traduit qu’en français et en anglais.",
                    "answered_on": date(2026, 12, 3),
                },
            ),
        ),
    ),
    Kept(
        "request",
        "REQ-2027-001",
        "USUISSE001",
        at("2027-02-18 17:45"),
        {
            "text": "Préparer une note de deux pages sur les contacts de l’année avec le SHA, pour la retraite.",
            "deadline": "2027-03-08",
            "asked_by": "USUISSE001",
            "institution": "DDC",
        },
        later=(Later(_COORDINATOR, at("2027-02-19 08:50"), {"status": "taken", "taken_by": _COORDINATOR}),),
    ),
    Kept(
        "request",
        "REQ-2027-002",
        _COORDINATOR,
        at("2027-02-22 09:05"),
        {
            "text": "Mettre à jour le carnet d’adresses après la rotation de janvier.",
            "deadline": "2027-03-12",
            "asked_by": _COORDINATOR,
            "institution": "PNUD",
        },
        later=(Later(_COORDINATOR, at("2027-02-22 09:06"), {"status": "taken", "taken_by": _ASSISTANT}),),
    ),
    Kept(
        "request",
        "REQ-2027-003",
        "USANLEAD01",
        at("2027-03-02 16:30"),
        {
            "text": "Could the Pool book the large room for the health review preparation, 16 March, 9 to 12?",
            "deadline": "2027-03-09",
            "asked_by": "USANLEAD01",
            "institution": "PAYS-BAS",
            "group": "SAN",
        },
    ),
)
