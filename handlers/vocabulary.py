"""Kinds, states, levels and origins in words, with the tone of a state: what is said for the values of storage."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.language import Message, message
from handlers.reports.report import Tone
from storage import (
    actions,
    configuration,
    decisions,
    drafts,
    groups,
    history,
    mandates,
    people,
    reporting_periods,
    updates,
)
from storage.periods import Rhythm
from storage.visibility import Level

Label = tuple[Message, Tone]
"""A state in words, with its tone."""

UPDATE_STATUS: Mapping[str, Label] = {
    updates.Status.ON_TRACK: (message("On track"), Tone.GOOD),
    updates.Status.AT_RISK: (message("At risk"), Tone.WARNING),
    updates.Status.OFF_TRACK: (message("Off track"), Tone.BAD),
    updates.Status.NOTHING: (message("Nothing to report"), Tone.QUIET),
}
PERIOD_STATE: Mapping[str, Message] = {
    reporting_periods.Standing.OPEN: message("Open"),
    reporting_periods.Standing.RETURNED: message("Returned"),
    reporting_periods.Standing.VALIDATED: message("Validated"),
}
DECISION_STATUS: Mapping[str, Label] = {
    decisions.Status.OPEN: (message("Open"), Tone.PLAIN),
    decisions.Status.IN_PROGRESS: (message("In progress"), Tone.PLAIN),
    decisions.Status.DONE: (message("Done"), Tone.GOOD),
    decisions.Status.NOT_DONE: (message("Not done"), Tone.BAD),
    decisions.Status.REPLACED: (message("Replaced"), Tone.QUIET),
}
ACTION_STATUS: Mapping[str, Label] = {
    actions.Status.OPEN: (message("Open"), Tone.PLAIN),
    actions.Status.ACKNOWLEDGED: (message("Acknowledged"), Tone.PLAIN),
    actions.Status.DONE: (message("Done"), Tone.GOOD),
    actions.Status.DROPPED: (message("Dropped"), Tone.QUIET),
}
DECISION_KIND: Mapping[str, Message] = {
    decisions.Kind.DECISION: message("Decision"),
    decisions.Kind.RECOMMENDATION: message("Recommendation"),
    decisions.Kind.ACTION_POINT: message("Action point"),
    decisions.Kind.ENDORSEMENT: message("Endorsement"),
    decisions.Kind.NEGATIVE: message("Decision not to"),
}
ADDRESSEE: Mapping[str, Message] = {
    decisions.Addressee.GOVERNMENT: message("The Government"),
    decisions.Addressee.PTF: message("The PTF"),
}
GROUP_KIND: Mapping[str, Message] = {
    groups.Kind.BODY: message("Body"),
    groups.Kind.THEMATIC: message("Thematic group"),
    groups.Kind.SUBGROUP: message("Sub-group"),
    groups.Kind.AD_HOC: message("Ad hoc group"),
    groups.Kind.DIALOGUE: message("Dialogue group"),
}
GROUP_STATE: Mapping[str, Label] = {
    groups.State.ACTIVE: (message("Active"), Tone.GOOD),
    groups.State.DORMANT: (message("Dormant"), Tone.QUIET),
    groups.State.MERGED: (message("Merged"), Tone.QUIET),
    groups.State.CLOSED: (message("Closed"), Tone.QUIET),
}
RHYTHM: Mapping[str, Message] = {
    Rhythm.WEEKLY: message("Weekly"),
    Rhythm.MONTHLY: message("Monthly"),
    Rhythm.QUARTERLY: message("Quarterly"),
    Rhythm.ON_DEMAND: message("On demand"),
}
SITTING: Mapping[str, Message] = {
    groups.Sitting.MEMBERS: message("Its members"),
    groups.Sitting.TROIKA: message("The troïka"),
    groups.Sitting.COORDINATORS: message("The coordinators of groups"),
    groups.Sitting.PARTNERS: message("All PTF"),
}
"""Who is called to the meetings of a group or body."""
LEVEL: Mapping[str, Message] = {
    Level.TROIKA: message("Troïka and pool"),
    Level.GROUP: message("The group"),
    Level.ALL: message("All PTF"),
    Level.GOVERNMENT: message("Open to the Government"),
}
ORIGIN: Mapping[str, Message] = {
    history.Origin.COMMAND: message("Command"),
    history.Origin.FORM: message("Form"),
    history.Origin.BUTTON: message("Button"),
    history.Origin.IMPORT: message("Import"),
    history.Origin.CLOCK: message("Timetable"),
    history.Origin.SLACK: message("Slack"),
    history.Origin.OPERATOR: message("Command line"),
}
ACTION: Mapping[str, Message] = {
    history.Action.CREATED: message("Creation"),
    history.Action.EDITED: message("Change"),
    history.Action.WITHDRAWN: message("Withdrawal"),
    history.Action.ERASED: message("Erasure"),
}
RECORD_KIND: Mapping[str, Message] = {
    "updates": message("Update"),
    "decisions": message("Decision"),
    "actions": message("Action"),
    "groups": message("Group"),
    "institutions": message("Institution"),
    "people": message("Person"),
    "mandates": message("Mandate"),
    "group_states": message("State of a group"),
    "absences": message("Absence"),
    "rest_days": message("Rest day"),
    "configuration": message("Settings"),
    "reporting_periods": message("Reporting period"),
    "drafts": message("Digest"),
}
"""Table -> what a change of it is a change of."""
DIGEST_STATE: Mapping[str, Message] = {
    drafts.State.OPEN: message("Not out yet"),
    drafts.State.HELD: message("Held back"),
    drafts.State.POSTED: message("Posted"),
    drafts.State.PASSED: message("Told by a later one"),
}
FALLBACK: Mapping[str, Message] = {
    configuration.Fallback.POST: message("it goes out"),
    configuration.Fallback.HOLD: message("it is held back"),
}
INSTITUTION_KIND: Mapping[str, Message] = {
    "bilateral": message("Bilateral"),
    "multilateral": message("Multilateral"),
    "un": message("UN agency"),
    "government": message("Government"),
    "civil_society": message("Civil society"),
    "other": message("Other"),
}
OFFICE: Mapping[str, Message] = {
    mandates.Office.LEAD: message("Chef de file"),
    mandates.Office.INCOMING: message("Incoming troïka member"),
    mandates.Office.OUTGOING: message("Outgoing troïka member"),
    mandates.Office.COORDINATOR: message("Coordinator"),
    mandates.Office.COCOORDINATOR: message("Co-coordinator"),
    mandates.Office.MEMBER: message("Member"),
    mandates.Office.POOL_COORDINATOR: message("Coordinator of the Pool Technique"),
    mandates.Office.POOL_ASSISTANT: message("Assistant of the Pool Technique"),
    mandates.Office.OBSERVER: message("Observer"),
}
STANDING: Mapping[str, Message] = {
    people.Standing.MEMBER: message("Full member"),
    people.Standing.GUEST: message("Guest"),
    people.Standing.EXTERNAL: message("Other workspace"),
    people.Standing.DEACTIVATED: message("Closed account"),
    people.Standing.UNKNOWN: message("Not known yet"),
}
"""How a person stands in the workspace."""
LANGUAGE: Mapping[str, Message] = {"fr": message("French"), "en": message("English")}
YES, NO = message("Yes"), message("No")
RUNGS: Mapping[str, Message] = {
    "-14": message("two weeks before"),
    "-7": message("a week before"),
    "-5": message("five days before"),
    "-4": message("four days before"),
    "-3": message("three days before"),
    "-2": message("two days before"),
    "-1": message("the day before"),
    "0": message("on the day itself"),
    "1": message("the day after"),
    "2": message("two days after"),
    "3": message("three days after"),
    "5": message("five days after"),
    "7": message("a week after"),
}
"""The days of the ladder one can choose, counted from the deadline."""
