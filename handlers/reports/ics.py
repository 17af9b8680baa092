"""Calendars as files (RFC 5545): events in, the bytes of an .ics file out. The only place that knows icalendar.

Nothing in a file depends on when it is written, so that one that did not change is the same bytes. Times stand with
their zone, which the file describes itself; icalendar escapes and folds the texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    import icalendar

PRODUCT = "-//ptf-bot//PTF//FR"
TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Event:
    """One event: ``uid`` is lasting, ``sequence`` rises with each change.

    ``begins`` and ``ends`` are aware instants, or both civil dates (the last day included) for whole days. ``changed``
    is the UTC instant of the last change.
    """

    uid: str
    sequence: int
    title: str
    begins: datetime | date
    ends: datetime | date
    changed: datetime
    place: str = ""
    text: str = ""
    is_cancelled: bool = False
    is_certain: bool = True


def write(title: str, events: Sequence[Event], zone: ZoneInfo) -> bytes:
    """The calendar with that title; instants are told in ``zone``."""
    import icalendar  # with the first calendar, not with the start

    calendar = icalendar.Calendar()
    for name, value in (
        ("prodid", PRODUCT),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("x-wr-calname", title),
        ("x-wr-timezone", zone.key),
    ):
        calendar.add(name, value)
    for event in events:
        calendar.add_component(_event(event, zone))
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content


def _event(event: Event, zone: ZoneInfo) -> icalendar.Event:
    import icalendar

    told = icalendar.Event()
    told.add("uid", event.uid)
    told.add("sequence", event.sequence)
    told.add("dtstamp", event.changed)
    told.add("last-modified", event.changed)
    told.add("summary", event.title)
    if isinstance(event.begins, datetime) and isinstance(event.ends, datetime):
        told.add("dtstart", event.begins.astimezone(zone))
        told.add("dtend", event.ends.astimezone(zone))
    else:
        told.add("dtstart", event.begins)
        told.add("dtend", event.ends + timedelta(days=1))
        told.add("transp", "TRANSPARENT")
    status = "CONFIRMED" if event.is_certain else "TENTATIVE"
    told.add("status", "CANCELLED" if event.is_cancelled else status)
    for name, value in (("location", event.place), ("description", event.text)):
        if value:
            told.add(name, value)
    return told
