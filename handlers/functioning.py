"""How a group works, in sentences one can read aloud: pure wording of the facts of storage.health.

No figure stands alone, no group is compared with another; what is nobody's fault is said as such.
"""

from __future__ import annotations

from collections.abc import Mapping

from handlers.language import Message, Speaker, message, plural
from storage.groups import State
from storage.health import Coordination, Health
from storage.periods import Rhythm

WEEKS = message("the last {number} weeks")
MONTHS = message("the last {number} months")
QUARTERS = message("the last {number} quarters")

NONE_DUE = message("Over {span}, no update was due.")
ALL_GIVEN = plural(
    "Over {span}, one update was due, and it was given.", "Over {span}, all {count} updates due were given."
)
NONE_GIVEN = plural(
    "Over {span}, one update was due, and it was not given.", "Over {span}, none of the {count} updates due was given."
)
SOME_GIVEN = plural(
    "Over {span}, one of the {due} updates due was given.", "Over {span}, {count} of the {due} updates due were given."
)
IT_WAS_LATE = message("It came after its deadline.")
ALL_LATE = message("All of them came after their deadline.")
SOME_LATE = plural("One of them came after its deadline.", "{count} of them came after their deadline.")
EXCUSED = plural("The group was excused once.", "The group was excused {count} times.")
COUNTED = plural(
    "Only the one period in which the group was active and the registers were kept is counted.",
    "Only the {count} periods in which the group was active and the registers were kept are counted.",
)
ON_DEMAND = message("The group gives its updates on demand: none is counted as missing.")
DORMANT = message("The group is dormant: no update is awaited.")
DORMANT_SINCE = message("The group has been dormant since {day}: no update is awaited.")
MET = message("Its last known meeting: {day}.")
NEVER_MET = message("No meeting of it is known yet.")
NOTHING_OVERDUE = message("No action is overdue.")
OVERDUE = plural("One action is overdue.", "{count} actions are overdue.")
VACANT = message("It has no coordinator, and none is known from before.")
VACANT_SINCE = message("It has had no coordinator since {day}.")
UNNAMED = message("The institution that coordinates it has not named a person yet.")

SPANS: Mapping[Rhythm, Message] = {Rhythm.WEEKLY: WEEKS, Rhythm.MONTHLY: MONTHS, Rhythm.QUARTERLY: QUARTERS}


def sentences(speaker: Speaker, health: Health) -> list[str]:
    """All that is to be said of a group, in the order in which it is said."""
    met = speaker.say(MET, day=speaker.deadline(health.met)) if health.met else speaker.say(NEVER_MET)
    overdue = speaker.say(OVERDUE, count=health.overdue) if health.overdue else speaker.say(NOTHING_OVERDUE)
    return [*reported(speaker, health), met, overdue, *coordination(speaker, health.coordination)]


def reported(speaker: Speaker, health: Health) -> list[str]:
    """The updates given of those due, or why none is."""
    if health.state == State.DORMANT:
        since = health.since
        return [speaker.say(DORMANT_SINCE, day=speaker.day(since)) if since else speaker.say(DORMANT)]
    if not health.span:
        return [speaker.say(ON_DEMAND)]
    found = health.reporting
    span = speaker.say(SPANS[Rhythm(health.group.rhythm)], number=health.span)
    told = [_given(speaker, span, found.given, found.due), *_late(speaker, found.late, found.given)]
    if found.excused:
        told.append(speaker.say(EXCUSED, count=found.excused))
    if 0 < found.counted < health.span:
        told.append(speaker.say(COUNTED, count=found.counted))
    return told


def coordination(speaker: Speaker, held: Coordination) -> list[str]:
    """That nobody coordinates it, and since when; nothing where somebody does."""
    if held.held:
        return [] if held.carried else [speaker.say(UNNAMED)]
    if held.vacant_since is None:
        return [speaker.say(VACANT)]
    return [speaker.say(VACANT_SINCE, day=speaker.day(held.vacant_since))]


def _given(speaker: Speaker, span: str, given: int, due: int) -> str:
    if not due:
        return speaker.say(NONE_DUE, span=span)
    if given == due:
        return speaker.say(ALL_GIVEN, span=span, count=due)
    if not given:
        return speaker.say(NONE_GIVEN, span=span, count=due)
    return speaker.say(SOME_GIVEN, span=span, count=given, due=due)


def _late(speaker: Speaker, late: int, given: int) -> list[str]:
    if not late:
        return []
    if late == given:
        return [speaker.say(IT_WAS_LATE if given == 1 else ALL_LATE)]
    return [speaker.say(SOME_LATE, count=late)]
