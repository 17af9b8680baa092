"""The meetings of the year as the register keeps them: those of the calendar, with the agenda and attendance of the last
ones; the GEC of March, called with its agenda; the joint review of education and further meetings, planned.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.rehearsal.world.meetings import MEETINGS
from bot.rehearsal.world.shapes import TROIKA, Kept, Later, Meeting, at

HOURS = {"GEC": "10:00", "RM": "15:00", "RCG": "11:30", "TROIKA": "08:30", "GA": "11:00", "RBC": "09:00"}
LASTS = {"GEC": 120, "RM": 90, "RCG": 120, "TROIKA": 60, "GA": 90}
CLOSED = ("TROIKA", "GA")
"""The bodies whose meetings are for the troïka and the Pool."""
_ZONE = "Africa/Bamako"
_PEN = "UPOOLASS01"
_LAST_MINUTED = {("GEC", date(2027, 2, 11)), ("RM", date(2027, 2, 24)), ("TROIKA", date(2027, 3, 2))}
"""Meetings whose minutes are not adopted yet."""
_COMMENTS = date(2027, 3, 10)

_HERE, _STAND_IN, _EXCUSED = "principal", "alternate", "excused"
ROLLS: Mapping[tuple[str, date], Mapping[str, tuple[str, ...]]] = {
    ("GEC", date(2027, 1, 14)): {
        _HERE: ("DDC", "CANADA", "BM", "UE", "PAYS-BAS", "ALLEMAGNE", "BELGIQUE", "PNUD", "UNICEF", "FMI"),
        _STAND_IN: ("LUXEMBOURG", "ESPAGNE", "BAD"),
        _EXCUSED: ("JAPON", "OMS"),
    },
    ("GEC", date(2027, 2, 11)): {
        _HERE: ("DDC", "CANADA", "BM", "UE", "PAYS-BAS", "BELGIQUE", "PNUD", "UNICEF", "OMS"),
        _STAND_IN: ("ALLEMAGNE", "ESPAGNE"),
        _EXCUSED: ("LUXEMBOURG", "BAD", "JAPON"),
    },
    ("TROIKA", date(2027, 3, 2)): {_HERE: ("DDC", "BM"), _STAND_IN: ("CANADA",)},
}
GROUPS: Mapping[tuple[str, date], Mapping[str, tuple[tuple[str, str], ...]]] = {
    ("RCG", date(2027, 1, 13)): {
        _HERE: (
            ("CANADA", "EDU"),
            ("PAYS-BAS", "SAN"),
            ("UE", "EAR"),
            ("BM", "ECO"),
            ("PAYS-BAS", "JUS"),
            ("ONU-FEMMES", "GEN"),
            ("ALLEMAGNE", "DDI"),
            ("UNICEF", "EAU"),
        ),
        _STAND_IN: (("BAD", "INF"),),
        _EXCUSED: (("BELGIQUE", "PDSC"),),
        "absent": (("PNUD", "ENV"), ("BM", "ENE")),
    },
}
"""Who was there: institutions, or institutions with the group for which they came."""

AGENDAS: Mapping[tuple[str, date], tuple[tuple[str, int, str, str], ...]] = {
    ("RCG", date(2027, 1, 13)): (
        (
            "Nouveaux membres, compte rendu d’octobre, ordre du jour",
            10,
            "Adopter le compte rendu et l’ordre du jour",
            "",
        ),
        ("Note du Pool Technique sur le fonctionnement des groupes", 30, "Corriger ou compléter la note", ""),
        ("Tour de table des coordonnateurs", 60, "", ""),
    ),
    ("GEC", date(2027, 2, 11)): (
        ("Adoption du compte rendu de janvier", 5, "Adopter le compte rendu", ""),
        ("Revue conjointe de l’éducation", 20, "Retenir la période du 22 au 24 mars", "CANADA"),
        ("Rapport sur l’aide : questionnaires manquants", 15, "Fixer le dernier délai", "PNUD"),
        ("Coordination du sous-groupe Développement urbain", 15, "", "BAD"),
    ),
    ("TROIKA", date(2027, 3, 2)): (
        ("Préparation de la rencontre avec le Premier ministre", 30, "Proposer deux thèmes", ""),
        ("Passage de témoin de juin", 20, "", "CANADA"),
    ),
    ("GEC", date(2027, 3, 11)): (
        ("Adoption du compte rendu de février", 5, "Adopter le compte rendu", ""),
        ("État d’exécution des décisions", 15, "Prendre note, relancer ce qui n’est pas rempli", ""),
        ("Revue conjointe de l’éducation, du 22 au 24 mars", 20, "Désigner les trois porte-parole", "CANADA"),
    ),
}
"""Points, their minutes, what is to be decided, who asked for them ("" for the Pool)."""

DISCUSSED: Mapping[tuple[str, date], tuple[str, ...]] = {
    ("RCG", date(2027, 1, 13)): (
        "Le coordonnateur du groupe Eau est accueilli. Le compte rendu d’octobre et l’ordre du jour sont adoptés.",
        "Neuf groupes sur douze se sont réunis au trimestre. Les coordonnateurs complètent la note : le groupe Genre a "
        "tenu une réunion de plus ; le groupe Environnement cherche un suppléant.",
        "Chaque coordonnateur dit l’essentiel du trimestre. Trois groupes demandent que les invitations leur parviennent "
        "dix jours avant la réunion.",
    ),
    ("GEC", date(2027, 2, 11)): (
        "Adopté sans amendement.",
        "Le chef de file du secteur présente le calendrier convenu avec le ministère. La période du 22 au 24 mars "
        "convient à tous ; la Banque mondiale rappelle que les rapports régionaux doivent arriver une semaine avant.",
        "Quatre partenaires n’ont pas rendu leur questionnaire. Le Pool Technique les relance une dernière fois ; après "
        "cette date, le rapport dira qu’ils n’ont pas répondu.",
        "Aucun partenaire ne reprend encore la coordination. La BAD consulte son siège et répond au GEC de mars.",
    ),
}
"""What was said of the points of an agenda, in their order."""

COMMENT = Kept(
    "minutes_comment",
    "",
    "UBANQUE001",
    at("2027-03-01 09:40"),
    {
        "institution": "BM",
        "text": "Point 2: we asked for the regional reports ten days before the review, not one week.",
    },
)
COMMENTED = ("GEC", date(2027, 2, 11))

ASKED_FOR = Kept(
    "agenda_item",
    "",
    "UBANQUE001",
    at("2027-03-02 16:20"),
    {
        "subject": "Budget support calendar for 2027",
        "minutes": 15,
        "asks": "Choose a date in April for the joint meeting with the Ministry of Finance.",
        "proposer": "BM",
        "place": "proposed",
    },
)


@dataclass(frozen=True, slots=True)
class Coming:
    """A meeting to come: of which body, when, and what it is called if it has a name."""

    body: str
    day: date
    place: str
    planned_at: datetime
    hour: str = ""
    chair: str = ""
    subject: str = ""
    until: date | None = None
    by: str = _PEN
    visibility: str = ""


COMING = (
    Coming("GEC", date(2027, 3, 11), "Bureau de la coopération suisse", at("2027-02-12 09:10"), "10:00", "DDC"),
    Coming("RM", date(2027, 3, 31), "Maison des Nations Unies", at("2027-02-25 09:00"), "15:00", "DDC"),
    Coming("RCG", date(2027, 4, 14), "Pool Technique", at("2027-01-15 11:00"), "11:30", "DDC"),
    Coming(
        "EDU",
        date(2027, 3, 22),
        "Centre international de conférences de Bamako",
        at("2027-02-12 10:00"),
        subject="Revue conjointe du secteur de l’éducation 2027",
        until=date(2027, 3, 24),
        by="UEDULEAD01",
    ),
)
CALLED = ("GEC", date(2027, 3, 11))


def _sittings() -> Iterator[Kept]:
    """Every meeting of the register, with its points and its roll, the codes still to be given."""
    ordinals: Counter[tuple[str, int]] = Counter()
    for held in MEETINGS:
        ordinals[held.body, held.day.year] += 1
        yield from _held(held, ordinals[held.body, held.day.year])
    for coming in COMING:
        ordinals[coming.body, coming.day.year] += 1
        yield from _coming(coming, ordinals[coming.body, coming.day.year])


def _held(told: Meeting, ordinal: int) -> Iterator[Kept]:
    """A meeting of the calendar, noted when it began."""
    key = (told.body, told.day)
    hour = HOURS.get(told.body, "09:00")
    began = datetime.combine(told.day, time.fromisoformat(hour), UTC)
    visibility = TROIKA if told.body in CLOSED else ""
    facts: dict[str, Any] = {
        "group": told.body,
        "day": told.day.isoformat(),
        "hour": hour,
        "zone": _ZONE,
        "duration": LASTS.get(told.body),
        "place": told.place,
        "chair": told.chair,
        "pen": _PEN,
        "ordinal": ordinal,
        "status": "held",
        **_minutes(told),
    }
    yield Kept("meeting", "", _PEN, began, facts, visibility)
    yield from _parts(key, began, visibility)


def _minutes(told: Meeting) -> dict[str, Any]:
    """Where its minutes stand: adopted at the next meeting, but for the last ones."""
    if told.body not in ("GEC", "RM", "RCG"):
        return {}
    if (told.body, told.day) in _LAST_MINUTED:
        return {
            "status": "minuted",
            "minutes": "circulated",
            "circulated_at": at(f"{told.day + timedelta(days=1)} 16:00"),
            "comments_until": _COMMENTS,
            "adopted_how": "silence" if told.body == "GEC" else "meeting",
        }
    later = [each.day for each in MEETINGS if each.body == told.body and each.day > told.day]
    if not later:
        return {}
    return {
        "status": "adopted",
        "minutes": "adopted",
        "adopted_how": "meeting",
        "adopted_on": min(later),
        "amended": False,
    }


def _coming(told: Coming, ordinal: int) -> Iterator[Kept]:
    """A meeting to come; one of them was called."""
    facts: dict[str, Any] = {
        "group": told.body,
        "day": told.day.isoformat(),
        "hour": told.hour,
        "zone": _ZONE,
        "duration": LASTS.get(told.body),
        "until": told.until,
        "place": told.place,
        "chair": told.chair or None,
        "pen": told.by,
        "subject": told.subject,
        "ordinal": None if told.subject else ordinal,
        "status": "planned",
    }
    key = (told.body, told.day)
    called = at("2027-03-02 10:00")
    later = (Later("UPOOLCOO01", called, {"status": "called", "called_at": called}),) if key == CALLED else ()
    yield Kept("meeting", "", told.by, told.planned_at, facts, told.visibility, later=later)
    yield from _parts(key, told.planned_at + timedelta(minutes=20), told.visibility)


def _parts(key: tuple[str, date], noted_at: datetime, visibility: str) -> Iterator[Kept]:
    """Its points and its roll; ``meeting`` is its body and day until codes are given."""
    said = DISCUSSED.get(key, ())
    for number, (subject, minutes, asks, proposer) in enumerate(AGENDAS.get(key, ()), 1):
        facts = {"meeting": key, "subject": subject, "minutes": minutes, "asks": asks, "position": number}
        facts |= {"proposer": proposer or None, "place": "agenda", "discussed": said[number - 1] if said else ""}
        yield Kept("agenda_item", "", _PEN, noted_at + timedelta(minutes=number), facts, visibility)
    if key == COMMENTED:
        yield replace(COMMENT, facts={**COMMENT.facts, "meeting": key})
    if key == CALLED:
        yield replace(ASKED_FOR, facts={**ASKED_FOR.facts, "meeting": key})
    seats = [(presence, code, "") for presence, codes in ROLLS.get(key, {}).items() for code in codes]
    seats += [(presence, code, group) for presence, codes in GROUPS.get(key, {}).items() for code, group in codes]
    for number, (presence, code, group) in enumerate(seats, 1):
        facts = {"meeting": key, "institution": code, "seat": group, "presence": presence}
        yield Kept("attendance", "", _PEN, noted_at + timedelta(minutes=30, seconds=number), facts, visibility)


def _coded() -> tuple[Kept, ...]:
    """The same with the codes which the register gives, in the order in which they are noted."""
    prefixes = {"meeting": "REU", "agenda_item": "ODJ", "attendance": "PRE", "minutes_comment": "OBS"}
    drawn: Counter[tuple[str, int]] = Counter()
    codes: dict[tuple[str, date], str] = {}
    found = []
    for told in sorted(_sittings(), key=lambda each: each.at):
        is_meeting = told.kind == "meeting"
        year = int(told.facts["day"][:4]) if is_meeting else told.at.year
        drawn[told.kind, year] += 1
        code = f"{prefixes[told.kind]}-{year}-{drawn[told.kind, year]:03}"
        facts = dict(told.facts)
        if is_meeting:
            codes[facts["group"], date.fromisoformat(facts["day"])] = code
        else:
            facts["meeting"] = codes[facts["meeting"]]
        found.append(replace(told, code=code, facts=facts))
    return tuple(found)


SITTINGS = _coded()
"""The register of meetings, of points and of attendance."""
