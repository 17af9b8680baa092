"""The calendar of the year told: the GEC every month, the other bodies at their own rhythm."""

from __future__ import annotations

from datetime import date

from bot.rehearsal.world.shapes import Meeting

_GEC = tuple(
    Meeting("GEC", date.fromisoformat(day), place, chair)
    for day, place, chair in (
        ("2026-03-12", "Ambassade du Canada", "CANADA"),
        ("2026-04-09", "Ambassade du Canada", "CANADA"),
        ("2026-05-07", "Banque mondiale", "CANADA"),
        ("2026-06-11", "Ambassade du Canada", "CANADA"),
        ("2026-07-09", "Délégation de l’Union européenne", "CANADA"),
        ("2026-08-13", "En ligne", "CANADA"),
        ("2026-09-10", "Ambassade du Canada", "CANADA"),
        ("2026-10-08", "Maison des Nations Unies", "CANADA"),
        ("2026-11-12", "Ambassade du Canada", "CANADA"),
        ("2026-12-10", "Ambassade du Canada", "CANADA"),
        ("2027-01-14", "Bureau de la coopération suisse", "DDC"),
        ("2027-02-11", "Bureau de la coopération suisse", "DDC"),
    )
)

_MONTHLY = tuple(
    Meeting("RM", date.fromisoformat(day), place, chair)
    for day, place, chair in (
        ("2026-03-25", "Maison des Nations Unies", "CANADA"),
        ("2026-04-29", "Maison des Nations Unies", "CANADA"),
        ("2026-05-20", "Maison des Nations Unies", "CANADA"),
        ("2026-06-24", "Banque mondiale", "CANADA"),
        ("2026-07-29", "En ligne", "CANADA"),
        ("2026-09-30", "Maison des Nations Unies", "CANADA"),
        ("2026-10-28", "Maison des Nations Unies", "CANADA"),
        ("2026-11-25", "Banque mondiale", "CANADA"),
        ("2026-12-16", "Maison des Nations Unies", "CANADA"),
        ("2027-01-27", "Maison des Nations Unies", "DDC"),
        ("2027-02-24", "Maison des Nations Unies", "DDC"),
    )
)

_OTHERS = tuple(
    Meeting(body, date.fromisoformat(day), place, chair)
    for body, day, place, chair in (
        ("RCG", "2026-04-01", "Pool Technique", "CANADA"),
        ("RCG", "2026-07-01", "Pool Technique", "CANADA"),
        ("RCG", "2026-10-07", "Pool Technique", "CANADA"),
        ("RCG", "2027-01-13", "Bureau de la coopération suisse", "DDC"),
        ("TROIKA", "2026-06-03", "Ambassade du Canada", "CANADA"),
        ("TROIKA", "2026-09-16", "Ambassade du Canada", "CANADA"),
        ("TROIKA", "2026-12-02", "Ambassade du Canada", "CANADA"),
        ("TROIKA", "2027-01-06", "Bureau de la coopération suisse", "DDC"),
        ("TROIKA", "2027-02-17", "Bureau de la coopération suisse", "DDC"),
        ("TROIKA", "2027-03-02", "Banque mondiale", "DDC"),
        ("GA", "2026-10-15", "Résidence du Canada", "CANADA"),
        ("RBC", "2026-11-24", "Ministère de l’Économie et des Finances", "CANADA"),
        ("RETRAITE", "2027-01-21", "Ségou", "DDC"),
    )
)

MEETINGS = tuple(sorted(_GEC + _MONTHLY + _OTHERS, key=lambda meeting: (meeting.day, meeting.body)))
