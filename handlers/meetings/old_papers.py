"""What old registers of meetings tell in passing: that one was held, its hour by its place, its number by its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from handlers.context import Context
from storage import periods
from storage.meetings import Meeting, Status

_HOUR = re.compile(
    r"(?P<place>.*?),? *(?P<hour>[01]?[0-9]|2[0-3]) ?[:hH](?P<minute>[0-5][0-9])?(?P<half> ?[AaPp]\.?[Mm]\.?)?"
    r"(?: ?[-–à] ?[0-9].*)?"
)
_NUMBER = re.compile(r"([1-9][0-9]?) ?(?:re|er|e|[eè]me|st|nd|rd|th)\b.*?\b((?:19|20)[0-9]{2})\b", re.IGNORECASE)


def understood(ctx: Context, told: Mapping[str, Any], meeting: Meeting | None) -> Mapping[str, Any]:
    """What a row of a file tells of a meeting (column -> value), with what it says in other words; ``meeting`` is the
    one that is known already.
    """
    day = told.get("day")
    period = periods.parse(day) if day else None
    if period is None:
        return told
    more: dict[str, Any] = {}
    if meeting is None and "status" not in told and period.last < ctx.today:
        more["status"] = Status.HELD
    found = _HOUR.fullmatch(told.get("place") or "")
    if found and not told.get("hour") and period.kind == periods.DAY:
        more |= {"place": found["place"], "hour": _hour(found)}
    number = _NUMBER.match(told.get("subject") or "")
    if number and told.get("ordinal") is None and int(number[2]) == period.first.year:
        more["ordinal"] = int(number[1])
    return {**told, **more}


def _hour(found: re.Match[str]) -> str:
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + (12 if found["half"].strip()[0] in "Pp" else 0)
    return f"{hour:02}:{found['minute'] or '00'}"
