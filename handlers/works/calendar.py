"""The calendar of works: the coming months, place by place and week by week, with what meets before it happens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy.orm import Session

import storage.partners
import storage.works
from handlers import dates
from handlers.actors import Actor
from handlers.context import Context
from handlers.language import Message, Speaker, message, plural
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage import periods
from storage.partners import Institution
from storage.periods import Period
from storage.visibility import Audience
from storage.words import folded
from storage.works import Work

CALENDAR_BUTTON = message("Calendar")
CALENDAR_TITLE = message("*Calendar of works*: {first} to {last}")
AT_PLACE = message("*Calendar of works*: {first} to {last}, “{words}”")
NOTHING_COMES = message("No work that you may read takes place then.")
MEETINGS_FOUND = plural(
    "⚠️ One work meets another in the same place and week.",
    "⚠️ {count} works meet another in the same place and week.",
)
NOTHING_MEETS = message("None meets another in the same place and week.")
MEETS = message("⚠️ Same place, same week: {code} – {name}, {place}, {when}.")
MEETS_SHORT = message("⚠️ same place, same week as {codes}")
FROM_TO = message("{first} to {last}")
IN_WEEK = message("week {number}")
IN_WEEKS = message("weeks {first} to {last}")
BY_WHOM = message("{name} ({institutions})")
MANY_MORE = plural("One more: narrow it to a place or a shorter time.", "{count} more: narrow it to a place or a time.")

MONTHS_AHEAD = 6
SHOWN = 60
"""Works in one answer."""


def shown(session: Session, ctx: Context, actor: Actor, rest: str) -> tuple[str, list[blocks.Block]]:
    """What takes place in the coming months, or in the time or the place named after the word, month by month."""
    first, last, words = _asked(ctx, rest)
    speaker = actor.speaker
    every = storage.works.coming(session, actor.audience, first, last)
    listed = [work for work in every if folded(words) in folded(f"{work.place} {work.name}")]
    meeting = {work.id: storage.works.overlapping(work, every) for work in listed}
    codes = {each.id: each for each in storage.partners.everyone(session)}
    said = {"first": speaker.day(first), "last": speaker.day(last)}
    head = speaker.say(AT_PLACE, words=literal(words), **said) if words else speaker.say(CALENDAR_TITLE, **said)
    parts = [f"{head}\n{_summary(speaker, listed, meeting)}"]
    for month, works in groupby(listed[:SHOWN], lambda work: _month(work, first)):
        lines = [_line(speaker, work, meeting[work.id], codes) for work in works]
        parts.append("\n".join([f"*{speaker.period(month)}*", *lines]))
    if len(listed) > SHOWN:
        parts.append(speaker.say(MANY_MORE, count=len(listed) - SHOWN))
    return "\n".join(parts), [block for part in parts for block in blocks.paragraphs(part)]


def met(session: Session, audience: Audience | None, work: Work) -> Sequence[Work]:
    """The works that this reader may know of and that meet it in a place and a week."""
    if work.first is None or work.last is None:
        return ()
    around = timedelta(days=6)
    others = storage.works.coming(session, audience, work.first - around, work.last + around)
    return storage.works.overlapping(work, others)


def meets(speaker: Speaker, other: Work) -> tuple[Message, Mapping[str, object]]:
    """The sentence that warns of it."""
    return MEETS, {"code": other.code, "name": other.name, "place": other.place, "when": when(speaker, other)}


def when(speaker: Speaker, work: Work) -> str:
    """Its time in words, as roughly as it is known; "" for nothing."""
    days = _days(speaker, work)
    if days:
        return days
    begins = speaker.deadline(work.begins) if work.begins else ""
    ends = speaker.deadline(work.finishes) if work.finishes and work.finishes != work.begins else ""
    return speaker.say(FROM_TO, first=begins, last=ends) if begins and ends else begins or ends


def _days(speaker: Speaker, work: Work) -> str:
    """Several days of one month, which need its name once."""
    exact = [periods.parse(key) for key in (work.begins, work.finishes) if key]
    days = [each.first for each in exact if each.kind == periods.DAY]
    if len(days) != 2 or days[0] == days[1] or (days[0].year, days[0].month) != (days[1].year, days[1].month):
        return ""
    return speaker.say(FROM_TO, first=speaker.day(days[0]).partition(" ")[0], last=speaker.day(days[1]))


def _asked(ctx: Context, rest: str) -> tuple[date, date, str]:
    """The time that the words name, else the coming months and the words themselves."""
    try:
        key = dates.deadline(rest, ctx.today).key if rest.strip() else None
    except dates.NotADate:
        key = None
    if key is not None and key != periods.CONTINUOUS:
        period = periods.parse(key)
        return period.first, period.last, ""
    months = periods.containing(periods.MONTH, ctx.today)
    for _ in range(MONTHS_AHEAD - 1):
        months = months.next()
    return ctx.today, months.last, rest.strip()


def _summary(speaker: Speaker, listed: Sequence[Work], meeting: Mapping[int, Sequence[Work]]) -> str:
    if not listed:
        return speaker.say(NOTHING_COMES)
    count = sum(1 for others in meeting.values() if others)
    return speaker.say(MEETINGS_FOUND, count=count) if count else speaker.say(NOTHING_MEETS)


def _month(work: Work, first: date) -> Period:
    """The month under which it stands: that in which it begins, or the first shown."""
    return periods.containing(periods.MONTH, max(work.first or first, first))


def _line(speaker: Speaker, work: Work, others: Sequence[Work], known: Mapping[int, Institution]) -> str:
    """One work: when, where, what, who; and which works it meets."""
    there = [known[work.lead_id]] if work.lead_id is not None else []
    who = speaker.listing(each.name(speaker.language) for each in [*there, *work.institutions])
    what = speaker.say(BY_WHOM, name=f"{work.code} {work.name}", institutions=who) if who else work.name
    facts = [f"*{literal(when(speaker, work))}*", _weeks(speaker, work), literal(work.place), literal(what)]
    warned = speaker.say(MEETS_SHORT, codes=speaker.listing(each.code for each in others)) if others else ""
    return "• " + " · ".join(filter(None, [*facts, warned]))


def _weeks(speaker: Speaker, work: Work) -> str:
    """The number of its week, or of its first and last; "" where only a month or more is known."""
    if (
        work.first is None
        or work.last is None
        or periods.parse(work.begins or "").kind not in (periods.DAY, periods.WEEK)
    ):
        return ""
    first, last = (day.isocalendar()[1] for day in (work.first, work.last))
    return speaker.say(IN_WEEK, number=first) if first == last else speaker.say(IN_WEEKS, first=first, last=last)
