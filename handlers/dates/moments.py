"""A day and an hour as people write them, French and English: « lundi 10h », "tomorrow at 9:30", "in 2 hours".

The hour may come first or last; without one it is the usual hour of what is asked, without a day it is today. The day
is read as deadlines are (see handlers.dates).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers import dates
from handlers.dates import refusals
from handlers.dates.refusals import NotADate
from storage import periods
from storage.words import folded

_LONGEST = 60
_NOON = re.compile(r"(?:(?:a|at) )?(?:midi|noon)\b")
_IN_A_WHILE = re.compile(r"(?:dans|in|d.ici) (?P<count>[0-9]{1,3}) ?(?P<unit>heures?|h|hours?|minutes?|min|mn)")
_CLOCK = re.compile(
    r"(?:\b(?:a|at|vers|around) |(?<![\w/.:-]))"
    r"(?P<hour>[0-9]{1,2})"
    r"(?: ?(?::|h|heures?)(?![a-z]) ?(?P<minute>[0-9]{2})?(?![0-9])(?: ?(?P<half>[ap])\.?m\b\.?)?"
    r"| ?(?P<other_half>[ap])\.?m\b\.?)"
)
_BARE_CLOCK = re.compile(r"\b(?:a|at) (?P<hour>[0-9]{1,2})$")
_LOOSE = re.compile(r"^[\s,;]*(?:a|at|le|on)?\b[\s,;]*$|[\s,;]+$|^[\s,;]+")


def moment(text: str, now: datetime, zone: ZoneInfo, usual: time) -> datetime:
    """The UTC instant a person wrote in that zone at ``now``; it may be over. Raises NotADate with the reason."""
    words = " ".join(folded(text).split())
    if not words:
        raise NotADate(refusals.EMPTY_MOMENT)
    if len(words) > _LONGEST:
        raise NotADate(refusals.TOO_LONG)
    waited = _IN_A_WHILE.fullmatch(words)
    if waited:
        return now + timedelta(**{_unit(waited["unit"]): int(waited["count"])})
    at, rest = _hour(words, text)
    today = now.astimezone(zone).date()
    day = dates.deadline(rest, today) if rest else None
    if day is not None and (day.key is None or day.due is None or day.key == periods.CONTINUOUS):
        raise NotADate(refusals.NOT_A_MOMENT, said=text.strip())
    if day is not None and day.key is not None and periods.parse(day.key).kind != periods.DAY:
        raise NotADate(refusals.NOT_A_MOMENT, said=text.strip())
    civil = day.due if day is not None and day.due is not None else today
    return datetime.combine(civil, at or usual, zone).astimezone(UTC)


def _hour(words: str, text: str) -> tuple[time | None, str]:
    """The hour in a text, None when there is none, and the text without it. Raises NotADate for one that cannot be."""
    found = _NOON.search(words) or _CLOCK.search(words) or _BARE_CLOCK.search(words)
    if found is None:
        return None, words
    rest = _LOOSE.sub("", f"{words[: found.start()]} {words[found.end() :]}")
    if _CLOCK.search(rest) or _NOON.search(rest):
        raise NotADate(refusals.NOT_A_MOMENT, said=text.strip())
    told = found.groupdict()
    if "hour" not in told:
        return time(12), rest
    hour, minute = int(told["hour"]), int(told.get("minute") or 0)
    half = told.get("half") or told.get("other_half")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0) if 1 <= hour <= 12 else 24
    if hour > 23 or minute > 59:
        raise NotADate(refusals.NOT_A_MOMENT, said=text.strip())
    return time(hour, minute), rest


def _unit(word: str) -> str:
    return "hours" if word.startswith("h") else "minutes"
