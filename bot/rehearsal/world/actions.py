"""Actions asked for alone, and what was answered to actions: acknowledged, done with a word of evidence, another date.

Those born of a decision need no line of their own: they are what their decision says, until somebody answers.
"""

from __future__ import annotations

from datetime import UTC, datetime

from bot.rehearsal.world.shapes import Action, Answer


def _at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


ACTIONS = (
    Action(
        "EDU-2027-A01",
        "Envoyer au Pool Technique la liste à jour des points focaux du groupe, région par région.",
        "UNICEF",
        "UEDUSUP001",
        "2027-03-01",
        "UEDULEAD01",
        _at("2027-02-12 10:20"),
    ),
    Action(
        "SAN-2027-A01",
        "Share the calendar of the joint supervision visits of the second quarter.",
        "OMS",
        None,
        "2027-03-19",
        "USANLEAD01",
        _at("2027-02-25 15:05"),
    ),
    Action(
        "EAU-2027-A01",
        "Tenir à jour la carte des points d’eau financés par les partenaires.",
        "JAPON",
        "UJAPON0001",
        "continuous",
        "UEAULEAD01",
        _at("2027-01-21 09:40"),
    ),
)

ANSWERS = (
    Answer("RCG-2027-001-5", "UEDULEAD01", _at("2027-01-27 11:00"), "done", "Plan transmis au Pool le 27 janvier."),
    Answer("RCG-2027-001-7", "USANLEAD01", _at("2027-01-28 16:30"), "done", "Work plan sent with the minutes."),
    Answer("RCG-2027-001-1", "UDDILEAD01", _at("2027-01-29 08:45"), "acknowledged"),
    Answer("EAU-2027-A01", "UJAPON0001", _at("2027-01-22 10:00"), "acknowledged"),
    Answer("RM-2027-002-2", "USANLEAD01", _at("2027-03-01 09:10"), "acknowledged"),
    Answer(
        "GEC-2027-005-1",
        "UEDULEAD01",
        _at("2027-03-02 17:20"),
        "proposed",
        "Le cabinet du ministre confirme les dates après son conseil du 10 mars.",
        "2027-03-12",
    ),
)
"""In the order in which they were given."""
